//! A ticket becomes more or less pressing, which may bring other targets.

use domain::priority::Priority;
use store::access::{Granted, Serve};

use crate::act::Act;
use crate::{DeskError, Problem, project};

/// A change by hand needs its reason.
pub fn change(
    act: &mut Act,
    granted: Granted<Serve>,
    priority: Priority,
    reason: &str,
) -> Result<(), DeskError> {
    let Some(reason) = act.reason(granted.ticket, reason, false)? else {
        return Err(DeskError::invalid("reason", Problem::PriorityReasonMissing));
    };
    project::happen(act, granted.ticket, |_, ticket| Ok(ticket.change_priority(priority, Some(reason))?))?;
    Ok(())
}
