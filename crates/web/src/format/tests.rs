//! Times and numbers read well in both languages.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Reader;
use crate::text::Locale::{English, German};

fn reader(locale: crate::text::Locale) -> Reader {
    Reader { locale, zone: TimeZone::get("Europe/Berlin").expect("a zone"), now: at("2026-10-14T08:00:00Z") }
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

#[test]
fn durations_show_their_two_largest_parts() {
    let said: Vec<String> =
        [0, 1, 59, 60, 130, 1440, 1500, 4560].map(|m| super::duration(English, minutes(m))).into();
    assert_eq!(said, ["under 1 min", "1 min", "59 min", "1 h", "2 h 10 min", "1 d", "1 d 1 h", "3 d 4 h"]);
    assert_eq!(super::duration(German, minutes(4560)), "3 T 4 Std.");
    assert_eq!(super::duration(German, minutes(130)), "2 Std. 10 Min.");
    assert_eq!(super::duration(English, minutes(-130)), "2 h 10 min");
}

#[test]
fn working_time_is_counted_in_working_days() {
    let day = SignedDuration::from_hours(8);
    assert_eq!(super::working(English, minutes(24 * 60), day), "3 working days");
    assert_eq!(super::working(English, minutes(8 * 60), day), "1 working day");
    assert_eq!(super::working(English, minutes(10 * 60 + 5), day), "1 working day 2 h 5 min");
    assert_eq!(super::working(English, minutes(130), day), "2 h 10 min working time");
    assert_eq!(super::working(German, minutes(24 * 60), day), "3 Arbeitstage");
}

#[test]
fn relative_times_turn_into_dates_after_a_week() {
    let english = reader(English);
    assert_eq!(super::relative(&english, at("2026-10-14T07:55:00Z")), "5 min ago");
    assert_eq!(super::relative(&english, at("2026-10-14T10:10:00Z")), "in 2 h 10 min");
    assert_eq!(super::relative(&english, at("2026-10-14T08:00:30Z")), "now");
    assert_eq!(super::relative(&english, at("2026-10-22T09:00:00Z")), "22 Oct 2026");
    assert_eq!(super::relative(&reader(German), at("2026-10-14T07:55:00Z")), "vor 5 Min.");
    assert_eq!(super::relative(&reader(German), at("2026-10-22T09:00:00Z")), "22. Okt. 2026");
}

#[test]
fn absolute_times_are_local() {
    assert_eq!(super::absolute(&reader(English), at("2026-10-14T22:30:00Z")), "Thu 15 Oct 2026, 00:30");
    assert_eq!(super::absolute(&reader(German), at("2026-10-14T22:30:00Z")), "Do 15. Okt. 2026, 00:30");
}

#[test]
fn brief_times_fit_a_dense_row() {
    let english = reader(English);
    assert_eq!(super::brief(&english, at("2026-10-14T06:05:00Z")), "08:05");
    assert_eq!(super::brief(&english, at("2026-10-16T06:05:00Z")), "Fri 08:05");
    assert_eq!(super::brief(&english, at("2026-12-01T06:05:00Z")), "1 Dec");
    assert_eq!(super::brief(&english, at("2027-12-01T06:05:00Z")), "1 Dec 2027");
}

#[test]
fn numbers_are_grouped_and_counters_capped() {
    assert_eq!(super::number(English, 1_234_567), "1,234,567");
    assert_eq!(super::number(German, -12_345), "-12.345");
    assert_eq!(super::decimal(German, 1234.56, 1), "1.234,6");
    assert_eq!(super::decimal(English, -0.25, 2), "-0.25");
    assert_eq!(super::percent(English, 0.916), "92 %");
    assert_eq!(super::percent(English, f64::NAN), "–");
    assert_eq!([super::count(0), super::count(999), super::count(1000)], ["0", "999", "999+"]);
}
