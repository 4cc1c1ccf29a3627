//! What people are writing and have not sent yet; each of them reads their own alone.

use domain::draft::{New, Place, Text};
use domain::event::Side;
use domain::id::{DraftId, PersonId, TicketId, UploadId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::{DbError, Row, ToParam, Tx};
use crate::params;
use crate::upload::Audience;

/// The fields of a reply that name its recipients, as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressed {
    pub to: String,
    pub cc: String,
    pub bcc: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub id: DraftId,
    pub place: Place,
    /// Whose side writes it.
    pub side: Side,
    /// Markdown, as far as it was typed.
    pub body: String,
    /// What shall happen together with a reply, as its form says it.
    pub after: String,
    /// Of a reply, when its form names recipients.
    pub addressed: Option<Addressed>,
    /// What else its form asks for, by name, as it was typed.
    pub fields: Vec<(String, String)>,
    /// Files that were sent for it.
    pub files: Vec<UploadId>,
    /// One more with each saving; the first is 1.
    pub version: i64,
    pub saved_at: Timestamp,
}

impl Draft {
    /// What was typed into a field of its form.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whether it is that text of its ticket.
    #[must_use]
    pub fn is(&self, text: Text) -> bool {
        matches!(self.place, Place::Ticket(_, own) if own == text)
    }
}

/// For whom the files of a place are, for as long as they exist.
#[must_use]
pub const fn audience(place: Place) -> Audience {
    match place {
        Place::Ticket(_, Text::Note | Text::Forward(_) | Text::ForwardAgain(_)) => Audience::Note,
        Place::Ticket(_, Text::Reply | Text::Handoff | Text::Delivery | Text::Return)
        | Place::New(New::Outbound | New::OnBehalf(_) | New::Request(_)) => Audience::Message,
    }
}

/// Somebody else who is writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    pub name: String,
    pub text: Text,
}

/// What the viewer is writing on a ticket, in the order in which it was begun.
pub fn own<Act>(tx: &mut Tx, granted: &Granted<Act>) -> Result<Vec<Draft>, StoreError> {
    read(tx, "d.ticket_id = $1 and d.person_id = $2", params![granted.ticket, granted.viewer])
}

/// What somebody is writing that opens a ticket, in the order in which it was begun.
pub fn opening(tx: &mut Tx, person: PersonId) -> Result<Vec<Draft>, StoreError> {
    read(tx, "d.ticket_id is null and d.person_id = $1", params![person])
}

/// What somebody is writing in one place.
pub fn at(tx: &mut Tx, person: PersonId, place: Place) -> Result<Option<Draft>, StoreError> {
    let which = "d.person_id = $1 and d.place = $2 and d.about_id = $3 and coalesce(d.ticket_id, 0) = coalesce(cast($4 as bigint), 0)";
    Ok(read(tx, which, params![person, place.word(), place.about(), place.ticket()])?.pop())
}

/// Instead of what they wrote there before; it has the same id.
pub fn save(tx: &mut Tx, person: PersonId, draft: &Draft) -> Result<(), StoreError> {
    let addressed = draft.addressed.as_ref().map(serde_json::to_string).transpose();
    let addressed = addressed.map_err(StoreError::encoding)?.unwrap_or_default();
    let fields = serde_json::to_string(&draft.fields).map_err(StoreError::encoding)?;
    tx.execute(
        "insert into draft (id, person_id, ticket_id, place, about_id, side, body, after_word, addressed, fields, version, saved_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         on conflict (id) do update set side = excluded.side, body = excluded.body, after_word = excluded.after_word, \
         addressed = excluded.addressed, fields = excluded.fields, version = excluded.version, saved_at = excluded.saved_at",
        params![
            draft.id,
            person,
            draft.place.ticket(),
            draft.place.word(),
            draft.place.about(),
            draft.side,
            draft.body,
            draft.after,
            addressed,
            fields,
            draft.version,
            draft.saved_at
        ],
    )?;
    bind(tx, draft)
}

/// Its files and no others are bound to it. A file is one draft's at a time.
fn bind(tx: &mut Tx, draft: &Draft) -> Result<(), StoreError> {
    tx.execute("delete from draft_upload where draft_id = $1", params![draft.id])?;
    for file in &draft.files {
        tx.execute(
            "insert into draft_upload (upload_id, draft_id) values ($1, $2) \
             on conflict (upload_id) do update set draft_id = excluded.draft_id",
            params![file, draft.id],
        )?;
    }
    Ok(())
}

/// It was sent, or given up.
pub fn remove(tx: &mut Tx, person: PersonId, place: Place) -> Result<(), StoreError> {
    let Some(draft) = at(tx, person, place)? else { return Ok(()) };
    tx.execute("delete from draft_upload where draft_id = $1", params![draft.id])?;
    tx.execute("delete from draft where id = $1", params![draft.id])?;
    Ok(())
}

/// Who else of the serving side wrote to the other one or a note since then and has not sent it yet.
pub fn others(
    tx: &mut Tx,
    granted: &Granted<ReadInside>,
    since: Timestamp,
) -> Result<Vec<Writer>, StoreError> {
    let found = tx.query(
        "select p.name, d.place from draft d join person p on p.id = d.person_id \
         where d.ticket_id = $1 and d.person_id <> $2 and d.saved_at > $3 and d.side = 'serving' \
         and d.place in ('reply', 'note', 'delivery') order by p.name, d.id",
        params![granted.ticket, granted.viewer, since],
        |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
    )?;
    let writer = |(name, word): (String, String)| match Place::read(Some(granted.ticket), &word, 0) {
        Some(Place::Ticket(_, text)) => Some(Writer { name, text }),
        Some(Place::New(_)) | None => None,
    };
    Ok(found.into_iter().filter_map(writer).collect())
}

fn read(tx: &mut Tx, which: &str, params: &[&dyn ToParam]) -> Result<Vec<Draft>, StoreError> {
    let sql = format!(
        "select d.id, d.ticket_id, d.place, d.about_id, d.side, d.body, d.after_word, d.addressed, d.fields, d.version, \
         d.saved_at from draft d where {which} order by d.id"
    );
    // What an older or a newer desk keeps beside this is nobody's loss here.
    let mut drafts: Vec<Draft> = tx.query(&sql, params, draft)?.into_iter().flatten().collect();
    if drafts.is_empty() {
        return Ok(drafts);
    }
    let sql = format!(
        "select u.draft_id, u.upload_id from draft d join draft_upload u on u.draft_id = d.id where {which} order by u.upload_id"
    );
    let files: Vec<(DraftId, UploadId)> = tx.query(&sql, params, |row| Ok((row.get(0)?, row.get(1)?)))?;
    for draft in &mut drafts {
        draft.files = files.iter().filter(|(of, _)| *of == draft.id).map(|(_, file)| *file).collect();
    }
    Ok(drafts)
}

fn draft(row: &Row<'_>) -> Result<Option<Draft>, DbError> {
    let ticket: Option<TicketId> = row.get(1)?;
    let Some(place) = Place::read(ticket, row.get(2)?, row.get(3)?) else { return Ok(None) };
    let (addressed, fields): (&str, &str) = (row.get(7)?, row.get(8)?);
    Ok(Some(Draft {
        id: row.get(0)?,
        place,
        side: row.get(4)?,
        body: row.get(5)?,
        after: row.get(6)?,
        addressed: serde_json::from_str(addressed).ok(),
        fields: serde_json::from_str(fields).unwrap_or_default(),
        files: Vec::new(),
        version: row.get(9)?,
        saved_at: row.get(10)?,
    }))
}
