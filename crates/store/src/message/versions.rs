//! Notes that their authors changed, with what they said before.

use domain::id::{NoteId, PersonId};
use jiff::Timestamp;

use super::{NOTED, Noted, noted};
use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::Tx;
use crate::params;

/// What a note said before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub until_at: Timestamp,
    pub body: String,
}

/// One note of the ticket.
pub fn note(tx: &mut Tx, granted: &Granted<ReadInside>, note: NoteId) -> Result<Option<Noted>, StoreError> {
    let sql = format!("{NOTED} where n.id = $1 and n.ticket_id = $2");
    Ok(tx.query_opt(&sql, params![note, granted.ticket], noted)?)
}

/// Who wrote a note, for what leaves in their name.
pub fn author_of_note(tx: &mut Tx, note: NoteId) -> Result<Option<PersonId>, StoreError> {
    let author = tx.query_opt("select person_id from note where id = $1", params![note], |row| row.get(0))?;
    Ok(author.flatten())
}

/// What it said before, the newest first; for whoever may read the note.
pub fn versions(
    tx: &mut Tx,
    granted: &Granted<ReadInside>,
    note: NoteId,
) -> Result<Vec<Version>, StoreError> {
    Ok(tx.query(
        "select v.until_at, v.body from note_version v join note n on n.id = v.note_id \
         where v.note_id = $1 and n.ticket_id = $2 order by v.until_at desc",
        params![note, granted.ticket],
        |row| Ok(Version { until_at: row.get(0)?, body: row.get(1)? }),
    )?)
}

/// It says something else from now on; what it said is kept.
pub fn rewrite_note(tx: &mut Tx, note: NoteId, body: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "insert into note_version (note_id, until_at, body) select id, $2, body from note where id = $1",
        params![note, now],
    )?;
    tx.execute("update note set body = $2 where id = $1", params![note, body])?;
    Ok(())
}
