//! Who hands work to whom: from the units that had each ticket, one after another.

use std::collections::{BTreeMap, HashSet};

use domain::event::Fact;
use domain::id::{TicketId, UnitId};
use serde::Serialize;

use super::{Filter, unit_name};
use crate::DeskError;
use crate::act::Look;

/// How often a ticket went from one unit to another: it moved, or the one asked the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    pub from: String,
    pub to: String,
    pub count: u64,
}

/// How often a ticket went from `a` to `b` and straight back to `a`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PingPong {
    pub a: String,
    pub b: String,
    pub count: u64,
}

/// The matrix of hand-offs, the most frequent first. For each ticket the units that owned it are
/// read in the order of its events; units next to each other that differ are one hand-off. A unit
/// that asks another on behalf of its ticket is one hand-off, too.
pub fn run(look: &mut Look, filter: &Filter) -> Result<Vec<Row>, DeskError> {
    let mut counts = Counts::default();
    walk(look, filter, |stays, asked| {
        for pair in stays.windows(2) {
            *counts.entry((pair[0], pair[1])).or_default() += 1;
        }
        if let Some(pair) = asked {
            *counts.entry(pair).or_default() += 1;
        }
    })?;
    let row = |from, to, count| Row { from, to, count };
    Ok(named(look, counts).into_iter().map(|(from, to, count)| row(from, to, count)).collect())
}

/// The ping-pongs: three stays next to each other of which the first and the third are the same unit.
pub fn pingpong(look: &mut Look, filter: &Filter) -> Result<Vec<PingPong>, DeskError> {
    let mut counts = Counts::default();
    walk(look, filter, |stays, _| {
        for three in stays.windows(3).filter(|three| three[0] == three[2]) {
            *counts.entry((three[0], three[1])).or_default() += 1;
        }
    })?;
    let row = |a, b, count| PingPong { a, b, count };
    Ok(named(look, counts).into_iter().map(|(a, b, count)| row(a, b, count)).collect())
}

type Counts = BTreeMap<(UnitId, UnitId), u64>;

/// Hands the stays of each ticket to `take`, and for a hand-off who asked whom.
fn walk(
    look: &mut Look,
    filter: &Filter,
    mut take: impl FnMut(&[UnitId], Option<(UnitId, UnitId)>),
) -> Result<(), DeskError> {
    super::must_know_source(look, filter)?;
    let wanted = wanted(look, filter)?;
    let mut current: Option<TicketId> = None;
    let mut stays: Vec<UnitId> = Vec::new();
    let mut asked = None;
    store::event::each_by_ticket(look.tx, |_, event| {
        if current != Some(event.ticket) {
            take(&stays, asked);
            stays.clear();
            asked = None;
            current = Some(event.ticket);
        }
        if wanted.as_ref().is_some_and(|wanted| !wanted.contains(&event.ticket)) {
            return;
        }
        if let Fact::Asked(opening) = &event.fact {
            asked = opening.asking_unit.map(|asking| (asking, opening.unit));
        }
        if let Some(unit) = event.fact.owner()
            && stays.last() != Some(&unit)
        {
            stays.push(unit);
        }
    })?;
    take(&stays, asked);
    Ok(())
}

/// The tickets of a filter; `None` where every ticket is wanted.
fn wanted(look: &mut Look, filter: &Filter) -> Result<Option<HashSet<TicketId>>, DeskError> {
    if *filter == Filter::default() {
        return Ok(None);
    }
    let mut wanted = HashSet::new();
    store::report::tickets(look.tx, filter, |line| {
        wanted.insert(line.id);
    })?;
    Ok(Some(wanted))
}

fn named(look: &Look, counts: Counts) -> Vec<(String, String, u64)> {
    let mut rows: Vec<(String, String, u64)> = counts
        .into_iter()
        .map(|((from, to), count)| (unit_name(look, from), unit_name(look, to), count))
        .collect();
    rows.sort_by(|a, b| (b.2, &a.0, &a.1).cmp(&(a.2, &b.0, &b.1)));
    rows
}
