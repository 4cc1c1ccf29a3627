//! What the events of whole chains say: every ticket with all that stands beside it, as it should be stored.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::clock::Clock;
use domain::event::{Event, Fact};
use domain::id::{PersonId, TicketId, UnitId};
use domain::ticket::{State, Ticket};
use store::catalogue::Catalogue;
use store::ticket::{Due, PersonSide, Placed};

use crate::project::{self, Above};

/// One ticket as its events say it should be stored.
#[derive(Clone, Debug)]
pub(crate) struct Derived {
    pub placed: Placed,
    pub clocks: Vec<Clock>,
    pub people: BTreeMap<PersonId, PersonSide>,
    pub units: BTreeSet<UnitId>,
    /// Those that decide it: its own, those with which its hand-offs block it, and what they tell and deliver.
    pub events: Vec<Event>,
}

/// Every ticket that `events` open; they are all events of one chain or of several, oldest first.
/// Tickets come after the ones they block.
pub(crate) fn tickets(catalogue: &Catalogue, events: &[Event]) -> Vec<Derived> {
    let mut deciding: HashMap<TicketId, Vec<Event>> = HashMap::new();
    for event in events {
        deciding.entry(event.ticket).or_default().push(event.clone());
        if let Some(parent) = event.parent
            && event.fact.counts_above()
        {
            deciding.entry(parent).or_default().push(event.clone());
        }
    }
    let mut derived: Vec<Derived> = Vec::new();
    let mut place_of: HashMap<TicketId, usize> = HashMap::new();
    for id in parents_first(events) {
        let Some(own) = deciding.remove(&id) else { continue };
        let Some(ticket) = Ticket::fold(id, &own) else { continue };
        let parent = ticket.parent.and_then(|parent| place_of.get(&parent)).map(|place| &derived[*place]);
        let one = derive(catalogue, ticket, own, parent);
        place_of.insert(id, derived.len());
        derived.push(one);
    }
    // A unit that serves a hand-off is in the chain of every ticket that waits for it.
    for place in (0..derived.len()).rev() {
        let Some(parent) =
            derived[place].placed.ticket.parent.and_then(|parent| place_of.get(&parent).copied())
        else {
            continue;
        };
        let units = derived[place].units.clone();
        derived[parent].units.extend(units);
    }
    derived
}

fn derive(catalogue: &Catalogue, ticket: Ticket, events: Vec<Event>, parent: Option<&Derived>) -> Derived {
    let clocks = project::clocks(catalogue, &ticket, &events);
    let due = due(catalogue, &ticket, &clocks, parent);
    let service = catalogue.service(ticket.service);
    let own = events.iter().filter(|event| event.ticket == ticket.id);
    let units = own.filter_map(|event| event.fact.owner()).collect();
    Derived {
        clocks,
        people: people(catalogue, &ticket, parent),
        units,
        events,
        placed: Placed {
            root: parent.map_or(ticket.id, |parent| parent.placed.root),
            confidential: service.is_some_and(|service| service.confidential),
            due,
            ticket,
        },
    }
}

fn due(catalogue: &Catalogue, ticket: &Ticket, clocks: &[Clock], parent: Option<&Derived>) -> Due {
    let above = parent.filter(|parent| parent.placed.ticket.state == State::Open).map(|parent| {
        let Placed { ticket: above, due, .. } = &parent.placed;
        Above::of(catalogue, above.id, above.parent, above.service, above.unit, *due, ticket.promised_at)
    });
    project::due(ticket, clocks, above.as_ref())
}

/// The requester's side, and the requesters above: a hand-off has no customer of its own.
fn people(
    catalogue: &Catalogue,
    ticket: &Ticket,
    parent: Option<&Derived>,
) -> BTreeMap<PersonId, PersonSide> {
    let mut people = BTreeMap::new();
    if let Some(parent) = parent {
        let is_asked_by_requester = parent.placed.ticket.opening.asking_unit.is_none();
        for (person, side) in &parent.people {
            if *side == PersonSide::Upstream || is_asked_by_requester {
                people.insert(*person, PersonSide::Upstream);
            }
        }
    }
    for person in ticket.requesting() {
        let everybody = std::iter::once(person).chain(catalogue.who_became(person));
        people.extend(everybody.map(|person| (person, PersonSide::Requesting)));
    }
    people
}

/// The tickets in the order of their opening, each after the one it blocks.
fn parents_first(events: &[Event]) -> Vec<TicketId> {
    let opened: Vec<(TicketId, Option<TicketId>)> = events
        .iter()
        .filter(|event| matches!(event.fact, Fact::Opened(_) | Fact::Asked(_)))
        .map(|event| (event.ticket, event.parent))
        .collect();
    let mut known: BTreeSet<TicketId> = BTreeSet::new();
    let mut order = Vec::with_capacity(opened.len());
    let mut waiting = opened;
    // One round is enough where the log is in order; a parent that is not there ends the search.
    loop {
        let all: BTreeSet<TicketId> = waiting.iter().map(|(ticket, _)| *ticket).collect();
        let before = waiting.len();
        waiting.retain(|(ticket, parent)| {
            let ready = parent.is_none_or(|parent| known.contains(&parent) || !all.contains(&parent));
            if ready && known.insert(*ticket) {
                order.push(*ticket);
            }
            !ready
        });
        if waiting.is_empty() || waiting.len() == before {
            return order;
        }
    }
}
