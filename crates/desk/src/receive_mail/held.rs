//! A message by mail with which a service proves who owns an address is held from the requester's side.

use domain::event::Fact;
use domain::id::MessageId;
use store::access::{Granted, Serve};

use super::read::Understood;
use crate::act::Act;
use crate::{DeskError, Problem, project};

/// Whoever opened a ticket in somebody's name must not read there what was sent to prove the name.
pub(super) fn hold_if_needed(
    act: &mut Act,
    message: MessageId,
    understood: &Understood,
) -> Result<(), DeskError> {
    if understood.held {
        store::message::hold(act.tx, message, act.now)?;
    }
    Ok(())
}

/// An agent read it and says that the requester's side may, too.
pub fn release(act: &mut Act, granted: Granted<Serve>, message: MessageId) -> Result<(), DeskError> {
    if !store::message::belongs(act.tx, message, granted.ticket)? {
        return Err(DeskError::NotFound);
    }
    if !store::message::release(act.tx, message)? {
        return Err(DeskError::Conflict(Problem::AlreadyDecided));
    }
    project::happen(act, granted.ticket, |_, _| Ok(Fact::Released { message }))?;
    Ok(())
}
