//! Two people turn out to be one: nothing of theirs is moved, and it can be undone.
//!
//! Whoever was merged keeps their row, their tickets and what they said. Their address leads to the other one, who
//! stands on the requester's side of their tickets too; they sign in no more.

use domain::id::PersonId;
use serde_json::json;
use store::Tx;
use store::event::Subject;
use store::person::Person;

use super::known;
use crate::act::Act;
use crate::entitled::{self, Entitled};
use crate::{DeskError, Problem, derive};

/// Why these two cannot be made one, if so.
pub fn refusal(tx: &mut Tx, from: &Person, into: &Person) -> Result<Option<Problem>, DeskError> {
    if from.id == into.id {
        return Ok(Some(Problem::MergeWithThemselves));
    }
    for person in [from, into] {
        if let Some(other) = person.merged_into {
            let into = store::person::by_id(tx, other)?.map(|into| into.name).unwrap_or_default();
            return Ok(Some(Problem::MergedAlready { name: person.name.clone(), into }));
        }
    }
    if into.disabled_at.is_some() {
        return Ok(Some(Problem::MergeIntoDisabled { name: into.name.clone() }));
    }
    // Serving and overseeing are given on purpose, and never by finding out that two names are one.
    let serves = !store::unit::memberships(tx, from.id)?.is_empty()
        || !store::office::of_person(tx, from.id)?.is_empty();
    Ok(serves.then(|| Problem::MergeOfServing { name: from.name.clone() }))
}

/// `from` turned out to be `into`.
pub fn run(act: &mut Act, by: &impl Entitled, from: PersonId, into: PersonId) -> Result<(), DeskError> {
    by.check(act)?;
    refuse_oneself(act, &[from, into])?;
    let (from, into) = (known(act, from)?, known(act, into)?);
    if let Some(problem) = refusal(act.tx, &from, &into)? {
        return Err(DeskError::invalid("into", problem));
    }
    store::person::set_merged(act.tx, from.id, Some(into.id))?;
    store::session::remove_all(act.tx, from.id, None)?;
    entitled::record(act, Subject::Person(from.id.0), "merged", &json!({ "into": into.id }))?;
    stand_beside(act, from.id)
}

/// They are two people after all.
pub fn undo(act: &mut Act, by: &impl Entitled, from: PersonId) -> Result<(), DeskError> {
    by.check(act)?;
    let Some(into) = known(act, from)?.merged_into else {
        return Err(DeskError::invalid("into", Problem::NotMerged));
    };
    refuse_oneself(act, &[from, into])?;
    store::person::set_merged(act.tx, from, None)?;
    entitled::record(act, Subject::Person(from.0), "merge undone", &json!({ "into": into }))?;
    stand_beside(act, from)
}

/// A merge shows somebody the tickets of somebody else; whoever gains by it has another one do it.
fn refuse_oneself(act: &Act, people: &[PersonId]) -> Result<(), DeskError> {
    match act.actor {
        domain::event::Actor::Person(person) if people.contains(&person) => {
            Err(DeskError::invalid("into", Problem::MergeOfOneself))
        }
        _ => Ok(()),
    }
}

/// Writes anew who stands beside the tickets of somebody, from their events.
fn stand_beside(act: &mut Act, person: PersonId) -> Result<(), DeskError> {
    for chain in store::person::chains(act.tx, person)? {
        let events = store::event::of_ticket_and_descendants(act.tx, chain)?;
        for derived in derive::tickets(&act.catalogue, &events) {
            store::check::replace_people(act.tx, &derived.placed, &derived.people)?;
        }
    }
    Ok(())
}
