//! For how long a unit lets its tickets be reopened: said by its leads and administrators.

use domain::id::UnitId;
use domain::permission::Viewer;
use serde_json::json;
use store::event::Subject;

use crate::act::Act;
use crate::{DeskError, Problem, assignment, entitled};

/// The most days.
pub const MOST: u16 = 365;

/// Days after solving in which whoever asked may reopen a ticket that lies with the unit; what they write
/// later begins a ticket that follows it. Without days each service says so, as it is at first.
pub fn set(act: &mut Act, viewer: &Viewer, unit: UnitId, days: Option<u16>) -> Result<(), DeskError> {
    if !viewer.sees_unit(unit) {
        return Err(DeskError::NotFound);
    }
    crate::units::live(act, "", unit)?;
    if !assignment::may_set_up(viewer, unit) {
        return Err(DeskError::NotAllowed);
    }
    if days.is_some_and(|days| days > MOST) {
        return Err(DeskError::invalid("days", Problem::ReopeningOutOfRange { most: MOST }));
    }
    if act.catalogue.reopenings.get(&unit).copied() == days {
        return Ok(());
    }
    store::reopening::set(act.tx, unit, days)?;
    entitled::record(act, Subject::Unit(unit.0), "reopening changed", &json!({ "fields": ["days"] }))
}
