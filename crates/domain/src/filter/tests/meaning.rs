//! What a filter means for one ticket, in the calendar of whoever looks.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::affiliation::Class;
use crate::event::WaitOn;
use crate::filter::facts::Somebody;
use crate::filter::reach::Reach;
use crate::filter::value::Word;
use crate::filter::words::{Wanted, question};
use crate::filter::{Facts, Standpoint, Test, Wrong, read};
use crate::id::{OrganisationId, PersonId, ServiceId, StatusId, TicketId, UnitId};
use crate::priority::Priority;
use crate::status::{Category, Status};
use crate::tag::Tag;
use crate::ticket::{Kind, State};

const ME: PersonId = PersonId(7);
const SUPPORT: UnitId = UnitId(1);
const WAREHOUSE: UnitId = UnitId(2);
const UNITS: [(UnitId, &str); 3] =
    [(SUPPORT, "Customer Support"), (WAREHOUSE, "Warehouse"), (UnitId(3), "Warehouse Night")];
const SERVICES: [(ServiceId, &str); 2] = [(ServiceId(1), "Returns"), (ServiceId(2), "Repairs")];

/// One for complaints, one for everything else that is called alike, and one of a name that is a state, too.
pub(super) fn statuses() -> [Status; 3] {
    [(1, "In review", Some(Kind::Complaint)), (2, "in Review", None), (3, "Open", None)].map(
        |(id, name, kind)| {
            let (category, outside, retired) = (Category::Open, None, id == 1);
            Status { id: StatusId(id), name: name.to_owned(), kind, category, outside, retired }
        },
    )
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Tuesday, 24 November 2026, noon in Berlin.
fn now() -> Timestamp {
    at("2026-11-24T11:00:00Z")
}

fn test_in(zone: &str, now: Timestamp, text: &str) -> Result<Test, Vec<Wrong>> {
    let zone = TimeZone::get(zone).unwrap();
    let from = Standpoint {
        now,
        zone: &zone,
        me: ME,
        my_units: &[SUPPORT],
        units: &UNITS,
        services: &SERVICES,
        customs: &[],
        statuses: &statuses(),
    };
    read(text, &from)
        .map(|(_, test)| test)
        .map_err(|faults| faults.into_iter().map(|fault| fault.wrong).collect())
}

fn test(text: &str) -> Test {
    test_in("Europe/Berlin", now(), text).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"))
}

fn somebody(id: i64, name: &str, address: &str) -> Somebody {
    Somebody { id: PersonId(id), name: name.to_owned(), address: Some(address.to_owned()) }
}

/// A plain open ticket; each test says what differs.
fn ticket() -> Facts {
    Facts {
        id: TicketId(42),
        number: 1042,
        state: State::Open,
        unit: SUPPORT,
        holder: None,
        requester: somebody(20, "Ana Rivera", "ana@contoso.example"),
        organisation: Some("Contoso Ltd".to_owned()),
        service: ServiceId(1),
        kind: Kind::Question,
        class: Class::External,
        priority: Priority::P3,
        due_at: Some(at("2026-11-24T13:00:00Z")),
        opened_at: at("2026-11-23T09:00:00Z"),
        changed_at: at("2026-11-24T10:30:00Z"),
        solved_at: None,
        unanswered_since: Some(at("2026-11-24T10:30:00Z")),
        waiting: None,
        handoffs_open: 0,
        handoff: false,
        confidential: false,
        escalated: false,
        bounced: false,
        reopened: false,
        snoozed: false,
        merged: false,
        rating: None,
        unread: false,
        draft: false,
        status: None,
        tags: Vec::new(),
        links: Vec::new(),
        answers: Vec::new(),
    }
}

#[track_caller]
fn holds(ticket: &Facts, texts: &[&str]) {
    for text in texts {
        assert!(test(text).matches(ticket), "{text} should hold");
    }
}

#[track_caller]
fn fails(ticket: &Facts, texts: &[&str]) {
    for text in texts {
        assert!(!test(text).matches(ticket), "{text} should not hold");
    }
}

#[test]
fn everything_passes_a_filter_that_asks_nothing() {
    holds(&ticket(), &[""]);
}

#[test]
fn states_flags_and_closed_words() {
    holds(
        &ticket(),
        &["is:open", "-is:done", "is:solved or is:open", "is:unanswered", "kind:question,problem"],
    );
    fails(
        &ticket(),
        &["is:solved", "is:done", "is:confidential", "is:handoff", "is:blocks", "class:internal"],
    );
    holds(&ticket(), &["class:outside", "priority:3", "priority:>2", "priority:2..4", "priority:1,normal"]);
    fails(&ticket(), &["priority:<3", "priority:1..2", "priority:<1", "priority:>4"]);
    holds(&Facts { rating: Some(4), ..ticket() }, &["rating:4", "rating:>3", "-rating:none", "rating:..4"]);
    fails(&ticket(), &["rating:1..5", "-rating:none"]);
    holds(&ticket(), &["number:1042", "number:1000..1100", "number:>=1042", "-number:1"]);
    holds(
        &Facts { unread: true, draft: true, ..ticket() },
        &["is:unread", "is:draft", "unread:yes -draft:no"],
    );
    fails(&ticket(), &["is:unread", "draft:yes"]);
    let handoff = Facts { handoff: true, ..ticket() };
    holds(&handoff, &["is:handoff", "is:blocks", "blocks:yes"]);
    fails(&Facts { state: State::Closed, ..handoff }, &["is:blocks"]);
}

#[test]
fn names_begin_so_and_in_quotes_are_whole() {
    holds(
        &ticket(),
        &["from:ana", "from:ANA", "from:contoso", "organisation:con", "from:ana@contoso.example"],
    );
    holds(&ticket(), &["from:\"Ana Rivera\"", "organisation:\"contoso ltd\"", "-organisation:none"]);
    fails(
        &ticket(),
        &["from:rivera", "from:\"Ana\"", "organisation:ana", "from:bob,eve", "from:ana@other.example"],
    );
    holds(&Facts { organisation: None, ..ticket() }, &["organisation:none"]);
    let night = Facts { unit: UnitId(3), ..ticket() };
    holds(&night, &["unit:warehouse", "unit:\"Warehouse Night\"", "-unit:mine"]);
    fails(&night, &["unit:\"Warehouse\"", "unit:mine"]);
    holds(&ticket(), &["unit:mine", "service:returns", "service:re"]);
    fails(&ticket(), &["service:repairs"]);
}

#[test]
fn me_is_whoever_looks() {
    let mine = Facts { holder: Some(somebody(7, "Mia Me", "mia@example.org")), ..ticket() };
    holds(&mine, &["is:mine", "holder:me", "holder:mia", "-is:unassigned", "holder:me,nobody"]);
    fails(&mine, &["holder:nobody", "holder:\"me\""]);
    holds(&ticket(), &["is:unassigned", "holder:me,nobody", "-is:mine"]);
}

#[test]
fn a_ticket_waits_for_us_when_it_waits_for_nobody_else() {
    holds(&ticket(), &["waiting:us", "-is:waiting"]);
    let asked = Facts { waiting: Some(WaitOn::Requester), handoffs_open: 1, ..ticket() };
    holds(&asked, &["waiting:customer", "waiting:inside", "is:waiting", "is:blocked", "-waiting:us"]);
    let supplier = Facts { waiting: Some(WaitOn::Supplier(OrganisationId(1))), ..ticket() };
    holds(&supplier, &["waiting:supplier", "-waiting:requester,date,inside,us"]);
    let agreed = Facts { waiting: Some(WaitOn::Agreed { until: now() }), ..ticket() };
    holds(&agreed, &["waiting:date"]);
    fails(&Facts { state: State::Solved, ..ticket() }, &["waiting:us"]);
}

#[test]
fn a_length_runs_ahead_for_what_is_due_and_back_for_what_was() {
    // Due in two hours, opened 26 hours ago, changed and unanswered for half an hour.
    holds(&ticket(), &["due:<=2h", "due:2h", "due:<3h", "due:>1h", "due:1h..3h", "due:3h..1h"]);
    fails(&ticket(), &["due:<2h", "due:>2h", "is:overdue", "due:none"]);
    holds(&ticket(), &["opened:>1d", "opened:<27h", "opened:26h", "opened:1d..2d", "changed:<=30m"]);
    fails(&ticket(), &["opened:<1d", "opened:>26h", "changed:<30m", "unanswered:>30m", "unanswered:>2h"]);
    holds(&ticket(), &["unanswered:>=30m", "unanswered:>20min", "unanswered:no,>10m"]);
    let late = Facts { due_at: Some(at("2026-11-24T10:59:59Z")), ..ticket() };
    holds(&late, &["is:overdue", "due:<2h", "due:now..2h,<now"]);
    holds(&Facts { due_at: None, ..ticket() }, &["due:none", "-due:<2h", "-due:>2h"]);
}

#[test]
fn days_are_those_of_the_viewers_calendar() {
    // Ten minutes past midnight in Berlin is still yesterday in London.
    let early = Facts { opened_at: at("2026-11-23T23:10:00Z"), ..ticket() };
    let opened_today = |zone| test_in(zone, now(), "opened:today").unwrap().matches(&early);
    assert!(opened_today("Europe/Berlin"));
    assert!(!opened_today("Europe/London"));
    holds(&ticket(), &["opened:yesterday", "opened:2026-11-23", "opened:2026-11", "opened:this-week"]);
    holds(&ticket(), &["opened:<today", "opened:<=yesterday", "opened:>2026-11-22", "opened:>=2026-11-23"]);
    holds(&ticket(), &["opened:2026-11-01..2026-11-23", "opened:last-week..yesterday", "opened:this-month"]);
    fails(&ticket(), &["opened:last-week", "opened:>yesterday", "opened:last-month", "opened:..2026-11-22"]);
    holds(&ticket(), &["due:<tomorrow", "due:today..next-week", "due:<=this-week", "-due:next-month"]);
}

#[test]
fn a_day_of_the_change_of_clocks_begins_and_ends_at_midnight() {
    let now = at("2026-10-25T20:00:00Z");
    let today = test_in("Europe/Berlin", now, "opened:today").unwrap();
    for (opened, is_today) in [
        ("2026-10-24T21:59:59Z", false),
        ("2026-10-24T22:00:00Z", true),
        ("2026-10-25T22:59:59Z", true),
        ("2026-10-25T23:00:00Z", false),
    ] {
        assert_eq!(today.matches(&Facts { opened_at: at(opened), ..ticket() }), is_today, "{opened}");
    }
}

#[test]
fn a_midnight_that_does_not_exist_is_the_first_moment_of_its_day() {
    // In Beirut the clocks went from 00:00 to 01:00 on 29 March 2026.
    let now = at("2026-03-29T12:00:00Z");
    let today = test_in("Asia/Beirut", now, "opened:today").unwrap();
    assert!(today.matches(&Facts { opened_at: at("2026-03-28T22:00:00Z"), ..ticket() }));
    assert!(!today.matches(&Facts { opened_at: at("2026-03-28T21:59:59Z"), ..ticket() }));
}

#[test]
fn units_and_services_that_nobody_sees_are_told_and_people_are_not() {
    let wrong = test_in("UTC", now(), "unit:warehuose service:xyz").unwrap_err();
    let unit = Wrong::NoSuchUnit { name: "warehuose".to_owned(), meant: Some("Warehouse".to_owned()) };
    assert_eq!(wrong, [unit, Wrong::NoSuchService { name: "xyz".to_owned(), meant: None }]);
    assert!(test_in("UTC", now(), "from:nobody-of-this-name holder:nor-this").is_ok());
}

#[test]
fn words_that_stand_beside_each_other_are_asked_for_together() {
    let mut asked = Vec::new();
    let mut find = |words: &[Word], wanted: Wanted| {
        asked.push((question(words), wanted));
        Ok::<_, ()>(BTreeSet::from([TicketId(42)]))
    };
    let found = test("blue is:open \"not there\" -(red or green lid)").with_found(&mut find).unwrap();
    assert_eq!(
        asked,
        [
            ("red ".to_owned(), Wanted::Without),
            ("green lid ".to_owned(), Wanted::Without),
            ("blue \"not there\" ".to_owned(), Wanted::With),
        ]
    );
    assert!(!found.has_words() && !found.matches(&ticket()), "what was found is left out by the other words");
    let found = test("blue is:open").with_found(&mut |_, _| Ok::<_, ()>(BTreeSet::from([TicketId(42)])));
    assert!(found.unwrap().matches(&ticket()));
    assert!(test("blue").has_words() && !test("blue").matches(&ticket()), "nobody looked yet");
}

#[test]
fn a_filter_knows_how_far_it_reaches() {
    for (text, reach) in [
        ("", Reach::All),
        ("is:open", Reach::Open),
        ("-is:done", Reach::Open),
        ("waiting:us", Reach::Open),
        ("is:mine is:closed", Reach::Done),
        ("is:open,solved", Reach::All),
        ("is:open kind:problem or is:open due:<2h", Reach::Open),
        ("-is:open", Reach::Done),
        ("-is:blocked", Reach::All),
    ] {
        assert_eq!(test(text).reach(), reach, "{text}");
    }
    assert_eq!(test("unit:mine is:open").units(), Some([SUPPORT].into()));
    assert_eq!(test("unit:warehouse unit:\"Warehouse\"").units(), Some([WAREHOUSE].into()));
    assert_eq!(test("unit:mine or unit:\"Warehouse\"").units(), Some([SUPPORT, WAREHOUSE].into()));
    assert_eq!(test("unit:mine or is:open").units(), None);
    assert_eq!(test("-unit:mine").units(), None);
    assert_eq!(test("is:open is:mine").holder(), Some(ME));
    assert_eq!(test("-is:mine").holder(), None);
    assert!(test("is:open is:unassigned").is_untaken());
    assert!(!test("is:open holder:me,nobody").is_untaken());
}

#[test]
fn a_filter_knows_what_only_few_tickets_have() {
    let anchors = |text: &str| test(text).anchors().map(|anchors| anchors.len());
    assert_eq!(anchors("is:open from:ana"), Some(2), "a person, or an organisation");
    assert_eq!(anchors("from:ana,bob"), Some(4));
    assert_eq!(anchors("number:1042 is:open"), Some(1));
    assert_eq!(anchors("organisation:contoso or number:1..9"), Some(2));
    for text in ["", "is:open", "from:ana or is:open", "-from:ana", "number:>=1042", "organisation:none"] {
        assert_eq!(anchors(text), None, "{text}");
    }
}

#[test]
fn the_states_of_a_deeply_nested_filter_are_found_at_once() {
    let leaf = || Test::State(vec![State::Open]);
    let nested =
        (0..60).fold(leaf(), |inner, _| Test::Either(vec![Test::Every(vec![leaf(), inner]), leaf()]));
    assert_eq!(nested.reach(), Reach::Open);
}

#[test]
fn a_tag_is_had_under_each_name_that_it_has() {
    let tags = ["returns", "send-backs"].map(Tag::kept).into();
    holds(&Facts { tags, ..ticket() }, &["tag:returns", "tag:Send_Backs,other", "tag:#returns", "-tag:none"]);
    holds(&ticket(), &["tag:none", "-tag:returns", "tag:none,returns"]);
    fails(&ticket(), &["tag:returns", "-tag:none"]);
}

#[test]
fn a_status_is_found_by_its_name_under_each_kind_and_a_bare_state_stays_a_state() {
    let review = Facts { status: Some(StatusId(2)), ..ticket() };
    holds(&review, &["status:in", "status:\"In Review\"", "-status:none", "status:none,\"in review\""]);
    fails(&review, &["status:none", "status:\"open\"", "-status:in"]);
    holds(&Facts { status: Some(StatusId(1)), ..ticket() }, &["status:in"]);
    holds(&ticket(), &["status:none", "status:open", "status:open,\"in review\""]);
    fails(&ticket(), &["status:\"open\"", "status:solved"]);
    let wrong = test_in("Europe/Berlin", now(), "status:\"in reviw\"").unwrap_err();
    let meant = Some("in Review".to_owned());
    assert_eq!(wrong, [Wrong::NoSuchStatus { name: "in reviw".to_owned(), meant }]);
}
