//! The attachment store: bytes under the hash of what they are, written once and never changed.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

/// Where files are kept. Clones share it.
#[derive(Clone, Debug)]
pub struct Files(Arc<Kind>);

#[derive(Debug)]
enum Kind {
    Folder(PathBuf),
    /// For tests and desks in memory.
    Memory(Mutex<HashMap<[u8; 32], Vec<u8>>>),
}

/// A file that could not be kept or found.
#[derive(Debug, Clone, thiserror::Error)]
pub enum FileError {
    #[error("the file {0} is missing from the attachment store; restore it from a backup")]
    Missing(String),
    #[error(
        "the attachment store cannot be used: {0}. What was sent was not kept; it comes again when sent again"
    )]
    Store(String),
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        Self::Store(error.to_string())
    }
}

impl Files {
    /// A folder, made when the first file comes.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self(Arc::new(Kind::Folder(folder.to_owned())))
    }

    #[must_use]
    pub fn in_memory() -> Self {
        Self(Arc::new(Kind::Memory(Mutex::default())))
    }

    /// Keeps bytes and gives their hash. When it returns they survive a loss of power; bytes that are
    /// there already are not written again.
    pub fn keep(&self, bytes: &[u8]) -> Result<[u8; 32], FileError> {
        self.keep_pieces(|take| {
            take(bytes);
        })
    }

    /// [`Files::keep`] for what comes in pieces and is never whole in memory.
    pub fn keep_pieces(&self, give: impl FnOnce(&mut dyn FnMut(&[u8]))) -> Result<[u8; 32], FileError> {
        let mut hash = Sha256::new();
        match &*self.0 {
            Kind::Memory(files) => {
                let mut all = Vec::new();
                give(&mut |piece| {
                    hash.update(piece);
                    all.extend_from_slice(piece);
                });
                let name: [u8; 32] = hash.finalize().into();
                files.lock().unwrap_or_else(PoisonError::into_inner).insert(name, all);
                Ok(name)
            }
            Kind::Folder(folder) => {
                let coming = folder.join("coming");
                fs::create_dir_all(&coming)?;
                let unfinished = coming.join(hex(&random()?));
                let mut file = File::create_new(&unfinished)?;
                let mut written = Ok(());
                give(&mut |piece| {
                    hash.update(piece);
                    if written.is_ok() {
                        written = file.write_all(piece);
                    }
                });
                let name: [u8; 32] = hash.finalize().into();
                let placed = written.and_then(|()| place(folder, file, &unfinished, &name));
                if placed.is_err() {
                    let _ = fs::remove_file(&unfinished);
                }
                placed?;
                Ok(name)
            }
        }
    }

    /// All bytes of a file.
    pub fn read(&self, name: &[u8; 32]) -> Result<Vec<u8>, FileError> {
        match &*self.0 {
            Kind::Memory(files) => files
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .get(name)
                .cloned()
                .ok_or_else(|| FileError::Missing(hex(name))),
            Kind::Folder(folder) => fs::read(path(folder, name)).map_err(|error| missing(error, name)),
        }
    }

    /// All bytes of a file, in memory that is there already.
    pub fn read_into(&self, name: &[u8; 32], bytes: &mut Vec<u8>) -> Result<(), FileError> {
        let Some(mut file) = self.open(name)? else {
            *bytes = self.read(name)?;
            return Ok(());
        };
        bytes.clear();
        file.read_to_end(bytes)?;
        Ok(())
    }

    /// The file on the disk, to be streamed from there; `None` when it is kept in memory.
    pub fn open(&self, name: &[u8; 32]) -> Result<Option<File>, FileError> {
        match &*self.0 {
            Kind::Memory(_) => Ok(None),
            Kind::Folder(folder) => {
                File::open(path(folder, name)).map(Some).map_err(|error| missing(error, name))
            }
        }
    }

    #[must_use]
    pub fn has(&self, name: &[u8; 32]) -> bool {
        match &*self.0 {
            Kind::Memory(files) => files.lock().unwrap_or_else(PoisonError::into_inner).contains_key(name),
            Kind::Folder(folder) => path(folder, name).exists(),
        }
    }

    /// Removes a file that nothing names any more.
    pub fn remove(&self, name: &[u8; 32]) -> Result<(), FileError> {
        match &*self.0 {
            Kind::Memory(files) => {
                files.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
                Ok(())
            }
            Kind::Folder(folder) => match fs::remove_file(path(folder, name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
                Ok(()) | Err(_) => Ok(()),
            },
        }
    }
}

/// Makes a finished file durable under its own name.
fn place(folder: &Path, file: File, unfinished: &Path, name: &[u8; 32]) -> io::Result<()> {
    let path = path(folder, name);
    if path.exists() {
        return fs::remove_file(unfinished);
    }
    file.sync_all()?;
    drop(file);
    let shelf = path.parent().unwrap_or(folder);
    fs::create_dir_all(shelf)?;
    fs::rename(unfinished, &path)?;
    File::open(shelf)?.sync_all()?;
    File::open(folder)?.sync_all()
}

/// 256 shelves, so that no folder grows without end.
fn path(folder: &Path, name: &[u8; 32]) -> PathBuf {
    let name = hex(name);
    folder.join(&name[..2]).join(&name[2..])
}

fn missing(error: io::Error, name: &[u8; 32]) -> FileError {
    if error.kind() == io::ErrorKind::NotFound { FileError::Missing(hex(name)) } else { error.into() }
}

fn random() -> io::Result<[u8; 16]> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests;
