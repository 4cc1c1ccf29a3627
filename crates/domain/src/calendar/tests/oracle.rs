//! Random calendars against a reckoning that looks at every single minute.
//!
//! The oracle knows nothing of weeks, sums or offsets: it asks for the wall clock of one minute
//! after the other and looks that up in the description.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq};
use proptest::test_runner::TestCaseResult;
use proptest::{prop_oneof, proptest};

use super::super::{Calendar, CalendarError, CalendarSpec, Interval, Weekday};

/// Half hours of summer, quarters of an hour, backwards summers, midnight changes, dates that
/// never were, rules that end, and two hours of summer.
const ZONES: [&str; 24] = [
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Caracas",
    "America/Nuuk",
    "America/Havana",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Africa/Juba",
    "Antarctica/Troll",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Gaza",
    "Asia/Pyongyang",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kwajalein",
    "Pacific/Norfolk",
];

/// Times of day in steps of this many minutes.
#[derive(Clone, Copy)]
struct Grid(u16);

/// Every step from `from` on: is it open, and how many before it are.
struct Steps {
    from: Timestamp,
    length: SignedDuration,
    open: Vec<bool>,
    before: Vec<i64>,
}

impl Steps {
    fn look(spec: &CalendarSpec, from: Timestamp, count: usize, minutes: i64) -> Steps {
        let zone = TimeZone::get(&spec.time_zone).unwrap();
        let length = SignedDuration::from_mins(minutes);
        let mut steps = Steps { from, length, open: Vec::new(), before: vec![0] };
        let mut at = from;
        for n in 0..count {
            let open = is_open(spec, zone.to_datetime(at));
            steps.open.push(open);
            steps.before.push(steps.before[n] + i64::from(open));
            at += length;
        }
        steps
    }

    fn end(&self) -> Timestamp {
        self.start_of(self.open.len())
    }

    fn start_of(&self, step: usize) -> Timestamp {
        self.from + self.length * i32::try_from(step).unwrap()
    }

    /// An instant inside, in thousandths of the whole, with odd nanoseconds.
    fn instant(&self, (thousandth, nanosecond): (i64, i64)) -> Timestamp {
        let whole = self.end().duration_since(self.from).as_secs();
        let second = SignedDuration::from_secs(whole * thousandth / 1000);
        self.from + second + SignedDuration::from_nanos(nanosecond)
    }

    fn worked_until(&self, at: Timestamp) -> SignedDuration {
        let since = at.duration_since(self.from);
        let step = usize::try_from(since.as_secs() / self.length.as_secs()).unwrap();
        let inside = at.duration_since(self.start_of(step));
        let part = if self.open[step] { inside } else { SignedDuration::ZERO };
        self.lasting(self.before[step]) + part
    }

    /// The first instant with `worked` behind it.
    fn earliest(&self, worked: SignedDuration) -> Timestamp {
        let steps = self.in_steps(worked - SignedDuration::from_nanos(1));
        let step = self.before.partition_point(|before| *before <= steps) - 1;
        self.start_of(step) + (worked - self.lasting(self.before[step]))
    }

    /// The last instant with `worked` behind it.
    fn latest(&self, worked: SignedDuration) -> Timestamp {
        let steps = self.in_steps(worked);
        let step = self.before.partition_point(|before| *before <= steps) - 1;
        self.start_of(step) + (worked - self.lasting(self.before[step]))
    }

    fn in_steps(&self, worked: SignedDuration) -> i64 {
        worked.as_secs() / self.length.as_secs()
    }

    fn lasting(&self, steps: i64) -> SignedDuration {
        self.length * i32::try_from(steps).unwrap()
    }

    fn runs(&self, wanted: bool) -> Vec<(Timestamp, Timestamp)> {
        let mut runs: Vec<(Timestamp, Timestamp)> = Vec::new();
        for step in (0..self.open.len()).filter(|step| self.open[*step] == wanted) {
            let (from, to) = (self.start_of(step), self.start_of(step + 1));
            match runs.last_mut() {
                Some(last) if last.1 == from => last.1 = to,
                _ => runs.push((from, to)),
            }
        }
        runs
    }
}

