//! Two organisations turn out to be one: its people go over, its tickets stay where they were asked, and it can be undone.

use domain::id::OrganisationId;
use serde_json::json;
use store::Tx;
use store::event::Subject;
use store::organisation::Organisation;

use crate::act::Act;
use crate::entitled::Entitled;
use crate::{DeskError, Problem, people};

/// Why these two cannot be made one, if so.
pub fn refusal(tx: &mut Tx, from: &Organisation, into: &Organisation) -> Result<Option<Problem>, DeskError> {
    if from.id == into.id {
        return Ok(Some(Problem::MergeWithItself));
    }
    for organisation in [from, into] {
        if let Some(other) = organisation.merged_into {
            let into = store::organisation::by_id(tx, other)?.map(|into| into.name).unwrap_or_default();
            return Ok(Some(Problem::MergedAlready { name: organisation.name.clone(), into }));
        }
    }
    Ok(None)
}

/// `from` turned out to be `into`. Gives how many people went over.
pub fn run(
    act: &mut Act,
    by: &impl Entitled,
    from: OrganisationId,
    into: OrganisationId,
) -> Result<usize, DeskError> {
    by.check(act)?;
    let (from, into) = (known(act, from)?, known(act, into)?);
    if let Some(problem) = refusal(act.tx, &from, &into)? {
        return Err(DeskError::invalid("into", problem));
    }
    store::organisation::set_merged(act.tx, from.id, Some(into.id))?;
    let moving = store::organisation::people(act.tx, from.id)?;
    for person in &moving {
        store::organisation::remember_moved(act.tx, *person, from.id)?;
        people::belongs_to(act, *person, into.id)?;
    }
    let payload = json!({ "into": into.id, "people": moving.len() });
    act.record_change(Subject::Organisation(from.id.0), "merged", &payload)?;
    Ok(moving.len())
}

/// They are two after all: whoever was moved and still is there goes back. Gives how many.
pub fn undo(act: &mut Act, by: &impl Entitled, from: OrganisationId) -> Result<usize, DeskError> {
    by.check(act)?;
    let Some(into) = known(act, from)?.merged_into else {
        return Err(DeskError::invalid("into", Problem::NotMerged));
    };
    store::organisation::set_merged(act.tx, from, None)?;
    let moved = store::organisation::take_moved(act.tx, from, into)?;
    for person in &moved {
        people::belongs_to(act, *person, from)?;
    }
    let payload = json!({ "into": into, "people": moved.len() });
    act.record_change(Subject::Organisation(from.0), "merge undone", &payload)?;
    Ok(moved.len())
}

fn known(act: &mut Act, id: OrganisationId) -> Result<Organisation, DeskError> {
    store::organisation::by_id(act.tx, id)?.ok_or(DeskError::NotFound)
}
