//! What people are writing on tickets and have not said yet; each of them reads their own alone.

use domain::id::{PersonId, TicketId, UploadId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::{DbError, Row, Tx};
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
    pub audience: Audience,
    /// Markdown, as far as it was typed.
    pub body: String,
    /// What shall happen together with a reply, as its form says it.
    pub after: String,
    /// Of a reply, when its form names recipients.
    pub addressed: Option<Addressed>,
    /// One more with each saving; the first is 1.
    pub version: i64,
    pub saved_at: Timestamp,
}

/// Somebody else who is writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    pub name: String,
    pub audience: Audience,
}

/// What the viewer is writing on a ticket.
pub fn own<Act>(tx: &mut Tx, granted: &Granted<Act>) -> Result<Vec<Draft>, StoreError> {
    Ok(tx.query(
        "select audience, body, after_word, version, saved_at, addressed from draft \
         where ticket_id = $1 and person_id = $2 order by audience",
        params![granted.ticket, granted.viewer],
        read,
    )?)
}

/// Instead of what the viewer wrote before for the same audience.
pub fn save<Act>(tx: &mut Tx, granted: &Granted<Act>, draft: &Draft) -> Result<(), StoreError> {
    let addressed = draft.addressed.as_ref().map(serde_json::to_string).transpose();
    let addressed = addressed.map_err(StoreError::encoding)?.unwrap_or_default();
    tx.execute(
        "insert into draft (ticket_id, person_id, audience, body, after_word, version, saved_at, addressed) \
         values ($1, $2, $3, $4, $5, $6, $7, $8) \
         on conflict (ticket_id, person_id, audience) do update set \
         body = excluded.body, after_word = excluded.after_word, version = excluded.version, \
         saved_at = excluded.saved_at, addressed = excluded.addressed",
        params![
            granted.ticket,
            granted.viewer,
            draft.audience,
            draft.body,
            draft.after,
            draft.version,
            draft.saved_at,
            addressed
        ],
    )?;
    Ok(())
}

/// The files of what the viewer is writing on a ticket, for both audiences.
pub fn files<Act>(tx: &mut Tx, granted: &Granted<Act>) -> Result<Vec<UploadId>, StoreError> {
    Ok(tx.query(
        "select upload_id from draft_upload where ticket_id = $1 and person_id = $2 order by upload_id",
        params![granted.ticket, granted.viewer],
        |row| row.get(0),
    )?)
}

/// These and no others are the files of a draft. A file is one draft's at a time.
pub fn bind<Act>(
    tx: &mut Tx,
    granted: &Granted<Act>,
    audience: Audience,
    files: &[UploadId],
) -> Result<(), StoreError> {
    unbind(tx, granted.ticket, granted.viewer, audience)?;
    for file in files {
        tx.execute(
            "insert into draft_upload (upload_id, ticket_id, person_id, audience) values ($1, $2, $3, $4) \
             on conflict (upload_id) do update set ticket_id = excluded.ticket_id, person_id = excluded.person_id, \
             audience = excluded.audience",
            params![file, granted.ticket, granted.viewer, audience],
        )?;
    }
    Ok(())
}

fn unbind(tx: &mut Tx, ticket: TicketId, person: PersonId, audience: Audience) -> Result<(), StoreError> {
    tx.execute(
        "delete from draft_upload where ticket_id = $1 and person_id = $2 and audience = $3",
        params![ticket, person, audience],
    )?;
    Ok(())
}

/// It was said, or given up.
pub fn remove(
    tx: &mut Tx,
    ticket: TicketId,
    person: PersonId,
    audience: Audience,
) -> Result<bool, StoreError> {
    unbind(tx, ticket, person, audience)?;
    let removed = tx.execute(
        "delete from draft where ticket_id = $1 and person_id = $2 and audience = $3",
        params![ticket, person, audience],
    )?;
    Ok(removed == 1)
}

/// Who else of the serving side wrote on the ticket since then and has not said it yet.
pub fn others(
    tx: &mut Tx,
    granted: &Granted<ReadInside>,
    since: Timestamp,
) -> Result<Vec<Writer>, StoreError> {
    Ok(tx.query(
        "select p.name, d.audience from draft d join person p on p.id = d.person_id \
         where d.ticket_id = $1 and d.person_id <> $2 and d.saved_at > $3 order by p.name, d.audience",
        params![granted.ticket, granted.viewer, since],
        |row| Ok(Writer { name: row.get(0)?, audience: row.get(1)? }),
    )?)
}

fn read(row: &Row<'_>) -> Result<Draft, DbError> {
    let addressed: &str = row.get(5)?;
    Ok(Draft {
        audience: row.get(0)?,
        body: row.get(1)?,
        after: row.get(2)?,
        version: row.get(3)?,
        saved_at: row.get(4)?,
        addressed: serde_json::from_str(addressed).ok(),
    })
}
