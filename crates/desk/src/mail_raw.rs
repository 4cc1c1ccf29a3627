//! The raw bytes of a kept mail, wherever they lie.

use std::io::Read;

use store::Tx;
use store::mail::Mail;

use crate::DeskError;
use crate::files::Files;

/// Every byte as it came. Bytes that are in the attachment store are not found from here yet.
pub(crate) fn bytes(tx: &mut Tx, _files: &Files, mail: &Mail) -> Result<Vec<u8>, DeskError> {
    let Some(packed) = store::mail::raw(tx, mail.id)? else {
        return Err(DeskError::Conflict(
            "The raw text of this mail does not lie in the database. What is known of it is shown."
                .to_owned(),
        ));
    };
    unpacked(&packed, mail.size).ok_or_else(|| {
        DeskError::Conflict(
            "The raw text of this mail cannot be unpacked: what is stored is damaged. Restore it from a backup."
                .to_owned(),
        )
    })
}

/// Exactly as many bytes as the mail had; never more, whatever the frame says.
pub(crate) fn unpacked(packed: &[u8], size: i64) -> Option<Vec<u8>> {
    let size = u64::try_from(size).ok()?;
    let mut bytes = Vec::new();
    zstd::stream::read::Decoder::new(packed).ok()?.take(size + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == size).then_some(bytes)
}
