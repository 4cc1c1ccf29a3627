//! What time alone does: agreed dates pass, snoozed tickets wake, deliveries are accepted, solved tickets
//! close, and tickets that come again are opened.

use std::collections::BTreeSet;

use domain::event::Actor;
use domain::id::TicketId;
use store::StoreError;

use crate::act::{Act, Desk};
use crate::{DeskError, close, handoff, recurring, snooze, wait};

/// Tickets looked at in one transaction, so that people's writes come in between.
const AT_ONCE: usize = 100;

/// What time does to tickets of one sort: those whose time has come, and what is done with each.
pub(crate) struct Step {
    pub(crate) what: &'static str,
    pub(crate) due: fn(&mut Act, i64) -> Result<Vec<TicketId>, DeskError>,
    pub(crate) one: fn(&mut Act, TicketId) -> Result<(), DeskError>,
}

/// Does everything that is due now; gives how many tickets changed.
pub fn run(desk: &Desk) -> Result<usize, DeskError> {
    let mut changed = 0;
    for step in [&wait::PASSES, &snooze::WAKES, &handoff::IS_ACCEPTED, &close::CLOSES] {
        changed += all(desk, step)?;
    }
    loop {
        let most = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
        let opened = desk.act_now(Actor::Desk, move |act| recurring::open_due(act, most))?;
        changed += opened;
        if opened < AT_ONCE {
            return Ok(changed);
        }
    }
}

fn all(desk: &Desk, step: &'static Step) -> Result<usize, DeskError> {
    through(|aside| {
        let aside = aside.clone();
        desk.act_now(Actor::Desk, move |act| batch(act, step, &aside))
    })
}

/// The same within an act that is under way.
pub(crate) fn here(act: &mut Act, step: &Step) -> Result<(), DeskError> {
    through(|aside| batch(act, step, aside)).map(drop)
}

/// Batch after batch, without those that were refused before; gives how many tickets changed.
fn through(
    mut next: impl FnMut(&BTreeSet<TicketId>) -> Result<Batch, DeskError>,
) -> Result<usize, DeskError> {
    let (mut changed, mut aside) = (0, BTreeSet::new());
    loop {
        let batch = next(&aside)?;
        changed += batch.changed;
        aside.extend(batch.refused);
        if batch.was_last {
            return Ok(changed);
        }
    }
}

struct Batch {
    changed: usize,
    refused: Vec<TicketId>,
    was_last: bool,
}

/// The next tickets of a step. One that cannot be done is told of and passed over, so that it holds up no other.
fn batch(act: &mut Act, step: &Step, aside: &BTreeSet<TicketId>) -> Result<Batch, DeskError> {
    let most = i64::try_from(AT_ONCE + aside.len()).unwrap_or(i64::MAX);
    let mut due = (step.due)(act, most)?;
    due.retain(|ticket| !aside.contains(ticket));
    let mut batch = Batch { changed: 0, refused: Vec::new(), was_last: due.len() < AT_ONCE };
    for ticket in due {
        let (now, actor) = (act.now, act.actor);
        match act.part(now, actor, |act| (step.one)(act, ticket)) {
            Ok(()) => batch.changed += 1,
            Err(DeskError::Store(StoreError::Db(error))) => return Err(StoreError::Db(error).into()),
            Err(error) => {
                tracing::error!(%ticket, %error, "a ticket could not {}; the others go on", step.what);
                batch.refused.push(ticket);
            }
        }
    }
    Ok(batch)
}

#[cfg(test)]
mod tests;
