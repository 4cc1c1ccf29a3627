//! The index follows the log: what the next events concern is read again and written together with how far it came.

use std::collections::BTreeSet;

use domain::id::TicketId;
use store::search::Changed;

use super::generation::{Cursor, Generation, Writing};
use super::index::Of;
use super::{SearchError, documents};
use crate::act::Desk;

/// Events that are read at once.
const EVENTS: i64 = 1_000;
/// Tickets that are read in one look.
const TICKETS: usize = 200;
/// Tickets, people and organisations that are written in one commit. A commit costs as much as some hundred
/// of them, whatever is in it, and is what makes them visible.
const COMMIT: usize = 10_000;

/// Reads on to the end of the log; gives how many tickets, people and organisations were read again.
pub(crate) fn on(desk: &Desk, generation: &Generation) -> Result<usize, SearchError> {
    let mut read = 0;
    while let Some(mut cursor) = generation.cursor()? {
        let Some(mut changed) = next(desk, &cursor)? else { break };
        generation.write(|writing| {
            let mut waiting = 0;
            loop {
                waiting += changed.tickets.len() + changed.people.len() + changed.organisations.len();
                again(desk, writing, &mut cursor, &changed)?;
                if waiting >= COMMIT {
                    break;
                }
                let Some(further) = next(desk, &cursor)? else { break };
                changed = further;
            }
            read += waiting;
            Ok(cursor)
        })?;
    }
    Ok(read)
}

/// What is to be read again after what the cursor has; `None` at the end of the log.
fn next(desk: &Desk, cursor: &Cursor) -> Result<Option<Changed>, SearchError> {
    let position = cursor.position;
    let changed = desk.look_now(move |look| Ok(store::search::after(look.tx, position, EVENTS)?))?;
    let now = desk.clock.now();
    let due: BTreeSet<TicketId> =
        cursor.later.iter().filter(|(_, at)| **at <= now).map(|(ticket, _)| *ticket).collect();
    if changed.is_none() && due.is_empty() {
        return Ok(None);
    }
    let mut changed = changed.unwrap_or_else(|| Changed { position, ..Changed::default() });
    changed.tickets.extend(due);
    Ok(Some(changed))
}

fn again(
    desk: &Desk,
    writing: &mut Writing,
    cursor: &mut Cursor,
    changed: &Changed,
) -> Result<(), SearchError> {
    for ticket in &changed.tickets {
        writing.remove(Of::Ticket(*ticket));
        cursor.later.remove(ticket);
    }
    let tickets: Vec<TicketId> = changed.tickets.iter().copied().collect();
    for some in tickets.chunks(TICKETS) {
        let ids = some.to_vec();
        let texts = desk.look_now(move |look| Ok(store::search::among(look.tx, &ids, look.now)?))?;
        for ticket in &texts {
            documents::of_ticket(writing, ticket, &mut cursor.later)?;
        }
    }
    for id in changed.people.iter().copied() {
        writing.remove(Of::Person(id));
        if let Some(person) = desk.look_now(move |look| Ok(store::search::person(look.tx, id)?))? {
            documents::of_person(writing, &person)?;
        }
    }
    for id in changed.organisations.iter().copied() {
        writing.remove(Of::Organisation(id));
        if let Some(party) = desk.look_now(move |look| Ok(store::search::organisation(look.tx, id)?))? {
            documents::of_organisation(writing, &party)?;
        }
    }
    if !changed.hash.is_empty() {
        cursor.moved_to(changed.position, &changed.hash);
    }
    Ok(())
}
