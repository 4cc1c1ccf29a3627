//! What made the desk do something by itself, kept beside the event, so that its history can say why.

use serde::{Deserialize, Serialize};

use crate::assignment::{Shortage, Why};
use crate::id::RuleId;

/// What stands behind an act of [`crate::event::Actor::Desk`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Origin {
    /// The unit's way of giving tickets chose somebody.
    Assignment { choice: Why },
    /// Whoever had it cannot go on, and nobody else can.
    Unassignable { shortage: Shortage },
    /// A rule acted. Before it, those whose acts it answered to, the first one first.
    Rule {
        rule: RuleId,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        after: Vec<RuleId>,
    },
}

impl Origin {
    /// The rules that led here, the last one last; an assignment ends a chain.
    #[must_use]
    pub fn chain(&self) -> Vec<RuleId> {
        match self {
            Self::Assignment { .. } | Self::Unassignable { .. } => Vec::new(),
            Self::Rule { rule, after } => after.iter().copied().chain([*rule]).collect(),
        }
    }
}
