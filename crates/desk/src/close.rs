//! A solved ticket ends: accepted by the requester, by an agent, or by itself when nobody objected.

use domain::event::Closing;
use domain::id::TicketId;
use jiff::SignedDuration;
use store::access::{Granted, Request, Serve};

use crate::act::Act;
use crate::sweep::Step;
use crate::{DeskError, project};

/// The requester accepts what was done.
pub fn accept(act: &mut Act, granted: Granted<Request>) -> Result<(), DeskError> {
    close(act, granted.ticket, Closing::Accepted)
}

/// An agent closes it; a captive requester's ticket is not theirs to close.
pub fn serve(act: &mut Act, granted: Granted<Serve>) -> Result<(), DeskError> {
    serving(act, granted.ticket)
}

pub(crate) fn serving(act: &mut Act, ticket: TicketId) -> Result<(), DeskError> {
    close(act, ticket, Closing::Agent)
}

/// Tickets whose time for objections passed.
pub(crate) const CLOSES: Step =
    Step { what: "close", due: overdue, one: |act, ticket| close(act, ticket, Closing::Timer) };

fn overdue(act: &mut Act, most: i64) -> Result<Vec<TicketId>, DeskError> {
    let shortest = act.catalogue.services.values().map(|offer| offer.service.close_days).min().unwrap_or(0);
    let before = act.now - SignedDuration::from_hours(24 * i64::from(shortest));
    Ok(store::ticket::to_close(act.tx, act.now, before, most)?)
}

fn close(act: &mut Act, id: TicketId, how: Closing) -> Result<(), DeskError> {
    project::happen(act, id, |act, ticket| {
        let service = act.catalogue.service(ticket.service).ok_or(DeskError::NotFound)?;
        Ok(ticket.close(how, service, act.now)?)
    })?;
    Ok(())
}
