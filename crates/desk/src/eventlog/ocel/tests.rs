use jiff::tz::TimeZone;

use super::read;
use crate::eventlog::{Error, Format, Source, profile};

#[test]
fn foreign_events_without_a_ticket_are_rejected() {
    let text = r#"{"events":[{"id":"e1","type":"pay","time":"2026-01-01T00:00:00Z","relationships":[{"objectId":"o1","qualifier":"order"}]}]}"#;
    let source = Source::from_bytes("log", text).unwrap();
    let mapping = profile::by_name("throughline", Format::Ocel).unwrap();
    let entries: Vec<_> = read(source, &mapping, &TimeZone::UTC).unwrap().collect();
    let reject = entries[0].as_ref().unwrap().as_ref().unwrap_err();
    assert_eq!(reject.reason, "no case id in column \"case:concept:name\"");
}

#[test]
fn malformed_json_names_its_line() {
    let source = Source::from_bytes("log", "{\"events\":[\n{]}").unwrap();
    let mapping = profile::by_name("throughline", Format::Ocel).unwrap();
    let error = read(source, &mapping, &TimeZone::UTC).err().unwrap();
    assert!(matches!(error, Error::Malformed { line: 2, .. }));
}
