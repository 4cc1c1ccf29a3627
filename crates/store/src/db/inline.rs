//! Connections for short reads on the caller's own thread, without the hop to another.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::tx::Connection;
use super::{DbError, Tx, queue, sqlite};

/// Last in, first out, so that the few connections in use keep warm caches.
/// There are never more than threads that read at once.
pub(super) struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Tx>>,
}

impl Pool {
    pub(super) fn new(path: PathBuf) -> Pool {
        Pool { path, idle: Mutex::new(Vec::new()) }
    }

    pub(super) fn read<T, E: From<DbError>>(
        &self,
        read: impl FnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut tx = self.take()?;
        tx.begin_read()?;
        let result = queue::call(read, &mut tx);
        tx.rollback();
        self.idle().push(tx);
        result
    }

    fn take(&self) -> Result<Tx, DbError> {
        let idle = self.idle().pop();
        match idle {
            Some(tx) => Ok(tx),
            None => {
                Ok(Tx::new(Connection::Sqlite(sqlite::Connection::open(&self.path, sqlite::Access::Read)?)))
            }
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Tx>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
