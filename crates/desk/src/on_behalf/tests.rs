use super::is_same_number;

#[test]
fn a_phone_number_is_the_same_however_it_is_written() {
    for (one, other) in [
        ("+49 30 1234567", "030 / 123 45 67"),
        ("+49 (0)30 1234567", "0049 30 1234567"),
        ("555-0134 22", "555013422"),
    ] {
        assert!(is_same_number(one, other), "{one} is {other}");
        assert!(is_same_number(other, one), "{other} is {one}");
    }
    for (one, other) in [
        ("+49 30 1234567", "030 1234568"),
        ("+49 30 1234567", "4567"),
        ("+49 30 1234567", ""),
        ("", ""),
        ("+49 30 1234567", "030 1234567 and 030 7654321"),
    ] {
        assert!(!is_same_number(one, other), "{one} is not {other}");
    }
}
