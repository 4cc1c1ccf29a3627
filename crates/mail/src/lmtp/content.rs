//! A message that was received: in memory while it is small, in a file of its own when it is not.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// So much of a message is in memory before it goes to a file.
pub(super) const IN_MEMORY: usize = 128 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Bytes(Vec<u8>),
    File(Arc<Spilled>),
}

impl Content {
    /// All of it, in memory.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.clone()),
            Self::File(spilled) => std::fs::read(&spilled.path),
        }
    }
}

/// A file that is gone when nobody holds it any more. What a killed process leaves is never read again.
#[derive(Debug, PartialEq, Eq)]
pub struct Spilled {
    path: PathBuf,
}

impl Spilled {
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Spilled {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Takes a message in pieces.
#[derive(Debug)]
pub(super) struct Spill {
    file: File,
    spilled: Spilled,
}

impl Spill {
    pub(super) fn begin(folder: &Path) -> io::Result<Self> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        std::fs::create_dir_all(folder)?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{}-{number}", std::process::id()));
        // A file of that name is of a process that was killed and had the same number.
        let file = File::create(&path)?;
        Ok(Self { file, spilled: Spilled { path } })
    }

    pub(super) fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.file.write_all(piece)
    }

    pub(super) fn end(self) -> Content {
        Content::File(Arc::new(self.spilled))
    }
}
