//! When a ticket that comes again is opened: once, or by a rule on a calendar in a time zone.

mod off_days;

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::word::words;

use off_days::FURTHEST;
pub use off_days::{OffDays, Then};

/// On which days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Rule {
    /// On the first day alone.
    Once,
    Daily,
    /// 1 for Monday to 7 for Sunday; never empty.
    Weekly {
        days: BTreeSet<i8>,
    },
    /// 1 to 31; the last day of a month that is shorter.
    Monthly {
        day: i8,
    },
    /// The last day of each month from Monday to Friday.
    LastWorkday,
}

/// A rule with its hour on the clocks of a time zone, from a first day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurrence {
    #[serde(flatten)]
    pub rule: Rule,
    pub at: Time,
    /// The name of a time zone.
    pub zone: String,
    /// The first day that the rule may name.
    pub first: Date,
    /// The last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Date>,
    /// What happens on days on which nobody works; without it, it is opened all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off_days: Option<OffDays>,
}

/// A time at which it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coming {
    pub at: Timestamp,
    /// The day that the rule names, which may be another one.
    pub of: Date,
    /// The day on which it comes.
    pub on: Date,
}

/// As many days are looked at: more than a year, and those that may come later.
const MOST_DAYS: usize = 440;

impl Recurrence {
    /// The first instant after `after`; `None` when there is none any more, or no such zone. An hour that
    /// clocks skip is the one after it, and one that comes twice is the first of the two, so that each day
    /// has it once. Without the calendar of its off days every day is a working day.
    #[must_use]
    pub fn next(&self, after: Timestamp, calendar: Option<&Calendar>) -> Option<Timestamp> {
        self.coming(after, calendar).map(|coming| coming.at)
    }

    /// The next times, at most `many`; days that share one working day come there once.
    #[must_use]
    pub fn following(&self, after: Timestamp, calendar: Option<&Calendar>, many: usize) -> Vec<Coming> {
        let first = self.coming(after, calendar);
        std::iter::successors(first, |coming| self.coming(coming.at, calendar)).take(many).collect()
    }

    /// When a pending instant comes after its calendar was changed. The day that it stands for is neither lost
    /// nor comes twice: one that would have been before now comes now.
    #[must_use]
    pub fn rescheduled(
        &self,
        pending: Timestamp,
        now: Timestamp,
        was: Option<&Calendar>,
        is: Option<&Calendar>,
    ) -> Option<Timestamp> {
        let just_before = pending.checked_sub(jiff::SignedDuration::from_micros(1)).ok()?;
        let stands_for = self.coming(just_before, was).filter(|coming| coming.at == pending)?.of;
        let zone = TimeZone::get(&self.zone).ok()?;
        self.days(stands_for).find_map(|day| self.on(day, &zone, is)).map(|coming| coming.at.max(now))
    }

    fn coming(&self, after: Timestamp, calendar: Option<&Calendar>) -> Option<Coming> {
        let zone = TimeZone::get(&self.zone).ok()?;
        let today = zone.to_datetime(after).date();
        // A day of the rule may come so much later.
        let from = today.saturating_sub((FURTHEST + 1).days());
        self.days(from).find_map(|day| self.on(day, &zone, calendar).filter(|coming| coming.at > after))
    }

    /// The days of the rule from one on, in their order.
    fn days(&self, from: Date) -> impl Iterator<Item = Date> {
        let from = self.first.max(from);
        let days = std::iter::successors(Some(from), |day| day.tomorrow().ok());
        let looked = days.take_while(|day| self.last.is_none_or(|last| *day <= last)).take(MOST_DAYS);
        looked.filter(|day| self.is_on(*day))
    }

    /// When a day of the rule comes. Later days never come before earlier ones.
    fn on(&self, of: Date, zone: &TimeZone, calendar: Option<&Calendar>) -> Option<Coming> {
        let on = match (self.off_days, calendar) {
            (Some(off_days), Some(calendar)) => off_days.then.instead_of(of, calendar)?,
            (None, _) | (_, None) => of,
        };
        let at = on.to_datetime(self.at).to_zoned(zone.clone()).ok()?.timestamp();
        Some(Coming { at, of, on })
    }

    fn is_on(&self, day: Date) -> bool {
        match &self.rule {
            Rule::Once => day == self.first,
            Rule::Daily => true,
            Rule::Weekly { days } => days.contains(&day.weekday().to_monday_one_offset()),
            Rule::Monthly { day: wanted } => day.day() == (*wanted).clamp(1, day.days_in_month()),
            Rule::LastWorkday => day == last_workday(day),
        }
    }
}

/// The last day from Monday to Friday in the month of a day.
fn last_workday(day: Date) -> Date {
    let last = day.last_of_month();
    match last.weekday() {
        Weekday::Saturday => last.saturating_sub(1.day()),
        Weekday::Sunday => last.saturating_sub(2.days()),
        Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Friday => last,
    }
}

/// Why a template was paused by itself: what could not be when it should have been opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Whoever made it is not here any more.
    MakerGone,
    /// Whoever made it does not serve where it is opened.
    MakerServesElsewhere,
    /// The service ended, or is not offered to whoever it is asked for.
    ServiceNotOffered,
    /// Whoever it is asked for is not in the directory.
    RequesterGone,
    /// A field that is needed has no answer, or takes it no more.
    FieldWrong,
    /// Anything else, and what was kept before reasons had names.
    Other,
}

words!(Stop {
    MakerGone = "maker_gone",
    MakerServesElsewhere = "maker_serves_elsewhere",
    ServiceNotOffered = "service_not_offered",
    RequesterGone = "requester_gone",
    FieldWrong = "field_wrong",
    Other = "other",
});

#[cfg(test)]
mod tests;
