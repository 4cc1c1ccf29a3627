//! Why something was not done, in words for the person who tried.

use domain::permission::Viewer;
use domain::ticket::rules::{Circle, Refusal};
use store::{DbError, StoreError};

use crate::Problem;

/// An error of the desk.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DeskError {
    /// Unknown, or not for this viewer: nobody can tell which.
    #[error("this does not exist, or is not for you")]
    NotFound,
    #[error("you may look at this, but not do that")]
    NotAllowed,
    #[error("{0}")]
    Refused(#[from] Refusal),
    #[error("{0}")]
    Circle(#[from] Circle),
    /// Input that cannot be used; the field's name is the form's.
    #[error("{problem}")]
    Invalid { field: &'static str, problem: Problem },
    /// Something changed meanwhile, or exists already.
    #[error("{0}")]
    Conflict(Problem),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbError> for DeskError {
    fn from(error: DbError) -> Self {
        Self::Store(error.into())
    }
}

impl DeskError {
    #[must_use]
    pub const fn invalid(field: &'static str, problem: Problem) -> Self {
        Self::Invalid { field, problem }
    }
}

/// Set-up is for administrators; for everybody else its pages do not exist.
pub fn administrator(viewer: &Viewer) -> Result<(), DeskError> {
    if viewer.administrator { Ok(()) } else { Err(DeskError::NotFound) }
}
