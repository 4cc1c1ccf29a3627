//! What follows from an event: the ticket row, its clocks, its place in the order of work, the sums.

use domain::calendar::Calendar;
use domain::clock::{self, Applied, Clock};
use domain::event::{Event, Fact, standing};
use domain::id::{EventId, MessageId, ServiceId, TicketId, UnitId};
use domain::link;
use domain::order::{self, Inherited};
use domain::ticket::{State, Ticket};
use jiff::{SignedDuration, Timestamp};
use store::catalogue::{Catalogue, Promised};
use store::tally;
use store::ticket::{Due, Placed};

use crate::DeskError;
use crate::act::Act;

/// Something happens to a ticket: `rule` says which fact, or why not; the fact is recorded and
/// everything that follows from it is written in the same transaction.
pub(crate) fn happen(
    act: &mut Act,
    id: TicketId,
    rule: impl FnOnce(&mut Act, &Ticket) -> Result<Fact, DeskError>,
) -> Result<Ticket, DeskError> {
    happens(act, id, rule).map(|(ticket, _)| ticket)
}

/// [`happen`] with the event that tells of it, for what is kept beside that.
pub(crate) fn happens(
    act: &mut Act,
    id: TicketId,
    rule: impl FnOnce(&mut Act, &Ticket) -> Result<Fact, DeskError>,
) -> Result<(Ticket, EventId), DeskError> {
    let mut events = store::event::of_ticket(act.tx, id)?;
    let mut ticket = Ticket::fold(id, &events).ok_or(DeskError::NotFound)?;
    let before = clocks(&act.catalogue, &ticket, &events);
    let sums = tally::of(&ticket, &before);
    let fact = rule(act, &ticket)?;
    let at = act.now.max(ticket.changed_at);
    let event = act.record_at(at, id, ticket.parent, fact)?;
    let told = event.id;
    let (owner, service) = (ticket.unit, ticket.service);
    ticket.apply(&event);
    events.push(event);
    if ticket.unit != owner {
        store::ticket::join_chain(act.tx, id, ticket.unit)?;
    }
    follow(act, &ticket, &events, &before, &sums)?;
    if events.last().is_some_and(|event| link::other(&event.fact).is_some()) {
        store::link::replace(act.tx, id, &link::of(id, &events))?;
    }
    if (ticket.unit, ticket.service) != (owner, service) {
        store::notice::board::doubt_ticket(act.tx, id)?;
    }
    if let (Some(parent), Some(last)) = (ticket.parent, events.last().filter(|event| tells_above(event))) {
        refold(act, parent, last)?;
    }
    Ok((ticket, told))
}

/// A reply is taken back: what is derived from the ticket's events is written as if it had never been.
pub(crate) fn take_back(act: &mut Act, id: TicketId, message: MessageId) -> Result<(), DeskError> {
    never_was(act, id, Fact::TakenBack { message })
}

/// An event of a ticket is undone: everything that follows is written as if it had never been.
pub(crate) fn undo(act: &mut Act, id: TicketId, event: EventId) -> Result<(), DeskError> {
    never_was(act, id, Fact::Undone { event })
}

/// A fact says that an earlier one never was: what is derived is written as if it had not been.
pub(crate) fn never_was(act: &mut Act, id: TicketId, fact: Fact) -> Result<(), DeskError> {
    let mut events = store::event::of_ticket(act.tx, id)?;
    let before = Ticket::fold(id, &events).ok_or(DeskError::NotFound)?;
    let clocks_before = clocks(&act.catalogue, &before, &events);
    let sums = tally::of(&before, &clocks_before);
    let linked = link::of(id, &events);
    let at = act.now.max(before.changed_at);
    events.push(act.record_at(at, id, before.parent, fact)?);
    let told = events.clone();
    standing(&mut events, |event| event);
    let gone: Vec<Event> =
        told.into_iter().filter(|told| events.iter().all(|event| event.id != told.id)).collect();
    for event in &gone {
        store::notice::board::take_back(act.tx, event.id)?;
    }
    let after = Ticket::fold(id, &events).ok_or(DeskError::NotFound)?;
    follow(act, &after, &events, &clocks_before, &sums)?;
    let links = link::of(id, &events);
    if links != linked {
        store::link::replace(act.tx, id, &links)?;
    }
    match (after.parent, gone.iter().find(|event| tells_above(event))) {
        (Some(parent), Some(gone)) => refold_without(act, parent, gone),
        (None, _) | (_, None) => Ok(()),
    }
}

