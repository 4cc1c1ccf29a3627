//! The same done with many tickets: chosen, foreseen, then run in the background batch by batch, and taken back.
//!
//! What is left to do is rows, and each batch settles its rows in the transaction in which it acts: whenever
//! a server stops, another one goes on behind the last ticket, and none is acted on twice.

mod batch;
mod foresee;

use std::collections::BTreeSet;

use domain::action::{self, Action};
use domain::bulk_action::{self, MOST, State};
use domain::filter::Test;
use domain::id::{BulkActionId, MacroId, PersonId, TicketId};
use domain::permission::Viewer;
use domain::view::{Grouping, Sort};
use jiff::SignedDuration;
use store::bulk_action::{BulkAction, Counts};
use store::filtered::{MOST_LOOKED, Wanted};

use crate::act::{Act, Look};
use crate::{DeskError, Problem, custom, macros};

pub use batch::{BATCH, Say, step};
pub use foresee::{Foreseen, LOOKED, foresee};

/// How long what was proposed and never begun is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// The tickets of a bulk action that is being made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    pub tickets: Vec<TicketId>,
    /// There were more than it may have.
    pub cut: bool,
}

/// Tickets by their numbers; those that the viewer does not see are none.
pub fn by_number(look: &mut Look, viewer: &Viewer, numbers: &[i64]) -> Result<Chosen, DeskError> {
    let mut chosen = Chosen { tickets: Vec::new(), cut: numbers.len() > MOST };
    let mut known = BTreeSet::new();
    for number in numbers.iter().take(MOST) {
        let seen = store::access::by_number(look.tx, viewer, *number, look.now)?;
        if let Some(seen) = seen.filter(|seen| seen.relation.reads_inside() && known.insert(seen.ticket)) {
            chosen.tickets.push(seen.ticket);
        }
    }
    Ok(chosen)
}

/// Every ticket of a list, in its order.
pub fn of_list(look: &mut Look, viewer: &Viewer, test: &Test, sort: Sort) -> Result<Chosen, DeskError> {
    let catalogue = std::sync::Arc::clone(&look.catalogue);
    let mut wanted = Wanted {
        test,
        sort,
        grouping: Grouping::Nothing,
        after: None,
        limit: store::queue::MOST,
        patience: MOST_LOOKED,
    };
    let mut chosen = Chosen::default();
    loop {
        let page = store::filtered::tickets(look.tx, viewer, &catalogue, &wanted)?;
        chosen.tickets.extend(page.ids);
        if chosen.tickets.len() > MOST {
            chosen.tickets.truncate(MOST);
            chosen.cut = true;
            return Ok(chosen);
        }
        let Some(next) = page.next else { return Ok(chosen) };
        wanted.after = Some(next);
    }
}

/// Keeps what was chosen, before anything is done. What shall be done may be said later.
pub fn propose(
    act: &mut Act,
    viewer: &Viewer,
    chosen: &Chosen,
    actions: &[Action],
    came_from: &str,
) -> Result<BulkActionId, DeskError> {
    if chosen.tickets.is_empty() {
        return Err(DeskError::invalid("ticket", Problem::NothingChosen));
    }
    let bulk = BulkAction {
        actions: action::kept(actions),
        came_from: came_from.to_owned(),
        cut: chosen.cut,
        ..new(act, viewer.person, chosen.tickets.len())
    };
    let tickets: Vec<_> = chosen.tickets.iter().map(|ticket| (*ticket, None)).collect();
    store::bulk_action::insert(act.tx, &bulk, &tickets)?;
    Ok(bulk.id)
}

/// Says what shall be done with what was chosen.
pub fn decide(
    act: &mut Act,
    viewer: &Viewer,
    bulk: BulkActionId,
    actions: &[Action],
) -> Result<(), DeskError> {
    decided(act, viewer, bulk, actions, None)
}

fn decided(
    act: &mut Act,
    viewer: &Viewer,
    bulk: BulkActionId,
    actions: &[Action],
    runs: Option<(MacroId, &str)>,
) -> Result<(), DeskError> {
    let bulk = own(act, viewer, bulk)?;
    if bulk.state != State::Proposed {
        return Err(DeskError::Conflict(Problem::BulkBegun));
    }
    macros::check_all(&custom::known_to(viewer, &act.catalogue), "text", actions)?;
    Ok(store::bulk_action::decide(act.tx, bulk.id, &action::kept(actions), runs)?)
}

