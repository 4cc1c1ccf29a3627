//! A ticket turns out to belong to another service of the same unit, which may bring other promises.

use domain::event::Fact;
use domain::id::{ServiceId, TicketId};
use domain::ticket::Ticket;
use store::access::{Granted, Serve};
use store::catalogue::Catalogue;

use crate::act::Act;
use crate::{DeskError, Problem, project};

pub fn run(act: &mut Act, granted: Granted<Serve>, service: ServiceId) -> Result<(), DeskError> {
    chosen(act, granted.ticket, service)
}

pub(crate) fn chosen(act: &mut Act, ticket: TicketId, service: ServiceId) -> Result<(), DeskError> {
    project::happen(act, ticket, |act, ticket| rule(&act.catalogue, ticket, service))?;
    Ok(())
}

pub(crate) fn rule(catalogue: &Catalogue, ticket: &Ticket, service: ServiceId) -> Result<Fact, DeskError> {
    let offer = catalogue.services.get(&service).filter(|offer| offer.ended_at.is_none());
    let to = offer.ok_or_else(|| DeskError::invalid("service", Problem::ServiceGone))?;
    let from = catalogue.service(ticket.service).ok_or(DeskError::NotFound)?;
    Ok(ticket.change_service(from, &to.service)?)
}