/// Events of a ticket that were recorded together: what follows from them is written once.
pub(crate) fn happened(
    act: &mut Act,
    id: TicketId,
    before: &[Event],
    added: Vec<Event>,
) -> Result<(), DeskError> {
    let mut ticket = Ticket::fold(id, before).ok_or(DeskError::NotFound)?;
    let clocks_before = clocks(&act.catalogue, &ticket, before);
    let sums = tally::of(&ticket, &clocks_before);
    let mut events = before.to_vec();
    for event in added {
        let owner = ticket.unit;
        ticket.apply(&event);
        events.push(event);
        if ticket.unit != owner {
            store::ticket::join_chain(act.tx, id, ticket.unit)?;
        }
    }
    follow(act, &ticket, &events, &clocks_before, &sums)?;
    match (ticket.parent, events.iter().rev().find(|event| event.ticket == id && tells_above(event))) {
        (Some(parent), Some(told)) => refold(act, parent, told),
        (None, _) | (_, None) => Ok(()),
    }
}

/// Whether an event of a hand-off changes the row of the ticket that waits for it.
const fn tells_above(event: &Event) -> bool {
    event.fact.counts_above()
}

/// A new ticket appears: its row, people, chain, clocks and sums.
pub(crate) fn appear(act: &mut Act, event: &Event, subject: &str) -> Result<Ticket, DeskError> {
    let events = std::slice::from_ref(event);
    let ticket = Ticket::fold(event.ticket, events).ok_or(DeskError::NotFound)?;
    let clocks = clocks(&act.catalogue, &ticket, events);
    let catalogue = std::sync::Arc::clone(&act.catalogue);
    let confidential = catalogue.service(ticket.service).is_some_and(|service| service.confidential);
    let above = above(act, &catalogue, &ticket)?;
    let due = due(&ticket, &clocks, above.as_ref());
    let root = match ticket.parent {
        Some(parent) => store::ticket::fixed(act.tx, parent)?.ok_or(DeskError::NotFound)?.1,
        None => ticket.id,
    };
    store::ticket::insert(act.tx, &Placed { ticket: ticket.clone(), root, confidential, due }, subject)?;
    store::clock::shift(act.tx, ticket.id, &[], &clocks)?;
    tally::shift(act.tx, &[], &tally::of(&ticket, &clocks))?;
    if let Some(parent) = ticket.parent {
        block(act, parent, event)?;
    }
    Ok(ticket)
}

/// The clocks of a ticket under the promises that apply to it now.
#[must_use]
pub fn clocks(catalogue: &Catalogue, ticket: &Ticket, events: &[Event]) -> Vec<Clock> {
    let promised = Promised {
        service: ticket.service,
        class: ticket.class(),
        asking: ticket.opening.asking_unit,
        priority: ticket.priority,
        opened_at: ticket.promised_at,
    };
    let applied: Vec<Applied> = catalogue
        .targets(&promised)
        .into_iter()
        .filter_map(|target| {
            Some(Applied { target, calendar: catalogue.calendar_for(target.calendar, ticket.promised_at)? })
        })
        .collect();
    clock::run(ticket, events, &applied)
}

/// What a hand-off may inherit: the ticket it blocks, that one's due, and what its owner needs afterwards.
pub struct Above<'a> {
    pub ticket: TicketId,
    pub parent: Option<TicketId>,
    pub due: Due,
    pub allowance: SignedDuration,
    pub calendar: Option<&'a Calendar>,
}

impl<'a> Above<'a> {
    /// An open ticket of this service, owned by this unit; its hours are those under which the
    /// hand-off counts.
    #[must_use]
    pub fn of(
        catalogue: &'a Catalogue,
        ticket: TicketId,
        parent: Option<TicketId>,
        service: ServiceId,
        unit: UnitId,
        due: Due,
        promised_at: Timestamp,
    ) -> Self {
        let calendar = catalogue.units.get(&unit).and_then(|unit| unit.calendar);
        let service = catalogue.service(service);
        Self {
            ticket,
            parent,
            due,
            allowance: service.map_or(SignedDuration::ZERO, |service| service.finishing_allowance),
            calendar: calendar.and_then(|calendar| catalogue.calendar_for(calendar, promised_at)),
        }
    }
}

/// A ticket's place in the order of work (CHAIN.md section 7). A closed one has none but its age.
#[must_use]
pub fn due(ticket: &Ticket, clocks: &[Clock], above: Option<&Above>) -> Due {
    let own = order::promise(clocks);
    let inherited = above.filter(|_| ticket.state != State::Closed).map(|above| Inherited {
        ticket: above.ticket,
        due: above.due.decision(above.parent),
        finishing_allowance: above.allowance,
        calendar: above.calendar,
    });
    Due::decided(own, order::effective_due(ticket.opened_at, own, inherited))
}

