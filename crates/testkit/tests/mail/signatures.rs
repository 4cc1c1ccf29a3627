//! What stands below a person's mails: once in the text and once in the page, with its variables, above what is quoted.

use desk::entitled::ByDesk;
use desk::forward::{self, Forwarding, From};
use desk::inboxes::Input;
use desk::reply::Then;
use desk::words::{Body, Subject};
use desk::{DeskError, Problem};
use domain::event::Actor;
use domain::id::{InboxId, PersonId};
use testkit::TestDesk;
use testkit::post::{Bag, Left};

use crate::letters::{Office, after_undo, answers, is_clean, letter, number, office};

fn signs(desk: &TestDesk, who: PersonId, inbox: Option<InboxId>, text: &str) -> Result<(), DeskError> {
    let text = text.to_owned();
    desk.act(who, move |act, viewer| desk::signature::save(act, viewer, inbox, &text))
}

fn ends_with(desk: &TestDesk, inbox: InboxId, signature: &'static str) -> Result<(), DeskError> {
    let mut input = desk.desk.look_now(move |look| Input::of(look, inbox)).unwrap();
    signature.clone_into(&mut input.signature);
    desk.desk.act_now(Actor::Desk, move |act| desk::inboxes::change(act, &ByDesk, inbox, &input))
}

fn asked(desk: &TestDesk, office: &Office) -> i64 {
    let first = letter("Anna <anna@example.net>", "one", "The lamp", "", "It hums.");
    number(desk, desk.receives(office.inbox, &first).ticket)
}

/// Text and page of a mail, each with how often some words stand in it.
fn parts(left: &Left) -> [String; 2] {
    let page = left.message.html.as_ref().unwrap().as_str().to_owned();
    [left.message.text.clone().unwrap(), page]
}

/// Each of the words stands once in both parts, in this order.
fn holds_once_in_order(left: &Left, words: &[&str]) {
    for part in parts(left) {
        let places: Vec<Vec<usize>> =
            words.iter().map(|word| part.match_indices(word).map(|(at, _)| at).collect()).collect();
        assert!(places.iter().all(|found| found.len() == 1), "{words:?} once each: {part}");
        assert!(places.is_sorted(), "{words:?} in this order: {part}");
    }
}

pub(crate) fn out_4_a_signature_stands_once_in_text_and_page_with_its_variables(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let text = "Kind regards\n{{me.first_name|we}} of {{unit}}, about #{{number}}";
    signs(desk, office.kim, None, text).unwrap();
    ends_with(desk, office.inbox, "Lamps and more").unwrap();
    let ticket = asked(desk, &office);
    desk.sends(&mut bag);
    let told = bag.left.pop().expect("the acknowledgement");
    assert!(!told.raw.contains("Kind regards"), "nobody wrote that one: {}", told.raw);
    answers(desk, office.kim, ticket, "It is old.", Then::Stay);
    after_undo(desk, &mut bag);
    let left = bag.left.pop().expect("the reply");
    let about = format!("Kim of Support, about #{ticket}");
    holds_once_in_order(&left, &["It is old.", "Kind regards", &about, "Lamps and more"]);
    assert!(parts(&left)[1].contains("Kind regards<br"), "its lines are lines: {}", parts(&left)[1]);

    // What stands for one inbox comes instead, and nothing after it was taken away.
    signs(desk, office.kim, Some(office.inbox), "K.").unwrap();
    answers(desk, office.kim, ticket, "Once more.", Then::Stay);
    after_undo(desk, &mut bag);
    let left = bag.left.pop().expect("the second reply");
    holds_once_in_order(&left, &["Once more.", "K.", "Lamps and more"]);
    assert!(!left.raw.contains("Kind regards"), "{}", left.raw);
    signs(desk, office.kim, Some(office.inbox), " ").unwrap();
    signs(desk, office.kim, None, "").unwrap();
    ends_with(desk, office.inbox, "").unwrap();
    answers(desk, office.kim, ticket, "And bare.", Then::Stay);
    after_undo(desk, &mut bag);
    let left = bag.left.pop().expect("the third reply");
    assert_eq!(parts(&left)[0].trim(), "And bare.");
    is_clean(desk);
}

pub(crate) fn out_4_a_signature_stands_above_what_is_quoted(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    signs(desk, office.kim, None, "Kim Sand").unwrap();
    ends_with(desk, office.inbox, "Lamps and more").unwrap();
    let ticket = asked(desk, &office);
    desk.sends(&mut bag);
    bag.left.clear();
    answers(desk, office.kim, ticket, "By design.\n\nAnna wrote:\n\n> It hums.", Then::Stay);
    after_undo(desk, &mut bag);
    let left = bag.left.pop().expect("the reply");
    holds_once_in_order(&left, &["By design.", "Kim Sand", "Lamps and more", "Anna wrote:", "It hums."]);

    let first = desk.with(office.kim, ticket, |act, seen| {
        Ok(store::message::of_ticket(act.tx, &seen.read())?[0].message.id)
    });
    let forwarding = Forwarding {
        from: From::Message(first.unwrap()),
        to: "maker@lamps.example".to_owned(),
        subject: Subject::parse("Fwd: The lamp").unwrap(),
        body: Body::parse("Does it?\n\nAnna wrote on Monday:\n\n> It hums.").unwrap(),
        files: Vec::new(),
        uploads: Vec::new(),
    };
    desk.with(office.kim, ticket, move |act, seen| forward::run(act, seen.serve().unwrap(), &forwarding))
        .unwrap();
    desk.sends(&mut bag);
    let left = bag.left.pop().expect("what was passed on");
    holds_once_in_order(
        &left,
        &["Does it?", "Kim Sand", "Lamps and more", "Anna wrote on Monday:", "It hums."],
    );
    is_clean(desk);
}

pub(crate) fn out_4_a_signature_that_could_say_nothing_is_refused(desk: &TestDesk) {
    let office = office(desk);
    let refused = |outcome: Result<(), DeskError>| match outcome {
        Err(DeskError::Invalid { problem, .. }) => problem,
        other => panic!("{other:?}"),
    };
    let missing = |names: &str| Problem::MayBeMissing { names: names.to_owned() };
    signs(desk, office.kim, None, "Kim").unwrap();
    let of_them = refused(signs(desk, office.kim, None, "For {{organisation}}"));
    assert_eq!(of_them, missing("organisation"));
    let of_me = refused(signs(desk, office.kim, Some(office.inbox), "{{me.first_name}}"));
    assert_eq!(of_me, missing("me.first_name"));
    assert_eq!(refused(ends_with(desk, office.inbox, "For {{organisation}}")), missing("organisation"));
    let kept = desk.desk.look_now(move |look| Ok(store::signature::of(look.tx, office.kim)?)).unwrap();
    assert_eq!(kept, [(None, "Kim".to_owned())], "what was kept is still there");
    let ada = desk.customer("Ada");
    assert!(matches!(signs(desk, ada, None, "Ada"), Err(DeskError::NotFound)));
}
