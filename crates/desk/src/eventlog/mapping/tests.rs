use super::{Mapping, Meaning, edits, from_json, matches, nearest};
use crate::eventlog::{Error, Format, profile};

#[test]
fn every_built_in_profile_survives_its_mapping_file() {
    for name in profile::NAMES {
        for format in [Format::Csv, Format::Xes] {
            let mapping = profile::by_name(name, format).unwrap();
            mapping.check().unwrap();
            let text = serde_json::to_string(&mapping).unwrap();
            assert_eq!(from_json(text.as_bytes()).unwrap(), mapping);
        }
    }
}

#[test]
fn a_short_mapping_file_is_enough() {
    let text = r#"{"case":["id"],"activity":"what","timestamp":"when","states":{"done":"solved"}}"#;
    let mapping = from_json(text.as_bytes()).unwrap();
    assert_eq!(mapping.meaning("done"), Meaning::Solved);
    assert_eq!(mapping.meaning("else"), Meaning::Working);
    assert!(mapping.is_missing(""));
}

#[test]
fn a_wrong_mapping_file_says_what_is_wrong() {
    let base = r#""case":["id"],"activity":"what","timestamp":"when""#;
    for (text, expected) in [
        (format!("{{{base},\"unti\":\"x\"}}"), "unti"),
        (format!("{{{base},\"timestamp_format\":\"%q\"}}"), "%q"),
        (format!("{{{base},\"priorities\":{{\"low\":9}}}}"), "low"),
        (format!("{{{base},\"unit\":\"\"}}"), "empty"),
        ("{\"activity\":\"what\"}".to_owned(), "case"),
    ] {
        let error = from_json(text.as_bytes()).unwrap_err();
        assert!(matches!(error, Error::Mapping { .. }));
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[test]
fn an_exact_state_beats_the_longest_pattern() {
    let mut mapping = Mapping::of("id", "what", "when");
    for (pattern, meaning) in [
        ("* REJECTED by *", Meaning::WaitingForRequester),
        ("*", Meaning::Nothing),
        ("Permit REJECTED by ROBOT", Meaning::Solved),
    ] {
        mapping.states.insert(pattern.into(), meaning);
    }
    assert_eq!(mapping.meaning("Permit REJECTED by DIRECTOR"), Meaning::WaitingForRequester);
    assert_eq!(mapping.meaning("Permit REJECTED by ROBOT"), Meaning::Solved);
    assert_eq!(mapping.meaning("anything"), Meaning::Nothing);
}

#[test]
fn a_star_stands_for_any_text() {
    for (pattern, text, expected) in [
        ("a*c", "abc", true),
        ("a*c", "ac", true),
        ("a*c", "abcd", false),
        ("*b*", "abc", true),
        ("a*a", "a", false),
        ("abc", "abc", true),
        ("abc", "abcd", false),
    ] {
        assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
    }
}

#[test]
fn a_name_that_is_nearly_right_is_suggested() {
    let found: Vec<String> = ["Number", "sys_updated_on", "x"].map(str::to_owned).into();
    assert_eq!(nearest("number", &found).as_deref(), Some("Number"));
    assert_eq!(nearest("sys_updated_at", &found).as_deref(), Some("sys_updated_on"));
    assert_eq!(nearest("assignment_group", &found), None);
    assert_eq!(edits(&['a', 'b'], &['b']), 1);
}
