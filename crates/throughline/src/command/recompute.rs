//! `recompute`: what is derived is made again from the events, or compared with them.

use std::process::ExitCode;

use clap::Args;
use desk::recompute::{self, Difference, Report};

use crate::arguments::Place;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::{place, say};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Change nothing; say what differs, and fail when something does.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(place: &Place, options: &Options) -> Result<ExitCode, Failure> {
    let mut bar = Progress::new("tickets", 0);
    if options.check {
        let report = recompute::check(&place.look()?, move |now| bar.at(now.tickets, 0))?;
        return checked(&report);
    }
    let report = recompute::repair(&place.open(place::OWN)?, move |now| bar.at(now.tickets, 0))?;
    say::answer(format!(
        "{} events of {} tickets were read; {} tickets were written again.",
        report.events, report.tickets, report.repaired
    ))?;
    list(&report)?;
    Ok(ExitCode::SUCCESS)
}

fn checked(report: &Report) -> Result<ExitCode, Failure> {
    if report.total == 0 {
        say::answer(format!(
            "Clean: everything stored about {} tickets follows from their {} events.",
            report.tickets, report.events
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    list(report)?;
    Err(Failure::new(format!(
        "{} things stored about {} tickets differ from what their events say. Nothing was changed. \
         `throughline recompute` writes them again from the events",
        report.total, report.tickets
    )))
}

fn list(report: &Report) -> Result<(), Failure> {
    for Difference { number, what, stored, expected, .. } in &report.differences {
        let ticket = number.map_or_else(String::new, |number| format!("#{number} "));
        say::answer(format!("{ticket}{what}: stored {stored}, from the events {expected}"))?;
    }
    let shown = report.differences.len() as u64;
    if report.total > shown {
        say::answer(format!("... and {} more", report.total - shown))?;
    }
    Ok(())
}
