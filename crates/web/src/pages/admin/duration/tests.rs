//! Working time is read as it is meant.

use jiff::SignedDuration;

use super::{read, written};

#[test]
fn hours_and_minutes_are_read_in_every_usual_form() {
    let minutes = |text| read("within", text).unwrap().as_secs() / 60;
    for (text, expected) in [
        ("4h", 240),
        ("30m", 30),
        ("1h 30m", 90),
        ("1.5h", 90),
        ("1,5 h", 90),
        ("8", 480),
        ("45 min", 45),
        ("0", 0),
    ] {
        assert_eq!(minutes(text), expected, "{text}");
    }
}

#[test]
fn days_and_nonsense_are_refused_with_what_to_write() {
    for text in ["2d", "", "soon", "1..2h", "h", "-4h", "99999999999999999999h"] {
        let error = read("within", text).unwrap_err();
        assert!(matches!(error, desk::DeskError::Invalid { field: "within", .. }), "{text}: {error:?}");
    }
}

#[test]
fn what_is_written_is_read_again() {
    for minutes in [0, 1, 59, 60, 61, 150, 6000] {
        let time = SignedDuration::from_mins(minutes);
        assert_eq!(read("within", &written(time)).unwrap(), time);
    }
}
