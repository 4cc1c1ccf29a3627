//! The bytes of a mail, from wherever they lie.

use store::Tx;
use store::mail::Mail;

use crate::files::Files;
use crate::{DeskError, Problem};

/// The mail as it came, byte for byte.
pub fn bytes(tx: &mut Tx, files: &Files, mail: &Mail) -> Result<Vec<u8>, DeskError> {
    match store::mail::raw(tx, mail.id)? {
        Some(compressed) => {
            let size = usize::try_from(mail.size).unwrap_or_default();
            zstd::bulk::decompress(&compressed, size).map_err(|_| DeskError::Conflict(Problem::RawMissing))
        }
        None => files.read(&mail.content).map_err(|_| DeskError::Conflict(Problem::RawMissing)),
    }
}
