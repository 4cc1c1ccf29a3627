use jiff::tz::TimeZone;
use proptest::prelude::*;
use serde_json::json;

use super::{ExportEvent, ExportTicket, Relation, guarded, restore, unguarded};
use crate::eventlog::{Error, Format, Source, case, csv, ocel, profile, read, xes};

type Write = fn(&mut Vec<u8>, Vec<ExportTicket>) -> Result<u64, Error>;

const WRITERS: [(Format, Write); 3] = [
    (Format::Csv, |output, tickets| csv::write(output, tickets)),
    (Format::Xes, |output, tickets| xes::write(output, tickets)),
    (Format::Ocel, |output, tickets| ocel::write(output, tickets)),
];

fn ticket(key: &str, text: &str) -> ExportTicket {
    let relation = |kind: &str, id: &str, qualifier: &str| Relation {
        kind: kind.into(),
        id: id.into(),
        qualifier: qualifier.into(),
    };
    let event = |number: u32, kind: &str, at: &str| ExportEvent {
        id: format!("{key}-{number}"),
        at: at.parse().unwrap(),
        kind: kind.into(),
        actor: Some(text.to_owned()),
        unit: None,
        payload: json!({"text": text, "number": number, "nested": [null, true, 1.5]}),
        relations: vec![relation("unit", "Support", "owner")],
    };
    ExportTicket {
        key: key.into(),
        opened_at: "2026-01-02T03:04:05.678Z".parse().unwrap(),
        subject: text.to_owned(),
        requester: None,
        service: Some("Printing".into()),
        priority: Some(2),
        payload: json!({"beneficiary": text}),
        relations: vec![relation("ticket", "1", "blocks")],
        events: vec![
            event(1, "opened", "2026-01-02T03:04:05.678Z"),
            event(2, "solved", "2026-01-02T03:04:05.678901234Z"),
        ],
    }
}

fn again(format: Format, write: Write, tickets: &[ExportTicket]) -> Vec<ExportTicket> {
    let mut output = Vec::new();
    let written = write(&mut output, tickets.to_vec()).unwrap();
    let events: usize = tickets.iter().map(|ticket| ticket.events.len()).sum();
    assert_eq!(written, events as u64);
    let source = Source::from_bytes("log", output).unwrap();
    assert_eq!(source.format(), format);
    let mapping = profile::by_name("throughline", format).unwrap();
    let entries = read(source, &mapping, &TimeZone::UTC).unwrap();
    let (tickets, rejects) = restore(entries).unwrap();
    assert_eq!(rejects, []);
    tickets
}

#[test]
fn every_format_gives_the_same_tickets_back() {
    let tickets = [
        ticket("1", "=HYPERLINK(\"http://x\")"),
        ticket("2", "two\r\nlines\t\"quoted\" <b>&amp;</b> '=x \u{1}\u{ffff} \u{1f600}"),
        ticket("3", ""),
    ];
    for (format, write) in WRITERS {
        assert_eq!(again(format, write, &tickets), tickets, "{format:?}");
    }
}

#[test]
fn our_files_are_also_a_log_of_cases() {
    for (format, write) in WRITERS {
        let mut output = Vec::new();
        write(&mut output, vec![ticket("1", "hello"), ticket("2", "world")]).unwrap();
        let source = Source::from_bytes("log", output).unwrap();
        let mapping = profile::by_name("throughline", format).unwrap();
        let entries = read(source, &mapping, &TimeZone::UTC).unwrap();
        let assembly = case::assemble(entries, &mapping, &TimeZone::UTC).unwrap();
        let keys: Vec<&str> = assembly.cases.iter().map(|case| case.key.as_str()).collect();
        assert_eq!(keys, ["1", "2"]);
        assert_eq!(&*assembly.cases[0].steps[1].activity, "solved");
        assert_eq!(assembly.cases[0].steps[0].person.as_deref(), Some("hello"));
    }
}

#[test]
fn no_cell_of_the_csv_starts_a_formula() {
    let mut output = Vec::new();
    csv::write(&mut output, vec![ticket("=1", "@SUM(1)"), ticket("-2", "\t=x")]).unwrap();
    let mut reader = ::csv::Reader::from_reader(output.as_slice());
    for record in reader.records() {
        for cell in record.unwrap().iter() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
}

#[test]
fn ocel_names_every_type_and_object_it_uses() {
    let mut output = Vec::new();
    ocel::write(&mut output, vec![ticket("7", "hello")]).unwrap();
    let log: serde_json::Value = serde_json::from_slice(&output).unwrap();
    let names = |list: &str, name: &str| -> Vec<String> {
        let list = log[list].as_array().unwrap();
        list.iter().map(|item| item[name].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("objectTypes", "name"), ["ticket", "unit"]);
    assert_eq!(names("eventTypes", "name"), ["opened", "solved"]);
    assert_eq!(names("objects", "id"), ["ticket:7", "ticket:1", "unit:Support"]);
    assert_eq!(log["events"][0]["relationships"][0]["objectId"], "ticket:7");
}

#[test]
fn a_ticket_without_events_is_refused() {
    for (_, write) in WRITERS {
        let empty = ExportTicket { events: Vec::new(), ..ticket("1", "x") };
        assert!(matches!(write(&mut Vec::new(), vec![empty]), Err(Error::NoEvents { .. })));
    }
}

#[test]
fn a_row_whose_ticket_is_not_ours_is_rejected() {
    let text =
        "case:concept:name,concept:name,time:timestamp,org:resource,org:group\n1,opened,2026-01-01,,\n";
    let source = Source::from_bytes("log", text).unwrap();
    let mapping = profile::by_name("throughline", Format::Csv).unwrap();
    let (tickets, rejects) = restore(read(source, &mapping, &TimeZone::UTC).unwrap()).unwrap();
    assert_eq!((tickets.len(), rejects.len()), (0, 1));
}

proptest! {
    #[test]
    fn a_guarded_cell_is_safe_and_comes_back(cell in "['=+@a\\-\t\r]{0,5}") {
        let safe = guarded(&cell);
        prop_assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r']));
        prop_assert_eq!(unguarded(&safe), cell.as_str());
    }

    #[test]
    fn any_text_travels_through_every_format(text in "\\PC{0,12}|[\\x00-\\x7f]{0,12}") {
        let tickets = [ticket("1", &text)];
        for (format, write) in WRITERS {
            prop_assert_eq!(again(format, write, &tickets), tickets.clone());
        }
    }
}
