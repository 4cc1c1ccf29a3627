//! Bulk actions: with the rights of each moment, each ticket once, whatever happens to the server, and taken back.

use std::collections::BTreeMap;
use std::sync::Arc;

use desk::bulk_action::{self, BATCH, Chosen, Say};
use desk::open::{Open, Urgency};
use desk::words::{Body, Subject};
use desk::{DeskError, Problem};
use domain::action::Action;
use domain::bulk_action::State;
use domain::event::Fact;
use domain::id::{BulkActionId, PersonId, TicketId, UnitId};
use domain::priority::Priority;
use domain::ticket::Kind;
use jiff::SignedDuration;
use store::bulk_action::BulkAction;
use store::message::Channel;
use testkit::TestDesk;
use testkit::asker::Asker;

fn say() -> Arc<Say> {
    Arc::new(|language, error| format!("{language}: {error}"))
}

pub(crate) fn chosen(desk: &TestDesk, person: PersonId, numbers: &[i64]) -> Chosen {
    let numbers = numbers.to_vec();
    let chosen = desk.desk.look_now(move |look| {
        let viewer = store::access::viewer(look.tx, person)?.unwrap();
        bulk_action::by_number(look, &viewer, &numbers)
    });
    chosen.unwrap()
}

pub(crate) fn begin(desk: &TestDesk, person: PersonId, numbers: &[i64], action: Action) -> BulkActionId {
    let chosen = chosen(desk, person, numbers);
    desk.act(person, move |act, viewer| {
        let bulk = bulk_action::propose(act, viewer, &chosen, &[action], "next")?;
        bulk_action::start(act, viewer, bulk)?;
        Ok(bulk)
    })
    .unwrap()
}

pub(crate) fn run(desk: &TestDesk) {
    while bulk_action::step(&desk.desk, &say()).unwrap() > 0 {}
}

fn read(desk: &TestDesk, person: PersonId, bulk: BulkActionId) -> BulkAction {
    desk.desk
        .look_now(move |look| Ok(store::bulk_action::of_person(look.tx, person, bulk)?.unwrap()))
        .unwrap()
}

/// Its numbers: done, so already, refused.
pub(crate) fn counts(desk: &TestDesk, person: PersonId, bulk: BulkActionId) -> (i64, i64, i64) {
    let counts = read(desk, person, bulk).counts;
    (counts.did, counts.already, counts.refused)
}

struct House {
    kim: PersonId,
    bo: PersonId,
    warehouse: UnitId,
    numbers: Vec<i64>,
}

/// Three tickets in support, where Kim serves, and one in the warehouse.
fn house(desk: &TestDesk, asker: Asker) -> House {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let ada = asker.named(desk, "Ada");
    let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[support, warehouse]));
    let numbers = [help, help, help, stock].map(|service| ada.opens(desk, service, "A lid", "Please look."));
    House { kim, bo, warehouse, numbers: numbers.to_vec() }
}

pub(crate) fn each_ticket_is_acted_on_with_the_rights_of_that_moment(desk: &TestDesk, asker: Asker) {
    let house = house(desk, asker);
    desk.takes(house.kim, house.numbers[0]);
    // Kim does not see the warehouse's ticket: to her there is nothing to choose.
    let bulk = begin(desk, house.kim, &house.numbers, Action::Take);
    assert_eq!(read(desk, house.kim, bulk).counts.tickets, 3);
    let to = house.warehouse;
    desk.with(house.bo, house.numbers[1], move |act, seen| {
        desk::transfer::run(act, seen.serve().ok_or(DeskError::NotAllowed)?, to, "")
    })
    .unwrap();
    run(desk);
    assert_eq!(counts(desk, house.kim, bulk), (1, 1, 1));
    let refused =
        desk.desk.look_now(move |look| Ok(store::bulk_action::refused(look.tx, bulk, -1, 9)?)).unwrap();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].why, "en: you may look at this, but not do that");
    // It is Kim's alone.
    let (bo, hidden) = (house.bo, bulk);
    let others = desk.act(bo, move |act, viewer| bulk_action::cancel(act, viewer, hidden));
    assert!(matches!(others, Err(DeskError::NotFound)));
}

