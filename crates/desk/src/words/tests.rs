//! What is accepted from outside, and what is said about the rest.

use super::{Body, EmailAddress, Name, Subject};

#[test]
fn a_subject_is_one_line() {
    assert_eq!(Subject::parse("  Broken \n lamp ").unwrap().as_str(), "Broken lamp");
    assert!(Subject::parse(" \n").is_err());
    assert!(Subject::parse(&"x".repeat(201)).unwrap_err().to_string().contains("201"));
}

#[test]
fn a_name_cannot_turn_around() {
    assert_eq!(Name::parse("Ada \u{202e}moc").unwrap().as_str(), "Ada moc");
}

#[test]
fn an_address_has_two_sides() {
    assert_eq!(EmailAddress::parse(" Ada@Example.COM ").unwrap().as_str(), "ada@example.com");
    for wrong in ["ada", "@x.org", "a@", "a b@x.org", "a@b@c", "a@x.org,b@x.org", "a@.org"] {
        assert!(EmailAddress::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_body_keeps_its_lines_and_has_an_end() {
    assert_eq!(Body::parse("one\r\ntwo\n").unwrap().as_str(), "one\ntwo");
    assert!(Body::parse(&"x".repeat(100_001)).is_err());
}
