//! Brings a database to this binary's schema, and refuses one that is not ours to change.

use super::{DbError, Dialect, Tx};
use crate::params;
use crate::wall_clock::WallClock;

/// One step of the schema: one text for both databases, and additions where they differ.
///
/// `{id}` stands for the primary key type (`integer primary key`, `bigint primary key`),
/// `{bytes}` for `blob` or `bytea`, `{real}` for `real` or `double precision`.
/// Write `bigint` for every other integer: ids of other tables, instants in
/// microseconds, and truth values (a yes is 1); and `text` for text.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    pub number: i64,
    pub name: &'static str,
    pub text: &'static str,
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

impl Migration {
    pub const fn new(number: i64, name: &'static str, text: &'static str) -> Migration {
        Migration { number, name, text, sqlite: "", postgres: "" }
    }

    /// Adds statements that run after the shared text on SQLite only.
    pub const fn with_sqlite(self, sqlite: &'static str) -> Migration {
        Migration { sqlite, ..self }
    }

    /// Adds statements that run after the shared text on PostgreSQL only.
    pub const fn with_postgres(self, postgres: &'static str) -> Migration {
        Migration { postgres, ..self }
    }

    fn own_text(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
        }
    }

    fn checksum(&self, dialect: Dialect) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.text.as_bytes());
        hasher.update(&[0]);
        hasher.update(self.own_text(dialect).as_bytes());
        hasher.finalize().to_hex().to_string()
    }
}

struct Applied {
    number: i64,
    name: String,
    checksum: String,
}

/// Applies what is missing, each migration in its own transaction.
pub(super) fn run(tx: &mut Tx, migrations: &[Migration]) -> Result<(), DbError> {
    in_transaction(tx, |tx| {
        refuse_foreign_tables(tx)?;
        tx.batch(
            "create table if not exists migration (
                number bigint primary key,
                name text not null,
                checksum text not null,
                applied_at bigint not null
            )",
        )
    })?;
    verify(tx, migrations)?;
    for migration in migrations {
        in_transaction(tx, |tx| apply(tx, migration)).map_err(|error| failed(migration, error))?;
    }
    Ok(())
}

/// Checks that a database which must not be changed has exactly this binary's schema.
pub(super) fn verify(tx: &mut Tx, migrations: &[Migration]) -> Result<(), DbError> {
    tx.begin_read()?;
    let applied = tx.query("select number, name, checksum from migration order by number", &[], |row| {
        Ok(Applied { number: row.get(0)?, name: row.get(1)?, checksum: row.get(2)? })
    });
    let dialect = tx.dialect();
    tx.rollback();
    for applied in applied? {
        let Some(known) = migrations.iter().find(|migration| migration.number == applied.number) else {
            return Err(DbError::Newer { number: applied.number, name: applied.name });
        };
        if known.checksum(dialect) != applied.checksum {
            return Err(DbError::MigrationChanged { number: applied.number, name: applied.name });
        }
    }
    Ok(())
}

fn apply(tx: &mut Tx, migration: &Migration) -> Result<(), DbError> {
    // Another process may have been faster: the write lock is ours only now.
    if tx.exists("select 1 from migration where number = $1", params![migration.number])? {
        return Ok(());
    }
    let dialect = tx.dialect();
    tx.batch(&spelled_for(dialect, migration.text))?;
    tx.batch(&spelled_for(dialect, migration.own_text(dialect)))?;
    tx.execute(
        "insert into migration (number, name, checksum, applied_at) values ($1, $2, $3, $4)",
        params![migration.number, migration.name, migration.checksum(dialect), WallClock::system().now()],
    )?;
    Ok(())
}

fn spelled_for(dialect: Dialect, text: &str) -> String {
    let (id, bytes, real) = match dialect {
        Dialect::Sqlite => ("integer primary key", "blob", "real"),
        Dialect::Postgres => ("bigint primary key", "bytea", "double precision"),
    };
    text.replace("{id}", id).replace("{bytes}", bytes).replace("{real}", real)
}

fn refuse_foreign_tables(tx: &mut Tx) -> Result<(), DbError> {
    let tables = match tx.dialect() {
        Dialect::Sqlite => "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'",
        Dialect::Postgres => {
            "select table_name::text from information_schema.tables where table_schema = current_schema()"
        }
    };
    let tables: Vec<String> = tx.query(tables, &[], |row| row.get(0))?;
    if tables.is_empty() || tables.iter().any(|table| table == "migration") {
        return Ok(());
    }
    Err(DbError::ForeignDatabase)
}

fn in_transaction(tx: &mut Tx, body: impl FnOnce(&mut Tx) -> Result<(), DbError>) -> Result<(), DbError> {
    tx.begin_write()?;
    match body(tx) {
        Ok(()) => tx.commit(),
        Err(error) => {
            tx.rollback();
            Err(error)
        }
    }
}

fn failed(migration: &Migration, error: DbError) -> DbError {
    match error {
        storage @ (DbError::DiskFull
        | DbError::Disk { .. }
        | DbError::Corrupt { .. }
        | DbError::ReadOnly { .. }) => storage,
        other => DbError::MigrationFailed {
            number: migration.number,
            name: migration.name.to_owned(),
            cause: other.to_string(),
        },
    }
}
