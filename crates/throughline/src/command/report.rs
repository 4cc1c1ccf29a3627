//! `report`: figures over many tickets, as a table for people or as a flat JSON list for programs.

mod tables;

use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use desk::report::{Filter, durations, handoffs, ledger, promises};
use desk::{DeskError, Look};
use domain::affiliation::Class;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::arguments::Place;
use crate::failure::Failure;
use crate::say;

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// How often work goes from one unit to another: it moves, or the one asks the other.
    ///
    /// Columns: from, to, count. With --pingpong: a, b, count, where a ticket went from a to b and straight back.
    Handoffs {
        #[command(flatten)]
        scope: Scope,
        /// Count A-B-A instead: three stays next to each other of which the first and the third are the same unit.
        #[arg(long)]
        pingpong: bool,
    },
    /// Promises kept and missed.
    ///
    /// Columns: week|unit|priority, source, kept, missed, n, imported_kept, imported_missed. Source `own`: every
    /// resolution clock (SLA, OLA) of the ticket was met, or one was missed. Source `imported`: no clock of ours
    /// ended, so the verdict of the imported log stands. One row for each group and source; nothing is mixed.
    Promises {
        #[command(flatten)]
        scope: Scope,
        /// The ISO week of the solution (else of the closing, else of the last event), the unit that owned the
        /// ticket last, or its priority.
        #[arg(long)]
        by: PromisesBy,
    },
    /// How long tickets take, in hours: from opening to solved, and from opening to closed.
    ///
    /// Columns: priority|service|unit, measure, n, open, mean, p25, p50, p75, p90, p95. Quantiles are of type 7;
    /// `open` are tickets that have not come to the end of the measure.
    Durations {
        #[command(flatten)]
        scope: Scope,
        #[arg(long)]
        by: DurationsBy,
    },
    /// Who held the time of solved tickets, each minute of each ticket once.
    ///
    /// Columns: holder|unit|service, tickets, elapsed_hours, working_hours, without_promise. The rows sum exactly
    /// to the time from opening to solution. Working time is counted in the calendar of the ticket's resolution
    /// promise; tickets without one are counted in without_promise.
    Ledger {
        #[command(flatten)]
        scope: Scope,
        #[arg(long)]
        by: LedgerBy,
        /// Only tickets of this class of requesters.
        #[arg(long, default_value = "all")]
        class: ClassChoice,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Scope {
    /// One JSON list on standard output instead of a table.
    #[arg(long)]
    json: bool,
    /// Only tickets opened on this day or later.
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// Only tickets opened before this day.
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// Only tickets imported from the log of this name.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// The time zone of days and weeks.
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    timezone: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum PromisesBy {
    Week,
    Unit,
    Priority,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum DurationsBy {
    Priority,
    Service,
    Unit,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum LedgerBy {
    Holder,
    Unit,
    Service,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ClassChoice {
    All,
    External,
    Connected,
    Internal,
}

pub(crate) fn run(place: &Place, what: &What) -> Result<ExitCode, Failure> {
    match what {
        What::Handoffs { scope, pingpong: false } => {
            let rows = read(place, scope, handoffs::run)?;
            if scope.json { json(&rows)? } else { tables::handoffs(&rows)? }
        }
        What::Handoffs { scope, pingpong: true } => {
            let rows = read(place, scope, handoffs::pingpong)?;
            if scope.json { json(&rows)? } else { tables::pingpong(&rows)? }
        }
        What::Promises { scope, by } => {
            let by = match by {
                PromisesBy::Week => promises::By::Week(scope.zone()?),
                PromisesBy::Unit => promises::By::Unit,
                PromisesBy::Priority => promises::By::Priority,
            };
            let rows = read(place, scope, move |look, filter| promises::run(look, filter, &by))?;
            if scope.json { json(&rows)? } else { tables::promises(&rows)? }
        }
        What::Durations { scope, by } => {
            let by = match by {
                DurationsBy::Priority => durations::By::Priority,
                DurationsBy::Service => durations::By::Service,
                DurationsBy::Unit => durations::By::Unit,
            };
            let rows = read(place, scope, move |look, filter| durations::run(look, filter, by))?;
            if scope.json { json(&rows)? } else { tables::durations(&rows)? }
        }
        What::Ledger { scope, by, class } => charged(place, scope, *by, *class)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn charged(place: &Place, scope: &Scope, by: LedgerBy, class: ClassChoice) -> Result<(), Failure> {
    let by = match by {
        LedgerBy::Holder => ledger::By::Holder,
        LedgerBy::Unit => ledger::By::Unit,
        LedgerBy::Service => ledger::By::Service,
    };
    let class = match class {
        ClassChoice::All => None,
        ClassChoice::External => Some(Class::External),
        ClassChoice::Connected => Some(Class::Connected),
        ClassChoice::Internal => Some(Class::Internal),
    };
    let report = read(place, scope, move |look, filter| ledger::run(look, filter, by, class))?;
    for (ticket, cause) in &report.failed {
        say::aside(format!("The ledger of ticket id {ticket} was left out: {cause}."));
    }
    if scope.json { json(&report.rows) } else { tables::ledger(&report) }
}

fn read<T: Send + 'static>(
    place: &Place,
    scope: &Scope,
    report: impl FnOnce(&mut Look, &Filter) -> Result<T, DeskError> + Send + 'static,
) -> Result<T, Failure> {
    let filter = scope.filter()?;
    let desk = place.look()?;
    Ok(desk.look_now(move |look| report(look, &filter))?)
}

impl Scope {
    fn filter(&self) -> Result<Filter, Failure> {
        let mut filter = Filter { source: self.source.clone(), ..Filter::default() };
        if let Some(since) = self.since {
            filter.since = self.begin_of(since)?;
        }
        if let Some(until) = self.until {
            filter.until = self.begin_of(until)?;
        }
        Ok(filter)
    }

    fn begin_of(&self, day: Date) -> Result<Timestamp, Failure> {
        let begin = day.to_zoned(self.zone()?).map_err(Failure::usage)?;
        Ok(begin.timestamp())
    }

    fn zone(&self) -> Result<TimeZone, Failure> {
        Ok(desk::eventlog::error::zone(&self.timezone)?)
    }
}

fn json<T: Serialize>(rows: &[T]) -> Result<(), Failure> {
    say::write(|out| {
        writeln!(out, "[")?;
        for (place, row) in rows.iter().enumerate() {
            let comma = if place + 1 < rows.len() { "," } else { "" };
            writeln!(out, "  {}{comma}", serde_json::to_string(row).map_err(std::io::Error::other)?)?;
        }
        writeln!(out, "]")
    })
}
