use jiff::tz::TimeZone;

use super::{Reader, Wall};

fn read(format: &str, zone: &str, text: &str) -> Option<(String, Wall)> {
    let zone = TimeZone::get(zone).unwrap();
    let reading = Reader::new(format, &zone).unwrap().read(text)?;
    Some((reading.at.to_string(), reading.wall))
}

#[test]
fn a_local_date_is_placed_in_the_zone() {
    let (at, wall) = read("%d/%m/%Y %H:%M", "Europe/Lisbon", "4/7/2016 14:38").unwrap();
    assert_eq!(at, "2016-07-04T13:38:00Z");
    assert_eq!(wall, Wall::Exact);
}

#[test]
fn an_offset_in_the_text_beats_the_zone() {
    for (text, expected) in [
        ("2017-01-09T09:49:50.000+01:00", "2017-01-09T08:49:50Z"),
        ("2012-10-09T14:50:17+00:00", "2012-10-09T14:50:17Z"),
        ("2012-10-09 14:50:17.25Z", "2012-10-09T14:50:17.25Z"),
        ("2012-10-09T14:50:17.123456789-0330", "2012-10-09T18:20:17.123456789Z"),
        ("2012-10-09", "2012-10-09T05:00:00Z"),
    ] {
        assert_eq!(read("rfc3339", "America/Lima", text).unwrap().0, expected);
    }
}

#[test]
fn a_skipped_hour_is_mapped_forward_and_flagged() {
    let (at, wall) = read("%d/%m/%Y %H:%M", "Europe/Lisbon", "27/3/2016 01:30").unwrap();
    assert_eq!(at, "2016-03-27T01:30:00Z");
    assert_eq!(wall, Wall::Skipped);
}

#[test]
fn a_repeated_hour_is_its_earlier_pass_and_knows_the_later() {
    let (at, wall) = read("%d/%m/%Y %H:%M", "Europe/Lisbon", "30/10/2016 01:30").unwrap();
    assert_eq!(at, "2016-10-30T00:30:00Z");
    let later_at = "2016-10-30T01:30:00Z".parse().unwrap();
    assert_eq!(wall, Wall::Repeated { later_at });
}

#[test]
fn what_is_no_date_of_the_format_is_not_read() {
    for text in ["", "?", "31/2/2016 10:00", "1/1/2016 24:00", "1/1/2016", "1/1/2016 10:00 x"] {
        assert_eq!(read("%d/%m/%Y %H:%M", "UTC", text), None, "{text}");
    }
    for text in ["yesterday", "2016-13-01", "2016-01-01T10", "2016-01-01T10:00:61Z"] {
        assert_eq!(read("rfc3339", "UTC", text), None, "{text}");
    }
}

#[test]
fn an_unknown_letter_in_the_format_is_named() {
    let error = Reader::new("%d.%Q", &TimeZone::UTC).unwrap_err();
    assert!(error.to_string().contains("%Q"), "{error}");
}
