//! Who stands in for an absent holder is told what the holder is told, as long as the absence lasts.

use domain::event::{Actor, Event};
use domain::id::PersonId;
use domain::notice::Occasion;
use domain::ticket::Ticket;

use crate::DeskError;
use crate::act::Act;

/// Who is to be told besides `person`; nobody is told of their own act.
pub(super) fn of(
    act: &mut Act,
    person: PersonId,
    occasion: Occasion,
    ticket: &Ticket,
    event: Option<&Event>,
) -> Result<Option<PersonId>, DeskError> {
    if !occasion.is_for_agents() || ticket.person != Some(person) {
        return Ok(None);
    }
    let now = act.now;
    let substitute = store::presence::substitute(act.tx, person, ticket.unit, now)?;
    let own = |substitute: &PersonId| event.is_some_and(|event| event.actor == Actor::Person(*substitute));
    Ok(substitute.filter(|substitute| !own(substitute)))
}

/// For whom somebody is told of a ticket: for its holder while they stand in, else for themselves.
pub(super) fn acts_for(act: &mut Act, ticket: &Ticket, person: PersonId) -> Result<PersonId, DeskError> {
    let now = act.now;
    match ticket.person.filter(|holder| *holder != person) {
        Some(holder) if store::presence::substitute(act.tx, holder, ticket.unit, now)? == Some(person) => {
            Ok(holder)
        }
        _ => Ok(person),
    }
}
