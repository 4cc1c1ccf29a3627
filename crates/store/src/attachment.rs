//! Files that hang on messages, notes and mails; their bytes lie in the attachment store under their hash.

use domain::id::{AttachmentId, MailId, MessageId, NoteId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::access::{Granted, ReadInside, Seen};
use crate::db::{DbError, Row, Tx};
use crate::message;
use crate::params;

/// What a file hangs on: it is seen by whoever sees that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Message(MessageId),
    Note(NoteId),
    /// A stranger's mail that no agent has confirmed.
    Mail(MailId),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub ticket: TicketId,
    pub on: On,
    pub name: String,
    pub mime: String,
    pub size: i64,
    /// sha256
    pub content: [u8; 32],
    pub content_id: Option<String>,
    /// Shown inside the text.
    pub inline: bool,
    pub created_at: Timestamp,
}

const COLUMNS: &str = "a.id, a.ticket_id, a.message_id, a.note_id, a.mail_id, a.name, a.mime, a.size, a.content, a.content_id, a.inline, a.created_at";

pub fn insert(tx: &mut Tx, attachment: &Attachment) -> Result<(), StoreError> {
    let (message, note, mail) = match attachment.on {
        On::Message(message) => (Some(message), None, None),
        On::Note(note) => (None, Some(note), None),
        On::Mail(mail) => (None, None, Some(mail)),
    };
    tx.execute(
        "insert into attachment (id, ticket_id, message_id, note_id, mail_id, name, mime, size, content, content_id, inline, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            attachment.id,
            attachment.ticket,
            message,
            note,
            mail,
            attachment.name,
            attachment.mime,
            attachment.size,
            attachment.content,
            attachment.content_id,
            i64::from(attachment.inline),
            attachment.created_at
        ],
    )?;
    Ok(())
}

/// The files of a ticket's messages, for anybody who may read those.
pub fn of_messages<Act>(tx: &mut Tx, granted: &Granted<Act>) -> Result<Vec<Attachment>, StoreError> {
    let sql = format!(
        "select {COLUMNS} from attachment a where a.ticket_id = $1 and a.message_id is not null order by a.id"
    );
    Ok(tx.query(&sql, params![granted.ticket], read)?)
}

/// The files of notes and of strangers' mails: only with the right to read inside.
pub fn of_inside(tx: &mut Tx, granted: &Granted<ReadInside>) -> Result<Vec<Attachment>, StoreError> {
    let sql = format!(
        "select {COLUMNS} from attachment a where a.ticket_id = $1 and a.message_id is null order by a.id"
    );
    Ok(tx.query(&sql, params![granted.ticket], read)?)
}

/// One file of a ticket, as far as the viewer sees what it hangs on.
pub fn by_id(
    tx: &mut Tx,
    seen: Seen,
    attachment: AttachmentId,
    now: Timestamp,
) -> Result<Option<Attachment>, StoreError> {
    let sql = format!("select {COLUMNS} from attachment a where a.id = $1 and a.ticket_id = $2");
    let Some(found) = tx.query_opt(&sql, params![attachment, seen.ticket], read)? else { return Ok(None) };
    let inside = seen.read_inside().is_some();
    let is_seen = match found.on {
        On::Message(message) => inside || !message::is_held(tx, message, now)?,
        On::Note(_) | On::Mail(_) => inside,
    };
    Ok(is_seen.then_some(found))
}

/// The files of a mail that was set aside are not the ticket's any more; they stay in its raw bytes.
pub fn take_down(tx: &mut Tx, mail: MailId) -> Result<(), StoreError> {
    tx.execute("delete from attachment where mail_id = $1", params![mail])?;
    Ok(())
}

/// The files that came with a mail, whatever they hang on now.
pub fn of_mail(tx: &mut Tx, mail: MailId) -> Result<Vec<Attachment>, StoreError> {
    let sql = format!("select {COLUMNS} from attachment a where a.mail_id = $1 order by a.id");
    Ok(tx.query(&sql, params![mail], read)?)
}

/// A confirmed mail's files hang on its message from here on.
pub fn hang_on(
    tx: &mut Tx,
    mail: MailId,
    (ticket, message): (TicketId, MessageId),
) -> Result<(), StoreError> {
    tx.execute(
        "update attachment set message_id = $2, ticket_id = $3, mail_id = null where mail_id = $1",
        params![mail, message, ticket],
    )?;
    Ok(())
}

/// The files of one message, in the order in which they were attached.
pub fn of_message(tx: &mut Tx, message: MessageId) -> Result<Vec<Attachment>, StoreError> {
    let sql = format!("select {COLUMNS} from attachment a where a.message_id = $1 order by a.id");
    Ok(tx.query(&sql, params![message], read)?)
}

/// The files of one note, in the order in which they were attached.
pub fn of_note(tx: &mut Tx, note: NoteId) -> Result<Vec<Attachment>, StoreError> {
    let sql = format!("select {COLUMNS} from attachment a where a.note_id = $1 order by a.id");
    Ok(tx.query(&sql, params![note], read)?)
}

/// Whether any attachment, or a file that may still become one, has these bytes.
pub fn names_file(tx: &mut Tx, content: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(tx.exists("select 1 from attachment where content = $1 limit 1", params![*content])?
        || tx.exists("select 1 from upload where content = $1 limit 1", params![*content])?)
}

fn read(row: &Row) -> Result<Attachment, DbError> {
    let message: Option<MessageId> = row.get(2)?;
    let note: Option<NoteId> = row.get(3)?;
    let mail: Option<MailId> = row.get(4)?;
    let on = match (message, note, mail) {
        (Some(message), _, _) => On::Message(message),
        (None, Some(note), _) => On::Note(note),
        (None, None, mail) => On::Mail(mail.unwrap_or(MailId(0))),
    };
    let content: Vec<u8> = row.get(8)?;
    Ok(Attachment {
        id: row.get(0)?,
        ticket: row.get(1)?,
        on,
        name: row.get(5)?,
        mime: row.get(6)?,
        size: row.get(7)?,
        content: content.try_into().unwrap_or_default(),
        content_id: row.get(9)?,
        inline: row.get::<i64>(10)? == 1,
        created_at: row.get(11)?,
    })
}
