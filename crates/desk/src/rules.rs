//! Rules: heard from the log and called by time, each event and each instant answered once, with what became of it.

mod compiled;
pub mod dry;
mod look;
pub mod set_up;
mod timers;

use std::sync::Arc;

use domain::event::{Actor, Event};
use domain::origin::Origin;
use domain::rule::Happening;
use jiff::SignedDuration;

use crate::act::{Act, Desk, Look};
use crate::{DeskError, follower};

use compiled::Compiled;

pub(crate) const NAME: &str = "rules";

/// Events, or tickets whose time has come, in one transaction.
const AT_ONCE: i64 = 100;

/// How long it is kept what rules saw on a ticket.
const KEPT_DAYS: i64 = 180;

/// Hears what happened, looks where time has passed; says how often a rule acted.
pub fn run(desk: &Desk) -> Result<usize, DeskError> {
    if desk.look_now(|look| Ok(look.catalogue.rules.is_empty()))? {
        return Ok(0);
    }
    let mut acted = 0;
    while desk.look_now(|look: &mut Look| Ok(store::follower::is_behind(look.tx, NAME)?))? {
        acted += desk.act_now(Actor::Desk, hear)?;
    }
    while desk.look_now(|look| Ok(store::rule::unprepared(look.tx)?.is_some()))? {
        desk.act_now(Actor::Desk, timers::prepare)?;
    }
    while desk.look_now(|look| Ok(!store::rule::due(look.tx, look.now, 1)?.is_empty()))? {
        acted += desk.act_now(Actor::Desk, timers::fire)?;
    }
    Ok(acted)
}

/// Answers to the next events, each once: the cursor moves in the same transaction.
pub fn hear(act: &mut Act) -> Result<usize, DeskError> {
    let catalogue = Arc::clone(&act.catalogue);
    let compiled = compiled::all(&catalogue, act.now);
    follower::hear(act, NAME, AT_ONCE, |act, event| happened(act, &compiled, event))
}

fn happened(act: &mut Act, compiled: &[Compiled], event: &Event) -> Result<usize, DeskError> {
    let happening = Happening::of(&event.fact, event.parent.is_some());
    let answering: Vec<&Compiled> = match happening {
        Some(happening) => compiled.iter().filter(|rule| rule.answers(happening)).collect(),
        None => Vec::new(),
    };
    let acted = if answering.is_empty() {
        0
    } else {
        let chain = match event.actor {
            Actor::Desk => store::origin::of_event(act.tx, event.id)?,
            Actor::Person(_) | Actor::Import => None,
        };
        let chain = chain.as_ref().map(Origin::chain).unwrap_or_default();
        look::at_event(act, &answering, event, happening, &chain)?
    };
    timers::settle(act, compiled, event.ticket)?;
    Ok(acted)
}

/// Rules look where time has passed, in the transaction that is under way.
pub(crate) fn time_passed(act: &mut Act) -> Result<usize, DeskError> {
    timers::prepare(act)?;
    timers::fire(act)
}

/// What rules saw long ago is forgotten; the events and their origins stay.
pub fn forget(act: &mut Act) -> Result<u64, DeskError> {
    let before = act.now - SignedDuration::from_hours(24 * KEPT_DAYS);
    Ok(store::rule::prune(act.tx, before, 5_000)?)
}
