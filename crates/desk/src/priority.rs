//! A ticket becomes more or less pressing, which may bring other targets.

use domain::id::TicketId;
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
    set(act, granted.ticket, priority, reason)
}

pub(crate) fn set(
    act: &mut Act,
    ticket: TicketId,
    priority: Priority,
    reason: &str,
) -> Result<(), DeskError> {
    let Some(reason) = act.reason(ticket, reason, false)? else {
        return Err(DeskError::invalid("reason", Problem::PriorityReasonMissing));
    };
    project::happen(act, ticket, |_, ticket| Ok(ticket.change_priority(priority, Some(reason))?))?;
    Ok(())
}
