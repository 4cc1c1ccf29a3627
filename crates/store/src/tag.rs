//! Tags of tickets, and who may know that there is one.

use domain::id::{TagId, TicketId, UnitId};
use domain::permission::Viewer;
use domain::tag::{MOST, Tag};
use jiff::Timestamp;

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::Tx;
use crate::params;

/// The tag that is called so, under any of its names.
pub fn named(tx: &mut Tx, tag: &Tag) -> Result<Option<TagId>, StoreError> {
    let sql = "select coalesce(into_id, id) from tag where name = $1";
    Ok(tx.query_opt(sql, params![tag.as_str()], |row| row.get(0))?)
}

pub fn insert(tx: &mut Tx, id: TagId, tag: &Tag, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "insert into tag (id, name, search_key, into_id, created_at) values ($1, $2, $3, null, $4)",
        params![id, tag.as_str(), tag.as_str().as_bytes(), at],
    )?;
    Ok(())
}

/// A tag with how many tickets have it, and its other names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    pub id: TagId,
    pub name: String,
    /// Counted up to [`MOST_COUNTED`].
    pub tickets: i64,
    pub others: Vec<String>,
}

/// The most tickets that a list of tags counts for one.
pub const MOST_COUNTED: i64 = 1_000;

/// Tags after a name, in the order of their names, as far as the viewer may know of them.
pub fn page(tx: &mut Tx, viewer: &Viewer, after: &str, limit: i64) -> Result<Vec<Used>, StoreError> {
    let seen = seen(viewer);
    let sql = format!(
        "select g.id, g.name, \
         (select count(*) from (select 1 from ticket_tag x where x.tag_id = g.id and {seen} limit $4) n), \
         (select string_agg(o.name, ' ' order by o.search_key) from tag o where o.into_id = g.id and o.into_id is not null) \
         from tag g where g.into_id is null and g.search_key > $2 \
         and exists (select 1 from ticket_tag x where x.tag_id = g.id and {seen}) order by g.search_key limit $3"
    );
    Ok(tx.query(&sql, params![viewer.person, after.as_bytes(), limit, MOST_COUNTED], |row| {
        Ok(Used { id: row.get(0)?, name: row.get(1)?, tickets: row.get(2)?, others: listed(row.get(3)?) })
    })?)
}

/// The name of a tag that the viewer may know of.
pub fn name(tx: &mut Tx, viewer: &Viewer, tag: TagId) -> Result<Option<String>, StoreError> {
    let sql = format!(
        "select g.name from tag g where g.id = $2 and g.into_id is null \
         and exists (select 1 from ticket_tag x where x.tag_id = g.id and {})",
        seen(viewer)
    );
    Ok(tx.query_opt(&sql, params![viewer.person, tag], |row| row.get(0))?)
}

/// What tags are called now, also those that went into others.
pub fn names(tx: &mut Tx, tags: &[TagId]) -> Result<Vec<(TagId, String)>, StoreError> {
    let mut names = Vec::with_capacity(tags.len());
    for tag in tags {
        let sql = "select o.name from tag g join tag o on o.id = coalesce(g.into_id, g.id) where g.id = $1";
        names.extend(tx.query_opt(sql, params![tag], |row| row.get(0))?.map(|name| (*tag, name)));
    }
    Ok(names)
}

/// The tags of a ticket in the order of their names.
pub fn of_ticket(tx: &mut Tx, granted: &Granted<ReadInside>) -> Result<Vec<String>, StoreError> {
    Ok(tx.query(
        "select g.name from ticket_tag x join tag g on g.id = x.tag_id where x.ticket_id = $1 order by g.search_key",
        params![granted.ticket],
        |row| row.get(0),
    )?)
}

