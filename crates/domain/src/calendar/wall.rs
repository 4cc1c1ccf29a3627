//! Working time counted along the local wall clock, as if there were no time zones.

use super::exception::{self, DAY};
use super::pattern::{Pattern, Span};
use super::spec::CalendarSpec;

const WEEK: i64 = 7 * DAY;

/// Monday, 29 December 1969, in seconds of the wall clock since 1970: where weeks are cut.
const A_MONDAY: i64 = -3 * DAY;

/// The wall clock, in seconds since 1970-01-01 00:00 local time, with what is open on it.
#[derive(Clone, Debug)]
pub(super) struct Wall {
    week: Pattern,
    weekdays: Vec<Pattern>,
    exceptions: Vec<Exception>,
}

#[derive(Clone, Debug)]
struct Exception {
    from: i64,
    open: Pattern,
    /// The count at its midnight.
    count: i64,
    /// What this and all earlier exceptions add to the count of ordinary weeks.
    surplus: i64,
}

impl Wall {
    pub(super) fn new(spec: &CalendarSpec) -> Wall {
        let hours = |day: i64| {
            let weekday = exception::weekday(day);
            spec.hours.get(&weekday).map_or(&[][..], Vec::as_slice)
        };
        let monday = A_MONDAY / DAY;
        let days = (0..7).map(|n| exception::on_date(hours(monday + n), hours(monday + n - 1)));
        let weekdays: Vec<Pattern> = days.collect();
        let in_week = |(n, span): (i64, &Span)| (n * DAY + span.from, n * DAY + span.to);
        let spans = (0..).zip(&weekdays).flat_map(|(n, day)| day.spans().iter().map(move |s| (n, s)));
        let mut wall =
            Wall { week: Pattern::new(spans.map(in_week).collect()), weekdays, exceptions: Vec::new() };
        let mut surplus = 0;
        for (day, open) in exception::days(spec) {
            if open == *wall.ordinary_day(day) {
                continue;
            }
            let from = day * DAY;
            let count = wall.ordinary_count(from).0 + surplus;
            surplus += open.total() - wall.ordinary_day(day).total();
            wall.exceptions.push(Exception { from, open, count, surplus });
        }
        wall
    }

    pub(super) fn is_always_closed(&self) -> bool {
        self.week.total() == 0 && self.exceptions.iter().all(|e| e.open.total() == 0)
    }

    /// How many seconds are open before `at`, from a fixed origin, and whether `at` is open.
    pub(super) fn count(&self, at: i64) -> (i64, bool) {
        let begun = self.exceptions.partition_point(|e| e.from <= at);
        let Some(last) = begun.checked_sub(1).map(|last| &self.exceptions[last]) else {
            return self.ordinary_count(at);
        };
        if at < last.from + DAY {
            let (count, open) = last.open.count(at - last.from);
            return (last.count + count, open);
        }
        let (count, open) = self.ordinary_count(at);
        (count + last.surplus, open)
    }

    /// The earliest second before which `count` seconds are open; `None` if that never comes.
    pub(super) fn reach(&self, count: i64) -> Option<i64> {
        let begun = self.exceptions.partition_point(|e| e.count < count);
        let Some(last) = begun.checked_sub(1).map(|last| &self.exceptions[last]) else {
            return self.ordinary_reach(count);
        };
        if count <= last.count + last.open.total() {
            return Some(last.from + last.open.reach(count - last.count));
        }
        self.ordinary_reach(count - last.surplus)
    }

    /// The open spans of a date, given as days since 1970, in seconds since its midnight.
    pub(super) fn day(&self, day: i64) -> &[Span] {
        let exception = self.exceptions.binary_search_by_key(&(day * DAY), |e| e.from);
        let open = exception.map_or(self.ordinary_day(day), |found| &self.exceptions[found].open);
        open.spans()
    }

    fn ordinary_day(&self, day: i64) -> &Pattern {
        &self.weekdays[exception::weekday(day) as usize]
    }

    fn ordinary_count(&self, at: i64) -> (i64, bool) {
        let since = at - A_MONDAY;
        let (count, open) = self.week.count(since.rem_euclid(WEEK));
        (since.div_euclid(WEEK) * self.week.total() + count, open)
    }

    fn ordinary_reach(&self, count: i64) -> Option<i64> {
        if self.week.total() == 0 {
            return None;
        }
        let weeks = (count - 1).div_euclid(self.week.total());
        let in_week = self.week.reach(count - weeks * self.week.total());
        Some(A_MONDAY + weeks * WEEK + in_week)
    }
}
