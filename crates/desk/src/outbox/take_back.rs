//! A reply is taken back while its mail still waits, and then it never was.

use domain::event::{Event, Fact, standing};
use domain::id::MessageId;
use store::access::{Granted, Serve};

use crate::act::Act;
use crate::{DeskError, Problem, project};

/// Takes a reply back with what was done together with it, and gives its words. Refused once a mail of it
/// has begun to leave, or something else happened after it.
pub fn take_back(act: &mut Act, granted: Granted<Serve>, message: MessageId) -> Result<String, DeskError> {
    let late = || DeskError::Conflict(Problem::TooLateToTakeBack);
    let taken = store::message::by_id(act.tx, message, granted.ticket)?.ok_or_else(late)?;
    if taken.person != act.person() {
        return Err(late());
    }
    let events = store::event::of_ticket(act.tx, granted.ticket)?;
    if !is_last(&events, message) {
        return Err(late());
    }
    let outgoing = store::outgoing::of_message(act.tx, message)?;
    // From its time on it may have been read outside, whether a worker came for its mail or not.
    if outgoing.iter().any(|outgoing| outgoing.send_at <= act.now) {
        return Err(late());
    }
    let cancelled = store::outgoing::cancel(act.tx, message, act.now)?;
    if cancelled == 0 || cancelled != outgoing.len() as u64 {
        return Err(late());
    }
    project::take_back(act, granted.ticket, message)?;
    store::message::remove(act.tx, message)?;
    Ok(taken.body)
}

/// Nothing happened on the ticket after the reply and what was done together with it.
fn is_last(events: &[Event], message: MessageId) -> bool {
    let mut without: Vec<Event> = events.to_vec();
    let taken = |at: usize| Event { fact: Fact::TakenBack { message }, ..events[at].clone() };
    let Some(place) = events
        .iter()
        .position(|event| matches!(event.fact, Fact::Replied { message: of, .. } if of == message))
    else {
        return false;
    };
    without.push(taken(place));
    standing(&mut without, |event| event);
    // What stands without it is what came before it, and the mark that it was taken back.
    without.len() == place + 1
}
