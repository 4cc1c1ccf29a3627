//! From Dovecot into a desk: the first connection, history, large mails, and moving.

use desk::inboxes::AfterFetch;
use domain::id::InboxId;

use testkit::loopback::fetches;

use super::engine::Engine;
use super::*;

pub(crate) fn kept(engine: &Engine) -> i64 {
    engine.count("select count(*) from mail")
}

pub(crate) async fn fetching(
    dovecot: &Dovecot,
    change: impl FnOnce(&mut desk::inboxes::Input),
) -> (Engine, InboxId) {
    let (mut engine, inbox) = at_rest(dovecot, change);
    engine.run().await;
    (engine, inbox)
}

/// An inbox that nobody fetches yet.
pub(crate) fn at_rest(
    dovecot: &Dovecot,
    change: impl FnOnce(&mut desk::inboxes::Input),
) -> (Engine, InboxId) {
    let engine = tokio::task::block_in_place(Engine::new);
    let inbox = engine.inbox("help@customer.test", |input| {
        fetches(input, dovecot, "help");
        change(input);
    });
    (engine, inbox)
}

pub(crate) fn incoming(input: &mut desk::inboxes::Input) -> &mut desk::inboxes::Incoming {
    input.incoming.as_mut().unwrap()
}

pub(crate) fn is_fetched(engine: &Engine, inbox: InboxId) -> bool {
    let health = engine.desk.desk.look_now(move |look| Ok(store::inbox::health(look.tx, inbox)?));
    health.unwrap().fetched_at.is_some()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_2_a_first_connection_brings_nothing_in_and_then_everything_new() {
    let Some(dovecot) = Dovecot::start() else { return };
    dovecot.put("help", subject(1).as_bytes());
    let (engine, inbox) = fetching(&dovecot, |_| {}).await;
    engine.comes_to("a first look", |engine| is_fetched(engine, inbox)).await;
    assert_eq!(kept(&engine), 0);
    dovecot.put("help", subject(2).as_bytes());
    engine.comes_to("the new mail", |engine| kept(engine) == 1 && engine.is_at_rest()).await;
    assert_eq!(engine.count("select count(*) from mail where silent = 0 and state = 'done'"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_2_history_comes_silently_and_what_comes_after_it_does_not() {
    let Some(dovecot) = Dovecot::start() else { return };
    for number in 0..3 {
        dovecot.put("help", subject(number).as_bytes());
    }
    // The server takes the time of the file for the time at which it took the mail, in whole seconds.
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let (engine, _) = fetching(&dovecot, |input| incoming(input).with_history = true).await;
    engine.comes_to("history", |engine| kept(engine) == 3 && engine.is_at_rest()).await;
    assert_eq!(engine.count("select count(*) from mail where silent = 1 and state = 'done'"), 3);
    assert_eq!(engine.count("select count(*) from ticket where state = 'closed'"), 3);
    assert!(engine.letters().is_empty());
    tokio::time::sleep(Duration::from_millis(1100)).await;
    dovecot.put("help", subject(4).as_bytes());
    engine.comes_to("the new mail", |engine| kept(engine) == 4 && engine.is_at_rest()).await;
    assert_eq!(engine.count("select count(*) from mail where silent = 0"), 1);
    assert_eq!(engine.count("select count(*) from ticket where state = 'open'"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f8_new_numbers_bring_known_mails_in_no_second_time() {
    let Some(mut dovecot) = Dovecot::start() else { return };
    for number in 0..3 {
        dovecot.put("help", subject(number).as_bytes());
    }
    let (engine, inbox) = fetching(&dovecot, |input| incoming(input).with_history = true).await;
    engine.comes_to("the mails", |engine| kept(engine) == 3).await;
    let health = |engine: &Engine| {
        engine.desk.desk.look_now(move |look| Ok(store::inbox::health(look.tx, inbox)?)).unwrap()
    };
    let before = health(&engine).uid_validity;
    dovecot.renumber("help");
    dovecot.put("help", subject(3).as_bytes());
    engine.comes_to("the new mail", |engine| kept(engine) == 4).await;
    assert_ne!(health(&engine).uid_validity, before);
    assert_eq!(health(&engine).fetch_failure, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_mails_come_alone_and_too_large_ones_wait_by_their_header() {
    let Some(dovecot) = Dovecot::start() else { return };
    let mail = |number: usize, megabytes: usize| {
        let line = format!("{}\r\n", "x".repeat(1022));
        format!(
            "From: kim@customer.test\r\nMessage-ID: <{number}@customer.test>\r\nSubject: {megabytes} MB\r\n\r\n{}",
            line.repeat(megabytes * 1024)
        )
    };
    for (number, megabytes) in [(1, 0), (2, 6), (3, 0), (4, 37), (5, 5), (6, 0)] {
        dovecot.put("help", mail(number, megabytes).as_bytes());
    }
    let (engine, _) = fetching(&dovecot, |input| incoming(input).with_history = true).await;
    engine.comes_to("six mails", |engine| kept(engine) == 6 && engine.is_at_rest()).await;
    assert_eq!(engine.count("select count(*) from mail where state = 'done'"), 5);
    assert_eq!(engine.count("select count(*) from mail where raw is null and state = 'done'"), 2);
    let held = engine
        .desk
        .desk
        .look_now(|look| Ok(store::mail::suspended(look.tx, domain::id::MailId(i64::MAX), 9)?));
    let held = held.unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].code.as_deref(), Some("too_large"));
    assert_eq!(held[0].from_address.as_deref(), Some("kim@customer.test"));
    assert!(held[0].detail.as_deref().is_some_and(|detail| detail.contains(" bytes")), "{held:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_kept_is_moved_out_of_the_way_when_that_is_wanted() {
    let Some(dovecot) = Dovecot::start() else { return };
    for number in 0..3 {
        dovecot.put("help", subject(number).as_bytes());
    }
    let (engine, _) = fetching(&dovecot, |input| {
        incoming(input).with_history = true;
        incoming(input).after_fetch = AfterFetch::Move("Done".into());
    })
    .await;
    let moved = dovecot.maildir("help").join(".Done");
    let count = |part: &str| std::fs::read_dir(moved.join(part)).map_or(0, Iterator::count);
    engine.comes_to("the folder", |_| count("cur") + count("new") == 3).await;
    assert_eq!(kept(&engine), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_said_on_the_inbox_in_our_words() {
    let Some(dovecot) = Dovecot::start() else { return };
    let wrong = Secret::new("wrong".to_owned());
    let (engine, inbox) = fetching(&dovecot, |input| input.incoming_secret = Some(wrong)).await;
    let failure = move |engine: &Engine| {
        let health = engine.desk.desk.look_now(move |look| Ok(store::inbox::health(look.tx, inbox)?));
        health.unwrap().fetch_failure
    };
    engine.comes_to("a failure", |engine| failure(engine).is_some()).await;
    assert_eq!(failure(&engine).unwrap(), mail::egress::Failure::SignInRefused.to_string());
}
