//! `demo`: an invented company in a database of its own, filled on the first start and then served.

use std::process::ExitCode;

use clap::Args;

use crate::arguments::Place;
use crate::failure::Failure;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The address and port to listen on.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8080")]
    listen: String,
}

pub(crate) fn run(_place: &Place, _options: &Options) -> Result<ExitCode, Failure> {
    Err(Failure::new("the demonstration is not part of this build yet"))
}
