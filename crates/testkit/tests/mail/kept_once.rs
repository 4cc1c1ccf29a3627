//! The same mail again, to two inboxes, and on two nodes at once: one message in each inbox.

use desk::Desk;
use desk::receive_mail::{Body, Handed, Handing, hand, work_off};
use store::mail::Source;
use store::{Db, WallClock, migrations};

use super::engine::Engine;

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
async fn in_1_a_mail_is_one_message_however_often_it_comes() {
    one_message_in_each_inbox("sqlite::memory:", None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn in_1_a_mail_is_one_message_on_two_nodes_at_once() {
    let Some(url) = tokio::task::block_in_place(testkit::postgres::fresh_database) else { return };
    let second = tokio::task::block_in_place(|| {
        Desk::new(Db::open(&url, migrations::ALL).unwrap(), WallClock::system())
    });
    one_message_in_each_inbox(&url, Some(second)).await;
}
