//! Who in the owning unit has a ticket: taken, given, or put back into the queue.

use domain::event::Fact;
use domain::id::{PersonId, TicketId};
use domain::ticket::Ticket;
use store::Tx;
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
    given(act, granted.ticket, person)
}

pub(crate) fn given(act: &mut Act, ticket: TicketId, person: Option<PersonId>) -> Result<(), DeskError> {
    project::happen(act, ticket, |act, ticket| rule(act.tx, ticket, person))?;
    Ok(())
}

pub(crate) fn rule(tx: &mut Tx, ticket: &Ticket, person: Option<PersonId>) -> Result<Fact, DeskError> {
    serves(tx, ticket, person)?;
    Ok(ticket.assign(person)?)
}

/// Whether somebody may take it who knows that `known` has it.
pub(crate) fn claiming(
    tx: &mut Tx,
    ticket: &Ticket,
    me: PersonId,
    known: Option<PersonId>,
) -> Result<Fact, DeskError> {
    if let Some(holder) = ticket.person.filter(|holder| *holder != me && Some(*holder) != known) {
        let name = store::person::by_id(tx, holder)?.map(|person| person.name).unwrap_or_default();
        return Err(DeskError::Conflict(Problem::TakenMeanwhile { name }));
    }
    rule(tx, ticket, Some(me))
}

fn claim(act: &mut Act, granted: Granted<Serve>, known: Option<PersonId>) -> Result<(), DeskError> {
    let me = granted.viewer;
    project::happen(act, granted.ticket, |act, ticket| claiming(act.tx, ticket, me, known))?;
    Ok(())
}

fn serves(tx: &mut Tx, ticket: &Ticket, person: Option<PersonId>) -> Result<(), DeskError> {
    match person {
        Some(person) if !people_of::serves_in(tx, person, ticket.unit)? => {
            Err(DeskError::invalid("person", Problem::ServesElsewhere))
        }
        _ => Ok(()),
    }
}
