//! What somebody read of a ticket, kept so that lists can tell them what is new.

use domain::id::EventId;
use store::access::{Granted, ReadInside};

use crate::DeskError;
use crate::act::Act;

/// Somebody read a ticket as it stood when its last news was `up_to`.
pub fn read(act: &mut Act, granted: Granted<ReadInside>, up_to: EventId) -> Result<(), DeskError> {
    Ok(store::news::read(act.tx, &granted, up_to)?)
}

/// Somebody wants to be told of it again as if they had not read it.
pub fn mark_unread(act: &mut Act, granted: Granted<ReadInside>) -> Result<(), DeskError> {
    Ok(store::news::forget(act.tx, &granted)?)
}
