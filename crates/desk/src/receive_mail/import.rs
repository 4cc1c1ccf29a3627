//! Mail out of files: read one after the other, kept in batches, placed, and counted.

use std::io;
use std::path::{Path, PathBuf};

use domain::event::Actor;
use domain::id::{InboxId, MailId};
use jiff::Timestamp;
use mail::{Limits, archive, parse};
use store::mail::{Source, State};

use super::{Prepared, Raw, inbox_for, keep, prepare, read};
use crate::act::Desk;
use crate::files::FileError;
use crate::{DeskError, Problem};

/// A batch ends after so many mails, or so many bytes.
const MAILS: usize = 256;
const BYTES: usize = 4 * 1024 * 1024;

/// What is to be imported, and how.
#[derive(Clone, Debug)]
pub struct Import {
    pub paths: Vec<PathBuf>,
    pub inbox: String,
    pub silent: bool,
    pub dry_run: bool,
}

/// What became of the mails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub read: u64,
    pub kept: u64,
    /// The inbox has the same bytes already, or they were given twice.
    pub known: u64,
    pub messages: u64,
    pub suspended: u64,
    /// They would be kept and cannot be taken apart; counted without writing only.
    pub unreadable: u64,
    pub rejects: Vec<Reject>,
    pub cancelled: bool,
}

/// A mail that became no message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The file, and which message in it.
    pub place: String,
    pub code: String,
    pub detail: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("no inbox has the address {0}. Nothing was imported; set the inbox up first")]
    UnknownInbox(String),
    #[error("{path} could not be read: {error}. What was imported before it stays")]
    Io { path: String, error: io::Error },
    #[error("{0}")]
    Files(#[from] FileError),
    #[error("{0}")]
    Desk(#[from] DeskError),
}

/// Imports everything below the paths. `at` hears of bytes read and bytes altogether.
pub fn run(
    desk: &Desk,
    import: &Import,
    at: &mut dyn FnMut(u64, u64),
    is_cancelled: &dyn Fn() -> bool,
) -> Result<Outcome, ImportError> {
    let address = import.inbox.clone();
    let inbox = desk.look_now(move |look| inbox_for(look.tx, &address))?;
    let inbox = inbox.ok_or_else(|| ImportError::UnknownInbox(import.inbox.clone()))?;
    let total = import.paths.iter().map(|path| size(path)).sum();
    let mut running = Running {
        desk,
        import,
        inbox,
        batch: Vec::new(),
        bytes: 0,
        ids: Vec::new(),
        outcome: Outcome::default(),
    };
    let mut done = 0;
    for path in &import.paths {
        let mut number = 0;
        let mut failed = None;
        let all = archive::each(path, &mut |raw| {
            number += 1;
            if failed.is_some() || running.outcome.cancelled {
                return;
            }
            failed = running.take(path, number, raw).err();
            done += raw.len() as u64;
            at(done, total);
            running.outcome.cancelled = is_cancelled();
        });
        if let Some(error) = failed {
            return Err(error);
        }
        all.map_err(|error| ImportError::Io { path: path.display().to_string(), error })?;
    }
    running.end()
}

struct Running<'a> {
    desk: &'a Desk,
    import: &'a Import,
    inbox: InboxId,
    batch: Vec<(String, Prepared)>,
    bytes: usize,
    /// The mails of this run and where they came from.
    ids: Vec<(MailId, String)>,
    outcome: Outcome,
}

impl Running<'_> {
    fn take(&mut self, path: &Path, number: u64, raw: &[u8]) -> Result<(), ImportError> {
        self.outcome.read += 1;
        let place = format!("{} message {number}", path.display());
        if self.import.dry_run {
            return Ok(self.would_keep(place, raw)?);
        }
        // History stands where it happened; what is to be answered came now.
        let arrived_at = if self.import.silent { sent_at(raw) } else { None };
        let raw = Raw {
            bytes: raw,
            source: Source::File,
            envelope_from: None,
            envelope_to: None,
            arrived_at,
            silent: self.import.silent,
        };
        self.bytes += raw.bytes.len();
        self.batch.push((place, prepare(&self.desk.files, &raw)?));
        if self.batch.len() >= MAILS || self.bytes >= BYTES {
            self.keep()?;
        }
        Ok(())
    }

    fn would_keep(&mut self, place: String, raw: &[u8]) -> Result<(), DeskError> {
        if let Some(trouble) = read::without_files(raw).trouble {
            self.outcome.unreadable += 1;
            let (code, detail) = (trouble.code().to_owned(), trouble.to_string());
            self.outcome.rejects.push(Reject { place, code, detail });
        }
        use sha2::{Digest, Sha256};
        let (inbox, content) = (self.inbox, Sha256::digest(raw).into());
        if self.desk.look_now(move |look| Ok(store::mail::is_known(look.tx, inbox, &content)?))? {
            self.outcome.known += 1;
        } else {
            self.outcome.kept += 1;
        }
        Ok(())
    }

    fn keep(&mut self) -> Result<(), ImportError> {
        let (inbox, batch) = (self.inbox, std::mem::take(&mut self.batch));
        self.bytes = 0;
        let kept = self.desk.act_now(Actor::Import, move |act| {
            batch
                .into_iter()
                .map(|(place, mail)| Ok(keep(act, inbox, &mail)?.map(|id| (id, place))))
                .collect::<Result<Vec<_>, DeskError>>()
        })?;
        let read = kept.len() as u64;
        let ids: Vec<(MailId, String)> = kept.into_iter().flatten().collect();
        self.outcome.kept += ids.len() as u64;
        self.outcome.known += read - ids.len() as u64;
        self.ids.extend(ids);
        self.place()
    }

    /// What was kept is placed at once, so that the import is done when it says so.
    fn place(&mut self) -> Result<(), ImportError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| FileError::Store(error.to_string()))?;
        runtime.block_on(super::work_off(self.desk))?;
        let ids = std::mem::take(&mut self.ids);
        let became = self.desk.look_now(move |look| {
            let mut became = Vec::with_capacity(ids.len());
            for (id, place) in ids {
                let mail = store::mail::by_id(look.tx, id)?;
                became.push((place, mail.ok_or(DeskError::Conflict(Problem::RawMissing))?));
            }
            Ok(became)
        })?;
        for (place, mail) in became {
            match mail.state {
                State::Done | State::Stranger => self.outcome.messages += 1,
                State::Suspended | State::Waiting | State::Deleted => {
                    self.outcome.suspended += 1;
                    let code = mail.code.unwrap_or_default();
                    self.outcome.rejects.push(Reject {
                        place,
                        code,
                        detail: mail.detail.unwrap_or_default(),
                    });
                }
            }
        }
        Ok(())
    }

    fn end(mut self) -> Result<Outcome, ImportError> {
        if !self.batch.is_empty() {
            self.keep()?;
        }
        Ok(self.outcome)
    }
}

/// The time in its header, as far as that can be one.
fn sent_at(raw: &[u8]) -> Option<Timestamp> {
    let head = parse::headers(raw, &Limits::default()).ok()?;
    Timestamp::from_second(head.date?).ok().filter(|at| at.as_second() > 0)
}

fn size(path: &Path) -> u64 {
    let Ok(kind) = path.symlink_metadata() else { return 0 };
    if !kind.is_dir() {
        return kind.len();
    }
    let inner = std::fs::read_dir(path).into_iter().flatten().flatten();
    inner.map(|entry| size(&entry.path())).sum()
}
