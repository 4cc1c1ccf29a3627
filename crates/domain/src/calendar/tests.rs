//! What a calendar promises, example by example; `oracle` and `reference` try it at large.

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};

use super::{Calendar, CalendarError, CalendarSpec, Interval, Weekday};

mod oracle;
mod reference;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn spec(json: &str) -> CalendarSpec {
    serde_json::from_str(json).unwrap()
}

fn calendar(json: &str) -> Calendar {
    Calendar::new(spec(json)).unwrap()
}

fn office_in_berlin() -> Calendar {
    calendar(
        r#"{"time_zone": "Europe/Berlin", "holidays": ["2026-12-25"], "hours": {
            "mon": [["09:00","12:00"],["13:00","17:00"]], "tue": [["09:00","17:00"]],
            "wed": [["09:00","17:00"]], "thu": [["09:00","17:00"]], "fri": [["09:00","17:00"]]}}"#,
    )
}

fn nights_in_berlin() -> Calendar {
    calendar(
        r#"{"time_zone": "Europe/Berlin", "holidays": {"2026-12-25": "Christmas"}, "hours": {
            "thu": [["22:00","06:00"]], "fri": [["22:00","06:00"]]}}"#,
    )
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

#[test]
fn time_runs_only_while_people_work() {
    let office = office_in_berlin();
    let friday = at("2026-07-17T14:00:00Z");
    let monday = at("2026-07-20T12:00:00Z");
    assert_eq!(office.between(friday, monday), hours(1) + hours(4));
    assert_eq!(office.between(monday, friday), SignedDuration::ZERO);
}

#[test]
fn a_promise_is_due_at_the_end_of_a_day_rather_than_the_start_of_the_next() {
    let office = office_in_berlin();
    let friday = at("2026-07-17T13:00:00Z");
    assert_eq!(office.add(friday, hours(2)), at("2026-07-17T15:00:00Z"));
    assert_eq!(
        office.add(friday, hours(2) + SignedDuration::from_micros(1)),
        at("2026-07-20T07:00:00.000001Z")
    );
    let from_night = at("2026-07-18T01:00:00Z");
    assert_eq!(office.add(from_night, SignedDuration::ZERO), from_night);
    assert_eq!(office.add(from_night, -hours(1)), from_night);
}

#[test]
fn a_latest_start_is_the_start_of_a_day_rather_than_the_end_of_the_one_before() {
    let office = office_in_berlin();
    let tuesday = at("2026-07-21T15:00:00Z");
    assert_eq!(office.subtract(tuesday, hours(8)), at("2026-07-21T07:00:00Z"));
    assert_eq!(
        office.subtract(tuesday, hours(8) + SignedDuration::from_micros(1)),
        at("2026-07-20T14:59:59.999999Z")
    );
    assert_eq!(office.subtract(tuesday, SignedDuration::ZERO), tuesday);
}

#[test]
fn opening_is_included_and_closing_is_not() {
    let office = office_in_berlin();
    assert!(office.is_open(at("2026-07-20T07:00:00Z")));
    assert!(office.is_open(at("2026-07-20T09:59:59.999999999Z")));
    assert!(!office.is_open(at("2026-07-20T10:00:00Z")));
    assert_eq!(office.next_open(at("2026-07-20T10:00:00.5Z")), at("2026-07-20T11:00:00Z"));
    assert_eq!(office.next_open(at("2026-07-20T11:00:00.5Z")), at("2026-07-20T11:00:00.5Z"));
}

