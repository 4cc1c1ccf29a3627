//! When a ticket that comes again is opened: once, or by a rule on a calendar in a time zone.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

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
    pub first: Date,
    /// The last day on which it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Date>,
}

/// As far ahead as is looked.
const MOST_DAYS: i64 = 400;

impl Recurrence {
    /// The first instant after `after`; `None` when there is none any more, or no such zone. An hour that
    /// clocks skip is the one after it, and one that comes twice is the first of the two, so that each day
    /// has it once.
    #[must_use]
    pub fn next(&self, after: Timestamp) -> Option<Timestamp> {
        let zone = TimeZone::get(&self.zone).ok()?;
        let today = zone.to_datetime(after).date();
        let mut day = self.first.max(today.saturating_sub(1.day()));
        for _ in 0..MOST_DAYS {
            if self.last.is_some_and(|last| day > last) {
                return None;
            }
            if self.is_on(day) {
                let at = day.to_datetime(self.at).to_zoned(zone.clone()).ok()?.timestamp();
                if at > after {
                    return Some(at);
                }
            }
            if self.rule == Rule::Once {
                return None;
            }
            day = day.checked_add(1.day()).ok()?;
        }
        None
    }

    /// The next instants, at most `many`.
    #[must_use]
    pub fn following(&self, after: Timestamp, many: usize) -> Vec<Timestamp> {
        std::iter::successors(self.next(after), |at| self.next(*at)).take(many).collect()
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

#[cfg(test)]
mod tests;
