//! What a change of an answer leaves behind: what it was before, and answers whose field is not asked any more.

use std::collections::BTreeMap;

use domain::custom::{Answers, Column, Custom, Value};
use domain::id::{CustomId, EventId, TicketId};

use super::{part, values};
use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::Tx;
use crate::params;

/// What one event changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub field: CustomId,
    pub was: Option<Value>,
    pub became: Option<Value>,
    pub settled: Settled,
}

/// Fields that are not asked any more, and those that are asked again with what they had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    pub rested: Vec<CustomId>,
    pub returned: Vec<CustomId>,
}

/// What was answered in fields that were not asked any more later.
pub fn aside(tx: &mut Tx, thing: i64, customs: &[Custom]) -> Result<Answers, StoreError> {
    let rows = tx.query(
        "select field_id, place, number, word, body from custom_aside where thing_id = $1 order by field_id, place",
        params![thing],
        part,
    )?;
    Ok(values(customs, rows))
}

/// Puts an answer where no list, no page and no search finds it.
pub fn set_aside(tx: &mut Tx, thing: i64, field: CustomId) -> Result<(), StoreError> {
    moved(tx, ("custom_value", "custom_aside"), thing, field)
}

pub fn bring_back(tx: &mut Tx, thing: i64, field: CustomId) -> Result<(), StoreError> {
    moved(tx, ("custom_aside", "custom_value"), thing, field)
}

fn moved(
    tx: &mut Tx,
    (from, to): (&str, &str),
    thing: i64,
    CustomId(field): CustomId,
) -> Result<(), StoreError> {
    tx.execute(&format!("delete from {to} where thing_id = $1 and field_id = $2"), params![thing, field])?;
    tx.execute(
        &format!(
            "insert into {to} (thing_id, field_id, place, number, word, body) \
             select thing_id, field_id, place, number, word, body from {from} where thing_id = $1 and field_id = $2"
        ),
        params![thing, field],
    )?;
    tx.execute(&format!("delete from {from} where thing_id = $1 and field_id = $2"), params![thing, field])?;
    Ok(())
}

/// Keeps what an event changed, beside it: the event itself holds no words.
pub fn record(
    tx: &mut Tx,
    event: EventId,
    ticket: TicketId,
    custom: &Custom,
    change: &Change,
) -> Result<(), StoreError> {
    let columns = |value: &Option<Value>| {
        let columns = value.as_ref().map(|value| value.columns(custom.holds)).unwrap_or_default();
        serde_json::to_string(&columns).map_err(StoreError::encoding)
    };
    let ids = |ids: &[CustomId]| serde_json::to_string(ids).map_err(StoreError::encoding);
    let (rested, returned) = (ids(&change.settled.rested)?, ids(&change.settled.returned)?);
    let (was, became) = (columns(&change.was)?, columns(&change.became)?);
    tx.execute(
        "insert into custom_change (event_id, ticket_id, field_id, was, became, rested, returned) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        params![event, ticket, change.field, was, became, rested, returned],
    )?;
    Ok(())
}

/// What the events of a ticket changed, as far as it was kept and the field is known.
pub fn changes(
    tx: &mut Tx,
    granted: &Granted<ReadInside>,
    customs: &[Custom],
) -> Result<BTreeMap<EventId, Change>, StoreError> {
    let rows = tx.query(
        "select event_id, field_id, was, became, rested, returned from custom_change where ticket_id = $1 \
         order by event_id",
        params![granted.ticket],
        |row| {
            let texts: [String; 4] = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?];
            Ok((row.get::<EventId>(0)?, row.get::<CustomId>(1)?, texts))
        },
    )?;
    let mut changes = BTreeMap::new();
    for (event, field, [was, became, rested, returned]) in rows {
        let Some(custom) = customs.iter().find(|custom| custom.id == field) else { continue };
        let unreadable = |cause| StoreError::row("custom_change", event.0, cause);
        let value = |text: &str| -> Result<Option<Value>, StoreError> {
            let columns: Vec<Column> = serde_json::from_str(text).map_err(unreadable)?;
            Ok(Value::kept(custom.holds, &columns))
        };
        let ids = |text: &str| -> Result<Vec<CustomId>, StoreError> {
            serde_json::from_str(text).map_err(unreadable)
        };
        let settled = Settled { rested: ids(&rested)?, returned: ids(&returned)? };
        changes.insert(event, Change { field, was: value(&was)?, became: value(&became)?, settled });
    }
    Ok(changes)
}
