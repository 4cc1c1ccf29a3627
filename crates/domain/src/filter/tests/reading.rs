//! What is understood, and what is said of everything else.

use proptest::prelude::*;

use super::invented::{filters, texts};
use crate::filter::parse::{MOST_DEEP, MOST_PARTS};
use crate::filter::{Fault, Filter, Wrong, parse};

fn canonical(text: &str) -> String {
    parse(text).unwrap_or_else(|faults| panic!("{text}: {faults:?}")).filter.to_string()
}

fn faults(text: &str) -> Vec<Fault> {
    parse(text).expect_err(text)
}

/// The one thing that is wrong, the text it is about, and what is said of it.
fn fault(text: &str) -> (String, Wrong) {
    let mut faults = faults(text);
    assert_eq!(faults.len(), 1, "{text}: {faults:?}");
    let fault = faults.remove(0);
    (text[fault.at].to_owned(), fault.wrong)
}

#[test]
fn the_example_of_the_documentation_is_its_own_canonical_text() {
    let text = "is:open unit:warehouse due:<2h from:contoso waiting:us";
    assert_eq!(canonical(text), text);
}

#[test]
fn other_spellings_have_one_canonical_text() {
    for (typed, written) in [
        ("", ""),
        ("  IS:Open ", "is:open"),
        ("state:open", "is:open"),
        ("is:done", "is:solved,closed"),
        ("is:mine", "holder:me"),
        ("assigned:me", "holder:me"),
        ("is:unassigned", "holder:nobody"),
        ("is:open,mine", "is:open or holder:me"),
        ("is:solved,mine,open", "is:solved,open or holder:me"),
        ("is:overdue", "due:<now"),
        ("is:waiting", "waiting:requester,inside,supplier,date"),
        ("waiting:customer", "waiting:requester"),
        ("unit:my-units", "unit:mine"),
        ("class:outside", "class:connected,external"),
        ("audience:inside", "class:internal"),
        ("priority:urgent,p2", "priority:1,2"),
        ("priority:3..1", "priority:1..3"),
        ("number:#1042", "number:1042"),
        ("number:..1042", "number:<=1042"),
        ("rating:3..", "rating:>=3"),
        ("due:2h", "due:<=2h"),
        ("created:>7d", "opened:>7d"),
        ("changed:TODAY", "changed:today"),
        ("opened:2026-11-01..2026-11-24", "opened:2026-11-01..2026-11-24"),
        ("opened:2026-11", "opened:2026-11"),
        ("confidential:yes", "is:confidential"),
        ("confidential:no", "-is:confidential"),
        ("unanswered:yes", "is:unanswered"),
        ("unanswered:no,>2h", "unanswered:>2h or -is:unanswered"),
        ("not is:open", "-is:open"),
        ("- is:open".trim_start_matches("- "), "is:open"),
        ("--is:open", "is:open"),
        ("(is:open)", "is:open"),
        ("((is:open unit:ware))", "is:open unit:ware"),
        ("is:open or is:solved", "is:open or is:solved"),
        ("is:open OR is:solved", "is:open or is:solved"),
        ("is:open (kind:problem or priority:1)", "is:open (kind:problem or priority:1)"),
        ("(is:open kind:problem) or priority:1", "is:open kind:problem or priority:1"),
        ("-(is:open or kind:problem)", "-(is:open or kind:problem)"),
        ("unit:\"Customer Support\",ware", "unit:\"Customer Support\",ware"),
        ("from:ana@contoso.example", "from:ana@contoso.example"),
        (r#"from:"Say \"hi\" \\ ""#, r#"from:"Say \"hi\" \\""#),
        ("organisation:none", "organisation:none"),
        ("invoice \"two words\"", "invoice \"two words\""),
    ] {
        assert_eq!(canonical(typed), written, "{typed}");
        assert_eq!(canonical(written), written, "{typed} twice");
    }
}

#[test]
fn a_mistyped_word_is_told_with_its_place_and_what_was_meant() {
    let unknown = |field: &str, meant| Wrong::UnknownField { field: field.to_owned(), meant };
    assert_eq!(fault("is:open wating:us"), ("wating".to_owned(), unknown("wating", Some("waiting"))));
    assert_eq!(fault("colour:red"), ("colour".to_owned(), unknown("colour", None)));
    let value = |field, value: &str, meant: Option<&str>| Wrong::UnknownValue {
        field,
        value: value.to_owned(),
        meant: meant.map(str::to_owned),
    };
    assert_eq!(fault("is:opne"), ("opne".to_owned(), value("is", "opne", Some("open"))));
    assert_eq!(
        fault("waiting:us,requestor"),
        ("requestor".to_owned(), value("waiting", "requestor", Some("requester")))
    );
    assert_eq!(fault("kind:xyz"), ("xyz".to_owned(), value("kind", "xyz", None)));
    assert_eq!(fault("due:tomorow"), ("tomorow".to_owned(), value("due", "tomorow", Some("tomorrow"))));
    assert_eq!(fault("from:me"), ("me".to_owned(), value("from", "me", Some("\"me\""))));
    assert_eq!(fault("blocked:maybe"), ("maybe".to_owned(), value("blocked", "maybe", None)));
}

#[test]
fn everything_else_that_is_wrong_is_told_where_it_is() {
    for (text, about, wrong) in [
        ("is:open,", "is:open,", Wrong::NoValue { field: "is" }),
        ("unit: ware", "unit:", Wrong::NoValue { field: "unit" }),
        ("due:soon", "soon", Wrong::NotATime { value: "soon".to_owned() }),
        ("due:2026-02-30", "2026-02-30", Wrong::NotATime { value: "2026-02-30".to_owned() }),
        ("opened:99999999999w", "99999999999w", Wrong::NotATime { value: "99999999999w".to_owned() }),
        ("number:x", "x", Wrong::NotANumber { value: "x".to_owned() }),
        ("priority:7", "7", Wrong::OutOfRange { value: "7".to_owned(), from: 1, to: 4 }),
        ("rating:0", "0", Wrong::OutOfRange { value: "0".to_owned(), from: 1, to: 5 }),
        ("unit:<ware", "<ware", Wrong::NoComparison { field: "unit" }),
        ("opened:..", "..", Wrong::NoValue { field: "opened" }),
        ("from:\"Ana", "\"Ana", Wrong::QuoteOpen),
        ("from:\"\"", "\"\"", Wrong::QuoteEmpty),
        ("\" \"", "\" \"", Wrong::QuoteEmpty),
        ("(is:open", "(", Wrong::BracketOpen),
        ("is:open ()", "(", Wrong::BracketEmpty),
        ("is:open)", ")", Wrong::BracketStray),
        ("is:open , mine", ",", Wrong::CommaStray),
        ("or is:open", "or", Wrong::OrAlone),
        ("is:open or", "or", Wrong::OrAlone),
        ("is:open -", "-", Wrong::NotAlone),
        ("(is:open not)", "not", Wrong::NotAlone),
    ] {
        let (found, said) = fault(text);
        assert_eq!((found.as_str(), said), (about, wrong), "{text}");
    }
}

#[test]
fn all_mistakes_are_told_at_once_in_their_order() {
    let found = faults("iss:open kind:xyz due:soon");
    let places: Vec<usize> = found.iter().map(|fault| fault.at.start).collect();
    assert_eq!(places, [0, 14, 22]);
}

#[test]
fn places_count_characters_and_not_bytes() {
    let text = "unit:Köln ärger:ja";
    let found = faults(text);
    assert_eq!(found[0].place(text), 11);
}

#[test]
fn what_is_too_much_is_refused_before_it_costs_anything() {
    let long = "a".repeat(2_001);
    assert!(matches!(fault(&long).1, Wrong::TooLong { most: 2_000 }));
    let many = format!("number:{}", vec!["1"; MOST_PARTS + 1].join(","));
    assert!(matches!(fault(&many).1, Wrong::TooMany { .. }));
    for deep in ["(", "-", "not "] {
        let text = format!("{}is:open", deep.repeat(MOST_DEEP + 1));
        assert!(matches!(faults(&text)[0].wrong, Wrong::TooDeep { .. }), "{text}");
    }
    let fits = format!("{}is:open{}", "(".repeat(MOST_DEEP), ")".repeat(MOST_DEEP));
    assert_eq!(canonical(&fits), "is:open");
}

proptest! {
    #[test]
    fn whatever_is_typed_is_read_or_refused_between_characters(text in texts()) {
        match parse(&text) {
            Ok(parsed) => {
                let written = parsed.filter.to_string();
                prop_assert_eq!(parse(&written).map(|parsed| parsed.filter), Ok(parsed.filter), "{}", written);
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(text.get(fault.at.clone()).is_some(), "{:?}", fault);
                    prop_assert!(fault.place(&text) <= text.chars().count() + 1);
                    prop_assert!(!fault.to_string().is_empty());
                }
            }
        }
    }

    #[test]
    fn a_written_filter_is_read_back_as_itself(filter in filters()) {
        let written = filter.to_string();
        let read = parse(&written).map(|parsed| parsed.filter);
        prop_assert_eq!(read, Ok(filter), "{}", written);
    }
}

#[test]
fn nothing_at_all_is_everything() {
    assert_eq!(parse(" \t\n").map(|parsed| parsed.filter), Ok(Filter::EVERYTHING));
}
