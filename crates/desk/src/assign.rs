//! Who in the owning unit has a ticket: taken, given, or put back into the queue.

use domain::id::PersonId;
use store::access::{Granted, Serve};

use crate::act::Act;
use crate::{DeskError, Problem, people_of, project};

/// The viewer takes it.
pub fn take(act: &mut Act, granted: Granted<Serve>) -> Result<(), DeskError> {
    to(act, granted, Some(granted.viewer))
}

/// Gives it to a person of the owning unit, or back to the unit's queue.
pub fn to(act: &mut Act, granted: Granted<Serve>, person: Option<PersonId>) -> Result<(), DeskError> {
    project::happen(act, granted.ticket, |act, ticket| {
        if let Some(person) = person
            && !people_of::serves_in(act, person, ticket.unit)?
        {
            return Err(DeskError::invalid("person", Problem::ServesElsewhere));
        }
        Ok(ticket.assign(person)?)
    })?;
    Ok(())
}
