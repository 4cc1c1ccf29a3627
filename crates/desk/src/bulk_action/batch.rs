//! One batch of one bulk action: some tickets, each with the rights of its person at that moment, in one transaction.

use std::sync::Arc;

use domain::action::{self, Action};
use domain::bulk_action::{Back, Outcome, Settings, State};
use domain::event::{Actor, Detail, Fact};
use domain::id::{MacroId, TicketId};
use domain::permission::Viewer;
use store::StoreError;
use store::bulk_action::{BulkAction, Item};

use crate::act::{Act, Desk};
use crate::action::{Done, run_all};
use crate::{DeskError, Problem, custom, macros, project};

/// The most tickets of one transaction: others wait no longer than for these.
pub const BATCH: usize = 25;

/// Why a ticket was refused, in the language of a person.
pub type Say = dyn Fn(&str, &DeskError) -> String + Send + Sync;

/// Acts on the next tickets of the one whose turn it is; gives how many, 0 when nothing runs.
pub fn step(desk: &Desk, say: &Arc<Say>) -> Result<usize, DeskError> {
    if !desk.look_now(|look| Ok(store::bulk_action::is_any_running(look.tx)?))? {
        return Ok(0);
    }
    let say = Arc::clone(say);
    desk.act_now(Actor::Desk, move |act| batch(act, &*say))
}

fn batch(act: &mut Act, say: &Say) -> Result<usize, DeskError> {
    let Some(bulk) = store::bulk_action::next_running(act.tx)? else { return Ok(0) };
    let now = act.now;
    let person = store::person::by_id(act.tx, bulk.person)?;
    let viewer = store::access::viewer(act.tx, bulk.person)?;
    // Nobody acts in the name of somebody who left, nor by what cannot be read.
    let (Some(person), Some(viewer), Ok(actions)) = (person, viewer, action::read(&bulk.actions)) else {
        store::bulk_action::advance(act.tx, &bulk, State::Cancelled, bulk.counts, now)?;
        return Ok(0);
    };
    let items = store::bulk_action::waiting(act.tx, bulk.id, BATCH as i64)?;
    let mut counts = bulk.counts;
    for item in &items {
        let (outcome, why, back) = match one(act, &viewer, &bulk, &actions, item) {
            Ok((Done::Did, back)) => (Outcome::Did, None, back),
            Ok((Done::Already, _)) => (Outcome::Already, None, None),
            Err(error @ DeskError::Store(StoreError::Db(_))) => return Err(error),
            Err(error) => (Outcome::Refused, Some(say(&person.language, &error)), None),
        };
        match outcome {
            Outcome::Did => counts.did += 1,
            Outcome::Already => counts.already += 1,
            Outcome::Refused | Outcome::Waiting => counts.refused += 1,
        }
        store::bulk_action::settle(act.tx, bulk.id, item.place, outcome, why.as_deref(), back.as_ref())?;
    }
    let state = if items.len() < BATCH { State::Done } else { State::Running };
    store::bulk_action::advance(act.tx, &bulk, state, counts, now)?;
    Ok(items.len())
}

/// All of it with one ticket, or nothing.
fn one(
    act: &mut Act,
    viewer: &Viewer,
    bulk: &BulkAction,
    actions: &[Action],
    item: &Item,
) -> Result<(Done, Option<Back>), DeskError> {
    act.part(act.now, Actor::Person(viewer.person), |act| match (bulk.undoes, &item.back) {
        (Some(_), Some(back)) => take_back(act, viewer, item.ticket, back, &bulk.reason),
        (_, _) => forth(act, viewer, item.ticket, actions, bulk.runs.as_ref()),
    })
}

fn forth(
    act: &mut Act,
    viewer: &Viewer,
    ticket: TicketId,
    actions: &[Action],
    runs: Option<&(MacroId, String)>,
) -> Result<(Done, Option<Back>), DeskError> {
    let was = settings(act, ticket, set(actions))?.ok_or(DeskError::NotFound)?;
    let seen = store::access::by_id(act.tx, viewer, ticket, act.now)?.ok_or(DeskError::NotFound)?;
    let catalogue = Arc::clone(&act.catalogue);
    let actions = &macros::on_ticket(act.tx, &catalogue, seen, actions)?;
    let done = match runs {
        Some((id, name)) => {
            told(act, viewer, ticket, actions, Detail::MacroRan { id: *id, name: name.clone() })?
        }
        None => all(act, viewer, ticket, actions)?,
    };
    let left = settings(act, ticket, set(actions))?.ok_or(DeskError::NotFound)?;
    Ok((done, Back::of(actions, was, left)))
}

/// The keys of the fields that actions set.
fn set(actions: &[Action]) -> impl Iterator<Item = String> {
    actions.iter().filter_map(|action| match action {
        Action::SetField { field, .. } => Some(field.clone()),
        _ => None,
    })
}

/// What of a ticket can be set back, with what was answered in these fields.
fn settings(
    act: &mut Act,
    ticket: TicketId,
    fields: impl Iterator<Item = String>,
) -> Result<Option<Settings>, DeskError> {
    let Some(settings) = store::ticket::settings(act.tx, ticket)? else { return Ok(None) };
    Ok(Some(Settings { answers: custom::typed(act, ticket, fields)?, ..settings }))
}

fn all(act: &mut Act, viewer: &Viewer, ticket: TicketId, actions: &[Action]) -> Result<Done, DeskError> {
    let done = run_all(act, viewer, ticket, actions).map_err(|stopped| *stopped.cause)?;
    Ok(if done.contains(&Done::Did) { Done::Did } else { Done::Already })
}

/// The history says first which macro it was, and nothing where it had nothing to do.
fn told(
    act: &mut Act,
    viewer: &Viewer,
    ticket: TicketId,
    actions: &[Action],
    ran: Detail,
) -> Result<Done, DeskError> {
    let mut was_idle = false;
    let done = act.part(act.now, act.actor, |act| {
        project::happen(act, ticket, |_, _| Ok(Fact::Detailed(ran)))?;
        match all(act, viewer, ticket, actions)? {
            Done::Did => Ok(Done::Did),
            Done::Already => {
                was_idle = true;
                Err(DeskError::Conflict(Problem::NothingToTakeBack))
            }
        }
    });
    if was_idle { Ok(Done::Already) } else { done }
}

fn take_back(
    act: &mut Act,
    viewer: &Viewer,
    ticket: TicketId,
    back: &Back,
    reason: &str,
) -> Result<(Done, Option<Back>), DeskError> {
    // Asked first, so that nobody learns from the answer how a ticket stands that they do not see.
    store::access::by_id(act.tx, viewer, ticket, act.now)?.ok_or(DeskError::NotFound)?;
    if settings(act, ticket, back.left.answers.keys().cloned())?.as_ref() != Some(&back.left) {
        return Err(DeskError::Conflict(Problem::ChangedSince));
    }
    run_all(act, viewer, ticket, &back.actions(reason)).map_err(|stopped| *stopped.cause)?;
    Ok((Done::Did, None))
}
