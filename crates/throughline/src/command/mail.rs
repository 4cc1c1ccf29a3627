//! `mail`: bringing mail in, and what the mail engine understands of messages in files.

mod import;
mod inspect;
mod pipe;
mod threads;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::arguments::Place;
use crate::failure::Failure;

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Say what is understood of each message: people, subject, texts, attachments, automatic mail, bounces.
    ///
    /// With --json each file gives one JSON object on a line of its own, in the order of the files.
    Inspect(Files),
    /// Group the messages of a folder into threads by their References and In-Reply-To.
    ///
    /// The folder is a Maildir, or holds mbox files and messages of one file each; DIR may also be one
    /// mbox file. A message without an id stands as `<sha256-...@without.id>`, made from its bytes.
    /// Answers to one message that is not there itself belong together; a subject never joins.
    Threads(Folder),
    /// Take one mail from standard input, for a local mail server: it is kept durably, and a running server
    /// picks it up within seconds.
    ///
    /// Ends with 0 once the mail is kept, with 75 when the mail server should try again later, and with 65
    /// when the mail is empty or too large.
    Pipe(pipe::Options),
    /// Bring mails out of files into an inbox; a mail that is there already is not brought in again.
    Import(import::Options),
}

#[derive(Debug, Args)]
pub(crate) struct Files {
    /// Files with one message each.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// One JSON object a file, each on its line.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Folder {
    /// A Maildir, a folder of messages or mbox files, or an mbox file.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// One JSON array: `[[message_id, ...], ...]`, oldest thread and message first.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(place: &Place, what: &What) -> Result<ExitCode, Failure> {
    match what {
        What::Inspect(files) => inspect::run(&files.files, files.json),
        What::Threads(folder) => threads::run(&folder.folder, folder.json),
        What::Pipe(options) => Ok(pipe::run(place, options)),
        What::Import(options) => import::run(place, options),
    }
}