fn is_open(spec: &CalendarSpec, wall: DateTime) -> bool {
    let date = wall.date();
    let minute = u16::try_from(wall.hour()).unwrap() * 60 + u16::try_from(wall.minute()).unwrap();
    let none = Vec::new();
    let hours = |date: Date| spec.hours.get(&Weekday::of(date)).unwrap_or(&none);
    let starting = |date: Date| spec.shifts.get(&date).unwrap_or_else(|| hours(date));
    let breaking = |date: Date| spec.breaks.get(&date).unwrap_or(&none);
    let covers = |of_date: &[Interval], minute: u16| {
        let holds = |i: &Interval| i.open_minute() <= minute && minute < i.close_minute();
        of_date.iter().any(holds)
    };
    let yesterday = date.yesterday().unwrap();
    let open = covers(starting(date), minute) || covers(starting(yesterday), minute + 1440);
    let pause = covers(breaking(date), minute) || covers(breaking(yesterday), minute + 1440);
    open && !pause && !spec.holidays.contains_key(&date)
}

/// Up to three intervals that do not overlap; the last may pass midnight.
fn intervals(Grid(step): Grid) -> impl Strategy<Value = Vec<Interval>> {
    let cuts = prop::collection::btree_set(0..=1440 / step, 0..=6);
    (cuts, 0..1440 / step).prop_map(move |(cuts, late)| {
        let text = |cut: u16| format!("{:02}:{:02}", cut * step / 60, cut * step % 60);
        let cuts: Vec<u16> = cuts.into_iter().collect();
        let mut intervals = Vec::new();
        for pair in cuts.chunks(2) {
            let close = match pair {
                [_, close] => *close,
                [open] if (1..1440 / step).contains(open) => late % open,
                _ => continue,
            };
            intervals.push(Interval::parse(&text(pair[0]), &text(close)).unwrap());
        }
        intervals
    })
}

/// An instant near a change of the offset if there is one, so that the hard nights are frequent.
fn anchor(zone: &'static str, Grid(step): Grid) -> impl Strategy<Value = Timestamp> {
    // Newfoundland changed at one minute past midnight until 2011, off any coarser grid.
    let first = if step == 1 { 1976 } else { 2013 };
    let year = prop_oneof![30 => first..2090_i16, 1 => 2098..2102_i16, 1 => 2300..9000_i16];
    (year, 0..365_i64, 0..48_i64 * 60, any::<bool>()).prop_map(move |(year, day, minute, near)| {
        let zone = TimeZone::get(zone).unwrap();
        let new_year = Date::constant(year, 1, 1).to_zoned(TimeZone::UTC).unwrap();
        let at = new_year.timestamp() + SignedDuration::from_hours(24 * day);
        let change = zone.following(at).next().filter(|_| near);
        let at = change.map_or(at, |change| change.timestamp());
        at - SignedDuration::from_mins(minute)
    })
}

/// A description with all that can happen on the dates around an anchor.
fn described(grid: Grid, dates: i64) -> impl Strategy<Value = (CalendarSpec, Timestamp)> {
    let zone = prop::sample::select(&ZONES[..]);
    let anchored = zone.prop_flat_map(move |zone| (Just(zone), anchor(zone, grid)));
    let days = move |most: usize| prop::collection::btree_map(-2..dates, intervals(grid), 0..=most);
    let hours = prop::collection::vec(intervals(grid), 7);
    let holidays = prop::collection::btree_set(-2..dates, 0..=3);
    (anchored, hours, holidays, days(3), days(4)).prop_map(|((zone, at), hours, holidays, shifts, breaks)| {
        let today = TimeZone::get(zone).unwrap().to_datetime(at).date();
        let date = |day: i64| today.checked_add(day.days()).unwrap();
        let dated = |days: BTreeMap<i64, Vec<Interval>>| {
            days.into_iter().map(|(day, list)| (date(day), list)).collect()
        };
        let spec = CalendarSpec {
            time_zone: zone.to_owned(),
            hours: Weekday::ALL.into_iter().zip(hours).collect(),
            holidays: holidays.into_iter().map(|day| (date(day), String::new())).collect(),
            shifts: dated(shifts),
            breaks: dated(breaks),
        };
        (spec, at)
    })
}

/// Mostly days to months, sometimes lifetimes.
fn seconds() -> impl Strategy<Value = i64> {
    prop_oneof![8 => 0..1_000_000_i64, 8 => 0..20_000_000_i64, 1 => 0..4_000_000_000_i64]
}

fn places(count: usize) -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((0..1000_i64, prop_oneof![Just(0), 0..1_000_000_000_i64]), count)
}

