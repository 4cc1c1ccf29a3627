//! One transaction: the only thing that runs SQL, and the rows it gives back.

use super::value::{FromColumn, ToParam, Value};
use super::{DbError, Dialect, postgres, sqlite};

/// A running transaction, lent to a closure by [`super::Db`].
///
/// A failed statement fails the transaction on both databases: later statements
/// answer [`DbError::Aborted`] and the write is undone even if the closure
/// returns `Ok`. Where failure is expected, write `on conflict do nothing` or
/// use [`Tx::savepoint`].
pub struct Tx {
    connection: Connection,
    failure: Option<DbError>,
    mark: Mark,
    depth: u32,
    statements: u64,
}

pub(super) enum Connection {
    Sqlite(sqlite::Connection),
    Postgres(Box<postgres::Connection>),
}

/// Where the savepoint of the current member of a group stands.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Absent,
    Fresh,
    Used,
}

/// One row of an answer; columns are counted from 0.
pub struct Row<'r> {
    pub(super) columns: Columns<'r>,
}

pub(super) enum Columns<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r ::postgres::Row),
}

/// What a row visitor answers: whether it wants the next row.
pub(super) type Visit = Result<bool, DbError>;

impl Tx {
    /// Runs one statement and says how many rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[&dyn ToParam]) -> Result<u64, DbError> {
        self.refuse_after_failure()?;
        let done = match &mut self.connection {
            Connection::Sqlite(connection) => connection.execute(sql, params),
            Connection::Postgres(connection) => connection.execute(sql, params),
        };
        self.remember(done)
    }

    /// How many statements this thread's transactions have run: work that tests can compare.
    #[must_use]
    pub const fn statements(&self) -> u64 {
        self.statements
    }

    /// Runs several statements without parameters, separated by semicolons.
    pub fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.refuse_after_failure()?;
        let done = match &mut self.connection {
            Connection::Sqlite(connection) => connection.batch(sql),
            Connection::Postgres(connection) => connection.batch(sql),
        };
        self.remember(done)
    }

    /// All rows, each made into a value by `read`.
    pub fn query<T>(
        &mut self,
        sql: &str,
        params: &[&dyn ToParam],
        mut read: impl FnMut(&Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut all = Vec::new();
        self.visit(sql, params, &mut |row| {
            all.push(read(row)?);
            Ok(true)
        })?;
        Ok(all)
    }

    /// The row, or `None`; more than one row is an error.
    pub fn query_opt<T>(
        &mut self,
        sql: &str,
        params: &[&dyn ToParam],
        mut read: impl FnMut(&Row) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        let mut found = None;
        self.visit(sql, params, &mut |row| {
            if found.is_some() {
                return Err(DbError::ManyRows { sql: sql.to_owned() });
            }
            found = Some(read(row)?);
            Ok(true)
        })?;
        Ok(found)
    }

    /// Exactly one row.
    pub fn query_one<T>(
        &mut self,
        sql: &str,
        params: &[&dyn ToParam],
        read: impl FnMut(&Row) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        self.query_opt(sql, params, read)?.ok_or_else(|| DbError::NoRow { sql: sql.to_owned() })
    }

    /// Hands every row to `take` without keeping them, for long reports and exports.
    pub fn each(
        &mut self,
        sql: &str,
        params: &[&dyn ToParam],
        mut take: impl FnMut(&Row) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        self.visit(sql, params, &mut |row| take(row).map(|()| true))
    }

    /// True when the query has at least one row.
    pub fn exists(&mut self, sql: &str, params: &[&dyn ToParam]) -> Result<bool, DbError> {
        let mut found = false;
        self.visit(sql, params, &mut |_| {
            found = true;
            Ok(false)
        })?;
        Ok(found)
    }

    /// Runs `part` so that its failure undoes only itself and the transaction may go on.
    pub fn savepoint<T, E: From<DbError>>(
        &mut self,
        part: impl FnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.depth += 1;
        let name = format!("part{}", self.depth);
        let opened = self.batch(&format!("savepoint {name}"));
        let answer = opened.map_err(E::from).and_then(|()| part(self));
        self.depth -= 1;
        match answer {
            Ok(value) if self.failure.is_none() => {
                self.batch(&format!("release savepoint {name}"))?;
                Ok(value)
            }
            outcome => {
                let failure = self.failure.take();
                if !self.is_broken() {
                    self.batch(&format!("rollback to savepoint {name}; release savepoint {name}"))?;
                } else {
                    self.failure.clone_from(&failure);
                }
                match (outcome, failure) {
                    (Ok(_), Some(cause)) => Err(DbError::Aborted { cause: cause.to_string() }.into()),
                    (outcome, _) => outcome,
                }
            }
        }
    }

    /// Which database this is, for the rare statement that must differ.
    pub fn dialect(&self) -> Dialect {
        match self.connection {
            Connection::Sqlite(_) => Dialect::Sqlite,
            Connection::Postgres(_) => Dialect::Postgres,
        }
    }

    fn visit(
        &mut self,
        sql: &str,
        params: &[&dyn ToParam],
        visit: &mut dyn FnMut(&Row) -> Visit,
    ) -> Result<(), DbError> {
        self.refuse_after_failure()?;
        let done = match &mut self.connection {
            Connection::Sqlite(connection) => connection.visit(sql, params, visit),
            Connection::Postgres(connection) => connection.visit(sql, params, visit),
        };
        // The outer error is the statement's, the inner one the visitor's.
        self.remember(done)?
    }

    fn refuse_after_failure(&mut self) -> Result<(), DbError> {
        self.statements += 1;
        match &self.failure {
            None => Ok(()),
            Some(cause) => Err(DbError::Aborted { cause: cause.to_string() }),
        }
    }

    fn remember<T>(&mut self, done: Result<T, DbError>) -> Result<T, DbError> {
        if let Err(error) = &done {
            self.failure = Some(error.clone());
        }
        done
    }
}

