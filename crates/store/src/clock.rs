//! Rows of clocks: a cache of what the events say, so that dues are found by index.

use std::collections::BTreeMap;

use domain::agreement::{AgreementKind, Metric};
use domain::clock::{Clock, Outcome};
use domain::id::{AgreementId, CalendarId, TargetId, TicketId, UnitId};
use jiff::{SignedDuration, Timestamp};

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// One stored clock. What explains it, its segments, is folded from the events when asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    pub target: TargetId,
    pub stay: u16,
    pub agreement: AgreementId,
    pub kind: AgreementKind,
    pub metric: Metric,
    pub unit: UnitId,
    pub started_at: Timestamp,
    pub due_at: Option<Timestamp>,
    pub stopped_at: Option<Timestamp>,
    pub consumed: SignedDuration,
    pub outcome: Outcome,
    pub first_outcome: Option<Outcome>,
}

impl From<&Clock> for Stored {
    fn from(clock: &Clock) -> Self {
        Self {
            target: clock.target,
            stay: clock.stay,
            agreement: clock.agreement,
            kind: clock.kind,
            metric: clock.metric,
            unit: clock.unit,
            started_at: clock.started_at,
            due_at: clock.due_at,
            stopped_at: clock.stopped_at,
            consumed: SignedDuration::from_micros(micros(clock.consumed)),
            outcome: clock.outcome,
            first_outcome: clock.first_outcome,
        }
    }
}

/// Writes the difference between the clocks before and after an event.
pub fn shift(tx: &mut Tx, ticket: TicketId, before: &[Clock], after: &[Clock]) -> Result<(), StoreError> {
    let key = |clock: &Clock| (clock.target, clock.stay);
    let old: BTreeMap<_, Stored> = before.iter().map(|clock| (key(clock), clock.into())).collect();
    let new: BTreeMap<_, Stored> = after.iter().map(|clock| (key(clock), clock.into())).collect();
    for (target, stay) in old.keys().filter(|key| !new.contains_key(key)) {
        tx.execute(
            "delete from clock where ticket_id = $1 and target_id = $2 and stay = $3",
            params![ticket, *target, i64::from(*stay)],
        )?;
    }
    for (key, clock) in &new {
        if old.get(key) != Some(clock) {
            write(tx, ticket, clock)?;
        }
    }
    Ok(())
}

/// Writes one clock, new or changed.
pub fn write(tx: &mut Tx, ticket: TicketId, clock: &Stored) -> Result<(), StoreError> {
    tx.execute(
        "insert into clock (ticket_id, target_id, stay, agreement_id, kind, metric, unit_id, started_at, due_at, \
         stopped_at, consumed_us, outcome, first_outcome) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
         on conflict (ticket_id, target_id, stay) do update set unit_id = $7, started_at = $8, due_at = $9, \
         stopped_at = $10, consumed_us = $11, outcome = $12, first_outcome = $13",
        params![
            ticket,
            clock.target,
            i64::from(clock.stay),
            clock.agreement,
            clock.kind,
            clock.metric,
            clock.unit,
            clock.started_at,
            clock.due_at,
            clock.stopped_at,
            micros(clock.consumed),
            clock.outcome,
            clock.first_outcome
        ],
    )?;
    Ok(())
}

/// Open tickets with a promise that runs in a calendar, in order of their ids.
pub fn running_in(tx: &mut Tx, calendar: CalendarId, limit: i64) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(
        "select distinct k.id from ticket k join clock c on c.ticket_id = k.id join target t on t.id = c.target_id \
         where k.state = 'open' and t.calendar_id = $1 and c.outcome in ('running', 'paused') order by k.id limit $2",
        params![calendar, limit],
        |row| row.get(0),
    )?)
}

/// The stored clocks of a ticket, in order of target and stay.
pub fn of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Stored>, StoreError> {
    Ok(tx.query(
        "select target_id, stay, agreement_id, kind, metric, unit_id, started_at, due_at, stopped_at, consumed_us, \
         outcome, first_outcome from clock where ticket_id = $1 order by target_id, stay",
        params![ticket],
        |row| {
            Ok(Stored {
                target: row.get(0)?,
                stay: u16::try_from(row.get::<i64>(1)?).unwrap_or(u16::MAX),
                agreement: row.get(2)?,
                kind: row.get(3)?,
                metric: row.get(4)?,
                unit: row.get(5)?,
                started_at: row.get(6)?,
                due_at: row.get(7)?,
                stopped_at: row.get(8)?,
                consumed: SignedDuration::from_micros(row.get(9)?),
                outcome: row.get(10)?,
                first_outcome: row.get(11)?,
            })
        },
    )?)
}

fn micros(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
