//! Tickets of a requester that are one matter: what was said on those that were merged into one, and where one goes on.

use std::collections::BTreeSet;

use desk::{DeskError, Look};
use domain::draft::{Place, Text};
use domain::permission::Viewer;
use domain::ticket::Ticket;

use super::ticket::{Shown, one_of_requester};

/// The ticket, with those that were merged into it.
pub(super) fn whole(look: &mut Look, viewer: &Viewer, number: i64) -> Result<Option<Shown>, DeskError> {
    let seen = store::access::by_number(look.tx, viewer, number, look.now)?.ok_or(DeskError::NotFound)?;
    let Some(mut shown) = one_of_requester(look, viewer, seen)? else { return Ok(None) };
    let place = Place::Ticket(seen.ticket, Text::Reply);
    if let Some(draft) = store::draft::at(look.tx, viewer.person, place)? {
        shown.uploads = store::upload::all_of_person(look.tx, &draft.files, viewer.person)?;
        shown.draft = Some(draft);
    }
    let mut known = BTreeSet::from([seen.ticket]);
    let mut to_read = shown.ticket.took_in.clone();
    while let Some(id) = to_read.pop() {
        let Some(seen) = store::access::by_id(look.tx, viewer, id, look.now)?.filter(|_| known.insert(id))
        else {
            continue;
        };
        if let Some(part) = one_of_requester(look, viewer, seen)? {
            to_read.extend(part.ticket.took_in.iter().copied());
            shown.took_in.push(part);
        }
    }
    Ok(Some(shown))
}

/// The number of the ticket at the end of a chain of merges.
pub(super) fn goes_on(look: &mut Look, viewer: &Viewer, ticket: &Ticket) -> Result<Option<i64>, DeskError> {
    if ticket.merged_into.is_none() {
        return Ok(None);
    }
    let last = store::ticket::goes_on_as(look.tx, ticket.id)?;
    let seen = store::access::by_id(look.tx, viewer, last, look.now)?;
    Ok(seen.filter(|seen| seen.ticket != ticket.id).map(|seen| seen.number))
}
