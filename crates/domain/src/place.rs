//! One place up or down in a list that people put in order themselves.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Up,
    Down,
}

impl Step {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }

    /// The place that it leads to in a list of so many; none at either end.
    #[must_use]
    pub fn from(self, here: usize, many: usize) -> Option<usize> {
        match self {
            Self::Up => here.checked_sub(1).filter(|_| here < many),
            Self::Down => here.checked_add(1).filter(|there| *there < many),
        }
    }
}

#[cfg(test)]
mod tests;
