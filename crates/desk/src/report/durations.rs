//! How long tickets take: from their opening until solved, and until closed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use store::report::Line;

use super::{Filter, Group, hours, quantile, service_name, unit_name};
use crate::DeskError;
use crate::act::Look;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Priority,
    Service,
    Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    OpenToSolved,
    OpenToClosed,
}

/// One group and measure, in hours by the clock on the wall; quantiles are of type 7.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    #[serde(flatten)]
    pub group: Group,
    pub measure: Measure,
    /// Tickets that came to the end of the measure; the figures are theirs alone.
    pub n: usize,
    /// Tickets that have not come there yet.
    pub open: usize,
    pub mean: Option<f64>,
    pub p25: Option<f64>,
    pub p50: Option<f64>,
    pub p75: Option<f64>,
    pub p90: Option<f64>,
    pub p95: Option<f64>,
}

#[derive(Default)]
struct Taken {
    hours: Vec<f64>,
    open: usize,
}

/// Durations by priority, service or owning unit (the last one, where it changed). Hand-offs are
/// tickets and count with the unit and service that they were asked of.
pub fn run(look: &mut Look, filter: &Filter, by: By) -> Result<Vec<Row>, DeskError> {
    super::must_know_source(look, filter)?;
    let mut groups: BTreeMap<(i64, Measure), Taken> = BTreeMap::new();
    store::report::tickets(look.tx, filter, |line| {
        let key = match by {
            By::Priority => i64::from(line.priority),
            By::Service => line.service.0,
            By::Unit => line.unit.0,
        };
        for (measure, end) in ends(&line) {
            let taken = groups.entry((key, measure)).or_default();
            match end {
                Some(end) => taken.hours.push(hours(end.duration_since(line.opened_at))),
                None => taken.open += 1,
            }
        }
    })?;
    let named = |key: i64| match by {
        By::Priority => Group::Priority(u8::try_from(key).unwrap_or(u8::MAX)),
        By::Service => Group::Service(service_name(look, domain::id::ServiceId(key))),
        By::Unit => Group::Unit(Some(unit_name(look, domain::id::UnitId(key)))),
    };
    let mut rows: Vec<Row> =
        groups.into_iter().map(|((key, measure), taken)| row(named(key), measure, taken)).collect();
    rows.sort_by(|a, b| (&a.group, a.measure).cmp(&(&b.group, b.measure)));
    Ok(rows)
}

fn ends(line: &Line) -> [(Measure, Option<Timestamp>); 2] {
    [(Measure::OpenToSolved, line.solved_at), (Measure::OpenToClosed, line.closed_at)]
}

fn row(group: Group, measure: Measure, taken: Taken) -> Row {
    let Taken { mut hours, open } = taken;
    hours.sort_by(f64::total_cmp);
    let at = |share: f64| quantile::type7(&hours, share);
    Row {
        group,
        measure,
        n: hours.len(),
        open,
        mean: quantile::mean(&hours),
        p25: at(0.25),
        p50: at(0.50),
        p75: at(0.75),
        p90: at(0.90),
        p95: at(0.95),
    }
}
