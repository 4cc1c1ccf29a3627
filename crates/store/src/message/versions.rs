//! Notes that their authors changed, with what they said before.

use domain::id::{NoteId, PersonId};
use jiff::Timestamp;

use super::{Note, Noted};
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
    Ok(tx.query_opt(
        "select n.id, n.ticket_id, n.at, n.person_id, n.body, p.name, \
         (select string_agg(q.name, ', ') from mention m join person q on q.id = m.person_id \
         where m.note_id = n.id and m.reached = 0) from note n \
         left join person p on p.id = n.person_id where n.id = $1 and n.ticket_id = $2",
        params![note, granted.ticket],
        |row| {
            let note = Note {
                id: row.get(0)?,
                ticket: row.get(1)?,
                at: row.get(2)?,
                person: row.get(3)?,
                body: row.get(4)?,
            };
            Ok(Noted { note, name: row.get(5)?, not_reached: row.get(6)? })
        },
    )?)
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
