//! What follows from an event: the ticket row, its clocks, its place in the order of work, the sums.

use domain::clock::{self, Applied, Clock, Outcome};
use domain::event::{Event, Fact};
use domain::id::TicketId;
use domain::ticket::{State, Ticket};
use jiff::{SignedDuration, Timestamp};
use store::catalogue::{Catalogue, Promised};
use store::tally;
use store::ticket::{Because, Due, Placed};

use crate::DeskError;
use crate::act::Act;

/// A ticket without any promise takes its turn as if it were due this long after its opening.
pub const AGES_WITHIN: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Something happens to a ticket: `rule` says which fact, or why not; the fact is recorded and
/// everything that follows from it is written in the same transaction.
pub(crate) fn happen(
    act: &mut Act,
    id: TicketId,
    rule: impl FnOnce(&mut Act, &Ticket) -> Result<Fact, DeskError>,
) -> Result<Ticket, DeskError> {
    let mut events = store::event::of_ticket(act.tx, id)?;
    let mut ticket = Ticket::fold(id, &events).ok_or(DeskError::NotFound)?;
    let before = clocks(&act.catalogue, &ticket, &events);
    let sums = tally::of(&ticket, &before);
    let fact = rule(act, &ticket)?;
    let at = act.now.max(ticket.changed_at);
    let event = act.record_at(at, id, ticket.parent, fact)?;
    let owner = ticket.unit;
    ticket.apply(&event);
    events.push(event);
    if ticket.unit != owner {
        store::ticket::join_chain(act.tx, id, ticket.unit)?;
    }
    follow(act, &ticket, &events, &before, &sums)?;
    if ticket.parent.is_some() && matches!(events.last().map(|event| &event.fact), Some(Fact::Closed { .. }))
    {
        unblock(act, &ticket, events.last().expect("the event just recorded"))?;
    }
    Ok(ticket)
}

/// A new ticket appears: its row, people, chain, clocks and sums.
pub(crate) fn appear(act: &mut Act, event: &Event, subject: &str) -> Result<Ticket, DeskError> {
    let events = std::slice::from_ref(event);
    let ticket = Ticket::fold(event.ticket, events).ok_or(DeskError::NotFound)?;
    let clocks = clocks(&act.catalogue, &ticket, events);
    let parent = match ticket.parent {
        Some(parent) => Some((parent, store::ticket::fixed(act.tx, parent)?.ok_or(DeskError::NotFound)?)),
        None => None,
    };
    let inherited = match ticket.parent {
        Some(parent) => store::ticket::due(act.tx, parent)?.map(|due| (parent, due)),
        None => None,
    };
    let allowance = match ticket.parent {
        Some(parent) => allowance(act, parent)?,
        None => SignedDuration::ZERO,
    };
    let confidential = act.catalogue.service(ticket.service).is_some_and(|service| service.confidential);
    let due = due(&ticket, &clocks, inherited, allowance);
    let root = parent.as_ref().map_or(ticket.id, |(_, (_, root, _))| *root);
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
        opened_at: ticket.opened_at,
    };
    let applied: Vec<Applied> = catalogue
        .targets(&promised)
        .into_iter()
        .filter_map(|target| Some(Applied { target, calendar: catalogue.calendar(target.calendar)? }))
        .collect();
    clock::run(ticket, events, &applied)
}

