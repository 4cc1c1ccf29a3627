//! A ticket is put out of sight until a time, and comes back: by the time, by what comes in, by hand.

use domain::event::Fact;
use jiff::Timestamp;
use store::access::{Granted, Serve};

use crate::act::Act;
use crate::{DeskError, project};

/// Out of the lists of work until then. Who has it and what was promised stays as it is.
pub fn until(act: &mut Act, granted: Granted<Serve>, until: Timestamp) -> Result<(), DeskError> {
    project::happen(act, granted.ticket, |act, ticket| Ok(ticket.snooze(until, act.now)?))?;
    Ok(())
}

/// Somebody wants it back now.
pub fn wake(act: &mut Act, granted: Granted<Serve>) -> Result<(), DeskError> {
    project::happen(act, granted.ticket, |_, ticket| Ok(ticket.wake_up()?))?;
    Ok(())
}

/// Those whose time has come. Gives how many there were, at most `limit`.
pub(crate) fn wake_due(act: &mut Act, limit: i64) -> Result<usize, DeskError> {
    let due = store::ticket::snoozed_before(act.tx, act.now, limit)?;
    for ticket in &due {
        project::happen(act, *ticket, |_, _| Ok(Fact::Woken))?;
    }
    Ok(due.len())
}
