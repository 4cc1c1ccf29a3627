//! Two tickets that belong together say so to each other, and nothing else follows from it.

use std::collections::BTreeMap;

use domain::event::{Detail, Event, Fact};
use domain::id::{MessageId, TicketId};
use domain::link::{self, Link, Linked, MOST};
use domain::permission::Viewer;
use store::access::{Granted, Seen, Serve};
use store::link::Other;

use crate::act::{Act, Look};
use crate::{DeskError, Problem, project};

/// Links a ticket to another one that its writer reads inside as well. Hidden and unknown are the same answer.
pub fn add(
    act: &mut Act,
    viewer: &Viewer,
    granted: Granted<Serve>,
    link: Link,
    number: i64,
) -> Result<(), DeskError> {
    let refused = |problem| DeskError::invalid("ticket", problem);
    if !link.is_chosen() {
        return Err(DeskError::invalid("link", Problem::ChooseOne));
    }
    let other = end(act, viewer, number)?;
    if other.ticket == granted.ticket {
        return Err(refused(Problem::LinkToItself));
    }
    let events = store::event::of_ticket(act.tx, granted.ticket)?;
    let known = link::of(granted.ticket, &events);
    if known.iter().any(|known| known.ticket == other.ticket) {
        return Err(refused(Problem::LinkedAlready { number }));
    }
    // Only what its writer sees is counted, so that nobody learns how many there are besides.
    if known.len() >= MOST {
        let ends: Vec<TicketId> = known.iter().map(|known| known.ticket).collect();
        if store::link::others(act.tx, viewer, &ends, act.now)?.len() >= MOST {
            return Err(refused(Problem::LinksFull { most: MOST }));
        }
    }
    make(act, (granted.ticket, None), link, (other.ticket, None))
}

/// Takes a link off both tickets. One that is not there needs nothing.
pub fn remove(act: &mut Act, viewer: &Viewer, granted: Granted<Serve>, number: i64) -> Result<(), DeskError> {
    let other = end(act, viewer, number)?.ticket;
    let events = store::event::of_ticket(act.tx, granted.ticket)?;
    let known = link::of(granted.ticket, &events).into_iter().find(|known| known.ticket == other);
    let Some(Linked { link, .. }) = known else { return Ok(()) };
    said(act, granted.ticket, Detail::Unlinked { link, ticket: other })?;
    said(act, other, Detail::Unlinked { link: link.reverse(), ticket: granted.ticket })
}

/// A ticket, and the message of it that a link is about.
pub(crate) type End = (TicketId, Option<MessageId>);

/// Both ends say it, each in its own direction.
pub(crate) fn make(
    act: &mut Act,
    (ticket, message): End,
    link: Link,
    (other, theirs): End,
) -> Result<(), DeskError> {
    said(act, ticket, Detail::Linked { link, ticket: other, message })?;
    said(act, other, Detail::Linked { link: link.reverse(), ticket, message: theirs })
}

/// What was undone at one end never was at the other one.
pub(crate) fn undone(act: &mut Act, ticket: TicketId, undone: &Fact) -> Result<(), DeskError> {
    let Some(Linked { link, ticket: other, .. }) = link::other(undone) else { return Ok(()) };
    let was_made = is_made(undone);
    let is_its_reverse = |fact: &Fact| {
        let end = link::other(fact).is_some_and(|end| (end.link, end.ticket) == (link.reverse(), ticket));
        end && is_made(fact) == was_made
    };
    let events = store::event::of_ticket(act.tx, other)?;
    match events.iter().rev().find(|event| event.ticket == other && is_its_reverse(&event.fact)) {
        Some(event) => project::undo(act, other, event.id),
        None => Ok(()),
    }
}

const fn is_made(fact: &Fact) -> bool {
    matches!(fact, Fact::Detailed(Detail::Linked { .. }))
}

/// The links of a ticket that somebody may see, with the tickets at their other ends, and those ends that only
/// its history names. `events` are those of the ticket; from them goes what tells of a hidden one.
pub fn seen(
    look: &mut Look,
    viewer: &Viewer,
    ticket: TicketId,
    events: &mut Vec<Event>,
) -> Result<(Vec<Linked>, BTreeMap<TicketId, Other>), DeskError> {
    let named: Vec<TicketId> =
        events.iter().filter_map(|event| link::other(&event.fact)).map(|end| end.ticket).collect();
    if named.is_empty() {
        return Ok((Vec::new(), BTreeMap::new()));
    }
    let others = store::link::others(look.tx, viewer, &named, look.now)?;
    let mut links = link::of(ticket, events);
    links.retain(|linked| others.contains_key(&linked.ticket));
    events.retain(|event| link::other(&event.fact).is_none_or(|end| others.contains_key(&end.ticket)));
    Ok((links, others))
}

/// The ticket of a number, for whoever reads inside of it.
fn end(act: &mut Act, viewer: &Viewer, number: i64) -> Result<Seen, DeskError> {
    store::access::by_number(act.tx, viewer, number, act.now)?
        .filter(|seen| seen.read_inside().is_some())
        .ok_or_else(|| DeskError::invalid("ticket", Problem::NothingToLink { number }))
}

fn said(act: &mut Act, ticket: TicketId, detail: Detail) -> Result<(), DeskError> {
    project::happen(act, ticket, |_, _| Ok(Fact::Detailed(detail)))?;
    Ok(())
}