/// Says that a macro shall be run on each; as it is written now, whatever becomes of it.
pub fn decide_macro(
    act: &mut Act,
    viewer: &Viewer,
    bulk: BulkActionId,
    id: MacroId,
) -> Result<(), DeskError> {
    let gone = || DeskError::invalid("macro", Problem::NotListedAnyMore);
    let kept = store::macros::by_id(act.tx, viewer, id)?.ok_or_else(gone)?;
    let name = kept.name.clone();
    decided(act, viewer, bulk, &macros::plan(kept)?, Some((id, &name)))?;
    Ok(store::macros::used(act.tx, id)?)
}

/// Lets it run.
pub fn start(act: &mut Act, viewer: &Viewer, bulk: BulkActionId) -> Result<(), DeskError> {
    let bulk = own(act, viewer, bulk)?;
    if bulk.state != State::Proposed {
        return Err(DeskError::Conflict(Problem::BulkBegun));
    }
    if action::read(&bulk.actions).is_ok_and(|actions| actions.is_empty()) {
        return Err(DeskError::invalid("do", Problem::ActionsMissing));
    }
    let now = act.now;
    Ok(store::bulk_action::advance(act.tx, &bulk, State::Running, bulk.counts, now)?)
}

/// Stops it where it is; what was done stands.
pub fn cancel(act: &mut Act, viewer: &Viewer, bulk: BulkActionId) -> Result<(), DeskError> {
    let bulk = own(act, viewer, bulk)?;
    match bulk.state {
        State::Proposed | State::Running => {
            let now = act.now;
            Ok(store::bulk_action::advance(act.tx, &bulk, State::Cancelled, bulk.counts, now)?)
        }
        State::Done | State::Cancelled => Err(DeskError::Conflict(Problem::BulkOver)),
    }
}

/// Takes back what it did, as another bulk action; `reason` is why, in the words of its person.
pub fn undo(
    act: &mut Act,
    viewer: &Viewer,
    bulk: BulkActionId,
    reason: &str,
) -> Result<BulkActionId, DeskError> {
    let bulk = own(act, viewer, bulk)?;
    if !matches!(bulk.state, State::Done | State::Cancelled) {
        return Err(DeskError::Conflict(Problem::BulkRuns));
    }
    let tickets = store::bulk_action::to_take_back(act.tx, bulk.id)?;
    let is_undone = store::bulk_action::undone_by(act.tx, bulk.id)?.is_some();
    if is_undone || bulk.undoes.is_some() || tickets.is_empty() {
        return Err(DeskError::Conflict(Problem::NothingToTakeBack));
    }
    let undo = BulkAction {
        actions: bulk.actions,
        came_from: bulk.came_from,
        state: State::Running,
        undoes: Some(bulk.id),
        reason: reason.to_owned(),
        started_at: Some(act.now),
        ..new(act, viewer.person, tickets.len())
    };
    store::bulk_action::insert(act.tx, &undo, &tickets)?;
    Ok(undo.id)
}

/// Whether it could be taken back, at least for some of its tickets.
#[must_use]
pub fn can_be_taken_back(bulk: &BulkAction) -> bool {
    bulk.undoes.is_none()
        && bulk.counts.did > 0
        && action::read(&bulk.actions).is_ok_and(|actions| bulk_action::can_be_taken_back(&actions))
}

/// Removes what was proposed long ago and never begun.
pub fn forget(act: &mut Act) -> Result<u64, DeskError> {
    let before = act.now - KEPT;
    Ok(store::bulk_action::forget_proposed(act.tx, before)?)
}

fn own(act: &mut Act, viewer: &Viewer, bulk: BulkActionId) -> Result<BulkAction, DeskError> {
    store::bulk_action::of_person(act.tx, viewer.person, bulk)?.ok_or(DeskError::NotFound)
}

fn new(act: &Act, person: PersonId, tickets: usize) -> BulkAction {
    BulkAction {
        id: BulkActionId(act.new_id()),
        person,
        actions: action::kept(&[]),
        came_from: String::new(),
        state: State::Proposed,
        undoes: None,
        reason: String::new(),
        cut: false,
        counts: Counts { tickets: i64::try_from(tickets).unwrap_or(i64::MAX), ..Counts::default() },
        proposed_at: act.now,
        started_at: None,
        ended_at: None,
        runs: None,
    }
}
