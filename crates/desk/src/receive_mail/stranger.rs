//! Mail into a ticket from somebody who is not on it: kept aside until an agent says that it belongs there.

use domain::event::{Fact, Side};
use domain::id::{MailId, MessageId, TicketId};
use domain::ticket::Ticket;
use domain::ticket::rules::Refusal;
use serde_json::json;
use store::Tx;
use store::access::{Granted, Serve};
use store::attachment::On;
use store::event::Subject;
use store::mail::{Became, Carried, Mail, State};
use store::message::{Channel, Message};

use super::read::Understood;
use super::{KEPT, Outcome, Suspended, check, held, sender};
use crate::act::Act;
use crate::files::Files;
use crate::follow_up::{self, Eyes, Late};
use crate::reply::{self, Answered};
use crate::words::Body;
use crate::{DeskError, Problem, project};

/// Nobody on the requester's side sees it, no clock knows of it, and its sender is told nothing.
pub(super) fn aside(
    act: &mut Act,
    mail: &Mail,
    understood: &Understood,
    ticket: TicketId,
) -> Result<Outcome, DeskError> {
    let (_, _, confidential) = store::ticket::fixed(act.tx, ticket)?.ok_or(DeskError::NotFound)?;
    if confidential {
        return Ok(Outcome::Suspended {
            code: Suspended::StrangerConfidential,
            detail: None,
            ticket: Some(ticket),
        });
    }
    project::happen(act, ticket, |_, _| Ok(Fact::StrangerWrote { mail: mail.id }))?;
    understood.hang(act, ticket, On::Mail(mail.id))?;
    Ok(Outcome::Stranger { ticket })
}

/// An agent says that a stranger's mail belongs to the ticket. It becomes a message of that person; they
/// still see nothing of the ticket. Once the time for reopening is over it stands where an answer of the
/// requester would: on a ticket that follows.
pub fn confirm(act: &mut Act, granted: Granted<Serve>, mail: MailId) -> Result<Answered, DeskError> {
    let kept = waiting_beside(act, granted.ticket, mail)?;
    let address = kept.from_address.clone().ok_or(DeskError::NotFound)?;
    let raw = crate::mail_raw::bytes(act.tx, &act.files, &kept)?;
    let understood = super::read::without_files(&raw);
    let inbox = store::inbox::by_id(act.tx, kept.inbox)?.ok_or(DeskError::NotFound)?;
    let person = sender::known_or_new(act, &address, &understood, &inbox.language)?;
    let message = Message {
        id: MessageId(act.new_id()),
        ticket: granted.ticket,
        at: act.now,
        side: Side::Requesting,
        person: Some(person.id),
        automatic: understood.automatic().is_some(),
        channel: Channel::Mail,
        deliverable: false,
        body: Body::parse(&understood.body().chars().take(100_000).collect::<String>())?.into_string(),
    };
    let (stands, ticket, message) = said(act, granted, message)?;
    // That it belongs here says who wrote it, not that everybody may read it.
    held::hold_if_needed(act, message, &understood)?;
    let carried = Carried {
        message,
        mail,
        full_text: understood.full_text(),
        html: understood.html(),
        proven: check::remembered(&inbox, &kept, &raw).is_aligned(),
    };
    store::mail::carry(act.tx, &carried)?;
    store::attachment::hang_on(act.tx, mail, (ticket, message))?;
    if let Some(id) = &kept.message_id {
        store::mail_thread::know(act.tx, kept.inbox, id, ticket)?;
    }
    became(act, &kept, State::Done, ticket)?;
    Ok(stands)
}

fn said(
    act: &mut Act,
    granted: Granted<Serve>,
    message: Message,
) -> Result<(Answered, TicketId, MessageId), DeskError> {
    let folded = match project::happen(act, granted.ticket, |act, ticket| reply::said(act, ticket, &message))
    {
        Err(DeskError::Refused(Refusal::ReopenWindowOver)) => return follows(act, granted, message),
        folded => folded?,
    };
    store::message::insert(act.tx, &message)?;
    Ok((Answered::Here(message.id), folded.id, message.id))
}

