//! Out and in again: an empty desk gets the same tickets, the same custody and the same ledgers.

use std::collections::BTreeMap;

use domain::event::{Detail, Event, Fact};
use domain::id::TicketId;
use domain::ledger;
use jiff::tz::TimeZone;

use super::{assert_clean, desk, events, import, now};
use crate::act::Desk;
use crate::eventlog::{Format, Source, profile};
use crate::export::{self, Choice, Words};
use crate::import::{Log, Outcome, log};

fn out_and_in(from: &Desk, format: Format) -> (Desk, Outcome) {
    let mut file = Vec::new();
    export::run(from, format, Choice::All, Words::LeftOut, &mut file, &mut |_| {}).unwrap();
    let to = desk();
    let outcome = into(&to, format, file.clone());
    let again = into(&to, format, file);
    assert_eq!((again.cases_new, again.cases_known), (0, outcome.cases_new));
    (to, outcome)
}

fn into(desk: &Desk, format: Format, file: Vec<u8>) -> Outcome {
    let source = Source::from_bytes("ours", file).unwrap();
    assert_eq!(source.format(), format);
    let mapping = profile::by_name("throughline", format).unwrap();
    let request = Log { source, name: "ours".to_owned(), mapping, zone: TimeZone::UTC, dry_run: false };
    log(desk, request, &mut |_| {}, &|| false).unwrap()
}

fn assert_same(left: &Desk, right: &Desk) {
    let (left, right) = (events(left), events(right));
    assert_eq!(left.len(), right.len());
    let all = |events: &BTreeMap<i64, Vec<Event>>| -> Vec<Event> {
        let mut all: Vec<Event> = events.values().flatten().cloned().collect();
        all.sort_by_key(|event| (event.at, event.id));
        all.dedup_by_key(|event| event.id);
        all
    };
    let (old_lines, new_lines) = (ledger::lines(&all(&left), now()), ledger::lines(&all(&right), now()));
    assert_eq!(old_lines.len(), new_lines.len());
    for (number, events) in &left {
        assert_eq!(known_anywhere(events), right[number], "{number}");
        let ticket: TicketId = events
            .iter()
            .find(|event| super::custody_counts(event) || event.fact.name() == "opened")
            .map(|event| event.ticket)
            .unwrap();
        assert_eq!(super::custody_of(events), super::custody_of(&right[number]), "{number}");
        assert_eq!(ledger::charge(&old_lines, ticket), ledger::charge(&new_lines, ticket), "{number}");
    }
}

/// A status is a name of the desk where it was made: elsewhere, that something was said is all that comes.
fn known_anywhere(events: &[Event]) -> Vec<Event> {
    let mut events = events.to_vec();
    for event in &mut events {
        if matches!(event.fact, Fact::Detailed(Detail::StatusSet { .. })) {
            event.fact = Fact::Logged;
        }
    }
    events
}

#[test]
fn an_imported_log_comes_back_the_same_in_every_format() {
    let from = desk();
    import(&from, super::STORY);
    for format in [Format::Csv, Format::Xes, Format::Ocel] {
        let (to, outcome) = out_and_in(&from, format);
        assert_eq!((outcome.cases_new, outcome.rows, outcome.rejects.len()), (2, 8, 0), "{format:?}");
        assert_same(&from, &to);
        assert_clean(&to);
    }
}

#[test]
fn a_desk_with_hand_offs_of_every_kind_comes_back_the_same() {
    let from = desk();
    let options = crate::demo::Options { tickets: 60, seed: 7, now: now() };
    crate::demo::build(&from, &options, &mut |_, _| {}).unwrap();
    assert_clean(&from);
    for format in [Format::Csv, Format::Ocel] {
        let (to, outcome) = out_and_in(&from, format);
        assert!(outcome.rejects.is_empty(), "{:?}", outcome.rejects);
        assert_same(&from, &to);
        assert_clean(&to);
    }
}

#[test]
fn a_part_of_the_incident_log_comes_back_the_same() {
    let from = desk();
    let path = "incident-servicenow-uci/incident_event_log.csv.zst";
    if super::public_logs::imported(&from, "uci", path).is_none() {
        return;
    }
    let some = from
        .look_now(|look| Ok::<_, crate::DeskError>(store::export::after(look.tx, TicketId(i64::MIN), 300)?))
        .unwrap();
    let these = some.subjects.into_iter().map(|(id, _)| id).collect();
    let mut file = Vec::new();
    export::run(&from, Format::Csv, Choice::These(these), Words::LeftOut, &mut file, &mut |_| {}).unwrap();
    let to = desk();
    let outcome = into(&to, Format::Csv, file);
    assert_eq!((outcome.cases_new, outcome.rejects.len()), (300, 0));
    let verdicts = |desk: &Desk| {
        let verdicts = desk.look_now(|look| {
            let tickets = store::export::after(look.tx, TicketId(i64::MIN), 300)?.subjects;
            let one = |(ticket, _)| store::imported::kept(look.tx, ticket);
            Ok::<_, crate::DeskError>(tickets.into_iter().map(one).collect::<Result<Vec<_>, _>>()?)
        });
        verdicts.unwrap()
    };
    assert_eq!(verdicts(&from), verdicts(&to));
    assert!(verdicts(&to).contains(&Some(false)));
    let (old, new) = (events(&from), events(&to));
    for (number, events) in &new {
        assert_eq!(events, &old[number], "{number}");
    }
    assert_clean(&to);
}
