//! Working time: which instants count for a clock, and how to reckon with them.
//!
//! An instant is working time if its local wall-clock date is not a holiday and its local
//! wall-clock minute lies in an interval of that date and in no break. Membership is decided by
//! the wall clock alone: a skipped hour does not exist, a repeated hour counts twice.
//!
//! Working time is counted from the first representable instant, so that every question is one
//! subtraction or one inversion of that count. The count is arithmetic inside a week, plus one
//! binary search over the exceptional dates and one over the changes of the UTC offset.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

mod exception;
pub mod ical;
mod pattern;
mod spec;
#[cfg(test)]
mod tests;
mod timeline;
mod wall;
mod zone;

pub use ical::FileProblem;
pub use spec::{CalendarSpec, Interval, Weekday};

use timeline::Timeline;
use wall::Wall;

/// A calendar ready to reckon with. Building one costs a fraction of a millisecond; keep it.
#[derive(Clone)]
pub struct Calendar {
    spec: CalendarSpec,
    timeline: Timeline,
}

/// Why a calendar, or a file of holidays, was refused. Nothing was changed in any of the cases.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The time zone is not in the IANA database that is built in.
    #[error("There is no time zone {name:?}. Did you mean {nearest:?}?")]
    UnknownTimeZone { name: String, nearest: String },
    /// The text of an interval is not two times of day.
    #[error("{text:?} is not a time of day. Write hours and minutes, from 00:00 to 24:00.")]
    MalformedTime { text: String },
    /// The interval opens and closes at the same minute.
    #[error(
        "The interval {open}-{close} is empty. For the whole day write 00:00-24:00, and leave a closed day without intervals."
    )]
    EmptyInterval { open: String, close: String },
    /// Two intervals of the same weekday or date overlap.
    #[error("{place}: {first} and {second} overlap. Make one interval of them.")]
    Overlap { place: Place, first: Interval, second: Interval },
    /// No minute of any date is working time, so no promise could ever be due.
    #[error("The calendar has no working time at all. Give at least one weekday, or one date, an interval.")]
    NoWorkingTime,
    /// A file of holidays could not be read as whole days.
    #[error(
        "Line {line} of the holiday file: {problem}. No holiday was imported; correct the line and import again."
    )]
    HolidayFile { line: usize, problem: FileProblem },
}

/// Where two intervals overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the ordinary week.
    On(Weekday),
    /// Among the shifts of a date.
    Shift(Date),
    /// Among the breaks of a date.
    Break(Date),
}

impl fmt::Display for Place {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(weekday) => write!(to, "{weekday:?}"),
            Self::Shift(date) => write!(to, "The shift on {date}"),
            Self::Break(date) => write!(to, "The break on {date}"),
        }
    }
}

impl Calendar {
    /// Builds the calendar that `spec` describes.
    ///
    /// # Errors
    /// An unknown time zone, intervals that overlap within one weekday or date, or no working
    /// time at all. Intervals of *different* dates may overlap (a night shift into an early
    /// start); the minutes they share count once.
    pub fn new(spec: CalendarSpec) -> Result<Calendar, CalendarError> {
        spec.refuse_overlaps()?;
        let zone = zone::named(&spec.time_zone)?;
        let wall = Wall::new(&spec);
        if wall.is_always_closed() {
            return Err(CalendarError::NoWorkingTime);
        }
        Ok(Calendar { spec, timeline: Timeline::new(zone, wall) })
    }

    /// Every minute of every day, read in the time zone with this IANA name.
    ///
    /// # Errors
    /// An unknown time zone.
    pub fn always(time_zone: &str) -> Result<Calendar, CalendarError> {
        Calendar::new(CalendarSpec::always(time_zone))
    }

    /// The time zone in which its hours are read.
    #[must_use]
    pub const fn zone(&self) -> &TimeZone {
        self.timeline.zone()
    }

    /// The description this calendar was built from.
    pub fn spec(&self) -> &CalendarSpec {
        &self.spec
    }

    /// The working time inside `[a, b)`, exact to the nanosecond; zero if `b` is not after `a`.
    pub fn between(&self, a: Timestamp, b: Timestamp) -> SignedDuration {
        if b <= a {
            return SignedDuration::ZERO;
        }
        self.worked_until(b) - self.worked_until(a)
    }

