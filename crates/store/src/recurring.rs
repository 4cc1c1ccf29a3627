//! Tickets that are opened later, once or again and again.

use domain::id::{PersonId, RecurringId, ServiceId, TicketId};
use domain::recurrence::{Recurrence, Stop};
use domain::ticket::Kind;
use jiff::Timestamp;

use crate::StoreError;
use crate::db::{DbError, Row, Tx};
use crate::params;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurring {
    pub id: RecurringId,
    pub service: ServiceId,
    pub requester: PersonId,
    pub made_by: PersonId,
    pub kind: Kind,
    pub subject: String,
    pub body: String,
    /// What is typed into fields of one's own, as JSON.
    pub fields: String,
    pub recurrence: Recurrence,
    /// `None` when it has come to its end.
    pub next_at: Option<Timestamp>,
    pub paused: bool,
    /// Why it was paused by itself.
    pub failed: Option<Stop>,
    /// The last ticket that it opened, by number, and when.
    pub last: Option<(i64, Timestamp)>,
}

const ALL: &str = "select r.id, r.service_id, r.requester_id, r.made_by, r.kind, r.subject, r.body, r.fields, r.rule, \
     r.next_at, r.paused, r.failed, t.number, r.last_at from recurring r left join ticket t on t.id = r.last_ticket_id";

pub fn of_service(tx: &mut Tx, service: ServiceId) -> Result<Vec<Recurring>, StoreError> {
    let sql = format!("{ALL} where r.service_id = $1 order by r.subject, r.id");
    tx.query(&sql, params![service], read)?.into_iter().collect()
}

pub fn by_id(tx: &mut Tx, id: RecurringId) -> Result<Option<Recurring>, StoreError> {
    tx.query_opt(&format!("{ALL} where r.id = $1"), params![id], read)?.transpose()
}

/// Those whose time has come, the oldest first.
pub fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Recurring>, StoreError> {
    let sql = format!(
        "{ALL} where r.next_at is not null and r.paused = 0 and r.next_at <= $1 order by r.next_at, r.id limit $2"
    );
    tx.query(&sql, params![now, limit], read)?.into_iter().collect()
}

/// Every template, for what concerns all of them.
pub fn all(tx: &mut Tx) -> Result<Vec<Recurring>, StoreError> {
    tx.query(&format!("{ALL} order by r.id"), params![], read)?.into_iter().collect()
}

/// What is kept of a template besides its id and what it opened last.
const KEPT: [&str; 11] = [
    "service_id",
    "requester_id",
    "made_by",
    "kind",
    "subject",
    "body",
    "fields",
    "rule",
    "next_at",
    "paused",
    "failed",
];

/// Writes a template, new or changed: everything but what it opened last.
pub fn save(tx: &mut Tx, one: &Recurring) -> Result<(), StoreError> {
    let rule = serde_json::to_string(&one.recurrence).map_err(StoreError::encoding)?;
    let sql = format!(
        "insert into recurring (id, {}) values ({}) on conflict (id) do update set {}",
        KEPT.join(", "),
        crate::aside::places(KEPT.len() + 1),
        KEPT.map(|column| format!("{column} = excluded.{column}")).join(", ")
    );
    tx.execute(
        &sql,
        params![
            one.id,
            one.service,
            one.requester,
            one.made_by,
            one.kind,
            one.subject,
            one.body,
            one.fields,
            rule,
            one.next_at,
            i64::from(one.paused),
            one.failed
        ],
    )?;
    Ok(())
}

/// It opened a ticket, and its next time is known.
pub fn opened(
    tx: &mut Tx,
    id: RecurringId,
    ticket: TicketId,
    at: Timestamp,
    next_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    tx.execute(
        "update recurring set last_ticket_id = $2, last_at = $3, next_at = $4, failed = null where id = $1",
        params![id, ticket, at, next_at],
    )?;
    Ok(())
}

pub fn delete(tx: &mut Tx, id: RecurringId) -> Result<(), StoreError> {
    tx.execute("delete from recurring where id = $1", params![id])?;
    Ok(())
}

fn read(row: &Row) -> Result<Result<Recurring, StoreError>, DbError> {
    let number: Option<i64> = row.get(12)?;
    let id: RecurringId = row.get(0)?;
    let recurrence = match serde_json::from_str(row.get::<&str>(8)?) {
        Ok(recurrence) => recurrence,
        Err(cause) => return Ok(Err(StoreError::row("recurring", id.0, cause))),
    };
    Ok(Ok(Recurring {
        id,
        service: row.get(1)?,
        requester: row.get(2)?,
        made_by: row.get(3)?,
        kind: row.get(4)?,
        subject: row.get(5)?,
        body: row.get(6)?,
        fields: row.get(7)?,
        recurrence,
        next_at: row.get(9)?,
        paused: row.get::<i64>(10)? == 1,
        failed: row.get(11)?,
        last: number.zip(row.get(13)?),
    }))
}
