//! Folds what the rows of a case say into what each of them changes.

use super::Means;
use crate::eventlog::mapping::{Meaning, SolvedBy};

/// One meaning per row in, one change per row out; `true` where a solved case opens again.
pub(super) fn fold(meanings: &[Meaning], solved: SolvedBy, last_row_solves: bool) -> Vec<(Means, bool)> {
    let mut stage = Stage::New;
    let mut changes = Vec::with_capacity(meanings.len());
    for (index, meaning) in meanings.iter().enumerate() {
        let meaning = match meaning {
            Meaning::Solved if solved == SolvedBy::LastRow && is_solved_again(&meanings[index + 1..]) => {
                Meaning::Working
            }
            other => *other,
        };
        let (next, means, reopens) = stage.after(meaning);
        stage = next;
        changes.push((means, reopens));
    }
    if last_row_solves
        && !stage.is_ended()
        && let Some(last) = changes.last_mut()
    {
        *last = (Means::Solved, last.1);
    }
    changes
}

/// Whether a later row solves before any row opens the case again or closes it.
fn is_solved_again(later: &[Meaning]) -> bool {
    later
        .iter()
        .find(|meaning| **meaning != Meaning::Nothing)
        .is_some_and(|meaning| *meaning == Meaning::Solved)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    New,
    InWork,
    Waiting(Means),
    Solved,
    Closed,
}

impl Stage {
    fn is_ended(self) -> bool {
        matches!(self, Self::Solved | Self::Closed)
    }

    fn after(self, meaning: Meaning) -> (Self, Means, bool) {
        match meaning {
            Meaning::Nothing => (self, Means::Nothing, false),
            Meaning::Working => self.in_work(),
            Meaning::WaitingForRequester => self.waiting(Means::WaitRequester),
            Meaning::WaitingForSupplier => self.waiting(Means::WaitSupplier),
            Meaning::WaitingForDate => self.waiting(Means::WaitAgreed),
            Meaning::Solved => match self {
                Self::Solved | Self::Closed => (self, Means::Nothing, false),
                Self::New | Self::InWork | Self::Waiting(_) => (Self::Solved, Means::Solved, false),
            },
            Meaning::Closed => match self {
                Self::Closed => (self, Means::Nothing, false),
                Self::New | Self::InWork | Self::Waiting(_) | Self::Solved => {
                    (Self::Closed, Means::Closed, false)
                }
            },
            Meaning::Reopened => match self {
                Self::Solved | Self::Closed => (Self::InWork, Means::Reopened, true),
                Self::New | Self::InWork | Self::Waiting(_) => self.in_work(),
            },
        }
    }

    fn in_work(self) -> (Self, Means, bool) {
        match self {
            Self::New => (Self::InWork, Means::Opened, false),
            Self::InWork => (Self::InWork, Means::Worked, false),
            Self::Waiting(_) => (Self::InWork, Means::Resumed, false),
            Self::Solved | Self::Closed => (Self::InWork, Means::Reopened, true),
        }
    }

    fn waiting(self, wait: Means) -> (Self, Means, bool) {
        match self {
            Self::Waiting(running) if running == wait => (self, Means::Nothing, false),
            Self::New | Self::InWork | Self::Waiting(_) => (Self::Waiting(wait), wait, false),
            Self::Solved | Self::Closed => (Self::Waiting(wait), wait, true),
        }
    }
}
