//! What can go wrong with a database: what happened, what was kept, what to do.

/// The one error of this layer. It is `Clone` because one failed commit answers many writers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DbError {
    #[error("the address {url:?} names no database: write sqlite:PATH or postgres://person@host/name")]
    Address { url: String },
    #[error(
        "{path} could not be opened: {cause}. Nothing was changed. Check that the folder exists and may be written"
    )]
    Open { path: String, cause: String },
    #[error(
        "{path} is already in use by another process{holder}. Nothing was changed. Stop that process first, or give this one its own file"
    )]
    AlreadyOpen { path: String, holder: String },
    #[error(
        "{path} is not a SQLite database. It was not touched. Check the path, or restore the file from a backup"
    )]
    NotADatabase { path: String },
    #[error(
        "this database belongs to another program: it has tables, but none of ours. It was not touched. Check the address"
    )]
    ForeignDatabase,
    #[error(
        "the bundled SQLite {found} is older than {needed}, which repairs a fault that can lose data. Nothing was opened. Build again with a newer one"
    )]
    OldSqlite { found: String, needed: String },
    #[error(
        "this database was made by a newer version (migration {number} {name} is unknown here). It was not touched. Start the newer version, or restore a backup made with this one"
    )]
    Newer { number: i64, name: String },
    #[error(
        "migration {number} {name} was changed after it had been applied to this database. Nothing was changed. Restore the original text and put the change into a new migration"
    )]
    MigrationChanged { number: i64, name: String },
    #[error(
        "migration {number} {name} failed: {cause}. Its own changes were undone, earlier ones are kept. Repair the cause and start again"
    )]
    MigrationFailed { number: i64, name: String, cause: String },
    #[error(
        "the database file is damaged: {cause}. What was read before is unaffected; writing has stopped. Restore the last backup"
    )]
    Corrupt { cause: String },
    #[error("the database may only be read here: {cause}. Nothing was written")]
    ReadOnly { cause: String },
    #[error(
        "the disk is full. This write was undone as a whole, reading goes on. Make room: writing resumes by itself"
    )]
    DiskFull,
    #[error(
        "the disk reported an error: {cause}. Everything acknowledged earlier is kept; writing has stopped, reading goes on. Check the disk, then restart"
    )]
    Disk { cause: String },
    #[error(
        "the database cannot be reached: {cause}. Nothing was written. It is tried again with the next request"
    )]
    Unavailable { cause: String },
    #[error(
        "the connection to the database was lost: {cause}. This transaction was not committed. Try again"
    )]
    ConnectionLost { cause: String },
    #[error(
        "the commit was not confirmed: {cause}. The write is either kept whole or absent: look its idempotency key up before trying again"
    )]
    CommitUnknown { cause: String },
    #[error("a rule of the database ({rule}) refused the write: {cause}. It was undone")]
    Constraint { rule: Rule, cause: String },
    #[error("the database was busy for too long: {cause}. This transaction was undone. Try again")]
    Timeout { cause: String },
    #[error("{cause}, in: {sql}. The transaction was undone")]
    Statement { cause: String, sql: String },
    #[error("{given} parameters were given where {expected} are used, in: {sql}")]
    Parameters { expected: usize, given: usize, sql: String },
    #[error("column {index} holds {found} where {expected} was expected")]
    Column { index: usize, expected: &'static str, found: &'static str },
    #[error("no row was found where one was expected, in: {sql}")]
    NoRow { sql: String },
    #[error("several rows were found where one was expected, in: {sql}")]
    ManyRows { sql: String },
    #[error("an earlier statement of this transaction failed: {cause}. The whole transaction was undone")]
    Aborted { cause: String },
    #[error(
        "a write of the same group broke the transaction: {cause}. Nothing of the group was kept. Try again"
    )]
    GroupUndone { cause: String },
    #[error("the transaction panicked: {message}. It was undone")]
    Panicked { message: String },
    #[error("too many transactions are waiting ({waiting}). Nothing was done. Try again in a moment")]
    Overloaded { waiting: usize },
    #[error("the database was closed. Nothing was done")]
    Closed,
}

/// Which kind of rule a write broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    Unique,
    ForeignKey,
    NotNull,
    Check,
    Other,
}

impl std::fmt::Display for Rule {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Rule::Unique => "unique",
            Rule::ForeignKey => "foreign key",
            Rule::NotNull => "not null",
            Rule::Check => "check",
            Rule::Other => "constraint",
        })
    }
}

impl DbError {
    /// True when the same value exists already.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, DbError::Constraint { rule: Rule::Unique, .. })
    }

    /// True when nothing was kept and the same request may simply be sent again.
    pub fn may_be_retried(&self) -> bool {
        matches!(
            self,
            DbError::Unavailable { .. }
                | DbError::ConnectionLost { .. }
                | DbError::Timeout { .. }
                | DbError::GroupUndone { .. }
                | DbError::Overloaded { .. }
                | DbError::DiskFull
        )
    }

    /// True when the storage can no longer be trusted with a write until somebody looks.
    pub(super) fn is_storage_doubt(&self) -> bool {
        matches!(self, DbError::Disk { .. } | DbError::Corrupt { .. })
    }

    pub(super) fn panicked(payload: &(dyn std::any::Any + Send)) -> DbError {
        let message = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "without a message".to_owned());
        DbError::Panicked { message }
    }
}
