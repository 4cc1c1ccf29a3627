//! The load harness: fills a database, drives the pages over HTTP and prints what they cost,
//! beside a bare server that does the same with the least that is possible.

mod bare;
mod client;
mod drive;
mod fill;
mod large_mail;
mod mail;
mod process;
mod quality;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// The server's own, so that what runs in here costs what it costs there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
        /// Asks only those questions whose name has these words, such as `create`.
        #[arg(long)]
        only: Option<String>,
        /// Where the server keeps its files and the index of texts; kept for the next run, which saves making it.
        #[arg(long)]
        data: Option<PathBuf>,
        /// Leaves the bare server out.
        #[arg(long)]
        alone: bool,
    },
    /// Keeps and places ordinary mails in a new SQLite file, and prints how many a second and their CPU.
    Mail {
        /// The SQLite file; it must not exist yet.
        #[arg(long)]
        file: PathBuf,
        #[arg(long, default_value_t = 20_000)]
        mails: usize,
        /// One in so many has a file attached; 0 is none.
        #[arg(long, default_value_t = 0)]
        attached: usize,
    },
    /// Brings large mails by LMTP, all at once, and prints the memory of the server.
    LargeMail {
        /// A folder for its data; it must not exist yet.
        #[arg(long)]
        data: PathBuf,
        /// The `throughline` binary to start.
        #[arg(long, default_value = "target/release/throughline")]
        server: PathBuf,
        #[arg(long, default_value_t = 20)]
        mails: usize,
        #[arg(long, default_value_t = 25)]
        megabytes: usize,
    },
    /// Ranks questions that were judged, and prints nDCG@10 of the search engine.
    Quality {
        /// A folder with `corpus.jsonl`, `queries.jsonl` and `qrels.tsv`.
        #[arg(long, default_value = "../shared/data/faq-covidfaq")]
        folder: PathBuf,
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
        Command::Drive { database, server, seconds, clients, alone, only, data } => {
            drive::run(&drive::Plan { database, server, seconds, clients, alone, only, data })
        }
        Command::Mail { file, mails, attached } => mail::run(&file, mails, attached),
        Command::LargeMail { data, server, mails, megabytes } => {
            large_mail::run(&data, &server, mails, megabytes)
        }
        Command::Quality { folder } => quality::run(&folder),
        Command::Bare { file, listen, tickets } => bare::run(&file, &listen, tickets),
    }
}
