//! F9: the same mail again, to two inboxes, and on two nodes at once. A question to two inboxes is a matter of both,
//! and one message in each; an answer belongs to one ticket, and is one message there, whichever inboxes it reaches.

use desk::Desk;
use desk::receive_mail::{Body, Handed, Handing, hand, work_off};
use store::mail::Source;
use store::{Db, WallClock, migrations};

use testkit::TestDesk;
use testkit::post::Bag;

use super::engine::Engine;
use crate::letters::{after_undo, answers, is_clean, letter, number, office, said_on};

fn handing(recipients: &[&str]) -> Handing {
    let mail = "From: kim@customer.test\r\nMessage-ID: <1@customer.test>\r\nSubject: Once\r\n\r\nOnce.\r\n";
    Handing {
        body: Body::Bytes(mail.into()),
        source: Source::Listener,
        from: Some("kim@customer.test".to_owned()),
        recipients: recipients.iter().map(|to| (*to).to_owned()).collect(),
        silent: false,
    }
}

const BOTH: [&str; 2] = ["support@desk.test", "sales@desk.test"];

/// Two nodes take the same mail six times at once, and place it at once.
async fn one_message_in_each_inbox(url: &str, second: Option<Desk>) {
    let engine = tokio::task::block_in_place(|| Engine::on(url));
    let inbox = engine.inbox(BOTH[0], |input| input.aliases = vec!["help@desk.test".to_owned()]);
    engine.inbox(BOTH[1], |_| {});
    let first = engine.desk.desk.clone();
    let second = second.unwrap_or_else(|| first.clone());
    let mut taking = tokio::task::JoinSet::new();
    for _ in 0..3 {
        for desk in [&first, &second] {
            let desk = desk.clone();
            taking.spawn(async move {
                let handed = hand(&desk, handing(&BOTH)).await.unwrap();
                work_off(&desk).await.unwrap();
                handed
            });
        }
    }
    let handed: Vec<Handed> = taking.join_all().await.into_iter().flatten().collect();
    assert_eq!(handed.iter().filter(|handed| **handed == Handed::Kept).count(), 2, "{handed:?}");
    assert_eq!(handed.iter().filter(|handed| **handed == Handed::Known).count(), 10, "{handed:?}");
    let by_alias = ["help@desk.test", "Support+anything@Desk.test", "nobody@desk.test"];
    let handed = hand(&first, handing(&by_alias)).await.unwrap();
    assert_eq!(handed, [Handed::Known, Handed::Known, Handed::UnknownRecipient]);
    for node in [&first, &second] {
        work_off(node).await.unwrap();
    }
    assert_eq!(engine.count("select count(*) from mail where state = 'done'"), 2);
    assert_eq!(engine.count("select count(*) from message"), 2);
    assert_eq!(engine.count("select count(*) from message_mail"), 2);
    let _ = inbox;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn f9_a_mail_is_one_message_in_each_inbox_however_often_it_comes() {
    one_message_in_each_inbox("sqlite::memory:", None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn f9_a_mail_is_one_message_in_each_inbox_on_two_nodes_at_once() {
    let Some(url) = tokio::task::block_in_place(testkit::postgres::fresh_database) else { return };
    let second = tokio::task::block_in_place(|| {
        Desk::new(Db::open(&url, migrations::ALL).unwrap(), WallClock::system())
    });
    one_message_in_each_inbox(&url, Some(second)).await;
}

/// Servers write on top of each copy which way it came; words under the same Message-ID that differ are no copy.
pub(crate) fn f9_a_copy_by_another_way_is_no_second_message(desk: &TestDesk) {
    let office = office(desk);
    let sales = desk.posts("sales@example.org", (office.unit, office.service));
    let by = |way: u8, mail: &str| {
        format!("Received: from mx{way}.example.net by desk\r\nDelivered-To: {way}\r\n{mail}")
    };
    let question = letter("anna@example.net", "one", "The lamp", "", "It flickers.");
    let first = desk.receives(office.inbox, &question);
    for way in 1..=2 {
        assert_eq!(desk.receives(office.inbox, &by(way, &question)).ticket, first.ticket);
    }
    let other = desk.receives(sales, &by(3, &question));
    assert_ne!(other.ticket, first.ticket, "each inbox has its own matter");
    assert_ne!(desk.receives(sales, &by(4, &question.replace("flickers", "hums"))).ticket, other.ticket);

    let ticket = number(desk, first.ticket);
    let mut bag = Bag::default();
    after_undo(desk, &mut bag);
    bag.left.clear();
    answers(desk, office.kim, ticket, "Which lamp?", desk::reply::Then::Stay);
    after_undo(desk, &mut bag);
    let answer = bag.left.pop().expect("the reply").answered("The one in the hall.");
    desk.receives(office.inbox, &by(1, &answer));
    for (inbox, way) in [(sales, 2), (office.inbox, 3), (sales, 4)] {
        assert_eq!(desk.receives(inbox, &by(way, &answer)).ticket, first.ticket);
    }
    let said: Vec<String> = said_on(desk, ticket).into_iter().map(|(_, _, words)| words).collect();
    assert_eq!(said, ["It flickers.", "Which lamp?", "The one in the hall."]);
    desk.receives(sales, &by(5, &answer.replace("hall", "attic")));
    assert_eq!(said_on(desk, ticket).len(), 4, "other words under the same Message-ID are another message");
    is_clean(desk);
}
