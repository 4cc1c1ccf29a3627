//! A requester without another provider asks the neutral owner to decide.

use store::access::{Granted, Request};

use crate::act::Act;
use crate::{DeskError, Problem, project};

/// Both units read the reason.
pub fn run(act: &mut Act, granted: Granted<Request>, reason: &str) -> Result<(), DeskError> {
    let Some(reason) = act.reason(granted.ticket, reason, true)? else {
        return Err(DeskError::invalid("reason", Problem::EscalationReasonMissing));
    };
    project::happen(act, granted.ticket, |act, ticket| {
        let service = act.catalogue.service(ticket.service).ok_or(DeskError::NotFound)?;
        Ok(ticket.escalate(service, Some(reason))?)
    })?;
    Ok(())
}
