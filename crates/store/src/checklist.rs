//! Steps that the serving side ticks off on a ticket, and those that are usual for a service.

use std::collections::BTreeMap;

use domain::id::{ItemId, PersonId, ServiceId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::Tx;
use crate::params;

/// One step as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub id: ItemId,
    pub words: String,
    /// By whom, and when.
    pub done: Option<(String, Timestamp)>,
}

/// The steps of a ticket in their order.
pub fn of_ticket(tx: &mut Tx, granted: &Granted<ReadInside>) -> Result<Vec<Item>, StoreError> {
    Ok(tx.query(
        "select i.id, i.words, p.name, i.done_at from checklist_item i left join person p on p.id = i.done_by \
         where i.ticket_id = $1 order by i.place, i.id",
        params![granted.ticket],
        |row| {
            let (name, at): (Option<String>, Option<Timestamp>) = (row.get(2)?, row.get(3)?);
            Ok(Item { id: row.get(0)?, words: row.get(1)?, done: name.zip(at) })
        },
    )?)
}

/// One step as verbs of the desk need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub id: ItemId,
    pub place: i64,
    pub words: String,
    pub done: bool,
}

/// The steps of a ticket in their order, for verbs of the desk.
pub fn steps(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Step>, StoreError> {
    Ok(tx.query(
        "select id, place, words, done_at from checklist_item where ticket_id = $1 order by place, id",
        params![ticket],
        |row| {
            let done = row.get::<Option<Timestamp>>(3)?.is_some();
            Ok(Step { id: row.get(0)?, place: row.get(1)?, words: row.get(2)?, done })
        },
    )?)
}

/// The words of each step of a ticket with who did it when: for files of those who may read everything.
pub fn told(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Told>, StoreError> {
    Ok(tx.query(
        "select i.words, p.name, i.done_at from checklist_item i left join person p on p.id = i.done_by \
         where i.ticket_id = $1 order by i.place, i.id",
        params![ticket],
        |row| Ok((row.get(0)?, row.get::<Option<String>>(1)?.zip(row.get(2)?))),
    )?)
}

/// The words of a step, and by whom and when it was done.
pub type Told = (String, Option<(String, Timestamp)>);

/// Adds a step behind all others.
pub fn insert(tx: &mut Tx, id: ItemId, ticket: TicketId, words: &str) -> Result<(), StoreError> {
    tx.execute(
        "insert into checklist_item (id, ticket_id, place, words, done_by, done_at) \
         select $1, $2, coalesce(max(place), 0) + 1, $3, null, null from checklist_item where ticket_id = $2",
        params![id, ticket, words],
    )?;
    Ok(())
}

/// Puts a step at another place of its list.
pub fn put(tx: &mut Tx, id: ItemId, place: i64) -> Result<(), StoreError> {
    tx.execute("update checklist_item set place = $2 where id = $1", params![id, place])?;
    Ok(())
}

pub fn reword(tx: &mut Tx, id: ItemId, words: &str) -> Result<(), StoreError> {
    tx.execute("update checklist_item set words = $2 where id = $1", params![id, words])?;
    Ok(())
}

/// Whether the ticket has such a step that was not done, and now is.
pub fn did(
    tx: &mut Tx,
    (id, ticket): (ItemId, TicketId),
    by: PersonId,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "update checklist_item set done_by = $3, done_at = $4 where id = $1 and ticket_id = $2 and done_at is null";
    Ok(tx.execute(sql, params![id, ticket, by, at])? > 0)
}

/// Whether the ticket has such a step that was done, and now is not.
pub fn undid(tx: &mut Tx, (id, ticket): (ItemId, TicketId)) -> Result<bool, StoreError> {
    let sql = "update checklist_item set done_by = null, done_at = null \
               where id = $1 and ticket_id = $2 and done_at is not null";
    Ok(tx.execute(sql, params![id, ticket])? > 0)
}

pub fn remove(tx: &mut Tx, (id, ticket): (ItemId, TicketId)) -> Result<bool, StoreError> {
    let sql = "delete from checklist_item where id = $1 and ticket_id = $2";
    Ok(tx.execute(sql, params![id, ticket])? > 0)
}

pub fn exists(tx: &mut Tx, (id, ticket): (ItemId, TicketId)) -> Result<bool, StoreError> {
    let sql = "select 1 from checklist_item where id = $1 and ticket_id = $2";
    Ok(tx.query_opt(sql, params![id, ticket], |row| row.get::<i64>(0))?.is_some())
}

/// The steps that are usual for services, one in each line.
pub(crate) fn usual(tx: &mut Tx) -> Result<BTreeMap<ServiceId, String>, StoreError> {
    let sql = "select service_id, words from checklist_usual";
    Ok(tx.query(sql, params![], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
}

/// Keeps the usual steps of a service; none takes them away.
pub fn set_usual(tx: &mut Tx, service: ServiceId, words: Option<&str>) -> Result<(), StoreError> {
    tx.execute("delete from checklist_usual where service_id = $1", params![service])?;
    if let Some(words) = words {
        let sql = "insert into checklist_usual (service_id, words) values ($1, $2)";
        tx.execute(sql, params![service, words])?;
    }
    Ok(())
}
