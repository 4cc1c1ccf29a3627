//! What hangs on a message: named harmlessly, measured and hashed without being held in memory.

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::address::DisplayName;
use crate::mime::{Disposition, Part};
use crate::transfer::Transfer;

/// A file inside the raw message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Cleaned for showing; empty when it came without a name. Never a place on a disk.
    pub filename: String,
    /// What the sender says that it is.
    pub mime: String,
    /// Decoded bytes.
    pub size: u64,
    pub sha256: [u8; 32],
    /// Without angle brackets.
    pub content_id: Option<String>,
    /// Shown inside the text by its content id.
    pub inline: bool,
    /// It came with a name or was marked as attached; everything else belongs to the text or to a program.
    pub is_attached: bool,
    range: Range<usize>,
    transfer: Transfer,
}

impl Attachment {
    /// Reads the part once, in pieces.
    pub(crate) fn of(raw: &[u8], part: &Part, content_id: Option<String>) -> Self {
        let mut size = 0;
        let mut hash = Sha256::new();
        part.transfer.decode(&raw[part.body.clone()], &mut |piece| {
            size += piece.len() as u64;
            hash.update(piece);
            true
        });
        let is_attached = part.filename.is_some() || part.disposition == Disposition::Attachment;
        Self {
            filename: part.filename.as_deref().map(clean_name).unwrap_or_default(),
            mime: part.mime.clone(),
            size,
            sha256: hash.finalize().into(),
            inline: content_id.is_some() && part.disposition != Disposition::Attachment,
            is_attached,
            content_id,
            range: part.body.clone(),
            transfer: part.transfer,
        }
    }

    /// Gives the decoded bytes to `take` in pieces, out of the message that it was parsed from.
    pub fn stream(&self, raw: &[u8], take: &mut dyn FnMut(&[u8])) {
        let Some(body) = raw.get(self.range.clone()) else { return };
        self.transfer.decode(body, &mut |piece| {
            take(piece);
            true
        });
    }

    /// All decoded bytes at once.
    pub fn bytes(&self, raw: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.size).unwrap_or_default());
        self.stream(raw, &mut |piece| bytes.extend_from_slice(piece));
        bytes
    }

    pub fn sha256_hex(&self) -> String {
        use std::fmt::Write;
        self.sha256.iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

const LONGEST: usize = 200;

/// The last piece of a path, without invisible signs, at most 200 characters, its ending kept.
pub fn clean_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let visible: String = name.chars().filter(|c| !crate::address::is_hidden(*c)).collect();
    let visible = visible.trim().trim_start_matches('.');
    if visible.chars().count() <= LONGEST {
        return visible.to_owned();
    }
    let ending: String =
        visible.rsplit_once('.').map(|(_, ending)| ending.chars().take(10).collect()).unwrap_or_default();
    let start: String = visible.chars().take(LONGEST - ending.chars().count() - 1).collect();
    format!("{start}.{ending}")
}

/// A name for an attachment that came without one, from its subject or its kind.
pub(crate) fn named_after(subject: Option<&str>, ending: &str) -> String {
    let stem = subject
        .and_then(DisplayName::cleaned)
        .map_or_else(|| "message".to_owned(), |name| clean_name(name.as_str()));
    format!("{stem}.{ending}")
}

#[cfg(test)]
mod tests;
