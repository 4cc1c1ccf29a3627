//! Whole conversations: a customer's mail, an agent's reply, the customer's answer, and loops that end.

use std::sync::Arc;

use mail::parse;
use mail::smtp::Outcome;
use store::outgoing::{Kind, State};
use testkit::loopback::{brings, fetches, sends};
use testkit::postfix::{CUSTOMER, DESK, NOBODY, Postfix};
use tokio::net::TcpListener;

use super::engine::Engine;
use super::*;

/// The number of the first ticket.
const FIRST: i64 = 1001;

/// A desk that Postfix brings its mail to by LMTP.
async fn listening() -> Option<(Engine, Arc<Dovecot>, Arc<Postfix>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let dovecot = Dovecot::start()?;
    let postfix = Postfix::start(&dovecot, listener.local_addr().unwrap().port())?;
    let mut engine = tokio::task::block_in_place(Engine::new);
    engine.inbox(&format!("support@{DESK}"), |input| sends(input, &postfix));
    engine.listen(listener);
    engine.run().await;
    Some((engine, Arc::new(dovecot), Arc::new(postfix)))
}

fn read(raw: &str) -> parse::Message {
    parse::message(raw.as_bytes(), &mail::Limits::default()).unwrap()
}

fn header<'a>(raw: &'a str, name: &str) -> &'a str {
    raw.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customers_mail_is_answered_and_the_answer_to_that_threads() {
    let Some((engine, dovecot, postfix)) = listening().await else { return };
    let agent = engine.desk.agent("Amal", &[engine.place.0]);
    let question = format!(
        "From: Kim <kim@{CUSTOMER}>\r\nTo: support@{DESK}\r\nMessage-ID: <1@{CUSTOMER}>\r\nSubject: The printer\r\n\r\n\
         It does not print.\r\n"
    );
    let sent =
        brings(&postfix, &format!("kim@{CUSTOMER}"), &format!("support@{DESK}"), question.as_bytes()).await;
    assert!(matches!(sent[..], [Outcome::Delivered { .. }]), "{sent:?}");
    engine.comes_to("a ticket", |engine| engine.desk.sees(agent, FIRST).is_some()).await;
    let mails = arrived(&dovecot, "kim", 1).await;
    assert_eq!(header(&mails[0], "Auto-Submitted"), "auto-replied", "{}", mails[0]);
    assert_eq!(header(&mails[0], "Return-Path"), "<>", "{}", mails[0]);

    engine.desk.replies(agent, FIRST, "Have you **switched it on**?");
    let mails = arrived(&dovecot, "kim", 2).await;
    let reply = mails.iter().find(|mail| mail.contains("switched it on")).unwrap();
    let understood = read(reply);
    assert_eq!(header(reply, "Auto-Submitted"), "", "people's replies show no sign of a machine: {reply}");
    assert_eq!(understood.from[0].address.key(), format!("support@{DESK}"));
    let reply_to = understood.reply_to[0].address.key().to_owned();
    assert!(reply_to.starts_with("support+"), "{reply_to}");

    let answer = format!(
        "From: kim@{CUSTOMER}\r\nTo: {reply_to}\r\nMessage-ID: <2@{CUSTOMER}>\r\nIn-Reply-To: {}\r\n\
         Subject: Re: The printer\r\n\r\nNow it does.\r\n\r\n> Have you switched it on?\r\n",
        header(reply, "Message-ID")
    );
    let sent = brings(&postfix, &format!("kim@{CUSTOMER}"), &reply_to, answer.as_bytes()).await;
    assert!(matches!(sent[..], [Outcome::Delivered { .. }]), "{sent:?}");
    engine.comes_to("the answer", |engine| said(engine, agent, FIRST).len() == 3).await;
    assert_eq!(said(&engine, agent, FIRST)[2], "Now it does.");
    assert!(engine.desk.sees(agent, FIRST + 1).is_none(), "no second ticket");
    assert!(engine.letters().iter().all(|letter| letter.state == State::Sent), "{:#?}", engine.letters());
}

