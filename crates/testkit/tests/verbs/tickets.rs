//! A ticket from its first word to its last: who has it meanwhile, what it waits for, and who may end it.

use desk::DeskError;
use domain::custody::{self, Holder};
use domain::event::WaitOn;
use domain::ledger;
use domain::ticket::rules::Refusal;
use domain::ticket::{State, Ticket};
use jiff::SignedDuration;
use store::StoreError;
use store::tally::{self, Tally};
use testkit::TestDesk;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// The ticket as its events make it, with its custody and its ledger now.
pub(crate) fn now(desk: &TestDesk, number: i64) -> (Ticket, custody::Custody, ledger::Ledger) {
    let at = desk.now();
    desk.desk
        .look_now(move |look| {
            let id = look.tx.query_one(
                "select id from ticket where number = $1",
                store::params![number],
                |row| row.get(0),
            )?;
            let events = store::event::of_ticket(look.tx, id)?;
            let tree = store::event::of_ticket_and_descendants(look.tx, id)?;
            let ticket = Ticket::fold(id, &events).unwrap();
            let custody = custody::fold(id, &events, at).unwrap();
            let ledger = ledger::charge(&ledger::lines(&tree, at), id).unwrap();
            Ok((ticket, custody, ledger))
        })
        .unwrap()
}

pub(crate) fn a_customer_asks_and_every_minute_has_a_holder(desk: &TestDesk) {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let (ada, kim, bo) =
        (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let number = desk.opens(ada, help, "Where is my parcel?", "It should have come on Monday.");
    desk.wait(HOUR);
    desk.takes(kim, number);
    desk.wait(HOUR);
    let handoff = desk.asks(kim, number, stock, "Find parcel", "Please look on shelf 3.");
    desk.wait(HOUR * 5);
    desk.takes(bo, handoff);
    desk.delivers(bo, handoff, "Found it.");
    desk.wait(HOUR);
    desk.accepts(kim, handoff, 5);
    desk.replies(kim, number, "It is on its way.");
    desk.wait(HOUR);
    desk.solves(kim, number);
    let (ticket, custody, ledger) = now(desk, number);
    assert_eq!(ticket.state, State::Solved);
    assert_eq!(ledger.elapsed(), HOUR * 9);
    let spent = ledger.by_holder(ledger::Charge::elapsed);
    let of = |unit| -> SignedDuration {
        spent
            .iter()
            .filter(|(holder, _)| matches!(holder, ledger::Holder::Unit { unit: held, .. } if *held == unit))
            .map(|(_, spent)| spent.elapsed)
            .sum()
    };
    assert_eq!(of(warehouse), HOUR * 5);
    assert_eq!(of(support), HOUR * 4);
    assert!(
        custody
            .segments
            .iter()
            .any(|segment| matches!(&segment.holder, Holder::Handoffs(ids) if ids.len() == 1))
    );
    assert_eq!(now(desk, handoff).0.rating, Some(5));
}

pub(crate) fn waiting_for_the_requester_needs_a_question_and_ends_with_the_answer(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "It hums", "Since Monday.");
    let wait = |number| {
        desk.with(kim, number, |act, seen| {
            desk::wait::start(act, seen.serve().ok_or(DeskError::NotAllowed)?, WaitOn::Requester, None)
        })
    };
    assert!(matches!(wait(number), Err(DeskError::Refused(Refusal::NothingAsked))));
    desk.replies(kim, number, "How loud?");
    wait(number).unwrap();
    desk.wait(HOUR * 3);
    desk.replies(ada, number, "Like a bee.");
    desk.wait(HOUR);
    let (ticket, custody, _) = now(desk, number);
    assert_eq!(ticket.waiting, None);
    let waited: SignedDuration = custody
        .segments
        .iter()
        .filter(|segment| segment.holder == Holder::Requester)
        .map(custody::Segment::elapsed)
        .sum();
    assert_eq!(waited, HOUR * 3);
}

pub(crate) fn an_agreed_date_passes_by_itself(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Visit", "When?");
    let until = desk.now() + HOUR * 10;
    desk.with(kim, number, move |act, seen| {
        let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
        let body = desk::words::Body::parse("Thursday at noon.")?;
        let message = desk::reply::serve(act, granted, &body, desk::reply::Then::Stay)?;
        desk::wait::start(act, granted, WaitOn::Agreed { until }, Some(message))
    })
    .unwrap();
    desk.wait(HOUR * 12);
    assert_eq!(desk::sweep::run(&desk.desk).unwrap(), 1);
    let (ticket, custody, _) = now(desk, number);
    assert_eq!(ticket.waiting, None);
    let agreed: SignedDuration = custody
        .segments
        .iter()
        .filter(|segment| matches!(segment.holder, Holder::Agreed { .. }))
        .map(custody::Segment::elapsed)
        .sum();
    assert_eq!(agreed, HOUR * 10, "custody fell back at the date, not when somebody looked");
    assert_eq!(desk::sweep::run(&desk.desk).unwrap(), 0);
}

pub(crate) fn a_reply_reopens_a_solved_ticket(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "It hums", "Since Monday.");
    desk.solves(kim, number);
    desk.wait(HOUR);
    desk.replies(ada, number, "It still hums.");
    let (ticket, _, ledger) = now(desk, number);
    assert_eq!((ticket.state, ticket.reopened), (State::Open, 1));
    assert!(ledger.provisional);
    desk.solves(kim, number);
    desk.wait(SignedDuration::from_hours(24 * 30));
    let late = desk.with(ada, number, |act, seen| {
        desk::reopen::request(act, seen.request().ok_or(DeskError::NotAllowed)?, "Again")
    });
    assert!(matches!(late, Err(DeskError::Refused(Refusal::ReopenWindowOver))));
}

