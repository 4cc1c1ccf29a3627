//! `import`: tickets from somewhere else.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use desk::eventlog::{Mapping, Reject, Source, mapping, profile, rejects, source};
use desk::import::{self, ImportError, Outcome};

use crate::arguments::Place;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::{place, say, signal};

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// An event log: CSV, XES or OCEL JSON, plain or packed with gzip or zstd.
    Log(Log),
}

#[derive(Debug, Args)]
pub(crate) struct Log {
    /// The log to read.
    file: PathBuf,
    /// A built-in mapping: uci, helpdesk-italian, bpi2020-travel or throughline.
    #[arg(long, value_name = "NAME", required_unless_present = "mapping", conflicts_with = "mapping")]
    profile: Option<String>,
    /// A JSON file that says which column plays which role.
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// What a second import of the same log is known by; the file's name without its endings when it is not given.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The zone of times that are written without one, as in Europe/Lisbon.
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    timezone: String,
    /// Read everything and say what would be imported, but write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Where rows that cannot be used are written, each with its line and the reason.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
}

pub(crate) fn run(place: &Place, what: &What) -> Result<ExitCode, Failure> {
    match what {
        What::Log(log) => log_into(place, log),
    }
}

fn log_into(place: &Place, log: &Log) -> Result<ExitCode, Failure> {
    let zone = desk::eventlog::error::zone(&log.timezone)?;
    let source = source::open(&log.file)?;
    let mapping = mapping_of(log, &source)?;
    let name = log.name.clone().unwrap_or_else(|| source.name().to_owned());
    let stop = signal::listen()?;
    let desk = place.open(place::OWN)?;
    let mut shown = Shown::default();
    let given = import::Log { source, name: name.clone(), mapping, zone, dry_run: log.dry_run };
    let outcome = import::log(&desk, given, &mut |now| shown.at(now), &|| stop.is_asked());
    let rate = shown.finish();
    let outcome = outcome?;
    let rejects = write_rejects(log, &outcome.rejects)?;
    tell(log, &name, &outcome, &rate, rejects.as_deref())?;
    Ok(if outcome.cancelled { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Log(error) => error.into(),
            ImportError::Desk(error) => error.into(),
        }
    }
}

/// The bar of what goes on now: reading in bytes of the file, then writing in cases.
#[derive(Default)]
struct Shown {
    reading: Option<Progress>,
    writing: Option<Progress>,
    events: u64,
}

impl Shown {
    fn at(&mut self, now: import::Progress) {
        match now {
            import::Progress::Reading { read_bytes, total_bytes, .. } => {
                let bar = self.reading.get_or_insert_with(|| Progress::new("bytes read", total_bytes));
                bar.at(read_bytes, total_bytes);
            }
            import::Progress::Writing { cases, of_cases, events } => {
                if let Some(reading) = self.reading.take() {
                    reading.finish();
                }
                self.events = events;
                self.writing.get_or_insert_with(|| Progress::new("cases", of_cases)).at(cases, of_cases);
            }
        }
    }

    fn finish(self) -> String {
        if let Some(reading) = self.reading {
            reading.finish();
        }
        self.writing.map(Progress::finish).unwrap_or_default()
    }
}

fn write_rejects(log: &Log, found: &[Reject]) -> Result<Option<PathBuf>, Failure> {
    let Some(path) = &log.rejects else { return Ok(None) };
    let mut writer = rejects::Writer::create(path)?;
    for reject in found {
        writer.write(reject)?;
    }
    Ok(writer.finish()?)
}

fn tell(log: &Log, name: &str, outcome: &Outcome, rate: &str, rejects: Option<&Path>) -> Result<(), Failure> {
    let done = if log.dry_run { "Would import" } else { "Imported" };
    say::answer(format!(
        "{done} {} rows of {name} as {} events: {} new tickets, {} with new rows, {} known already.",
        outcome.rows, outcome.events, outcome.cases_new, outcome.cases_grown, outcome.cases_known
    ))?;
    let made = &outcome.created;
    say::answer(format!(
        "New in the directory: {} units, {} services, {} people, {} suppliers.",
        made.units.len(),
        made.services.len(),
        made.people.len(),
        made.suppliers.len()
    ))?;
    warnings(outcome)?;
    match (outcome.rejects.first(), rejects) {
        (None, _) => say::answer("Every row was used.")?,
        (Some(_), Some(path)) => {
            say::answer(format!(
                "{} rows were not used; they are in {}.",
                outcome.rejects.len(),
                path.display()
            ))?;
        }
        (Some(first), None) => say::answer(format!(
            "{} rows were not used, the first in line {}: {}. Give --rejects FILE to have them all with their reasons.",
            outcome.rejects.len(),
            first.line,
            first.reason
        ))?,
    }
    if !rate.is_empty() {
        say::aside(rate);
    }
    if outcome.cancelled {
        say::aside(
            "Stopped between two batches. What was written stays; the same command goes on from there.",
        );
    }
    Ok(())
}

fn warnings(outcome: &Outcome) -> Result<(), Failure> {
    let warnings = &outcome.warnings;
    let counted = [
        (warnings.dates_out_of_order, "rows whose time runs backwards; custody uses the time before"),
        (warnings.cases_reordered, "tickets whose rows stood in another order in the file"),
        (warnings.dates_in_skipped_hour, "times in an hour that daylight saving skipped"),
        (warnings.dates_in_repeated_hour, "times in an hour that happened twice"),
        (warnings.opened_at_unreadable, "opening times that are no date; the first row's time stands"),
        (
            warnings.opened_at_after_first_row,
            "opening times after the first row; the first row's time stands",
        ),
    ];
    for (count, what) in counted.into_iter().filter(|(count, _)| *count > 0) {
        say::answer(format!("Note: {count} {what}."))?;
    }
    Ok(())
}

fn mapping_of(log: &Log, source: &Source) -> Result<Mapping, Failure> {
    match (&log.profile, &log.mapping) {
        (Some(name), _) => Ok(profile::by_name(name, source.format())?),
        (None, Some(path)) => {
            let file = std::fs::File::open(path).map_err(|error| {
                Failure::new(format!(
                    "the mapping {} cannot be opened: {error}. Nothing was read",
                    path.display()
                ))
            })?;
            Ok(mapping::from_json(std::io::BufReader::new(file))?)
        }
        (None, None) => Err(Failure::usage("name the log's --profile, or give a --mapping file")),
    }
}
