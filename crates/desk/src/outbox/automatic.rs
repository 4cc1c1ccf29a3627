//! What the desk sends by itself, and the caps that end every loop.

use domain::id::TicketId;
use jiff::SignedDuration;
use serde_json::json;
use store::event::Subject;
use store::inbox::Inbox;
use store::outgoing::Kind;
use store::person::Person;

use crate::DeskError;
use crate::act::Act;
use crate::template::{self, Template};

/// Automatic mail to one address about one ticket in [`SHORT`].
pub(super) const MOST_PER_TICKET: i64 = 3;
/// Automatic mail to one address in a day.
pub(super) const MOST_A_DAY: i64 = 10;
/// Automatic mail of one inbox in [`SHORT`]; above it the breaker opens.
pub(super) const MOST_OF_INBOX: i64 = 60;

const SHORT: SignedDuration = SignedDuration::from_mins(10);
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// The breaker closes by itself after this, if nobody closes it before.
const BREAK: SignedDuration = SignedDuration::from_hours(1);

/// Why an automatic mail is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// This address got enough about this ticket.
    Ticket,
    /// This address got enough for a day.
    Address,
    /// The inbox sent more than anybody would read: an alarm stands on its page.
    Breaker,
    /// Mail to this address came back.
    Dead,
}

/// Whether the desk may write to an address by itself. People's own replies never ask this.
pub fn may_send(
    act: &mut Act,
    inbox: &Inbox,
    address: &str,
    ticket: Option<TicketId>,
) -> Result<Result<(), Halt>, DeskError> {
    let health = store::inbox::health(act.tx, inbox.id)?;
    if health.broken_until_at.is_some_and(|until| act.now < until) {
        return Ok(Err(Halt::Breaker));
    }
    if store::mail_address::of(act.tx, address)?.is_dead() {
        return Ok(Err(Halt::Dead));
    }
    if ticket.is_some()
        && store::outgoing::automatic_to(act.tx, address, ticket, act.now - SHORT)? >= MOST_PER_TICKET
    {
        return Ok(Err(Halt::Ticket));
    }
    if store::outgoing::automatic_to(act.tx, address, None, act.now - DAY)? >= MOST_A_DAY {
        return Ok(Err(Halt::Address));
    }
    let sent = store::outgoing::automatic_of_inbox(act.tx, inbox.id, act.now - SHORT, MOST_OF_INBOX)?;
    if sent >= MOST_OF_INBOX {
        store::inbox::set_breaker(act.tx, inbox.id, Some(act.now + BREAK))?;
        act.record_change(Subject::Inbox(inbox.id.0), "automatic mail stopped", &json!({ "sent": sent }))?;
        return Ok(Err(Halt::Breaker));
    }
    Ok(Ok(()))
}

/// "We have your message", once for a new ticket.
pub(crate) fn acknowledge(
    act: &mut Act,
    inbox: &Inbox,
    ticket: TicketId,
    person: &Person,
) -> Result<(), DeskError> {
    automatic(act, inbox, ticket, person, Template::Acknowledgement)
}

/// A text of the desk's own to somebody about a ticket, within the caps.
pub(crate) fn automatic(
    act: &mut Act,
    inbox: &Inbox,
    ticket: TicketId,
    person: &Person,
    template: Template,
) -> Result<(), DeskError> {
    let Some(address) = person.email.as_deref().filter(|_| inbox.outgoing.is_some()) else { return Ok(()) };
    if let Err(halt) = may_send(act, inbox, address, Some(ticket))? {
        tracing::info!(?halt, inbox = %inbox.id, "an automatic mail was not sent");
        return Ok(());
    }
    let text = template::about_ticket(act, inbox, ticket, person, template)?;
    let kind = match template {
        Template::Acknowledgement => Kind::Acknowledgement,
        Template::SolvedNotice | Template::ClosedNotice => Kind::Notice,
    };
    let outgoing = store::outgoing::Outgoing {
        subject: Some(text.subject),
        body: Some(text.body),
        ..super::about(act, inbox, kind, Some(ticket), person.id, address)?
    };
    store::outgoing::insert(act.tx, &outgoing)?;
    store::mail_thread::know(act.tx, inbox.id, &outgoing.internet_id, ticket)?;
    Ok(())
}
