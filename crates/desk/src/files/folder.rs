//! Files in a folder of this machine, on 256 shelves, so that no folder grows without end.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::coming::Unfinished;
use super::{FileError, hex};

/// Makes a finished file durable under its own name.
pub(super) fn place(folder: &Path, file: File, unfinished: &Unfinished, name: &[u8; 32]) -> io::Result<()> {
    let path = path(folder, name);
    if path.exists() {
        return Ok(());
    }
    file.sync_all()?;
    drop(file);
    let shelf = path.parent().unwrap_or(folder);
    fs::create_dir_all(shelf)?;
    fs::rename(&unfinished.0, &path)?;
    File::open(shelf)?.sync_all()?;
    File::open(folder)?.sync_all()
}

pub(super) fn open(folder: &Path, name: &[u8; 32]) -> Result<File, FileError> {
    File::open(path(folder, name)).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => FileError::Missing(hex(name)),
        _ => error.into(),
    })
}

pub(super) fn has(folder: &Path, name: &[u8; 32]) -> bool {
    path(folder, name).exists()
}

pub(super) fn remove(folder: &Path, name: &[u8; 32]) -> Result<(), FileError> {
    match fs::remove_file(path(folder, name)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Removes what began to come before that time and never ended; gives how many there were.
pub(super) fn clear_coming(folder: &Path, before: SystemTime) -> io::Result<usize> {
    let entries = match fs::read_dir(folder.join("coming")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        entries => entries?,
    };
    let mut cleared = 0;
    for entry in entries {
        let entry = entry?;
        // It may have been placed meanwhile.
        let Ok(changed) = entry.metadata().and_then(|about| about.modified()) else { continue };
        if changed < before && fs::remove_file(entry.path()).is_ok() {
            cleared += 1;
        }
    }
    Ok(cleared)
}

fn path(folder: &Path, name: &[u8; 32]) -> PathBuf {
    let name = hex(name);
    folder.join(&name[..2]).join(&name[2..])
}
