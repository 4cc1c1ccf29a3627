//! Statuses of one's own, in their order.

use domain::id::StatusId;
use domain::status::{Category, Status};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

crate::db::text_columns!(Category);

/// Every status in its order, those that are retired included.
pub fn all(tx: &mut Tx) -> Result<Vec<Status>, StoreError> {
    let sql =
        "select id, name, kind, category, outside, retired_at is not null from status order by place, id";
    Ok(tx.query(sql, params![], |row| {
        Ok(Status {
            id: row.get(0)?,
            name: row.get(1)?,
            kind: row.get(2)?,
            category: row.get(3)?,
            outside: row.get(4)?,
            retired: row.get(5)?,
        })
    })?)
}

/// Adds a status behind all others.
pub fn insert(tx: &mut Tx, status: &Status) -> Result<(), StoreError> {
    tx.execute(
        "insert into status (id, name, kind, category, outside, place, retired_at) \
         select $1, $2, $3, $4, $5, coalesce(max(place), 0) + 1, null from status",
        params![status.id, status.name, status.kind, status.category, status.outside],
    )?;
    Ok(())
}

/// What it is called, inside and outside.
pub fn rename(tx: &mut Tx, status: &Status) -> Result<(), StoreError> {
    tx.execute(
        "update status set name = $2, outside = $3 where id = $1",
        params![status.id, status.name, status.outside],
    )?;
    Ok(())
}

/// It is offered no more since then, or again.
pub fn retire(tx: &mut Tx, status: StatusId, since: Option<Timestamp>) -> Result<(), StoreError> {
    tx.execute("update status set retired_at = $2 where id = $1", params![status, since])?;
    Ok(())
}

/// Puts statuses in this order.
pub fn reorder(tx: &mut Tx, order: &[StatusId]) -> Result<(), StoreError> {
    for (place, status) in (1_i64..).zip(order) {
        tx.execute("update status set place = $2 where id = $1", params![status, place])?;
    }
    Ok(())
}

/// What the requester of a ticket reads of its status, as a column of a query on `t`.
macro_rules! outside {
    () => {
        "(select s.outside from status s where s.id = t.status_id)"
    };
}
pub(crate) use outside;
