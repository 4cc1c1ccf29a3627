//! How a unit gives its tickets, and on which terms its people get them: set up by its leads and administrators.

use domain::assignment::Skills;
use domain::id::{PersonId, ServiceId, UnitId};
use domain::permission::Viewer;
use serde_json::json;
use store::assignment::{Giving, Terms};
use store::event::Subject;

use super::{HURRIED, NAME};
use crate::act::Act;
use crate::{DeskError, Problem, entitled, people_of};

/// Leads of the unit and administrators; others who see the unit only read it.
#[must_use]
pub fn may_set_up(viewer: &Viewer, unit: UnitId) -> bool {
    viewer.administrator || (viewer.serves_in(unit) && viewer.oversees(unit))
}

/// The way in which a unit gives its tickets, and what its services need.
pub fn set(
    act: &mut Act,
    viewer: &Viewer,
    unit: UnitId,
    giving: Giving,
    needs: &[(ServiceId, Skills)],
) -> Result<(), DeskError> {
    check(act, viewer, unit)?;
    let before = act.catalogue.givings.get(&unit).copied().unwrap_or_default();
    let mut fields = entitled::differing(&[
        ("policy", before.policy != giving.policy),
        ("by_language", before.by_language != giving.by_language),
    ]);
    for (service, skills) in needs {
        let own = act.catalogue.service(*service).filter(|own| own.unit == unit);
        own.ok_or_else(|| DeskError::invalid("", Problem::NotListedAnyMore))?;
        if act.catalogue.needs.get(service).cloned().unwrap_or_default() != *skills {
            store::assignment::set_need(act.tx, *service, skills)?;
            fields.push("needs");
        }
    }
    if fields.is_empty() {
        return Ok(());
    }
    if act.catalogue.givings.is_empty() {
        // What happened before anybody gave tickets gives nobody work.
        let (end, _) = store::event::head(act.tx)?;
        store::follower::advance(act.tx, NAME, end)?;
    }
    store::assignment::set_giving(act.tx, unit, giving)?;
    fields.dedup();
    entitled::record(act, Subject::Unit(unit.0), "assignment changed", &json!({ "fields": fields }))?;
    let now = act.now;
    Ok(store::assignment::hurry(act.tx, unit, now, HURRIED)?)
}

/// What one person of a unit can do, how much they can have, and when they are there.
pub fn set_terms(
    act: &mut Act,
    viewer: &Viewer,
    unit: UnitId,
    person: PersonId,
    terms: &Terms,
) -> Result<(), DeskError> {
    check(act, viewer, unit)?;
    if let Some(shift) = terms.shift {
        crate::calendars::existing(act, "shift", shift)?;
    }
    if !people_of::serves_in(act.tx, person, unit)? {
        return Err(DeskError::NotFound);
    }
    store::assignment::set_terms(act.tx, unit, person, terms)?;
    let payload = json!({ "unit": unit, "fields": ["terms"] });
    act.record_change(Subject::Person(person.0), "terms changed", &payload)?;
    let now = act.now;
    Ok(store::assignment::hurry(act.tx, unit, now, HURRIED)?)
}

fn check(act: &Act, viewer: &Viewer, unit: UnitId) -> Result<(), DeskError> {
    if !viewer.sees_unit(unit) {
        return Err(DeskError::NotFound);
    }
    crate::units::live(act, "", unit)?;
    if may_set_up(viewer, unit) { Ok(()) } else { Err(DeskError::NotAllowed) }
}
