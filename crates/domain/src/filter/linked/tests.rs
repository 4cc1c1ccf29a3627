//! Each kind of link has one word, and the text of a value is read back as the same value.

use super::{End, Tie, WORDS, word};
use crate::filter::{Wrong, parse};
use crate::link::Link;

#[test]
fn every_kind_of_link_has_a_word() {
    for link in Link::ALL {
        assert!(WORDS.contains(&word(*link)), "{link:?}");
        assert_eq!(Tie::parse(link.as_str()), Some(Tie::To(End::As(*link))), "as programs call it");
    }
    assert!(WORDS.iter().all(|word| Tie::parse(word).is_some_and(|tie| tie.to_string() == *word)));
}

#[test]
fn links_have_one_canonical_text() {
    for (written, canonical) in [
        ("linked:any", "linked:any"),
        ("LINKS:None", "linked:none"),
        ("link:caused_by,#42", "linked:caused-by,42"),
        ("linked:=42", "linked:42"),
        ("-linked:yes", "-linked:any"),
    ] {
        assert_eq!(parse(written).unwrap().filter.to_string(), canonical);
        assert_eq!(parse(canonical).unwrap().filter.to_string(), canonical);
    }
}

#[test]
fn what_is_wrong_with_a_link_is_said_at_its_place() {
    let wrong = |text: &str| {
        let fault = parse(text).unwrap_err().remove(0);
        (fault.at, fault.wrong)
    };
    let unknown = |value: &str, meant: Option<&str>| Wrong::UnknownValue {
        field: "linked",
        value: value.to_owned(),
        meant: meant.map(str::to_owned),
    };
    assert_eq!(wrong("is:open linked:cause-by"), (15..23, unknown("cause-by", Some("caused-by"))));
    assert_eq!(wrong("linked:4x"), (7..9, Wrong::NotANumber { value: "4x".to_owned() }));
    assert_eq!(wrong("linked:>4"), (7..9, Wrong::NoComparison { field: "linked" }));
    assert_eq!(wrong("linked:4..7"), (7..11, Wrong::NotANumber { value: "4..7".to_owned() }));
    assert_eq!(wrong("linked:"), (0..7, Wrong::NoValue { field: "linked" }));
}
