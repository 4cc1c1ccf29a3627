//! The file beside a SQLite database that lets only one process write to it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::DbError;

/// Held as long as the database is open; the operating system releases it even after a crash.
pub(super) struct FileLock {
    _file: File,
}

pub(super) fn take(database: &Path) -> Result<FileLock, DbError> {
    let path = beside(database);
    let failed = |error: std::io::Error| open_error(database, &error);
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(already_open(database, &mut file)),
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    // The number inside is only for the message; the lock is the operating system's.
    let written =
        file.set_len(0).and_then(|()| file.rewind()).and_then(|()| write!(file, "{}", std::process::id()));
    written.map_err(failed)?;
    Ok(FileLock { _file: file })
}

fn beside(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

fn already_open(database: &Path, file: &mut File) -> DbError {
    let mut process = String::new();
    let read = file.read_to_string(&mut process);
    let holder = match read {
        Ok(_) if !process.is_empty() => format!(" (number {process})"),
        _ => String::new(),
    };
    DbError::AlreadyOpen { path: database.display().to_string(), holder }
}

fn open_error(database: &Path, error: &std::io::Error) -> DbError {
    let path = database.display().to_string();
    match error.kind() {
        std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
            DbError::ReadOnly { cause: format!("{path}.lock: {error}") }
        }
        std::io::ErrorKind::StorageFull => DbError::DiskFull,
        _ => DbError::Open { path, cause: error.to_string() },
    }
}
