//! A macro on a ticket: where it is offered, what it would do, and doing all of it or nothing.

use domain::action::{self, Action};
use domain::event::{Detail, Fact};
use domain::fill::Values;
use domain::id::{MacroId, TicketId};
use domain::permission::Viewer;
use jiff::tz::TimeZone;
use store::access::Seen;
use store::macros::Macro;

use super::filled;
use crate::act::{Act, Look};
use crate::action::{Done, Stopped, run_all};
use crate::views::Place;
use crate::{DeskError, Problem, project};

/// A macro as it reads on one ticket, in the order in which it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    pub kept: Macro,
    pub reply: Option<String>,
    pub note: Option<String>,
    /// What it does besides, before and after what it says.
    pub before: Vec<Action>,
    pub after: Vec<Action>,
}

/// What shall be said in the end; each audience has words of its own, and neither takes the other's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub reply: String,
    pub note: String,
}

/// The macros whose filter the ticket passes, whatever is used most first.
pub fn offered(look: &mut Look, viewer: &Viewer, ticket: TicketId) -> Result<Vec<Macro>, DeskError> {
    let all = store::macros::of(look.tx, viewer)?;
    let Some(facts) = store::filtered::facts(look.tx, ticket)? else { return Ok(Vec::new()) };
    let place = Place { viewer, catalogue: &look.catalogue, now: look.now, zone: &TimeZone::UTC };
    // A filter that names what is gone by now offers its macro nowhere.
    let passes = |each: &Macro| {
        each.filter.is_empty() || place.understand(&each.filter).is_ok_and(|(_, test)| test.matches(&facts))
    };
    Ok(all.into_iter().filter(passes).collect())
}

/// How a macro reads on a ticket.
pub fn prepare(look: &mut Look, viewer: &Viewer, seen: Seen, id: MacroId) -> Result<Prepared, DeskError> {
    let granted = seen.annotate().and_then(|_| seen.read_inside()).ok_or(DeskError::NotAllowed)?;
    let kept = store::macros::by_id(look.tx, viewer, id)?.ok_or(DeskError::NotFound)?;
    let values = filled::values(look.tx, &look.catalogue, &granted)?;
    filled_for(kept, &values)
}

/// Does all of a macro with the words that are given for it, or nothing. Words it does not say are not said.
pub fn run(
    act: &mut Act,
    viewer: &Viewer,
    seen: Seen,
    id: MacroId,
    said: &Said,
) -> Result<Result<Vec<Done>, Stopped>, DeskError> {
    let granted = seen.annotate().and_then(|_| seen.read_inside()).ok_or(DeskError::NotAllowed)?;
    let kept = store::macros::by_id(act.tx, viewer, id)?.ok_or(DeskError::NotFound)?;
    let values = filled::values(act.tx, &act.catalogue, &granted)?;
    let mut prepared = filled_for(kept, &values)?;
    prepared.reply = prepared.reply.map(|_| said.reply.clone());
    prepared.note = prepared.note.map(|_| said.note.clone());
    let actions = prepared.actions();
    let fact = Fact::Detailed(Detail::MacroRan { id, name: prepared.kept.name });
    let mut stopped = None;
    let done = act.part(act.now, act.actor, |act| {
        project::happen(act, seen.ticket, |_, _| Ok(fact))?;
        let done = run_all(act, viewer, seen.ticket, &actions).map_err(|refused| {
            let cause = (*refused.cause).clone();
            stopped = Some(refused);
            cause
        })?;
        store::macros::used(act.tx, id)?;
        Ok(done)
    });
    match (done, stopped) {
        (Err(_), Some(stopped)) => Ok(Err(stopped)),
        (done, _) => done.map(Ok),
    }
}

impl Prepared {
    /// Everything in its order: what can still be refused comes before what is said, and what ends the
    /// work on it comes last.
    #[must_use]
    pub fn actions(&self) -> Vec<Action> {
        let note = self.note.clone().map(|text| Action::Note { text });
        let reply = self.reply.clone().map(|text| Action::Reply { text });
        let said = note.into_iter().chain(self.before.iter().cloned()).chain(reply);
        said.chain(self.after.iter().cloned()).collect()
    }
}

/// What a macro does, in its order, with its texts as they were written.
pub(crate) fn plan(kept: Macro) -> Result<Vec<Action>, DeskError> {
    Ok(as_written(kept)?.actions())
}

fn as_written(kept: Macro) -> Result<Prepared, DeskError> {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let (reply, note) = (some(&kept.reply), some(&kept.note));
    let unreadable = |_| DeskError::invalid("actions", Problem::MacroUnreadable);
    let actions = action::read(&kept.actions).map_err(unreadable)?;
    let (after, before) = actions.into_iter().partition(ends);
    Ok(Prepared { kept, reply, note, before, after })
}

fn filled_for(kept: Macro, values: &Values) -> Result<Prepared, DeskError> {
    let Prepared { kept, reply, note, before, after } = as_written(kept)?;
    let fill = |field, text: Option<String>| text.map(|text| filled::fill(field, &text, values)).transpose();
    let (reply, note) = (fill("reply", reply)?, fill("note", note)?);
    let (before, after) = (filled::fill_all(before, values)?, filled::fill_all(after, values)?);
    Ok(Prepared { kept, reply, note, before, after })
}

/// Whether it belongs behind what is said.
const fn ends(action: &Action) -> bool {
    match action {
        Action::WaitForRequester
        | Action::Solve { .. }
        | Action::Transfer { .. }
        | Action::SetStatus { .. }
        | Action::Snooze { .. }
        | Action::Close => true,
        Action::Take
        | Action::Assign { .. }
        | Action::PutBack
        | Action::SetPriority { .. }
        | Action::SetService { .. }
        | Action::Reply { .. }
        | Action::Note { .. }
        | Action::Tag { .. }
        | Action::Untag { .. }
        | Action::AddSteps { .. }
        | Action::Wake
        | Action::SetField { .. }
        | Action::Reopen { .. }
        | Action::Tell { .. }
        | Action::Ask { .. } => false,
    }
}
