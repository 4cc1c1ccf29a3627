//! `mail pipe`: a mail from a local mail server, laid where the desk picks it up.

use std::io::Read;
use std::process::ExitCode;

use clap::Args;
use desk::receive_mail::{inbox_for, spool};

use crate::arguments::Place;
use crate::failure::Failure;
use crate::{place, say};

/// "Temporary failure, try again" in the exit codes that mail servers know.
const TRY_AGAIN: u8 = 75;
/// "The data is wrong": the sender is told.
const DATA: u8 = 65;

const MOST_BYTES: u64 = 35 * 1024 * 1024;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The inbox: its address or an alias.
    #[arg(long, value_name = "ADDRESS")]
    inbox: String,
    /// The sender of the envelope, as the mail server knows it; empty for bounces.
    #[arg(long, value_name = "ADDRESS")]
    from: Option<String>,
}

pub(crate) fn run(place: &Place, options: &Options) -> ExitCode {
    match laid(place, options, &mut std::io::stdin().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(refused) => {
            say::aside(format!("throughline: {}", refused.words));
            ExitCode::from(refused.code)
        }
    }
}

struct Refused {
    code: u8,
    words: String,
}

fn laid(place: &Place, options: &Options, mail: &mut impl Read) -> Result<(), Refused> {
    let again = |words: String| Refused { code: TRY_AGAIN, words };
    if !is_known(place, &options.inbox).map_err(|failure| again(failure.words().to_owned()))? {
        return Err(again(format!(
            "no inbox has the address {}. Nothing was kept; the mail server tries again. \
             Set the inbox up, or correct the address after --inbox",
            options.inbox
        )));
    }
    let from = options.from.as_deref().filter(|from| !from.is_empty());
    let spool = place.data.join(place::SPOOL);
    let laid = spool::lay(&spool, &options.inbox, from, mail, MOST_BYTES);
    laid.map(drop).map_err(|error| match error {
        spool::SpoolError::TooLarge { .. } | spool::SpoolError::Empty => {
            Refused { code: DATA, words: error.to_string() }
        }
        spool::SpoolError::Io(_) => again(error.to_string()),
    })
}

/// Whether an inbox takes mail for this address. A database that cannot be reached just now is no reason to
/// hold mail up: the server looks again when it picks the mail up.
fn is_known(place: &Place, address: &str) -> Result<bool, Failure> {
    let own = place.address(place::OWN);
    if place::sqlite_path(&own).is_some_and(|path| !path.exists()) {
        return place.look().map(|_| false);
    }
    let Ok(desk) = place.look() else { return Ok(true) };
    let address = address.to_owned();
    let found = desk.look_now(move |look| inbox_for(look.tx, &address));
    Ok(found.map_or(true, |inbox| inbox.is_some()))
}