pub(crate) fn what_was_set_is_set_back_where_nobody_changed_it_since(desk: &TestDesk, asker: Asker) {
    let house = house(desk, asker);
    let numbers = &house.numbers[..3];
    let urgent = Action::SetPriority { priority: Priority::P1, reason: "A recall".to_owned() };
    let bulk = begin(desk, house.kim, numbers, urgent);
    run(desk);
    assert_eq!(counts(desk, house.kim, bulk), (3, 0, 0));
    desk.with(house.bo, numbers[1], |act, seen| {
        let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
        desk::priority::change(act, granted, Priority::P2, "Not that urgent")
    })
    .unwrap();
    let undo =
        desk.act(house.kim, move |act, viewer| bulk_action::undo(act, viewer, bulk, "Taken back")).unwrap();
    run(desk);
    assert_eq!(counts(desk, house.kim, undo), (2, 0, 1));
    let priority = |number: i64| {
        let kim = house.kim;
        desk.with(kim, number, |act, seen| {
            Ok(store::ticket::settings(act.tx, seen.ticket)?.unwrap().priority)
        })
        .unwrap()
    };
    assert_eq!(
        numbers.iter().map(|number| priority(*number)).collect::<Vec<_>>(),
        [Priority::P3, Priority::P2, Priority::P3]
    );
    let again = desk.act(house.kim, move |act, viewer| bulk_action::undo(act, viewer, bulk, ""));
    assert!(matches!(again, Err(DeskError::Conflict(Problem::NothingToTakeBack))));
}

pub(crate) fn what_sleeps_wakes_and_answers_are_what_they_were_when_it_is_taken_back(
    desk: &TestDesk,
    asker: Asker,
) {
    let house = house(desk, asker);
    desk.field("colour", |_| {});
    let numbers = &house.numbers[..3];
    desk.answers(house.kim, numbers[0], "colour", "red").unwrap();
    let set = Action::SetField { field: "colour".to_owned(), values: vec!["blue".to_owned()] };
    let sleep = Action::Snooze { until: domain::snooze::Until::After(90) };
    let bulks = [set, sleep].map(|action| {
        let bulk = begin(desk, house.kim, numbers, action);
        run(desk);
        assert_eq!(counts(desk, house.kim, bulk), (3, 0, 0));
        bulk
    });
    desk.answers(house.kim, numbers[2], "colour", "green").unwrap();
    // The last one first: what was changed since is left alone.
    for (bulk, outcome) in bulks.into_iter().rev().zip([(3, 0, 0), (2, 0, 1)]) {
        let undo = desk.act(house.kim, move |act, viewer| bulk_action::undo(act, viewer, bulk, "Rather not"));
        run(desk);
        assert_eq!(counts(desk, house.kim, undo.unwrap()), outcome);
    }
    let stands = |number: i64| {
        desk.with(house.kim, number, |act, seen| {
            let settings = store::ticket::settings(act.tx, seen.ticket)?.unwrap();
            let catalogue = Arc::clone(&act.catalogue);
            let answers = store::custom::inside(act.tx, &seen.read_inside().unwrap(), &catalogue.customs)?;
            let written = answers.values().flat_map(|value| value.written(&catalogue.customs[0])).collect();
            Ok((settings.snoozed_until, written))
        })
        .unwrap()
    };
    let stand: Vec<(Option<jiff::Timestamp>, Vec<String>)> =
        numbers.iter().map(|number| stands(*number)).collect();
    let says = |colours: &[&str]| (None, colours.iter().map(|colour| (*colour).to_owned()).collect());
    assert_eq!(stand, [says(&["red"]), says(&[]), says(&["green"])]);
}

pub(crate) fn what_was_said_stays_and_what_is_stopped_goes_no_further(desk: &TestDesk, asker: Asker) {
    let house = house(desk, asker);
    let numbers = &house.numbers[..3];
    let noted = begin(desk, house.kim, numbers, Action::Note { text: "Recalled.".to_owned() });
    run(desk);
    let bulk = read(desk, house.kim, noted);
    assert_eq!((bulk.state, bulk.counts.did), (State::Done, 3));
    assert!(!bulk_action::can_be_taken_back(&bulk));
    let undo = desk.act(house.kim, move |act, viewer| bulk_action::undo(act, viewer, noted, ""));
    assert!(matches!(undo, Err(DeskError::Conflict(Problem::NothingToTakeBack))));
    let stopped = begin(desk, house.kim, numbers, Action::Take);
    desk.act(house.kim, move |act, viewer| bulk_action::cancel(act, viewer, stopped)).unwrap();
    run(desk);
    let bulk = read(desk, house.kim, stopped);
    assert_eq!((bulk.state, bulk.counts.acted()), (State::Cancelled, 0));
    // What nobody began is forgotten after a day.
    let (kim, number) = (house.kim, numbers[0]);
    let proposed = desk
        .with(kim, number, move |act, seen| {
            let viewer = store::access::viewer(act.tx, kim)?.unwrap();
            let chosen = Chosen { tickets: vec![seen.ticket], cut: false };
            bulk_action::propose(act, &viewer, &chosen, &[Action::Take], "next")
        })
        .unwrap();
    desk.wait(SignedDuration::from_hours(25));
    assert_eq!(desk.set_up(bulk_action::forget), 1);
    let left = desk.desk.look_now(move |look| Ok(store::bulk_action::of_person(look.tx, kim, proposed)?));
    assert_eq!(left.unwrap(), None);
}

