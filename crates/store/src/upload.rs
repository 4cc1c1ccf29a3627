//! Files that somebody sent and that hang on nothing yet, and files that nothing may name any more.

use domain::id::{AttachmentId, MessageId, PersonId, TicketId, UploadId};
use jiff::Timestamp;

use crate::StoreError;
use crate::attachment::{Attachment, On};
use crate::db::{DbError, Row, Tx};
use crate::params;

/// Whom a file is meant for, for as long as it exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Both sides.
    Message,
    /// The serving side alone.
    Note,
}

impl Audience {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Note => "note",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Message, Self::Note].into_iter().find(|audience| audience.as_str() == word)
    }
}

crate::db::text_columns!(Audience);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub id: UploadId,
    pub person: PersonId,
    pub audience: Audience,
    pub name: String,
    pub mime: String,
    pub size: i64,
    /// sha256
    pub content: [u8; 32],
    /// By which the text can name it.
    pub content_id: String,
    pub created_at: Timestamp,
}

const COLUMNS: &str = "id, person_id, audience, name, mime, size, content, content_id, created_at";

pub fn insert(tx: &mut Tx, upload: &Upload) -> Result<(), StoreError> {
    tx.execute(
        "insert into upload (id, person_id, audience, name, mime, size, content, content_id, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            upload.id,
            upload.person,
            upload.audience,
            upload.name,
            upload.mime,
            upload.size,
            upload.content,
            upload.content_id,
            upload.created_at
        ],
    )?;
    Ok(())
}

/// One that this person sent; those of others do not exist for them.
pub fn of_person(tx: &mut Tx, upload: UploadId, person: PersonId) -> Result<Option<Upload>, StoreError> {
    let sql = format!("select {COLUMNS} from upload where id = $1 and person_id = $2");
    Ok(tx.query_opt(&sql, params![upload, person], read)?)
}

/// Those of these that this person sent, in their order.
pub fn all_of_person(tx: &mut Tx, uploads: &[UploadId], person: PersonId) -> Result<Vec<Upload>, StoreError> {
    let mut found = Vec::new();
    for upload in uploads.iter().take(MOST_SHOWN) {
        found.extend(of_person(tx, *upload, person)?);
    }
    Ok(found)
}

/// More than hang on anything.
const MOST_SHOWN: usize = 50;

/// How many files somebody has sent and not used, and their bytes.
pub fn unused(tx: &mut Tx, person: PersonId) -> Result<(i64, i64), StoreError> {
    Ok(tx.query_one(
        "select count(*), coalesce(cast(sum(size) as bigint), 0) from upload where person_id = $1",
        params![person],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

/// Those that nobody used since, but for the files of drafts.
pub fn abandoned(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<Vec<Upload>, StoreError> {
    let sql = format!(
        "select {COLUMNS} from upload u where created_at < $1 \
         and not exists (select 1 from draft_upload d where d.upload_id = u.id) order by created_at limit $2"
    );
    Ok(tx.query(&sql, params![before, limit], read)?)
}

pub fn remove(tx: &mut Tx, upload: UploadId) -> Result<(), StoreError> {
    tx.execute("delete from upload where id = $1", params![upload])?;
    Ok(())
}

/// Hangs a file on what was said with it.
pub fn hang(
    tx: &mut Tx,
    upload: &Upload,
    attachment: AttachmentId,
    (ticket, on): (TicketId, On),
    inline: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    remove(tx, upload.id)?;
    crate::attachment::insert(
        tx,
        &Attachment {
            id: attachment,
            ticket,
            on,
            name: upload.name.clone(),
            mime: upload.mime.clone(),
            size: upload.size,
            content: upload.content,
            content_id: Some(upload.content_id.clone()),
            inline,
            created_at: now,
        },
    )
}

/// The files of a message that was taken back are its author's again, to be sent with other words.
pub fn take_off(tx: &mut Tx, message: MessageId, uploads: &[Upload]) -> Result<(), StoreError> {
    tx.execute("delete from attachment where message_id = $1", params![message])?;
    uploads.iter().try_for_each(|upload| insert(tx, upload))
}

/// A file that may be named by nothing any more.
pub fn leaves(tx: &mut Tx, content: &[u8; 32], now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "insert into file_left (content, since_at) values ($1, $2) on conflict (content) do nothing",
        params![*content, now],
    )?;
    Ok(())
}

/// Files that may be named by nothing any more, oldest first.
pub fn left(tx: &mut Tx, limit: i64) -> Result<Vec<[u8; 32]>, StoreError> {
    Ok(tx.query("select content from file_left order by since_at limit $1", params![limit], |row| {
        Ok(row.get::<Vec<u8>>(0)?.try_into().unwrap_or_default())
    })?)
}

/// It was removed, or something names it after all.
pub fn settled(tx: &mut Tx, content: &[u8; 32]) -> Result<(), StoreError> {
    tx.execute("delete from file_left where content = $1", params![*content])?;
    Ok(())
}

fn read(row: &Row) -> Result<Upload, DbError> {
    let content: Vec<u8> = row.get(6)?;
    Ok(Upload {
        id: row.get(0)?,
        person: row.get(1)?,
        audience: row.get(2)?,
        name: row.get(3)?,
        mime: row.get(4)?,
        size: row.get(5)?,
        content: content.try_into().unwrap_or_default(),
        content_id: row.get(7)?,
        created_at: row.get(8)?,
    })
}
