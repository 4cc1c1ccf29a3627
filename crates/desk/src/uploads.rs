//! Files that people send: kept for whoever sent them, until they are said with something or a day is over.

mod kind;
mod sweep;
#[cfg(test)]
mod tests;

use domain::event::Actor;
use domain::id::{AttachmentId, MessageId, PersonId, TicketId, UploadId};
use store::attachment::On;
use store::upload::{Audience, Upload};

pub use sweep::sweep;

use crate::act::{Act, Desk};
use crate::files::Sealed;
use crate::words::Saying;
use crate::{DeskError, Problem, files, outbox};

/// Files on one message or note.
pub const MOST_FILES: usize = 10;
/// Bytes of one file.
pub const MOST_BYTES: u64 = 25_000_000;
/// Bytes of all files on one message or note.
pub const MOST_TOTAL: u64 = 50_000_000;

/// What somebody may have sent without using it.
const MOST_UNUSED: i64 = 100;
const MOST_UNUSED_BYTES: i64 = 500_000_000;

/// A file that was taken whole, with the name it came under.
pub struct Taken {
    pub name: String,
    pub sealed: Sealed,
}

/// Keeps files for their sender: they are named in the database before they are placed, so that none is
/// ever left behind without a name.
pub async fn keep(
    desk: &Desk,
    person: PersonId,
    audience: Audience,
    taken: Vec<Taken>,
) -> Result<Vec<Upload>, DeskError> {
    let described: Vec<Described> = taken.iter().map(Described::of).collect();
    let name = described.first().map(|file| file.name.clone()).unwrap_or_default();
    let uploads =
        desk.act(Actor::Person(person), move |act| described_rows(act, person, audience, described)).await?;
    let placed = tokio::task::spawn_blocking(move || {
        taken.into_iter().try_for_each(|file| file.sealed.place().map(|_| ()))
    });
    let cause = match placed.await {
        Ok(Ok(())) => return Ok(uploads),
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    };
    tracing::error!(%cause, "files that somebody sent could not be placed");
    desk.act(Actor::Person(person), move |act| uploads.iter().try_for_each(|upload| give_up(act, upload)))
        .await?;
    Err(DeskError::Conflict(Problem::FileNotKept { name }))
}

/// What is known of a file before it is placed.
struct Described {
    name: String,
    mime: &'static str,
    size: i64,
    content: [u8; 32],
}

impl Described {
    fn of(taken: &Taken) -> Self {
        let kind = kind::of(&taken.sealed.start, &taken.name);
        let name = mail::attachment::clean_name(&taken.name);
        Self {
            name: if name.is_empty() { format!("file.{}", kind.ending) } else { name },
            mime: kind.mime,
            size: i64::try_from(taken.sealed.size).unwrap_or(i64::MAX),
            content: taken.sealed.name,
        }
    }
}

fn described_rows(
    act: &mut Act,
    person: PersonId,
    audience: Audience,
    described: Vec<Described>,
) -> Result<Vec<Upload>, DeskError> {
    let (count, bytes) = store::upload::unused(act.tx, person)?;
    let more: i64 = described.iter().map(|file| file.size).sum();
    let files = i64::try_from(described.len()).unwrap_or(i64::MAX);
    if count + files > MOST_UNUSED || bytes + more > MOST_UNUSED_BYTES {
        return Err(DeskError::invalid("files", Problem::FilesUnused));
    }
    let mut uploads = Vec::with_capacity(described.len());
    for file in described {
        let upload = Upload {
            id: UploadId(act.new_id()),
            person,
            audience,
            name: file.name,
            mime: file.mime.to_owned(),
            size: file.size,
            content: file.content,
            content_id: format!("{}@files", files::hex(&outbox::random::<8>()?)),
            created_at: act.now,
        };
        store::upload::insert(act.tx, &upload)?;
        uploads.push(upload);
    }
    Ok(uploads)
}

/// Somebody takes a file off before it was used.
pub fn remove(act: &mut Act, person: PersonId, upload: UploadId) -> Result<(), DeskError> {
    let upload = store::upload::of_person(act.tx, upload, person)?.ok_or(DeskError::NotFound)?;
    give_up(act, &upload)
}

fn give_up(act: &mut Act, upload: &Upload) -> Result<(), DeskError> {
    store::upload::remove(act.tx, upload.id)?;
    store::upload::leaves(act.tx, &upload.content, act.now)?;
    Ok(())
}

/// Hangs what was sent with some words on what they became, in the transaction that writes them.
pub(crate) fn hang(act: &mut Act, ticket: TicketId, on: On, saying: &Saying) -> Result<(), DeskError> {
    let audience = match on {
        On::Message(_) => Audience::Message,
        On::Note(_) => Audience::Note,
        // What came by mail hangs where it came.
        On::Mail(_) => return Err(DeskError::NotAllowed),
    };
    if saying.files.len() > MOST_FILES {
        return Err(DeskError::invalid("files", Problem::FilesTooMany { most: MOST_FILES }));
    }
    let mut total = 0;
    for id in saying.files {
        let upload = chosen(act, *id, audience)?;
        total += u64::try_from(upload.size).unwrap_or(u64::MAX);
        if total > MOST_TOTAL {
            return Err(DeskError::invalid("files", Problem::FilesTooLarge { most: told(MOST_TOTAL) }));
        }
        let inline = saying.body.as_str().contains(&format!("(cid:{})", upload.content_id));
        let attachment = AttachmentId(act.new_id());
        store::upload::hang(act.tx, &upload, attachment, (ticket, on), inline, act.now)?;
    }
    Ok(())
}

/// The files of a message that was taken back are its author's again.
pub(crate) fn take_off(
    act: &mut Act,
    person: PersonId,
    message: MessageId,
) -> Result<Vec<UploadId>, DeskError> {
    let attached = store::attachment::of_message(act.tx, message)?;
    let uploads: Vec<Upload> = attached
        .into_iter()
        .map(|file| Upload {
            id: UploadId(act.new_id()),
            person,
            audience: Audience::Message,
            name: file.name,
            mime: file.mime,
            size: file.size,
            content: file.content,
            content_id: file.content_id.unwrap_or_default(),
            created_at: act.now,
        })
        .collect();
    store::upload::take_off(act.tx, message, &uploads)?;
    Ok(uploads.iter().map(|upload| upload.id).collect())
}

/// A file that its sender means for these readers; any other is as gone as one that was removed.
fn chosen(act: &mut Act, id: UploadId, audience: Audience) -> Result<Upload, DeskError> {
    let gone = || DeskError::invalid("files", Problem::FileGone);
    let person = act.person().ok_or_else(gone)?;
    store::upload::of_person(act.tx, id, person)?
        .filter(|upload| upload.audience == audience)
        .ok_or_else(gone)
}

/// A limit as people read it.
#[must_use]
pub fn told(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}
