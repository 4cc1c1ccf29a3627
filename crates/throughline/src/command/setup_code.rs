//! `setup-code`: a new one-time code for setting the desk up.

use std::process::ExitCode;

use domain::event::Actor;

use crate::arguments::Place;
use crate::failure::Failure;
use crate::{place, say};

pub(crate) fn run(place: &Place) -> Result<ExitCode, Failure> {
    let desk = place.open(place::OWN)?;
    let Some(code) = desk.act_now(Actor::Desk, desk::setup::code)? else {
        return Err(Failure::new(
            "this desk has an administrator already, who gives others their rights. No code was made",
        ));
    };
    say::answer(code)?;
    Ok(ExitCode::SUCCESS)
}
