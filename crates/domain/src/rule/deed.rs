//! What a rule does with a ticket, as a value that is kept and read again.

use serde::{Deserialize, Serialize};

use crate::id::{PersonId, UnitId};
use crate::priority::Priority;

/// The most deeds of one rule.
pub const MOST: usize = 20;

/// One thing that the desk does by itself. Speaking to a requester and asking another unit are not among
/// them: those need a person who stands behind it. A released case is never changed, since rules that were
/// saved with it are read for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Deed {
    SetPriority {
        priority: Priority,
        reason: String,
    },
    Transfer {
        unit: UnitId,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// Back into the queue of the unit that owns it.
    PutBack,
    Assign {
        person: PersonId,
    },
    /// Read by the serving side alone.
    Note {
        text: String,
    },
    WaitForRequester,
    Solve {
        /// Why it is solved although hand-offs block it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
}

/// Deeds that were kept and cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("what this rule does cannot be read: {0}")]
pub struct Unreadable(#[from] serde_json::Error);

/// The form in which a list of deeds is kept.
#[must_use]
pub fn kept(deeds: &[Deed]) -> String {
    serde_json::to_string(deeds).expect("deeds are numbers and texts")
}

/// A kept list, read again.
///
/// # Errors
/// When it was kept by a newer version.
pub fn read(kept: &str) -> Result<Vec<Deed>, Unreadable> {
    Ok(serde_json::from_str(kept)?)
}
