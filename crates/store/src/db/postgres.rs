//! PostgreSQL: how a connection is made and kept, how statements run, what its errors mean.

use std::collections::HashMap;
use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use ::postgres::error::SqlState;
use ::postgres::fallible_iterator::FallibleIterator;
use ::postgres::types::ToSql;
use ::postgres::{Client, Config, NoTls, Statement};

use super::tx::{self, Columns, Row, Tx, Visit};
use super::value::{ToParam, Value};
use super::{DbError, Rule, wire};

/// Any fixed number that no other program uses: it names the lock of the one writer.
const WRITER_LOCK: i64 = 0x7468_726f_7567_686c;
const CACHED_STATEMENTS: usize = 512;
const CONNECT_PATIENCE: Duration = Duration::from_secs(5);

/// Made when it is first needed, and made again after it was lost.
pub(super) struct Connection {
    config: Arc<Config>,
    client: Option<Client>,
    statements: HashMap<String, Statement>,
}

impl Connection {
    pub(super) fn begin_read(&mut self) -> Result<(), DbError> {
        self.begin("begin isolation level repeatable read, read only")
    }

    /// The lock comes first, so that the statements after it see every earlier commit.
    pub(super) fn begin_write(&mut self) -> Result<(), DbError> {
        let begin = format!(
            "begin isolation level read committed; select pg_advisory_xact_lock({WRITER_LOCK}); savepoint member"
        );
        self.begin(&begin)
    }

    /// A connection may have died while idle; nothing ran on it yet, so one new attempt is safe.
    fn begin(&mut self, sql: &str) -> Result<(), DbError> {
        match self.batch(sql) {
            Err(DbError::ConnectionLost { .. }) => {
                self.disconnect();
                self.batch(sql)
            }
            Err(error) => {
                self.rollback();
                Err(error)
            }
            Ok(()) => Ok(()),
        }
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[&dyn ToParam]) -> Result<u64, DbError> {
        let values = values(params);
        let statement = self.prepared(sql, params.len())?;
        self.client()?.execute(&statement, &borrowed(&values)).map_err(|error| explain(&error, sql))
    }

    pub(super) fn visit(
        &mut self,
        sql: &str,
        params: &[&dyn ToParam],
        visit: &mut dyn FnMut(&Row) -> Visit,
    ) -> Result<Result<(), DbError>, DbError> {
        let values = values(params);
        let statement = self.prepared(sql, params.len())?;
        let mut rows =
            self.client()?.query_raw(&statement, borrowed(&values)).map_err(|error| explain(&error, sql))?;
        let mut wanted = true;
        let mut refused = Ok(());
        // The answer is read to its end even when no more rows are wanted: the connection needs it.
        while let Some(row) = rows.next().map_err(|error| explain(&error, sql))? {
            if wanted {
                match visit(&Row { columns: Columns::Postgres(&row) }) {
                    Ok(more) => wanted = more,
                    Err(error) => {
                        wanted = false;
                        refused = Err(error);
                    }
                }
            }
        }
        Ok(refused)
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.client()?.batch_execute(sql).map_err(|error| explain(&error, sql))
    }

    /// Only a refused constraint is a certain answer; a lost connection leaves the outcome open.
    pub(super) fn commit(&mut self) -> Result<(), DbError> {
        let done = self.batch("commit");
        match done {
            Err(certain @ DbError::Constraint { .. }) => Err(certain),
            Err(doubtful) => {
                self.disconnect();
                Err(DbError::CommitUnknown { cause: doubtful.to_string() })
            }
            Ok(()) => Ok(()),
        }
    }

    pub(super) fn rollback(&mut self) {
        if self.is_lost() || self.batch("rollback").is_err() {
            self.disconnect();
        }
    }

    pub(super) fn is_lost(&self) -> bool {
        self.client.as_ref().is_none_or(Client::is_closed)
    }

    fn disconnect(&mut self) {
        self.client = None;
        self.statements.clear();
    }

    fn client(&mut self) -> Result<&mut Client, DbError> {
        if self.client.is_none() {
            self.client = Some(connect(&self.config)?);
        }
        Ok(self.client.as_mut().expect("a client was made just now"))
    }

    fn prepared(&mut self, sql: &str, given: usize) -> Result<Statement, DbError> {
        if let Some(statement) = self.statements.get(sql) {
            return counted(statement.clone(), given, sql);
        }
        let statement = self.client()?.prepare(sql).map_err(|error| explain(&error, sql))?;
        if self.statements.len() >= CACHED_STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), statement.clone());
        counted(statement, given, sql)
    }
}

