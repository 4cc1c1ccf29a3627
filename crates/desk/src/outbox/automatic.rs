//! What the desk sends by itself, and the caps that end every loop.

use domain::id::TicketId;
use domain::notice::Subscription;
use jiff::SignedDuration;
use serde_json::json;
use store::event::Subject;
use store::inbox::Inbox;
use store::outgoing::Kind;
use store::person::Person;

use crate::DeskError;
use crate::act::Act;
use crate::template::{self, Template, Values, Variable};

/// Automatic mail to one address about one ticket in [`SHORT`].
pub(super) const MOST_PER_TICKET: i64 = 3;
/// Automatic mail to one address in a day.
pub(super) const MOST_A_DAY: i64 = 10;
/// Automatic mail of one inbox in [`SHORT`]; above it the breaker opens.
pub(super) const MOST_OF_INBOX: i64 = 60;

/// Acknowledgements of mail that nothing proves, in an hour: to one address, and for one server that brings it.
const MOST_UNPROVEN: i64 = 1;
const MOST_UNPROVEN_OF_PEER: i64 = 20;

const HOUR: SignedDuration = SignedDuration::from_hours(1);
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
    /// The text could not be made; why stands on the inbox's page.
    Text,
    /// There is no address, or nothing to send it with.
    Nowhere,
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

/// Whether somebody may be told that mail came in their name, though nothing proves that it is theirs: else
/// anybody could have us write to anybody.
pub(crate) fn may_acknowledge_unproven(
    act: &mut Act,
    address: &str,
    peer: Option<&str>,
) -> Result<bool, DeskError> {
    let since = act.now - HOUR;
    if store::mail::acknowledged_to(act.tx, address, since)? >= MOST_UNPROVEN {
        return Ok(false);
    }
    let Some(peer) = peer else { return Ok(true) };
    Ok(store::mail::acknowledged_of_peer(act.tx, peer, since)? < MOST_UNPROVEN_OF_PEER)
}

/// [`acknowledge`] without anything that the mail said.
pub(crate) fn acknowledge_unproven(
    act: &mut Act,
    inbox: &Inbox,
    ticket: TicketId,
    person: &Person,
) -> Result<(), DeskError> {
    let number = store::mail_thread::number_of(act.tx, ticket)?.ok_or(DeskError::NotFound)?;
    let values = Values::default()
        .with(Variable::Number, number.to_string())
        .with(Variable::Inbox, &inbox.name)
        .with(Variable::Unit, act.catalogue.unit_name(inbox.unit));
    automatic(act, inbox, Some(ticket), person, Template::FirstAcknowledgement, &values)?.ok();
    Ok(())
}

/// "We have your message", once for a new ticket.
pub(crate) fn acknowledge(
    act: &mut Act,
    inbox: &Inbox,
    ticket: TicketId,
    person: &Person,
) -> Result<(), DeskError> {
    let (subject, ..) = store::ticket::fixed(act.tx, ticket)?.ok_or(DeskError::NotFound)?;
    let number = store::mail_thread::number_of(act.tx, ticket)?.ok_or(DeskError::NotFound)?;
    let values = Values::default()
        .with(Variable::Name, &person.name)
        .with(Variable::Number, number.to_string())
        .with(Variable::Subject, subject)
        .with(Variable::Inbox, &inbox.name)
        .with(Variable::Unit, act.catalogue.unit_name(inbox.unit))
        .with(Variable::Link, crate::base_url::to_own_ticket(act.tx, number)?);
    automatic(act, inbox, Some(ticket), person, Template::Acknowledgement, &values)?.ok();
    Ok(())
}

/// A text of the desk's own to somebody, within the caps; or why it is not sent.
pub(crate) fn automatic(
    act: &mut Act,
    inbox: &Inbox,
    ticket: Option<TicketId>,
    person: &Person,
    template: Template,
    values: &Values,
) -> Result<Result<(), Halt>, DeskError> {
    let Some(address) = person.email.as_deref().filter(|_| inbox.outgoing.is_some()) else {
        return Ok(Err(Halt::Nowhere));
    };
    if let Err(halt) = may_send(act, inbox, address, ticket)? {
        tracing::info!(?halt, inbox = %inbox.id, "an automatic mail was not sent");
        return Ok(Err(halt));
    }
    let Some(text) = template::made(act, inbox, template, &person.language, values)? else {
        return Ok(Err(Halt::Text));
    };
    let (kind, subscription) = sort(template);
    // Whoever serves answers at the desk: their mail is no part of the requester's thread.
    let threaded = ticket.filter(|_| kind != Kind::Alert);
    let outgoing = store::outgoing::Outgoing {
        ticket,
        subject: Some(text.subject),
        body: Some(text.body),
        subscription,
        ..super::about(act, inbox, kind, threaded, person.id, address)?
    };
    store::outgoing::insert(act.tx, &outgoing)?;
    if let Some(ticket) = threaded {
        store::mail_thread::know(act.tx, inbox.id, &outgoing.internet_id, ticket)?;
    }
    Ok(Ok(()))
}

const fn sort(template: Template) -> (Kind, Option<Subscription>) {
    match template {
        Template::Acknowledgement | Template::FirstAcknowledgement => (Kind::Acknowledgement, None),
        Template::Notice(occasion) if occasion.is_for_agents() => {
            (Kind::Alert, Some(Subscription::To(occasion)))
        }
        Template::Notice(occasion) => (Kind::Notice, Some(Subscription::To(occasion))),
        Template::Digest => (Kind::Alert, Some(Subscription::Digest)),
        // Part of a reply, and never a mail of its own.
        Template::Files | Template::Rating => (Kind::Reply, None),
    }
}
