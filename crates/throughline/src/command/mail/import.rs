//! `mail import`: mails out of files, brought into an inbox once however often they are given.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use desk::receive_mail::import::{self, Import, Outcome, Reject};

use crate::arguments::Place;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::{place, say, signal};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// A message of one file, an mbox file, a Maildir, or a folder of any of them.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The inbox: its address or an alias.
    #[arg(long, value_name = "ADDRESS")]
    inbox: String,
    /// As history: nothing is answered, no clock runs, and each new ticket is closed at once.
    #[arg(long)]
    silent: bool,
    /// Read everything and say what would be imported, but write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Where mails that became no message are listed, each with its place and the reason, as CSV.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
}

pub(crate) fn run(place: &Place, options: &Options) -> Result<ExitCode, Failure> {
    for path in &options.paths {
        if !path.exists() {
            return Err(Failure::usage(format!("{} is not there. Nothing was imported", path.display())));
        }
    }
    let rejects = options.rejects.as_deref().map(create).transpose()?;
    let stop = signal::listen()?;
    let desk = if options.dry_run { place.look()? } else { place.open(place::OWN)? };
    let mut bar = Progress::new("bytes read", 0);
    let given = Import {
        paths: options.paths.clone(),
        inbox: options.inbox.clone(),
        silent: options.silent,
        dry_run: options.dry_run,
    };
    let outcome = import::run(&desk, &given, &mut |done, total| bar.at(done, total), &|| stop.is_asked());
    let rate = bar.finish();
    let outcome = outcome.map_err(Failure::new)?;
    if let Some(file) = rejects {
        list(file, &outcome.rejects)?;
    }
    tell(options, &outcome, &rate)?;
    Ok(if outcome.cancelled { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn create(path: &Path) -> Result<std::fs::File, Failure> {
    std::fs::File::create(path)
        .map_err(|error| Failure::new(format!("{}: {error}. Nothing was imported", path.display())))
}

fn list(mut file: std::fs::File, rejects: &[Reject]) -> Result<(), Failure> {
    writeln!(file, "place,code,detail")?;
    for reject in rejects {
        let fields = [&reject.place, &reject.code, &reject.detail].map(|field| quoted(field));
        writeln!(file, "{}", fields.join(","))?;
    }
    Ok(file.sync_all()?)
}

fn quoted(field: &str) -> String {
    // A spreadsheet takes these for a formula.
    let guard = if field.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}

fn tell(options: &Options, outcome: &Outcome, rate: &str) -> Result<(), Failure> {
    let done = if options.dry_run { "Would import" } else { "Imported" };
    say::answer(format!(
        "{done} {} of {} mails into {}; {} were known already.",
        outcome.kept, outcome.read, options.inbox, outcome.known
    ))?;
    if options.dry_run {
        say::answer(format!("{} cannot be taken apart and would wait for a decision.", outcome.unreadable))?;
    } else {
        say::answer(format!(
            "{} became messages, {} wait for a decision on the page of suspended mail.",
            outcome.messages, outcome.suspended
        ))?;
    }
    match (outcome.rejects.first(), &options.rejects) {
        (None, _) => {}
        (Some(_), Some(path)) => say::answer(format!("They are listed in {}.", path.display()))?,
        (Some(first), None) => say::answer(format!(
            "The first of them: {}: {} {}. Give --rejects FILE to have them all.",
            first.place, first.code, first.detail
        ))?,
    }
    say::aside(rate);
    if outcome.cancelled {
        say::aside("Stopped between two batches. What was kept stays; the same command goes on from there.");
    }
    Ok(())
}
