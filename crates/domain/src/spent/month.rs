//! A month of the calendar, counted so that months follow each other by one.

use std::fmt;
use std::ops::Range;

use jiff::civil::{Date, date};

/// Months since January of the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(pub i64);

impl Month {
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self(i64::from(day.year()) * 12 + i64::from(day.month()) - 1)
    }

    #[must_use]
    pub const fn before(self, months: i64) -> Self {
        Self(self.0.saturating_sub(months))
    }

    /// Its first day; a month beyond the calendar has none.
    #[must_use]
    pub fn first(self) -> Option<Date> {
        let year = i16::try_from(self.0.div_euclid(12)).ok()?;
        let month = i8::try_from(self.0.rem_euclid(12) + 1).ok()?;
        Date::new(year, month, 1).ok()
    }

    /// Its days since 1970.
    #[must_use]
    pub fn days(self) -> Option<Range<i64>> {
        let day = |month: Self| month.first().map(crate::custom::day);
        Some(day(self)?..day(Self(self.0.saturating_add(1)))?)
    }
}

/// As `2026-11`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.first().unwrap_or(date(0, 1, 1));
        write!(f, "{:04}-{:02}", first.year(), first.month())
    }
}
