use jiff::Timestamp;
use jiff::civil::{date, time};
use proptest::prelude::*;

use super::{Recurrence, Rule};

mod off_days;

fn every(rule: Rule, first: jiff::civil::Date) -> Recurrence {
    Recurrence {
        rule,
        at: time(2, 30, 0, 0),
        zone: "Europe/Berlin".to_owned(),
        first,
        last: None,
        off_days: None,
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn days(recurrence: &Recurrence, after: &str, many: usize) -> Vec<String> {
    recurrence.following(at(after), None, many).iter().map(|coming| coming.at.to_string()).collect()
}

#[test]
fn an_hour_that_is_skipped_or_comes_twice_comes_once_a_day() {
    let daily = every(Rule::Daily, date(2026, 1, 1));
    assert_eq!(
        days(&daily, "2026-03-28T00:00:00Z", 3),
        ["2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"],
        "on the 29th there is no half past two: it is half past three"
    );
    assert_eq!(
        days(&daily, "2026-10-24T00:00:00Z", 3),
        ["2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]
    );
}

#[test]
fn a_week_has_the_days_that_were_chosen() {
    let weekly = every(Rule::Weekly { days: [1, 5].into() }, date(2026, 11, 24));
    assert_eq!(
        days(&weekly, "2026-11-01T00:00:00Z", 3),
        ["2026-11-27T01:30:00Z", "2026-11-30T01:30:00Z", "2026-12-04T01:30:00Z"]
    );
}

#[test]
fn a_month_that_is_too_short_has_its_last_day() {
    let monthly = every(Rule::Monthly { day: 31 }, date(2026, 1, 1));
    assert_eq!(
        days(&monthly, "2026-01-31T12:00:00Z", 3),
        ["2026-02-28T01:30:00Z", "2026-03-31T00:30:00Z", "2026-04-30T00:30:00Z"]
    );
}

#[test]
fn the_last_workday_is_never_a_weekend() {
    let last = every(Rule::LastWorkday, date(2026, 1, 1));
    assert_eq!(
        days(&last, "2026-01-01T00:00:00Z", 5),
        [
            "2026-01-30T01:30:00Z",
            "2026-02-27T01:30:00Z",
            "2026-03-31T00:30:00Z",
            "2026-04-30T00:30:00Z",
            "2026-05-29T00:30:00Z"
        ]
    );
}

#[test]
fn it_ends_with_its_last_day_and_once_is_once() {
    let ended = Recurrence { last: Some(date(2026, 1, 2)), ..every(Rule::Daily, date(2026, 1, 1)) };
    assert_eq!(days(&ended, "2025-01-01T00:00:00Z", 5).len(), 2);
    let once = every(Rule::Once, date(2026, 1, 1));
    assert_eq!(days(&once, "2025-01-01T00:00:00Z", 5), ["2026-01-01T01:30:00Z"]);
    assert_eq!(once.next(at("2026-01-01T01:30:00Z"), None), None);
    let nowhere = Recurrence { zone: "Moon/Base".to_owned(), ..once };
    assert_eq!(nowhere.next(at("2025-01-01T00:00:00Z"), None), None);
}

proptest! {
    #[test]
    fn each_instant_is_later_than_the_one_before_and_none_is_left_out(
        after in 1_700_000_000_i64..1_900_000_000,
        day in 1_i8..32,
        which in 0..4_usize,
    ) {
        let rules = [
            Rule::Daily,
            Rule::Weekly { days: [day % 7 + 1].into() },
            Rule::Monthly { day },
            Rule::LastWorkday,
        ];
        let recurrence = every(rules[which].clone(), date(2020, 1, 1));
        let after = Timestamp::from_second(after).unwrap();
        let following: Vec<Timestamp> =
            recurrence.following(after, None, 6).iter().map(|coming| coming.at).collect();
        prop_assert_eq!(following.len(), 6);
        for two in following.windows(2) {
            prop_assert!(two[0] < two[1]);
            // Asked from just before, it is the next.
            let before = two[1] - jiff::SignedDuration::from_micros(1);
            prop_assert_eq!(recurrence.next(before, None), Some(two[1]));
            prop_assert_eq!(recurrence.next(two[0], None), Some(two[1]));
        }
    }
}
