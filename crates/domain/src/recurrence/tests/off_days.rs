//! Days on which nobody works: moved, left out, and never lost or doubled.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;

use super::super::{OffDays, Recurrence, Rule, Then};
use super::{at, every};
use crate::calendar::{Calendar, CalendarSpec, Interval, Weekday as Open};
use crate::id::CalendarId;

const ZONE: &str = "Europe/Berlin";

/// From Monday to Friday, but for the holidays.
fn office(holidays: &[Date]) -> Calendar {
    let day = Interval::parse("09:00", "17:00").unwrap();
    let mut spec = CalendarSpec::closed(ZONE);
    spec.hours = Open::ALL.into_iter().take(5).map(|weekday| (weekday, vec![day])).collect();
    spec.holidays = holidays.iter().map(|day| (*day, String::new())).collect();
    Calendar::new(spec).unwrap()
}

fn with(then: Then, recurrence: Recurrence) -> Recurrence {
    Recurrence { off_days: Some(OffDays { calendar: CalendarId(1), then }), ..recurrence }
}

fn days(recurrence: &Recurrence, calendar: &Calendar, after: &str, many: usize) -> Vec<String> {
    let following = recurrence.following(at(after), Some(calendar), many);
    following.iter().map(|coming| coming.on.to_string()).collect()
}

#[test]
fn the_first_of_may_is_moved_or_left_out() {
    let calendar = office(&[date(2026, 1, 1), date(2026, 5, 1)]);
    let monthly = every(Rule::Monthly { day: 1 }, date(2026, 4, 1));
    let says = |then, many| days(&with(then, monthly.clone()), &calendar, "2026-03-20T00:00:00Z", many);
    // The first of August 2026 is a Saturday.
    assert_eq!(says(Then::Before, 5), ["2026-04-01", "2026-04-30", "2026-06-01", "2026-07-01", "2026-07-31"]);
    assert_eq!(says(Then::After, 5), ["2026-04-01", "2026-05-04", "2026-06-01", "2026-07-01", "2026-08-03"]);
    assert_eq!(says(Then::LeftOut, 3), ["2026-04-01", "2026-06-01", "2026-07-01"]);
    assert_eq!(
        days(&monthly, &calendar, "2026-04-20T00:00:00Z", 1),
        ["2026-05-01"],
        "without a word, on the day"
    );
    let moved = with(Then::Before, monthly.clone()).following(at("2026-04-20T00:00:00Z"), Some(&calendar), 1);
    assert_eq!((moved[0].of, moved[0].on), (date(2026, 5, 1), date(2026, 4, 30)));
    assert_eq!(
        with(Then::LeftOut, monthly.clone()).next(at("2026-04-20T00:00:00Z"), None),
        monthly.next(at("2026-04-20T00:00:00Z"), None),
        "a calendar that is gone closes no day"
    );
}

#[test]
fn days_that_share_a_working_day_come_there_once() {
    let calendar = office(&[]);
    let daily = every(Rule::Daily, date(2026, 11, 1));
    let from = "2026-11-26T23:00:00Z";
    assert_eq!(
        days(&with(Then::Before, daily.clone()), &calendar, from, 3),
        ["2026-11-27", "2026-11-30", "2026-12-01"]
    );
    assert_eq!(
        days(&with(Then::After, daily), &calendar, from, 3),
        ["2026-11-27", "2026-11-30", "2026-12-01"]
    );
    let once = with(Then::Before, every(Rule::Once, date(2026, 11, 29)));
    assert_eq!(days(&once, &calendar, "2026-11-20T00:00:00Z", 3), ["2026-11-27"]);
}

#[test]
fn where_nobody_works_for_a_month_nothing_comes() {
    let closed: Vec<Date> =
        date(2026, 5, 1).series(1.day()).take_while(|day| *day < date(2026, 9, 1)).collect();
    let calendar = office(&closed);
    let monthly = every(Rule::Monthly { day: 1 }, date(2026, 7, 1));
    for then in Then::ALL {
        assert_eq!(days(&with(then, monthly.clone()), &calendar, "2026-06-01T00:00:00Z", 1), ["2026-09-01"]);
    }
}

