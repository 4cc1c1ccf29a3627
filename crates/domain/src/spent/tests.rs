use super::{MOST_MINUTES, minutes, written};

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
