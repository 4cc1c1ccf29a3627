//! The attachment store: bytes under the hash of what they are, written once and never changed.

pub mod bucket;
mod coming;
mod folder;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

pub use self::bucket::{Bucket, Pieces};
pub use self::coming::{Coming, Sealed};

use self::coming::To;

/// Where files are kept. Clones share it.
#[derive(Clone, Debug)]
pub struct Files(Arc<Kind>);

#[derive(Debug)]
enum Kind {
    Folder(PathBuf),
    /// For tests and desks in memory.
    Memory(Mutex<HashMap<[u8; 32], Vec<u8>>>),
    /// Somewhere else, under its own rules.
    Bucket(Bucket),
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

/// A file that is read while it is sent on.
#[derive(Debug)]
pub enum Opened {
    Whole(Vec<u8>),
    Stored(File),
    Pieces(Pieces),
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

    #[must_use]
    pub fn in_bucket(bucket: Bucket) -> Self {
        Self(Arc::new(Kind::Bucket(bucket)))
    }

    /// Whether this is a place for files at all, before anything is served from it.
    pub fn check(&self) -> Result<(), FileError> {
        match &*self.0 {
            Kind::Folder(_) | Kind::Memory(_) => Ok(()),
            Kind::Bucket(bucket) => bucket.check(),
        }
    }

    /// Keeps bytes and gives their hash. When it returns they survive a loss of power; bytes that are
    /// there already are not written again.
    pub fn keep(&self, bytes: &[u8]) -> Result<[u8; 32], FileError> {
        self.keep_pieces(|take| take(bytes))
    }

    /// [`Files::keep`] for what comes in pieces and is never whole in memory.
    pub fn keep_pieces(&self, give: impl FnOnce(&mut dyn FnMut(&[u8]))) -> Result<[u8; 32], FileError> {
        let mut coming = self.coming()?;
        let mut taken = Ok(());
        give(&mut |piece| {
            if taken.is_ok() {
                taken = coming.take(piece);
            }
        });
        taken?;
        coming.seal().place()
    }

    /// A file that comes in pieces and gets its name before it is placed, so that something can name it first.
    pub fn coming(&self) -> Result<Coming, FileError> {
        let to = match &*self.0 {
            Kind::Memory(_) => To::Memory(Vec::new()),
            Kind::Folder(folder) => coming::begin(folder)?,
            Kind::Bucket(bucket) => coming::begin(bucket.folder())?,
        };
        Ok(Coming::new(self.clone(), to))
    }

    fn place(&self, name: &[u8; 32], to: To) -> Result<(), FileError> {
        match (&*self.0, to) {
            (Kind::Memory(files), To::Memory(bytes)) => {
                files.lock().unwrap_or_else(PoisonError::into_inner).insert(*name, bytes);
                Ok(())
            }
            (Kind::Folder(folder), To::Folder(file, unfinished)) => {
                Ok(folder::place(folder, file, &unfinished, name)?)
            }
            (Kind::Bucket(bucket), To::Folder(file, _unfinished)) => bucket.put(name, file),
            (Kind::Memory(_), To::Folder(..)) | (Kind::Folder(_) | Kind::Bucket(_), To::Memory(_)) => {
                Err(FileError::Store("a file came for another store".to_owned()))
            }
        }
    }

    /// All bytes of a file.
    pub fn read(&self, name: &[u8; 32]) -> Result<Vec<u8>, FileError> {
        let mut bytes = Vec::new();
        self.read_into(name, &mut bytes)?;
        Ok(bytes)
    }

    /// All bytes of a file, in memory that is there already.
    pub fn read_into(&self, name: &[u8; 32], bytes: &mut Vec<u8>) -> Result<(), FileError> {
        match &*self.0 {
            Kind::Memory(files) => {
                let whole = of_memory(files, name)?;
                make_room(bytes, whole.len() as u64);
                bytes.extend(whole);
            }
            Kind::Folder(folder) => {
                let mut file = folder::open(folder, name)?;
                make_room(bytes, file.metadata()?.len());
                file.read_to_end(bytes)?;
            }
            Kind::Bucket(bucket) => bucket.read_into(name, bytes)?,
        }
        Ok(())
    }

    /// The first bytes of a file, without reading the rest of a large one.
    pub fn start(&self, name: &[u8; 32], most: u64) -> Result<Vec<u8>, FileError> {
        match &*self.0 {
            Kind::Memory(files) => {
                let mut bytes = of_memory(files, name)?;
                bytes.truncate(usize::try_from(most).unwrap_or(usize::MAX));
                Ok(bytes)
            }
            Kind::Folder(folder) => {
                let mut bytes = Vec::new();
                folder::open(folder, name)?.take(most).read_to_end(&mut bytes)?;
                Ok(bytes)
            }
            Kind::Bucket(bucket) => bucket.start(name, most),
        }
    }

    /// A file to be sent on while it is read.
    pub fn open(&self, name: &[u8; 32]) -> Result<Opened, FileError> {
        match &*self.0 {
            Kind::Memory(files) => of_memory(files, name).map(Opened::Whole),
            Kind::Folder(folder) => folder::open(folder, name).map(Opened::Stored),
            Kind::Bucket(bucket) => bucket.pieces(name).map(Opened::Pieces),
        }
    }

    /// Whether a file is there for certain.
    #[must_use]
    pub fn has(&self, name: &[u8; 32]) -> bool {
        match &*self.0 {
            Kind::Memory(files) => files.lock().unwrap_or_else(PoisonError::into_inner).contains_key(name),
            Kind::Folder(folder) => folder::has(folder, name),
            Kind::Bucket(bucket) => bucket.has(name),
        }
    }

    /// Removes a file that nothing names any more.
    pub fn remove(&self, name: &[u8; 32]) -> Result<(), FileError> {
        match &*self.0 {
            Kind::Memory(files) => {
                files.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
                Ok(())
            }
            Kind::Folder(folder) => folder::remove(folder, name),
            Kind::Bucket(bucket) => bucket.remove(name),
        }
    }

    /// Removes what began to come before that time and never ended, as after a loss of power.
    pub fn clear_coming(&self, before: Timestamp) -> Result<usize, FileError> {
        match &*self.0 {
            Kind::Memory(_) => Ok(0),
            Kind::Folder(folder) => Ok(folder::clear_coming(folder, before.into())?),
            Kind::Bucket(bucket) => Ok(folder::clear_coming(bucket.folder(), before.into())?),
        }
    }
}

/// Empties what is there and makes it large enough, no larger: growing would take twice as much, beside what is
/// copied for nothing.
fn make_room(bytes: &mut Vec<u8>, size: u64) {
    bytes.clear();
    let size = usize::try_from(size).unwrap_or(0);
    if bytes.capacity() < size {
        *bytes = Vec::new();
        // What cannot be had in one piece is asked for as it comes.
        let _ = bytes.try_reserve_exact(size);
    }
}

fn of_memory(files: &Mutex<HashMap<[u8; 32], Vec<u8>>>, name: &[u8; 32]) -> Result<Vec<u8>, FileError> {
    let files = files.lock().unwrap_or_else(PoisonError::into_inner);
    files.get(name).cloned().ok_or_else(|| FileError::Missing(hex(name)))
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
