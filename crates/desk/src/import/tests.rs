//! Logs go in, and come out the same.

mod bad_input;
mod killed;
mod public_logs;
mod round_trip;
mod worked_example;

use std::collections::BTreeMap;

use domain::custody::{self, Custody, Holder};
use domain::event::Event;
use domain::id::TicketId;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::{Db, WallClock};

use super::{Log, Outcome, log};
use crate::act::Desk;
use crate::eventlog::mapping::Meaning;
use crate::eventlog::{Mapping, Source};
use crate::{DeskError, recompute};

fn now() -> Timestamp {
    "2026-11-02T09:00:00Z".parse().unwrap()
}

fn desk() -> Desk {
    desk_at("sqlite::memory:")
}

fn desk_at(database: &str) -> Desk {
    let db = Db::open(database, store::migrations::ALL).unwrap();
    Desk::new(db, WallClock::fixed(now()))
}

fn mapping() -> Mapping {
    let states = [
        ("work", Meaning::Working),
        ("ask", Meaning::WaitingForRequester),
        ("order", Meaning::WaitingForSupplier),
        ("done", Meaning::Solved),
        ("end", Meaning::Closed),
        ("say", Meaning::Nothing),
    ];
    Mapping {
        states: states.map(|(word, meaning)| (word.to_owned(), meaning)).into(),
        unit: Some("unit".into()),
        person: Some("person".into()),
        requester: Some("asker".into()),
        ..Mapping::of("case", "what", "when")
    }
}

const HEADER: &str = "case,what,when,unit,person,asker,extra\n";

fn import(desk: &Desk, text: impl Into<Vec<u8>>) -> Outcome {
    import_as(desk, text, false, &|| false)
}

fn import_as(desk: &Desk, text: impl Into<Vec<u8>>, dry_run: bool, cancelled: &dyn Fn() -> bool) -> Outcome {
    let source = Source::from_bytes("small", text).unwrap();
    let request = Log { source, name: "small".to_owned(), mapping: mapping(), zone: TimeZone::UTC, dry_run };
    log(desk, request, &mut |_| {}, cancelled).unwrap()
}

/// The events of every ticket, by its number.
fn events(desk: &Desk) -> BTreeMap<i64, Vec<Event>> {
    desk.look_now(|look| {
        let mut all: BTreeMap<TicketId, Vec<(i64, Event)>> = BTreeMap::new();
        store::event::each_by_ticket(look.tx, |position, event| {
            if let Some(parent) = event.parent
                && custody_counts(&event)
            {
                all.entry(parent).or_default().push((position, event.clone()));
            }
            all.entry(event.ticket).or_default().push((position, event));
        })?;
        let mut by_number = BTreeMap::new();
        for (ticket, mut events) in all {
            events.sort_by_key(|(position, _)| *position);
            let number = store::export::number(look.tx, ticket)?.unwrap_or_default();
            by_number.insert(number, events.into_iter().map(|(_, event)| event).collect());
        }
        Ok::<_, DeskError>(by_number)
    })
    .unwrap()
}

fn custody_counts(event: &Event) -> bool {
    matches!(event.fact, domain::event::Fact::Asked(_) | domain::event::Fact::Closed { .. })
}

fn custody_of(events: &[Event]) -> Custody {
    let ticket = events
        .iter()
        .find(|event| matches!(event.fact, domain::event::Fact::Opened(_) | domain::event::Fact::Asked(_)))
        .map(|event| event.ticket)
        .unwrap();
    custody::fold(ticket, events, now()).unwrap()
}

fn kinds(events: &[Event]) -> Vec<&'static str> {
    events.iter().map(|event| event.fact.name()).collect()
}

fn head(desk: &Desk) -> (i64, [u8; 32]) {
    desk.look_now(|look| Ok::<_, DeskError>(store::event::head(look.tx)?)).unwrap()
}

