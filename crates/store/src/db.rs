//! The database: SQLite or PostgreSQL behind one SQL text, on threads of its own.
//!
//! A closure is sent to a thread that owns a connection and runs there in one
//! transaction. Dropping the future that waits for it drops only the wait.
//!
//! ```ignore
//! let db = Db::open("sqlite:desk.db", store::migrations::ALL)?;
//! db.write(move |tx| tx.execute("insert into person (id, name) values ($1, $2)", params![id, name])).await?;
//! let names: Vec<String> = db.read(|tx| tx.query("select name from person", &[], |row| row.get(0))).await?;
//! ```
//!
//! * Reads see one snapshot. Writes are serialised: one thread per process, and on
//!   PostgreSQL one advisory lock among all processes, so event positions have no holes
//!   and become visible in order. That is also why no transaction is ever run twice:
//!   with a single writer there is nothing to serialise against, so a closure may be `FnOnce`.
//! * Writes that wait behind each other share one commit (group commit); one that fails
//!   or panics is undone alone.
//! * An error of COMMIT is [`DbError::CommitUnknown`]: look the idempotency key up.
//! * PostgreSQL is reached without TLS for now: keep it on the same machine or network.

mod error;
mod inline;
mod lock;
mod migrate;
mod postgres;
mod queue;
mod sqlite;
mod thread;
mod tx;
mod value;
mod wire;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

pub use error::{DbError, Rule};
pub use migrate::Migration;
pub use tx::{Row, Tx};
pub(crate) use value::text_columns;
pub use value::{FromColumn, ToParam, Value};

use queue::{Queue, Task};
use thread::Health;
use tx::Connection;

/// A handle on an open database; clones share it, the last one dropped closes it.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

struct Inner {
    dialect: Dialect,
    reads: Arc<Queue>,
    /// `None` when this handle may only read.
    writes: Option<Arc<Queue>>,
    inline: Option<inline::Pool>,
    health: Arc<Health>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    _lock: Option<lock::FileLock>,
}

enum Address {
    Memory,
    File(PathBuf),
    Postgres(Box<::postgres::Config>),
}

impl Db {
    /// Opens the database for this process alone (SQLite) and brings its schema up to date.
    /// The address is `sqlite:PATH`, `sqlite::memory:` or `postgres://...`.
    pub fn open(url: &str, migrations: &[Migration]) -> Result<Db, DbError> {
        match address(url)? {
            Address::Memory => Db::open_memory(migrations),
            Address::File(path) => Db::open_file(&path, migrations),
            Address::Postgres(config) => Db::open_server(*config, migrations),
        }
    }

    /// Opens a database only for reading, beside a process that serves it.
    pub fn open_shared(url: &str, migrations: &[Migration]) -> Result<Db, DbError> {
        match address(url)? {
            Address::Memory => Err(DbError::Address { url: url.to_owned() }),
            Address::File(path) => Db::open_file_shared(&path, migrations),
            Address::Postgres(config) => Db::open_server_shared(*config, migrations),
        }
    }

    /// Runs a read in one snapshot on a reader thread.
    pub async fn read<T, E, F>(&self, read: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (answer, answered) = tokio::sync::oneshot::channel();
        self.inner.reads.push(Box::new(Task::new(read, true, move |result| {
            let _ = answer.send(result);
        })));
        answered.await.unwrap_or_else(|_| Err(DbError::Closed.into()))
    }

    /// Runs a short read on the calling thread where the database allows it
    /// (a SQLite file), and like [`Db::read`] elsewhere. For point reads and
    /// pages of a known size; never for searches, reports or exports.
    pub async fn read_inline<T, E, F>(&self, read: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &self.inner.inline {
            Some(pool) => pool.read(read),
            None => self.read(read).await,
        }
    }

    /// Runs a write and answers once it is durable.
    pub async fn write<T, E, F>(&self, write: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let Some(writes) = &self.inner.writes else {
            return Err(opened_for_reading().into());
        };
        let (answer, answered) = tokio::sync::oneshot::channel();
        writes.push(Box::new(Task::new(write, false, move |result| {
            let _ = answer.send(result);
        })));
        answered.await.unwrap_or_else(|_| Err(DbError::Closed.into()))
    }

    /// [`Db::read`] for the command line and tests: blocks the calling thread.
    pub fn read_now<T, E, F>(&self, read: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        run_now(&self.inner.reads, read, true)
    }

    /// [`Db::write`] for the command line and tests: blocks the calling thread.
    pub fn write_now<T, E, F>(&self, write: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &self.inner.writes {
            Some(writes) => run_now(writes, write, false),
            None => Err(opened_for_reading().into()),
        }
    }

    pub fn dialect(&self) -> Dialect {
        self.inner.dialect
    }

    /// What stands in the way of writing: a full disk, a disk error, damage.
    /// A disk error or damage stays until the process is started again.
    pub fn write_trouble(&self) -> Option<DbError> {
        self.inner.health.trouble()
    }
}

impl Db {
    fn open_memory(migrations: &[Migration]) -> Result<Db, DbError> {
        sqlite::refuse_an_old_library()?;
        let mut tx = Tx::new(Connection::Sqlite(sqlite::Connection::open_in_memory()?));
        migrate::run(&mut tx, migrations)?;
        // A database in memory exists once per connection, so its one thread reads, too.
        let queue = Arc::new(Queue::new());
        let mut inner = Inner::new(Dialect::Sqlite, Arc::clone(&queue), None);
        inner.start_writer(tx, queue);
        Ok(Db { inner: Arc::new(inner) })
    }

