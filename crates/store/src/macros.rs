//! Canned replies and macros: a person's own, a unit's, and everybody's.

use domain::id::{MacroId, PersonId, UnitId};
use domain::permission::Viewer;
use jiff::Timestamp;

use crate::StoreError;
use crate::db::{DbError, Row, Tx};
use crate::params;
use crate::view::Owner;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Macro {
    pub id: MacroId,
    pub name: String,
    /// Markdown with variables; empty where it says nothing.
    pub reply: String,
    /// The same for the serving side alone.
    pub note: String,
    /// As `domain::action` keeps them.
    pub actions: String,
    /// The canonical text of the filter of tickets on which it is offered; empty for all.
    pub filter: String,
    pub owner: Owner,
    /// How often it was used.
    pub uses: i64,
    pub made_by: Option<PersonId>,
    pub changed_at: Timestamp,
}

/// The actions of a macro that does none.
pub const NOTHING: &str = "[]";

impl Macro {
    /// Whether it is a canned reply: nothing but a text that is put where somebody writes.
    #[must_use]
    pub fn is_canned(&self) -> bool {
        self.note.is_empty() && self.actions == NOTHING
    }
}

const COLUMNS: &str = "id, name, reply, note, actions, filter, person_id, unit_id, uses, made_by, changed_at";

/// Every one that the viewer is offered, whatever is used most first.
pub fn of(tx: &mut Tx, viewer: &Viewer) -> Result<Vec<Macro>, StoreError> {
    let mut macros = Vec::new();
    for owner in Owner::offered_to(viewer) {
        macros.extend(owned(tx, owner)?);
    }
    macros.sort_by(|one, other| other.uses.cmp(&one.uses).then_with(|| one.name.cmp(&other.name)));
    Ok(macros)
}

/// Those of one owner, by name.
pub fn owned(tx: &mut Tx, owner: Owner) -> Result<Vec<Macro>, StoreError> {
    owner.rows(tx, &format!("select {COLUMNS} from macro"), "name, id", read)
}

/// One of them, when it exists for the viewer.
pub fn by_id(tx: &mut Tx, viewer: &Viewer, id: MacroId) -> Result<Option<Macro>, StoreError> {
    let found = tx.query_opt(&format!("select {COLUMNS} from macro where id = $1"), params![id], read)?;
    Ok(found.filter(|found| found.owner.is_seen_by(viewer)))
}

pub fn insert(tx: &mut Tx, new: &Macro) -> Result<(), StoreError> {
    let (person, unit) = new.owner.columns();
    tx.execute(
        "insert into macro (id, name, reply, note, actions, filter, person_id, unit_id, uses, made_by, changed_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            new.id,
            new.name,
            new.reply,
            new.note,
            new.actions,
            new.filter,
            person,
            unit,
            new.uses,
            new.made_by,
            new.changed_at
        ],
    )?;
    Ok(())
}

pub fn update(tx: &mut Tx, changed: &Macro) -> Result<(), StoreError> {
    let (person, unit) = changed.owner.columns();
    tx.execute(
        "update macro set name = $2, reply = $3, note = $4, actions = $5, filter = $6, person_id = $7, unit_id = $8, \
         changed_at = $9 where id = $1",
        params![
            changed.id,
            changed.name,
            changed.reply,
            changed.note,
            changed.actions,
            changed.filter,
            person,
            unit,
            changed.changed_at
        ],
    )?;
    Ok(())
}

/// It was used once more.
pub fn used(tx: &mut Tx, id: MacroId) -> Result<(), StoreError> {
    tx.execute("update macro set uses = uses + 1 where id = $1", params![id])?;
    Ok(())
}

pub fn delete(tx: &mut Tx, id: MacroId) -> Result<(), StoreError> {
    tx.execute("delete from macro where id = $1", params![id])?;
    Ok(())
}

fn read(row: &Row) -> Result<Macro, DbError> {
    let person: Option<PersonId> = row.get(6)?;
    let unit: Option<UnitId> = row.get(7)?;
    Ok(Macro {
        id: row.get(0)?,
        name: row.get(1)?,
        reply: row.get(2)?,
        note: row.get(3)?,
        actions: row.get(4)?,
        filter: row.get(5)?,
        owner: Owner::of_columns(person, unit),
        uses: row.get(8)?,
        made_by: row.get(9)?,
        changed_at: row.get(10)?,
    })
}
