//! SQLite: how a connection is opened, how statements run, what its errors mean.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::ffi::ErrorCode;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, OpenFlags};

use super::tx::{Columns, Row, Visit};
use super::value::{ToParam, Value};
use super::{DbError, Rule};

/// Older ones may lose data when a WAL file is reset while another connection writes.
const OLDEST: i32 = 3_051_003;
const CACHED_STATEMENTS: usize = 512;
const BUSY_PATIENCE: Duration = Duration::from_secs(5);

pub(super) struct Connection {
    inner: rusqlite::Connection,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Access {
    Write,
    Read,
}

impl Connection {
    pub(super) fn open(path: &Path, access: Access) -> Result<Connection, DbError> {
        let name = path.display().to_string();
        let flags = match access {
            Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
            // A reader of a WAL file writes marks beside it, so it may not be opened read-only.
            Access::Read => OpenFlags::SQLITE_OPEN_READ_WRITE,
        };
        let inner = rusqlite::Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(|error| explain_opening(&error, &name))?;
        let connection = Connection { inner };
        connection.prepare_for_work(access).map_err(|error| explain_opening(&error, &name))?;
        Ok(connection)
    }

    pub(super) fn open_in_memory() -> Result<Connection, DbError> {
        let inner =
            rusqlite::Connection::open_in_memory().map_err(|error| explain(&error, "open in memory"))?;
        let connection = Connection { inner };
        connection.prepare_for_work(Access::Write).map_err(|error| explain(&error, "open in memory"))?;
        Ok(connection)
    }

    fn prepare_for_work(&self, access: Access) -> rusqlite::Result<()> {
        self.inner.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
        self.inner.busy_timeout(BUSY_PATIENCE)?;
        // Without it a statement that may use a partial index is parsed and planned anew for each bound
        // value: a third of the cost of a page.
        self.inner.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        if access == Access::Write {
            self.inner.query_row("pragma journal_mode = wal", [], |_| Ok(()))?;
        }
        self.inner.execute_batch(
            "pragma synchronous = full;
             pragma foreign_keys = on;
             pragma temp_store = memory;
             pragma cache_size = -32000;
             pragma journal_size_limit = 67108864;
             pragma trusted_schema = off;",
        )?;
        if access == Access::Read {
            self.only_read(true);
        }
        Ok(())
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[&dyn ToParam]) -> Result<u64, DbError> {
        let mut statement = self.bound(sql, params)?;
        let changed = statement.raw_execute().map_err(|error| explain(&error, sql))?;
        Ok(changed as u64)
    }

    pub(super) fn visit(
        &mut self,
        sql: &str,
        params: &[&dyn ToParam],
        visit: &mut dyn FnMut(&Row) -> Visit,
    ) -> Result<Result<(), DbError>, DbError> {
        let mut statement = self.bound(sql, params)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(|error| explain(&error, sql))? {
            match visit(&Row { columns: Columns::Sqlite(row) }) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => return Ok(Err(error)),
            }
        }
        Ok(Ok(()))
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.inner.execute_batch(sql).map_err(|error| explain(&error, sql))
    }

    /// One of the fixed statements that begin, mark or end a transaction.
    pub(super) fn step(&mut self, sql: &'static str) -> Result<(), DbError> {
        let mut statement = self.inner.prepare_cached(sql).map_err(|error| explain(&error, sql))?;
        statement.raw_execute().map_err(|error| explain(&error, sql))?;
        Ok(())
    }

    /// After a disk error in COMMIT the log may or may not hold the whole transaction,
    /// after a full disk it cannot: its last frame is the one that found no room.
    pub(super) fn commit(&mut self) -> Result<(), DbError> {
        let done = self.step("commit");
        if done.is_err() {
            self.rollback();
        }
        done
    }

    pub(super) fn rollback(&mut self) {
        if !self.is_outside_transaction()
            && let Err(error) = self.step("rollback")
        {
            tracing::warn!(%error, "a rollback failed");
        }
    }

    pub(super) fn is_outside_transaction(&self) -> bool {
        self.inner.is_autocommit()
    }

