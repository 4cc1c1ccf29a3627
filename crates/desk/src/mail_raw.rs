//! The raw bytes of a kept mail, wherever they lie.

use std::io;
use std::sync::{Mutex, PoisonError};

use store::Tx;
use store::mail::Mail;
use zstd::bulk::{Compressor, Decompressor};

use crate::files::Files;
use crate::{DeskError, Problem};

/// Every byte as it came.
pub fn bytes(tx: &mut Tx, files: &Files, mail: &Mail) -> Result<Vec<u8>, DeskError> {
    let bytes = match store::mail::raw(tx, mail.id)? {
        Some(packed) => unpacked(&packed, mail.size),
        None => files.read(&mail.content).ok(),
    };
    bytes.ok_or(DeskError::Conflict(Problem::RawMissing))
}

/// How much of a mail is looked at for a list: its header and its first words.
const START: u64 = 512 * 1024;

/// Its first bytes, without reading the rest of a large one.
pub(crate) fn start(tx: &mut Tx, files: &Files, mail: &Mail) -> Result<Vec<u8>, DeskError> {
    let missing = || DeskError::Conflict(Problem::RawMissing);
    if store::mail::raw(tx, mail.id)?.is_some() {
        return bytes(tx, files, mail);
    }
    files.start(&mail.content, START).map_err(|_| missing())
}

/// zstd's fastest; mail is text and shrinks to a third even so.
const LEVEL: i32 = 1;

/// What packing and unpacking need is large and dear to make, so a few of each are kept for whoever is next.
static PACKERS: Mutex<Vec<Compressor<'static>>> = Mutex::new(Vec::new());
static UNPACKERS: Mutex<Vec<Decompressor<'static>>> = Mutex::new(Vec::new());
const MOST_RESTING: usize = 4;

pub(crate) fn packed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    lent(&PACKERS, || Compressor::new(LEVEL), |packer| packer.compress(bytes))
}

/// Exactly as many bytes as the mail had; never more, whatever the frame says.
pub(crate) fn unpacked(packed: &[u8], size: i64) -> Option<Vec<u8>> {
    let size = usize::try_from(size).ok()?;
    let bytes = lent(&UNPACKERS, Decompressor::new, |unpacker| unpacker.decompress(packed, size)).ok()?;
    (bytes.len() == size).then_some(bytes)
}

/// One that rests, or a new one, for as long as `work` takes.
fn lent<L, T>(
    resting: &Mutex<Vec<L>>,
    make: impl FnOnce() -> io::Result<L>,
    work: impl FnOnce(&mut L) -> io::Result<T>,
) -> io::Result<T> {
    let rests = || resting.lock().unwrap_or_else(PoisonError::into_inner);
    let found = rests().pop();
    let mut lent = found.map_or_else(make, Ok)?;
    let done = work(&mut lent);
    let mut resting = rests();
    if resting.len() < MOST_RESTING {
        resting.push(lent);
    }
    done
}
