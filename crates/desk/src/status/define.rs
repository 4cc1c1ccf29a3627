//! What administrators set up: which statuses there are, what they stand for, and in which order they are offered.

use domain::id::StatusId;
use domain::place::Step;
use domain::status::{Category, MOST, Status};
use domain::ticket::Kind;
use serde_json::json;
use store::event::Subject;

use crate::act::Act;
use crate::entitled::{self, Entitled, differing};
use crate::words::Name;
use crate::{DeskError, Problem};

/// A status as an administrator writes it. What it stands for and of which tickets is chosen once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub name: String,
    pub kind: Option<Kind>,
    pub category: Category,
    /// What the requester reads in place of the plain word; empty for nothing.
    pub outside: String,
}

pub fn define(act: &mut Act, by: &impl Entitled, input: &Input) -> Result<StatusId, DeskError> {
    by.check(act)?;
    if act.catalogue.statuses.len() >= MOST {
        return Err(DeskError::invalid("name", Problem::StatusesFull { most: MOST }));
    }
    let status = Status {
        id: StatusId(act.new_id()),
        name: Name::parse(&input.name)?.as_str().to_owned(),
        kind: input.kind,
        category: input.category,
        outside: outside(&input.outside)?,
        retired: false,
    };
    free(act, &status)?;
    store::status::insert(act.tx, &status)?;
    entitled::record(act, Subject::Status(status.id.0), "status made", &json!({}))?;
    Ok(status.id)
}

/// Calls it otherwise, inside and outside. Tickets that have it have it under its new name.
pub fn rename(
    act: &mut Act,
    by: &impl Entitled,
    id: StatusId,
    name: &str,
    words: &str,
) -> Result<(), DeskError> {
    by.check(act)?;
    let before = known(act, id)?;
    let after =
        Status { name: Name::parse(name)?.as_str().to_owned(), outside: outside(words)?, ..before.clone() };
    let fields =
        differing(&[("name", before.name != after.name), ("outside", before.outside != after.outside)]);
    if fields.is_empty() {
        return Ok(());
    }
    free(act, &after)?;
    store::status::rename(act.tx, &after)?;
    entitled::record(act, Subject::Status(id.0), "status changed", &json!({ "fields": fields }))
}

/// It is offered no more, or again; tickets that have it keep it.
pub fn retire(act: &mut Act, by: &impl Entitled, id: StatusId, retired: bool) -> Result<(), DeskError> {
    by.check(act)?;
    let before = known(act, id)?;
    if before.retired == retired {
        return Ok(());
    }
    free(act, &Status { retired, ..before })?;
    store::status::retire(act.tx, id, retired.then_some(act.now))?;
    let kind = if retired { "status retired" } else { "status offered again" };
    entitled::record(act, Subject::Status(id.0), kind, &json!({}))
}

/// Changes places with the one before or behind it. At the edge nothing happens.
pub fn reorder(act: &mut Act, by: &impl Entitled, id: StatusId, step: Step) -> Result<(), DeskError> {
    by.check(act)?;
    let mut order: Vec<StatusId> = act.catalogue.statuses.iter().map(|status| status.id).collect();
    let here = order.iter().position(|own| *own == id).ok_or(DeskError::NotFound)?;
    let Some(there) = step.from(here, order.len()) else { return Ok(()) };
    order.swap(here, there);
    store::status::reorder(act.tx, &order)?;
    entitled::record(act, Subject::Status(id.0), "status moved", &json!({ "fields": ["place"] }))
}

fn known(act: &Act, id: StatusId) -> Result<Status, DeskError> {
    act.catalogue.status(id).cloned().ok_or(DeskError::NotFound)
}

fn outside(words: &str) -> Result<Option<String>, DeskError> {
    if words.trim().is_empty() {
        return Ok(None);
    }
    match Name::parse(words) {
        Ok(words) => Ok(Some(words.as_str().to_owned())),
        Err(DeskError::Invalid { problem, .. }) => Err(DeskError::invalid("outside", problem)),
        Err(other) => Err(other),
    }
}

/// Of two that are offered for the same ticket, each is called otherwise.
fn free(act: &Act, status: &Status) -> Result<(), DeskError> {
    let name = status.name.to_lowercase();
    let taken = act.catalogue.statuses.iter().any(|other| {
        other.id != status.id
            && !other.retired
            && !status.retired
            && other.name.to_lowercase() == name
            && other.meets(status.kind)
    });
    if taken {
        return Err(DeskError::invalid("name", Problem::StatusNameTaken { name: status.name.clone() }));
    }
    Ok(())
}
