//! Somebody undoes what they did to a ticket just now, unless something else happened to it meanwhile.

use domain::event::undone;
use domain::id::EventId;
use store::access::{Granted, Serve};

use crate::act::Act;
use crate::{DeskError, Problem, link, project};

/// The event is the one that its author was offered to undo.
pub fn run(act: &mut Act, granted: Granted<Serve>, event: EventId) -> Result<(), DeskError> {
    let events = store::event::of_ticket(act.tx, granted.ticket)?;
    let last = undone::last(granted.ticket, &events, granted.viewer, act.now);
    let last = last.filter(|last| last.id == event).ok_or(DeskError::Conflict(Problem::ChangedMeanwhile))?;
    project::undo(act, granted.ticket, event)?;
    link::undone(act, granted.ticket, &last.fact)
}