/// Whether a ticket has a tag, and whether it has room for one more.
pub fn room(tx: &mut Tx, ticket: TicketId, tag: Option<TagId>) -> Result<(bool, bool), StoreError> {
    let has = "select count(*), coalesce(max(case when tag_id = $2 then 1 else 0 end), 0) \
               from ticket_tag where ticket_id = $1";
    let (count, own): (i64, i64) =
        tx.query_one(has, params![ticket, tag], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((own == 1, usize::try_from(count).unwrap_or(MOST) < MOST))
}

/// Puts a tag on a ticket; `None` when the ticket has as many as fit, and whether it is new otherwise.
pub fn put(tx: &mut Tx, ticket: TicketId, tag: TagId) -> Result<Option<bool>, StoreError> {
    match room(tx, ticket, Some(tag))? {
        (true, _) => return Ok(Some(false)),
        (false, false) => return Ok(None),
        (false, true) => {}
    }
    tx.execute(
        "insert into ticket_tag (ticket_id, tag_id, unit_id, confidential) \
         select id, $2, unit_id, confidential from ticket where id = $1",
        params![ticket, tag],
    )?;
    Ok(Some(true))
}

/// Whether the ticket had it.
pub fn take(tx: &mut Tx, ticket: TicketId, tag: TagId) -> Result<bool, StoreError> {
    let sql = "delete from ticket_tag where ticket_id = $1 and tag_id = $2";
    Ok(tx.execute(sql, params![ticket, tag])? == 1)
}

/// A ticket lies with another unit, or behind another wall.
pub fn moved(tx: &mut Tx, ticket: TicketId, unit: UnitId, confidential: bool) -> Result<(), StoreError> {
    tx.execute(
        "update ticket_tag set unit_id = $2, confidential = $3 where ticket_id = $1 \
         and (unit_id <> $2 or confidential <> $3)",
        params![ticket, unit, i64::from(confidential)],
    )?;
    Ok(())
}

/// Tags that begin so, in the order of their names, as far as the viewer may know of them.
pub fn known(tx: &mut Tx, viewer: &Viewer, begun: &str, limit: i64) -> Result<Vec<String>, StoreError> {
    let until = format!("{begun}\u{10ffff}");
    let (begun, until) = (begun.as_bytes(), until.as_bytes());
    let sql = format!(
        "select g.name from tag g where g.into_id is null and g.search_key >= $2 and g.search_key < $3 \
         and exists (select 1 from ticket_tag x where x.tag_id = g.id and {}) order by g.search_key limit $4",
        seen(viewer)
    );
    Ok(tx.query(&sql, params![viewer.person, begun, until, limit], |row| row.get(0))?)
}

/// Whether `x`, a tag on a ticket, is one that a list shows to the viewer, whose id is `$1`: the ticket is of
/// a unit they serve in or oversee, and not their own.
fn seen(viewer: &Viewer) -> String {
    let among = |units: &[UnitId]| {
        let ids: Vec<String> = units.iter().map(|unit| unit.0.to_string()).collect();
        if ids.is_empty() { "1 = 0".to_owned() } else { format!("x.unit_id in ({})", ids.join(", ")) }
    };
    let served = among(&viewer.units);
    let everywhere = viewer.oversees_all || viewer.administrator;
    let overseen = if everywhere { "1 = 1".to_owned() } else { among(&viewer.oversees) };
    format!(
        "({served} or {overseen} and x.confidential = 0) and not exists \
         (select 1 from ticket_person p where p.person_id = $1 and p.ticket_id = x.ticket_id)"
    )
}

/// Calls a tag otherwise; its old name goes on meaning it.
pub fn rename(tx: &mut Tx, tag: TagId, to: &Tag, other: TagId, at: Timestamp) -> Result<(), StoreError> {
    let sql = "select name from tag where id = $1";
    let old: String = tx.query_one(sql, params![tag], |row| row.get(0))?;
    tx.execute("delete from tag where name = $1 and into_id = $2", params![to.as_str(), tag])?;
    tx.execute(
        "update tag set name = $2, search_key = $3 where id = $1",
        params![tag, to.as_str(), to.as_str().as_bytes()],
    )?;
    tx.execute(
        "insert into tag (id, name, search_key, into_id, created_at) values ($1, $2, $3, $4, $5)",
        params![other, old, old.as_bytes(), tag, at],
    )?;
    Ok(())
}

/// Every ticket that has one tag has the other one instead; the names of the first mean the second.
pub fn merge(tx: &mut Tx, from: TagId, into: TagId) -> Result<(), StoreError> {
    tx.execute(
        "insert into ticket_tag (ticket_id, tag_id, unit_id, confidential) \
         select ticket_id, $2, unit_id, confidential from ticket_tag where tag_id = $1 \
         on conflict (ticket_id, tag_id) do nothing",
        params![from, into],
    )?;
    tx.execute("delete from ticket_tag where tag_id = $1", params![from])?;
    tx.execute("update tag set into_id = $2 where into_id = $1", params![from, into])?;
    tx.execute("update tag set into_id = $2 where id = $1", params![from, into])?;
    Ok(())
}

/// Names that one column gives with spaces between them.
pub(crate) fn listed(names: Option<&str>) -> Vec<String> {
    names.into_iter().flat_map(str::split_whitespace).map(str::to_owned).collect()
}

/// The names of a ticket's tags with spaces between them, as a column of a query on `t`.
macro_rules! column {
    () => {
        "(select string_agg(g.name, ' ' order by g.search_key) from ticket_tag y join tag g on g.id = y.tag_id \
         where y.ticket_id = t.id)"
    };
}
pub(crate) use column;
