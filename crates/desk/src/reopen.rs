//! A solved or closed ticket goes on.

use domain::event::Side;
use domain::id::TicketId;
use store::access::{Granted, Request, Serve};

use crate::act::Act;
use crate::{DeskError, project};

/// The requester is not content.
pub fn request(act: &mut Act, granted: Granted<Request>, reason: &str) -> Result<(), DeskError> {
    reopen(act, granted.ticket, Side::Requesting, reason)
}

/// An agent found that it is not done.
pub fn serve(act: &mut Act, granted: Granted<Serve>, reason: &str) -> Result<(), DeskError> {
    serving(act, granted.ticket, reason)
}

pub(crate) fn serving(act: &mut Act, ticket: TicketId, reason: &str) -> Result<(), DeskError> {
    reopen(act, ticket, Side::Serving, reason)
}

fn reopen(act: &mut Act, id: TicketId, side: Side, reason: &str) -> Result<(), DeskError> {
    let reason = act.reason(id, reason, true)?;
    project::happen(act, id, |act, ticket| {
        let service = act.catalogue.ruling(ticket).ok_or(DeskError::NotFound)?;
        Ok(ticket.reopen(side, reason, &service, act.now)?)
    })?;
    Ok(())
}
