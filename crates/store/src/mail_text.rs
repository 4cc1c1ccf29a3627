//! Texts of the desk that an administrator changed.

use domain::id::UnitId;
use jiff::Timestamp;

use crate::StoreError;
use crate::db::{DbError, Row, Tx};
use crate::params;

/// Which text: what it is for, whose it is, and its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub template: String,
    /// `None`: everywhere.
    pub unit: Option<UnitId>,
    pub language: String,
}

/// A text as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub subject: String,
    /// Markdown.
    pub body: String,
}

pub fn at(tx: &mut Tx, place: &Place) -> Result<Option<Written>, StoreError> {
    Ok(tx.query_opt(
        "select subject, body from mail_text where template = $1 and coalesce(unit_id, 0) = coalesce(cast($2 as bigint), 0) and language = $3",
        params![place.template, place.unit, place.language],
        |row| Ok(Written { subject: row.get(0)?, body: row.get(1)? }),
    )?)
}

/// Where a text of an administrator's own stands.
pub fn places(tx: &mut Tx) -> Result<Vec<Place>, StoreError> {
    Ok(tx.query(
        "select template, unit_id, language from mail_text order by template, coalesce(unit_id, 0), language",
        params![],
        place,
    )?)
}

pub fn save(tx: &mut Tx, id: i64, place: &Place, written: &Written, at: Timestamp) -> Result<(), StoreError> {
    remove(tx, place)?;
    tx.execute(
        "insert into mail_text (id, template, unit_id, language, subject, body, changed_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        params![id, place.template, place.unit, place.language, written.subject, written.body, at],
    )?;
    Ok(())
}

/// Whether it was there.
pub fn remove(tx: &mut Tx, place: &Place) -> Result<bool, StoreError> {
    let removed = tx.execute(
        "delete from mail_text where template = $1 and coalesce(unit_id, 0) = coalesce(cast($2 as bigint), 0) and language = $3",
        params![place.template, place.unit, place.language],
    )?;
    Ok(removed > 0)
}

fn place(row: &Row) -> Result<Place, DbError> {
    Ok(Place { template: row.get(0)?, unit: row.get(1)?, language: row.get(2)? })
}