/// Writes what changed and passes a new due on to the hand-offs below.
fn follow(
    act: &mut Act,
    ticket: &Ticket,
    events: &[Event],
    before: &[Clock],
    sums: &[(tally::Tally, i64)],
) -> Result<(), DeskError> {
    let after = clocks(&act.catalogue, ticket, events);
    let (_, root, _) = store::ticket::fixed(act.tx, ticket.id)?.ok_or(DeskError::NotFound)?;
    let confidential = act.catalogue.service(ticket.service).is_some_and(|service| service.confidential);
    let old = store::ticket::place(act.tx, ticket.id)?
        .map(|place| (place.state, place.service, place.unit, place.due));
    let catalogue = std::sync::Arc::clone(&act.catalogue);
    let above = above(act, &catalogue, ticket)?;
    let due = due(ticket, &after, above.as_ref());
    store::ticket::update(act.tx, &Placed { ticket: ticket.clone(), root, confidential, due })?;
    store::clock::shift(act.tx, ticket.id, before, &after)?;
    tally::shift(act.tx, sums, &tally::of(ticket, &after))?;
    let new = (ticket.state, ticket.service, ticket.unit, due);
    if old.is_none_or(|(_, service, unit, _)| (service, unit) != (ticket.service, ticket.unit)) {
        store::tag::moved(act.tx, ticket.id, ticket.unit, confidential)?;
    }
    if old != Some(new) { pass_down(act, ticket.id) } else { Ok(()) }
}

/// The ticket it blocks, while it does block it.
fn above<'a>(
    act: &mut Act,
    catalogue: &'a Catalogue,
    ticket: &Ticket,
) -> Result<Option<Above<'a>>, DeskError> {
    let Some(id) = ticket.parent else { return Ok(None) };
    let Some(place) = store::ticket::place(act.tx, id)?.filter(|place| place.state == State::Open) else {
        return Ok(None);
    };
    let promised_at = ticket.promised_at;
    Ok(Some(Above::of(catalogue, id, place.parent, place.service, place.unit, place.due, promised_at)))
}

/// The set-up changed what the hand-offs of these tickets inherit.
pub(crate) fn reorder(act: &mut Act, parents: Vec<TicketId>) -> Result<(), DeskError> {
    parents.into_iter().try_for_each(|parent| pass_down(act, parent))
}

/// Hand-offs of `parent` take over its new due, and so do theirs.
fn pass_down(act: &mut Act, parent: TicketId) -> Result<(), DeskError> {
    let mut changed = vec![parent];
    while let Some(parent) = changed.pop() {
        for handoff in store::ticket::open_handoffs(act.tx, parent)? {
            let events = store::event::of_ticket(act.tx, handoff)?;
            let Some(ticket) = Ticket::fold(handoff, &events) else { continue };
            let clocks = clocks(&act.catalogue, &ticket, &events);
            let catalogue = std::sync::Arc::clone(&act.catalogue);
            let above = above(act, &catalogue, &ticket)?;
            let due = due(&ticket, &clocks, above.as_ref());
            if store::ticket::due(act.tx, handoff)? != Some(due) {
                store::ticket::set_due(act.tx, handoff, &due)?;
                changed.push(handoff);
            }
        }
    }
    Ok(())
}

/// The asking ticket is blocked from here on.
fn block(act: &mut Act, parent: TicketId, asked: &Event) -> Result<(), DeskError> {
    refold(act, parent, asked)
}

/// Writes what an event of a hand-off changed on the ticket it blocks.
fn refold(act: &mut Act, parent: TicketId, last: &Event) -> Result<(), DeskError> {
    let events = store::event::of_ticket(act.tx, parent)?;
    let earlier: Vec<Event> = events.iter().filter(|event| event.id != last.id).cloned().collect();
    follow_from(act, parent, &earlier, &events)
}

/// The same when that event never was any more.
fn refold_without(act: &mut Act, parent: TicketId, gone: &Event) -> Result<(), DeskError> {
    let events = store::event::of_ticket(act.tx, parent)?;
    let mut earlier = events.clone();
    let place = earlier.iter().position(|event| event.id > gone.id).unwrap_or(earlier.len());
    earlier.insert(place, gone.clone());
    follow_from(act, parent, &earlier, &events)
}

fn follow_from(act: &mut Act, id: TicketId, earlier: &[Event], events: &[Event]) -> Result<(), DeskError> {
    let before = Ticket::fold(id, earlier).ok_or(DeskError::NotFound)?;
    let after = Ticket::fold(id, events).ok_or(DeskError::NotFound)?;
    let clocks_before = clocks(&act.catalogue, &before, earlier);
    let sums = tally::of(&before, &clocks_before);
    follow(act, &after, events, &clocks_before, &sums)
}
