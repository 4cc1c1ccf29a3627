//! A ticket waits for the requester, a supplier or an agreed date, and goes on again.

use domain::event::{Fact, WaitOn};
use domain::id::{MessageId, TicketId};
use store::access::{Granted, Serve};

use crate::act::Act;
use crate::sweep::Step;
use crate::{DeskError, Problem, project};

/// `message` is the one in which the requester was asked or the date was agreed.
pub fn start(
    act: &mut Act,
    granted: Granted<Serve>,
    on: WaitOn,
    message: Option<MessageId>,
) -> Result<(), DeskError> {
    begun(act, granted.ticket, on, message)
}

pub(crate) fn begun(
    act: &mut Act,
    ticket: TicketId,
    on: WaitOn,
    message: Option<MessageId>,
) -> Result<(), DeskError> {
    if let Some(message) = message
        && !store::message::belongs(act.tx, message, ticket)?
    {
        return Err(DeskError::invalid("message", Problem::NotOfThisTicket));
    }
    if let WaitOn::Supplier(organisation) = on
        && !store::access::is_organisation(act.tx, organisation)?
    {
        return Err(DeskError::invalid("supplier", Problem::SupplierUnknown));
    }
    project::happen(act, ticket, |act, ticket| Ok(ticket.wait(on, message, act.now)?))?;
    Ok(())
}

/// The unit goes on with it.
pub fn end(act: &mut Act, granted: Granted<Serve>) -> Result<(), DeskError> {
    ended(act, granted.ticket)
}

pub(crate) fn ended(act: &mut Act, ticket: TicketId) -> Result<(), DeskError> {
    project::happen(act, ticket, |_, ticket| Ok(ticket.resume()?))?;
    Ok(())
}

/// The agreed dates that have passed: custody fell back at the date itself, and now the row says so, too.
pub(crate) const PASSES: Step = Step {
    what: "end its wait",
    due: |act, most| Ok(store::ticket::agreed_before(act.tx, act.now, most)?),
    one: |act, ticket| project::happen(act, ticket, |_, _| Ok(Fact::WaitEnded)).map(drop),
};
