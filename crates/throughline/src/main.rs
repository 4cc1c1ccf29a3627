//! The binary: command line, configuration, workers and wiring.

mod arguments;
mod command;
mod failure;
mod place;
mod progress;
mod say;
mod signal;
mod table;
mod workers;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use crate::arguments::Arguments;

/// A page is some thousand small pieces of memory; this allocator hands them out at half the cost.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    log_to_stderr(&arguments.log);
    match command::run(&arguments) {
        Ok(code) => code,
        Err(failure) => failure.tell(),
    }
}

fn log_to_stderr(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new(arguments::USUAL_LOG));
    let terminal = std::io::IsTerminal::is_terminal(&std::io::stderr());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(terminal)
        .with_target(false)
        .init();
}