    pub(super) fn only_read(&self, only: bool) {
        let sql = if only { "pragma query_only = on" } else { "pragma query_only = off" };
        let switched = self.inner.prepare_cached(sql).and_then(|mut statement| statement.raw_execute());
        if let Err(error) = switched {
            tracing::warn!(%error, "a connection could not be switched between reading and writing");
        }
    }

    fn bound(&self, sql: &str, params: &[&dyn ToParam]) -> Result<CachedStatement<'_>, DbError> {
        let mut statement = self.inner.prepare_cached(sql).map_err(|error| explain(&error, sql))?;
        let expected = statement.parameter_count();
        let mismatch = || DbError::Parameters { expected, given: params.len(), sql: sql.to_owned() };
        if expected != params.len() {
            return Err(mismatch());
        }
        for position in 1..=expected {
            // SQLite takes `$2` for a name and counts names by first appearance.
            let number = statement.parameter_name(position).and_then(number_of);
            let param = number.and_then(|number| params.get(number.wrapping_sub(1))).ok_or_else(mismatch)?;
            statement
                .raw_bind_parameter(position, Bound(param.to_param()))
                .map_err(|error| explain(&error, sql))?;
        }
        Ok(statement)
    }
}

pub(super) fn refuse_an_old_library() -> Result<(), DbError> {
    if rusqlite::version_number() >= OLDEST {
        return Ok(());
    }
    Err(DbError::OldSqlite { found: rusqlite::version().to_owned(), needed: "3.51.3".to_owned() })
}

pub(super) fn column<'a>(row: &'a rusqlite::Row<'_>, index: usize) -> Result<Value<'a>, DbError> {
    let value = row.get_ref(index).map_err(|_| DbError::Column {
        index,
        expected: "a column",
        found: "no column of that number",
    })?;
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(integer) => Value::Integer(integer),
        ValueRef::Real(real) => Value::Real(real),
        ValueRef::Text(text) => Value::Text(std::str::from_utf8(text).map_err(|_| DbError::Column {
            index,
            expected: "text",
            found: "text that is not UTF-8",
        })?),
        ValueRef::Blob(bytes) => Value::Bytes(bytes),
    })
}

struct Bound<'a>(Value<'a>);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Bool(truth) => ValueRef::Integer(i64::from(truth)),
            Value::Integer(integer) => ValueRef::Integer(integer),
            Value::Real(real) => ValueRef::Real(real),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn number_of(name: &str) -> Option<usize> {
    name.strip_prefix('$')?.parse().ok()
}

fn explain_opening(error: &rusqlite::Error, path: &str) -> DbError {
    match (error.sqlite_error_code(), explain(error, "open")) {
        (Some(ErrorCode::NotADatabase), _) => DbError::NotADatabase { path: path.to_owned() },
        (_, known @ (DbError::Corrupt { .. } | DbError::ReadOnly { .. } | DbError::DiskFull)) => known,
        (_, _) => DbError::Open { path: path.to_owned(), cause: error.to_string() },
    }
}

fn explain(error: &rusqlite::Error, sql: &str) -> DbError {
    let cause = error.to_string();
    let extended = error.sqlite_error().map_or(0, |error| error.extended_code);
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => DbError::DiskFull,
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => DbError::Disk { cause },
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => DbError::Corrupt { cause },
        Some(ErrorCode::ReadOnly) => DbError::ReadOnly { cause },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => DbError::Timeout { cause },
        Some(ErrorCode::ConstraintViolation) => DbError::Constraint { rule: rule_of(extended), cause },
        _ => DbError::Statement { cause, sql: sql.to_owned() },
    }
}

fn rule_of(extended_code: i32) -> Rule {
    use rusqlite::ffi;
    match extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            Rule::Unique
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Rule::ForeignKey,
        ffi::SQLITE_CONSTRAINT_NOTNULL => Rule::NotNull,
        ffi::SQLITE_CONSTRAINT_CHECK => Rule::Check,
        _ => Rule::Other,
    }
}
