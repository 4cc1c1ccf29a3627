//! To whom a reply goes: as its fields say, each once, and nobody learns who gets it unseen.

use desk::recipients::{ASKED_ABOVE, Recipients};
use desk::reply::{self, Then};
use desk::words::Body;
use desk::{DeskError, Problem};
use domain::id::PersonId;
use domain::permission::Relation;
use store::draft::Addressed;
use testkit::TestDesk;
use testkit::post::Bag;

use crate::letters::{Office, after_undo, is_clean, letter, number, office};

fn stage(desk: &TestDesk) -> (Office, i64) {
    let office = office(desk);
    let mail =
        desk.receives(office.inbox, &letter("Anna <anna@example.net>", "one", "The lamp", "", "It hums."));
    let ticket = number(desk, mail.ticket);
    desk.sends(&mut Bag::default());
    (office, ticket)
}

fn to(to: &str, cc: &str, bcc: &str, agreed: usize) -> Recipients {
    let addressed = Addressed { to: to.to_owned(), cc: cc.to_owned(), bcc: bcc.to_owned() };
    Recipients { addressed, agreed }
}

fn replies(desk: &TestDesk, kim: PersonId, number: i64, recipients: Recipients) -> Result<(), DeskError> {
    let body = Body::parse("Please see below.").unwrap();
    desk.with(kim, number, move |act, seen| {
        reply::serve_to(act, seen.serve().ok_or(DeskError::NotAllowed)?, &body, &recipients, Then::Stay)
            .map(|_| ())
    })
}

fn refusal(outcome: Result<(), DeskError>) -> Problem {
    match outcome {
        Err(DeskError::Invalid { problem, .. } | DeskError::Conflict(problem)) => problem,
        other => panic!("{other:?}"),
    }
}

/// Each gets a mail of their own; the header names To and Cc to all of them, and Bcc to nobody.
pub(crate) fn nobody_learns_who_gets_a_reply_unseen(desk: &TestDesk) {
    let (office, ticket) = stage(desk);
    let mut bag = Bag::default();
    let fields = to("Anna <anna@example.net>", "\"Berg, Carl\" <Carl@example.net>", "dora@example.net", 0);
    replies(desk, office.kim, ticket, fields).unwrap();
    after_undo(desk, &mut bag);
    let mut envelopes: Vec<&str> =
        bag.left.iter().flat_map(|left| left.to.iter().map(String::as_str)).collect();
    envelopes.sort_unstable();
    assert_eq!(envelopes, ["anna@example.net", "carl@example.net", "dora@example.net"]);
    for left in &bag.left {
        assert!(!left.raw.contains("dora@"), "{}", left.raw);
        assert!(!left.raw.to_ascii_lowercase().contains("\nbcc:"), "{}", left.raw);
        let keys = |boxes: &[mail::address::Mailbox]| -> Vec<String> {
            boxes.iter().map(|one| one.address.key().to_owned()).collect()
        };
        assert_eq!(keys(&left.message.to), ["anna@example.net"]);
        assert_eq!(keys(&left.message.cc), ["carl@example.net"]);
    }
    let ids: std::collections::BTreeSet<_> =
        bag.left.iter().map(|left| left.message.message_id.clone()).collect();
    assert_eq!(ids.len(), 3, "every answer is known by its own mark");
    // Whoever got it has no right to the ticket, and who got it unseen gets nothing more.
    let [carl, dora] = ["carl@example.net", "dora@example.net"].map(|address| {
        desk.set_up(move |act| Ok(store::person::by_email(act.tx, address)?.expect("somebody by now").id))
    });
    for person in [carl, dora] {
        assert!(desk.sees(person, ticket).is_none_or(|seen| seen.relation == Relation::Nothing));
    }
    bag.left.clear();
    desk.replies(office.kim, ticket, "And one thing more.");
    after_undo(desk, &mut bag);
    let mut envelopes: Vec<&str> =
        bag.left.iter().flat_map(|left| left.to.iter().map(String::as_str)).collect();
    envelopes.sort_unstable();
    assert_eq!(envelopes, ["anna@example.net", "carl@example.net"]);
    is_clean(desk);
}