#[test]
fn a_holiday_that_is_added_or_taken_away_loses_no_day_and_doubles_none() {
    let (was, is) = (office(&[]), office(&[date(2026, 11, 30)]));
    let weekly = with(Then::Before, every(Rule::Weekly { days: [1].into() }, date(2026, 11, 1)));
    let monday = at("2026-11-30T01:30:00Z");
    let friday = at("2026-11-27T01:30:00Z");
    let changed = |pending, now, was, is| weekly.rescheduled(pending, at(now), Some(was), Some(is));
    assert_eq!(changed(monday, "2026-11-25T00:00:00Z", &was, &is), Some(friday));
    let late = "2026-11-28T00:00:00Z";
    assert_eq!(
        changed(monday, late, &was, &is),
        Some(at(late)),
        "the working day before is over: it comes now"
    );
    assert_eq!(changed(friday, "2026-11-25T00:00:00Z", &is, &was), Some(monday));
    // It came on Friday; the Monday for which it stood is not another one.
    let next = weekly.next(friday, Some(&is)).unwrap();
    assert_eq!(next, at("2026-12-07T01:30:00Z"));
    assert_eq!(changed(next, late, &is, &was), Some(next));
}

fn rules() -> impl Strategy<Value = Rule> {
    prop_oneof![
        Just(Rule::Daily),
        (1_i8..8).prop_map(|day| Rule::Weekly { days: [day].into() }),
        (1_i8..32).prop_map(|day| Rule::Monthly { day }),
        Just(Rule::LastWorkday),
    ]
}

proptest! {
    /// The oracle moves every day of the rule by hand and takes the first instant that is left.
    #[test]
    fn the_next_time_is_that_of_the_days_moved_one_by_one(
        rule in rules(),
        which in 0..3_usize,
        holidays in proptest::collection::btree_set(0_i64..420, 0..40),
        after in 0_i64..(300 * 86_400),
    ) {
        let begin = date(2026, 1, 1);
        let holidays: BTreeSet<Date> = holidays.into_iter().map(|days| begin.saturating_add(days.days())).collect();
        let all: Vec<Date> = holidays.iter().copied().collect();
        let calendar = office(&all);
        let recurrence = with(Then::ALL[which], every(rule, begin));
        let after = Timestamp::from_second(at("2026-02-10T00:00:00Z").as_second() + after).unwrap();
        let open = |day: Date| {
            !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !holidays.contains(&day)
        };
        let zone = TimeZone::get(ZONE).unwrap();
        let mut by_hand: BTreeSet<Timestamp> = BTreeSet::new();
        for day in begin.series(1.day()).take(1_000).filter(|day| recurrence.is_on(*day)) {
            let mut moved = day;
            while !open(moved) && recurrence.off_days.unwrap().then != Then::LeftOut {
                let step = if recurrence.off_days.unwrap().then == Then::Before { -1 } else { 1 };
                moved = moved.saturating_add(step.days());
            }
            if open(moved) {
                by_hand.insert(moved.to_datetime(recurrence.at).to_zoned(zone.clone()).unwrap().timestamp());
            }
        }
        let expected: Vec<Timestamp> = by_hand.into_iter().filter(|at| *at > after).take(3).collect();
        let following = recurrence.following(after, Some(&calendar), 3);
        let found: Vec<Timestamp> = following.iter().map(|coming| coming.at).collect();
        prop_assert_eq!(&found, &expected);
        for coming in following {
            prop_assert!(open(coming.on));
            prop_assert_eq!(recurrence.rescheduled(coming.at, after, Some(&calendar), Some(&calendar)), Some(coming.at));
        }
    }
}
