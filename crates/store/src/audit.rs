//! The log as an administrator reads it: by position, without texts; and what the set-up lacks.

use domain::id::{PersonId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::{DbError, Row, Tx};
use crate::params;

/// How far back the latest changes of the set-up are looked for, so that a long log costs nothing.
const RECENT_EVENTS: i64 = 20_000;

/// One event. What a ticket's event says is not in it: that is read through the ticket's rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub position: i64,
    pub at: Timestamp,
    /// person, desk, import
    pub actor_kind: String,
    pub actor: Option<(PersonId, String)>,
    pub subject_kind: String,
    pub subject: i64,
    pub ticket: Option<TicketId>,
    pub kind: String,
    /// Empty for tickets.
    pub payload: String,
}

const COLUMNS: &str = "e.position, e.at, e.actor_kind, p.id, p.name, e.subject_kind, e.subject_id, e.ticket_id, e.kind, \
     case when e.ticket_id is null then e.payload else '' end \
     from event e left join person p on p.id = e.actor_id and e.actor_kind = 'person'";

/// The events before a position, newest first.
pub fn before(tx: &mut Tx, position: i64, limit: i64) -> Result<Vec<Line>, StoreError> {
    Ok(tx.query(
        &format!("select {COLUMNS} where e.position < $1 order by e.position desc limit $2"),
        params![position, limit],
        read,
    )?)
}

/// The latest changes of the set-up and the directory, newest first.
pub fn of_set_up(tx: &mut Tx, limit: i64) -> Result<Vec<Line>, StoreError> {
    let (last, _) = crate::event::head(tx)?;
    Ok(tx.query(
        &format!(
            "select {COLUMNS} where e.position > $1 and e.ticket_id is null and e.kind not in ('signed in', 'signed out', 'signed out everywhere') order by e.position desc limit $2"
        ),
        params![last - RECENT_EVENTS, limit],
        read,
    )?)
}

/// How many people there are; counting stops at `most`.
pub fn people(tx: &mut Tx, most: i64) -> Result<i64, StoreError> {
    Ok(tx.query_one(
        "select count(*) from (select 1 from person limit $1) as counted",
        params![most],
        |row| row.get(0),
    )?)
}

/// How many organisations there are; counting stops at `most`.
pub fn organisations(tx: &mut Tx, most: i64) -> Result<i64, StoreError> {
    Ok(tx.query_one(
        "select count(*) from (select 1 from organisation limit $1) as counted",
        params![most],
        |row| row.get(0),
    )?)
}

/// People without any tie of their own or of their organisation, among the newest `among`.
pub fn untied(tx: &mut Tx, among: i64, limit: i64) -> Result<Vec<(PersonId, String)>, StoreError> {
    Ok(tx.query(
        "select p.id, p.name from \
         (select id, name, organisation_id, disabled_at from person order by id desc limit $1) as p \
         where p.disabled_at is null \
         and not exists (select 1 from affiliation a where a.person_id = p.id) \
         and not exists (select 1 from affiliation a where a.organisation_id = p.organisation_id) \
         order by p.id desc limit $2",
        params![among, limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

fn read(row: &Row) -> Result<Line, DbError> {
    let actor: Option<PersonId> = row.get(3)?;
    let name: Option<String> = row.get(4)?;
    Ok(Line {
        position: row.get(0)?,
        at: row.get(1)?,
        actor_kind: row.get(2)?,
        actor: actor.zip(name),
        subject_kind: row.get(5)?,
        subject: row.get(6)?,
        ticket: row.get(7)?,
        kind: row.get(8)?,
        payload: row.get(9)?,
    })
}