pub(crate) fn a_reply_to_the_requester_alone_leaves_the_copies_out_once(desk: &TestDesk) {
    let (office, ticket) = stage(desk);
    let mut bag = Bag::default();
    desk.with(office.kim, ticket, |act, seen| {
        desk::copies::add(act, seen.serve().unwrap(), "carl@example.net", None)
    })
    .unwrap();
    replies(desk, office.kim, ticket, to("anna@example.net", "", "", 0)).unwrap();
    after_undo(desk, &mut bag);
    assert_eq!(bag.left.len(), 1);
    assert_eq!(bag.left[0].to, ["anna@example.net"]);
    assert!(bag.left[0].message.cc.is_empty());
}

pub(crate) fn what_is_wrong_with_the_fields_is_said_and_nothing_is_sent(desk: &TestDesk) {
    let (office, ticket) = stage(desk);
    let kim = office.kim;
    let wrong = refusal(replies(desk, kim, ticket, to("anna@example.net", "carl@example.net, bo@", "", 0)));
    let expected =
        Problem::RecipientNotAnAddress { text: "bo@".to_owned(), place: 2, field: "Cc".to_owned() };
    assert_eq!(wrong, expected);
    for ours in ["help@example.org", "help+abc@example.org", "HELP@EXAMPLE.ORG"] {
        for fields in [to("anna@example.net", ours, "", 0), to("anna@example.net", "", ours, 0)] {
            let refused = refusal(replies(desk, kim, ticket, fields));
            assert!(matches!(refused, Problem::AddressOfInbox { .. }), "{ours}: {refused:?}");
        }
    }
    let left_out = Problem::RequesterLeftOut { address: "anna@example.net".to_owned() };
    assert_eq!(refusal(replies(desk, kim, ticket, to("carl@example.net", "", "", 0))), left_out);
    assert_eq!(refusal(replies(desk, kim, ticket, to("", "", "anna@example.net", 0))), left_out);
    let mut bag = Bag::default();
    after_undo(desk, &mut bag);
    assert!(bag.left.is_empty());
    let copies =
        desk.with(kim, ticket, |act, seen| Ok(store::mail_thread::copies(act.tx, seen.ticket)?)).unwrap();
    assert!(copies.is_empty(), "a refusal adds nobody");
}

pub(crate) fn many_people_are_asked_about_and_too_many_are_refused(desk: &TestDesk) {
    let (office, ticket) = stage(desk);
    let list = |count: usize| {
        let others: Vec<String> = (1..count).map(|nth| format!("n{nth}@example.net")).collect();
        others.join("\n")
    };
    let many = |count: usize, agreed: usize| {
        replies(desk, office.kim, ticket, to("anna@example.net", "", &list(count), agreed))
    };
    many(ASKED_ABOVE, 0).unwrap();
    assert_eq!(refusal(many(200, 0)), Problem::RecipientsMany { count: 200 });
    assert_eq!(refusal(many(200, 199)), Problem::RecipientsMany { count: 200 }, "somebody was added since");
    let inbox = office.inbox;
    desk.set_up(move |act| desk::recipients::set_most(act, &desk::entitled::ByDesk, inbox, 200));
    let (count, most) = (201, 200);
    assert_eq!(refusal(many(201, 201)), Problem::RecipientsTooMany { count, most });
    desk.sends(&mut Bag::default());
    let mut bag = Bag::default();
    after_undo(desk, &mut bag);
    bag.left.clear();
    many(200, 200).unwrap();
    desk.wait(jiff::SignedDuration::from_secs(11));
    while desk.sends(&mut bag) > 0 {}
    assert_eq!(bag.left.len(), 200);
}
