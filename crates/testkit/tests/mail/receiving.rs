//! From Postfix into our own listener.

use std::sync::{Arc, Mutex};

use mail::egress::Later;
use mail::lmtp::{self, Admission, Answer, Delivery, Door, Protocol, Reception};
use mail::smtp::Outcome;
use testkit::loopback::brings;
use testkit::postfix::{DESK, NOBODY, Postfix};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::*;

/// Keeps everything from the second attempt on.
#[derive(Default)]
struct Desk {
    attempts: Mutex<u32>,
    kept: Mutex<Vec<Delivery>>,
}

impl Reception for Desk {
    fn recipient<'a>(&'a self, _from: Option<&'a str>, to: &'a str) -> Later<'a, Admission> {
        let known = if to.starts_with("unknown@") { Admission::Unknown } else { Admission::Welcome };
        Box::pin(async move { known })
    }

    fn message(&self, delivery: Delivery) -> Later<'_, Vec<Answer>> {
        let mut attempts = self.attempts.lock().unwrap();
        *attempts += 1;
        let answer = if *attempts == 1 { Answer::NotNow } else { Answer::Kept };
        let answers = vec![answer; delivery.recipients.len()];
        if answer == Answer::Kept {
            self.kept.lock().unwrap().push(delivery);
        }
        Box::pin(async move { answers })
    }
}

struct Listening {
    desk: Arc<Desk>,
    _dovecot: Dovecot,
    postfix: Postfix,
    _stop: watch::Sender<bool>,
}

async fn listening() -> Option<Listening> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let dovecot = Dovecot::start()?;
    let postfix = Postfix::start(&dovecot, port)?;
    let desk = Arc::new(Desk::default());
    let (stop, stopped) = watch::channel(false);
    let settings = lmtp::Settings {
        protocol: Protocol::Lmtp,
        name: "desk.test".into(),
        limits: lmtp::Limits::default(),
        pace: lmtp::Pace::default(),
        spill: None,
    };
    tokio::spawn(lmtp::serve(Door::Tcp(listener), settings, desk.clone(), stopped));
    Some(Listening { desk, _dovecot: dovecot, postfix, _stop: stop })
}

impl Listening {
    async fn send(&self, from: &str, to: String, message: &[u8]) {
        let outcomes = brings(&self.postfix, from, &to, message).await;
        assert!(matches!(outcomes[..], [Outcome::Delivered { .. }]), "{outcomes:?}");
    }

    async fn kept(&self, count: usize) -> Vec<Delivery> {
        let came = comes_about(|| self.desk.kept.lock().unwrap().len() >= count).await;
        assert!(came, "{}", self.postfix.log());
        self.desk.kept.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn what_was_not_kept_is_brought_again_and_then_whole() {
    let Some(listening) = listening().await else { return };
    let message = b"Subject: x\r\n\r\n.\r\n..dots\r\n.\r\nend\r\n";
    listening.send("kim@customer.test", format!("support@{DESK}"), message).await;
    let kept = listening.kept(1).await;
    assert_eq!(*listening.desk.attempts.lock().unwrap(), 2);
    assert_eq!(kept[0].recipients, [format!("support@{DESK}")]);
    assert_eq!(kept[0].from.as_deref(), Some("kim@customer.test"));
    let text = String::from_utf8(kept[0].content.read().unwrap()).unwrap();
    assert!(text.ends_with("Subject: x\r\n\r\n.\r\n..dots\r\n.\r\nend\r\n"), "{text}");
}

#[tokio::test]
async fn a_large_message_comes_whole() {
    let Some(listening) = listening().await else { return };
    let large = format!("Subject: large\r\n\r\n{}", "0123456789 ".repeat(70).trim_end().to_owned() + "\r\n");
    let large = large + &format!("{}\r\n", "x".repeat(900)).repeat(10_000);
    listening.send("kim@customer.test", format!("support@{DESK}"), large.as_bytes()).await;
    let kept = listening.kept(1).await;
    assert!(String::from_utf8(kept[0].content.read().unwrap()).unwrap().ends_with(&large));
}

#[tokio::test]
async fn a_bounce_comes_from_nobody() {
    let Some(listening) = listening().await else { return };
    listening.send(&format!("support@{DESK}"), format!("gone@{NOBODY}"), subject(1).as_bytes()).await;
    let kept = listening.kept(1).await;
    assert_eq!(kept[0].from, None);
    let text = String::from_utf8(kept[0].content.read().unwrap()).unwrap();
    assert!(text.contains("multipart/report") && text.contains("5.1.1"), "{text}");
}

#[tokio::test]
async fn an_unknown_recipient_bounces_to_the_sender() {
    let Some(listening) = listening().await else { return };
    listening.send(&format!("support@{DESK}"), format!("unknown@{DESK}"), subject(1).as_bytes()).await;
    let kept = listening.kept(1).await;
    assert_eq!((kept[0].from.as_deref(), kept[0].recipients[0].as_str()), (None, "support@desk.test"));
    assert!(String::from_utf8(kept[0].content.read().unwrap()).unwrap().contains("no such mailbox here"));
}
