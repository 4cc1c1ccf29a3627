//! Takes event logs in: a case becomes a ticket, every row an event, and nothing is lost on the way.
//!
//! Each row of a case is kept with its raw fields beside exactly one event (`event_raw`). A row that
//! means two things at once (another unit, and solved) becomes two events at the same instant; the
//! raw fields stand beside the last of them, so an imported event without raw fields was derived
//! from the row after it, or from the opening date that the log names. Rows that change nothing are
//! `logged`. Where a log does not name the unit, the one known last stands, and before that the one
//! known first; a change of unit without a person goes to the unit's queue.
//!
//! A case that was imported before is passed over when its rows are the same, goes on where it
//! ended when it has grown, and is refused when its earlier rows differ. What the desk already
//! recorded stands: a resolution that was imported is not taken back by a later row that only
//! repeats it.

mod answers;
mod batch;
mod create;
mod directory;
mod plan;
mod restore;

use domain::affiliation::Class;
use jiff::tz::TimeZone;

use crate::act::Desk;
use crate::eventlog::{self, Case, Mapping, Reject, Source, Warnings, case, export};
use crate::{DeskError, eventlog::profile};

pub use directory::Created;
pub use restore::restore;

/// A log to be read and written.
pub struct Log {
    pub source: Source,
    /// What a second import of the same log is known by; the file's name without its endings.
    pub name: String,
    pub mapping: Mapping,
    /// Of times that the log gives without one.
    pub zone: TimeZone,
    pub dry_run: bool,
}

/// Reads a log and writes its cases. Our own files give the tickets themselves back.
pub fn log(
    desk: &Desk,
    log: Log,
    progress: &mut dyn FnMut(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Outcome, ImportError> {
    let Log { source, name, mapping, zone, dry_run } = log;
    let is_own = profile::by_name("throughline", source.format()).is_ok_and(|own| own == mapping);
    let bytes = source.progress();
    let mut rows = 0;
    let entries = eventlog::read(source, &mapping, &zone)?.inspect(|_| {
        rows += 1;
        if rows % ROWS_A_REPORT == 0 {
            let (read_bytes, total_bytes) = (bytes.read_bytes(), bytes.total_bytes());
            progress(Progress::Reading { rows, read_bytes, total_bytes });
        }
    });
    if is_own {
        let (tickets, rejects) = export::restore(entries)?;
        return Ok(restore(desk, Restore { source: name, tickets, rejects, dry_run }, progress, cancelled)?);
    }
    let assembly = case::assemble(entries, &mapping, &zone)?;
    let import = Import {
        source: name,
        cases: assembly.cases,
        rejects: assembly.rejects,
        warnings: assembly.warnings,
        class: mapping.class,
        dry_run,
    };
    Ok(run(desk, import, progress, cancelled)?)
}

const ROWS_A_REPORT: u64 = 4096;

/// Assembled cases to be written.
#[derive(Debug)]
pub struct Import {
    /// What a second import of the same log is known by.
    pub source: String,
    pub cases: Vec<Case>,
    /// Rows that the reader refused; they are passed on to the outcome.
    pub rejects: Vec<Reject>,
    pub warnings: Warnings,
    /// What the requesters of this log are to us.
    pub class: Class,
    pub dry_run: bool,
}

/// Tickets of our own export to be written.
#[derive(Debug)]
pub struct Restore {
    pub source: String,
    pub tickets: Vec<export::ExportTicket>,
    pub rejects: Vec<Reject>,
    pub dry_run: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Bytes are those of the file as it lies on the disk.
    Reading {
        rows: u64,
        read_bytes: u64,
        total_bytes: u64,
    },
    Writing {
        cases: u64,
        of_cases: u64,
        events: u64,
    },
}

/// What an import did, or with `dry_run` would have done.
#[derive(Debug, Default)]
pub struct Outcome {
    pub cases_new: u64,
    /// Imported before, and the same now.
    pub cases_known: u64,
    /// Imported before, with rows added since.
    pub cases_grown: u64,
    /// Rows of the log that were kept.
    pub rows: u64,
    /// Events written: one a row, and those derived from rows that mean two things.
    pub events: u64,
    pub rejects: Vec<Reject>,
    pub warnings: Warnings,
    pub created: Created,
    /// Stopped between two batches; what was written stays, and the same import goes on from there.
    pub cancelled: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    Log(#[from] eventlog::Error),
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// Writes assembled cases in batches; each batch is one transaction.
pub fn run(
    desk: &Desk,
    import: Import,
    progress: &mut dyn FnMut(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Outcome, DeskError> {
    let Import { source, cases, rejects, warnings, class, dry_run } = import;
    let names = directory::gather(&source, class, &cases);
    let mut outcome = Outcome { rejects, warnings, ..Outcome::default() };
    let known = {
        let source = source.clone();
        desk.look_now(move |look| Ok(store::imported::cases(look.tx, &source)?))?
    };
    let (directory, created) = directory::open(desk, names, dry_run)?;
    outcome.created = created;
    let of_cases = cases.len() as u64;
    let mut seen = 0;
    let catalogue = desk.look_now(|look| Ok(std::sync::Arc::clone(&look.catalogue)))?;
    let preparing =
        batch::Preparing { desk, source: &source, directory: &directory, known, catalogue: &catalogue };
    std::thread::scope(|scope| {
        let (ready, batches) = std::sync::mpsc::sync_channel(2);
        scope.spawn(move || preparing.all(cases, &ready));
        for batch in batches {
            if cancelled() {
                outcome.cancelled = true;
                break;
            }
            seen += batch.cases_seen;
            outcome.cases_known += batch.cases_known;
            outcome.rejects.extend_from_slice(&batch.rejects);
            outcome.cases_new += batch.cases_new();
            outcome.cases_grown += batch.cases_grown();
            outcome.rows += batch.rows();
            outcome.events += batch.events_of_new();
            if !dry_run && !batch.is_empty() {
                let directory = std::sync::Arc::clone(&directory);
                let grown =
                    desk.act_now(domain::event::Actor::Import, move |act| batch.write(act, &directory))?;
                outcome.events += grown.events;
                outcome.rows += grown.rows;
            }
            progress(Progress::Writing { cases: seen, of_cases, events: outcome.events });
        }
        Ok(outcome)
    })
}

#[cfg(test)]
mod tests;
