//! What can go wrong while remembering.

use crate::db::DbError;

/// An error of the store, in words for the administrator.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(
        "the log of events is damaged at position {position}: its hash does not follow from the one before. \
         Nothing was changed. Restore a backup, or keep this database and tell us how it came about."
    )]
    Chain { position: i64 },
    #[error("the event at position {position} cannot be read by this version: {cause}. Nothing was changed.")]
    Payload { position: i64, cause: String },
    #[error("a value could not be written as text: {0}")]
    Encoding(String),
    #[error("{what} {id} holds a value that this version does not know: {cause}")]
    Row { what: &'static str, id: i64, cause: String },
}

impl StoreError {
    #[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
    pub(crate) fn encoding(cause: serde_json::Error) -> Self {
        Self::Encoding(cause.to_string())
    }

    pub(crate) fn row(what: &'static str, id: i64, cause: impl std::fmt::Display) -> Self {
        Self::Row { what, id, cause: cause.to_string() }
    }
}
