//! A server that breaks down between and within the transactions of those who follow the log: each event is answered
//! once after it came up again.

use std::collections::BTreeMap;

use desk::act::Act;
use desk::rules::set_up::{self, Input};
use desk::{DeskError, assignment, notices, rules};
use domain::action::Action;
use domain::assignment::Policy;
use domain::event::{Actor, Fact};
use domain::id::TicketId;
use domain::rule::{Happening, When};
use store::assignment::Giving;
use store::office::Office;
use store::unit::Role;
use testkit::TestDesk;

/// More than any of them hears in one transaction.
const TICKETS: usize = 450;

/// One transaction of a follower.
type Hear = fn(&mut Act) -> Result<usize, DeskError>;

fn told(act: &mut Act) -> Result<usize, DeskError> {
    notices::hear(act).map(|()| 1)
}

/// Notices are wanted for everything on the log, and none of them is written yet.
fn hears_all(desk: &TestDesk) {
    while desk.desk.look_now(|look| Ok(store::follower::is_behind(look.tx, "notices")?)).unwrap() {
        desk.desk.act_now(Actor::Desk, told).unwrap();
    }
}

/// What a follower hears next is gone with the server.
fn breaks_down(desk: &TestDesk, hear: Hear) {
    let broken = desk.desk.act_now(Actor::Desk, move |act| -> Result<(), DeskError> {
        assert!(hear(act)? > 0, "there was something to lose");
        panic!("the server breaks down");
    });
    assert!(broken.is_err());
}

/// How often the desk itself wrote a note on each ticket, how often it gave it to somebody, and how often
/// whoever got it is to be told so on their board.
#[derive(Default, PartialEq, Eq, Debug)]
struct Answered {
    notes: BTreeMap<TicketId, usize>,
    given: BTreeMap<TicketId, usize>,
    told: BTreeMap<TicketId, i64>,
}

fn answered(desk: &TestDesk) -> Answered {
    desk.desk
        .look_now(|look| {
            let mut answered = Answered::default();
            store::event::each_by_ticket(look.tx, |_, event| match event.fact {
                Fact::Noted { .. } if event.actor == Actor::Desk => {
                    *answered.notes.entry(event.ticket).or_default() += 1;
                }
                Fact::Assigned { person: Some(_) } if event.actor == Actor::Desk => {
                    *answered.given.entry(event.ticket).or_default() += 1;
                }
                _ => {}
            })?;
            let told = "select ticket_id, count(*) from notice where occasion = 'given' and way = 'board' \
                        group by ticket_id";
            let told = look.tx.query(told, store::params![], |row| Ok((row.get(0)?, row.get(1)?)))?;
            answered.told = told.into_iter().collect();
            Ok(answered)
        })
        .unwrap()
}

#[test]
fn each_event_is_answered_once_by_rules_assignment_and_notices_where_a_server_broke_down() {
    let folder = tempfile::tempdir().unwrap();
    let place = format!("sqlite:{}", folder.path().join("desk.db").display());
    {
        let desk = TestDesk::at(&place);
        let support = desk.unit("Support");
        let help = desk.service("Help", support);
        let (ada, lea, root) = (desk.customer("Ada"), desk.agent("Lea", &[]), desk.employee("Root"));
        desk.agent("Kim", &[support]);
        desk.joins(lea, support, Role::Lead);
        desk.act(lea, desk::presence::leave).unwrap();
        desk.appoint(root, Office::Administrator);
        let giving = Giving { policy: Policy::RoundRobin, by_language: false };
        desk.act(lea, move |act, viewer| assignment::set(act, viewer, support, giving, &[])).unwrap();
        let note = Input {
            name: "Note".to_owned(),
            unit: None,
            when: When::Happens(Happening::Opened),
            filter: "is:open".to_owned(),
            phrases: String::new(),
            actions: vec![Action::Note { text: "Seen".to_owned() }],
            stops: false,
        };
        desk.act(root, move |act, viewer| set_up::save(act, viewer, &note)).unwrap();
        for hear in [rules::hear, assignment::hear, told] {
            desk.desk.act_now(Actor::Desk, hear).unwrap();
        }
        for number in 0..TICKETS {
            desk.opens(ada, help, &format!("Lamp {number}"), "It is dark.");
        }
        // Each has heard some of it when the server breaks down in the middle of the next.
        desk.desk.act_now(Actor::Desk, rules::hear).unwrap();
        breaks_down(&desk, rules::hear);
        desk.desk.act_now(Actor::Desk, assignment::hear).unwrap();
        breaks_down(&desk, assignment::hear);
        let so_far = answered(&desk);
        assert!(!so_far.notes.is_empty() && so_far.notes.len() < TICKETS, "{}", so_far.notes.len());
        assert!(!so_far.given.is_empty() && so_far.given.len() < TICKETS, "{}", so_far.given.len());
        desk.desk.act_now(Actor::Desk, told).unwrap();
    }
    {
        // It comes up, and breaks down once more before anybody is done.
        let desk = TestDesk::at(&place);
        breaks_down(&desk, rules::hear);
        desk.desk.act_now(Actor::Desk, assignment::hear).unwrap();
    }
    {
        let desk = TestDesk::at(&place);
        desk.rules();
        desk.gives();
        desk.desk.act_now(Actor::Desk, told).unwrap();
        breaks_down(&desk, told);
    }
    let desk = TestDesk::at(&place);
    hears_all(&desk);
    let after = answered(&desk);
    for (what, tickets) in [("noted", &after.notes), ("given", &after.given)] {
        assert_eq!(tickets.len(), TICKETS, "not all were {what}");
        assert!(tickets.values().all(|times| *times == 1), "some were {what} twice");
    }
    assert_eq!(after.told.len(), TICKETS, "not all were told");
    assert!(after.told.values().all(|times| *times == 1), "some were told twice");
    desk.rules();
    desk.gives();
    hears_all(&desk);
    assert_eq!(answered(&desk), after, "nothing is answered again");
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}
