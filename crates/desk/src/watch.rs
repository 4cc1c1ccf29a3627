//! Somebody watches a ticket that is not theirs, or wants to hear nothing of one.

use domain::notice::Stance;
use domain::permission::Relation;
use store::access::Seen;

use crate::DeskError;
use crate::act::{Act, Look};

/// So many watchers are named.
const MOST_NAMED: usize = 50;

/// For those who read it inside. Whoever broke the glass reads for an hour, and watches nothing.
pub fn choose(act: &mut Act, seen: Seen, stance: Option<Stance>) -> Result<(), DeskError> {
    let granted = seen.read_inside().ok_or(DeskError::NotFound)?;
    let (_, _, confidential) = store::ticket::fixed(act.tx, granted.ticket)?.ok_or(DeskError::NotFound)?;
    if stance == Some(Stance::Watching) && confidential && seen.relation == Relation::Overseeing {
        return Err(DeskError::NotAllowed);
    }
    Ok(store::watch::choose(act.tx, granted.ticket, granted.viewer, stance, act.now)?)
}

/// Who watches a ticket and may still read it.
pub fn watchers(look: &mut Look, seen: Seen) -> Result<Vec<String>, DeskError> {
    let granted = seen.read_inside().ok_or(DeskError::NotFound)?;
    let mut names = Vec::new();
    for (person, name) in store::watch::watchers(look.tx, granted.ticket)?.into_iter().take(MOST_NAMED) {
        if crate::mention::reads(look.tx, person, granted.ticket, look.now)? {
            names.push(name);
        }
    }
    Ok(names)
}
