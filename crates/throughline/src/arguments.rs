//! What may be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::command::{demo, export, import, mail, recompute, report, routes, serve};

pub(crate) const USUAL_LOG: &str = "warn,throughline=info,desk=info,web=info,store=info";

/// A service desk for internal and external customers that charges every minute of a wait to exactly one holder.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub place: Place,
    /// What is logged on standard error, as in `info` or `warn,desk=debug`.
    #[arg(long, global = true, env = "RUST_LOG", default_value = USUAL_LOG, value_name = "FILTER")]
    pub log: String,
    #[command(subcommand)]
    pub command: Command,
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub(crate) struct Place {
    /// The database: `sqlite:PATH` or `postgres://person@host/name`. Without it, an SQLite file in the data folder.
    #[arg(long, global = true, env = "THROUGHLINE_DATABASE", value_name = "ADDRESS", hide_env_values = true)]
    pub database: Option<String>,
    /// The data folder; made when it is not there.
    #[arg(long, global = true, env = "THROUGHLINE_DATA_DIR", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// Where attachments and large mails lie: `s3://BUCKET/PREFIX`, reached as the `AWS_` variables of the
    /// environment say. Without it, a folder in the data folder.
    // Its own id: a command may have `files` of its own.
    #[arg(
        id = "file_store",
        long = "files",
        global = true,
        env = "THROUGHLINE_FILES",
        value_name = "ADDRESS"
    )]
    pub files: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the desk. On the first start it prints a one-time code with which the first person sets it up.
    Serve(serve::Options),
    /// Serve a demonstration: an invented company with half a year of tickets, in a database of its own.
    Demo(demo::Options),
    /// Bring tickets in from somewhere else.
    #[command(subcommand)]
    Import(import::What),
    /// Write all tickets as an event log: CSV, XES 1.0 or OCEL 2.0 JSON.
    Export(export::Options),
    /// Figures over many tickets, as a table or as JSON.
    #[command(subcommand)]
    Report(report::What),
    /// Bring mail in, or look at mail as the desk reads it.
    #[command(subcommand)]
    Mail(mail::What),
    /// Make everything that is derived from the events again; with --check, only compare.
    Recompute(recompute::Options),
    /// Make this node's index of texts again, beside a server that goes on searching the old one.
    Reindex,
    /// List every route of the web server with the right it demands.
    Routes(routes::Options),
    /// Print a new one-time code for setting up, as long as there is no administrator.
    SetupCode,
}
