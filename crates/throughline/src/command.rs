//! One file for each command.

use std::process::ExitCode;

use crate::arguments::{Arguments, Command};
use crate::failure::Failure;

pub(crate) mod demo;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod mail;
pub(crate) mod recompute;
pub(crate) mod reindex;
pub(crate) mod report;
pub(crate) mod routes;
pub(crate) mod serve;
pub(crate) mod setup_code;

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let place = &arguments.place;
    match &arguments.command {
        Command::Serve(options) => serve::run(place, options),
        Command::Demo(options) => demo::run(place, options),
        Command::Import(what) => import::run(place, what),
        Command::Export(options) => export::run(place, options),
        Command::Report(what) => report::run(place, what),
        Command::Mail(what) => mail::run(place, what),
        Command::Recompute(options) => recompute::run(place, options),
        Command::Reindex => reindex::run(place),
        Command::Routes(options) => routes::run(options),
        Command::SetupCode => setup_code::run(place),
    }
}