#[test]
fn a_skipped_hour_does_not_exist_and_a_repeated_hour_counts_twice() {
    let night = calendar(r#"{"time_zone": "Europe/Berlin", "hours": {"sun": [["01:00","02:30"]]}}"#);
    let spring = (at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z"));
    assert_eq!(night.between(spring.0, spring.1), hours(1));
    let autumn = (at("2026-10-24T12:00:00Z"), at("2026-10-25T12:00:00Z"));
    assert_eq!(night.between(autumn.0, autumn.1), hours(2));
    assert_eq!(
        night.open_intervals(autumn.0, autumn.1),
        [
            (at("2026-10-24T23:00:00Z"), at("2026-10-25T00:30:00Z")),
            (at("2026-10-25T01:00:00Z"), at("2026-10-25T01:30:00Z")),
        ]
    );
    assert_eq!(night.add(autumn.0, minutes(91)), at("2026-10-25T01:01:00Z"));
    assert_eq!(night.subtract(autumn.1, minutes(30)), at("2026-10-25T01:00:00Z"));
}

#[test]
fn the_instant_of_a_change_already_has_the_new_wall_clock() {
    let skipped = calendar(r#"{"time_zone": "Europe/Berlin", "hours": {"sun": [["02:00","03:00"]]}}"#);
    let change = at("2026-03-29T01:00:00Z");
    assert!(!skipped.is_open(change));
    assert_eq!(skipped.next_open(change), at("2026-04-05T00:00:00Z"));
    let half_a_second = SignedDuration::from_millis(500);
    assert_eq!(skipped.between(change, change + half_a_second), SignedDuration::ZERO);
}

#[test]
fn a_date_that_never_was_has_no_working_time() {
    let apia = Calendar::always("Pacific/Apia").unwrap();
    let (before, after) = (at("2011-12-30T09:59:00Z"), at("2011-12-30T10:01:00Z"));
    assert_eq!(apia.between(before, after), minutes(2));
    let fridays = calendar(r#"{"time_zone": "Pacific/Apia", "hours": {"fri": [["00:00","24:00"]]}}"#);
    let december = (at("2011-12-25T00:00:00Z"), at("2012-01-05T00:00:00Z"));
    assert_eq!(fridays.between(december.0, december.1), SignedDuration::ZERO);
}

#[test]
fn an_offset_may_have_seconds() {
    // Liberia set its clocks from 00:00:00 to 00:44:30 on 7 January 1972, a Friday.
    let early = calendar(r#"{"time_zone": "Africa/Monrovia", "hours": {"fri": [["00:00","01:00"]]}}"#);
    let (before, after) = (at("1972-01-06T12:00:00Z"), at("1972-01-07T12:00:00Z"));
    assert_eq!(early.between(before, after), SignedDuration::from_secs(15 * 60 + 30));
    assert_eq!(early.next_open(before), at("1972-01-07T00:44:30Z"));
    assert_eq!(early.add(after, hours(1)), at("1972-01-14T01:00:00Z"));
}

#[test]
fn a_holiday_closes_its_own_date_and_nothing_else() {
    let nights = nights_in_berlin();
    // Thursday 22:00-24:00 is open, Friday the 25th is closed, Saturday 00:00-06:00 is open.
    assert_eq!(
        nights.open_intervals(at("2026-12-24T12:00:00Z"), at("2026-12-26T12:00:00Z")),
        [
            (at("2026-12-24T21:00:00Z"), at("2026-12-24T23:00:00Z")),
            (at("2026-12-25T23:00:00Z"), at("2026-12-26T05:00:00Z")),
        ]
    );
    assert_eq!(
        nights.off_intervals(at("2026-12-24T22:00:00Z"), at("2026-12-26T01:00:00Z")),
        [(at("2026-12-24T23:00:00Z"), at("2026-12-25T23:00:00Z"))]
    );
}

#[test]
fn a_shift_replaces_the_hours_that_start_on_its_date() {
    let mut description = nights_in_berlin().spec().clone();
    description.holidays.clear();
    description.shifts.insert(
        date(2026, 7, 17),
        vec![Interval::parse("10:00", "11:00").unwrap(), Interval::parse("23:00", "00:30").unwrap()],
    );
    description.shifts.insert(date(2026, 7, 16), Vec::new());
    let nights = Calendar::new(description.clone()).unwrap();
    assert_eq!(
        nights.open_intervals(at("2026-07-16T00:00:00Z"), at("2026-07-18T12:00:00Z")),
        [
            (at("2026-07-17T08:00:00Z"), at("2026-07-17T09:00:00Z")),
            (at("2026-07-17T21:00:00Z"), at("2026-07-17T22:30:00Z")),
        ]
    );
    description.holidays.insert(date(2026, 7, 17), "A day off".to_owned());
    let closed = Calendar::new(description).unwrap();
    assert_eq!(
        closed.open_intervals(at("2026-07-16T00:00:00Z"), at("2026-07-18T12:00:00Z")),
        [(at("2026-07-17T22:00:00Z"), at("2026-07-17T22:30:00Z"))]
    );
}

#[test]
fn a_break_is_taken_out_of_both_dates_it_touches() {
    let mut description = nights_in_berlin().spec().clone();
    let supper = vec![Interval::parse("23:30", "00:30").unwrap()];
    description.breaks.insert(date(2026, 7, 16), supper);
    let nights = Calendar::new(description).unwrap();
    let night = (at("2026-07-16T12:00:00Z"), at("2026-07-17T12:00:00Z"));
    assert_eq!(nights.between(night.0, night.1), hours(7));
    assert!(!nights.is_open(at("2026-07-16T22:15:00Z")));
}

#[test]
fn what_never_comes_saturates() {
    let once = calendar(r#"{"time_zone": "UTC", "shifts": {"2026-01-05": [["09:00","10:00"]]}}"#);
    let before = at("2026-01-01T00:00:00Z");
    assert_eq!(once.add(before, hours(1)), at("2026-01-05T10:00:00Z"));
    assert_eq!(once.add(before, minutes(61)), Timestamp::MAX);
    assert_eq!(once.next_open(at("2026-01-05T10:00:00Z")), Timestamp::MAX);
    assert_eq!(once.subtract(at("2026-02-01T00:00:00Z"), minutes(61)), Timestamp::MIN);
    for calendar in [once, office_in_berlin(), Calendar::always("Europe/Berlin").unwrap()] {
        assert_eq!(calendar.add(before, SignedDuration::MAX), Timestamp::MAX);
        assert_eq!(calendar.subtract(before, SignedDuration::MAX), Timestamp::MIN);
        assert!(calendar.between(Timestamp::MIN, Timestamp::MAX) > SignedDuration::ZERO);
    }
}

#[test]
fn every_minute_of_every_day_is_elapsed_time() {
    for zone in ["UTC", "Europe/Berlin", "Africa/Casablanca"] {
        let always = Calendar::always(zone).unwrap();
        let elapsed = Timestamp::MAX.duration_since(Timestamp::MIN);
        assert_eq!(always.between(Timestamp::MIN, Timestamp::MAX), elapsed);
        let (a, b) = (at("2026-01-01T00:00:00.25Z"), at("2300-01-01T00:00:00.125Z"));
        assert_eq!(always.open_intervals(a, b), [(a, b)]);
        assert_eq!(always.off_intervals(a, b), []);
        assert_eq!(always.add(a, b.duration_since(a)), b);
    }
}

#[test]
fn mistakes_are_refused_with_what_to_do() {
    let refused = |json: &str| Calendar::new(spec(json)).unwrap_err();
    assert_eq!(
        refused(r#"{"time_zone": "Europe/Berln", "hours": {"mon": [["09:00","17:00"]]}}"#).to_string(),
        r#"There is no time zone "Europe/Berln". Did you mean "Europe/Berlin"?"#
    );
    let nearest = |name: &str| match Calendar::always(name).unwrap_err() {
        CalendarError::UnknownTimeZone { nearest, .. } => nearest,
        other => panic!("{other}"),
    };
    assert_eq!(nearest("Berlin"), "Europe/Berlin");
    assert_eq!(nearest("new york"), "America/New_York");
    assert_eq!(
        refused(r#"{"time_zone": "UTC", "hours": {"mon": [["13:00","17:00"],["09:00","13:01"]]}}"#)
            .to_string(),
        "Monday: 09:00-13:01 and 13:00-17:00 overlap. Make one interval of them."
    );
    for closed in [
        r#"{"time_zone": "UTC"}"#,
        r#"{"time_zone": "UTC", "hours": {"mon": []}}"#,
        r#"{"time_zone": "UTC", "holidays": ["2026-01-05"], "shifts": {"2026-01-05": [["09:00","10:00"]]}}"#,
    ] {
        assert_eq!(refused(closed), CalendarError::NoWorkingTime);
    }
    for (open, close) in [
        ("9", "17:00"),
        ("09:00", "24:01"),
        ("24:00", "06:00"),
        ("09:60", "10:00"),
        ("-1:00", "10:00"),
        ("", ""),
    ] {
        let error = Interval::parse(open, close).unwrap_err();
        assert!(matches!(error, CalendarError::MalformedTime { .. }), "{open} {close}");
    }
    let empty = serde_json::from_str::<Interval>(r#"["09:00","09:00"]"#).unwrap_err();
    assert!(empty.to_string().contains("09:00-09:00 is empty"));
}

#[test]
fn a_description_is_written_as_it_was_read() {
    let json = concat!(
        r#"{"time_zone":"Europe/Berlin","hours":{"mon":[["09:00","24:00"]],"sun":[["22:00","06:00"]]},"#,
        r#""holidays":{"2026-12-25":"Christmas"},"shifts":{"2026-12-24":[]},"#,
        r#""breaks":{"2026-12-23":[["12:00","12:30"]]}}"#
    );
    assert_eq!(serde_json::to_string(&spec(json)).unwrap(), json);
    let list = spec(r#"{"time_zone": "UTC", "holidays": ["2026-12-25"]}"#);
    assert_eq!(list.holidays.get(&date(2026, 12, 25)).map(String::as_str), Some(""));
    let midnight = Interval::parse("22:00", "00:00").unwrap();
    assert_eq!(midnight.to_string(), "22:00-24:00");
    assert!(!midnight.passes_midnight());
}

#[test]
fn a_date_knows_its_weekday() {
    assert_eq!(Weekday::of(date(2026, 7, 20)), Weekday::Monday);
    assert_eq!(Weekday::of(date(1969, 12, 28)), Weekday::Sunday);
}
