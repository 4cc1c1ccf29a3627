//! Until when a ticket is put out of sight: a few times that people mean, on their own calendar.

use std::fmt;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

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

/// Until when, said before the moment has come from which it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Until {
    Named(Preset),
    /// So many minutes.
    After(u32),
    At(Timestamp),
}

const HOUR: u32 = 60;
const DAY: u32 = 24 * HOUR;
/// As long as a ticket may sleep, and more.
const LONGEST: u32 = 400 * DAY;

impl Until {
    /// A name, a length such as `90m`, `4h` or `3d`, or an instant.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(preset) = Preset::parse(text) {
            return Some(Self::Named(preset));
        }
        let measures = [('m', 1), ('h', HOUR), ('d', DAY)];
        let length = measures.into_iter().find_map(|(measure, minutes)| {
            let count: u32 = text.strip_suffix(measure)?.parse().ok()?;
            count.checked_mul(minutes).filter(|length| (1..=LONGEST).contains(length))
        });
        length.map(Self::After).or_else(|| text.parse().ok().map(Self::At))
    }

    /// The instant, counted from now; a day begins as for [`presets`]. A name always has one: an evening that is
    /// over is the next one, and a morning on which nobody works the next on which somebody does.
    #[must_use]
    pub fn from(self, now: Timestamp, zone: &TimeZone, calendar: Option<&Calendar>) -> Option<Timestamp> {
        let local = now.to_zoned(zone.clone());
        let today = local.date();
        let morning_in = |days: i64| morning(day_after(today, days)?, zone, calendar);
        match self {
            Self::At(at) => Some(at),
            Self::After(minutes) => now.checked_add(SignedDuration::from_mins(i64::from(minutes))).ok(),
            Self::Named(Preset::Evening) => {
                let is_over = local.hour() >= EVENING;
                instant(day_after(today, i64::from(is_over))?, EVENING, zone)
            }
            Self::Named(Preset::Tomorrow) => morning_in(1),
            Self::Named(Preset::Monday) => morning_in(7 - i64::from(today.weekday().since(Weekday::Monday))),
            Self::Named(Preset::NextWeek) => morning_in(7),
        }
    }
}

impl fmt::Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Named(preset) => f.write_str(preset.as_str()),
            Self::After(minutes) if minutes.is_multiple_of(DAY) => write!(f, "{}d", minutes / DAY),
            Self::After(minutes) if minutes.is_multiple_of(HOUR) => write!(f, "{}h", minutes / HOUR),
            Self::After(minutes) => write!(f, "{minutes}m"),
            Self::At(at) => at.fmt(f),
        }
    }
}

impl From<Until> for String {
    fn from(until: Until) -> Self {
        until.to_string()
    }
}

impl TryFrom<String> for Until {
    type Error = NoTime;

    fn try_from(text: String) -> Result<Self, NoTime> {
        Self::parse(&text).ok_or(NoTime(text))
    }
}

/// What was written says no time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no time until which a ticket can be put out of sight")]
pub struct NoTime(String);

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
