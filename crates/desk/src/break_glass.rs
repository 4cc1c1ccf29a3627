//! An administrator opens one confidential ticket for an hour: with a reason, on record, and told to its unit.

use domain::event::Fact;
use domain::id::{NoteId, TicketId};
use domain::permission::{Relation, Viewer};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::event::Subject;
use store::message::Note;

use crate::act::Act;
use crate::{DeskError, Problem, project};

/// How long the ticket stays open.
pub const OPEN_FOR: SignedDuration = SignedDuration::from_mins(60);

const FEWEST_CHARACTERS: usize = 20;
const MOST_CHARACTERS: usize = 1_000;

/// Breaks the glass. The answer and the entry in the log are the same whether the ticket exists, is
/// confidential, or is the administrator's own, so that nobody learns any of it this way. Gives
/// until when the ticket is open, if it is.
pub fn run(act: &mut Act, viewer: &Viewer, number: i64, reason: &str) -> Result<Timestamp, DeskError> {
    crate::error::administrator(viewer)?;
    let reason = stated(reason)?;
    let until = act.now.checked_add(OPEN_FOR).unwrap_or(act.now);
    act.record_change(Subject::Desk, "glass broken", &json!({ "number": number }))?;
    if let Some(ticket) = closed_to(act, viewer, number)? {
        open(act, viewer, ticket, &Glass { number, until, reason })?;
    }
    Ok(until)
}

struct Glass {
    number: i64,
    until: Timestamp,
    reason: String,
}

/// The confidential ticket of that number, unless the viewer has a relation of their own to it.
fn closed_to(act: &mut Act, viewer: &Viewer, number: i64) -> Result<Option<TicketId>, DeskError> {
    let Some(ticket) = store::glass::confidential(act.tx, number)? else { return Ok(None) };
    let seen = store::access::by_id(act.tx, viewer, ticket, act.now)?;
    let relation = seen.map_or(Relation::Nothing, |seen| seen.relation);
    // Overseeing a confidential ticket is possible through broken glass only; a new reason renews it.
    Ok(matches!(relation, Relation::Nothing | Relation::Overseeing).then_some(ticket))
}

/// Opens the ticket and tells its unit, if the one place that decides on rights agrees.
fn open(act: &mut Act, viewer: &Viewer, ticket: TicketId, glass: &Glass) -> Result<(), DeskError> {
    store::glass::open(act.tx, viewer.person, ticket, glass.until, &glass.reason)?;
    let seen = store::access::by_id(act.tx, viewer, ticket, act.now)?;
    if !seen.is_some_and(|seen| seen.number == glass.number && seen.relation == Relation::Overseeing) {
        store::glass::remove(act.tx, viewer.person, ticket)?;
        return Ok(());
    }
    let id = NoteId(act.new_id());
    let minutes = OPEN_FOR.as_mins();
    let note = Note {
        id,
        ticket,
        at: act.now,
        person: act.person(),
        body: format!(
            "**Glass broken.** An administrator opened this confidential ticket for {minutes} minutes. Reason: {}",
            glass.reason
        ),
    };
    store::message::insert_note(act.tx, &note)?;
    project::happen(act, ticket, |_, _| Ok(Fact::Noted { note: id }))?;
    Ok(())
}

fn stated(reason: &str) -> Result<String, DeskError> {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = reason.chars().count();
    if length < FEWEST_CHARACTERS {
        return Err(DeskError::invalid("reason", Problem::GlassReasonTooShort { fewest: FEWEST_CHARACTERS }));
    }
    if length > MOST_CHARACTERS {
        return Err(DeskError::invalid("reason", Problem::ReasonTooLong { most: MOST_CHARACTERS }));
    }
    Ok(reason.replace('\0', "\u{fffd}"))
}
