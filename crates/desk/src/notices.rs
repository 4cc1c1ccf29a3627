//! Telling people by mail what happened: heard from the log, read as they may read it, written once.

mod digest;
mod hear;
mod tell;
#[cfg(test)]
mod tests;
mod unsubscribe;

use domain::event::Actor;
use domain::id::PersonId;
use domain::notice::{Occasion, Way};
use domain::permission::Viewer;
use domain::ticket::Ticket;
use serde_json::json;
use store::event::Subject;

use crate::DeskError;
use crate::act::{Act, Desk, Look};

pub(crate) use unsubscribe::footer;
pub use unsubscribe::{forget, offered, run as unsubscribe};

/// People and batches in one round, so that the worker can be stopped in between.
const MOST_AT_ONCE: usize = 1_000;

/// Hears what happened and writes what is due; gives how many people were told something.
pub fn run(desk: &Desk) -> Result<usize, DeskError> {
    while desk.look_now(hear::is_behind)? {
        desk.act_now(Actor::Desk, hear::next)?;
    }
    if desk.look_now(hear::is_a_promise_ending)? {
        desk.act_now(Actor::Desk, hear::promises)?;
    }
    let mut told = 0;
    while told < MOST_AT_ONCE
        && desk.look_now(|look| Ok(store::notice::next_person(look.tx, look.now)?.is_some()))?
    {
        desk.act_now(Actor::Desk, tell::next)?;
        told += 1;
    }
    Ok(told)
}

/// How a person is told of everything that they can be told of.
pub fn choices(look: &mut Look, viewer: &Viewer) -> Result<Vec<(Occasion, Way)>, DeskError> {
    let chosen = store::notice::choices(look.tx, viewer.person)?;
    let way = |occasion: Occasion| {
        chosen.iter().find(|(own, _)| *own == occasion).map_or(occasion.usual(), |(_, way)| *way)
    };
    let all = Occasion::ALL.iter().copied();
    Ok(all.filter(|own| viewer.is_agent() || !own.is_for_agents()).map(|own| (own, way(own))).collect())
}

/// Says how one wants to be told.
pub fn choose(act: &mut Act, viewer: &Viewer, wanted: &[(Occasion, Way)]) -> Result<(), DeskError> {
    change(act, viewer.person, wanted)
}

fn change(act: &mut Act, person: PersonId, wanted: &[(Occasion, Way)]) -> Result<(), DeskError> {
    let mut changed = Vec::new();
    for (occasion, way) in wanted.iter().copied() {
        if store::notice::way(act.tx, person, occasion)? != way {
            store::notice::choose(act.tx, person, occasion, way)?;
            changed.push(occasion.as_str());
        }
    }
    if !changed.is_empty() {
        act.record_change(Subject::Person(person.0), "notices chosen", &json!({ "fields": changed }))?;
    }
    Ok(())
}

/// How somebody is told of this ticket. Who cannot go elsewhere always learns at once that it is solved and
/// how to object, because it closes by itself afterwards (CHAIN.md section 8).
fn way(act: &mut Act, person: PersonId, occasion: Occasion, ticket: &Ticket) -> Result<Way, DeskError> {
    let captive = act.catalogue.service(ticket.service).is_some_and(|service| ticket.is_captive(service));
    if occasion == Occasion::Solved && captive {
        return Ok(Way::AtOnce);
    }
    Ok(store::notice::way(act.tx, person, occasion)?)
}
