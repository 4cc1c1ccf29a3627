//! The serving side is done with a ticket.

use domain::event::Fact;
use domain::id::{MessageId, ReasonId, TicketId};
use domain::ticket::Ticket;
use domain::ticket::rules::Refusal;
use store::access::{Granted, Serve};

use crate::act::Act;
use crate::{DeskError, custom, project};

/// Hand-offs that still block it need `reason`; they go on, and their pages say no more that they block it. A hand-off
/// itself is not solved but delivered.
pub fn run(
    act: &mut Act,
    granted: Granted<Serve>,
    message: Option<MessageId>,
    reason: &str,
) -> Result<(), DeskError> {
    done(act, granted.ticket, message, reason)
}

pub(crate) fn done(
    act: &mut Act,
    ticket: TicketId,
    message: Option<MessageId>,
    reason: &str,
) -> Result<(), DeskError> {
    let reason = act.reason(ticket, reason, false)?;
    project::happen(act, ticket, |act, ticket| {
        let fact = rule(ticket, message, reason)?;
        custom::complete(act, ticket)?;
        Ok(fact)
    })?;
    Ok(())
}

pub(crate) fn rule(
    ticket: &Ticket,
    message: Option<MessageId>,
    reason: Option<ReasonId>,
) -> Result<Fact, Refusal> {
    if ticket.is_handoff() {
        return Err(Refusal::Delivered);
    }
    ticket.solve(message, reason.filter(|_| !ticket.handoffs.is_empty()))
}
