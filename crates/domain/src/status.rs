//! Statuses: names of the organisation's own for where a ticket stands, each for one of the fixed categories.

use crate::event::WaitOn;
use crate::id::StatusId;
use crate::ticket::{Kind, State};
use crate::word::words;

/// The most statuses of an installation, those that are retired included.
pub const MOST: usize = 200;

/// Where a ticket stands, as custody and state know it. Nobody sets it and nothing keeps it: it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// The desk's turn, also while hand-offs block it.
    Open,
    /// It waits for the requester.
    Requester,
    /// It waits for a supplier, or for an agreed date.
    Others,
    /// Solved, also when it is closed.
    Solved,
}

words!(Category { Open = "open", Requester = "requester", Others = "others", Solved = "solved" });

impl Category {
    #[must_use]
    pub const fn of(state: State, waiting: Option<WaitOn>) -> Self {
        match (state, waiting) {
            (State::Solved | State::Closed, _) => Self::Solved,
            (State::Open, Some(WaitOn::Requester)) => Self::Requester,
            (State::Open, Some(WaitOn::Supplier(_) | WaitOn::Agreed { .. })) => Self::Others,
            (State::Open, None) => Self::Open,
        }
    }
}

/// A status as an administrator made it. What it stands for, and for which kind, is chosen once: tickets have it
/// because of that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub id: StatusId,
    pub name: String,
    /// Every kind, when none is named.
    pub kind: Option<Kind>,
    pub category: Category,
    /// What the requester reads in place of the plain word.
    pub outside: Option<String>,
    /// It is offered no more; tickets that have it keep it.
    pub retired: bool,
}

impl Status {
    #[must_use]
    pub fn is_for(&self, kind: Kind) -> bool {
        self.kind.is_none_or(|own| own == kind)
    }

    /// Whether there is a kind of tickets that both are for.
    #[must_use]
    pub fn meets(&self, kind: Option<Kind>) -> bool {
        kind.is_none_or(|kind| self.is_for(kind))
    }

    #[must_use]
    pub const fn stands(&self) -> Stands {
        Stands { id: self.id, category: self.category, kind: self.kind }
    }
}

/// The status of a ticket, with all that decides how long it stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Stands {
    #[serde(rename = "status")]
    pub id: StatusId,
    pub category: Category,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
}

impl Stands {
    /// Whether it can be said of a ticket.
    #[must_use]
    pub fn fits(&self, category: Category, kind: Kind) -> bool {
        self.category == category && self.kind.is_none_or(|own| own == kind)
    }
}

#[cfg(test)]
mod tests;
