//! One batch: fetched within the room there is, made ready off the runtime, and kept with its cursor.

use domain::event::Actor;
use mail::imap::{self, Batch, Content, Cursor, Fetched, Trouble};
use store::mail::Source;

use super::{Stop, Visit};
use crate::DeskError;
use crate::files::{FileError, Files};
use crate::receive_mail::{Prepared, Raw, Suspended, keep, prepare, prepare_held};

/// Ordinary mails, many at once.
const ORDINARY: imap::Limits = imap::Limits { mails: 100, bytes: 4 * 1024 * 1024, mail: 4 * 1024 * 1024 };
/// A large one, alone. What is larger still is kept by its header.
const LARGE: imap::Limits = imap::Limits { mails: 1, bytes: 35 * 1024 * 1024, mail: 35 * 1024 * 1024 };

/// What one batch brought.
pub(super) struct Kept {
    pub(super) mails: usize,
    /// There is more at once.
    pub(super) more: bool,
}

impl Visit<'_> {
    /// Fetches and keeps the next batch.
    pub(super) async fn next_batch(&mut self) -> Result<Kept, Stop> {
        let mut room = self.room.take(ORDINARY.bytes).await;
        self.source.limit(ORDINARY);
        let mut batch = self.source.next_batch(self.cursor).await?;
        if let Some(size) = batch.mails.first().and_then(large) {
            drop(room);
            room = self.room.take(size).await;
            self.source.limit(LARGE);
            batch = self.source.next_batch(self.cursor).await?;
        } else {
            cut(&mut batch, self.cursor);
        }
        self.keep(batch, room).await
    }

    async fn keep(&mut self, batch: Batch, room: impl Send) -> Result<Kept, Stop> {
        if batch.started_over {
            tracing::warn!(inbox = %self.inbox, "the server numbers its mails anew; those that are known stay as they are");
        }
        let (cursor, more) = (batch.cursor, batch.more);
        let behind = i64::try_from(batch.behind).unwrap_or(i64::MAX);
        let uids: Vec<u32> = batch.mails.iter().map(|mail| mail.uid).collect();
        let (files, since) = (self.desk.files.clone(), self.since.as_second());
        let ready = tokio::task::spawn_blocking(move || -> Result<Vec<Prepared>, FileError> {
            batch.mails.into_iter().map(|mail| ready(&files, mail, since)).collect()
        });
        let ready = ready.await.map_err(|error| FileError::Store(error.to_string()))??;
        drop(room);
        let (inbox, since) = (self.inbox, self.since);
        let at = (i64::from(cursor.uidvalidity), i64::from(cursor.last_uid));
        let kept = self.desk.act(Actor::Desk, move |act| {
            let mut kept = 0;
            for mail in &ready {
                kept += usize::from(keep(act, inbox, mail)?.is_some());
            }
            // Of a folder that is not read any more, neither mails nor cursor are wanted.
            if !store::inbox_fetch::fetched(act.tx, inbox, since, at, behind, act.now)? {
                return Err(DeskError::NotFound);
            }
            Ok(kept)
        });
        if kept.await? > 0 {
            self.desk.mail_came.notify_one();
        }
        self.cursor = cursor;
        self.put_away(cursor, &uids).await?;
        Ok(Kept { mails: uids.len(), more })
    }

    /// Mails that stay where they are, are kept all the same; only their folder is not tidy.
    async fn put_away(&mut self, cursor: Cursor, uids: &[u32]) -> Result<(), Stop> {
        match self.source.put_away(cursor.uidvalidity, uids).await {
            Err(Trouble::Said(words)) => {
                tracing::warn!(inbox = %self.inbox, words, "mails were kept and could not be moved");
                Ok(())
            }
            done => Ok(done?),
        }
    }
}

/// The size of a mail that does not fit an ordinary batch, and fits one of its own.
fn large(mail: &Fetched) -> Option<u64> {
    let fits = matches!(mail.content, Content::TooLarge { .. }) && mail.size <= LARGE.mail;
    fits.then_some(mail.size)
}

/// Ends the batch before the first mail that needs one of its own.
fn cut(batch: &mut Batch, before: Cursor) {
    let Some(at) = batch.mails.iter().position(|mail| large(mail).is_some()) else { return };
    batch.behind += batch.mails.len() - at;
    batch.mails.truncate(at);
    let last_uid = batch.mails.last().map_or(before.last_uid, |mail| mail.uid);
    batch.cursor = Cursor { last_uid, ..batch.cursor };
    batch.more = true;
}

fn ready(files: &Files, mail: Fetched, since: i64) -> Result<Prepared, FileError> {
    let raw = |bytes| Raw {
        bytes,
        source: Source::Imap,
        envelope_from: None,
        envelope_to: None,
        arrived_at: mail.internal_date,
        silent: mail.internal_date.is_some_and(|at| at.as_second() < since),
    };
    match mail.content {
        Content::Whole(bytes) => prepare(files, &raw(&bytes)),
        Content::TooLarge { header } => {
            let detail = format!("{} bytes; only its header was fetched.", mail.size);
            prepare_held(files, &raw(&header), Suspended::TooLarge, detail)
        }
        Content::Withheld { words } => {
            // There are no bytes, so its place on the server stands for it.
            let place = format!("X-Withheld: {} {}\r\n\r\n{words}\r\n", mail.uidvalidity, mail.uid);
            prepare_held(files, &raw(place.as_bytes()), Suspended::Malformed, words)
        }
    }
}