/// Runs `body` on a thread of its own: the client blocks, which a thread of an
/// asynchronous runtime may not do.
pub(super) fn away_from_the_runtime<T: Send>(
    config: &Arc<Config>,
    body: impl FnOnce(&mut Tx) -> Result<T, DbError> + Send,
) -> Result<T, DbError> {
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            let mut tx = transactions(config);
            // Building an index on a large table takes its time.
            if let tx::Connection::Postgres(connection) = tx.connection() {
                connection.batch("set statement_timeout = 0; set client_min_messages = warning")?;
            }
            body(&mut tx)
        });
        thread.join().unwrap_or_else(|payload| Err(DbError::panicked(&*payload)))
    })
}

pub(super) fn transactions(config: &Arc<Config>) -> Tx {
    Tx::new(tx::Connection::Postgres(Box::new(Connection {
        config: Arc::clone(config),
        client: None,
        statements: HashMap::new(),
    })))
}

pub(super) fn column<'a>(row: &'a postgres::Row, index: usize) -> Result<Value<'a>, DbError> {
    match row.try_get::<_, wire::Incoming<'a>>(index) {
        Ok(incoming) => Ok(incoming.0),
        Err(error) if error.source().is_some_and(<dyn std::error::Error>::is::<wire::Mismatch>) => {
            Err(DbError::Column { index, expected: "a type that both databases know", found: "another type" })
        }
        Err(_) => Err(DbError::Column { index, expected: "a column", found: "no column of that number" }),
    }
}

fn connect(config: &Config) -> Result<Client, DbError> {
    let mut config = config.clone();
    config.application_name("throughline");
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT_PATIENCE);
    }
    config.tcp_user_timeout(Duration::from_secs(10)).keepalives_idle(Duration::from_secs(30));
    let unavailable = |error: postgres::Error| DbError::Unavailable { cause: whole_cause(&error) };
    let mut client = config.connect(NoTls).map_err(unavailable)?;
    client
        .batch_execute(
            "set statement_timeout = '60s'; set lock_timeout = '10s';
             set idle_in_transaction_session_timeout = '30s'; set timezone = 'UTC'",
        )
        .map_err(unavailable)?;
    Ok(client)
}

fn values<'a>(params: &'a [&dyn ToParam]) -> Vec<wire::Outgoing<'a>> {
    params.iter().map(|param| wire::Outgoing(param.to_param())).collect()
}

fn borrowed<'a>(values: &'a [wire::Outgoing<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn counted(statement: Statement, given: usize, sql: &str) -> Result<Statement, DbError> {
    let expected = statement.params().len();
    if expected == given {
        return Ok(statement);
    }
    Err(DbError::Parameters { expected, given, sql: sql.to_owned() })
}

fn explain(error: &postgres::Error, sql: &str) -> DbError {
    let cause = whole_cause(error);
    let Some(answer) = error.as_db_error() else {
        return if error.is_closed()
            || error.source().is_some_and(<dyn std::error::Error>::is::<std::io::Error>)
        {
            DbError::ConnectionLost { cause }
        } else {
            DbError::Statement { cause, sql: sql.to_owned() }
        };
    };
    match answer.code() {
        code if code.code().starts_with("23") => DbError::Constraint { rule: rule_of(code), cause },
        &SqlState::DISK_FULL => DbError::DiskFull,
        &SqlState::IO_ERROR => DbError::Disk { cause },
        &SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED => DbError::Corrupt { cause },
        &SqlState::READ_ONLY_SQL_TRANSACTION => DbError::ReadOnly { cause },
        &SqlState::QUERY_CANCELED
        | &SqlState::LOCK_NOT_AVAILABLE
        | &SqlState::T_R_DEADLOCK_DETECTED
        | &SqlState::T_R_SERIALIZATION_FAILURE => DbError::Timeout { cause },
        code if code.code().starts_with("57P")
            || code.code().starts_with("08")
            || *code == SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT =>
        {
            DbError::ConnectionLost { cause }
        }
        code if code.code().starts_with("53") => DbError::Unavailable { cause },
        _ => DbError::Statement { cause, sql: sql.to_owned() },
    }
}

fn rule_of(code: &SqlState) -> Rule {
    match *code {
        SqlState::UNIQUE_VIOLATION => Rule::Unique,
        SqlState::FOREIGN_KEY_VIOLATION => Rule::ForeignKey,
        SqlState::NOT_NULL_VIOLATION => Rule::NotNull,
        SqlState::CHECK_VIOLATION => Rule::Check,
        _ => Rule::Other,
    }
}

/// The client says only "db error"; the server's sentence is the source below it.
fn whole_cause(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(answer) => answer.message().to_owned(),
        None => match error.source() {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        },
    }
}