fn raw_count(desk: &Desk) -> i64 {
    desk.look_now(|look| Ok::<_, DeskError>(store::imported::raw_count(look.tx)?)).unwrap()
}

fn assert_clean(desk: &Desk) {
    let report = recompute::check(desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:#?}", report.differences);
}

const STORY: &str = "case,what,when,unit,person,asker,extra\n\
    A,work,2026-03-02T08:00:00Z,Desk,,Ada,1\n\
    A,work,2026-03-02T09:00:00Z,Desk,Ben,Ada,2\n\
    A,ask,2026-03-02T10:00:00Z,Network,Cid,Ada,3\n\
    A,say,2026-03-02T10:30:00Z,,,Ada,4\n\
    A,work,2026-03-02T12:00:00Z,,,Ada,5\n\
    A,done,2026-03-02T15:00:00Z,Desk,Ben,Ada,6\n\
    A,end,2026-03-09T15:00:00Z,,,Ada,7\n\
    B,order,2026-03-02T08:00:00Z,,,,8\n";

#[test]
fn a_row_is_one_event_and_what_it_says_besides_is_derived_before_it() {
    let desk = desk();
    let outcome = import(&desk, STORY);
    assert_eq!((outcome.cases_new, outcome.rows, outcome.rejects.len()), (2, 8, 0));
    let events = events(&desk);
    let story: Vec<&Event> = events[&1001].iter().collect();
    let want = [
        "opened",
        "assigned",
        "transferred",
        "wait_started",
        "logged",
        "wait_ended",
        "transferred",
        "solved",
        "closed",
    ];
    assert_eq!(kinds(&events[&1001]), want);
    assert_eq!(kinds(&events[&1002]), ["opened", "wait_started"]);
    assert_eq!(raw_count(&desk), 8);
    assert_eq!(outcome.events, 11);
    let raw = desk
        .look_now({
            let ticket = story[0].ticket;
            move |look| Ok::<_, DeskError>(store::imported::raw_of_ticket(look.tx, ticket)?)
        })
        .unwrap();
    let lines: Vec<u64> = raw.iter().map(|raw| raw.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8]);
    assert!(raw[1].fields.contains("\"extra\":\"2\""), "{}", raw[1].fields);
    assert_clean(&desk);
}

#[test]
fn custody_follows_the_unit_the_person_and_the_waits_of_the_rows() {
    let desk = desk();
    import(&desk, STORY);
    let custody = custody_of(&events(&desk)[&1001]);
    let hours: Vec<(i64, Holder)> = custody
        .segments
        .iter()
        .map(|segment| (segment.elapsed().as_hours(), segment.holder.clone()))
        .collect();
    let owner = |queued| Holder::Owner { queued };
    let want = [
        (1, owner(true)),
        (1, owner(false)),
        (2, Holder::Requester),
        (3, owner(false)),
        (168, Holder::Administrative),
    ];
    assert_eq!(hours, want);
    let units = custody.owners.iter().map(|span| span.unit).collect::<Vec<_>>();
    assert_eq!((units.len(), units[0] == units[3], units[0] == units[2]), (4, true, false));
}

#[test]
fn the_same_log_again_changes_nothing() {
    let desk = desk();
    import(&desk, STORY);
    let before = head(&desk);
    let again = import(&desk, STORY);
    assert_eq!((again.cases_new, again.cases_known, again.events), (0, 2, 0));
    assert!(again.created.people.is_empty() && again.created.units.is_empty());
    assert_eq!(head(&desk), before);
}

