//! A ticket is put out of sight until a time, and comes back: by the time, by what comes in, by hand.

use domain::event::Fact;
use jiff::Timestamp;
use store::access::{Granted, Serve};

use crate::act::Act;
use crate::sweep::Step;
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

/// Those whose time has come.
pub(crate) const WAKES: Step = Step {
    what: "wake",
    due: |act, most| Ok(store::ticket::snoozed_before(act.tx, act.now, most)?),
    one: |act, ticket| project::happen(act, ticket, |_, _| Ok(Fact::Woken)).map(drop),
};
