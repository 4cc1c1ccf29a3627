//! Replies leave by mail: they can be taken back, are tried again, and say what became of them.

use desk::DeskError;
use desk::outbox;
use desk::reply::Then;
use domain::id::{MessageId, PersonId};
use domain::permission::Relation;
use domain::ticket::State;
use jiff::SignedDuration;
use mail::smtp::Outcome;
use testkit::TestDesk;
use testkit::post::{Bag, said};

use crate::letters::{after_undo, answers, is_clean, letter, number, office, said_on, state};

/// Out 2: taken back, a reply never was.
pub(crate) fn out_2_a_reply_taken_back_never_was(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let first = letter("anna@example.net", "one", "The lamp", "", "It flickers.");
    let ticket = number(desk, desk.receives(office.inbox, &first).ticket);
    while desk.sends(&mut bag) > 0 {}
    bag.left.clear();
    let message = answers(desk, office.kim, ticket, "Wrong words.", Then::Solve);
    assert_eq!(state(desk, ticket), State::Solved);
    let other = desk.agent("Bo", &[office.unit]);
    let take_back = |person: PersonId| {
        desk.with(person, ticket, move |act, seen| {
            outbox::take_back(act, seen.serve().ok_or(DeskError::NotAllowed)?, message)
        })
    };
    assert!(take_back(other).is_err(), "it is not theirs");
    let back = take_back(office.kim).unwrap();
    assert_eq!((back.body.as_str(), back.then), ("Wrong words.", Then::Solve));
    assert_eq!(state(desk, ticket), State::Open, "what was done together with it never was");
    after_undo(desk, &mut bag);
    assert!(bag.left.is_empty());
    assert_eq!(said_on(desk, ticket).len(), 1);
    is_clean(desk);

    let message = answers(desk, office.kim, ticket, "Right words.", Then::Stay);
    after_undo(desk, &mut bag);
    let late = desk.with(office.kim, ticket, move |act, seen| {
        outbox::take_back(act, seen.serve().ok_or(DeskError::NotAllowed)?, message)
    });
    assert!(late.is_err(), "it has left");
}

/// Out 1: what a server does not take now is tried later; what it refuses says so in its words.
pub(crate) fn out_1_a_mail_is_tried_again_and_a_refusal_is_told(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let first = letter("anna@example.net", "one", "The lamp", "", "It flickers.");
    let ticket = number(desk, desk.receives(office.inbox, &first).ticket);
    while desk.sends(&mut bag) > 0 {}
    bag.left.clear();
    let message = answers(desk, office.kim, ticket, "Hello.", Then::Stay);
    bag.answers.push_back(Outcome::Later { why: said(451, "4.7.1 greylisted") });
    bag.answers.push_back(Outcome::Unknown { why: said(421, "gone") });
    desk.wait(SignedDuration::from_secs(11));
    desk.sends(&mut bag);
    assert_eq!(desk.sends(&mut bag), 0, "not before its time");
    desk.wait(SignedDuration::from_mins(3));
    desk.sends(&mut bag);
    desk.wait(SignedDuration::from_mins(3));
    desk.sends(&mut bag);
    let ids: Vec<_> = bag.left.iter().map(|left| left.message.message_id.clone()).collect();
    assert_eq!(ids.len(), 2, "once unknown, once taken");
    assert_eq!(ids[0], ids[1], "under one Message-ID, so that one can be dropped");
    let of = move |desk: &TestDesk, message: MessageId| {
        desk.desk.look_now(move |look| Ok(store::outgoing::of_message(look.tx, message)?)).unwrap()
    };
    assert_eq!(of(desk, message)[0].state, store::outgoing::State::Sent);

    let refused = answers(desk, office.kim, ticket, "Hello again.", Then::Stay);
    bag.answers.push_back(Outcome::Refused { why: said(550, "5.1.1 no such user") });
    after_undo(desk, &mut bag);
    let outgoing = of(desk, refused);
    assert_eq!(outgoing[0].state, store::outgoing::State::Failed);
    assert!(outgoing[0].answer.as_deref().unwrap().contains("no such user"));
    desk.with(office.kim, ticket, move |act, seen| {
        outbox::again(act, seen.serve().ok_or(DeskError::NotAllowed)?, refused)
    })
    .unwrap();
    desk.sends(&mut bag);
    assert_eq!(of(desk, refused)[0].state, store::outgoing::State::Sent);
}

/// R9: the requester sees nothing of what can still be taken back.
pub(crate) fn what_can_be_taken_back_is_not_shown_outside(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let anna = desk.customer("Anna");
    let ticket = desk.opens(anna, office.service, "The lamp", "It flickers.");
    answers(desk, office.kim, ticket, "Not yet.", Then::Stay);
    let seen_by_anna = |desk: &TestDesk| {
        let seen = desk.sees(anna, ticket).unwrap();
        assert_eq!(seen.relation, Relation::Requesting);
        let now = desk.now();
        desk.desk
            .look_now(move |look| Ok(store::message::of_ticket_outside(look.tx, &seen.read(), now)?.len()))
            .unwrap()
    };
    assert_eq!(seen_by_anna(desk), 1);
    after_undo(desk, &mut bag);
    assert_eq!(seen_by_anna(desk), 2);
}

/// Out 1: whoever is named twice is written to once.
pub(crate) fn a_requester_who_also_gets_copies_gets_each_reply_once(desk: &TestDesk) {
    let office = office(desk);
    let anna = desk.customer("Anna");
    let carl = desk.customer("Carl");
    let mail =
        desk.receives(office.inbox, &letter("anna@example.org", "one", "The lamp", "", "It flickers."));
    let ticket = mail.ticket.expect("a ticket");
    desk.set_up(move |act| {
        store::mail_thread::add_copy(act.tx, ticket, carl, act.now)?;
        Ok(store::mail_thread::add_copy(act.tx, ticket, anna, act.now + SignedDuration::from_secs(1))?)
    });
    let message = answers(desk, office.kim, number(desk, mail.ticket), "Hello.", Then::Stay);
    let sent = desk.desk.look_now(move |look| Ok(store::outgoing::of_message(look.tx, message)?)).unwrap();
    let mut to: Vec<String> = sent.into_iter().map(|outgoing| outgoing.recipient).collect();
    to.sort();
    assert_eq!(to, ["anna@example.org", "carl@example.org"]);
}
