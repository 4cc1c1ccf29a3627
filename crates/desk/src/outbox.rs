//! Mail that leaves: what is wanted is written with the act that wants it, and can be taken back for a while.

mod automatic;
mod courier;
mod deliver;
mod enclosed;
mod lost;
mod rounds;
mod take_back;
#[cfg(test)]
mod tests;
mod written;

use domain::event::Side;
use domain::id::{MessageId, OutgoingId, PersonId, TicketId};
use domain::preference::UndoSeconds;
use domain::ticket::Ticket;
use jiff::{SignedDuration, Timestamp};
use mail::thread::{Key, Tag};
use store::Tx;
use store::inbox::Inbox;
use store::message::Message;
use store::outgoing::{Kind, Outgoing, Role, State};

pub use automatic::{Halt, may_send};
pub(crate) use automatic::{acknowledge, acknowledge_unproven, automatic, may_acknowledge_unproven};
pub use courier::Route;
pub use deliver::{Courier, Way, deliver, deliver_due};
pub(crate) use lost::came_back;
pub use rounds::Rounds;
pub use take_back::{Unsaid, take_back};

use crate::act::Act;
use crate::recipients::Recipient;
use crate::{DeskError, Problem};

/// Sends what an agent wrote to the requester and to those who get copies, unless nobody can be reached
/// by mail: hand-offs are read at the desk, and so is a ticket without an inbox.
pub(crate) fn reply(act: &mut Act, ticket: &Ticket, message: &Message) -> Result<(), DeskError> {
    if message.side != Side::Serving {
        return Ok(());
    }
    let everybody = if ticket.is_handoff() { Vec::new() } else { everybody(act.tx, ticket)? };
    reply_to(act, ticket, message, everybody)
}

/// What an agent said reaches its readers outside after as many seconds as they want to take it back within, by
/// mail or at the desk. What the desk says by itself, and no inbox sends, is there at once: nobody takes it back.
pub(crate) fn hold(act: &mut Act, message: MessageId, inbox: Option<&Inbox>) -> Result<Timestamp, DeskError> {
    let (usual, chosen) = match (inbox, act.person()) {
        (inbox, Some(person)) => {
            let usual = inbox.map_or(act.undo_seconds, |inbox| inbox.undo_seconds);
            (usual, store::preference::of(act.tx, person)?.undo)
        }
        (Some(inbox), None) => (inbox.undo_seconds, None),
        (None, None) => (0, None),
    };
    let until = act.now + SignedDuration::from_secs(UndoSeconds::within(chosen, usual));
    if until > act.now {
        store::message::hold_until(act.tx, message, until)?;
    }
    Ok(until)
}

/// The people to whom mail would leave with a reply that names nobody.
pub(crate) fn would_reach(tx: &mut Tx, ticket: TicketId) -> Result<Vec<PersonId>, DeskError> {
    let events = store::event::of_ticket(tx, ticket)?;
    let ticket = Ticket::fold(ticket, &events).ok_or(DeskError::NotFound)?;
    if ticket.is_handoff() || able_inbox(tx, &ticket)?.is_none() {
        return Ok(Vec::new());
    }
    Ok(everybody(tx, &ticket)?.into_iter().map(|recipient| recipient.person).collect())
}

fn everybody(tx: &mut Tx, ticket: &Ticket) -> Result<Vec<Recipient>, DeskError> {
    let requester = store::person::by_id(tx, ticket.requester())?.and_then(|person| person.email);
    let requester =
        requester.map(|address| Recipient { person: ticket.requester(), address, role: Role::To });
    let mut recipients: Vec<Recipient> = requester.into_iter().collect();
    for (person, _, address) in store::mail_thread::copies(tx, ticket.id)? {
        // Who got copies before may be the requester by now.
        if let Some(address) = address.filter(|_| person != ticket.requester()) {
            recipients.push(Recipient { person, address, role: Role::Cc });
        }
    }
    Ok(recipients)
}

/// The same to those whom its writer named: a mail of its own for each, so that every answer is known by its mark.
pub(crate) fn reply_to(
    act: &mut Act,
    ticket: &Ticket,
    message: &Message,
    recipients: Vec<Recipient>,
) -> Result<(), DeskError> {
    let inbox = if ticket.is_handoff() { None } else { inbox_of(act, ticket)? };
    let send_at = hold(act, message.id, inbox.as_ref())?;
    let Some(inbox) = inbox else { return Ok(()) };
    for Recipient { person, address, role } in recipients {
        let outgoing = Outgoing {
            message: Some(message.id),
            send_at,
            role,
            ..about(act, &inbox, Kind::Reply, Some(ticket.id), person, &address)?
        };
        store::outgoing::insert(act.tx, &outgoing)?;
        store::mail_thread::know(act.tx, inbox.id, &outgoing.internet_id, ticket.id)?;
    }
    Ok(())
}

/// The inbox through which a ticket talks, when it can send.
pub(crate) fn inbox_of(act: &mut Act, ticket: &Ticket) -> Result<Option<Inbox>, DeskError> {
    able_inbox(act.tx, ticket)
}

fn able_inbox(tx: &mut Tx, ticket: &Ticket) -> Result<Option<Inbox>, DeskError> {
    let inbox = store::inbox::of_ticket(tx, ticket.id, ticket.unit)?;
    Ok(inbox.filter(|inbox| inbox.outgoing.is_some()))
}

