//! Somebody watches a ticket that is not theirs, or wants to hear nothing of one.

use domain::id::{PersonId, TicketId};
use domain::notice::Stance;
use domain::permission::Relation;
use jiff::Timestamp;
use store::Tx;
use store::access::Seen;

use crate::DeskError;
use crate::act::{Act, Look};

/// So many watchers are named.
const MOST_NAMED: usize = 50;

/// For those who read it inside, and on a hand-off for those who asked it: they hear of what both sides read.
/// Whoever broke the glass reads for an hour, and watches nothing.
pub fn choose(act: &mut Act, seen: Seen, stance: Option<Stance>) -> Result<(), DeskError> {
    if !may_watch(seen.relation) {
        return Err(DeskError::NotFound);
    }
    let (_, _, confidential) = store::ticket::fixed(act.tx, seen.ticket)?.ok_or(DeskError::NotFound)?;
    if stance == Some(Stance::Watching) && confidential && seen.relation == Relation::Overseeing {
        return Err(DeskError::NotAllowed);
    }
    Ok(store::watch::choose(act.tx, seen.ticket, seen.viewer, stance, act.now)?)
}

const fn may_watch(relation: Relation) -> bool {
    matches!(relation, Relation::Asking) || relation.reads_inside()
}

/// Whether somebody is on the side that asked a hand-off, today.
pub(crate) fn asks(
    tx: &mut Tx,
    person: PersonId,
    handoff: TicketId,
    now: Timestamp,
) -> Result<bool, DeskError> {
    Ok(relation(tx, person, handoff, now)? == Some(Relation::Asking))
}

fn relation(
    tx: &mut Tx,
    person: PersonId,
    ticket: TicketId,
    now: Timestamp,
) -> Result<Option<Relation>, DeskError> {
    let Some(viewer) = store::access::viewer(tx, person)? else { return Ok(None) };
    Ok(store::access::by_id(tx, &viewer, ticket, now)?.map(|seen| seen.relation))
}

/// Who watches a ticket and may still hear of it, for those who read it inside.
pub fn watchers(look: &mut Look, seen: Seen) -> Result<Vec<String>, DeskError> {
    let granted = seen.read_inside().ok_or(DeskError::NotFound)?;
    let mut names = Vec::new();
    for (person, name) in store::watch::watchers(look.tx, granted.ticket)?.into_iter().take(MOST_NAMED) {
        if relation(look.tx, person, granted.ticket, look.now)?.is_some_and(may_watch) {
            names.push(name);
        }
    }
    Ok(names)
}
