use jiff::tz::TimeZone;

use super::{VALUE_LIMIT_BYTES, read};
use crate::eventlog::{Entry, Error, Kind, Mapping, Source, raw};

fn mapping() -> Mapping {
    Mapping::of("case:concept:name", "concept:name", "time:timestamp")
}

fn entries(text: &str) -> Vec<Result<Entry, Error>> {
    let source = Source::from_bytes("log", text).unwrap();
    read(source, &mapping(), &TimeZone::UTC).unwrap().collect()
}

fn event(inside: &str) -> String {
    format!(
        r#"<event><string key="concept:name" value="A"/><date key="time:timestamp" value="2020-01-01T00:00:00Z"/>{inside}</event>"#
    )
}

fn log(inside: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<log xmlns=\"http://www.xes-standard.org\">\n{inside}\n</log>\n")
}

#[test]
fn attributes_of_every_type_and_depth_are_kept() {
    let text = log(&format!(
        "<extension name=\"Time\" prefix=\"time\" uri=\"x\"/>\n<global scope=\"event\"><string key=\"g\" value=\"v\"/></global>\n<string key=\"creator\" value=\"me\"/>\n<trace>\n<string key=\"concept:name\" value=\"T1\"/>\n{}\n<int key=\"late\" value=\"3\"/></trace>",
        event(
            "<int key=\"n\" value=\"5\"/><float key=\"f\" value=\"1.50\"/><boolean key=\"b\" value=\"true\"/><id key=\"i\" value=\"x-1\"/>\n<string key=\"outer\" value=\"o &amp; p&#10;q\"><string key=\"inner\" value=\"in\"><int key=\"deep\" value=\"9\"/></string></string>\n<list key=\"l\"><values><string key=\"e\" value=\"one\"/><string key=\"e\" value=\"two\"/></values></list><container key=\"c\"><string key=\"k\" value=\"v\"/></container>"
        )
    ));
    let row = entries(&text).remove(0).unwrap().unwrap();
    let kept = raw::snapshot(&row.fields);
    let expected = [
        ("case:concept:name", Kind::Text, "T1"),
        ("case:late", Kind::Integer, "3"),
        ("n", Kind::Integer, "5"),
        ("f", Kind::Real, "1.50"),
        ("b", Kind::Boolean, "true"),
        ("i", Kind::Id, "x-1"),
        ("outer", Kind::Text, "o & p\nq"),
        ("outer/inner", Kind::Text, "in"),
        ("outer/inner/deep", Kind::Integer, "9"),
        ("l", Kind::List, ""),
        ("l/e", Kind::Text, "one"),
        ("l/e#2", Kind::Text, "two"),
        ("c", Kind::Container, ""),
        ("c/k", Kind::Text, "v"),
        ("concept:name", Kind::Text, "A"),
        ("time:timestamp", Kind::Date, "2020-01-01T00:00:00Z"),
    ];
    for (name, kind, value) in expected {
        assert_eq!(kept.get(name), Some(&(kind, value.to_owned())), "{name}");
    }
    assert_eq!(kept.len(), expected.len());
    assert_eq!(row.line, 8);
}

#[test]
fn the_attributes_of_the_log_are_kept_beside_the_rows() {
    let source = Source::from_bytes("log", log("<string key=\"creator\" value=\"me\"/>")).unwrap();
    let mut reader = read(source, &mapping(), &TimeZone::UTC).unwrap();
    assert!(reader.next().is_none());
    assert_eq!(reader.log_attributes(), [("creator".to_owned(), Kind::Text, "me".to_owned())]);
}

#[test]
fn an_event_outside_of_a_trace_is_rejected_and_the_traces_are_read() {
    let text = log(&format!(
        "{}\n<trace><string key=\"concept:name\" value=\"T1\"/>{}</trace>",
        event(""),
        event("")
    ));
    let entries = entries(&text);
    let reject = entries[0].as_ref().unwrap().as_ref().unwrap_err();
    assert_eq!((reject.line, reject.reason.as_str()), (3, "no case id in column \"case:concept:name\""));
    assert!(entries[1].as_ref().unwrap().is_ok());
}

#[test]
fn malformed_xml_ends_with_the_line_and_what_was_read() {
    let trace = format!("<trace><string key=\"concept:name\" value=\"T1\"/>{}</trace>\n", event(""));
    for (broken, line) in [
        (format!("{trace}<trace>\n<event></trace>"), 5),
        (format!("{trace}<trace>\n<event><string value=\"x\"/></event></trace>"), 5),
        (format!("{trace}<trace>\n<event><string key=\"a\" value=\"&lol;\"/></event></trace>"), 5),
    ] {
        let mut entries = entries(&log(&broken));
        assert!(entries.remove(0).unwrap().is_ok());
        let Some(Err(Error::Malformed { line: found, rows_kept, .. })) = entries.pop() else {
            panic!("{broken} is malformed");
        };
        assert_eq!((found, rows_kept), (line, 1), "{broken}");
    }
}

#[test]
fn a_file_that_breaks_off_or_is_no_log_is_an_error() {
    for text in ["<log><trace>", "<log>", "<html></html>", "<?xml version=\"1.0\"?>"] {
        let last = entries(text).pop().unwrap();
        assert!(matches!(last, Err(Error::Malformed { .. })), "{text}");
    }
}

#[test]
fn a_document_type_cannot_make_a_text_grow() {
    let text = format!(
        "<!DOCTYPE log [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n{}",
        "<log><trace><string key=\"concept:name\" value=\"&b;\"/></trace></log>"
    );
    assert!(matches!(entries(&text).pop(), Some(Err(Error::Malformed { .. }))));
}

#[test]
fn elements_nested_without_end_are_refused() {
    let text = format!("<log><trace>{}", "<string key=\"a\" value=\"\">".repeat(10_000));
    assert!(matches!(entries(&text).pop(), Some(Err(Error::Malformed { .. }))));
}

#[test]
fn an_attribute_that_is_too_long_rejects_its_event_only() {
    let long = "x".repeat(VALUE_LIMIT_BYTES + 1);
    let text = log(&format!(
        "<trace><string key=\"concept:name\" value=\"T1\"/>{}{}</trace>",
        event(&format!("<string key=\"note\" value=\"{long}\"/>")),
        event("")
    ));
    let entries = entries(&text);
    let reject = entries[0].as_ref().unwrap().as_ref().unwrap_err();
    assert!(reject.reason.contains("\"note\""), "{}", reject.reason);
    assert!(entries[1].as_ref().unwrap().is_ok());
}

#[test]
fn invalid_utf8_ends_the_reading_with_the_line() {
    let text = log("<trace><string key=\"concept:name\" value=\"caf?\"/></trace>");
    let mut bytes = text.into_bytes();
    let at = bytes.windows(4).position(|window| window == b"caf?").unwrap();
    bytes[at + 3] = 0xe9;
    let source = Source::from_bytes("log", bytes).unwrap();
    let last = read(source, &mapping(), &TimeZone::UTC).unwrap().last().unwrap();
    assert!(matches!(last, Err(Error::Malformed { line: 3, .. })));
}
