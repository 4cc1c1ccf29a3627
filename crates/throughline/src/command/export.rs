//! `export`: every ticket as an event log.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use desk::Desk;
use desk::eventlog::{self, Error};
use desk::export::{self, Choice, ExportError, Words};

use crate::arguments::Place;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::say;

#[derive(Debug, Args)]
pub(crate) struct Options {
    format: Format,
    /// The file to write; standard output without it.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write what was said, too: messages and reasons that both sides may read, and, marked as internal,
    /// notes and reasons that only the serving side may read; of confidential tickets as well. Keep such
    /// a file where only those may read it who may read everything.
    #[arg(long)]
    with_messages: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Xes,
    Ocel,
}

pub(crate) fn run(place: &Place, options: &Options) -> Result<ExitCode, Failure> {
    let desk = place.look()?;
    let words = if options.with_messages { Words::Written } else { Words::LeftOut };
    let mut bar = Progress::new("tickets", 0);
    let events = match &options.output {
        Some(path) => to_file(&desk, options.format, words, path, &mut bar),
        None => to(&desk, options.format, words, BufWriter::new(std::io::stdout().lock()), &mut bar),
    };
    let took = bar.finish();
    match events {
        Ok(events) => say::aside(format!("Wrote {events} events: {took}.")),
        // A reader that has seen enough (`| head`) is no failure.
        Err(ExportError::Log(Error::Write(cause))) if cause.kind() == std::io::ErrorKind::BrokenPipe => {}
        Err(ExportError::Log(error)) => return Err(error.into()),
        Err(ExportError::Desk(error)) => return Err(error.into()),
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes beside the file first, so that it is never there in part.
fn to_file(
    desk: &Desk,
    format: Format,
    words: Words,
    path: &Path,
    bar: &mut Progress,
) -> Result<u64, ExportError> {
    let refused = |cause| Error::Open { path: path.to_path_buf(), cause };
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let file = std::fs::File::create(&part).map_err(refused)?;
    let done = to(desk, format, words, BufWriter::new(file), bar).and_then(|events| {
        std::fs::rename(&part, path).map(|()| events).map_err(|cause| refused(cause).into())
    });
    if done.is_err() {
        // What is left over is worth nothing; that it cannot be removed would not change that.
        let _ = std::fs::remove_file(&part);
    }
    done
}

fn to(
    desk: &Desk,
    format: Format,
    words: Words,
    mut output: impl Write,
    bar: &mut Progress,
) -> Result<u64, ExportError> {
    let format = match format {
        Format::Csv => eventlog::Format::Csv,
        Format::Xes => eventlog::Format::Xes,
        Format::Ocel => eventlog::Format::Ocel,
    };
    let events =
        export::run(desk, format, Choice::All, words, &mut output, &mut |tickets| bar.at(tickets, 0))?;
    output.flush().map_err(Error::Write)?;
    Ok(events)
}
