//! Somebody of the serving side writes something that the requester never sees, and may write it anew.

use domain::draft::{Place, Text};
use domain::event::{Detail, Fact};
use domain::id::{NoteId, ReasonId, TicketId};
use domain::ticket::rules::Refusal;
use store::access::{Annotate, Granted, Seen};
use store::attachment::On;
use store::message::Note;

use crate::act::Act;
use crate::words::{Body, Saying};
use crate::{DeskError, draft, mention, project, uploads};

pub fn run<'a>(
    act: &mut Act,
    granted: Granted<Annotate>,
    saying: impl Into<Saying<'a>>,
) -> Result<NoteId, DeskError> {
    let id = written(act, granted.ticket, saying.into())?;
    draft::sent(act, Place::Ticket(granted.ticket, Text::Note))?;
    Ok(id)
}

/// A note that was kept ready, or that the desk writes; what somebody is writing there stays.
pub(crate) fn written(act: &mut Act, ticket: TicketId, saying: Saying) -> Result<NoteId, DeskError> {
    let id = NoteId(act.new_id());
    let note = Note { id, ticket, at: act.now, person: act.person(), body: saying.body.as_str().to_owned() };
    store::message::insert_note(act.tx, &note)?;
    uploads::hang(act, ticket, On::Note(id), &saying)?;
    mention::keep(act, ticket, id, &note.body)?;
    project::happen(act, ticket, |_, _| Ok(Fact::Noted { note: id }))?;
    Ok(id)
}

/// Its author writes it anew; what it said stays readable for those who read notes.
pub fn change(act: &mut Act, seen: Seen, note: NoteId, body: &Body) -> Result<(), DeskError> {
    rewrite(act, seen, note, body.as_str(), None)
}

/// Its author takes its words away, and says why.
pub fn blank(act: &mut Act, seen: Seen, note: NoteId, reason: &str) -> Result<(), DeskError> {
    let Some(reason) = act.reason(seen.ticket, reason, false)? else {
        return Err(Refusal::ReasonNeeded.into());
    };
    rewrite(act, seen, note, "", Some(reason))
}

fn rewrite(
    act: &mut Act,
    seen: Seen,
    note: NoteId,
    body: &str,
    reason: Option<ReasonId>,
) -> Result<(), DeskError> {
    let granted = seen.read_inside().ok_or(DeskError::NotFound)?;
    let before = store::message::note(act.tx, &granted, note)?.ok_or(DeskError::NotFound)?;
    let own = seen.annotate().is_some() && before.note.person == Some(seen.viewer);
    // What was passed on has left as it was.
    if !own || store::forward::of_note(act.tx, note)?.is_some() {
        return Err(DeskError::NotAllowed);
    }
    if before.note.body == body {
        return Err(Refusal::NoChange.into());
    }
    store::message::rewrite_note(act.tx, note, body, act.now)?;
    let named = mention::again(act, seen.ticket, note, body)?;
    let detail = Detail::NoteChanged { note, reason, named };
    project::happen(act, seen.ticket, |_, _| Ok(Fact::Detailed(detail)))?;
    Ok(())
}
