//! What happens when a day of a rule is no working day of a calendar.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::id::CalendarId;

/// As far as a working day is looked for, in days.
pub(super) const FURTHEST: i64 = 31;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffDays {
    pub calendar: CalendarId,
    pub then: Then,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// On the working day before it.
    Before,
    /// On the working day after it.
    After,
    LeftOut,
}

impl Then {
    pub const ALL: [Self; 3] = [Self::Before, Self::After, Self::LeftOut];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::LeftOut => "left_out",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|then| then.as_str() == word)
    }

    /// The day that comes in the place of one; nothing when it is left out, or nobody works for a month.
    pub(super) fn instead_of(self, day: Date, calendar: &Calendar) -> Option<Date> {
        if works_on(calendar, day) {
            return Some(day);
        }
        let step = match self {
            Self::Before => -1,
            Self::After => 1,
            Self::LeftOut => return None,
        };
        (1..=FURTHEST)
            .filter_map(|days| day.checked_add((step * days).days()).ok())
            .find(|day| works_on(calendar, *day))
    }
}

/// Whether there is any working time on that date where the calendar is.
pub(super) fn works_on(calendar: &Calendar, day: Date) -> bool {
    let Ok(zone) = TimeZone::get(&calendar.spec().time_zone) else { return true };
    let midnight = |day: Date| day.to_zoned(zone.clone()).ok().map(|at| at.timestamp());
    let (Some(from), Some(to)) = (midnight(day), day.tomorrow().ok().and_then(midnight)) else { return true };
    !calendar.between(from, to).is_zero()
}
