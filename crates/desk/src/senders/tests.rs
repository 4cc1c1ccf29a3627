use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mail::authentic::{Arrival, Authenticate, Check, Verdict};
use mail::egress::Later;
use tokio::sync::Notify;

use super::Senders;

const PASS: Verdict = Verdict { dkim: Check::Pass, spf: Check::None, dmarc: Check::Pass };

/// Answers yes once it is let, and counts how many ask at the same time.
#[derive(Default)]
struct Slow {
    silent: Mutex<bool>,
    let_go: Notify,
    asking: AtomicUsize,
    most: AtomicUsize,
}

impl Authenticate for Slow {
    fn check<'a>(&'a self, _: Arrival<'a>) -> Later<'a, Verdict> {
        Box::pin(async move {
            let asking = self.asking.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(asking, Ordering::SeqCst);
            if *self.silent.lock().unwrap() {
                self.let_go.notified().await;
            } else {
                tokio::task::yield_now().await;
            }
            self.asking.fetch_sub(1, Ordering::SeqCst);
            PASS
        })
    }
}

const MAIL: Arrival<'static> = Arrival { raw: b"From: kim@example.org\r\n\r\nhello", from: None };

#[tokio::test]
async fn m11_nobody_who_can_be_asked_says_nothing() {
    assert_eq!(Senders::unchecked().check(MAIL).await, None);
}

#[tokio::test]
async fn m11_silent_name_servers_prove_nothing_and_hold_up_no_mail() {
    let slow = Arc::new(Slow { silent: Mutex::new(true), ..Slow::default() });
    let (patience, hurry) = (Duration::from_millis(20), Duration::from_millis(5));
    let senders = Senders::checked_by(slow.clone()).within(patience, hurry);
    for silence in 0..6 {
        assert_eq!(senders.patience_now(), if silence < 4 { patience } else { hurry });
        let found = senders.check(MAIL).await.unwrap();
        assert!(found.is_temporary() && !found.is_aligned() && !found.is_disowned());
    }
    *slow.silent.lock().unwrap() = false;
    // Whoever is slow to begin in a hurry is asked again.
    while senders.check(MAIL).await != Some(PASS) {}
    assert_eq!(senders.patience_now(), patience, "who answered once is waited for again");
}

#[tokio::test]
async fn m11_only_so_many_are_asked_about_at_once() {
    let slow = Arc::new(Slow::default());
    let senders = Senders::checked_by(slow.clone());
    let asking = (0..60).map(|_| {
        let senders = senders.clone();
        tokio::spawn(async move { senders.check(MAIL).await })
    });
    for asked in asking.collect::<Vec<_>>() {
        assert_eq!(asked.await.unwrap(), Some(PASS));
    }
    assert_eq!(slow.most.load(Ordering::SeqCst), super::AT_ONCE);
}