/// A mail to one person with a Message-ID that only we can have made, to be sent at once.
pub(crate) fn about(
    act: &mut Act,
    inbox: &Inbox,
    kind: Kind,
    ticket: Option<TicketId>,
    person: PersonId,
    address: &str,
) -> Result<Outgoing, DeskError> {
    let id = OutgoingId(act.new_id());
    let domain = inbox.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let tag = Tag { ticket: ticket.unwrap_or(TicketId(0)), outgoing: id, recipient: person };
    Ok(Outgoing {
        id,
        inbox: inbox.id,
        kind,
        ticket,
        message: None,
        person: Some(person),
        recipient: address.to_owned(),
        role: Role::To,
        note: None,
        replaced_by: None,
        copies: Vec::new(),
        subject: None,
        body: None,
        internet_id: tag.message_id(&key(act)?, domain),
        state: State::Waiting,
        created_at: act.now,
        send_at: act.now,
        attempts: 0,
        fence: 0,
        ended_at: None,
        answer: None,
        subscription: None,
    })
}

const KEY: &str = "mail_key";

/// The key behind every Message-ID of ours, made when the first mail is written.
pub(crate) fn key(act: &mut Act) -> Result<Key, DeskError> {
    if let Some(key) = kept_key(act.tx)? {
        return Ok(key);
    }
    let bytes = random::<32>()?;
    store::setting::set(act.tx, KEY, &crate::files::hex(&bytes))?;
    Ok(Key::new(bytes))
}

/// The key as it is kept; none before the first mail.
pub(crate) fn kept_key(tx: &mut Tx) -> Result<Option<Key>, DeskError> {
    Ok(store::setting::value(tx, KEY)?.and_then(|hex| unhex(&hex)).map(Key::new))
}

const MARK: &str = "mail_mark";

/// What every mail of this desk carries, so that it is known when it comes back; another desk has another.
pub(crate) fn mark(act: &mut Act) -> Result<String, DeskError> {
    if let Some(mark) = kept_mark(act.tx)? {
        return Ok(mark);
    }
    let mark = crate::files::hex(&random::<8>()?);
    store::setting::set(act.tx, MARK, &mark)?;
    Ok(mark)
}

/// The mark as it is kept; none before the first mail.
pub(crate) fn kept_mark(tx: &mut Tx) -> Result<Option<String>, DeskError> {
    Ok(store::setting::value(tx, MARK)?)
}

pub(crate) fn random<const N: usize>() -> Result<[u8; N], DeskError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| DeskError::Conflict(Problem::NoRandomness))?;
    Ok(bytes)
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(place * 2..place * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// Sends one lost mail once more: under the same address as it is, under a mended one as a mail of its own, so
/// that what became of the first stays told.
pub fn again_to(
    act: &mut Act,
    granted: store::access::Granted<store::access::Serve>,
    lost: OutgoingId,
    address: &str,
) -> Result<(), DeskError> {
    let refused = |problem| DeskError::invalid("address", problem);
    let lost = store::outgoing::by_id(act.tx, lost)?.filter(|lost| lost.ticket == Some(granted.ticket));
    let lost = lost.ok_or(DeskError::NotFound)?;
    let is_lost = matches!(lost.state, State::Failed | State::Bounced) && lost.replaced_by.is_none();
    if !is_lost || !matches!(lost.kind, Kind::Reply | Kind::Forward) {
        return Err(DeskError::Conflict(Problem::MailNotLost));
    }
    let mended = crate::words::EmailAddress::parse(address)
        .map_err(|_| refused(Problem::NotAnAddress { text: address.trim().to_owned() }))?;
    let mended = mended.as_str().to_owned();
    store::mail_address::alive(act.tx, &mended, act.now)?;
    if mended == lost.recipient {
        store::outgoing::again(act.tx, lost.id, act.now)?;
        return lost::sent_again(act, &lost);
    }
    if let Some(own) = crate::inboxes::leading_from(act.tx, &mended)? {
        return Err(refused(Problem::AddressOfInbox { address: mended, inbox: own.name }));
    }
    let inbox = store::inbox::by_id(act.tx, lost.inbox)?.ok_or(DeskError::NotFound)?;
    let known = store::person::by_email(act.tx, &mended)?.map(|person| person.id);
    let person = known.or(lost.person).ok_or(DeskError::NotFound)?;
    let next = Outgoing {
        message: lost.message,
        note: lost.note,
        subject: lost.subject.clone(),
        body: lost.body.clone(),
        role: lost.role,
        ..about(act, &inbox, lost.kind, lost.ticket, person, &mended)?
    };
    store::outgoing::insert(act.tx, &next)?;
    store::outgoing::replace(act.tx, lost.id, next.id)?;
    lost::sent_again(act, &lost)?;
    if next.kind == Kind::Reply {
        store::mail_thread::know(act.tx, inbox.id, &next.internet_id, granted.ticket)?;
    }
    Ok(())
}

/// Sends a mail once more that failed or bounced.
pub fn again(
    act: &mut Act,
    granted: store::access::Granted<store::access::Serve>,
    message: MessageId,
) -> Result<(), DeskError> {
    if !store::message::belongs(act.tx, message, granted.ticket)? {
        return Err(DeskError::invalid("message", Problem::NotOfThisTicket));
    }
    for outgoing in store::outgoing::of_message(act.tx, message)? {
        store::mail_address::alive(act.tx, &outgoing.recipient, act.now)?;
        if store::outgoing::again(act.tx, outgoing.id, act.now)? {
            lost::sent_again(act, &outgoing)?;
        }
    }
    Ok(())
}
