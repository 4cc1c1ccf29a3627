//! A ticket moves to another unit: a change of custody, not a hand-off.

use domain::id::{TicketId, UnitId};
use store::access::{Granted, Serve};
use store::catalogue::Catalogue;

use crate::act::Act;
use crate::{DeskError, Problem, project};

/// `reason` may be empty; only the serving side reads it.
pub fn run(act: &mut Act, granted: Granted<Serve>, unit: UnitId, reason: &str) -> Result<(), DeskError> {
    moved(act, granted.ticket, unit, reason)
}

pub(crate) fn moved(act: &mut Act, ticket: TicketId, unit: UnitId, reason: &str) -> Result<(), DeskError> {
    goes_on(&act.catalogue, unit)?;
    let reason = act.reason(ticket, reason, false)?;
    project::happen(act, ticket, |_, ticket| Ok(ticket.transfer(unit, reason)?))?;
    Ok(())
}

/// Units that ended take nothing.
pub(crate) fn goes_on(catalogue: &Catalogue, unit: UnitId) -> Result<(), DeskError> {
    if catalogue.units.get(&unit).is_none_or(|unit| unit.ended_at.is_some()) {
        return Err(DeskError::invalid("unit", Problem::UnitGone));
    }
    Ok(())
}
