//! Who is named in a note, and whether they could be told.

use domain::id::{NoteId, PersonId, UnitId};

use crate::StoreError;
use crate::db::Tx;
use crate::page::{beginning, key};
use crate::params;

/// One person named in a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    pub note: NoteId,
    pub person: PersonId,
    /// They could read the note when it was written.
    pub reached: bool,
}

pub fn keep(tx: &mut Tx, mention: &Mention) -> Result<(), StoreError> {
    tx.execute(
        "insert into mention (note_id, person_id, reached) values ($1, $2, $3) \
         on conflict (note_id, person_id) do nothing",
        params![mention.note, mention.person, i64::from(mention.reached)],
    )?;
    Ok(())
}

/// Who could not read a note is looked for anew when it changes.
pub fn forget_unreached(tx: &mut Tx, note: NoteId) -> Result<(), StoreError> {
    tx.execute("delete from mention where note_id = $1 and reached = 0", params![note])?;
    Ok(())
}

/// Who is named in a note and is to be told.
pub fn reached(tx: &mut Tx, note: NoteId) -> Result<Vec<PersonId>, StoreError> {
    Ok(tx.query(
        "select person_id from mention where note_id = $1 and reached = 1 order by person_id",
        params![note],
        |row| row.get(0),
    )?)
}

/// People of exactly that name, in any case.
pub fn called(tx: &mut Tx, name: &str, limit: i64) -> Result<Vec<PersonId>, StoreError> {
    Ok(tx.query(
        "select id from person where search_key = $1 and disabled_at is null order by id limit $2",
        params![&key(name)[..], limit],
        |row| row.get(0),
    )?)
}

/// People who serve or hold an office and whose name begins so, by name.
pub fn beginning_with(tx: &mut Tx, prefix: &str, limit: i64) -> Result<Vec<(PersonId, String)>, StoreError> {
    let (from, to) = beginning(prefix);
    Ok(tx.query(
        "select p.id, p.name from person p where p.search_key >= $1 and p.search_key < $2 and p.disabled_at is null \
         and (exists (select 1 from membership m where m.person_id = p.id) \
         or exists (select 1 from office o where o.person_id = p.id)) order by p.search_key, p.id limit $3",
        params![&from[..], &to[..], limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

/// People who serve in a unit, by name.
pub fn serving_in(tx: &mut Tx, unit: UnitId, limit: i64) -> Result<Vec<(PersonId, String)>, StoreError> {
    Ok(tx.query(
        "select p.id, p.name from membership m join person p on p.id = m.person_id \
         where m.unit_id = $1 and p.disabled_at is null order by p.search_key, p.id limit $2",
        params![unit, limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}
