//! Telling people what happened, on their board and by mail: heard from the log, read as they may read it, once.

pub mod board;
mod carried;
mod digest;
mod hear;
mod others;
mod stand_in;
mod tell;
#[cfg(test)]
mod tests;
mod unsubscribe;
mod why;

use domain::event::Actor;
use domain::id::PersonId;
use domain::notice::{Choice, Course, Occasion, Stance, Way};
use domain::permission::Viewer;
use domain::ticket::Ticket;
use serde_json::json;
use store::event::Subject;

use crate::DeskError;
use crate::act::{Act, Desk, Look};

pub use hear::next as hear;
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
    let mut settled = 0;
    while settled < MOST_AT_ONCE
        && desk.look_now(|look| Ok(store::notice::board::next_in_doubt(look.tx)?.is_some()))?
    {
        desk.act_now(Actor::Desk, board::settle_next)?;
        settled += 1;
    }
    Ok(told)
}

/// How a person is told of everything that they can be told of.
pub fn choices(look: &mut Look, viewer: &Viewer) -> Result<Vec<(Occasion, Choice)>, DeskError> {
    let chosen = store::notice::choices(look.tx, viewer.person)?;
    let choice = |occasion: Occasion| {
        chosen.iter().find(|(own, _)| *own == occasion).map_or(occasion.usual(), |(_, choice)| *choice)
    };
    let all = Occasion::ALL.iter().copied();
    Ok(all.filter(|own| viewer.is_agent() || !own.is_for_agents()).map(|own| (own, choice(own))).collect())
}

/// Says how one wants to be told.
pub fn choose(act: &mut Act, viewer: &Viewer, wanted: &[(Occasion, Choice)]) -> Result<(), DeskError> {
    change(act, viewer.person, wanted)
}

fn change(act: &mut Act, person: PersonId, wanted: &[(Occasion, Choice)]) -> Result<(), DeskError> {
    let mut changed = Vec::new();
    for (occasion, choice) in wanted.iter().copied() {
        if store::notice::choice(act.tx, person, occasion)? != choice {
            store::notice::choose(act.tx, person, occasion, choice)?;
            changed.push(occasion.as_str());
        }
    }
    if !changed.is_empty() {
        act.record_change(Subject::Person(person.0), "notices chosen", &json!({ "fields": changed }))?;
    }
    Ok(())
}

/// How somebody is told of this ticket. A mention always stands on the board, and a muted ticket tells nothing
/// else. Who cannot go elsewhere always learns at once that it is solved and
/// how to object, because it closes by itself afterwards (CHAIN.md section 8).
fn choice(act: &mut Act, person: PersonId, occasion: Occasion, ticket: &Ticket) -> Result<Choice, DeskError> {
    let chosen = store::notice::choice(act.tx, person, occasion)?;
    if occasion == Occasion::Mentioned {
        return Ok(Choice { board: true, ..chosen });
    }
    if store::watch::stance(act.tx, ticket.id, person)? == Some(Stance::Muted) {
        return Ok(Choice { board: false, mail: Way::Never });
    }
    let captive = act.catalogue.service(ticket.service).is_some_and(|service| ticket.is_captive(service));
    if occasion == Occasion::Solved && captive {
        return Ok(Choice { mail: Way::AtOnce, ..chosen });
    }
    Ok(chosen)
}

/// Whether somebody still wants to be told so.
const fn is_wanted(choice: Choice, course: Course) -> bool {
    match course {
        Course::Board => choice.board,
        Course::Mail | Course::Digest => !matches!(choice.mail, Way::Never),
    }
}
