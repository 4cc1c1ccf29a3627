//! How large a mail may be that leaves through an inbox: servers refuse what is larger than they take.

use domain::id::InboxId;
use serde_json::json;
use store::event::Subject;

use super::live;
use crate::act::{Act, Look};
use crate::entitled::Entitled;
use crate::{DeskError, Problem};

/// In megabytes, as they go over the line.
const FEWEST: i64 = 1;
const MOST: i64 = 100;
const BYTES: i64 = 1_000_000;

/// The largest mail of an inbox, in megabytes.
pub fn largest(look: &mut Look, id: InboxId) -> Result<i64, DeskError> {
    Ok(store::inbox::most_bytes(look.tx, id)? / BYTES)
}

pub fn set_largest(act: &mut Act, by: &impl Entitled, id: InboxId, megabytes: i64) -> Result<(), DeskError> {
    by.check(act)?;
    live(act, id)?;
    if !(FEWEST..=MOST).contains(&megabytes) {
        return Err(DeskError::invalid("largest", Problem::LargestOutOfRange { most: MOST }));
    }
    if store::inbox::most_bytes(act.tx, id)? == megabytes * BYTES {
        return Ok(());
    }
    store::inbox::set_most_bytes(act.tx, id, megabytes * BYTES)?;
    act.record_change(Subject::Inbox(id.0), "changed", &json!({ "fields": ["most_bytes"] }))?;
    Ok(())
}
