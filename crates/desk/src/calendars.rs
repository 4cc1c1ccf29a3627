//! Calendars: when people work, under a name.

#[cfg(test)]
mod tests;

use domain::calendar::{Calendar, CalendarError, CalendarSpec};
use domain::id::CalendarId;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::event::Subject;

use crate::act::Act;
use crate::entitled::{self, Entitled, differing};
use crate::words::Name;
use crate::{DeskError, Problem};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub name: String,
    pub spec: CalendarSpec,
}

pub fn create(act: &mut Act, by: &impl Entitled, input: &Input) -> Result<CalendarId, DeskError> {
    by.check(act)?;
    let name = free_name(act, None, &input.name)?;
    usable(&input.spec)?;
    let id = CalendarId(act.new_id());
    store::calendar::insert(act.tx, id, &name, &input.spec, act.now)?;
    entitled::record(act, Subject::Calendar(id.0), "created", &json!({}))?;
    Ok(id)
}

/// Other hours are a new version, for tickets that are opened from now on; running and finished
/// clocks keep the version under which they began. A name has no versions.
pub fn change(act: &mut Act, by: &impl Entitled, id: CalendarId, input: &Input) -> Result<(), DeskError> {
    by.check(act)?;
    let before = act.catalogue.calendars.get(&id).cloned().ok_or(DeskError::NotFound)?;
    let name = free_name(act, Some(id), &input.name)?;
    let hours = usable(&input.spec)?;
    let was = before.calendar.spec();
    let changed = differing(&[
        ("name", before.name != name),
        ("time_zone", was.time_zone != input.spec.time_zone),
        ("hours", was.hours != input.spec.hours),
        ("holidays", was.holidays != input.spec.holidays),
        ("shifts", was.shifts != input.spec.shifts),
        ("breaks", was.breaks != input.spec.breaks),
    ]);
    if changed.is_empty() {
        return Ok(());
    }
    store::calendar::rename(act.tx, id, &name, act.now)?;
    let newest = before.versions.last().map_or(0, |version| version.version);
    let version = if *was == input.spec { newest } else { newest + 1 };
    if version != newest {
        store::calendar::insert_version(act.tx, id, version, &input.spec, Some(from_now_on(act)))?;
        crate::recurring::calendar_changed(act, id, &before.calendar, &hours)?;
    }
    entitled::record(
        act,
        Subject::Calendar(id.0),
        "changed",
        &json!({ "fields": changed, "version": version }),
    )
}

/// The first instant at which no ticket can have been opened yet: those of this very instant keep
/// the hours under which they were opened.
fn from_now_on(act: &Act) -> Timestamp {
    act.now.saturating_add(SignedDuration::from_micros(1)).unwrap_or(act.now)
}

/// Adds the whole-day events of an iCalendar file to the holidays; gives how many days are new.
pub fn import_holidays(
    act: &mut Act,
    by: &impl Entitled,
    id: CalendarId,
    ical: &str,
) -> Result<usize, DeskError> {
    by.check(act)?;
    let named = act.catalogue.calendars.get(&id).cloned().ok_or(DeskError::NotFound)?;
    let mut spec = named.calendar.spec().clone();
    let before = spec.holidays.len();
    let holidays = domain::calendar::ical::holidays(ical).map_err(refused)?;
    spec.holidays.extend(holidays);
    let new = spec.holidays.len() - before;
    change(act, by, id, &Input { name: named.name, spec })?;
    Ok(new)
}

/// Builds the calendar, or says which part of the form is wrong; for checking while editing, too.
pub fn usable(spec: &CalendarSpec) -> Result<Calendar, DeskError> {
    Calendar::new(spec.clone()).map_err(refused)
}

pub(crate) fn existing(act: &Act, field: &'static str, id: CalendarId) -> Result<(), DeskError> {
    if act.catalogue.calendars.contains_key(&id) {
        return Ok(());
    }
    Err(DeskError::invalid(field, Problem::CalendarUnknown))
}

fn free_name(act: &Act, own: Option<CalendarId>, text: &str) -> Result<String, DeskError> {
    let name = Name::parse(text)?;
    let mut calendars = act.catalogue.calendars.values();
    if calendars.any(|other| other.name == name.as_str() && Some(other.id) != own) {
        return Err(DeskError::invalid(
            "name",
            Problem::CalendarNameTaken { name: name.as_str().to_owned() },
        ));
    }
    Ok(name.as_str().to_owned())
}

fn refused(error: CalendarError) -> DeskError {
    let field = match &error {
        CalendarError::UnknownTimeZone { .. } => "time_zone",
        CalendarError::MalformedTime { .. }
        | CalendarError::EmptyInterval { .. }
        | CalendarError::Overlap { .. }
        | CalendarError::NoWorkingTime => "hours",
        CalendarError::HolidayFile { .. } => "holidays",
    };
    DeskError::invalid(field, error.into())
}
