//! A file on its way into the attachment store: taken piece by piece, named after its content, then placed.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{FileError, Files, hex};

/// As many first bytes as tell what a file is.
const START: usize = 4096;

/// What was taken so far. Dropped, it leaves nothing behind.
pub struct Coming {
    files: Files,
    hash: Sha256,
    size: u64,
    start: Vec<u8>,
    to: To,
}

/// A whole file that has its name and lies in no store yet. Dropped, it leaves nothing behind.
pub struct Sealed {
    files: Files,
    pub name: [u8; 32],
    pub size: u64,
    pub start: Vec<u8>,
    to: To,
}

pub(super) enum To {
    Memory(Vec<u8>),
    Folder(File, Unfinished),
}

/// A file below `coming`, removed when it does not go further.
pub(super) struct Unfinished(pub PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

impl Coming {
    pub(super) fn new(files: Files, to: To) -> Self {
        Self { files, hash: Sha256::new(), size: 0, start: Vec::new(), to }
    }

    pub fn take(&mut self, piece: &[u8]) -> Result<(), FileError> {
        match &mut self.to {
            To::Memory(bytes) => bytes.extend_from_slice(piece),
            To::Folder(file, _) => file.write_all(piece)?,
        }
        self.hash.update(piece);
        self.size += piece.len() as u64;
        let room = START - self.start.len();
        self.start.extend(piece.iter().take(room));
        Ok(())
    }

    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    #[must_use]
    pub fn seal(self) -> Sealed {
        let Self { files, hash, size, start, to } = self;
        Sealed { files, name: hash.finalize().into(), size, start, to }
    }
}

impl Sealed {
    /// When it returns, the file survives a loss of power; one that is there already is not written again.
    pub fn place(self) -> Result<[u8; 32], FileError> {
        self.files.place(&self.name, self.to)?;
        Ok(self.name)
    }
}

/// A place for a file that comes, in a folder made for that.
pub(super) fn begin(folder: &Path) -> Result<To, FileError> {
    let coming = folder.join("coming");
    fs::create_dir_all(&coming)?;
    let mut name = [0_u8; 16];
    getrandom::fill(&mut name).map_err(|error| FileError::Store(error.to_string()))?;
    let path = coming.join(hex(&name));
    let file = File::options().read(true).write(true).create_new(true).open(&path)?;
    Ok(To::Folder(file, Unfinished(path)))
}
