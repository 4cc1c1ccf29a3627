//! A whole index, made from what the database holds, while the one before goes on being searched.

use std::sync::atomic::{AtomicBool, Ordering};

use domain::id::{OrganisationId, PersonId, TicketId};

use super::generation::{Cursor, Generation, Writing};
use super::{SearchError, documents};
use crate::act::Desk;

/// Tickets, people or organisations that are read in one look.
const AT_ONCE: i64 = 500;

/// Hears how many more were read, and may end it.
type Progress<'a> = &'a mut dyn FnMut(usize) -> Result<(), SearchError>;

/// Fills an empty index. What happens meanwhile is read from the log afterwards, from where it was at the start.
pub(crate) fn fill(
    desk: &Desk,
    generation: &Generation,
    ends: &AtomicBool,
    told: &mut dyn FnMut(u64, u64),
) -> Result<(), SearchError> {
    let (head, size) =
        desk.look_now(|look| Ok((store::event::head(look.tx)?, store::search::size(look.tx)?)))?;
    let size = u64::try_from(size).unwrap_or_default();
    let mut done = 0;
    let mut progress = |more: usize| {
        done += more as u64;
        told(done, size.max(done));
        if ends.load(Ordering::Relaxed) { Err(SearchError::Ended) } else { Ok(()) }
    };
    generation.write(|writing| {
        let mut cursor = Cursor::at(head.0, &head.1);
        tickets(desk, writing, &mut cursor, &mut progress)?;
        people(desk, writing, &mut progress)?;
        organisations(desk, writing, &mut progress)?;
        Ok(cursor)
    })
}

fn tickets(
    desk: &Desk,
    writing: &mut Writing,
    cursor: &mut Cursor,
    progress: Progress,
) -> Result<(), SearchError> {
    let mut after = TicketId(0);
    loop {
        let texts = desk.look_now(move |look| {
            let Some(until) = store::search::last_of_next(look.tx, after, AT_ONCE)? else {
                return Ok(Vec::new());
            };
            Ok(store::search::between(look.tx, after, until, look.now)?)
        })?;
        let Some(last) = texts.last() else { return Ok(()) };
        after = last.id;
        for ticket in &texts {
            documents::of_ticket(writing, ticket, &mut cursor.later)?;
        }
        progress(texts.len())?;
    }
}

fn people(desk: &Desk, writing: &mut Writing, progress: Progress) -> Result<(), SearchError> {
    let mut after = PersonId(0);
    loop {
        let people = desk.look_now(move |look| Ok(store::search::people_after(look.tx, after, AT_ONCE)?))?;
        let Some(last) = people.last() else { return Ok(()) };
        after = last.id;
        for person in &people {
            documents::of_person(writing, person)?;
        }
        progress(people.len())?;
    }
}

fn organisations(desk: &Desk, writing: &mut Writing, progress: Progress) -> Result<(), SearchError> {
    let mut after = OrganisationId(0);
    loop {
        let parties =
            desk.look_now(move |look| Ok(store::search::organisations_after(look.tx, after, AT_ONCE)?))?;
        let Some((last, ..)) = parties.last() else { return Ok(()) };
        after = *last;
        for party in &parties {
            documents::of_organisation(writing, party)?;
        }
        progress(parties.len())?;
    }
}
