//! Words about time as instants: lengths from now, and stretches of the viewer's calendar.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::Standpoint;
use crate::filter::value::{Bounds, Moment, Period, Relative, TimeField};

/// The smallest step between two instants that are kept.
const STEP: SignedDuration = SignedDuration::from_micros(1);

/// Instants from `from` on and before `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: Timestamp,
    pub until: Timestamp,
}

impl Span {
    #[must_use]
    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}

/// The instants of a stretch of time, as a field counts them: lengths of what lies behind run backwards.
pub(super) fn span(field: TimeField, bounds: Bounds<Moment>, from: &Standpoint<'_>) -> Span {
    let resolve = |moment| stretch(field, moment, from);
    match bounds {
        Bounds::Exactly(one) => resolve(one),
        Bounds::Below(one) if runs_back(field, one) => {
            Span { from: resolve(one).until, until: Timestamp::MAX }
        }
        Bounds::AtMost(one) if runs_back(field, one) => {
            Span { from: resolve(one).from, until: Timestamp::MAX }
        }
        Bounds::Above(one) if runs_back(field, one) => {
            Span { from: Timestamp::MIN, until: resolve(one).from }
        }
        Bounds::AtLeast(one) if runs_back(field, one) => {
            Span { from: Timestamp::MIN, until: resolve(one).until }
        }
        Bounds::Below(one) => Span { from: Timestamp::MIN, until: resolve(one).from },
        Bounds::AtMost(one) => Span { from: Timestamp::MIN, until: resolve(one).until },
        Bounds::Above(one) => Span { from: resolve(one).until, until: Timestamp::MAX },
        Bounds::AtLeast(one) => Span { from: resolve(one).from, until: Timestamp::MAX },
        Bounds::Between(one, other) => {
            let (one, other) = (resolve(one), resolve(other));
            Span { from: one.from.min(other.from), until: one.until.max(other.until) }
        }
    }
}

/// Whether "less than" this means "later than": a length that is counted backwards from now.
const fn runs_back(field: TimeField, moment: Moment) -> bool {
    matches!(moment, Moment::Length(_)) && !field.is_ahead()
}

fn stretch(field: TimeField, moment: Moment, from: &Standpoint<'_>) -> Span {
    match moment {
        Moment::Now => instant(from.now),
        Moment::Length(length) => {
            let ahead = SignedDuration::from_mins(length.minutes());
            let shift = if field.is_ahead() { ahead } else { -ahead };
            instant(from.now.checked_add(shift).unwrap_or(if field.is_ahead() {
                Timestamp::MAX
            } else {
                Timestamp::MIN
            }))
        }
        Moment::Period(period) => {
            let (first, next) = days(period, from.zone.to_datetime(from.now).date());
            Span { from: midnight(first, from.zone), until: midnight(next, from.zone) }
        }
    }
}

fn instant(at: Timestamp) -> Span {
    let at = Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at);
    Span { from: at, until: at.checked_add(STEP).unwrap_or(Timestamp::MAX) }
}

/// When a day begins: the first instant of it that there is.
fn midnight(day: Date, zone: &TimeZone) -> Timestamp {
    day.to_zoned(zone.clone()).map_or(Timestamp::MAX, |midnight| midnight.timestamp())
}

/// The first day of a period, and the first one after it.
pub(super) fn days(period: Period, today: Date) -> (Date, Date) {
    match period {
        Period::Day(day) => (day, day.saturating_add(1.day())),
        Period::Month(first) => (first, first.saturating_add(1.month())),
        Period::Named(relative) => match relative {
            Relative::Today => day(today, 0),
            Relative::Yesterday => day(today, -1),
            Relative::Tomorrow => day(today, 1),
            Relative::ThisWeek => week(today, 0),
            Relative::LastWeek => week(today, -1),
            Relative::NextWeek => week(today, 1),
            Relative::ThisMonth => month(today, 0),
            Relative::LastMonth => month(today, -1),
            Relative::NextMonth => month(today, 1),
        },
    }
}

fn day(today: Date, away: i64) -> (Date, Date) {
    (today.saturating_add(away.days()), today.saturating_add((away + 1).days()))
}

fn week(today: Date, away: i64) -> (Date, Date) {
    let since_monday = i64::from(today.weekday().since(Weekday::Monday));
    let monday = today.saturating_sub(since_monday.days());
    (monday.saturating_add(away.weeks()), monday.saturating_add((away + 1).weeks()))
}

fn month(today: Date, away: i64) -> (Date, Date) {
    let first = today.first_of_month();
    (first.saturating_add(away.months()), first.saturating_add((away + 1).months()))
}
