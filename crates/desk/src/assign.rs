//! Who in the owning unit has a ticket: taken, given, or put back into the queue.

use domain::id::PersonId;
use domain::ticket::Ticket;
use store::access::{Granted, Serve};

use crate::act::Act;
use crate::{DeskError, Problem, people_of, project};

/// The viewer takes it, when nobody else has it: of two who take it at once, one is told who was faster.
pub fn take(act: &mut Act, granted: Granted<Serve>) -> Result<(), DeskError> {
    claim(act, granted, None)
}

/// The viewer takes it over from whoever has it, as far as they know.
pub fn take_over(act: &mut Act, granted: Granted<Serve>, from: PersonId) -> Result<(), DeskError> {
    claim(act, granted, Some(from))
}

/// Gives it to a person of the owning unit, or back to the unit's queue.
pub fn to(act: &mut Act, granted: Granted<Serve>, person: Option<PersonId>) -> Result<(), DeskError> {
    project::happen(act, granted.ticket, |act, ticket| {
        serves(act, ticket, person)?;
        Ok(ticket.assign(person)?)
    })?;
    Ok(())
}

fn claim(act: &mut Act, granted: Granted<Serve>, known: Option<PersonId>) -> Result<(), DeskError> {
    let me = granted.viewer;
    project::happen(act, granted.ticket, |act, ticket| {
        if let Some(holder) = ticket.person.filter(|holder| *holder != me && Some(*holder) != known) {
            let name = store::person::by_id(act.tx, holder)?.map(|person| person.name).unwrap_or_default();
            return Err(DeskError::Conflict(Problem::TakenMeanwhile { name }));
        }
        serves(act, ticket, Some(me))?;
        Ok(ticket.assign(Some(me))?)
    })?;
    Ok(())
}

fn serves(act: &mut Act, ticket: &Ticket, person: Option<PersonId>) -> Result<(), DeskError> {
    match person {
        Some(person) if !people_of::serves_in(act, person, ticket.unit)? => {
            Err(DeskError::invalid("person", Problem::ServesElsewhere))
        }
        _ => Ok(()),
    }
}
