//! The description of a calendar, as it is stored, exchanged and edited.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{CalendarError, Place, exception};

const DAY_MINUTES: u16 = 24 * 60;

/// When people work, in local wall time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarSpec {
    /// An IANA name, such as `Europe/Berlin`.
    pub time_zone: String,
    /// The intervals of an ordinary week; a lunch break is the gap between two intervals. A
    /// weekday that is missing is closed.
    #[serde(default)]
    pub hours: BTreeMap<Weekday, Vec<Interval>>,
    /// Whole local dates without work, with their names (empty if unknown). A holiday closes its
    /// own date only: of a night shift that starts on a holiday, the part after midnight stays;
    /// of one that runs into a holiday, that part is closed. Read from a plain list of dates,
    /// too.
    #[serde(default, with = "exception::named_dates")]
    pub holidays: BTreeMap<Date, String>,
    /// Intervals that replace the hours that *start* on that date; an empty list closes it. The
    /// end of a night shift that started the evening before is not replaced. On a holiday there
    /// is no work, shift or not.
    #[serde(default)]
    pub shifts: BTreeMap<Date, Vec<Interval>>,
    /// Intervals taken out of whatever else is open, on that date and, if they pass midnight,
    /// on the next.
    #[serde(default)]
    pub breaks: BTreeMap<Date, Vec<Interval>>,
}

/// A day of the week, written `mon` to `sun`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Weekday {
    #[serde(rename = "mon", alias = "monday")]
    Monday,
    #[serde(rename = "tue", alias = "tuesday")]
    Tuesday,
    #[serde(rename = "wed", alias = "wednesday")]
    Wednesday,
    #[serde(rename = "thu", alias = "thursday")]
    Thursday,
    #[serde(rename = "fri", alias = "friday")]
    Friday,
    #[serde(rename = "sat", alias = "saturday")]
    Saturday,
    #[serde(rename = "sun", alias = "sunday")]
    Sunday,
}

/// A half-open piece of a day in local wall time, never empty and shorter than 24 hours unless
/// it is the whole day. Written as two times, `["09:00", "17:00"]`; a close that is not after
/// the open lies on the next date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(String, String)", into = "(String, String)")]
pub struct Interval {
    open_minute: u16,
    close_minute: u16,
}

impl CalendarSpec {
    /// Every minute of every day.
    pub fn always(time_zone: &str) -> CalendarSpec {
        let every_day = Weekday::ALL.map(|weekday| (weekday, vec![Interval::WHOLE_DAY]));
        CalendarSpec { hours: BTreeMap::from(every_day), ..CalendarSpec::closed(time_zone) }
    }

    /// A beginning without any hours; a calendar is refused until some are added.
    pub fn closed(time_zone: &str) -> CalendarSpec {
        CalendarSpec {
            time_zone: time_zone.to_owned(),
            hours: BTreeMap::new(),
            holidays: BTreeMap::new(),
            shifts: BTreeMap::new(),
            breaks: BTreeMap::new(),
        }
    }

    pub(super) fn refuse_overlaps(&self) -> Result<(), CalendarError> {
        for (weekday, intervals) in &self.hours {
            refuse_overlap(Place::On(*weekday), intervals)?;
        }
        for (date, intervals) in &self.shifts {
            refuse_overlap(Place::Shift(*date), intervals)?;
        }
        for (date, intervals) in &self.breaks {
            refuse_overlap(Place::Break(*date), intervals)?;
        }
        Ok(())
    }
}

impl Weekday {
    /// In the order of the week, Monday first.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// The weekday of a date.
    pub fn of(date: Date) -> Weekday {
        Weekday::ALL[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())]
    }
}

impl Interval {
    /// 00:00 to 24:00.
    pub const WHOLE_DAY: Interval = Interval { open_minute: 0, close_minute: DAY_MINUTES };

    /// Reads two times of day (`HH:MM`; the close may be `24:00`). A close before the open
    /// passes midnight: `22:00`, `06:00` lasts until six on the next date.
    ///
    /// # Errors
    /// A text that is no time of day; an open equal to the close.
    pub fn parse(open: &str, close: &str) -> Result<Interval, CalendarError> {
        let open_minute = minute_of_day(open)?;
        let close_minute = minute_of_day(close)?;
        if open_minute == DAY_MINUTES {
            let text = open.to_owned();
            return Err(CalendarError::MalformedTime { text });
        }
        if open_minute == close_minute {
            let (open, close) = (open.to_owned(), close.to_owned());
            return Err(CalendarError::EmptyInterval { open, close });
        }
        let next_date = if close_minute < open_minute { DAY_MINUTES } else { 0 };
        Ok(Interval { open_minute, close_minute: close_minute + next_date })
    }

    /// Minutes from the midnight that begins its date to its open, below 1440.
    pub fn open_minute(self) -> u16 {
        self.open_minute
    }

    /// Minutes from the midnight that begins its date to its close; above 1440 if it passes
    /// midnight.
    pub fn close_minute(self) -> u16 {
        self.close_minute
    }

    /// Whether a part of it lies on the next date.
    pub fn passes_midnight(self) -> bool {
        self.close_minute > DAY_MINUTES
    }
}

impl TryFrom<(String, String)> for Interval {
    type Error = CalendarError;

    fn try_from((open, close): (String, String)) -> Result<Interval, CalendarError> {
        Interval::parse(&open, &close)
    }
}

impl From<Interval> for (String, String) {
    fn from(interval: Interval) -> (String, String) {
        let open = time_text(interval.open_minute);
        if interval.passes_midnight() {
            return (open, time_text(interval.close_minute - DAY_MINUTES));
        }
        (open, time_text(interval.close_minute))
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (open, close) = (*self).into();
        write!(f, "{open}-{close}")
    }
}

fn refuse_overlap(place: Place, intervals: &[Interval]) -> Result<(), CalendarError> {
    let mut sorted = intervals.to_vec();
    sorted.sort_unstable();
    let clash = sorted.windows(2).find(|pair| pair[1].open_minute < pair[0].close_minute);
    clash.map_or(Ok(()), |pair| Err(CalendarError::Overlap { place, first: pair[0], second: pair[1] }))
}

fn minute_of_day(text: &str) -> Result<u16, CalendarError> {
    let number = |digits: &str| -> Option<u16> {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse().ok()).flatten()
    };
    text.trim()
        .split_once(':')
        .filter(|(_, minute)| minute.len() == 2)
        .and_then(|(hour, minute)| Some((number(hour)?, number(minute)?)))
        .filter(|(_, minute)| *minute < 60)
        .map(|(hour, minute)| hour * 60 + minute)
        .filter(|minutes| *minutes <= DAY_MINUTES)
        .ok_or_else(|| CalendarError::MalformedTime { text: text.to_owned() })
}

fn time_text(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
