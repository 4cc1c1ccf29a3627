//! The load harness: fills a database, drives the pages over HTTP and prints what they cost,
//! beside a bare server that does the same with the least that is possible.

mod bare;
mod client;
mod drive;
mod fill;
mod process;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(about = "Fills a desk, drives it over HTTP and prints throughput, percentiles and CPU per request")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Fills a new database with tickets in bulk.
    Fill {
        /// `sqlite:PATH` or `postgres://...`; a SQLite file must not exist yet.
        #[arg(long)]
        database: String,
        #[arg(long, default_value_t = 10_000)]
        tickets: u32,
        /// Messages of each ticket.
        #[arg(long, default_value_t = 10)]
        messages: u32,
    },
    /// Drives a filled desk and prints one table.
    Drive {
        #[arg(long)]
        database: String,
        /// The `throughline` binary to start.
        #[arg(long, default_value = "target/release/throughline")]
        server: PathBuf,
        #[arg(long, default_value_t = 5)]
        seconds: u64,
        #[arg(long, value_delimiter = ',', default_value = "1,8,32")]
        clients: Vec<usize>,
        /// Leaves the bare server out.
        #[arg(long)]
        alone: bool,
    },
    /// The bare server: axum and rusqlite, minimal SQL, JSON.
    Bare {
        #[arg(long)]
        file: PathBuf,
        #[arg(long)]
        listen: String,
        #[arg(long)]
        tickets: i64,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Fill { database, tickets, messages } => fill::run(&database, tickets, messages),
        Command::Drive { database, server, seconds, clients, alone } => {
            drive::run(&drive::Plan { database, server, seconds, clients, alone })
        }
        Command::Bare { file, listen, tickets } => bare::run(&file, &listen, tickets),
    }
}
