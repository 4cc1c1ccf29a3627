//! Somebody of the serving side writes something that the requester never sees.

use domain::event::Fact;
use domain::id::{NoteId, TicketId};
use store::access::{Annotate, Granted};
use store::attachment::On;
use store::message::Note;
use store::upload::Audience;

use crate::act::Act;
use crate::words::Saying;
use crate::{DeskError, draft, mention, project, uploads};

pub fn run<'a>(
    act: &mut Act,
    granted: Granted<Annotate>,
    saying: impl Into<Saying<'a>>,
) -> Result<NoteId, DeskError> {
    written(act, granted.ticket, saying.into())
}

pub(crate) fn written(act: &mut Act, ticket: TicketId, saying: Saying) -> Result<NoteId, DeskError> {
    let id = NoteId(act.new_id());
    let note = Note { id, ticket, at: act.now, person: act.person(), body: saying.body.as_str().to_owned() };
    store::message::insert_note(act.tx, &note)?;
    uploads::hang(act, ticket, On::Note(id), &saying)?;
    draft::said(act, ticket, Audience::Note)?;
    mention::keep(act, ticket, id, &note.body)?;
    project::happen(act, ticket, |_, _| Ok(Fact::Noted { note: id }))?;
    Ok(id)
}
