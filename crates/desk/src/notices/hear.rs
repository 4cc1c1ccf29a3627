//! A follower of the log: what happened becomes what somebody is to be told, in the transaction that moves the cursor.

use domain::event::{Actor, Detail, Event, Fact};
use domain::id::{EventId, PersonId, TicketId};
use domain::notice::{self, Choice, Course, Occasion, Way};
use domain::permission::Relation;
use domain::ticket::Ticket;
use jiff::{SignedDuration, Timestamp};
use store::notice::Notice;

use super::{carried, digest, others, stand_in};
use crate::act::{Act, Look};
use crate::{DeskError, follower, watch};

const NAME: &str = "notices";

/// Events read in one transaction.
const AT_ONCE: i64 = 200;

pub(super) fn is_behind(look: &mut Look) -> Result<bool, DeskError> {
    Ok(store::follower::is_behind(look.tx, NAME)?)
}

/// Hears the next events.
pub fn next(act: &mut Act) -> Result<(), DeskError> {
    follower::hear(act, NAME, AT_ONCE, |act, event| event_happened(act, event).map(|()| 0)).map(drop)
}

fn event_happened(act: &mut Act, event: &Event) -> Result<(), DeskError> {
    let mut told = named(act, event)?;
    told.extend(others::arrived(act, event)?);
    let events = match notice::concerns_nobody(&event.fact) && told.is_empty() {
        true => Vec::new(),
        false => store::event::of_ticket(act.tx, event.ticket)?,
    };
    if let Some(ticket) = Ticket::fold(event.ticket, &events) {
        let above = match event.parent {
            Some(parent) => folded(act, parent)?,
            None => None,
        };
        let waiting = above.as_ref().and_then(|above| above.person);
        if let Some((occasion, person)) = notice::concerned(&ticket, waiting, event) {
            told.push((person, occasion));
            // Of a hand-off, whoever asked it is told for the ticket that waits.
            let held = above.as_ref().filter(|_| occasion.is_for(Relation::Asking)).unwrap_or(&ticket);
            let other = stand_in::of(act, person, occasion, held, Some(event))?;
            told.extend(other.map(|other| (other, occasion)));
        }
        told.extend(others::of(&ticket, &events, event));
        want_all(act, &ticket, &events, event, told.clone())?;
    }
    watched(act, event, &told)
}

/// Who is named: in a note, or by a rule that wants them to look.
fn named(act: &mut Act, event: &Event) -> Result<Vec<(PersonId, Occasion)>, DeskError> {
    let reached = match &event.fact {
        Fact::Noted { note } => store::mention::reached(act.tx, *note)?,
        Fact::Detailed(Detail::NoteChanged { named, .. }) => named.clone(),
        Fact::Detailed(Detail::Told { people }) => {
            let others = people.iter().filter(|person| event.actor != Actor::Person(**person));
            return Ok(others.map(|person| (*person, Occasion::Told)).collect());
        }
        _ => return Ok(Vec::new()),
    };
    Ok(reached.into_iter().map(|person| (person, Occasion::Mentioned)).collect())
}

/// Those who watch the ticket, or the one on whose behalf a hand-off was asked or ended, and were not told already.
fn watched(act: &mut Act, event: &Event, told: &[(PersonId, Occasion)]) -> Result<(), DeskError> {
    if !notice::stirs_watchers(&event.fact) {
        return Ok(());
    }
    let above = matches!(event.fact, Fact::Asked(_) | Fact::Closed { .. }).then_some(event.parent).flatten();
    for ticket in above.into_iter().chain([event.ticket]) {
        let watchers = store::watch::watchers(act.tx, ticket)?;
        let others = watchers.into_iter().map(|(person, _)| person).filter(|person| {
            event.actor != Actor::Person(*person) && told.iter().all(|(known, _)| known != person)
        });
        let others: Vec<PersonId> = others.collect();
        if others.is_empty() {
            continue;
        }
        let events = store::event::of_ticket(act.tx, ticket)?;
        if let Some(ticket) = Ticket::fold(ticket, &events) {
            let others = as_what(act, &ticket, event, others)?;
            want_all(act, &ticket, &events, event, others)?;
        }
    }
    Ok(())
}

