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

/// Reads on to the end of the log; gives how many tickets, people and organisations were read again.
pub(crate) fn on(desk: &Desk, generation: &Generation) -> Result<usize, SearchError> {
    let mut read = 0;
    while let Some(cursor) = generation.cursor()? {
        let position = cursor.position;
        let changed = desk.look_now(move |look| Ok(store::search::after(look.tx, position, EVENTS)?))?;
        let now = desk.clock.now();
        let due: BTreeSet<TicketId> =
            cursor.later.iter().filter(|(_, at)| **at <= now).map(|(ticket, _)| *ticket).collect();
        if changed.is_none() && due.is_empty() {
            break;
        }
        let mut changed = changed.unwrap_or_else(|| Changed { position, ..Changed::default() });
        changed.tickets.extend(due);
        read += changed.tickets.len() + changed.people.len() + changed.organisations.len();
        generation.write(|writing| again(desk, writing, cursor, &changed))?;
    }
    Ok(read)
}

fn again(
    desk: &Desk,
    writing: &mut Writing,
    mut cursor: Cursor,
    changed: &Changed,
) -> Result<Cursor, SearchError> {
    let tickets: Vec<TicketId> = changed.tickets.iter().copied().collect();
    for some in tickets.chunks(TICKETS) {
        let ids = some.to_vec();
        let texts = desk.look_now(move |look| {
            let mut texts = Vec::with_capacity(ids.len());
            for id in ids {
                texts.extend(store::search::between(look.tx, TicketId(id.0 - 1), id, look.now)?);
            }
            Ok(texts)
        })?;
        for ticket in some {
            writing.remove(Of::Ticket(*ticket));
            cursor.later.remove(ticket);
        }
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
    Ok(cursor)
}
