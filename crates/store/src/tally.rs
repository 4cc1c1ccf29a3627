//! Sums that are kept while writing, so that no page ever counts rows.

use std::collections::BTreeMap;

use domain::agreement::{AgreementKind, Metric};
use domain::clock::{Clock, Outcome};
use domain::id::{PersonId, UnitId};
use domain::ticket::{State, Ticket};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// What is summed, under which keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tally {
    /// Open tickets of a unit.
    Open(UnitId),
    /// Open tickets of a unit that nobody took.
    Queued(UnitId),
    /// Open tickets of a unit that wait for somebody else.
    Waiting(UnitId),
    /// Open tickets of a unit that somebody has taken.
    Taken {
        unit: UnitId,
        person: PersonId,
    },
    /// Open tickets of a unit that are out of sight until a time, and those of them that a person has taken.
    /// They count as open and as taken, and neither as queued nor as waiting.
    Snoozed(UnitId),
    SnoozedOf {
        unit: UnitId,
        person: PersonId,
    },
    /// Tickets a unit solved in a week.
    Solved(UnitId, Week),
    /// Hand-offs that one unit asked of another in a week.
    Asked {
        from: UnitId,
        to: UnitId,
        week: Week,
    },
    /// Times one unit returned what another delivered, by the week in which it was asked.
    Returned {
        from: UnitId,
        to: UnitId,
        week: Week,
    },
    /// Hand-offs whose promise was kept, and those whose promise was not.
    HandoffKept {
        from: UnitId,
        to: UnitId,
        week: Week,
    },
    HandoffMissed {
        from: UnitId,
        to: UnitId,
        week: Week,
    },
    /// Promises of resolution that a unit owed to a requester, by the week in which they stopped.
    Kept(UnitId, Week),
    Missed(UnitId, Week),
}

/// Weeks since 1970-01-05, a Monday, in UTC.
pub type Week = i64;

const WEEK_MICROSECONDS: i64 = 7 * 24 * 3_600 * 1_000_000;
const FIRST_MONDAY: i64 = 4 * 24 * 3_600 * 1_000_000;

/// The week in which an instant lies.
#[must_use]
pub fn week(at: Timestamp) -> Week {
    (at.as_microsecond() - FIRST_MONDAY).div_euclid(WEEK_MICROSECONDS)
}