/// Those who asked a hand-off hear of what both sides read, and of nothing else.
fn as_what(
    act: &mut Act,
    ticket: &Ticket,
    event: &Event,
    watchers: Vec<PersonId>,
) -> Result<Vec<(PersonId, Occasion)>, DeskError> {
    let is_read = event.ticket == ticket.id && notice::is_read_by_both(&event.fact);
    let mut told = Vec::with_capacity(watchers.len());
    for person in watchers {
        let asks = ticket.is_handoff() && watch::asks(act.tx, person, ticket.id, act.now)?;
        match (asks, is_read) {
            (false, _) => told.push((person, Occasion::Watched)),
            (true, true) => told.push((person, Occasion::HandoffWatched)),
            (true, false) => {}
        }
    }
    Ok(told)
}

/// Each person once, by the first of their occasions.
fn want_all(
    act: &mut Act,
    ticket: &Ticket,
    events: &[Event],
    event: &Event,
    wanted: Vec<(PersonId, Occasion)>,
) -> Result<(), DeskError> {
    let not_before = left_at(act, &event.fact)?;
    let mut told = Vec::new();
    for (person, occasion) in wanted {
        if !told.contains(&person) {
            told.push(person);
            let choice = carried::left(act, (person, occasion), ticket, events, &event.fact)?;
            let not_before = others::settled_at(occasion, event, not_before);
            want(act, (person, occasion, choice), ticket.id, Some(event.id), not_before)?;
        }
    }
    Ok(())
}

fn want(
    act: &mut Act,
    (person, occasion, choice): (PersonId, Occasion, Choice),
    ticket: TicketId,
    event: Option<EventId>,
    not_before: Timestamp,
) -> Result<(), DeskError> {
    let mail = match choice.mail {
        Way::Never => None,
        Way::AtOnce => Some((Course::Mail, not_before)),
        Way::Digest => Some((Course::Digest, digest::next_morning(act, person)?)),
    };
    let board = choice.board.then_some((Course::Board, not_before));
    for (course, due_at) in board.into_iter().chain(mail) {
        let notice = Notice { id: act.new_id(), person, occasion, course, ticket, event, due_at };
        store::notice::want(act.tx, &notice)?;
    }
    Ok(())
}

fn folded(act: &mut Act, ticket: TicketId) -> Result<Option<Ticket>, DeskError> {
    let events = store::event::of_ticket(act.tx, ticket)?;
    Ok(Ticket::fold(ticket, &events))
}

/// A reply, and what was done together with it, is told once it cannot be taken back any more.
fn left_at(act: &mut Act, fact: &Fact) -> Result<Timestamp, DeskError> {
    let (Fact::Solved { message: Some(message), .. } | Fact::Replied { message, .. }) = fact else {
        return Ok(act.now);
    };
    let out = store::message::outside_at(act.tx, *message)?.map(|out| out + SignedDuration::from_secs(1));
    Ok(out.map_or(act.now, |out| out.max(act.now)))
}

pub(super) fn is_a_promise_ending(look: &mut Look) -> Result<bool, DeskError> {
    Ok(!store::notice::promises(look.tx, look.now, look.now + notice::SOON, 1)?.is_empty())
}

/// Promises that end soon, each once for each holder.
pub(super) fn promises(act: &mut Act) -> Result<(), DeskError> {
    for promise in store::notice::promises(act.tx, act.now, act.now + notice::SOON, AT_ONCE)? {
        store::notice::promise_told(act.tx, &promise)?;
        let events = store::event::of_ticket(act.tx, promise.ticket)?;
        if let Some(ticket) = Ticket::fold(promise.ticket, &events) {
            let (now, soon) = (act.now, Occasion::EndsSoon);
            let other = stand_in::of(act, promise.person, soon, &ticket, None)?;
            for person in other.into_iter().chain([promise.person]) {
                let choice = super::choice(act, person, soon, &ticket)?;
                want(act, (person, soon, choice), ticket.id, None, now)?;
            }
        }
    }
    Ok(())
}
