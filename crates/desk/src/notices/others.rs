//! Whom an event concerns besides whoever has the ticket now: who wrote what came back, who held it before, and who
//! wants to know of what nobody holds.

use domain::event::{Actor, Event, Fact};
use domain::id::PersonId;
use domain::notice::Occasion;
use domain::ticket::Ticket;
use jiff::{SignedDuration, Timestamp};

use crate::DeskError;
use crate::act::Act;

/// What came is told so much later: what is given to somebody meanwhile is no news to others.
const SETTLING: SignedDuration = SignedDuration::from_mins(1);

pub(super) fn settled_at(occasion: Occasion, event: &Event, not_before: Timestamp) -> Timestamp {
    if occasion == Occasion::Arrived { not_before.max(event.at + SETTLING) } else { not_before }
}

/// Those who serve in the unit to which a ticket came that nobody holds, and who want to be told.
pub(super) fn arrived(act: &mut Act, event: &Event) -> Result<Vec<(PersonId, Occasion)>, DeskError> {
    let Some(unit) = event.fact.owner().filter(|_| event.fact.holder().is_none()) else {
        return Ok(Vec::new());
    };
    let choosers = store::notice::choosers(act.tx, unit, Occasion::Arrived)?;
    let others = choosers.into_iter().filter(|person| event.actor != Actor::Person(*person));
    Ok(others.map(|person| (person, Occasion::Arrived)).collect())
}

/// Whom the events before this one name; never who did it.
pub(super) fn of(ticket: &Ticket, events: &[Event], event: &Event) -> Option<(PersonId, Occasion)> {
    let told = match &event.fact {
        Fact::Bounced { what, .. } => events.iter().find_map(|said| {
            let is_it = match said.fact {
                Fact::Replied { message, .. } => what.message == Some(message),
                Fact::Noted { note } => what.note == Some(note),
                _ => false,
            };
            author(said).filter(|_| is_it).map(|person| (person, Occasion::Bounced))
        }),
        Fact::Escalated { .. } => {
            let before: Vec<Event> = events.iter().take_while(|one| one.id != event.id).cloned().collect();
            let held = Ticket::fold(ticket.id, &before).and_then(|before| before.person);
            held.map(|person| (person, Occasion::Escalated))
        }
        _ => None,
    };
    told.filter(|(person, _)| event.actor != Actor::Person(*person))
}

const fn author(event: &Event) -> Option<PersonId> {
    match event.actor {
        Actor::Person(person) => Some(person),
        Actor::Desk | Actor::Import => None,
    }
}
