//! Mail in somebody else's name: a Message-ID used before, and acknowledgements that nobody asked for.

use desk::receive_mail::{self, Raw};
use jiff::SignedDuration;
use mail::authentic::Check;
use store::mail::{Mail, Peer, Source, State};
use testkit::TestDesk;
use testkit::letters::alone;
use testkit::post::Bag;
use testkit::senders::Vouching;

use crate::letters::{Office, answers, is_clean, letter, number, office, said_on};

/// Many mails at once, brought by one server.
fn pour(desk: &TestDesk, office: &Office, mails: impl Iterator<Item = String>, peer: Option<&str>) {
    let peer = peer.map(|address| Peer { address: address.to_owned(), name: "mx.example.net".to_owned() });
    let prepared: Vec<_> = mails
        .map(|mail| {
            let raw = Raw {
                bytes: mail.as_bytes(),
                source: Source::Listener,
                envelope_from: None,
                envelope_to: None,
                arrived_at: None,
                silent: false,
            };
            receive_mail::prepare(&desk.desk.files, &raw).unwrap().brought_by(peer.clone())
        })
        .collect();
    let inbox = office.inbox;
    desk.set_up(move |act| {
        for mail in &prepared {
            receive_mail::keep(act, inbox, mail)?;
        }
        Ok(())
    });
    alone(&desk.desk, async |desk| {
        receive_mail::work_off(desk).await.unwrap();
    });
}

fn sent(desk: &TestDesk, bag: &mut Bag) -> usize {
    let before = bag.left.len();
    while desk.sends(bag) > 0 {}
    bag.left.len() - before
}

fn count(desk: &TestDesk, sql: &'static str) -> i64 {
    desk.desk.look_now(move |look| Ok(look.tx.query_one(sql, store::params![], |row| row.get(0))?)).unwrap()
}

/// M13: who used a Message-ID first takes nothing away from who uses it next.
pub(crate) fn m13_the_same_message_id_with_other_content_is_a_message_of_its_own(desk: &TestDesk) {
    let office = office(desk);
    let squat =
        desk.receives(office.inbox, &letter("eve@evil.example", "taken", "Hello", "", "I was first."));
    let real =
        desk.receives(office.inbox, &letter("anna@example.net", "taken", "The lamp", "", "It is dark."));
    assert_eq!((squat.state, real.state), (State::Done, State::Done));
    assert_ne!(squat.ticket, real.ticket);
    assert_eq!((squat.repeats, real.repeats), (false, true), "an agent is told of it");
    let ticket = number(desk, real.ticket);
    assert_eq!(said_on(desk, ticket)[0].2, "It is dark.");
    // What she adds to her own mail goes to her own ticket, whoever knew the id before.
    let more =
        letter("anna@example.net", "more", "Re: The lamp", "In-Reply-To: <taken@example.net>\r\n", "Still.");
    let more = desk.receives(office.inbox, &more);
    assert_eq!((more.state, number(desk, more.ticket)), (State::Done, ticket));
    let third = desk.receives(office.inbox, &letter("anna@example.net", "taken", "The lamp", "", "Another."));
    assert!(third.repeats && third.state == State::Done);
    is_clean(desk);
}

/// M14: however many mails come in the name of one victim, they are one acknowledgement an hour.
pub(crate) fn m14_many_mails_in_one_name_are_one_acknowledgement_an_hour(desk: &TestDesk) {
    in_one_name(desk, 300);
}

#[test]
fn m14_ten_thousand_mails_in_one_name_are_one_acknowledgement_an_hour() {
    in_one_name(&TestDesk::new(), 10_000);
}

fn in_one_name(desk: &TestDesk, most: usize) {
    let office = office(desk);
    let mut bag = Bag::default();
    let mail = |turn: usize| {
        letter(
            "Win Money <victim@example.net>",
            &format!("b{turn}"),
            "Visit evil",
            "",
            &format!("Buy {turn}"),
        )
    };
    pour(desk, &office, (0..most).map(mail), None);
    let kept = count(desk, "select count(*) from mail");
    assert_eq!(usize::try_from(kept), Ok(most), "every one is kept");
    assert_eq!(sent(desk, &mut bag), 1);
    let told = &bag.left[0];
    assert_eq!(told.to, ["victim@example.net"]);
    for words in ["evil", "Win", "Money", "Buy"] {
        assert!(!told.raw.contains(words), "{words} is the sender's: {}", told.raw);
    }
    desk.wait(SignedDuration::from_mins(59));
    pour(desk, &office, (most..most + 10).map(mail), None);
    assert_eq!(sent(desk, &mut bag), 0);
    desk.wait(SignedDuration::from_mins(61));
    pour(desk, &office, (2 * most..2 * most + 10).map(mail), None);
    assert_eq!(sent(desk, &mut bag), 1, "another hour");
}

/// M14: one mail each in the names of many opens the breaker of the inbox.
pub(crate) fn m14_one_mail_each_in_many_names_opens_the_breaker(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let mail = |turn: usize| {
        letter(&format!("victim{turn}@example.net"), &format!("v{turn}"), "Visit evil", "", "Buy")
    };
    pour(desk, &office, (0..200).map(mail), None);
    assert_eq!(sent(desk, &mut bag), 60);
    let inbox = office.inbox;
    let health = desk.desk.look_now(move |look| Ok(store::inbox::health(look.tx, inbox)?)).unwrap();
    assert!(health.is_broken(desk.now()), "an alarm stands on the inbox");
    assert_eq!(count(desk, "select count(*) from ticket"), 200, "and every mail is a ticket all the same");
}

/// M14: one server gets twenty acknowledgements an hour out of us for mail that nothing proves.
pub(crate) fn m14_one_source_gets_twenty_acknowledgements_an_hour(desk: &TestDesk) {
    let office = office(desk);
    let mut bag = Bag::default();
    let mail =
        |turn: usize| letter(&format!("victim{turn}@example.net"), &format!("s{turn}"), "Hi", "", "Buy");
    pour(desk, &office, (0..40).map(mail), Some("192.0.2.66"));
    assert_eq!(sent(desk, &mut bag), 20);
    pour(desk, &office, (40..45).map(mail), Some("192.0.2.67"));
    assert_eq!(sent(desk, &mut bag), 5, "another source");
}

/// M14: whoever is proven to have written is answered in full, and as often as they ask.
pub(crate) fn m14_a_proven_sender_is_acknowledged_with_their_own_subject(desk: &TestDesk) {
    let vouching = Vouching::says(Check::Pass, Check::Pass);
    let desk = desk.checked_by(&vouching);
    let office = office(&desk);
    let mut bag = Bag::default();
    for (id, subject) in [("one", "The lamp"), ("two", "The chair")] {
        let mail =
            letter("Anna Berg <anna@example.net>", id, subject, "DKIM-Signature: v=1\r\n", "Please look.");
        let mail: Mail = desk.receives(office.inbox, &mail);
        let ticket = number(&desk, mail.ticket);
        assert_eq!(sent(&desk, &mut bag), 1);
        let told = bag.left.last().unwrap();
        assert!(told.message.subject.as_deref().unwrap().contains(subject), "{}", told.raw);
        assert!(told.raw.contains("Anna Berg"));
        answers(&desk, office.kim, ticket, "Thank you.", desk::reply::Then::Stay);
    }
}
