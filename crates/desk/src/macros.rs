//! Canned replies and macros: made, changed, shared, deleted, and their texts filled for one ticket.

mod filled;
mod run;

use domain::action::{self, Action};
use domain::filter::{Condition, Filter, Flag};
use domain::id::MacroId;
use domain::permission::Viewer;
use jiff::tz::TimeZone;
use serde_json::json;
use store::event::Subject;
use store::macros::Macro;
use store::view::Owner;

use crate::act::Act;
use crate::entitled::differing;
use crate::views::{self, Place, may_keep};
use crate::words::{Body, Name};
use crate::{DeskError, Problem};

pub(crate) use filled::{check_all, on_ticket};
pub use filled::{fill, put, values};
pub(crate) use run::plan;
pub use run::{Prepared, Said, offered, prepare, run};

/// The most of one owner.
pub const MOST: usize = 200;

/// A macro as somebody writes it; what is empty is not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    pub name: String,
    pub reply: String,
    pub note: String,
    pub actions: Vec<Action>,
    pub filter: String,
}

pub fn save(act: &mut Act, viewer: &Viewer, owner: Owner, input: &Input) -> Result<MacroId, DeskError> {
    entitled(act, viewer, owner)?;
    room(act, owner)?;
    let id = MacroId(act.new_id());
    let blank = Macro {
        id,
        name: String::new(),
        reply: String::new(),
        note: String::new(),
        actions: String::new(),
        filter: String::new(),
        owner,
        uses: 0,
        made_by: act.person(),
        changed_at: act.now,
    };
    let new = written(act, viewer, &blank, input)?;
    store::macros::insert(act.tx, &new)?;
    act.record_change(Subject::Macro(id.0), "macro saved", &json!({}))?;
    Ok(id)
}

pub fn change(act: &mut Act, viewer: &Viewer, id: MacroId, input: &Input) -> Result<(), DeskError> {
    let before = kept(act, viewer, id)?;
    let after = written(act, viewer, &before, input)?;
    let fields = differing(&[
        ("name", before.name != after.name),
        ("reply", before.reply != after.reply),
        ("note", before.note != after.note),
        ("actions", before.actions != after.actions),
        ("filter", before.filter != after.filter),
    ]);
    if !fields.is_empty() {
        store::macros::update(act.tx, &after)?;
        act.record_change(Subject::Macro(id.0), "macro changed", &json!({ "fields": fields }))?;
    }
    Ok(())
}

/// Gives it to another owner; whoever gives it must be able to keep it there, too.
pub fn share(act: &mut Act, viewer: &Viewer, id: MacroId, owner: Owner) -> Result<(), DeskError> {
    let before = kept(act, viewer, id)?;
    entitled(act, viewer, owner)?;
    if before.owner == owner {
        return Ok(());
    }
    room(act, owner)?;
    store::macros::update(act.tx, &Macro { owner, changed_at: act.now, ..before })?;
    act.record_change(Subject::Macro(id.0), "macro shared", &json!({ "fields": ["owner"] }))?;
    Ok(())
}

pub fn delete(act: &mut Act, viewer: &Viewer, id: MacroId) -> Result<(), DeskError> {
    kept(act, viewer, id)?;
    store::macros::delete(act.tx, id)?;
    act.record_change(Subject::Macro(id.0), "macro deleted", &json!({}))?;
    Ok(())
}

/// One that the viewer sees and may change.
fn kept(act: &mut Act, viewer: &Viewer, id: MacroId) -> Result<Macro, DeskError> {
    let found = store::macros::by_id(act.tx, viewer, id)?.ok_or(DeskError::NotFound)?;
    if may_keep(viewer, found.owner) { Ok(found) } else { Err(DeskError::NotAllowed) }
}

fn entitled(act: &Act, viewer: &Viewer, owner: Owner) -> Result<(), DeskError> {
    if viewer.is_agent() { views::entitled(act, viewer, owner) } else { Err(DeskError::NotFound) }
}

fn room(act: &mut Act, owner: Owner) -> Result<(), DeskError> {
    if store::macros::owned(act.tx, owner)?.len() >= MOST {
        return Err(DeskError::invalid("owner", Problem::TooManyMacros { most: MOST }));
    }
    Ok(())
}

/// The same with what was written, once all of it can be used.
fn written(act: &mut Act, viewer: &Viewer, before: &Macro, input: &Input) -> Result<Macro, DeskError> {
    let name = Name::parse(&input.name)?.as_str().to_owned();
    let (reply, note) = (text("reply", &input.reply)?, text("note", &input.note)?);
    crate::action::few_enough(&input.actions)?;
    if reply.is_empty() && note.is_empty() && input.actions.is_empty() {
        return Err(DeskError::invalid("reply", Problem::BodyMissing));
    }
    let fields = crate::custom::known_to(viewer, &act.catalogue);
    filled::check_all(&fields, "actions", &input.actions)?;
    let filter = input.filter.trim();
    let filter = if filter.is_empty() {
        String::new()
    } else {
        let place = Place { viewer, catalogue: &act.catalogue, now: act.now, zone: &TimeZone::UTC };
        let understood = place.understand(filter)?.0;
        if asks_more_than_the_ticket(&understood) {
            return Err(DeskError::invalid("filter", Problem::MacroFilterWords));
        }
        understood.to_string()
    };
    let actions = action::kept(&input.actions);
    Ok(Macro { name, reply, note, actions, filter, changed_at: act.now, ..before.clone() })
}

/// Whether a filter holds words, which only lists look for, or asks what its reader has read and begun to write: it
/// would offer its macro nowhere.
fn asks_more_than_the_ticket(filter: &Filter) -> bool {
    match filter {
        Filter::All(parts) | Filter::Any(parts) => parts.iter().any(asks_more_than_the_ticket),
        Filter::Not(part) => asks_more_than_the_ticket(part),
        Filter::Words(_) => true,
        Filter::Where(Condition::Is(flag)) => matches!(flag, Flag::Unread | Flag::Draft),
        Filter::Where(_) => false,
    }
}

/// A text that can be filled, or nothing at all.
fn text(field: &'static str, text: &str) -> Result<String, DeskError> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    let body = match Body::parse(text) {
        Err(DeskError::Invalid { problem, .. }) => return Err(DeskError::invalid(field, problem)),
        other => other?,
    };
    filled::check(field, body.as_str())?;
    Ok(body.into_string())
}
