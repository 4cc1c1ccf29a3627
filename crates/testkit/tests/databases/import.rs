//! An imported log is the same on every database, and what it made follows from its events.

use desk::eventlog::mapping::Meaning;
use desk::eventlog::{Format, Mapping, Source};
use desk::export::{Choice, Words};
use desk::import::{Log, Outcome};
use desk::{Desk, export, import, recompute};
use jiff::tz::TimeZone;
use store::{Db, WallClock};

use crate::place::Place;

const CASES: u64 = 700;
/// Of each case: opened, moved, asked, answered, solved, closed.
const ROWS: [(&str, &str, &str); 6] = [
    ("work", "Desk", "Ada"),
    ("work", "Network", "Ben"),
    ("ask", "Network", "Ben"),
    ("work", "Network", "Cid"),
    ("done", "Desk", "Ada"),
    ("end", "Desk", ""),
];

pub(crate) fn an_imported_log_is_whole_and_follows_from_its_events(place: &Place) {
    let desk = desk(place);
    let first = import(&desk, &text(4));
    assert_eq!((first.cases_new, first.rows), (CASES, CASES * 4));
    let grown = import(&desk, &text(6));
    assert_eq!((grown.cases_grown, grown.rows), (CASES, CASES * 2));
    let again = import(&desk, &text(6));
    assert_eq!((again.cases_known, again.events), (CASES, 0));
    let rows = desk.db.read_now(store::imported::raw_count).unwrap();
    assert_eq!(u64::try_from(rows), Ok(CASES * 6));
    assert_clean(&desk);
}

pub(crate) fn our_own_file_becomes_the_same_tickets(place: &Place) {
    let source = Desk::new(memory(), clock());
    import(&source, &text(6));
    let mut file = Vec::new();
    export::run(&source, Format::Csv, Choice::All, Words::LeftOut, &mut file, &mut |_| {}).unwrap();
    let desk = desk(place);
    let mapping = desk::eventlog::profile::by_name("throughline", Format::Csv).unwrap();
    let outcome = read(&desk, Source::from_bytes("ours", file).unwrap(), mapping);
    assert_eq!((outcome.cases_new, outcome.rows, outcome.rejects.len()), (CASES, CASES * 6, 0));
    assert_clean(&desk);
}

pub(crate) fn what_was_changed_by_hand_is_found_and_repaired(place: &Place) {
    let desk = desk(place);
    import(&desk, &text(3));
    let spoiled = desk.db.write_now(|tx| {
        tx.batch(
            "update ticket set due_at = due_at + 1 where number = 1003; \
             delete from ticket_unit where ticket_id = (select id from ticket where number = 1004); \
             update tally set n = n + 1 where name = 'open'",
        )
    });
    spoiled.unwrap_or_else(|error: store::DbError| panic!("{error}"));
    let found = recompute::check(&desk, |_| {}).unwrap();
    let what: Vec<&str> = found.differences.iter().map(|difference| difference.what.as_str()).collect();
    assert!(what.contains(&"due_at") && what.contains(&"units"), "{what:?}");
    assert!(what.iter().any(|what| what.starts_with("sum (\"open\"")), "{what:?}");
    assert_eq!(recompute::repair(&desk, |_| {}).unwrap().repaired, 2);
    assert_clean(&desk);
}