pub(crate) fn nobody_serves_their_own_ticket(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (kim, lee) = (desk.agent("Kim", &[support]), desk.agent("Lee", &[support]));
    let number = desk.opens(kim, help, "My own lamp", "It hums.");
    desk.notes(lee, number, "Kim again.");
    let seen = desk.sees(kim, number).unwrap();
    assert!(seen.serve().is_none() && seen.read_inside().is_none() && seen.annotate().is_none());
    let given = desk.with(lee, number, move |act, seen| {
        desk::assign::to(act, seen.serve().ok_or(DeskError::NotAllowed)?, Some(kim))
    });
    assert!(matches!(given, Err(DeskError::Refused(Refusal::OwnTicket))));
}

pub(crate) fn a_captive_requester_closes_or_the_timer_does(desk: &TestDesk) {
    let (it, board) = (desk.unit("IT"), desk.unit("Ombudsperson"));
    let access = desk.service_with("Access", it, |service| {
        service.captive = true;
        service.neutral_unit = Some(board);
    });
    let (eva, ida) = (desk.employee("Eva"), desk.agent("Ida", &[it]));
    let (first, second) =
        (desk.opens(eva, access, "Key card", "Lost."), desk.opens(eva, access, "Password", "Forgotten."));
    for number in [first, second] {
        desk.solves(ida, number);
        let closed = desk.with(ida, number, |act, seen| {
            desk::close::serve(act, seen.serve().ok_or(DeskError::NotAllowed)?)
        });
        assert!(matches!(closed, Err(DeskError::Refused(Refusal::Captive))));
    }
    desk.with(eva, first, |act, seen| desk::close::accept(act, seen.request().ok_or(DeskError::NotAllowed)?))
        .unwrap();
    desk.wait(SignedDuration::from_hours(24 * 8));
    assert_eq!(desk::sweep::run(&desk.desk).unwrap(), 1);
    assert_eq!(now(desk, second).0.state, State::Closed);
}

pub(crate) fn a_captive_requester_escalates_once(desk: &TestDesk) {
    let (it, board) = (desk.unit("IT"), desk.unit("Ombudsperson"));
    let access = desk.service_with("Access", it, |service| {
        service.captive = true;
        service.neutral_unit = Some(board);
    });
    let eva = desk.employee("Eva");
    let number = desk.opens(eva, access, "Key card", "Lost.");
    let escalate = || {
        desk.with(eva, number, |act, seen| {
            desk::escalate::run(act, seen.request().ok_or(DeskError::NotAllowed)?, "Three weeks now.")
        })
    };
    escalate().unwrap();
    assert_eq!(now(desk, number).0.unit, board);
    assert!(matches!(escalate(), Err(DeskError::Refused(Refusal::AlreadyEscalated))));
}

pub(crate) fn sums_follow_every_verb(desk: &TestDesk) {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let (ada, kim, bo) =
        (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let sum = |tally| desk.desk.look_now(move |look| Ok(tally::read(look.tx, tally)?)).unwrap();
    let number = desk.opens(ada, help, "One", "1");
    assert_eq!((sum(Tally::Open(support)), sum(Tally::Queued(support))), (1, 1));
    desk.takes(kim, number);
    assert_eq!((sum(Tally::Open(support)), sum(Tally::Queued(support))), (1, 0));
    let handoff = desk.asks(kim, number, stock, "Two", "2");
    let week = tally::week(desk.now());
    assert_eq!((sum(Tally::Waiting(support)), sum(Tally::Open(warehouse))), (1, 1));
    assert_eq!(sum(Tally::Asked { from: support, to: warehouse, week }), 1);
    desk.delivers(bo, handoff, "Here.");
    desk.returns(kim, handoff, "No.");
    desk.delivers(bo, handoff, "Here.");
    desk.accepts(kim, handoff, 4);
    assert_eq!(sum(Tally::Returned { from: support, to: warehouse, week }), 1);
    desk.solves(kim, number);
    assert_eq!(
        (sum(Tally::Open(support)), sum(Tally::Waiting(support)), sum(Tally::Open(warehouse))),
        (0, 0, 0)
    );
    assert_eq!(sum(Tally::Solved(support, week)), 1);
}

pub(crate) fn a_refused_verb_leaves_nothing_behind(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "One", "1");
    let head = || desk.desk.look_now(|look| Ok(store::event::head(look.tx)?.0)).unwrap();
    let before = head();
    let refused = desk.with(kim, number, |act, seen| {
        let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
        let body = desk::words::Body::parse("Never sent")?;
        desk::reply::serve(act, granted, &body, desk::reply::Then::Stay)?;
        desk::wait::end(act, granted)
    });
    assert!(matches!(refused, Err(DeskError::Refused(Refusal::NoChange))));
    assert_eq!(head(), before);
    let messages = desk.desk.db.read_now(|tx| {
        Ok::<i64, StoreError>(tx.query_one("select count(*) from message", &[], |row| row.get(0))?)
    });
    assert_eq!(messages.unwrap(), 1);
    assert_eq!(desk.desk.look_now(|look| Ok(store::event::verify(look.tx)?)).unwrap(), before);
}