/// The Monday, 00:00 UTC, with which a week begins.
#[must_use]
pub fn monday(week: Week) -> Timestamp {
    Timestamp::from_microsecond(week * WEEK_MICROSECONDS + FIRST_MONDAY).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// What one ticket adds to the sums. The sums are the sum of this over all tickets.
#[must_use]
pub fn of(ticket: &Ticket, clocks: &[Clock]) -> Vec<(Tally, i64)> {
    let mut sums = Vec::new();
    match ticket.state {
        State::Open => {
            sums.push((Tally::Open(ticket.unit), 1));
            if ticket.snoozed_until.is_some() {
                sums.push((Tally::Snoozed(ticket.unit), 1));
                sums.extend(ticket.person.map(|person| (Tally::SnoozedOf { unit: ticket.unit, person }, 1)));
            } else if ticket.waiting.is_some() || !ticket.handoffs.is_empty() {
                sums.push((Tally::Waiting(ticket.unit), 1));
            } else if ticket.person.is_none() {
                sums.push((Tally::Queued(ticket.unit), 1));
            }
            if let Some(person) = ticket.person {
                sums.push((Tally::Taken { unit: ticket.unit, person }, 1));
            }
        }
        State::Solved | State::Closed => {
            // What was merged is solved once: as the ticket that goes on with it.
            if let Some(at) = ticket.solved_at.filter(|_| ticket.merged_into.is_none()) {
                sums.push((Tally::Solved(ticket.unit, week(at)), 1));
            }
        }
    }
    if let Some(from) = ticket.opening.asking_unit {
        let (to, week) = (ticket.unit, week(ticket.opened_at));
        sums.push((Tally::Asked { from, to, week }, 1));
        if ticket.reopened > 0 {
            sums.push((Tally::Returned { from, to, week }, i64::from(ticket.reopened)));
        }
    }
    sums.extend(clocks.iter().filter_map(|clock| promise(ticket, clock)).map(|tally| (tally, 1)));
    sums
}

fn promise(ticket: &Ticket, clock: &Clock) -> Option<Tally> {
    if clock.metric != Metric::Resolution {
        return None;
    }
    let kept = match clock.outcome {
        Outcome::Met => true,
        Outcome::Missed => false,
        Outcome::Running | Outcome::Paused | Outcome::Void => return None,
    };
    match (clock.kind, ticket.opening.asking_unit) {
        (AgreementKind::Ola, Some(from)) => {
            let (to, week) = (clock.unit, week(ticket.opened_at));
            Some(if kept {
                Tally::HandoffKept { from, to, week }
            } else {
                Tally::HandoffMissed { from, to, week }
            })
        }
        (AgreementKind::Sla, _) => {
            let week = week(clock.stopped_at?);
            Some(if kept { Tally::Kept(clock.unit, week) } else { Tally::Missed(clock.unit, week) })
        }
        (AgreementKind::Ola | AgreementKind::Uc, _) => None,
    }
}

/// Adds what changed: `after` minus `before`.
pub fn shift(tx: &mut Tx, before: &[(Tally, i64)], after: &[(Tally, i64)]) -> Result<(), StoreError> {
    let mut changes: Vec<(Tally, i64)> =
        before.iter().map(|(tally, n)| (*tally, -n)).chain(after.iter().copied()).collect();
    changes.sort_unstable();
    for group in changes.chunk_by(|left, right| left.0 == right.0) {
        let n: i64 = group.iter().map(|(_, n)| n).sum();
        if n != 0 {
            add(tx, group[0].0, n)?;
        }
    }
    Ok(())
}

/// Adds `n` to one sum.
pub fn add(tx: &mut Tx, tally: Tally, n: i64) -> Result<(), StoreError> {
    let (name, one, two, week) = key(tally);
    tx.execute(
        "insert into tally (name, one, two, week, n) values ($1, $2, $3, $4, $5) \
         on conflict (name, one, two, week) do update set n = tally.n + $5",
        params![name, one, two, week, n],
    )?;
    Ok(())
}

/// One sum.
pub fn read(tx: &mut Tx, tally: Tally) -> Result<i64, StoreError> {
    let (name, one, two, week) = key(tally);
    let found = tx.query_opt(
        "select n from tally where name = $1 and one = $2 and two = $3 and week = $4",
        params![name, one, two, week],
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// A stored sum: name, two keys, week, and the sum itself.
pub type Sum = (String, i64, i64, Week, i64);

/// Every sum that is not zero, in order of its key; for comparing with a fresh count.
pub fn all(tx: &mut Tx) -> Result<Vec<Sum>, StoreError> {
    Ok(tx.query(
        "select name, one, two, week, n from tally where n <> 0 order by 1, 2, 3, 4",
        params![],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
    )?)
}

/// The columns of a sum.
#[must_use]
pub const fn key(tally: Tally) -> (&'static str, i64, i64, Week) {
    match tally {
        Tally::Open(unit) => ("open", unit.0, 0, 0),
        Tally::Queued(unit) => ("queued", unit.0, 0, 0),
        Tally::Waiting(unit) => ("waiting", unit.0, 0, 0),
        Tally::Taken { unit, person } => ("taken", unit.0, person.0, 0),
        Tally::Snoozed(unit) => ("snoozed", unit.0, 0, 0),
        Tally::SnoozedOf { unit, person } => ("snoozed", unit.0, person.0, 0),
        Tally::Solved(unit, week) => ("solved", unit.0, 0, week),
        Tally::Asked { from, to, week } => ("asked", from.0, to.0, week),
        Tally::Returned { from, to, week } => ("returned", from.0, to.0, week),
        Tally::HandoffKept { from, to, week } => ("handoff_kept", from.0, to.0, week),
        Tally::HandoffMissed { from, to, week } => ("handoff_missed", from.0, to.0, week),
        Tally::Kept(unit, week) => ("kept", unit.0, 0, week),
        Tally::Missed(unit, week) => ("missed", unit.0, 0, week),
    }
}

/// A connection between two units over a span of weeks: who asked whom, and how it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub from: UnitId,
    pub to: UnitId,
    pub asked: i64,
    pub returned: i64,
    pub kept: i64,
    pub missed: i64,
}

/// Every connection with hand-offs asked in `[from, until)` weeks.
pub fn edges(tx: &mut Tx, from: Week, until: Week) -> Result<Vec<Edge>, StoreError> {
    Ok(tx.query(
        "select one, two, cast(sum(case name when 'asked' then n else 0 end) as bigint), cast(sum(case name when 'returned' then n else 0 end) as bigint), \
         cast(sum(case name when 'handoff_kept' then n else 0 end) as bigint), cast(sum(case name when 'handoff_missed' then n else 0 end) as bigint) \
         from tally where name in ('asked', 'returned', 'handoff_kept', 'handoff_missed') and week >= $1 and week < $2 \
         group by one, two order by one, two",
        params![from, until],
        |row| {
            Ok(Edge {
                from: row.get(0)?,
                to: row.get(1)?,
                asked: row.get(2)?,
                returned: row.get(3)?,
                kept: row.get(4)?,
                missed: row.get(5)?,
            })
        },
    )?)
}

/// How a unit's promises went in one week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub kept: i64,
    pub missed: i64,
}

/// Promises of a unit to requesters, by the week in which they stopped, from a week on.
pub fn promises(tx: &mut Tx, unit: UnitId, from: Week) -> Result<BTreeMap<Week, Kept>, StoreError> {
    by_week(
        tx,
        "select week, name, n from tally where name in ('kept', 'missed') and one = $1 and two = 0 and week >= $2",
        unit,
        from,
    )
}

/// Promises of a unit to the units that ask it, by the week in which it was asked, from a week on.
pub fn handoff_promises(tx: &mut Tx, unit: UnitId, from: Week) -> Result<BTreeMap<Week, Kept>, StoreError> {
    by_week(
        tx,
        "select week, case name when 'handoff_kept' then 'kept' else 'missed' end, cast(sum(n) as bigint) from tally \
         where name in ('handoff_kept', 'handoff_missed') and two = $1 and week >= $2 group by week, name",
        unit,
        from,
    )
}

fn by_week(tx: &mut Tx, sql: &str, unit: UnitId, from: Week) -> Result<BTreeMap<Week, Kept>, StoreError> {
    let rows = tx.query(sql, params![unit, from], |row| {
        Ok((row.get::<Week>(0)?, row.get::<&str>(1)? == "kept", row.get::<i64>(2)?))
    })?;
    let mut weeks: BTreeMap<Week, Kept> = BTreeMap::new();
    for (week, kept, n) in rows {
        let sums = weeks.entry(week).or_default();
        if kept {
            sums.kept = n;
        } else {
            sums.missed = n;
        }
    }
    Ok(weeks)
}
