//! Priority from impact and urgency; it chooses targets, never the order of work.

use serde::{Deserialize, Serialize};

use crate::word::words;

/// P1 (most pressing) to P4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Priority {
    P1,
    P2,
    P3,
    P4,
}

impl Priority {
    pub const ALL: [Self; 4] = [Self::P1, Self::P2, Self::P3, Self::P4];

    /// 1 to 4.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::P1 => 1,
            Self::P2 => 2,
            Self::P3 => 3,
            Self::P4 => 4,
        }
    }
}

impl From<Priority> for u8 {
    fn from(priority: Priority) -> Self {
        priority.number()
    }
}

/// A number that is no priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("priority {0} does not exist; use 1, 2, 3 or 4")]
pub struct NoSuchPriority(pub u8);

impl TryFrom<u8> for Priority {
    type Error = NoSuchPriority;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            1 => Ok(Self::P1),
            2 => Ok(Self::P2),
            3 => Ok(Self::P3),
            4 => Ok(Self::P4),
            other => Err(NoSuchPriority(other)),
        }
    }
}

/// How much is affected, or how soon it hurts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    High,
    Medium,
    Low,
}

words!(Level { High = "high", Medium = "medium", Low = "low" });

/// Priority of each impact (row) and urgency (column), set per service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix(pub [[Priority; 3]; 3]);

impl Matrix {
    #[must_use]
    pub const fn priority(&self, impact: Level, urgency: Level) -> Priority {
        self.0[impact as usize][urgency as usize]
    }
}

impl Default for Matrix {
    fn default() -> Self {
        use Priority::{P1, P2, P3, P4};
        Self([[P1, P2, P3], [P2, P3, P3], [P3, P3, P4]])
    }
}
