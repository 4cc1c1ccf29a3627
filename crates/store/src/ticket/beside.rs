//! Who and which units stand beside a ticket, so that lists of people and units find it.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{PersonId, TicketId, UnitId};
use domain::ticket::State;

use super::Placed;
use crate::StoreError;
use crate::bulk::Rows;
use crate::db::{Tx, Value};
use crate::params;

/// On which side somebody stands who sees only the requester's view of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonSide {
    Requesting,
    /// A ticket of theirs waits for it.
    Upstream,
}

impl PersonSide {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requesting => "requesting",
            Self::Upstream => "upstream",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Requesting, Self::Upstream].into_iter().find(|side| side.as_str() == word)
    }
}

crate::db::text_columns!(PersonSide);

/// Whether a ticket is closed stands beside its people too, so that what still concerns somebody is
/// found without passing over everything that ever did.
pub(crate) fn settle_people(tx: &mut Tx, ticket: TicketId, state: State) -> Result<(), StoreError> {
    tx.execute(
        "update ticket_person set live = $2 where ticket_id = $1 and live <> $2",
        params![ticket, live(state)],
    )?;
    Ok(())
}

const fn live(state: State) -> i64 {
    match state {
        State::Open | State::Solved => 1,
        State::Closed => 0,
    }
}

/// Adds a unit to the chain of a ticket and of every ticket that waits for it, so that each of
/// them may read what it works on.
pub fn join_chain(tx: &mut Tx, ticket: TicketId, unit: UnitId) -> Result<(), StoreError> {
    tx.execute(
        "with recursive line (id) as (select cast($1 as bigint) union select t.parent_id from line cross join ticket t \
         where t.id = line.id and t.parent_id is not null) \
         insert into ticket_unit (ticket_id, unit_id) select id, cast($2 as bigint) from line where true on conflict do nothing",
        params![ticket, unit],
    )?;
    Ok(())
}

/// Writes the people and units of a ticket that has none.
pub(crate) fn insert_beside(
    tx: &mut Tx,
    placed: &Placed,
    people: &BTreeMap<PersonId, PersonSide>,
    units: &BTreeSet<UnitId>,
) -> Result<(), StoreError> {
    insert_people(tx, placed, people)?;
    Ok(UNITS.insert(tx, unit_rows(placed.ticket.id, units))?)
}

/// Writes the people of a ticket that has none.
pub(crate) fn insert_people(
    tx: &mut Tx,
    placed: &Placed,
    people: &BTreeMap<PersonId, PersonSide>,
) -> Result<(), StoreError> {
    Ok(PEOPLE.insert(tx, people_rows(placed, people))?)
}

pub(super) static PEOPLE: Rows<4> = Rows::of("ticket_person", ["person_id", "ticket_id", "side", "live"]);
pub(super) static UNITS: Rows<2> = Rows::of("ticket_unit", ["ticket_id", "unit_id"]);

pub(super) fn people_rows(
    placed: &Placed,
    people: &BTreeMap<PersonId, PersonSide>,
) -> impl Iterator<Item = [Value<'static>; 4]> {
    let (ticket, live) = (placed.ticket.id.0, live(placed.ticket.state));
    people.iter().map(move |(person, side)| {
        [Value::Integer(person.0), Value::Integer(ticket), Value::Text(side.as_str()), Value::Integer(live)]
    })
}

pub(super) fn unit_rows(
    ticket: TicketId,
    units: &BTreeSet<UnitId>,
) -> impl Iterator<Item = [Value<'static>; 2]> {
    units.iter().map(move |unit| [Value::Integer(ticket.0), Value::Integer(unit.0)])
}

pub(super) fn person_row(tx: &mut Tx, ticket: TicketId, person: i64, side: &str) -> Result<(), StoreError> {
    tx.execute(
        "insert into ticket_person (person_id, ticket_id, side) values ($1, $2, $3) on conflict do nothing",
        params![person, ticket, side],
    )?;
    Ok(())
}
