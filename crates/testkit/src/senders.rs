//! Somebody who checks senders in a test, without a network: they say what they were told, and are counted.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use desk::Senders;
use mail::authentic::{Arrival, Authenticate, Check, Verdict};
use mail::egress::Later;

use crate::TestDesk;

/// Says the same of every mail until told otherwise.
#[derive(Debug)]
pub struct Vouching {
    says: Mutex<Verdict>,
    asked: AtomicUsize,
    /// The servers that were named, with what they called themselves and the sender of the envelope.
    peers: Mutex<Vec<String>>,
    breaks: AtomicBool,
}

impl Vouching {
    #[must_use]
    pub fn says(dkim: Check, dmarc: Check) -> Arc<Self> {
        let says = Mutex::new(Verdict { dkim, spf: Check::None, dmarc });
        Arc::new(Self {
            says,
            asked: AtomicUsize::new(0),
            peers: Mutex::default(),
            breaks: AtomicBool::default(),
        })
    }

    /// # Panics
    /// When another thread panicked while it spoke.
    pub fn now_says(&self, dkim: Check, dmarc: Check) {
        *self.says.lock().expect("nobody panics here") = Verdict { dkim, spf: Check::None, dmarc };
    }

    /// From here on every question breaks whoever asks.
    pub fn breaks(&self) {
        self.breaks.store(true, Ordering::SeqCst);
    }

    #[must_use]
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// # Panics
    /// When another thread panicked while it spoke.
    #[must_use]
    pub fn peers(&self) -> Vec<String> {
        self.peers.lock().expect("nobody panics here").clone()
    }
}

impl Authenticate for Vouching {
    fn check<'a>(&'a self, arrival: Arrival<'a>) -> Later<'a, Verdict> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if let Some(peer) = arrival.from {
            let peer = format!("{} {} {}", peer.ip, peer.helo, peer.mail_from);
            self.peers.lock().expect("nobody panics here").push(peer);
        }
        assert!(!self.breaks.load(Ordering::SeqCst), "as the test wants it");
        let says = *self.says.lock().expect("nobody panics here");
        Box::pin(async move { says })
    }
}

impl TestDesk {
    /// The same desk with somebody who checks senders.
    #[must_use]
    pub fn checked_by(&self, vouching: &Arc<Vouching>) -> Self {
        let senders = Senders::checked_by(vouching.clone());
        Self { desk: self.desk.clone().with_senders(senders), clock: self.clock.clone() }
    }
}