/// A ticket's place in the order of work: its own promise that ends first, or what it inherits from
/// the ticket it blocks, whichever is earlier; else its age.
#[must_use]
pub fn due(
    ticket: &Ticket,
    clocks: &[Clock],
    parent: Option<(TicketId, Due)>,
    allowance: SignedDuration,
) -> Due {
    let own = clocks
        .iter()
        .filter(|clock| clock.outcome == Outcome::Running)
        .filter_map(|clock| clock.due_at)
        .min();
    let inherited = parent.filter(|(_, due)| due.because != Because::Age).map(|(parent, due)| {
        let at = due.at.checked_sub(allowance).unwrap_or(Timestamp::MIN);
        (at, due.ticket.unwrap_or(parent))
    });
    match (own, inherited) {
        (Some(own_at), Some((at, _))) if own_at <= at => {
            Due { own, at: own_at, because: Because::Own, ticket: None }
        }
        (_, Some((at, blocked))) => Due { own, at, because: Because::Blocks, ticket: Some(blocked) },
        (Some(at), None) => Due { own, at, because: Because::Own, ticket: None },
        (None, None) => {
            let at = ticket.opened_at.checked_add(AGES_WITHIN).unwrap_or(Timestamp::MAX);
            Due { own, at, because: Because::Age, ticket: None }
        }
    }
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
    let old = store::ticket::due(act.tx, ticket.id)?;
    let inherited = inherited(act, ticket)?;
    let allowance = match ticket.parent {
        Some(parent) => allowance(act, parent)?,
        None => SignedDuration::ZERO,
    };
    let due = due(ticket, &after, inherited, allowance);
    store::ticket::update(act.tx, &Placed { ticket: ticket.clone(), root, confidential, due })?;
    store::clock::shift(act.tx, ticket.id, before, &after)?;
    tally::shift(act.tx, sums, &tally::of(ticket, &after))?;
    if old != Some(due) { pass_down(act, ticket.id) } else { Ok(()) }
}

/// The due of the ticket it blocks, while it does block it.
fn inherited(act: &mut Act, ticket: &Ticket) -> Result<Option<(TicketId, Due)>, DeskError> {
    let Some(parent) = ticket.parent else { return Ok(None) };
    if store::ticket::state(act.tx, parent)? != Some(State::Open) {
        return Ok(None);
    }
    Ok(store::ticket::due(act.tx, parent)?.map(|due| (parent, due)))
}

fn allowance(act: &mut Act, parent: TicketId) -> Result<SignedDuration, DeskError> {
    let service = store::ticket::service(act.tx, parent)?;
    let allowance =
        service.and_then(|service| act.catalogue.service(service).map(|service| service.finishing_allowance));
    Ok(allowance.unwrap_or_default())
}

/// Hand-offs of `parent` take over its new due, and so do theirs.
fn pass_down(act: &mut Act, parent: TicketId) -> Result<(), DeskError> {
    let mut changed = vec![parent];
    while let Some(parent) = changed.pop() {
        for handoff in store::ticket::open_handoffs(act.tx, parent)? {
            let events = store::event::of_ticket(act.tx, handoff)?;
            let Some(ticket) = Ticket::fold(handoff, &events) else { continue };
            let clocks = clocks(&act.catalogue, &ticket, &events);
            let inherited = inherited(act, &ticket)?;
            let allowance = allowance(act, parent)?;
            let due = due(&ticket, &clocks, inherited, allowance);
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

/// The asking ticket is no longer blocked by this hand-off.
fn unblock(act: &mut Act, handoff: &Ticket, closed: &Event) -> Result<(), DeskError> {
    let parent = handoff.parent.expect("only hand-offs unblock a ticket");
    refold(act, parent, closed)
}

/// Writes what an event of a hand-off changed on the ticket it blocks.
fn refold(act: &mut Act, parent: TicketId, last: &Event) -> Result<(), DeskError> {
    let events = store::event::of_ticket(act.tx, parent)?;
    let earlier: Vec<Event> = events.iter().filter(|event| event.id != last.id).cloned().collect();
    let before = Ticket::fold(parent, &earlier).ok_or(DeskError::NotFound)?;
    let after = Ticket::fold(parent, &events).ok_or(DeskError::NotFound)?;
    let clocks_before = clocks(&act.catalogue, &before, &earlier);
    let sums = tally::of(&before, &clocks_before);
    follow(act, &after, &events, &clocks_before, &sums)
}
