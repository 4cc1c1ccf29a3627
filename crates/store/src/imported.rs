//! What came from logs: the cases, the raw fields of their rows, and what their names stand for here.

use std::collections::HashMap;

use domain::id::{PersonId, TicketId, UnitId};

use crate::StoreError;
use crate::bulk::Rows;
use crate::db::{Tx, Value};
use crate::params;

/// One row of a log, beside the event it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    pub position: i64,
    /// 1-based line of the file.
    pub line: u64,
    pub activity: String,
    /// The changes to the row before it in its case, as JSON.
    pub fields: String,
}

pub fn insert_raw<'a>(
    tx: &mut Tx,
    rows: impl IntoIterator<Item = (i64, u64, &'a str, &'a str)>,
) -> Result<(), StoreError> {
    let rows = rows.into_iter().map(|(position, line, activity, fields)| {
        let line = i64::try_from(line).unwrap_or(i64::MAX);
        [Value::Integer(position), Value::Integer(line), Value::Text(activity), Value::Text(fields)]
    });
    static ROWS: Rows<4> = Rows::of("event_raw", ["position", "line", "activity", "fields"]);
    Ok(ROWS.insert(tx, rows)?)
}

/// The rows of a log that became a ticket, in their order.
pub fn raw_of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Raw>, StoreError> {
    Ok(tx.query(
        "select r.position, r.line, r.activity, r.fields from event e join event_raw r on r.position = e.position \
         where e.ticket_id = $1 order by e.position",
        params![ticket],
        |row| {
            Ok(Raw { position: row.get(0)?, line: row.get(1)?, activity: row.get(2)?, fields: row.get(3)? })
        },
    )?)
}

/// How many rows of logs are kept.
pub fn raw_count(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(tx.query_one("select count(*) from event_raw", params![], |row| row.get(0))?)
}

/// A case of a log and the ticket it became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    pub ticket: TicketId,
    pub rows: i64,
    /// Over those rows.
    pub fingerprint: [u8; 32],
    /// The log's own verdict on its promise.
    pub kept: Option<bool>,
}

/// Every case that came from one source, by its key.
pub fn cases(tx: &mut Tx, source: &str) -> Result<HashMap<String, Case>, StoreError> {
    let rows = tx.query(
        "select case_key, ticket_id, rows, fingerprint, kept from imported_case where source = $1",
        params![source],
        |row| {
            let kept = row.get::<Option<i64>>(4)?.map(|kept| kept == 1);
            Ok((
                row.get::<String>(0)?,
                Case { ticket: row.get(1)?, rows: row.get(2)?, fingerprint: row.get(3)?, kept },
            ))
        },
    )?;
    Ok(rows.into_iter().collect())
}

pub fn insert_cases<'a>(
    tx: &mut Tx,
    source: &str,
    cases: impl IntoIterator<Item = (&'a str, &'a Case)>,
) -> Result<(), StoreError> {
    let rows = cases.into_iter().map(|(key, case)| {
        [
            Value::Text(source),
            Value::Text(key),
            Value::Integer(case.ticket.0),
            Value::Integer(case.rows),
            Value::Bytes(&case.fingerprint),
            case.kept.map_or(Value::Null, |kept| Value::Integer(i64::from(kept))),
        ]
    });
    static ROWS: Rows<6> =
        Rows::of("imported_case", ["source", "case_key", "ticket_id", "rows", "fingerprint", "kept"]);
    Ok(ROWS.insert(tx, rows)?)
}

/// A case that has more rows than before.
pub fn update_case(tx: &mut Tx, source: &str, key: &str, case: &Case) -> Result<(), StoreError> {
    tx.execute(
        "update imported_case set rows = $3, fingerprint = $4, kept = $5 where source = $1 and case_key = $2",
        params![source, key, case.rows, &case.fingerprint[..], case.kept.map(i64::from)],
    )?;
    Ok(())
}

/// What a name in a log stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Unit,
    Service,
    /// Somebody of ours, whichever side of a ticket they are on.
    Person,
    /// Somebody outside who asks; another human being than a person of ours with the same name.
    Requester,
    Supplier,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Unit, Self::Service, Self::Person, Self::Requester, Self::Supplier];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Service => "service",
            Self::Person => "person",
            Self::Requester => "requester",
            Self::Supplier => "supplier",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

crate::db::text_columns!(Kind);

/// What the names of one source stand for, as far as they were met before.
pub fn names(tx: &mut Tx, source: &str) -> Result<HashMap<(Kind, String), i64>, StoreError> {
    let rows =
        tx.query("select kind, name, id from imported_name where source = $1", params![source], |row| {
            Ok(((row.get(0)?, row.get(1)?), row.get(2)?))
        })?;
    Ok(rows.into_iter().collect())
}

pub fn insert_names<'a>(
    tx: &mut Tx,
    source: &str,
    names: impl IntoIterator<Item = (Kind, &'a str, i64)>,
) -> Result<(), StoreError> {
    let rows = names.into_iter().map(|(kind, name, id)| {
        [Value::Text(source), Value::Text(kind.as_str()), Value::Text(name), Value::Integer(id)]
    });
    static ROWS: Rows<4> = Rows::of("imported_name", ["source", "kind", "name", "id"]);
    Ok(ROWS.insert(tx, rows)?)
}

/// The verdict of the log that a ticket came from.
pub fn kept(tx: &mut Tx, ticket: TicketId) -> Result<Option<bool>, StoreError> {
    let found =
        tx.query("select kept from imported_case where ticket_id = $1 limit 1", params![ticket], |row| {
            row.get::<Option<i64>>(0)
        })?;
    Ok(found.into_iter().flatten().next().map(|kept| kept == 1))
}

/// Whether a ticket has this number.
pub fn is_taken(tx: &mut Tx, number: i64) -> Result<bool, StoreError> {
    Ok(tx.exists("select 1 from ticket where number = $1", params![number])?)
}

/// Those who serve in a unit already stay what they are there.
pub fn insert_members(tx: &mut Tx, members: &[(PersonId, UnitId)]) -> Result<(), StoreError> {
    for (person, unit) in members {
        tx.execute(
            "insert into membership (person_id, unit_id, role) values ($1, $2, 'agent') on conflict do nothing",
            params![person, unit],
        )?;
    }
    Ok(())
}
