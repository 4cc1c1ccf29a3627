//! Raw first: bytes are kept before anybody looks into them, once for each inbox.

use std::io::{self, Read};
use std::sync::Arc;

use domain::id::{InboxId, MailId};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use store::mail::{Kept, Peer, Source};

use super::read::{self, Understood};
use super::{Outcome, Suspended};
use crate::act::Act;
use crate::files::{FileError, Files};
use crate::{DeskError, Problem, mail_raw};

/// Larger ones lie in the attachment store instead of the database.
pub(super) const MOST_IN_THE_DATABASE: usize = 256 * 1024;

/// Read at once of a mail that lies in a file.
const PIECE: usize = 64 * 1024;

/// A mail as somebody handed it to us.
#[derive(Clone, Copy, Debug)]
pub struct Raw<'a> {
    pub bytes: &'a [u8],
    pub source: Source,
    pub envelope_from: Option<&'a str>,
    pub envelope_to: Option<&'a str>,
    /// When a server of ours took it; now when it does not say.
    pub arrived_at: Option<Timestamp>,
    /// History: nothing is answered and no clock runs for it.
    pub silent: bool,
}

/// Bytes made ready outside of a transaction.
#[derive(Clone, Debug)]
pub struct Prepared {
    content: [u8; 32],
    size: i64,
    raw: Option<Vec<u8>>,
    source: Source,
    envelope_from: Option<String>,
    envelope_to: Option<String>,
    arrived_at: Option<Timestamp>,
    silent: bool,
    held: Option<Held>,
    peer: Option<Peer>,
}

/// Why a mail waits for a decision from its first moment on, and what can be read of it.
#[derive(Clone, Debug)]
struct Held {
    code: Suspended,
    detail: String,
    understood: Arc<Understood>,
}

impl Prepared {
    /// The same mail for another recipient.
    #[must_use]
    pub fn to(&self, recipient: &str) -> Self {
        Self { envelope_to: Some(recipient.to_owned()), ..self.clone() }
    }

    /// The same mail, brought by a server of which somebody whom we believe told us.
    #[must_use]
    pub fn brought_by(self, peer: Option<Peer>) -> Self {
        Self { peer, ..self }
    }
}

/// Compresses and hashes; what is large goes to the attachment store, which makes it durable first.
pub fn prepare(files: &Files, raw: &Raw) -> Result<Prepared, FileError> {
    let size = raw.bytes.len() as u64;
    if raw.bytes.len() > MOST_IN_THE_DATABASE {
        return Ok(prepared(raw, files.keep(raw.bytes)?, size, None));
    }
    let packed = mail_raw::packed(raw.bytes).map_err(|error| FileError::Store(error.to_string()))?;
    Ok(prepared(raw, Sha256::digest(raw.bytes).into(), size, Some(packed)))
}

/// [`prepare`] for a mail that lies in a file and is never whole in memory; the bytes of `about` are none.
pub(super) fn prepare_file(files: &Files, mail: &mut impl Read, about: &Raw) -> Result<Prepared, FileError> {
    // Dropped before its end, it leaves nothing behind.
    let mut coming = files.coming()?;
    let mut piece = vec![0; PIECE];
    loop {
        match mail.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => coming.take(&piece[..read])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    let size = coming.size();
    Ok(prepared(about, coming.seal().place()?, size, None))
}

fn prepared(raw: &Raw, content: [u8; 32], size: u64, packed: Option<Vec<u8>>) -> Prepared {
    Prepared {
        content,
        size: i64::try_from(size).unwrap_or(i64::MAX),
        raw: packed,
        source: raw.source,
        envelope_from: raw.envelope_from.map(str::to_owned),
        envelope_to: raw.envelope_to.map(str::to_owned),
        arrived_at: raw.arrived_at,
        silent: raw.silent,
        held: None,
        peer: None,
    }
}

/// [`prepare`] for what is there of a mail that cannot be read whole: it waits for somebody's decision.
pub fn prepare_held(
    files: &Files,
    raw: &Raw,
    code: Suspended,
    detail: String,
) -> Result<Prepared, FileError> {
    let understood = Arc::new(read::without_files(raw.bytes));
    Ok(Prepared { held: Some(Held { code, detail, understood }), ..prepare(files, raw)? })
}

/// Keeps a mail in an inbox; `None` when it has the same bytes already.
pub fn keep(act: &mut Act, inbox: InboxId, prepared: &Prepared) -> Result<Option<MailId>, DeskError> {
    // Between the preparing and now a sweep may have taken it for a file that nothing names.
    if prepared.raw.is_none() && !act.files.has(&prepared.content) {
        return Err(DeskError::Conflict(Problem::RawMissing));
    }
    let id = MailId(act.new_id());
    let added = store::mail::keep(
        act.tx,
        &Kept {
            id,
            inbox,
            content: prepared.content,
            arrived_at: prepared.arrived_at.map_or(act.now, |at| at.min(act.now)),
            source: prepared.source,
            silent: prepared.silent,
            envelope_from: prepared.envelope_from.as_deref(),
            envelope_to: prepared.envelope_to.as_deref(),
            size: prepared.size,
            raw: prepared.raw.as_deref(),
            until_at: None,
        },
    )?;
    if !added {
        return Ok(None);
    }
    if let Some(peer) = &prepared.peer {
        store::mail::brought_by(act.tx, id, peer)?;
    }
    if let Some(held) = &prepared.held {
        let (code, detail) = (held.code, Some(held.detail.clone()));
        super::write(act, id, &held.understood, &Outcome::Suspended { code, detail, ticket: None })?;
    }
    Ok(Some(id))
}
