//! What people are writing on tickets and have not said yet; each of them reads their own alone.

use domain::id::{PersonId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::{DbError, Row, Tx};
use crate::params;
use crate::upload::Audience;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub audience: Audience,
    /// Markdown, as far as it was typed.
    pub body: String,
    /// What shall happen together with a reply, as its form says it.
    pub after: String,
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
        "select audience, body, after_word, version, saved_at from draft \
         where ticket_id = $1 and person_id = $2 order by audience",
        params![granted.ticket, granted.viewer],
        read,
    )?)
}

/// Instead of what the viewer wrote before for the same audience.
pub fn save<Act>(tx: &mut Tx, granted: &Granted<Act>, draft: &Draft) -> Result<(), StoreError> {
    tx.execute(
        "insert into draft (ticket_id, person_id, audience, body, after_word, version, saved_at) \
         values ($1, $2, $3, $4, $5, $6, $7) \
         on conflict (ticket_id, person_id, audience) do update set \
         body = excluded.body, after_word = excluded.after_word, version = excluded.version, saved_at = excluded.saved_at",
        params![
            granted.ticket,
            granted.viewer,
            draft.audience,
            draft.body,
            draft.after,
            draft.version,
            draft.saved_at
        ],
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
    Ok(Draft {
        audience: row.get(0)?,
        body: row.get(1)?,
        after: row.get(2)?,
        version: row.get(3)?,
        saved_at: row.get(4)?,
    })
}
