//! When each unit works: two shifts, three shifts, lunch breaks, three time zones and their holidays.

use std::collections::BTreeMap;

use domain::calendar::{CalendarSpec, Interval, Weekday};
use domain::id::CalendarId;
use jiff::civil::Date;

use super::company::Hours;
use super::holidays;
use crate::act::Act;
use crate::entitled::ByDesk;
use crate::{DeskError, calendars};

pub(super) type Calendars = BTreeMap<Hours, CalendarId>;
type Day = &'static [(&'static str, &'static str)];

struct Hour {
    hours: Hours,
    name: &'static str,
    zone: &'static str,
    /// Monday to Thursday, Friday, Saturday, Sunday.
    days: [Day; 4],
    holidays: fn(i16) -> BTreeMap<Date, String>,
}

const OFFICE: Day = &[("09:00", "12:30"), ("13:15", "17:30")];
const WORKSHOP: Day = &[("07:30", "12:00"), ("12:30", "16:30")];
const TWO_SHIFTS: Day = &[("06:00", "14:00"), ("14:00", "21:30")];
const THREE_SHIFTS: Day = &[("06:00", "14:00"), ("14:00", "22:00"), ("22:00", "06:00")];
const HAMBURG: Day = &[("08:00", "12:00"), ("12:45", "17:00")];
const TORONTO: Day = &[("08:30", "12:00"), ("12:45", "17:00")];

const fn hour(
    hours: Hours,
    name: &'static str,
    zone: &'static str,
    days: [Day; 4],
    holidays: fn(i16) -> BTreeMap<Date, String>,
) -> Hour {
    Hour { hours, name, zone, days, holidays }
}

const ALL: &[Hour] = &[
    hour(Hours::Office, "Office", "Europe/London", [OFFICE, OFFICE, &[], &[]], holidays::britain),
    hour(Hours::Workshop, "Workshop", "Europe/London", [WORKSHOP, WORKSHOP, &[], &[]], holidays::britain),
    hour(
        Hours::Warehouse,
        "Warehouse, two shifts",
        "Europe/London",
        [TWO_SHIFTS, TWO_SHIFTS, &[("07:00", "12:00")], &[]],
        holidays::britain,
    ),
    hour(Hours::Shifts, "Three shifts, every day", "Europe/London", [THREE_SHIFTS; 4], |_| BTreeMap::new()),
    hour(
        Hours::Hamburg,
        "Hamburg",
        "Europe/Berlin",
        [HAMBURG, &[("08:00", "14:00")], &[], &[]],
        holidays::germany,
    ),
    hour(Hours::Toronto, "Toronto", "America/Toronto", [TORONTO, TORONTO, &[], &[]], holidays::canada),
];

/// Writes every calendar with the holidays of the year before `year` to the year after it.
pub(super) fn write(act: &mut Act, year: i16) -> Result<Calendars, DeskError> {
    let mut written = Calendars::new();
    for Hour { hours, name, zone, days, holidays } in ALL {
        let mut spec = CalendarSpec::closed(zone);
        for weekday in Weekday::ALL {
            let day = match weekday {
                Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday => days[0],
                Weekday::Friday => days[1],
                Weekday::Saturday => days[2],
                Weekday::Sunday => days[3],
            };
            let intervals = day.iter().map(|(open, close)| Interval::parse(open, close));
            let intervals = intervals.collect::<Result<Vec<_>, _>>();
            spec.hours.insert(weekday, intervals.map_err(|error| DeskError::invalid("hours", error.into()))?);
        }
        spec.holidays = (year - 1..=year + 1).flat_map(holidays).collect();
        let id = calendars::create(act, &ByDesk, &calendars::Input { name: (*name).to_owned(), spec })?;
        written.insert(*hours, id);
    }
    Ok(written)
}
