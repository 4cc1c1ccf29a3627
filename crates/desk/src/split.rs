//! A message that is a matter of its own begins a ticket: with its words, its files and its author, and with clocks
//! that run from when it came in.

use std::sync::Arc;

use domain::event::{Fact, Opening, Side};
use domain::id::{AttachmentId, MessageId, ServiceId, TicketId};
use domain::link::Link;
use domain::permission::Viewer;
use domain::ticket::Ticket;
use domain::ticket::rules::Refusal;
use store::access::{Granted, Serve};
use store::attachment::{Attachment, On};
use store::catalogue::{Catalogue, Offer};
use store::inbox::Inbox;
use store::mail::Carried;
use store::message::Message;
use store::person::Person;

use crate::act::{Act, Look};
use crate::open::{self, Opened};
use crate::words::Subject;
use crate::{DeskError, Problem, link, outbox, people_of, project};

#[derive(Clone, Debug)]
pub struct Split {
    /// What somebody of the requester's side wrote.
    pub message: MessageId,
    pub service: ServiceId,
    pub subject: Subject,
    /// Whether its author is told of the new number, where [`Told::Mail`] says that they can be.
    pub tells: bool,
}

/// Who is told of a split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The author, at this address.
    Mail(String),
    /// No inbox sends mail for this ticket.
    NoInbox,
    /// The inbox is set to confirm nothing.
    Unconfirmed,
    /// The author has no address, or mail to it came back too often.
    Unreachable,
}

/// What can be said before a message is split.
#[derive(Clone, Debug)]
pub struct Foreseen {
    pub author: Person,
    pub told: Told,
    /// Services whose audience the author belongs to.
    pub services: Vec<ServiceId>,
}

/// The new ticket lies with the unit that splits until it moves to the unit of its service: what passed before is
/// charged to whoever had the message.
pub fn run(
    act: &mut Act,
    viewer: &Viewer,
    granted: Granted<Serve>,
    split: &Split,
) -> Result<Opened, DeskError> {
    let events = store::event::of_ticket(act.tx, granted.ticket)?;
    let from = Ticket::fold(granted.ticket, &events).ok_or(DeskError::NotFound)?;
    let original = splittable(act.tx, &from, split.message, act.now)?;
    let catalogue = Arc::clone(&act.catalogue);
    let author = author(act.tx, &catalogue, &original)?;
    if author.id == viewer.person {
        return Err(Refusal::OwnTicket.into());
    }
    let offer = chosen(&catalogue, &from, &author, split.service)?;
    let standing = people_of::requester(act, author.id)?;
    let (ticket, message) = (TicketId(act.new_id()), MessageId(act.new_id()));
    let number = store::ticket::next_number(act.tx)?;
    let opening = Opening {
        number,
        kind: from.kind,
        service: split.service,
        unit: from.unit,
        person: None,
        requester: author.id,
        beneficiary: author.id,
        payer: None,
        organisation: standing.organisation,
        asking_unit: None,
        class: standing.class,
        // What was urgent stays so.
        priority: from.priority,
        outbound: false,
        message: Some(message),
    };
    let first = Message { id: message, ticket, person: Some(author.id), ..original.clone() };
    let actor = act.actor;
    act.part(original.at, actor, |act| {
        open::begin(act, ticket, None, Fact::Opened(opening), &split.subject, Some(&first))
    })?;
    let inbox = bring(act, granted, &from, split.message, (ticket, message))?;
    if offer.service.unit != from.unit {
        project::happen(act, ticket, |_, ticket| Ok(ticket.transfer(offer.service.unit, None)?))?;
    }
    link::make(act, (granted.ticket, Some(split.message)), Link::SplitInto, (ticket, Some(message)))?;
    if let Some(inbox) = inbox.filter(|_| split.tells)
        && let Told::Mail(_) = told(act.tx, Some(&inbox), &author)?
    {
        outbox::acknowledge(act, &inbox, ticket, &author)?;
    }
    Ok(Opened { id: ticket, number })
}

/// The message that is split most likely: the requester's latest, where it can be.
pub fn latest(
    look: &mut Look,
    granted: &Granted<Serve>,
    ticket: &Ticket,
) -> Result<Option<MessageId>, DeskError> {
    if ticket.is_handoff() || ticket.merged_into.is_some() {
        return Ok(None);
    }
    Ok(store::message::latest_of_requester(look.tx, granted.ticket)?)
}