/// The messages of a ticket, as somebody who serves reads them.
fn said(engine: &Engine, agent: domain::id::PersonId, number: i64) -> Vec<String> {
    let Some(seen) = engine.desk.sees(agent, number) else { return Vec::new() };
    let read = engine.desk.desk.look_now(move |look| Ok(store::message::of_ticket(look.tx, &seen.read())?));
    read.unwrap().into_iter().map(|said| said.message.body).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_7_a_mail_that_nobody_has_bounces_onto_its_message() {
    let Some((engine, _dovecot, postfix)) = listening().await else { return };
    let agent = engine.desk.agent("Amal", &[engine.place.0]);
    let question =
        format!("From: gone@{NOBODY}\r\nTo: support@{DESK}\r\nSubject: Hello\r\n\r\nAre you there?\r\n");
    brings(&postfix, &format!("gone@{NOBODY}"), &format!("support@{DESK}"), question.as_bytes()).await;
    engine.comes_to("a ticket", |engine| engine.desk.sees(agent, FIRST).is_some()).await;
    engine.desk.replies(agent, FIRST, "We are.");
    let reply = |engine: &Engine| engine.letters().into_iter().find(|letter| letter.kind == Kind::Reply);
    engine.comes_to("a bounce", |engine| reply(engine).is_some_and(|it| it.state == State::Bounced)).await;
    let why = reply(&engine).unwrap().answer.unwrap();
    assert!(why.contains("no such mailbox"), "{why}");
    // The report is about our mail and is no mail of a customer: no ticket, and nothing is answered.
    assert!(engine.desk.sees(agent, FIRST + 1).is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_recipient_is_refused_while_the_sender_still_listens() {
    let Some((engine, _dovecot, postfix)) = listening().await else { return };
    let mail = format!("From: kim@{CUSTOMER}\r\nSubject: x\r\n\r\nx\r\n");
    brings(&postfix, &format!("kim@{CUSTOMER}"), &format!("nobody@{DESK}"), mail.as_bytes()).await;
    engine.comes_to("a refusal", |_| postfix.log().contains("550 5.1.1 no such mailbox here")).await;
    assert!(engine.is_at_rest());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn m15_two_desks_that_face_each_other_fall_silent() {
    let Some((ours, dovecot, postfix)) = listening().await else { return };
    let mut theirs = tokio::task::block_in_place(Engine::new);
    theirs.inbox(&format!("help@{CUSTOMER}"), |input| {
        fetches(input, &dovecot, "help");
        sends(input, &postfix);
    });
    theirs.run().await;
    theirs.comes_to("a first look", fetched).await;
    // Each is told that the other one wrote to it, by a mail without any sign of a machine.
    for (from, to) in [
        (format!("help@{CUSTOMER}"), format!("support@{DESK}")),
        (format!("support@{DESK}"), format!("help@{CUSTOMER}")),
    ] {
        let mail =
            format!("From: {from}\r\nTo: {to}\r\nSubject: We are away\r\n\r\nYou wrote to {from}.\r\n");
        brings(&postfix, &from, &to, mail.as_bytes()).await;
    }
    ours.comes_to("their mail and their answer", |ours| mails(ours) >= 2).await;
    theirs.comes_to("our mail and our answer", |theirs| mails(theirs) >= 2).await;
    // A loop of these two would go around every few hundredths of a second.
    tokio::time::sleep(Duration::from_secs(2)).await;
    ours.comes_to("rest", Engine::is_at_rest).await;
    theirs.comes_to("rest", Engine::is_at_rest).await;
    for desk in [&ours, &theirs] {
        assert!((1..=3).contains(&desk.letters().len()), "{:#?}", desk.letters());
        assert!(mails(desk) <= 3);
    }
}

fn mails(engine: &Engine) -> usize {
    usize::try_from(engine.count("select count(*) from mail")).unwrap()
}

fn fetched(engine: &Engine) -> bool {
    let healths = engine.desk.desk.look_now(|look| Ok(store::inbox::healths(look.tx)?)).unwrap();
    healths.iter().all(|(inbox, health)| inbox.incoming.is_none() || health.fetched_at.is_some())
}
