//! Who is there: people say that they are away, or when they are absent and who stands in for them.

use domain::id::{AbsenceId, PersonId};
use domain::permission::Viewer;
use jiff::Timestamp;
use serde_json::json;
use store::event::Subject;
use store::presence::Absence;

use crate::act::Act;
use crate::assignment::{self, HURRIED};
use crate::{DeskError, Problem};

/// Longer ones are a matter of who serves where.
const MOST_DAYS: i64 = 400;

/// The viewer is away from here on.
pub fn leave(act: &mut Act, viewer: &Viewer) -> Result<(), DeskError> {
    if store::presence::away_since(act.tx, viewer.person)?.is_some() {
        return Ok(());
    }
    let now = act.now;
    store::presence::leave(act.tx, viewer.person, now)?;
    act.record_change(Subject::Person(viewer.person.0), "away", &json!({}))?;
    Ok(())
}

/// The viewer is there again: what nobody could be given is tried at once.
pub fn come_back(act: &mut Act, viewer: &Viewer) -> Result<(), DeskError> {
    if store::presence::away_since(act.tx, viewer.person)?.is_none() {
        return Ok(());
    }
    store::presence::come_back(act.tx, viewer.person)?;
    act.record_change(Subject::Person(viewer.person.0), "present", &json!({}))?;
    hurry(act, viewer.person)
}

/// Somebody is absent for a time: the person themselves says so, a lead of a unit in which they serve, or an
/// administrator. Whom a lead names serves in a unit that they lead.
pub fn plan(
    act: &mut Act,
    viewer: &Viewer,
    person: PersonId,
    substitute: Option<PersonId>,
    (from, until): (Timestamp, Timestamp),
) -> Result<AbsenceId, DeskError> {
    may_say_for(act, viewer, person)?;
    crate::people::known(act, person)?;
    if until <= from || until <= act.now {
        return Err(DeskError::invalid("until", Problem::AbsenceWithoutTime));
    }
    if until.duration_since(from).as_hours() > MOST_DAYS * 24 {
        return Err(DeskError::invalid("until", Problem::DayTooFar));
    }
    if let Some(substitute) = substitute {
        let colleagues = store::presence::colleagues(act.tx, person)?;
        let serves_there = colleagues.iter().any(|(colleague, _)| *colleague == substitute);
        if !serves_there || (viewer.person != person && !leads(act, viewer, substitute)?) {
            return Err(DeskError::invalid("substitute", Problem::SubstituteElsewhere));
        }
    }
    let id = AbsenceId(act.new_id());
    let absence = Absence { id, person, substitute, from, until, made_by: act.person() };
    store::presence::insert(act.tx, &absence)?;
    let payload = json!({ "absence": id, "substitute": substitute });
    act.record_change(Subject::Person(person.0), "absence planned", &payload)?;
    Ok(id)
}

/// It is over now, or never comes.
pub fn end(act: &mut Act, viewer: &Viewer, id: AbsenceId) -> Result<(), DeskError> {
    let absence = store::presence::by_id(act.tx, id)?.ok_or(DeskError::NotFound)?;
    may_say_for(act, viewer, absence.person)?;
    let now = act.now;
    store::presence::end(act.tx, id, now.max(absence.from))?;
    act.record_change(Subject::Person(absence.person.0), "absence ended", &json!({ "absence": id }))?;
    hurry(act, absence.person)
}

/// For everybody else there is no such absence.
fn may_say_for(act: &mut Act, viewer: &Viewer, person: PersonId) -> Result<(), DeskError> {
    if viewer.person == person || leads(act, viewer, person)? { Ok(()) } else { Err(DeskError::NotFound) }
}

/// Whether the viewer leads a unit in which somebody serves; administrators lead everywhere.
fn leads(act: &mut Act, viewer: &Viewer, person: PersonId) -> Result<bool, DeskError> {
    if viewer.administrator {
        return Ok(true);
    }
    let units = store::unit::memberships(act.tx, person)?;
    Ok(units.iter().any(|(unit, _)| assignment::may_set_up(viewer, *unit)))
}

fn hurry(act: &mut Act, person: PersonId) -> Result<(), DeskError> {
    let now = act.now;
    for (unit, _) in store::unit::memberships(act.tx, person)? {
        store::assignment::hurry(act.tx, unit, now, HURRIED)?;
    }
    Ok(())
}
