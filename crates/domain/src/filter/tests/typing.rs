//! Completing what is being typed, and the form that says the same.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::invented::{filters, texts};
use super::meaning::at;
use crate::filter::builder::{Row, rows, text};
use crate::filter::complete::complete;
use crate::filter::{Filter, Standpoint, parse};
use crate::id::{PersonId, ServiceId, UnitId};

const UNITS: [(UnitId, &str); 2] = [(UnitId(1), "Warehouse"), (UnitId(2), "Customer Support")];
const SERVICES: [(ServiceId, &str); 1] = [(ServiceId(1), "Orders & returns")];

fn offered(text: &str) -> Vec<String> {
    offered_at(text, text.len())
}

/// The whole text with each completion in its place.
fn offered_at(text: &str, cursor: usize) -> Vec<String> {
    let from = Standpoint {
        now: at("2026-11-24T12:00Z"),
        zone: &TimeZone::UTC,
        me: PersonId(1),
        my_units: &[UnitId(1)],
        units: &UNITS,
        services: &SERVICES,
        customs: &[],
        statuses: &super::meaning::statuses(),
    };
    let put = |completion: crate::filter::complete::Completion| {
        let mut whole = text.to_owned();
        whole.replace_range(completion.at, &completion.text);
        whole
    };
    complete(text, cursor, &from).into_iter().map(put).collect()
}

#[test]
fn a_word_is_completed_to_a_field_or_a_mark() {
    assert_eq!(offered("is:open wai"), ["is:open waiting:", "is:open is:waiting"]);
    assert_eq!(offered("-esc"), ["-is:escalated"]);
    assert_eq!(offered("(is:open or un")[..2], ["(is:open or unit:", "(is:open or unanswered:"]);
    assert!(offered("is:open ").contains(&"is:open due:".to_owned()));
}

#[test]
fn behind_a_colon_stand_the_values_of_that_field() {
    assert_eq!(offered("waiting:s"), ["waiting:supplier"]);
    assert_eq!(offered("waiting:us,re"), ["waiting:us,requester"]);
    assert_eq!(offered("unit:"), ["unit:mine", "unit:\"Warehouse\"", "unit:\"Customer Support\""]);
    assert_eq!(offered("unit:\"customer s"), ["unit:\"Customer Support\""]);
    assert_eq!(offered("service:ord"), ["service:\"Orders & returns\""]);
    assert_eq!(offered("holder:"), ["holder:me", "holder:nobody"]);
    assert_eq!(offered("opened:last"), ["opened:last-week", "opened:last-month"]);
    assert_eq!(offered("status:"), ["status:none", "status:\"in Review\"", "status:\"Open\""]);
    assert_eq!(offered("blocked:"), ["blocked:yes", "blocked:no"]);
    assert_eq!(offered_at("wai is:open", 3), ["waiting: is:open", "is:waiting is:open"]);
}

#[test]
fn people_and_organisations_are_not_told_by_typing() {
    assert!(offered("from:").is_empty());
    assert!(offered("from:a").is_empty());
    assert!(offered("colour:").is_empty());
}

#[test]
fn a_filter_of_fields_has_rows_and_the_rows_have_its_text() {
    let written = "is:open,solved unit:\"Customer Support\" -kind:complaint due:<2h is:escalated -is:blocked field.weight:2..3";
    let filter = parse(written).unwrap().filter;
    let found = rows(&filter).unwrap();
    let row = |field: &'static str, negated, values: &[&str]| Row {
        field: field.into(),
        negated,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    assert_eq!(
        found,
        [
            row("state", false, &["open", "solved"]),
            row("unit", false, &["\"Customer Support\""]),
            row("kind", true, &["complaint"]),
            row("due", false, &["<2h"]),
            row("escalated", false, &["yes"]),
            row("blocked", false, &["no"]),
            row("field.weight", false, &["2..3"]),
        ]
    );
    assert_eq!(parse(&text(&found)).unwrap().filter, filter);
}

#[test]
fn a_name_from_a_form_gets_the_quotes_it_needs() {
    let row = |field: &'static str, value: &str| Row {
        field: field.into(),
        negated: false,
        values: vec![value.to_owned()],
    };
    assert_eq!(
        text(&[row("unit", "Customer Support"), row("from", "contoso"), row("due", "")]),
        "unit:\"Customer Support\" from:contoso"
    );
    assert_eq!(text(&[row("from", "\"Ana Rivera\"")]), "from:\"Ana Rivera\"");
    assert_eq!(text(&[row("due", "< 2h")]), "due:< 2h");
}

#[test]
fn what_a_form_cannot_say_has_no_rows() {
    for text in
        ["is:open or kind:problem", "kind:problem kind:incident", "-(is:open kind:problem)", "invoice"]
    {
        assert_eq!(rows(&parse(text).unwrap().filter), None, "{text}");
    }
    assert_eq!(rows(&Filter::EVERYTHING), Some(Vec::new()));
}

proptest! {
    #[test]
    fn completing_replaces_what_lies_before_the_cursor(text in texts(), cursor in 0..200_usize) {
        offered_at(&text, cursor);
    }

    #[test]
    fn rows_say_the_same_as_their_filter(filter in filters()) {
        if let Some(found) = rows(&filter) {
            prop_assert_eq!(parse(&text(&found)).map(|parsed| parsed.filter), Ok(filter));
        }
    }
}
