//! Somebody is told to look at a ticket: whoever holds it, those who lead its unit, or one person.

use domain::action::Whom;
use domain::event::{Detail, Fact};
use domain::id::{PersonId, TicketId};
use domain::ticket::Ticket;
use store::Tx;
use store::unit::Role;

use crate::act::Act;
use crate::{DeskError, project};

/// Whether there is anybody to tell. Who of them may read it is asked when they are told.
pub(crate) fn put(act: &mut Act, ticket: TicketId, whom: Whom) -> Result<bool, DeskError> {
    let events = store::event::of_ticket(act.tx, ticket)?;
    let folded = Ticket::fold(ticket, &events).ok_or(DeskError::NotFound)?;
    let people = people(act.tx, &folded, whom)?;
    if people.is_empty() {
        return Ok(false);
    }
    project::happen(act, ticket, |_, _| Ok(Fact::Detailed(Detail::Told { people })))?;
    Ok(true)
}

pub(crate) fn people(tx: &mut Tx, ticket: &Ticket, whom: Whom) -> Result<Vec<PersonId>, DeskError> {
    Ok(match whom {
        Whom::Holder => ticket.person.into_iter().collect(),
        Whom::Person(person) => vec![person],
        Whom::Leads => {
            let members = store::unit::members(tx, ticket.unit)?;
            let leads = members.into_iter().filter(|one| one.role == Role::Lead && !one.disabled);
            leads.map(|lead| lead.person).collect()
        }
    })
}
