use super::{Fields, LONGEST, unfolded};
use crate::Limits;

#[test]
fn in_10_of_a_very_long_field_only_the_start_is_read() {
    assert_eq!(unfolded("a".repeat(LONGEST * 3).as_bytes()).len(), LONGEST);
    let signs = unfolded(format!("a{}", "ä".repeat(LONGEST)).as_bytes());
    assert!(signs.len() <= LONGEST && !signs.contains('\u{fffd}'), "no character is cut in two");
}

#[test]
fn in_10_folds_become_one_blank() {
    assert_eq!(unfolded(b" a\r\n\t b\n c \r\n"), "a b c");
}

#[test]
fn in_10_a_line_that_is_no_field_begins_the_body() {
    let raw = b"Subject : x\nFrom kim Mon Jan 1\nno field\n";
    let fields = Fields::read(raw, 0..raw.len(), &Limits::default()).unwrap();
    assert_eq!(fields.plain(raw, "subject").as_deref(), Some("x"));
    assert_eq!(&raw[fields.body..], b"no field\n");
}

#[test]
fn in_10_parameters_that_were_folded_without_a_blank_still_belong_to_their_field() {
    let raw = b"Content-Type: application/zip;\nname=\"a.zip\"\nSubject: x\n\nbody";
    let fields = Fields::read(raw, 0..raw.len(), &Limits::default()).unwrap();
    assert!(fields.plain(raw, "content-type").unwrap().ends_with("name=\"a.zip\""));
    assert_eq!((fields.len(), &raw[fields.body..]), (2, b"body".as_slice()));
}
