//! Somebody of the serving side writes something that the requester never sees.

use domain::event::Fact;
use domain::id::NoteId;
use store::access::{Annotate, Granted};
use store::message::Note;

use crate::act::Act;
use crate::words::Body;
use crate::{DeskError, project};

pub fn run(act: &mut Act, granted: Granted<Annotate>, body: &Body) -> Result<NoteId, DeskError> {
    let id = NoteId(act.new_id());
    let note = Note {
        id,
        ticket: granted.ticket,
        at: act.now,
        person: act.person(),
        body: body.as_str().to_owned(),
    };
    store::message::insert_note(act.tx, &note)?;
    project::happen(act, granted.ticket, |_, _| Ok(Fact::Noted { note: id }))?;
    Ok(id)
}