/// What a page says before; refused where [`run`] would be.
pub fn foresee(
    look: &mut Look,
    granted: &Granted<Serve>,
    ticket: &Ticket,
    message: MessageId,
) -> Result<Foreseen, DeskError> {
    let original = splittable(look.tx, ticket, message, look.now)?;
    let author = author(look.tx, &look.catalogue, &original)?;
    let carried = store::mail::carried(look.tx, granted)?;
    let inbox = inbox(look.tx, ticket, carried.iter().find(|(carried, _)| carried.message == message))?;
    let services = look.catalogue.services.keys().copied();
    let services = services.filter(|service| chosen(&look.catalogue, ticket, &author, *service).is_ok());
    Ok(Foreseen { services: services.collect(), told: told(look.tx, inbox.as_ref(), &author)?, author })
}

/// A message of the requester's side that somebody wrote, and that its readers outside have.
fn splittable(
    tx: &mut store::Tx,
    ticket: &Ticket,
    message: MessageId,
    now: jiff::Timestamp,
) -> Result<Message, DeskError> {
    if ticket.is_handoff() {
        return Err(DeskError::Conflict(Problem::SplitOfHandoff));
    }
    let found = store::message::by_id(tx, message, ticket.id)?.ok_or(DeskError::NotFound)?;
    let written = found.side == Side::Requesting && !found.automatic && found.person.is_some();
    if !written || store::message::is_held(tx, message, now)? {
        return Err(DeskError::Conflict(Problem::NothingToSplit));
    }
    Ok(found)
}

/// Whoever wrote it, as they are known today.
fn author(tx: &mut store::Tx, catalogue: &Catalogue, original: &Message) -> Result<Person, DeskError> {
    let gone = || DeskError::Conflict(Problem::NothingToSplit);
    let wrote = original.person.ok_or_else(gone)?;
    let known = catalogue.who_became(wrote).last().unwrap_or(wrote);
    store::person::by_id(tx, known)?.filter(|person| person.disabled_at.is_none()).ok_or_else(gone)
}

/// A service that is offered to the author, and behind no thinner wall than the ticket was.
fn chosen<'a>(
    catalogue: &'a Catalogue,
    from: &Ticket,
    author: &Person,
    service: ServiceId,
) -> Result<&'a Offer, DeskError> {
    let offer = catalogue.services.get(&service).filter(|offer| offer.ended_at.is_none());
    let offer = offer.ok_or_else(|| DeskError::invalid("service", Problem::ChooseOne))?;
    if !offer.service.audience.admits(author.class) {
        return Err(Refusal::NotForRequester.into());
    }
    let was_confidential = catalogue.service(from.service).is_some_and(|service| service.confidential);
    if was_confidential && !offer.service.confidential {
        return Err(Refusal::StaysConfidential.into());
    }
    Ok(offer)
}

/// The files of the message hang on its copy as well, under the same bytes, and what carried it carries both.
/// Gives the inbox through which the new ticket talks.
fn bring(
    act: &mut Act,
    granted: Granted<Serve>,
    from: &Ticket,
    original: MessageId,
    (ticket, message): (TicketId, MessageId),
) -> Result<Option<Inbox>, DeskError> {
    for file in store::attachment::of_message(act.tx, original)? {
        let id = AttachmentId(act.new_id());
        store::attachment::insert(
            act.tx,
            &Attachment { id, ticket, on: On::Message(message), created_at: act.now, ..file },
        )?;
    }
    let carried = store::mail::carried(act.tx, &granted)?;
    let carried = carried.into_iter().find(|(carried, _)| carried.message == original);
    let inbox = inbox(act.tx, from, carried.as_ref())?;
    if let Some((carried, _)) = carried {
        store::mail::carry(act.tx, &Carried { message, ..carried })?;
    }
    if let Some(inbox) = &inbox {
        store::inbox::choose(act.tx, ticket, inbox.id)?;
    }
    Ok(inbox)
}

/// The inbox that the message came to, else the one through which its ticket talks.
fn inbox(
    tx: &mut store::Tx,
    ticket: &Ticket,
    carried: Option<&(Carried, store::mail::Mail)>,
) -> Result<Option<Inbox>, DeskError> {
    let came = match carried {
        Some((_, mail)) => store::inbox::by_id(tx, mail.inbox)?.filter(|inbox| inbox.ended_at.is_none()),
        None => None,
    };
    match came {
        Some(inbox) => Ok(Some(inbox)),
        None => Ok(store::inbox::of_ticket(tx, ticket.id, ticket.unit)?),
    }
}

fn told(tx: &mut store::Tx, inbox: Option<&Inbox>, author: &Person) -> Result<Told, DeskError> {
    let Some(inbox) = inbox.filter(|inbox| inbox.outgoing.is_some()) else { return Ok(Told::NoInbox) };
    let Some(address) = &author.email else { return Ok(Told::Unreachable) };
    if store::mail_address::of(tx, address)?.is_dead() {
        return Ok(Told::Unreachable);
    }
    Ok(if inbox.acknowledges { Told::Mail(address.clone()) } else { Told::Unconfirmed })
}
