//! Organisations: business customers, suppliers, our own.

pub mod merge;

use domain::id::OrganisationId;
use serde_json::json;
use store::event::Subject;
use store::organisation::Organisation;

use crate::DeskError;
use crate::act::Act;
use crate::entitled::{Entitled, differing};
use crate::words::Name;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub name: String,
    /// Its people see each other's tickets.
    pub shares_tickets: bool,
}

pub fn create(act: &mut Act, by: &impl Entitled, input: &Input) -> Result<OrganisationId, DeskError> {
    by.check(act)?;
    insert(act, input)
}

pub fn change(act: &mut Act, by: &impl Entitled, id: OrganisationId, input: &Input) -> Result<(), DeskError> {
    by.check(act)?;
    let before = store::organisation::by_id(act.tx, id)?.ok_or(DeskError::NotFound)?;
    let name = Name::parse(&input.name)?.as_str().to_owned();
    let changed = differing(&[
        ("name", before.name != name),
        ("shares_tickets", before.shares_tickets != input.shares_tickets),
    ]);
    if changed.is_empty() {
        return Ok(());
    }
    let organisation = Organisation { name, shares_tickets: input.shares_tickets, ..before };
    store::organisation::update(act.tx, &organisation)?;
    act.record_change(Subject::Organisation(id.0), "changed", &json!({ "fields": changed }))?;
    Ok(())
}

pub(crate) fn insert(act: &mut Act, input: &Input) -> Result<OrganisationId, DeskError> {
    let organisation = Organisation {
        id: OrganisationId(act.new_id()),
        name: Name::parse(&input.name)?.as_str().to_owned(),
        shares_tickets: input.shares_tickets,
        created_at: act.now,
        merged_into: None,
    };
    store::organisation::insert(act.tx, &organisation)?;
    act.record_change(Subject::Organisation(organisation.id.0), "created", &json!({}))?;
    Ok(organisation.id)
}