/// Only on a ticket of the same requester which the agent serves, too.
fn follows(
    act: &mut Act,
    granted: Granted<Serve>,
    message: Message,
) -> Result<(Answered, TicketId, MessageId), DeskError> {
    let events = store::event::of_ticket(act.tx, granted.ticket)?;
    let old = Ticket::fold(granted.ticket, &events).ok_or(DeskError::NotFound)?;
    let requesting = act.catalogue.who_became(old.requester()).last().unwrap_or(old.requester());
    let late = Late {
        writer: message.person.ok_or(DeskError::NotFound)?,
        eyes: Eyes { requesting, serving: Some(granted.viewer) },
        channel: message.channel,
        body: message.body,
    };
    let placed = follow_up::place(act, granted.ticket, &late)?;
    Ok((Answered::Elsewhere(placed.ticket), placed.ticket.id, placed.message))
}

/// An agent says that a stranger's mail does not belong to the ticket: it waits for an administrator's
/// decision, and the ticket has nothing of it any more.
pub fn set_aside(act: &mut Act, granted: Granted<Serve>, mail: MailId) -> Result<(), DeskError> {
    let kept = waiting_beside(act, granted.ticket, mail)?;
    let ticket = format!("#{}", granted.number);
    store::mail::set_aside(act.tx, mail, Suspended::SetAside.as_str(), &ticket, act.now + KEPT)?;
    store::attachment::take_down(act.tx, mail)?;
    let told = json!({ "mail": mail, "ticket": granted.ticket });
    act.record_change(Subject::Inbox(kept.inbox.0), "mail beside a ticket set aside", &told)?;
    Ok(())
}

/// The new words of a mail that nobody has confirmed, as plain text and within bounds.
pub fn words(tx: &mut Tx, files: &Files, mail: &Mail) -> Result<String, DeskError> {
    let start = crate::mail_raw::start(tx, files, mail)?;
    Ok(mail::quote::visible(&mail::peek::at(&start).text))
}

/// An agent says that a hint was wrong: the ticket that a mail opened stays one of its own.
pub fn stays(act: &mut Act, granted: Granted<Serve>, message: MessageId) -> Result<(), DeskError> {
    let carried = store::mail::carried(act.tx, &granted)?;
    let (_, kept) =
        carried.iter().find(|(carried, _)| carried.message == message).ok_or(DeskError::NotFound)?;
    store::mail::forget_hint(act.tx, kept.id)?;
    let told = json!({ "mail": kept.id, "ticket": granted.ticket });
    act.record_change(Subject::Inbox(kept.inbox.0), "hint of a mail refused", &told)?;
    Ok(())
}

/// A mail that opened a ticket of its own is moved to the one that a hint named: its message becomes one of
/// that ticket. The ticket that it had opened is withdrawn.
pub fn move_to(
    act: &mut Act,
    from: Granted<Serve>,
    to: Granted<Serve>,
    message: MessageId,
) -> Result<(), DeskError> {
    let moved = store::message::by_id(act.tx, message, from.ticket)?
        .filter(|message| message.channel == Channel::Mail && message.side == Side::Requesting)
        .ok_or(DeskError::NotFound)?;
    let copy = Message { id: MessageId(act.new_id()), ticket: to.ticket, at: act.now, ..moved };
    project::happen(act, to.ticket, |act, ticket| reply::said(act, ticket, &copy))?;
    store::message::insert(act.tx, &copy)?;
    store::message::move_hold(act.tx, message, copy.id)?;
    store::mail::move_carried(act.tx, message, copy.id, to.ticket)?;
    project::happen(act, from.ticket, |_, ticket| {
        ticket.must_be_open()?;
        Ok(Fact::Closed { how: domain::event::Closing::Withdrawn, rating: None, reason: None })
    })?;
    Ok(())
}

fn waiting_beside(act: &mut Act, ticket: TicketId, mail: MailId) -> Result<Mail, DeskError> {
    let kept = store::mail::by_id(act.tx, mail)?.filter(|kept| kept.ticket == Some(ticket));
    let kept = kept.ok_or(DeskError::NotFound)?;
    if kept.state == State::Stranger { Ok(kept) } else { Err(DeskError::Conflict(Problem::AlreadyDecided)) }
}

fn became(act: &mut Act, kept: &Mail, state: State, ticket: TicketId) -> Result<(), DeskError> {
    let until_at = (state == State::Suspended).then(|| act.now + KEPT);
    Ok(store::mail::became(
        act.tx,
        kept.id,
        &Became {
            state,
            message_id: kept.message_id.as_deref(),
            from_address: kept.from_address.as_deref(),
            from_name: kept.from_name.as_deref(),
            subject: kept.subject.as_deref(),
            ticket: Some(ticket),
            hint: None,
            code: None,
            detail: None,
            until_at,
        },
    )?)
}
