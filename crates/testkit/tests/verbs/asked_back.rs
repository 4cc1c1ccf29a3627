//! What the unit that was asked writes on a hand-off reaches the unit that asked: a notice, news, and a mark beside it.

use desk::DeskError;
use desk::reply::Then;
use domain::id::{PersonId, ServiceId};
use domain::notice::Occasion;
use domain::permission::Viewer;
use jiff::SignedDuration;
use testkit::TestDesk;

use crate::board::{House, told};
use crate::notices::{answers, gives};

struct Chain {
    house: House,
    wim: PersonId,
    stock: ServiceId,
    number: i64,
}

impl Chain {
    fn new(desk: &TestDesk) -> Self {
        let house = House::new(desk);
        let warehouse = desk.unit("Warehouse");
        let (stock, wim) = (desk.service("Stock", warehouse), desk.agent("Wim", &[warehouse]));
        let number = house.opens(desk);
        Self { house, wim, stock, number }
    }

    fn asks(&self, desk: &TestDesk) -> i64 {
        desk.asks(self.house.kim, self.number, self.stock, "A new lamp", "The green one.")
    }
}

fn notifies(desk: &TestDesk) {
    desk.wait(SignedDuration::from_secs(60));
    desk.notifies();
}

/// Whether a ticket holds something that somebody has not read; reading it is up to the caller.
pub(crate) fn is_unread(desk: &TestDesk, person: PersonId, number: i64) -> bool {
    let unread = desk.with(person, number, |act, seen| {
        let granted = seen.read_inside().ok_or(DeskError::NotAllowed)?;
        Ok(store::sheet::inside(act.tx, &granted)?.unread_up_to.is_some())
    });
    unread.unwrap()
}

fn reads(desk: &TestDesk, person: PersonId, number: i64) {
    let read = desk.with(person, number, |act, seen| {
        let granted = seen.read_inside().ok_or(DeskError::NotAllowed)?;
        match store::sheet::inside(act.tx, &granted)?.unread_up_to {
            Some(up_to) => desk::news::read(act, granted, up_to),
            None => Ok(()),
        }
    });
    read.unwrap();
}

/// Whether the only hand-off of a ticket waits for the unit that asked, and whether the other one wrote last.
fn beside(desk: &TestDesk, person: PersonId, number: i64) -> (bool, bool) {
    let handoffs = desk.with(person, number, |act, seen| {
        Ok(store::sheet::handoffs(act.tx, &seen.read_inside().ok_or(DeskError::NotAllowed)?, act.now)?)
    });
    let handoffs = handoffs.unwrap();
    (handoffs[0].waits_for_us, handoffs[0].wrote_last)
}

pub(crate) fn a_question_back_is_told_to_whoever_has_the_ticket_that_waits(desk: &TestDesk) {
    let chain = Chain::new(desk);
    let House { kim, bo, anna, .. } = chain.house;
    gives(desk, kim, chain.number, bo);
    let handoff = chain.asks(desk);
    for person in [kim, bo] {
        reads(desk, person, chain.number);
    }
    notifies(desk);
    assert_eq!(beside(desk, bo, chain.number), (false, false));
    answers(desk, chain.wim, handoff, "Which green?", Then::WaitForRequester);
    notifies(desk);
    let given = (Occasion::Given, chain.number);
    assert_eq!(told(desk, bo), [(Occasion::AskedBack, handoff), given]);
    assert!(told(desk, kim).is_empty() && told(desk, anna).is_empty() && told(desk, chain.wim).is_empty());
    assert!(is_unread(desk, bo, chain.number) && is_unread(desk, kim, chain.number));
    assert_eq!(beside(desk, bo, chain.number), (true, true));

    for person in [kim, bo] {
        reads(desk, person, chain.number);
    }
    desk.replies(bo, handoff, "The dark one.");
    desk.notes(chain.wim, handoff, "They never know.");
    notifies(desk);
    assert_eq!(told(desk, bo).len(), 2, "neither one's own answer nor a note of the other unit");
    assert!(!is_unread(desk, bo, chain.number) && !is_unread(desk, kim, chain.number));
    assert_eq!(beside(desk, bo, chain.number), (false, false));
    desk.replies(chain.wim, handoff, "It is on its way.");
    notifies(desk);
    assert_eq!(beside(desk, bo, chain.number), (false, true), "said, and waiting for nobody");
}

pub(crate) fn a_question_back_to_nobody_makes_the_ticket_unread_for_those_who_work_on_it(desk: &TestDesk) {
    let chain = Chain::new(desk);
    let House { kim, bo, .. } = chain.house;
    let handoff = chain.asks(desk);
    for person in [kim, bo] {
        reads(desk, person, chain.number);
    }
    notifies(desk);
    desk.replies(chain.wim, handoff, "Which green?");
    notifies(desk);
    assert!(told(desk, kim).is_empty() && told(desk, bo).is_empty());
    assert!(is_unread(desk, kim, chain.number) && is_unread(desk, bo, chain.number));
}

pub(crate) fn of_a_confidential_hand_off_nothing_stands_beside_the_ticket(desk: &TestDesk) {
    let mut chain = Chain::new(desk);
    let legal = desk.unit("Legal");
    chain.wim = desk.agent("Lex", &[legal]);
    chain.stock = desk.service_with("Advice", legal, |service| service.confidential = true);
    let kim = chain.house.kim;
    desk.takes(kim, chain.number);
    let handoff = chain.asks(desk);
    answers(desk, chain.wim, handoff, "Who was it?", Then::WaitForRequester);
    notifies(desk);
    assert_eq!(told(desk, kim), [(Occasion::AskedBack, handoff)], "who asked reads what is said to them");
    assert_eq!(beside(desk, kim, chain.number), (false, false));
}

pub(crate) fn who_stands_in_is_told_of_a_question_back_and_of_what_is_delivered(desk: &TestDesk) {
    let chain = Chain::new(desk);
    let House { kim, bo, anna, .. } = chain.house;
    desk.takes(kim, chain.number);
    let handoff = chain.asks(desk);
    let (now, away) = (desk.now(), SignedDuration::from_hours(72));
    desk.act(kim, move |act, viewer: &Viewer| {
        desk::presence::plan(act, viewer, kim, Some(bo), (now, now + away)).map(drop)
    })
    .unwrap();
    notifies(desk);
    answers(desk, chain.wim, handoff, "Which green?", Then::Stay);
    notifies(desk);
    for person in [kim, bo] {
        assert_eq!(told(desk, person), [(Occasion::AskedBack, handoff)]);
    }
    desk.delivers(chain.wim, handoff, "Here it is.");
    notifies(desk);
    for person in [kim, bo] {
        assert!(told(desk, person).contains(&(Occasion::Delivered, handoff)));
    }
    assert!(told(desk, chain.wim).is_empty() && told(desk, anna).is_empty());
}