    fn open_file(path: &Path, migrations: &[Migration]) -> Result<Db, DbError> {
        sqlite::refuse_an_old_library()?;
        let lock = lock::take(path)?;
        let open = |access| Ok(Tx::new(Connection::Sqlite(sqlite::Connection::open(path, access)?)));
        let mut tx = open(sqlite::Access::Write)?;
        migrate::run(&mut tx, migrations)?;
        let mut inner = Inner::new(Dialect::Sqlite, Arc::new(Queue::new()), Some(lock));
        inner.start_writer(tx, Arc::new(Queue::new()));
        for _ in 0..reader_count() {
            inner.start_reader(open(sqlite::Access::Read)?);
        }
        inner.inline = Some(inline::Pool::new(path.to_owned()));
        Ok(Db { inner: Arc::new(inner) })
    }

    fn open_file_shared(path: &Path, migrations: &[Migration]) -> Result<Db, DbError> {
        sqlite::refuse_an_old_library()?;
        let open = || Ok(Tx::new(Connection::Sqlite(sqlite::Connection::open(path, sqlite::Access::Read)?)));
        migrate::verify(&mut open()?, migrations)?;
        let mut inner = Inner::new(Dialect::Sqlite, Arc::new(Queue::new()), None);
        for _ in 0..reader_count() {
            inner.start_reader(open()?);
        }
        Ok(Db { inner: Arc::new(inner) })
    }

    fn open_server(config: ::postgres::Config, migrations: &[Migration]) -> Result<Db, DbError> {
        let config = Arc::new(config);
        postgres::away_from_the_runtime(&config, |tx| migrate::run(tx, migrations))?;
        let mut inner = Inner::new(Dialect::Postgres, Arc::new(Queue::new()), None);
        inner.start_writer(postgres::transactions(&config), Arc::new(Queue::new()));
        for _ in 0..server_reader_count() {
            inner.start_reader(postgres::transactions(&config));
        }
        Ok(Db { inner: Arc::new(inner) })
    }

    fn open_server_shared(config: ::postgres::Config, migrations: &[Migration]) -> Result<Db, DbError> {
        let config = Arc::new(config);
        postgres::away_from_the_runtime(&config, |tx| migrate::verify(tx, migrations))?;
        let mut inner = Inner::new(Dialect::Postgres, Arc::new(Queue::new()), None);
        for _ in 0..server_reader_count() {
            inner.start_reader(postgres::transactions(&config));
        }
        Ok(Db { inner: Arc::new(inner) })
    }
}

impl Inner {
    fn new(dialect: Dialect, reads: Arc<Queue>, lock: Option<lock::FileLock>) -> Inner {
        Inner {
            dialect,
            reads,
            writes: None,
            inline: None,
            health: Arc::new(Health::default()),
            threads: Mutex::new(Vec::new()),
            _lock: lock,
        }
    }

    fn start_writer(&mut self, tx: Tx, queue: Arc<Queue>) {
        let health = Arc::clone(&self.health);
        self.writes = Some(Arc::clone(&queue));
        self.start("db-write", move || thread::write_until_closed(tx, &queue, &health));
    }

    fn start_reader(&mut self, tx: Tx) {
        let queue = Arc::clone(&self.reads);
        self.start("db-read", move || thread::read_until_closed(tx, &queue));
    }

    fn start(&mut self, name: &str, body: impl FnOnce() + Send + 'static) {
        let builder = std::thread::Builder::new().name(name.to_owned());
        let thread = builder.spawn(body).expect("the operating system gives a thread at start");
        self.threads.get_mut().unwrap_or_else(PoisonError::into_inner).push(thread);
    }
}

/// Finishes what waits, so that the file is whole and free when the last handle is gone.
impl Drop for Inner {
    fn drop(&mut self) {
        self.reads.close();
        if let Some(writes) = &self.writes {
            writes.close();
        }
        let own = std::thread::current().id();
        for thread in self.threads.get_mut().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // The last handle may die inside a closure, on one of these threads.
            if thread.thread().id() != own {
                let _ = thread.join();
            }
        }
    }
}

fn run_now<T, E, F>(queue: &Queue, closure: F, only_reads: bool) -> Result<T, E>
where
    F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    let (answer, answered) = std::sync::mpsc::sync_channel(1);
    queue.push(Box::new(Task::new(closure, only_reads, move |result| {
        let _ = answer.send(result);
    })));
    answered.recv().unwrap_or_else(|_| Err(DbError::Closed.into()))
}

fn address(url: &str) -> Result<Address, DbError> {
    let unknown = || DbError::Address { url: without_password(url) };
    if url == "sqlite::memory:" {
        return Ok(Address::Memory);
    }
    if let Some(path) = url.strip_prefix("sqlite:") {
        let path = path.strip_prefix("//").unwrap_or(path);
        return if path.is_empty() { Err(unknown()) } else { Ok(Address::File(PathBuf::from(path))) };
    }
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        let config = url.parse().map_err(|_| unknown())?;
        return Ok(Address::Postgres(Box::new(config)));
    }
    Err(unknown())
}

fn without_password(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, place))) => format!("{scheme}://...@{place}"),
        _ => url.to_owned(),
    }
}

fn opened_for_reading() -> DbError {
    DbError::ReadOnly { cause: "it was opened beside a process that serves it".to_owned() }
}

fn reader_count() -> usize {
    std::thread::available_parallelism().map_or(2, std::num::NonZero::get).clamp(2, 16)
}

/// A server answers over a socket, so more readers than cores keep it busy.
fn server_reader_count() -> usize {
    (2 * reader_count()).clamp(4, 16)
}

#[cfg(test)]
mod tests;
