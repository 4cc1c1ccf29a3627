//! Hours in which somebody wants to be told of nothing, on days of their choice, in their own time.

use std::fmt;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::calendar::{Interval, Weekday};

/// Days of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Days(u8);

/// A piece of the day on some days; one that passes midnight belongs to the day on which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    interval: Interval,
    days: Days,
}

/// Monday first.
const WORDS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Days {
    pub const ALL: Self = Self(0b111_1111);

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[must_use]
    pub fn has(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    #[must_use]
    pub fn with(self, day: Weekday) -> Self {
        Self(self.0 | bit(day))
    }

    /// The word of a day, `mon` to `sun`.
    #[must_use]
    pub fn word(day: Weekday) -> &'static str {
        WORDS[day as usize]
    }

    #[must_use]
    pub fn day(word: &str) -> Option<Weekday> {
        WORDS.iter().position(|own| *own == word).map(|place| Weekday::ALL[place])
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day as u8
}

impl QuietHours {
    /// `None` when no day was chosen.
    #[must_use]
    pub const fn new(interval: Interval, days: Days) -> Option<Self> {
        if days.is_empty() { None } else { Some(Self { interval, days }) }
    }

    #[must_use]
    pub const fn interval(self) -> Interval {
        self.interval
    }

    #[must_use]
    pub const fn days(self) -> Days {
        self.days
    }

    /// When the quiet in which `now` lies is over; `None` when it is not quiet.
    #[must_use]
    pub fn over_at(self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let today = now.to_zoned(zone.clone()).date();
        // The night that began yesterday may still last.
        [today.yesterday().ok()?, today].into_iter().find_map(|date| {
            let at = |minute: u16| {
                let midnight = date.at(0, 0, 0, 0);
                let wall = midnight.checked_add(i64::from(minute).minutes()).ok()?;
                wall.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp())
            };
            let (begins_at, over_at) = (at(self.interval.open_minute())?, at(self.interval.close_minute())?);
            let holds = self.days.has(Weekday::of(date)) && begins_at <= now && now < over_at;
            holds.then_some(over_at)
        })
    }

    pub(super) fn parse(word: &str) -> Option<Self> {
        let (hours, days) = word.split_once('/')?;
        let (open, close) = hours.split_once('-')?;
        let days = days
            .split(',')
            .try_fold(Days::default(), |days, word| Days::day(word).map(|day| days.with(day)))?;
        Self::new(Interval::parse(open, close).ok()?, days)
    }
}

/// As `22:00-06:30/mon,tue`.
impl fmt::Display for QuietHours {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days: Vec<&str> =
            Weekday::ALL.into_iter().filter(|day| self.days.has(*day)).map(Days::word).collect();
        write!(to, "{}/{}", self.interval, days.join(","))
    }
}