/// The steps of a transaction's life, for the threads that own connections.
impl Tx {
    pub(super) fn new(connection: Connection) -> Tx {
        Tx { connection, failure: None, mark: Mark::Absent, depth: 0, statements: 0 }
    }

    pub(super) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    pub(super) fn begin_read(&mut self) -> Result<(), DbError> {
        self.reset();
        match &mut self.connection {
            Connection::Sqlite(connection) => connection.step("begin deferred"),
            Connection::Postgres(connection) => connection.begin_read(),
        }
    }

    pub(super) fn begin_write(&mut self) -> Result<(), DbError> {
        self.reset();
        match &mut self.connection {
            Connection::Sqlite(connection) => connection.step("begin immediate"),
            Connection::Postgres(connection) => {
                connection.begin_write()?;
                self.mark = Mark::Fresh;
                Ok(())
            }
        }
    }

    /// Makes sure that a savepoint stands directly behind the last kept member of the group.
    pub(super) fn mark(&mut self) -> Result<(), DbError> {
        self.failure = None;
        self.depth = 0;
        match (&mut self.connection, self.mark) {
            (_, Mark::Fresh) => {}
            (Connection::Sqlite(connection), Mark::Absent) => connection.step("savepoint member")?,
            (Connection::Sqlite(connection), Mark::Used) => {
                connection.step("release member")?;
                connection.step("savepoint member")?;
            }
            (Connection::Postgres(connection), Mark::Absent) => connection.batch("savepoint member")?,
            (Connection::Postgres(connection), Mark::Used) => {
                connection.batch("release savepoint member; savepoint member")?;
            }
        }
        self.mark = Mark::Fresh;
        Ok(())
    }

    pub(super) fn keep_member(&mut self) {
        self.mark = Mark::Used;
    }

    pub(super) fn undo_member(&mut self) -> Result<(), DbError> {
        self.failure = None;
        match &mut self.connection {
            Connection::Sqlite(connection) => connection.step("rollback to member"),
            Connection::Postgres(connection) => connection.batch("rollback to savepoint member"),
        }
    }

    pub(super) fn commit(&mut self) -> Result<(), DbError> {
        let done = match &mut self.connection {
            Connection::Sqlite(connection) => connection.commit(),
            Connection::Postgres(connection) => connection.commit(),
        };
        self.reset();
        done
    }

    pub(super) fn rollback(&mut self) {
        match &mut self.connection {
            Connection::Sqlite(connection) => connection.rollback(),
            Connection::Postgres(connection) => connection.rollback(),
        }
        self.reset();
    }

    /// The cause, when the database itself has ended the transaction.
    pub(super) fn is_broken(&self) -> bool {
        match &self.connection {
            Connection::Sqlite(connection) => connection.is_outside_transaction(),
            Connection::Postgres(connection) => connection.is_lost(),
        }
    }

    pub(super) fn failure(&self) -> Option<&DbError> {
        self.failure.as_ref()
    }

    /// Lets a connection that writes behave like a reader for a while (databases in memory).
    pub(super) fn only_read(&mut self, only: bool) {
        if let Connection::Sqlite(connection) = &mut self.connection {
            connection.only_read(only);
        }
    }

    fn reset(&mut self) {
        self.failure = None;
        self.mark = Mark::Absent;
        self.depth = 0;
    }
}

impl<'r> Row<'r> {
    /// The value of one column: `let title: String = row.get(2)?`.
    pub fn get<'a, T: FromColumn<'a>>(&'a self, index: usize) -> Result<T, DbError> {
        let value = match &self.columns {
            Columns::Sqlite(row) => sqlite::column(row, index)?,
            Columns::Postgres(row) => postgres::column(row, index)?,
        };
        T::from_value(value).ok_or_else(|| DbError::Column {
            index,
            expected: T::EXPECTED,
            found: value.kind(),
        })
    }

    /// The value as the database holds it.
    pub fn value(&self, index: usize) -> Result<Value<'_>, DbError> {
        match &self.columns {
            Columns::Sqlite(row) => sqlite::column(row, index),
            Columns::Postgres(row) => postgres::column(row, index),
        }
    }
}
