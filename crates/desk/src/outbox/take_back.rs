//! A reply or a delivery is taken back before it is there for its readers outside, and then it never was.

use domain::event::{Event, Fact, standing};
use domain::id::{MessageId, UploadId};
use domain::preference::Sending;
use store::access::{Granted, Serve};
use store::draft::Addressed;

use crate::act::Act;
use crate::draft::Typed;
use crate::reply::Then;
use crate::{DeskError, Problem, draft, project, recipients, uploads};

/// What comes back of a reply that was taken back, to be sent with other words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaid {
    pub body: String,
    pub then: Then,
    pub files: Vec<UploadId>,
    pub addressed: Addressed,
}

/// Takes a reply or a delivery back with what was done together with it, and gives its words and files, which
/// are its author's draft again. Refused once its readers outside may have it, or something else happened after it.
pub fn take_back(act: &mut Act, granted: Granted<Serve>, message: MessageId) -> Result<Unsaid, DeskError> {
    let late = || DeskError::Conflict(Problem::TooLateToTakeBack);
    let taken = store::message::by_id(act.tx, message, granted.ticket)?.ok_or_else(late)?;
    let author = act.person().filter(|person| taken.person == Some(*person)).ok_or_else(late)?;
    let events = store::event::of_ticket(act.tx, granted.ticket)?;
    if !is_last(&events, message) {
        return Err(late());
    }
    // From its time on it may have been read outside, whether a worker came for its mail or not.
    if store::message::outside_at(act.tx, message)?.is_none_or(|out| out <= act.now) {
        return Err(late());
    }
    let outgoing = store::outgoing::of_message(act.tx, message)?;
    let cancelled = store::outgoing::cancel(act.tx, message, act.now)?;
    if cancelled != outgoing.len() as u64 {
        return Err(late());
    }
    project::take_back(act, granted.ticket, message)?;
    let files = uploads::take_off(act, author, message)?;
    store::message::remove(act.tx, message)?;
    let unsaid = Unsaid {
        body: taken.body,
        then: then(&events, message),
        files,
        addressed: recipients::of(&outgoing),
    };
    draft::again(act, granted, typed(&unsaid, !outgoing.is_empty()))?;
    Ok(unsaid)
}

/// As the composer had it; a reply that no mail carried named nobody.
fn typed(unsaid: &Unsaid, mailed: bool) -> Typed {
    Typed {
        body: unsaid.body.clone(),
        after: Sending::from(unsaid.then).as_str().to_owned(),
        addressed: mailed.then(|| unsaid.addressed.clone()),
        files: unsaid.files.clone(),
        ..Typed::default()
    }
}

/// What was done together with a reply.
fn then(events: &[Event], of: MessageId) -> Then {
    let done = events.iter().find_map(|event| match &event.fact {
        Fact::Solved { message, .. } if *message == Some(of) => Some(Then::Solve),
        Fact::WaitStarted { message, .. } if *message == Some(of) => Some(Then::WaitForRequester),
        _ => None,
    });
    done.unwrap_or(Then::Stay)
}

/// Nothing happened on the ticket after the reply and what was done together with it.
fn is_last(events: &[Event], message: MessageId) -> bool {
    let mut without: Vec<Event> = events.to_vec();
    let taken = |at: usize| Event { fact: Fact::TakenBack { message }, ..events[at].clone() };
    let said = events.iter().position(|event| match event.fact {
        Fact::Replied { message: of, .. } => of == message,
        // A delivery is said and done in one.
        Fact::Solved { message: of, .. } => of == Some(message),
        _ => false,
    });
    let Some(place) = said else { return false };
    without.push(taken(place));
    standing(&mut without, |event| event);
    // What stands without it is what came before it, and the mark that it was taken back.
    without.len() == place + 1
}
