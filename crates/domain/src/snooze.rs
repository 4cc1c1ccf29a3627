//! Until when a ticket is put out of sight: a few times that people mean, on their own calendar.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::calendar::Calendar;
use crate::word::words;

/// A time that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Preset {
    /// Today at six; offered until five.
    Evening,
    /// Tomorrow, when the day's work begins.
    Tomorrow,
    /// The next Monday, likewise.
    Monday,
    /// This weekday in a week, likewise.
    NextWeek,
}

words!(Preset { Evening = "evening", Tomorrow = "tomorrow", Monday = "monday", NextWeek = "next-week" });

const MORNING: i8 = 8;
const EVENING: i8 = 18;
const LAST_HOUR_FOR_EVENING: i8 = 17;

/// The presets that can be meant now in a time zone, each with its instant, earliest first. No two of them
/// are the same instant. With the calendar of a unit a day begins when its people do, at eight or later;
/// tomorrow is not offered when they do not work then, and a holiday moves the others to the day after it.
#[must_use]
pub fn presets(now: Timestamp, zone: &TimeZone, calendar: Option<&Calendar>) -> Vec<(Preset, Timestamp)> {
    let local = now.to_zoned(zone.clone());
    let (today, hour) = (local.date(), local.hour());
    let mut found: Vec<(Preset, Timestamp)> = Vec::new();
    for preset in Preset::ALL {
        let at = match preset {
            Preset::Evening if hour < LAST_HOUR_FOR_EVENING => instant(today, EVENING, zone),
            Preset::Evening => None,
            Preset::Tomorrow => day_after(today, 1).and_then(|day| {
                let at = morning(day, zone, calendar)?;
                (at.to_zoned(zone.clone()).date() == day).then_some(at)
            }),
            Preset::Monday => {
                let days = 7 - i64::from(today.weekday().since(Weekday::Monday));
                day_after(today, days).and_then(|day| morning(day, zone, calendar))
            }
            Preset::NextWeek => day_after(today, 7).and_then(|day| morning(day, zone, calendar)),
        };
        if let Some(at) = at.filter(|at| found.iter().all(|(_, other)| other != at)) {
            found.push((*preset, at));
        }
    }
    found.sort_by_key(|(_, at)| *at);
    found
}

fn day_after(day: Date, days: i64) -> Option<Date> {
    day.checked_add(days.days()).ok()
}

fn instant(day: Date, hour: i8, zone: &TimeZone) -> Option<Timestamp> {
    Some(day.at(hour, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp())
}

fn morning(day: Date, zone: &TimeZone, calendar: Option<&Calendar>) -> Option<Timestamp> {
    let at = instant(day, MORNING, zone)?;
    let begins = calendar.map_or(at, |calendar| calendar.next_open(at));
    (begins < Timestamp::MAX).then_some(begins)
}

#[cfg(test)]
mod tests;
