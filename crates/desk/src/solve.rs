//! The serving side is done with a ticket.

use domain::event::Fact;
use domain::id::MessageId;
use domain::ticket::rules::Refusal;
use store::access::{Granted, Serve};

use crate::act::Act;
use crate::{DeskError, project};

/// Hand-offs that still block it need `reason`; they go on, and their pages say no more that they block it. A hand-off
/// itself is not solved but delivered.
pub fn run(
    act: &mut Act,
    granted: Granted<Serve>,
    message: Option<MessageId>,
    reason: &str,
) -> Result<(), DeskError> {
    let reason = act.reason(granted.ticket, reason, false)?;
    project::happen(act, granted.ticket, |_, ticket| {
        if ticket.is_handoff() {
            return Err(Refusal::Delivered.into());
        }
        let overriding = reason.filter(|_| !ticket.handoffs.is_empty());
        let fact: Fact = ticket.solve(message, overriding)?;
        Ok(fact)
    })?;
    Ok(())
}
