//! The raw bytes of a kept mail, wherever they lie.

use std::io::Read;

use store::Tx;
use store::mail::Mail;

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
    let Some(file) = files.open(&mail.content).map_err(|_| missing())? else {
        return bytes(tx, files, mail);
    };
    let mut start = Vec::new();
    file.take(START).read_to_end(&mut start).map_err(|_| missing())?;
    Ok(start)
}

/// Exactly as many bytes as the mail had; never more, whatever the frame says.
pub(crate) fn unpacked(packed: &[u8], size: i64) -> Option<Vec<u8>> {
    let size = u64::try_from(size).ok()?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).ok()?.min(1 << 20));
    zstd::stream::read::Decoder::new(packed).ok()?.take(size + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == size).then_some(bytes)
}