    /// The earliest instant at which `d` of working time since `from` is consumed: 17:00 today
    /// rather than 09:00 tomorrow. Gives `from` if `d` is zero or negative, and
    /// `Timestamp::MAX` if so much working time never comes.
    pub fn add(&self, from: Timestamp, d: SignedDuration) -> Timestamp {
        if d <= SignedDuration::ZERO {
            return from;
        }
        let target = self.worked_until(from).saturating_add(d);
        if target.subsec_nanos() == 0 {
            return instant(self.timeline.reach(target.as_secs()), 0);
        }
        self.last_with(target)
    }

    /// The latest instant from which `d` of working time is left until `to`: 09:00 today rather
    /// than 17:00 yesterday. Gives `to` if `d` is zero or negative, and `Timestamp::MIN` if
    /// there never was so much working time before.
    pub fn subtract(&self, to: Timestamp, d: SignedDuration) -> Timestamp {
        if d <= SignedDuration::ZERO {
            return to;
        }
        let target = self.worked_until(to).saturating_sub(d);
        if target.is_negative() {
            return Timestamp::MIN;
        }
        self.last_with(target)
    }

    /// Whether `at` is working time.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.timeline.worked_until(whole_second(at)).1
    }

    /// The first instant of working time at or after `at`; `Timestamp::MAX` if there is none.
    pub fn next_open(&self, at: Timestamp) -> Timestamp {
        let (worked, open) = self.timeline.worked_until(whole_second(at));
        if open {
            return at;
        }
        instant(self.timeline.reach(worked + 1).map(|second| second - 1), 0)
    }

    /// The stretches of working time inside `[a, b)`, in order, each as long as possible.
    /// The cost is linear in the number of days, which suits pictures.
    pub fn open_intervals(&self, a: Timestamp, b: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        if b <= a {
            return Vec::new();
        }
        let end = whole_second(b).saturating_add(1);
        self.timeline
            .open_seconds(whole_second(a), end)
            .into_iter()
            .map(|(from, to)| (instant(Some(from), 0).max(a), instant(Some(to), 0).min(b)))
            .filter(|(from, to)| from < to)
            .collect()
    }

    /// The stretches inside `[a, b)` that are not working time: nights, weekends, holidays.
    pub fn off_intervals(&self, a: Timestamp, b: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let mut off = Vec::new();
        let mut reached = a;
        for (from, to) in self.open_intervals(a, b) {
            if reached < from {
                off.push((reached, from));
            }
            reached = to;
        }
        if reached < b {
            off.push((reached, b));
        }
        off
    }

    /// Every boundary lies on a whole second, so the fraction counts if its second is open.
    fn worked_until(&self, at: Timestamp) -> SignedDuration {
        let (worked, open) = self.timeline.worked_until(whole_second(at));
        SignedDuration::new(worked, if open { fraction(at) } else { 0 })
    }

    /// The latest instant with exactly `target` worked: it lies in the open second whose end is
    /// the first to have a whole second more.
    fn last_with(&self, target: SignedDuration) -> Timestamp {
        let second = self.timeline.reach(target.as_secs().saturating_add(1));
        instant(second.map(|second| second - 1), target.subsec_nanos())
    }
}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Calendar").field(&self.spec).finish()
    }
}

impl PartialEq for Calendar {
    fn eq(&self, other: &Calendar) -> bool {
        self.spec == other.spec
    }
}

/// Rounded down, also before 1970.
fn whole_second(at: Timestamp) -> i64 {
    at.as_second() - i64::from(at.subsec_nanosecond() < 0)
}

fn fraction(at: Timestamp) -> i32 {
    at.subsec_nanosecond().rem_euclid(1_000_000_000)
}

/// What lies beyond the representable instants, or never comes, becomes the nearest end.
fn instant(second: Option<i64>, nanosecond: i32) -> Timestamp {
    let Some(second) = second else {
        return Timestamp::MAX;
    };
    let end = if second < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::new(second, nanosecond).unwrap_or(end)
}
