//! Stored rows as they stand, range by range, to be held against what the events say.

use std::collections::{BTreeMap, BTreeSet};

use domain::event::Event;
use domain::id::{PersonId, TicketId, UnitId};
use domain::link::Link;
use jiff::SignedDuration;

use crate::StoreError;
use crate::clock::Stored;
use crate::db::{DbError, Row, Tx, Value};
use crate::params;
use crate::ticket::{PersonSide, Placed};

/// One value of a ticket row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Nothing,
    Integer(i64),
    Text(String),
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing"),
            Self::Integer(integer) => integer.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// The columns of a ticket row that follow from its events: all but the subject.
pub const COLUMNS: [&str; crate::ticket::DERIVED.len() + 1] = {
    let mut all = ["number"; crate::ticket::DERIVED.len() + 1];
    let mut place = 0;
    while place < crate::ticket::DERIVED.len() {
        all[place + 1] = crate::ticket::DERIVED[place];
        place += 1;
    }
    all
};

/// What should be stored, in the order of [`COLUMNS`].
#[must_use]
pub fn expected(placed: &Placed) -> Vec<Cell> {
    let number = Cell::Integer(placed.ticket.opening.number);
    std::iter::once(number).chain(crate::ticket::values(placed).map(cell)).collect()
}

/// Everything stored about one ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// In the order of [`COLUMNS`]; empty when there is no row.
    pub cells: Vec<Cell>,
    pub clocks: Vec<Stored>,
    pub people: BTreeMap<PersonId, PersonSide>,
    pub units: BTreeSet<UnitId>,
    pub links: BTreeMap<TicketId, Link>,
}

/// Some tickets that follow on one another by id, with their events and rows.
#[derive(Debug, Default)]
pub struct Range {
    /// The last ticket of the range; the next range begins after it.
    pub until: Option<TicketId>,
    /// In order of ticket and position.
    pub events: Vec<(i64, Event)>,
    pub kept: BTreeMap<TicketId, Kept>,
}

/// The next `limit` tickets after `after`; without an `until` there are none.
pub fn after(tx: &mut Tx, after: TicketId, limit: i64) -> Result<Range, StoreError> {
    let ids = tx.query(
        "select max(id) from (select id from (select id from ticket where id > $1 \
         union select ticket_id as id from event where ticket_id > $1) as every order by id limit $2) as first_ones",
        params![after, limit],
        |row| row.get::<Option<TicketId>>(0),
    )?;
    let Some(until) = ids.into_iter().flatten().next() else { return Ok(Range::default()) };
    let events = crate::event::of_range(tx, after, until)?;
    let mut kept: BTreeMap<TicketId, Kept> = BTreeMap::new();
    let columns = COLUMNS.join(", ");
    tx.each(
        &format!("select id, {columns} from ticket where id > $1 and id <= $2"),
        params![after, until],
        |row| {
            let cells: Result<Vec<Cell>, DbError> =
                (1..=COLUMNS.len()).map(|column| row.value(column).map(cell)).collect();
            kept.entry(row.get(0)?).or_default().cells = cells?;
            Ok(())
        },
    )?;
    clocks(tx, after, until, &mut kept)?;
    tx.each(
        // A row that is live beside a closed ticket, or the other way round, counts as missing.
        "select x.ticket_id, x.person_id, x.side from ticket_person x join ticket t on t.id = x.ticket_id \
         where x.ticket_id > $1 and x.ticket_id <= $2 and x.live = case when t.state = 'closed' then 0 else 1 end",
        params![after, until],
        |row| {
            kept.entry(row.get(0)?).or_default().people.insert(row.get(1)?, row.get(2)?);
            Ok(())
        },
    )?;
    tx.each(
        "select ticket_id, unit_id from ticket_unit where ticket_id > $1 and ticket_id <= $2",
        params![after, until],
        |row| {
            kept.entry(row.get(0)?).or_default().units.insert(row.get(1)?);
            Ok(())
        },
    )?;
    tx.each(
        "select ticket_id, other_id, link from ticket_link where ticket_id > $1 and ticket_id <= $2",
        params![after, until],
        |row| {
            kept.entry(row.get(0)?).or_default().links.insert(row.get(1)?, row.get(2)?);
            Ok(())
        },
    )?;
    Ok(Range { until: Some(until), events, kept })
}

/// Every hand-off and the ticket it blocks.
pub fn handoffs(tx: &mut Tx) -> Result<Vec<(TicketId, TicketId)>, StoreError> {
    Ok(tx.query(
        "select distinct ticket_id, parent_id from event where parent_id is not null and ticket_id is not null",
        params![],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

/// Replaces the people beside a ticket's row.
pub fn replace_people(
    tx: &mut Tx,
    placed: &Placed,
    people: &BTreeMap<PersonId, PersonSide>,
) -> Result<(), StoreError> {
    tx.execute("delete from ticket_person where ticket_id = $1", params![placed.ticket.id])?;
    crate::ticket::insert_people(tx, placed, people)
}

/// Replaces what stands beside a ticket's row.
pub fn replace_beside(
    tx: &mut Tx,
    placed: &Placed,
    clocks: &[Stored],
    people: &BTreeMap<PersonId, PersonSide>,
    units: &BTreeSet<UnitId>,
) -> Result<(), StoreError> {
    let ticket = placed.ticket.id;
    for table in ["clock", "ticket_person", "ticket_unit"] {
        tx.execute(&format!("delete from {table} where ticket_id = $1"), params![ticket])?;
    }
    for clock in clocks {
        crate::clock::write(tx, ticket, clock)?;
    }
    crate::ticket::insert_beside(tx, placed, people, units)
}

/// Removes every sum, before all of them are written again.
pub fn clear_tallies(tx: &mut Tx) -> Result<(), StoreError> {
    tx.execute("delete from tally", params![])?;
    Ok(())
}

fn clocks(
    tx: &mut Tx,
    after: TicketId,
    until: TicketId,
    kept: &mut BTreeMap<TicketId, Kept>,
) -> Result<(), StoreError> {
    tx.each(
        "select ticket_id, target_id, stay, agreement_id, kind, metric, unit_id, started_at, due_at, stopped_at, \
         consumed_us, outcome, first_outcome from clock where ticket_id > $1 and ticket_id <= $2 \
         order by ticket_id, target_id, stay",
        params![after, until],
        |row| {
            kept.entry(row.get(0)?).or_default().clocks.push(clock(row)?);
            Ok(())
        },
    )?;
    Ok(())
}

fn clock(row: &Row) -> Result<Stored, DbError> {
    Ok(Stored {
        target: row.get(1)?,
        stay: u16::try_from(row.get::<i64>(2)?).unwrap_or(u16::MAX),
        agreement: row.get(3)?,
        kind: row.get(4)?,
        metric: row.get(5)?,
        unit: row.get(6)?,
        started_at: row.get(7)?,
        due_at: row.get(8)?,
        stopped_at: row.get(9)?,
        consumed: SignedDuration::from_micros(row.get(10)?),
        outcome: row.get(11)?,
        first_outcome: row.get(12)?,
    })
}

fn cell(value: Value<'_>) -> Cell {
    match value {
        Value::Null => Cell::Nothing,
        Value::Bool(yes) => Cell::Integer(i64::from(yes)),
        Value::Integer(integer) => Cell::Integer(integer),
        Value::Text(text) => Cell::Text(text.to_owned()),
        Value::Real(real) => Cell::Text(real.to_string()),
        Value::Bytes(bytes) => Cell::Text(format!("{} bytes", bytes.len())),
    }
}
