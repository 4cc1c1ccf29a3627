//! From our hands into Postfix, and on into Dovecot's mailboxes.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use mail::egress::Failure;
use mail::smtp::{Envelope, Out, Outcome, Pace, Server, Why};
use testkit::postfix::{CUSTOMER, Postfix};

use super::*;

fn out(postfix: &Postfix, security: Security, sign_in: SignIn) -> Out {
    let endpoint = local(postfix.port, security, &postfix.certificate);
    let server = Server { endpoint, sign_in, hello: "desk.test".into(), pace: Pace::default() };
    Out::new(Egress::system(), server)
}

fn to(address: &str) -> Envelope {
    Envelope { from: Some("support@desk.test".into()), to: vec![address.to_owned()] }
}

fn servers() -> Option<(Dovecot, Postfix)> {
    let dovecot = Dovecot::start()?;
    let postfix = Postfix::start(&dovecot, 9)?;
    Some((dovecot, postfix))
}

/// What arrived, without the lines that servers put on top.
fn bodies(mails: &[String]) -> Vec<&str> {
    mails.iter().map(|mail| mail.split_once("\r\n\r\n").unwrap().1).collect()
}

#[tokio::test]
async fn messages_arrive_whole_with_dots_and_odd_ends_of_lines() {
    let Some((dovecot, postfix)) = servers() else { return };
    let mut out = out(&postfix, Security::StartTls, known("desk"));
    let message = b"Subject: dots\n\n.\n..\nMAIL FROM:<x@y>\n.\r\nend\n.\n";
    let outcomes = out.send(&to(&format!("kim@{CUSTOMER}")), message).await;
    assert!(
        matches!(&outcomes[..], [Outcome::Delivered { words }] if words.contains("queued as")),
        "{outcomes:?}"
    );
    let mails = arrived(&dovecot, "kim", 1).await;
    assert_eq!(bodies(&mails), [".\r\n..\r\nMAIL FROM:<x@y>\r\n.\r\nend\r\n.\r\n"]);
    out.quit().await;
}

#[tokio::test]
async fn many_messages_go_over_one_connection() {
    let Some((dovecot, postfix)) = servers() else { return };
    // Whoever only waited for the server to be there brought nothing.
    let used = |line: &&str| line.contains(": disconnect from localhost") && line.contains(" mail=");
    let used = || postfix.log().lines().filter(used).map(str::to_owned).collect::<Vec<_>>();
    let mut out = out(&postfix, Security::Plain, SignIn::Nothing);
    for number in 0..10 {
        let outcomes = out.send(&to(&format!("kim@{CUSTOMER}")), subject(number).as_bytes()).await;
        assert!(matches!(outcomes[..], [Outcome::Delivered { .. }]), "{outcomes:?}");
    }
    out.quit().await;
    assert_eq!(arrived(&dovecot, "kim", 10).await.len(), 10);
    assert!(comes_about(|| !used().is_empty()).await, "{}", postfix.log());
    assert_eq!(used().len(), 1, "{}", postfix.log());
    assert!(used()[0].contains(" mail=10 "), "{}", postfix.log());
}

#[tokio::test]
async fn a_restarted_server_costs_no_message() {
    let Some((dovecot, mut postfix)) = servers() else { return };
    let mut out = out(&postfix, Security::StartTls, known("desk"));
    for number in 0..3 {
        sent_at_last(&mut out, &postfix, subject(number).as_bytes()).await;
        postfix.restart();
    }
    // Stopped while it hands one on, the server does that once more when it is there again.
    let (mut different, mut count) = (BTreeSet::new(), 3);
    while different.len() < 3 {
        let mails = arrived(&dovecot, "kim", count).await;
        count = mails.len() + 1;
        different = bodies(&mails).into_iter().map(ToOwned::to_owned).collect();
    }
    postfix.stop();
    let outcomes = out.send(&to(&format!("kim@{CUSTOMER}")), subject(4).as_bytes()).await;
    assert_eq!(outcomes, [Outcome::Later { why: Failure::Unreachable.into() }]);
}

/// A server that greets may still wait for its own helpers, and say that it goes later; then it goes later.
async fn sent_at_last(out: &mut Out, postfix: &Postfix, message: &[u8]) {
    let began = Instant::now();
    loop {
        let outcomes = out.send(&to(&format!("kim@{CUSTOMER}")), message).await;
        match &outcomes[..] {
            [Outcome::Delivered { .. }] => return,
            [Outcome::Later { .. }] if began.elapsed() < PATIENCE => {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            other => panic!("{other:?}: {}", postfix.log()),
        }
    }
}

#[tokio::test]
async fn a_foreign_recipient_is_refused_and_the_other_is_not() {
    let Some((dovecot, postfix)) = servers() else { return };
    let mut out = out(&postfix, Security::Plain, SignIn::Nothing);
    let both = Envelope { to: vec!["x@elsewhere.test".into(), format!("kim@{CUSTOMER}")], ..to("") };
    let outcomes = out.send(&both, subject(1).as_bytes()).await;
    assert!(matches!(&outcomes[0], Outcome::Refused { why: Why::Said { code: 554, .. } }), "{outcomes:?}");
    assert!(matches!(&outcomes[1], Outcome::Delivered { .. }), "{outcomes:?}");
    assert_eq!(arrived(&dovecot, "kim", 1).await.len(), 1);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_certificate_are_told_apart() {
    let Some((_dovecot, postfix)) = servers() else { return };
    let wrong = SignIn::Password { name: "desk".into(), password: Secret::new("wrong".into()) };
    let refused = out(&postfix, Security::StartTls, wrong).test().await;
    assert_eq!(refused, Err(Failure::SignInRefused), "{}", postfix.log());
    assert_eq!(out(&postfix, Security::StartTls, known("desk")).test().await, Ok(()));
    let endpoint = Endpoint { root: None, ..local(postfix.port, Security::StartTls, "") };
    let server =
        Server { endpoint, sign_in: known("desk"), hello: "desk.test".into(), pace: Pace::default() };
    let unknown = Out::new(Egress::system(), server).test().await;
    assert_eq!(unknown, Err(Failure::CertificateRefused));
}
