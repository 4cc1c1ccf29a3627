use super::*;
use crate::filter::parse;

#[test]
fn a_field_with_a_value_is_spoken_and_nothing_else_is() {
    for line in [
        "is:open",
        "lid is:open",
        "-kind:complaint lid",
        "(unit:ware or unit:mine) lid",
        "\"a lid\" blocked:yes",
        "STATE:open",
        "field.colour:red",
        "Tag:\"a b\"",
        "umlaut\u{e4} is:open",
    ] {
        assert!(is_spoken(line), "{line}");
    }
    for line in [
        "",
        "broken lid",
        "Re: lid",
        "number: 12",
        "is :open",
        "\"is:open\"",
        "http://desk.example",
        "due://x",
        "12:30",
        "unit:",
        ":open",
        "a:is:open",
        "(lid or -lid)",
        "field.:x",
        "wating:us",
        "status:)",
    ] {
        assert!(!is_spoken(line), "{line}");
    }
}

#[test]
fn a_mistyped_field_is_in_doubt_and_has_its_place() {
    let fault = doubt("lid wating:us").unwrap();
    assert_eq!((fault.place("lid wating:us"), &fault.at), (5, &(4..10)));
    assert_eq!(fault.wrong, Wrong::UnknownField { field: "wating".to_owned(), meant: Some("waiting") });
    for line in ["Re: lid", "https://x", "xylophone:3", "wating: us", "\"wating:us\""] {
        assert_eq!(doubt(line), None, "{line}");
    }
}

#[test]
fn words_and_the_rest_are_taken_apart_where_they_stand_beside_each_other() {
    let taken = |text: &str| {
        let (words, rest) = apart(parse(text).unwrap().filter);
        (words.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "), rest.to_string())
    };
    assert_eq!(
        taken("is:open \"broken lid\" unit:ware camera"),
        ("\"broken lid\" camera".into(), "is:open unit:ware".into())
    );
    assert_eq!(taken("lid"), ("lid".into(), String::new()));
    assert_eq!(taken("(lid is:open)"), ("lid".into(), "is:open".into()));
    assert_eq!(
        taken("is:open (lid or is:solved) -box"),
        (String::new(), "is:open (lid or is:solved) -box".into())
    );
    assert_eq!(taken("lid or is:solved"), (String::new(), "lid or is:solved".into()));
}
