//! `import`: tickets from somewhere else.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use desk::eventlog::{Mapping, Source, mapping, profile, source};

use crate::arguments::Place;
use crate::failure::Failure;

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

fn log_into(_place: &Place, log: &Log) -> Result<ExitCode, Failure> {
    let zone = desk::eventlog::error::zone(&log.timezone)?;
    let source = source::open(&log.file)?;
    let mapping = mapping_of(log, &source)?;
    let _ = (zone, mapping, log.dry_run, &log.rejects);
    Err(Failure::new("importing is not part of this build yet"))
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
