use super::{By, MOST_MINUTES, Month, minutes, written};

#[test]
fn time_is_read_as_people_write_it() {
    for (text, found) in [
        ("90", 90),
        ("1:30", 90),
        ("1h", 60),
        ("1h 30m", 90),
        ("1.5h", 90),
        ("0,5h", 30),
        ("45 min", 45),
        ("0", 0),
        ("24:00", MOST_MINUTES),
    ] {
        assert_eq!(minutes(text), Some(found), "{text}");
    }
    for text in ["", "-5", "1:60", "24:01", "1.25h", "h", "an hour", "1:2:3", "99999999999999999999"] {
        assert_eq!(minutes(text), None, "{text}");
    }
    assert_eq!(minutes(&written(61)), Some(61));
}

#[test]
fn what_time_is_summed_by_is_named_by_its_word() {
    for by in By::ALL {
        assert_eq!(By::parse(by.as_str()), Some(by));
    }
    assert_eq!(By::parse("ticket"), None);
}

#[test]
fn a_month_is_written_as_its_year_and_number() {
    let december = Month::of(jiff::civil::date(2025, 12, 31));
    assert_eq!(december.to_string(), "2025-12");
    assert_eq!(Month(december.0 + 1).to_string(), "2026-01");
    assert_eq!(Month::of(jiff::civil::date(2026, 2, 3)).before(2), december);
    assert_eq!(Month(i64::MAX).days(), None);
    assert_eq!(Month(i64::MIN).first(), None);
}

proptest::proptest! {
    #[test]
    fn each_day_is_in_the_days_of_its_month_alone(day in -700_000_i64..2_900_000) {
        let Some(date) = crate::custom::date(day) else { return Ok(()) };
        let month = Month::of(date);
        let days = month.days().unwrap();
        proptest::prop_assert!(days.contains(&day));
        proptest::prop_assert_eq!(days.start, crate::custom::day(date.first_of_month()));
        proptest::prop_assert_eq!(month.before(1).days().unwrap().end, days.start);
    }
}
