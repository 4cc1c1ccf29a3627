//! A ticket moves to another unit: a change of custody, not a hand-off.

use domain::id::UnitId;
use store::access::{Granted, Serve};

use crate::act::Act;
use crate::{DeskError, Problem, project};

/// `reason` may be empty; only the serving side reads it.
pub fn run(act: &mut Act, granted: Granted<Serve>, unit: UnitId, reason: &str) -> Result<(), DeskError> {
    if act.catalogue.units.get(&unit).is_none_or(|unit| unit.ended_at.is_some()) {
        return Err(DeskError::invalid("unit", Problem::UnitGone));
    }
    let reason = act.reason(granted.ticket, reason, false)?;
    project::happen(act, granted.ticket, |_, ticket| Ok(ticket.transfer(unit, reason)?))?;
    Ok(())
}