#[test]
fn a_case_that_has_grown_goes_on_where_it_ended() {
    let whole = desk();
    import(&whole, STORY);
    let desk = desk();
    let first: String = STORY.split_inclusive('\n').take(5).collect();
    import(&desk, first);
    let outcome = import(&desk, STORY);
    assert_eq!((outcome.cases_new, outcome.cases_known, outcome.cases_grown), (1, 0, 1));
    assert_eq!((outcome.rows, raw_count(&desk)), (4, 8));
    assert_eq!(kinds(&events(&desk)[&1001]), kinds(&events(&whole)[&1001]));
    let spans = |desk: &Desk| {
        let custody = custody_of(&events(desk)[&1001]);
        custody
            .segments
            .into_iter()
            .map(|segment| (segment.from, segment.to, segment.holder))
            .collect::<Vec<_>>()
    };
    assert_eq!(spans(&desk), spans(&whole));
    assert_clean(&desk);
}

#[test]
fn a_case_whose_earlier_rows_differ_is_refused_and_left_alone() {
    let desk = desk();
    import(&desk, STORY);
    let before = head(&desk);
    let outcome = import(&desk, STORY.replace("Network", "Net work"));
    assert_eq!((outcome.cases_known, outcome.rejects.len()), (1, 1));
    assert!(outcome.rejects[0].reason.contains("earlier rows"), "{}", outcome.rejects[0].reason);
    let fewer: String = STORY.split_inclusive('\n').take(5).collect();
    assert!(import(&desk, fewer).rejects[0].reason.contains("7 rows and has 4 now"));
    // The new name of the unit was noted before the case was looked at; nothing else changed.
    let count = |desk: &Desk| events(desk).values().map(Vec::len).sum::<usize>();
    assert_eq!(count(&desk), 11);
    assert!(head(&desk).0 >= before.0);
}

#[test]
fn a_dry_run_says_what_would_happen_and_writes_nothing() {
    let desk = desk();
    let outcome = import_as(&desk, STORY, true, &|| false);
    assert_eq!((outcome.cases_new, outcome.rows, outcome.events), (2, 8, 11));
    assert_eq!(outcome.created.units, ["Desk", "Network", "No unit named (small)"]);
    assert_eq!(outcome.created.people, ["Ada", "Ben", "Cid", "Unknown (small)"]);
    assert_eq!(outcome.created.suppliers, ["Unknown supplier (small)"]);
    assert_eq!(head(&desk).0, 0);
    assert!(desk.look_now(|look| Ok::<_, DeskError>(look.catalogue.units.is_empty())).unwrap());
}

#[test]
fn an_import_that_was_cut_off_goes_on_to_the_same_end() {
    let text = many(2_400);
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("desk.db").display());
    let looks = std::cell::Cell::new(0);
    let cut = import_as(&desk_at(&database), text.clone(), false, &|| {
        looks.set(looks.get() + 1);
        looks.get() > 1
    });
    assert!(cut.cancelled);
    let resumed = desk_at(&database);
    assert_clean(&resumed);
    let rest = import(&resumed, text.clone());
    assert_eq!(cut.cases_new, rest.cases_known);
    assert_eq!(cut.cases_new + rest.cases_new, 2_400);
    assert!(rest.created.people.is_empty(), "nobody is created twice");
    assert_eq!(raw_count(&resumed), 9_600);
    assert_clean(&resumed);
    let whole = desk();
    import(&whole, text);
    assert_eq!(told(&resumed), told(&whole));
}

/// Cases of four rows each.
fn many(cases: u32) -> String {
    let mut text = HEADER.to_owned();
    for case in 0..cases {
        for (minute, what) in ["work", "ask", "work", "done"].into_iter().enumerate() {
            let (unit, person, asker) = (case % 7, case % 5, case % 3);
            text.push_str(&format!(
                "{case},{what},2026-03-02T08:0{minute}:00Z,Unit {unit},P {person},R {asker},x\n"
            ));
        }
    }
    text
}

/// What happened to each ticket and when, without the ids, which differ from run to run.
fn told(desk: &Desk) -> Vec<Vec<(Timestamp, &'static str)>> {
    let of = |events: Vec<Event>| events.iter().map(|event| (event.at, event.fact.name())).collect();
    events(desk).into_values().map(of).collect()
}