/// Words leave the desk only when they are asked for; they say who may read them, and do not disturb a return.
pub(crate) fn words_are_written_when_asked_for_and_tell_inside_from_outside(place: &Place) {
    let from = testkit::TestDesk::at(place.url());
    let (support, stock) = (from.unit("Support"), from.unit("Warehouse"));
    let (help, parcels) = (from.service("Help", support), from.service("Parcels", stock));
    let (ada, kim, bo) = (from.customer("Ada"), from.agent("Kim", &[support]), from.agent("Bo", &[stock]));
    let number = from.opens(ada, help, "Parcel", "word-of-the-customer");
    from.notes(kim, number, "word-inside");
    from.replies(kim, number, "word-of-the-agent");
    let asked = from.asks(kim, number, parcels, "Look", "word-to-the-warehouse");
    from.delivers(bo, asked, "word-delivered");
    from.returns(kim, asked, "word-of-the-return");
    from.try_solve(kim, number, "word-why-without").unwrap();
    for format in [Format::Csv, Format::Xes, Format::Ocel] {
        let written = |words| {
            let mut file = Vec::new();
            export::run(&from.desk, format, Choice::All, words, &mut file, &mut |_| {}).unwrap();
            String::from_utf8(file).unwrap()
        };
        assert!(!written(Words::LeftOut).contains("word-"), "{format:?} tells what was not asked for");
        let file =
            written(Words::Written).replace("&quot;", "\"").replace("\"\"", "\"").replace("\\\"", "\"");
        for (word, audience, kind) in [
            ("word-of-the-customer", "public", "message"),
            ("word-inside", "internal", "note"),
            ("word-of-the-agent", "public", "message"),
            ("word-to-the-warehouse", "public", "message"),
            ("word-delivered", "public", "message"),
            ("word-of-the-return", "public", "reason"),
            ("word-why-without", "internal", "reason"),
        ] {
            let said = [r#"{"audience":""#, audience, r#"","kind":""#, kind, r#"","body":""#, word].concat();
            let other = [r#"{"audience":""#, audience, r#"","body":""#, word, r#"","kind":""#, kind].concat();
            assert!(file.contains(&said) || file.contains(&other), "{word} is not told in {format:?}");
            assert_eq!(file.matches(word).count(), 1, "{word} is told twice");
        }
    }
    let mut file = Vec::new();
    export::run(&from.desk, Format::Csv, Choice::All, Words::Written, &mut file, &mut |_| {}).unwrap();
    let to = Desk::new(memory(), clock());
    let mapping = desk::eventlog::profile::by_name("throughline", Format::Csv).unwrap();
    let outcome = read(&to, Source::from_bytes("ours", file).unwrap(), mapping);
    assert_eq!((outcome.cases_new, outcome.rejects.len()), (2, 0));
    assert_clean(&to);
}

/// A column `field.KEY` answers a field; what cannot be an answer is told with its line, and a dry run and the
/// same file again change nothing.
pub(crate) fn answers_come_with_a_log_and_go_with_a_file(place: &Place) {
    let here = testkit::TestDesk::at(place.url());
    colour(&here);
    let header = "case,what,when,unit,person,asker,field.colour";
    let opened =
        "7,work,2026-03-02T10:00:00Z,Desk,Ada,Eve,red\n8,work,2026-03-02T10:00:00Z,Desk,Ada,Eve,mauve";
    let first = format!("{header}\n{opened}\n");
    let tried = import_as(&here.desk, &first, true);
    assert_eq!((tried.cases_new, tried.rejects.len()), (2, 1));
    assert_eq!(colours(&here.desk), [""; 0]);
    let outcome = import(&here.desk, &first);
    assert_eq!((outcome.cases_new, outcome.rejects.len()), (2, 1));
    assert_eq!(outcome.rejects[0].line, 3);
    assert!(outcome.rejects[0].reason.contains("field.colour"), "{}", outcome.rejects[0].reason);
    assert_eq!(colours(&here.desk), ["Red"]);
    let later = format!("{first}8,done,2026-03-02T11:00:00Z,Desk,Ada,Eve,green\n");
    assert_eq!(import(&here.desk, &later).cases_grown, 1);
    assert_eq!(colours(&here.desk), ["Red", "Green"]);
    assert_eq!(import(&here.desk, &later).cases_known, 2);
    assert_eq!(colours(&here.desk), ["Red", "Green"]);
    let mut file = Vec::new();
    export::run(&here.desk, Format::Csv, Choice::All, Words::LeftOut, &mut file, &mut |_| {}).unwrap();
    let to = testkit::TestDesk::new();
    colour(&to);
    let mapping = desk::eventlog::profile::by_name("throughline", Format::Csv).unwrap();
    let outcome = read(&to.desk, Source::from_bytes("ours", file).unwrap(), mapping);
    assert_eq!((outcome.cases_new, outcome.rejects.len()), (2, 0));
    assert_eq!(colours(&to.desk), ["Red", "Green"]);
    assert_clean(&here.desk);
}

fn colour(desk: &testkit::TestDesk) {
    desk.field("colour", |input| {
        input.holds = domain::custom::Type::One;
        input.choices = vec!["Red".to_owned(), "Green".to_owned()];
    });
}

/// What every ticket answers, in the order of tickets.
fn colours(desk: &Desk) -> Vec<String> {
    let read = desk.look_now(|look| {
        let tickets = "select id from ticket order by id";
        let tickets = look.tx.query(tickets, store::params![], |row| row.get::<i64>(0))?;
        let catalogue = std::sync::Arc::clone(&look.catalogue);
        let mut all = Vec::new();
        for ticket in tickets {
            let answers = store::custom::of(look.tx, ticket, &catalogue.customs)?;
            all.extend(answers.values().flat_map(|value| value.written(&catalogue.customs[0])));
        }
        Ok(all)
    });
    read.unwrap()
}

fn text(rows: usize) -> String {
    let mut text = "case,what,when,unit,person,asker\n".to_owned();
    for case in 0..CASES {
        for (hour, (what, unit, person)) in ROWS.iter().enumerate().take(rows) {
            text.push_str(&format!(
                "{case},{what},2026-03-02T1{hour}:00:00Z,{unit} {},{person},Asker {}\n",
                case % 3,
                case % 11
            ));
        }
    }
    text
}

fn import(desk: &Desk, text: &str) -> Outcome {
    import_as(desk, text, false)
}

fn import_as(desk: &Desk, text: &str, dry_run: bool) -> Outcome {
    let states = [
        ("work", Meaning::Working),
        ("ask", Meaning::WaitingForRequester),
        ("done", Meaning::Solved),
        ("end", Meaning::Closed),
    ];
    let mapping = Mapping {
        states: states.map(|(word, meaning)| (word.to_owned(), meaning)).into(),
        unit: Some("unit".into()),
        person: Some("person".into()),
        requester: Some("asker".into()),
        ..Mapping::of("case", "what", "when")
    };
    read_as(desk, Source::from_bytes("made", text).unwrap(), mapping, dry_run)
}

fn read(desk: &Desk, source: Source, mapping: Mapping) -> Outcome {
    read_as(desk, source, mapping, false)
}

fn read_as(desk: &Desk, source: Source, mapping: Mapping, dry_run: bool) -> Outcome {
    let name = source.name().to_owned();
    let log = Log { source, name, mapping, zone: TimeZone::UTC, dry_run };
    import::log(desk, log, &mut |_| {}, &|| false).unwrap()
}

fn assert_clean(desk: &Desk) {
    let report = recompute::check(desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:#?}", report.differences);
}

fn desk(place: &Place) -> Desk {
    Desk::new(Db::open(place.url(), store::migrations::ALL).unwrap(), clock())
}

fn memory() -> Db {
    Db::open("sqlite::memory:", store::migrations::ALL).unwrap()
}

fn clock() -> WallClock {
    WallClock::fixed("2026-11-02T09:00:00Z".parse().unwrap())
}