pub(crate) fn whoever_left_does_nothing_more(desk: &TestDesk, asker: Asker) {
    let house = house(desk, asker);
    let bulk = begin(desk, house.kim, &house.numbers[..3], Action::Take);
    let kim = house.kim;
    desk.set_up(move |act| desk::people::disable(act, &desk::entitled::ByDesk, kim));
    run(desk);
    let bulk = read(desk, house.kim, bulk);
    assert_eq!((bulk.state, bulk.counts.acted()), (State::Cancelled, 0));
}

/// Many tickets, in few transactions.
fn many(desk: &TestDesk, service: domain::id::ServiceId, person: PersonId, count: usize) -> Vec<i64> {
    let mut numbers = Vec::with_capacity(count);
    while numbers.len() < count {
        let some = (count - numbers.len()).min(500);
        numbers.extend(
            desk.act(person, move |act, viewer| {
                let open = Open {
                    service,
                    kind: Kind::Request,
                    subject: Subject::parse("A recall")?,
                    body: Body::parse("Please look.")?,
                    requester: viewer.person,
                    beneficiary: None,
                    payer: None,
                    urgency: Urgency::Set(Priority::P3),
                    channel: Channel::Portal,
                    files: Vec::new(),
                };
                (0..some)
                    .map(|_| Ok(desk::open::run(act, viewer, &open)?.number))
                    .collect::<Result<Vec<_>, DeskError>>()
            })
            .unwrap(),
        );
    }
    numbers
}

#[test]
fn one_over_ten_thousand_tickets_goes_on_where_a_server_stopped_and_acts_on_each_once() {
    const ALL: usize = domain::bulk_action::MOST;
    let folder = tempfile::tempdir().unwrap();
    let place = format!("sqlite:{}", folder.path().join("desk.db").display());
    let half = ALL / 2;
    let (kim, bulk, moved) = {
        let desk = TestDesk::at(&place);
        let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
        let help = desk.service("Help", support);
        let ada = desk.customer("Ada");
        let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[support, warehouse]));
        let numbers = many(&desk, help, ada, ALL);
        let bulk = begin(&desk, kim, &numbers, Action::Take);
        while read(&desk, kim, bulk).counts.acted() < half as i64 {
            assert_eq!(bulk_action::step(&desk.desk, &say()).unwrap(), BATCH);
        }
        let moved = numbers[half + BATCH / 2];
        desk.with(bo, moved, move |act, seen| {
            desk::transfer::run(act, seen.serve().ok_or(DeskError::NotAllowed)?, warehouse, "")
        })
        .unwrap();
        // The server breaks down in the middle of a batch: nothing of that batch was done.
        let breaks: Arc<Say> = Arc::new(|_, _| panic!("the server breaks down"));
        assert!(bulk_action::step(&desk.desk, &breaks).is_err());
        assert_eq!(counts(&desk, kim, bulk), (half as i64, 0, 0));
        (kim, bulk, moved)
    };
    let desk = TestDesk::at(&place);
    desk.wait(SignedDuration::from_hours(1));
    run(&desk);
    let after = read(&desk, kim, bulk);
    assert_eq!(after.state, State::Done);
    assert_eq!(counts(&desk, kim, bulk), (ALL as i64 - 1, 0, 1));
    let taken: BTreeMap<TicketId, usize> = desk
        .desk
        .look_now(move |look| {
            let mut taken = BTreeMap::new();
            store::event::each_by_ticket(look.tx, |_, event| {
                if matches!(event.fact, Fact::Assigned { person: Some(person) } if person == kim) {
                    *taken.entry(event.ticket).or_default() += 1;
                }
            })?;
            Ok(taken)
        })
        .unwrap();
    assert_eq!(taken.len(), ALL - 1);
    assert!(taken.values().all(|times| *times == 1), "some were acted on twice");
    let bo_sees = desk.sees(kim, moved).unwrap();
    assert!(!taken.contains_key(&bo_sees.ticket), "it was not Kim's to take any more");
}
