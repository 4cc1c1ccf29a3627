//! What a ticket's requester knows of it: everything but the replies that can still be taken back, and what was
//! done together with them.

use domain::agreement::{AgreementKind, Metric};
use domain::clock::Outcome;
use domain::event::{self, Event, WaitOn};
use domain::id::TicketId;
use domain::link::{self, Link, Linked};
use domain::ticket::{State, Ticket};
use jiff::Timestamp;
use store::Tx;
use store::access::Granted;
use store::catalogue::Catalogue;
use store::queue::Mine;
use store::sheet::{Outside, Promise};

use crate::DeskError;
use crate::act::{Act, Look};
use crate::project;

/// A ticket as its requester's side may know it now.
pub struct Known {
    pub sheet: Outside,
    pub ticket: Ticket,
    pub promise: Option<Promise>,
    /// What happened to it, as far as they may know it.
    pub events: Vec<Event>,
    /// Tickets that it follows, or that follow it.
    pub follows: Vec<Linked>,
}

pub fn known<Act>(look: &mut Look, granted: &Granted<Act>) -> Result<Known, DeskError> {
    let mut sheet = store::sheet::outside(look.tx, granted)?;
    let (events, is_held) = without_held(look.tx, granted.ticket, look.now)?;
    let ticket = Ticket::fold(granted.ticket, &events).ok_or(DeskError::NotFound)?;
    let promise = if is_held {
        before(&mut sheet, &ticket, &look.catalogue);
        promise(look, &ticket, &events)
    } else {
        store::sheet::promise(look.tx, granted)?
    };
    let mut follows = link::of(granted.ticket, &events);
    follows.retain(|linked| matches!(linked.link, Link::Follows | Link::FollowedBy));
    Ok(Known { sheet, ticket, promise, events, follows })
}

/// The rows of a list, each as its requester's side may know it now.
pub fn listed(look: &mut Look, mut rows: Vec<Mine>) -> Result<Vec<Mine>, DeskError> {
    let held = store::message::tickets_held(look.tx, look.now)?;
    for row in rows.iter_mut().filter(|row| held.contains(&row.id)) {
        let events = events(look.tx, row.id, look.now)?;
        let Some(ticket) = Ticket::fold(row.id, &events) else { continue };
        row.state = ticket.state;
        row.waits_for_me = waits_for_requester(&ticket);
        row.agreed_until_at = agreed_until(&ticket);
        row.last_side = ticket.last_side;
        row.changed_at = ticket.changed_at;
        row.status = status(&ticket, &look.catalogue);
    }
    Ok(rows)
}

/// Whether a ticket cannot go on without its requester.
#[must_use]
pub fn waits(row: &Mine) -> bool {
    row.state == State::Solved || row.state == State::Open && row.waits_for_me
}

/// What happened to a ticket as far as its requester's side may know it now.
pub fn events(tx: &mut Tx, ticket: TicketId, now: Timestamp) -> Result<Vec<Event>, DeskError> {
    Ok(without_held(tx, ticket, now)?.0)
}

/// A ticket as those who asked know it: they answer nothing that can still be taken back.
pub(crate) fn as_known(act: &mut Act, ticket: TicketId) -> Result<Ticket, DeskError> {
    let events = events(act.tx, ticket, act.now)?;
    Ticket::fold(ticket, &events).ok_or(DeskError::NotFound)
}

/// The same, and whether anything was left out.
fn without_held(tx: &mut Tx, ticket: TicketId, now: Timestamp) -> Result<(Vec<Event>, bool), DeskError> {
    let mut events = store::event::of_ticket(tx, ticket)?;
    let held = store::message::undoable(tx, ticket, now)?;
    event::without(&mut events, &held);
    Ok((events, !held.is_empty()))
}

fn before(sheet: &mut Outside, ticket: &Ticket, catalogue: &Catalogue) {
    sheet.state = ticket.state;
    sheet.waits_for_requester = waits_for_requester(ticket);
    sheet.agreed_until_at = agreed_until(ticket);
    sheet.solved_at = ticket.solved_at;
    sheet.closed_at = ticket.closed_at;
    sheet.rating = ticket.rating.map(i64::from);
    sheet.events = i64::from(ticket.events);
    sheet.status = status(ticket, catalogue);
}

fn status(ticket: &Ticket, catalogue: &Catalogue) -> Option<String> {
    ticket.status.and_then(|stands| catalogue.status(stands.id)?.outside.clone())
}

fn waits_for_requester(ticket: &Ticket) -> bool {
    ticket.waiting == Some(WaitOn::Requester)
}

fn agreed_until(ticket: &Ticket) -> Option<Timestamp> {
    match ticket.waiting {
        Some(WaitOn::Agreed { until }) => Some(until),
        Some(WaitOn::Requester | WaitOn::Supplier(_)) | None => None,
    }
}

/// The same promise that the row of its clock would tell.
fn promise(look: &Look, ticket: &Ticket, events: &[Event]) -> Option<Promise> {
    let clocks = project::clocks(&look.catalogue, ticket, events);
    clocks
        .into_iter()
        .filter(|clock| clock.kind == AgreementKind::Sla && clock.metric == Metric::Resolution)
        .filter(|clock| clock.outcome != Outcome::Void)
        .min_by_key(|clock| (clock.due_at.is_none(), clock.due_at, clock.target))
        .map(|clock| Promise { due_at: clock.due_at, stopped_at: clock.stopped_at, outcome: clock.outcome })
}
