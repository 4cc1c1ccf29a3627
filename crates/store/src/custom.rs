//! Fields of one's own: their definitions, and what was answered.

pub mod kept;

use std::collections::{BTreeMap, BTreeSet};

use domain::custom::{Answers, Column, Custom, Shown, Value};
use domain::id::{CustomId, OrganisationId, PersonId, TicketId};

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::{DbError, Row, Tx};
use crate::params;

/// Every field in its order, those that ended included.
pub fn all(tx: &mut Tx) -> Result<Vec<Custom>, StoreError> {
    let sql = "select id, spec from custom_field order by place, id";
    let rows = tx.query(sql, params![], |row| Ok((row.get::<CustomId>(0)?, row.get::<String>(1)?)))?;
    rows.into_iter()
        .map(|(id, spec)| {
            serde_json::from_str(&spec).map_err(|cause| StoreError::row("custom_field", id.0, cause))
        })
        .collect()
}

/// Adds a field behind all others.
pub fn insert(tx: &mut Tx, custom: &Custom) -> Result<(), StoreError> {
    let spec = serde_json::to_string(custom).map_err(StoreError::encoding)?;
    tx.execute(
        "insert into custom_field (id, key, about, shown, place, spec) \
         select $1, $2, $3, $4, coalesce(max(place), 0) + 1, $5 from custom_field",
        params![custom.id, custom.key, custom.of.as_str(), custom.shown.as_str(), spec],
    )?;
    Ok(())
}

pub fn update(tx: &mut Tx, custom: &Custom) -> Result<(), StoreError> {
    let spec = serde_json::to_string(custom).map_err(StoreError::encoding)?;
    tx.execute(
        "update custom_field set shown = $2, spec = $3 where id = $1",
        params![custom.id, custom.shown.as_str(), spec],
    )?;
    Ok(())
}

/// Writes the value of a field, or takes it away.
pub fn write(tx: &mut Tx, thing: i64, custom: &Custom, value: Option<&Value>) -> Result<(), StoreError> {
    tx.execute("delete from custom_value where thing_id = $1 and field_id = $2", params![thing, custom.id])?;
    for column in value.map(|value| value.columns(custom.holds)).unwrap_or_default() {
        tx.execute(
            "insert into custom_value (thing_id, field_id, place, number, word, body) values ($1, $2, $3, $4, $5, $6)",
            params![thing, custom.id, column.place, column.number, column.word.as_deref().map(str::as_bytes), column.body],
        )?;
    }
    Ok(())
}

/// Everything that was answered about a ticket.
pub fn inside(tx: &mut Tx, granted: &Granted<ReadInside>, customs: &[Custom]) -> Result<Answers, StoreError> {
    of(tx, granted.ticket.0, customs)
}

/// What was answered about a ticket in fields that both sides read.
pub fn outside<Act>(tx: &mut Tx, granted: &Granted<Act>, customs: &[Custom]) -> Result<Answers, StoreError> {
    let shown: Vec<Custom> = customs.iter().filter(|custom| custom.shown == Shown::Both).cloned().collect();
    of(tx, granted.ticket.0, &shown)
}

/// What was answered about a ticket, a person or an organisation, in these fields: for verbs of the desk
/// and for pages of administrators.
pub fn of(tx: &mut Tx, thing: i64, customs: &[Custom]) -> Result<Answers, StoreError> {
    if customs.is_empty() {
        return Ok(Answers::new());
    }
    let rows = tx.query(
        "select field_id, place, number, word, body from custom_value where thing_id = $1 order by field_id, place",
        params![thing],
        part,
    )?;
    Ok(values(customs, rows))
}

fn part(row: &Row) -> Result<(CustomId, Column), DbError> {
    Ok((row.get(0)?, columns(row, 1)?))
}

fn columns(row: &Row, first: usize) -> Result<Column, DbError> {
    let word: Option<Vec<u8>> = row.get(first + 2)?;
    Ok(Column {
        place: row.get(first)?,
        number: row.get(first + 1)?,
        word: word.and_then(|word| String::from_utf8(word).ok()),
        body: row.get(first + 3)?,
    })
}

fn values(customs: &[Custom], rows: Vec<(CustomId, Column)>) -> Answers {
    let mut columns: BTreeMap<CustomId, Vec<Column>> = BTreeMap::new();
    for (field, column) in rows {
        columns.entry(field).or_default().push(column);
    }
    columns
        .into_iter()
        .filter_map(|(id, columns)| {
            let custom = customs.iter().find(|custom| custom.id == id)?;
            Some((id, Value::kept(custom.holds, &columns)?))
        })
        .collect()
}

/// A name, and the address of a person.
pub type Called = (String, Option<String>);

/// What the people and organisations in answers are called.
pub fn names(tx: &mut Tx, answers: &Answers) -> Result<BTreeMap<i64, Called>, StoreError> {
    let (mut people, mut organisations) = (BTreeSet::new(), BTreeSet::new());
    for value in answers.values() {
        match value {
            Value::Person(person) => drop(people.insert(*person)),
            Value::Organisation(organisation) => drop(organisations.insert(*organisation)),
            Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::YesNo(_) | Value::Choices(_) => {}
        }
    }
    let mut names = BTreeMap::new();
    for PersonId(id) in people {
        let sql = "select name, email from person where id = $1";
        let called = tx.query_opt(sql, params![id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        names.extend(called.map(|called| (id, called)));
    }
    for OrganisationId(id) in organisations {
        let sql = "select name from organisation where id = $1";
        names
            .extend(tx.query_opt(sql, params![id], |row| row.get(0))?.map(|name: String| (id, (name, None))));
    }
    Ok(names)
}

/// The words in the fields of tickets between two ids, with who reads them: for the index of texts.
pub(crate) fn words(
    tx: &mut Tx,
    after: TicketId,
    until: TicketId,
) -> Result<Vec<(TicketId, Shown, String)>, StoreError> {
    let rows = tx.query(
        "select thing_id, field_id, place, number, word, body from custom_value \
         where thing_id > $1 and thing_id <= $2 order by thing_id, field_id, place",
        params![after, until],
        |row| Ok((row.get::<TicketId>(0)?, row.get::<CustomId>(1)?, columns(row, 2)?)),
    )?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let customs = all(tx)?;
    let mut words = Vec::new();
    for (ticket, field, column) in rows {
        let Some(custom) = customs.iter().find(|custom| custom.id == field) else { continue };
        let Some(value) = Value::kept(custom.holds, &[column]) else { continue };
        let said = match &value {
            Value::Text(text) => Some(text.clone()),
            Value::Choices(_) => Some(value.written(custom).join(" ")),
            // What compares is found by filters.
            Value::Number(_) | Value::Date(_) | Value::YesNo(_) => None,
            Value::Person(_) | Value::Organisation(_) => {
                let one = Answers::from([(field, value.clone())]);
                names(tx, &one)?.into_values().next().map(|(name, _)| name)
            }
        };
        words.extend(said.map(|said| (ticket, custom.shown, said)));
    }
    Ok(words)
}