/// Asks everything at `places`, and compares with the steps.
fn agrees(calendar: &Calendar, steps: &Steps, places: &[(i64, i64)]) -> TestCaseResult {
    let differs = |step: &usize| calendar.is_open(steps.start_of(*step)) != steps.open[*step];
    let differing = (0..steps.open.len()).find(differs).map(|step| steps.start_of(step));
    prop_assert_eq!(differing, None);
    let all = steps.lasting(*steps.before.last().unwrap());
    let runs = steps.runs(true);
    let reckoned = calendar.open_intervals(steps.from, steps.end());
    prop_assert_eq!(first_difference(&reckoned, &runs), None);
    let reckoned = calendar.off_intervals(steps.from, steps.end());
    prop_assert_eq!(first_difference(&reckoned, &steps.runs(false)), None);
    for pair in places.windows(2) {
        let (a, b) = (steps.instant(pair[0]), steps.instant(pair[1]));
        let (a, b) = (a.min(b), a.max(b));
        let (worked_a, worked_b) = (steps.worked_until(a), steps.worked_until(b));
        let between = calendar.between(a, b);
        prop_assert_eq!(between, worked_b - worked_a, "between {} {}", a, b);
        let open = runs.iter().find(|(_, to)| *to > a);
        let now = open.is_some_and(|(from, _)| *from <= a);
        prop_assert_eq!(calendar.is_open(a), now, "is_open {}", a);
        if let Some((from, _)) = open {
            prop_assert_eq!(calendar.next_open(a), a.max(*from), "next_open {}", a);
        }
        let left = all - worked_a;
        let nanosecond = SignedDuration::from_nanos(1);
        let minutes = SignedDuration::from_mins(between.as_mins());
        for d in [between, minutes, nanosecond, between - nanosecond, left] {
            if d.is_positive() && d <= left {
                let due = steps.earliest(worked_a + d);
                prop_assert_eq!(calendar.add(a, d), due, "add {} {}", a, d);
            }
            if d.is_positive() && d <= worked_b {
                let start = steps.latest(worked_b - d);
                prop_assert_eq!(calendar.subtract(b, d), start, "subtract {} {}", b, d);
            }
        }
    }
    Ok(())
}

fn first_difference<T: PartialEq + Clone>(one: &[T], other: &[T]) -> Option<(usize, [Option<T>; 2])> {
    let pair = |n: usize| [one.get(n).cloned(), other.get(n).cloned()];
    let n = (0..one.len().max(other.len())).find(|n| one.get(*n) != other.get(*n))?;
    Some((n, pair(n)))
}

fn built(spec: &CalendarSpec) -> Option<Calendar> {
    match Calendar::new(spec.clone()) {
        Ok(calendar) => Some(calendar),
        Err(CalendarError::NoWorkingTime) => None,
        Err(other) => panic!("{other}"),
    }
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn every_minute_of_some_days_is_reckoned_right(
        (spec, from) in described(Grid(1), 6),
        hours in 12..72_usize,
        places in places(7),
    ) {
        let Some(calendar) = built(&spec) else { return Ok(()) };
        let steps = Steps::look(&spec, from, hours * 60, 1);
        agrees(&calendar, &steps, &places)?;
    }

    #[test]
    fn adding_and_subtracting_undo_each_other(
        (spec, from) in described(Grid(1), 30),
        spans in prop::collection::vec((seconds(), 0..1_000_000_000_i32), 2),
    ) {
        let Some(calendar) = built(&spec) else { return Ok(()) };
        let span = |n: usize| SignedDuration::new(spans[n].0, spans[n].1);
        let (one, two) = (span(0).min(span(1)), span(0).max(span(1)));
        let nanosecond = SignedDuration::from_nanos(1);

        let (a, b, c) = (from, from + one, from + two);
        prop_assert_eq!(calendar.between(a, b) + calendar.between(b, c), calendar.between(a, c));
        prop_assert!(calendar.between(a, b) <= one);

        let due = calendar.add(from, one);
        prop_assert!(due <= calendar.add(from, two));
        if due < Timestamp::MAX && one.is_positive() {
            prop_assert_eq!(calendar.between(from, due), one);
            prop_assert_eq!(calendar.between(from, due - nanosecond), one - nanosecond);
            prop_assert_eq!(calendar.add(calendar.add(from, one), two - one), calendar.add(from, two));
        }
        let start = calendar.subtract(from, one);
        if start > Timestamp::MIN && one.is_positive() {
            prop_assert_eq!(calendar.between(start, from), one);
            prop_assert_eq!(calendar.between(start + nanosecond, from), one - nanosecond);
        }
    }
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn every_quarter_of_an_hour_of_some_years_is_reckoned_right(
        (spec, from) in described(Grid(15), 700),
        days in 300..1_000_usize,
        places in places(7),
    ) {
        let quarter = from.as_second().div_euclid(900) * 900;
        let from = Timestamp::from_second(quarter).unwrap();
        let Some(calendar) = built(&spec) else { return Ok(()) };
        let steps = Steps::look(&spec, from, days * 96, 15);
        agrees(&calendar, &steps, &places)?;
    }
}
