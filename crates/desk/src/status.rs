//! Statuses of one's own: the serving side says one of a ticket, and the act that leads there is done with it.

mod define;

use domain::event::{Event, Fact, Side, WaitOn};
use domain::id::{EventId, MessageId, StatusId, TicketId};
use domain::status::Status;
use domain::ticket::rules::Refusal;
use domain::ticket::standing::Way;
use domain::ticket::{Kind, Ticket};
use store::access::{Granted, Serve};
use store::catalogue::Catalogue;

use crate::act::{Act, Look};
use crate::{DeskError, project, reopen, solve, wait};

pub use define::{Input, define, rename, reorder, retire};

/// Says where a ticket stands. When it stands elsewhere, the act that moves it there comes first, with its own
/// refusals; `whom` is for whom it waits then, where that is not the requester.
pub fn set(
    act: &mut Act,
    granted: Granted<Serve>,
    status: StatusId,
    whom: Option<WaitOn>,
) -> Result<(), DeskError> {
    put(act, granted.ticket, status, whom, None)
}

/// The same, without anybody's rights. `said` is the reply that it is done together with.
pub(crate) fn put(
    act: &mut Act,
    ticket: TicketId,
    status: StatusId,
    whom: Option<WaitOn>,
    said: Option<MessageId>,
) -> Result<(), DeskError> {
    let status = known(&act.catalogue, status)?.clone();
    let events = store::event::of_ticket(act.tx, ticket)?;
    let folded = Ticket::fold(ticket, &events).ok_or(DeskError::NotFound)?;
    let with = match folded.way_to(&status)? {
        Way::Stay => None,
        way => {
            go(act, &folded, &events, (way, whom, said))?;
            last(act, ticket)?
        }
    };
    project::happen(act, ticket, |_, ticket| Ok(ticket.say_status(&status, with)?))?;
    Ok(())
}

/// Only the plain word says where it stands.
pub fn clear(act: &mut Act, granted: Granted<Serve>) -> Result<(), DeskError> {
    project::happen(act, granted.ticket, |_, ticket| Ok(ticket.clear_status()?))?;
    Ok(())
}

/// A ticket turned out to be of another kind.
pub fn change_kind(act: &mut Act, granted: Granted<Serve>, kind: Kind) -> Result<(), DeskError> {
    project::happen(act, granted.ticket, |_, ticket| Ok(ticket.change_kind(kind)?))?;
    Ok(())
}

pub(crate) fn known(catalogue: &Catalogue, status: StatusId) -> Result<&Status, DeskError> {
    catalogue.status(status).ok_or_else(|| DeskError::invalid("status", crate::Problem::ChooseOne))
}

fn go(
    act: &mut Act,
    ticket: &Ticket,
    events: &[Event],
    (way, whom, said): (Way, Option<WaitOn>, Option<MessageId>),
) -> Result<(), DeskError> {
    match way {
        Way::Stay => Ok(()),
        Way::Resume => wait::ended(act, ticket.id),
        Way::Reopen => reopen::serving(act, ticket.id, ""),
        Way::WaitForRequester => wait::begun(act, ticket.id, WaitOn::Requester, said),
        Way::WaitForOthers => {
            let (on, message) = others(ticket, events, whom)?;
            wait::begun(act, ticket.id, on, message)
        }
        Way::Solve => {
            unblocked(ticket)?;
            solve::done(act, ticket.id, said, "")
        }
    }
}

/// What [`put`] would record before it, without doing anything.
pub(crate) fn leading(
    look: &Look,
    ticket: &Ticket,
    status: &Status,
    whom: Option<WaitOn>,
) -> Result<Option<Fact>, DeskError> {
    Ok(Some(match ticket.way_to(status)? {
        Way::Stay => return Ok(None),
        Way::Resume => ticket.resume()?,
        Way::Reopen => {
            let service = look.catalogue.ruling(ticket).ok_or(DeskError::NotFound)?;
            ticket.reopen(Side::Serving, None, &service, look.now)?
        }
        Way::WaitForRequester => ticket.wait(WaitOn::Requester, None, look.now)?,
        Way::WaitForOthers => {
            let (on, message) = others(ticket, &[], whom)?;
            ticket.wait(on, message, look.now)?
        }
        Way::Solve => {
            unblocked(ticket)?;
            solve::rule(ticket, None, None)?
        }
    }))
}

/// For whom it waits; a date was agreed in the last message.
fn others(
    ticket: &Ticket,
    events: &[Event],
    whom: Option<WaitOn>,
) -> Result<(WaitOn, Option<MessageId>), Refusal> {
    ticket.must_be_open()?;
    match whom {
        Some(on @ WaitOn::Supplier(_)) => Ok((on, None)),
        Some(on @ WaitOn::Agreed { .. }) => Ok((on, spoken(ticket.id, events))),
        Some(WaitOn::Requester) | None => Err(Refusal::StatusNeedsWhom),
    }
}

fn unblocked(ticket: &Ticket) -> Result<(), Refusal> {
    match ticket.handoffs.len() {
        0 => Ok(()),
        blocking => ticket.must_be_open().and(Err(Refusal::StatusBlocked(blocking))),
    }
}

/// The last message that no machine wrote.
fn spoken(ticket: TicketId, events: &[Event]) -> Option<MessageId> {
    events.iter().rev().filter(|event| event.ticket == ticket).find_map(|event| match &event.fact {
        Fact::Replied { message, automatic: false, .. } => Some(*message),
        Fact::Opened(opening) | Fact::Asked(opening) => opening.message,
        _ => None,
    })
}

fn last(act: &mut Act, ticket: TicketId) -> Result<Option<EventId>, DeskError> {
    let events = store::event::of_ticket(act.tx, ticket)?;
    Ok(events.iter().rev().find(|event| event.ticket == ticket).map(|event| event.id))
}
