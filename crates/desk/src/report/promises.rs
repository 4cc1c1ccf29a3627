//! Promises kept and missed: by our own clocks, and beside them by the verdict of an imported log.

use std::collections::{BTreeMap, HashMap};

use domain::id::{TicketId, UnitId};
use jiff::tz::TimeZone;
use serde::Serialize;
use store::report::Line;

use super::{Filter, Group, unit_name};
use crate::DeskError;
use crate::act::Look;

#[derive(Clone, Debug)]
pub enum By {
    /// The ISO week in which the ticket was solved, in this time zone.
    Week(TimeZone),
    Unit,
    Priority,
}

/// Whose verdict `kept` and `missed` are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Our resolution clocks: a ticket kept its promise when it missed none of them.
    Own,
    /// The log that the ticket came from; used only where no clock of ours ended.
    Imported,
}

/// One group and source; `n` is `kept + missed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    #[serde(flatten)]
    pub group: Group,
    pub source: Source,
    pub kept: u64,
    pub missed: u64,
    pub n: u64,
    /// What the imported log said of the same tickets, to be held beside our own verdict.
    pub imported_kept: u64,
    pub imported_missed: u64,
}

/// Promises by week of solution, by the unit that owned the ticket last, or by priority. Tickets
/// without any verdict are in no row; a ticket with both is counted once, with our own.
pub fn run(look: &mut Look, filter: &Filter, by: &By) -> Result<Vec<Row>, DeskError> {
    super::must_know_source(look, filter)?;
    let mut own: HashMap<TicketId, bool> = HashMap::new();
    store::report::resolutions(look.tx, |ticket, met| {
        let kept = own.entry(ticket).or_insert(true);
        *kept &= met;
    })?;
    let mut units: BTreeMap<UnitId, String> = BTreeMap::new();
    for unit in look.catalogue.units.values() {
        units.insert(unit.id, unit_name(look, unit.id));
    }
    let mut rows: BTreeMap<(Group, Source), Row> = BTreeMap::new();
    store::report::tickets(look.tx, filter, |line| {
        let (source, kept) = match (own.get(&line.id), line.imported_kept) {
            (Some(kept), _) => (Source::Own, *kept),
            (None, Some(kept)) => (Source::Imported, kept),
            (None, None) => return,
        };
        let group = group(by, &units, &line);
        let row = rows.entry((group.clone(), source)).or_insert_with(|| Row {
            group,
            source,
            kept: 0,
            missed: 0,
            n: 0,
            imported_kept: 0,
            imported_missed: 0,
        });
        row.n += 1;
        row.kept += u64::from(kept);
        row.missed += u64::from(!kept);
        row.imported_kept += u64::from(line.imported_kept == Some(true));
        row.imported_missed += u64::from(line.imported_kept == Some(false));
    })?;
    Ok(rows.into_values().collect())
}

fn group(by: &By, units: &BTreeMap<UnitId, String>, line: &Line) -> Group {
    match by {
        By::Week(zone) => {
            let end = line.solved_at.or(line.closed_at).unwrap_or(line.changed_at);
            let week = end.to_zoned(zone.clone()).date().iso_week_date();
            Group::Week(format!("{:04}-W{:02}", week.year(), week.week()))
        }
        By::Unit => {
            Group::Unit(Some(units.get(&line.unit).cloned().unwrap_or_else(|| "unknown unit".to_owned())))
        }
        By::Priority => Group::Priority(line.priority),
    }
}
