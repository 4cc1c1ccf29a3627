//! Whether a mail comes from where it says: what a server that we believe wrote above it, and what we found.

use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};

use mail::Limits;
use mail::authentic::{self, Arrival, Check, Hop, Peer, Trust, Verdict};
use store::inbox::Inbox;
use store::mail::{Found, Mail};
use tokio::runtime::Handle;

use crate::senders::Senders;

/// How an inbox wants its senders looked at.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    trust: Option<Trust>,
    checks: bool,
}

/// What is known of a sender.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Checked {
    pub verdict: Verdict,
    /// What our own check found, when it was asked now.
    pub news: Option<Found>,
}

impl Wanted {
    pub(super) fn of(inbox: Option<&Inbox>) -> Self {
        Self {
            trust: inbox.and_then(|inbox| inbox.authority.as_deref()).map(trust),
            checks: inbox.is_some_and(|inbox| inbox.checks),
        }
    }
}

/// `mx.example.org/2` believes what stands above the second `Received` field; without a number it is the
/// first, because below it everything is a stranger's.
fn trust(authority: &str) -> Trust {
    let (name, hops) = authority.split_once('/').unwrap_or((authority, "1"));
    Trust { authserv_id: name.trim().to_owned(), own_hops: hops.trim().parse().unwrap_or(1) }
}

/// What was found when the mail came, for a decision that comes later: nobody is asked again.
pub(super) fn remembered(inbox: &Inbox, mail: &Mail, raw: &[u8]) -> Verdict {
    let wanted = Wanted::of(Some(inbox));
    let said = wanted.trust.and_then(|trust| authentic::trusted(raw, &trust, &Limits::default()));
    authentic::weighed(said, mail.found.filter(|_| wanted.checks).map(verdict))
}

/// Runs on a thread that may wait: name servers are asked from here, once for each mail.
pub(super) fn run(senders: &Senders, runtime: &Handle, wanted: &Wanted, mail: &Mail, raw: &[u8]) -> Checked {
    let limits = Limits::default();
    let said = wanted.trust.as_ref().and_then(|trust| authentic::trusted(raw, trust, &limits));
    // History was checked when it came; the keys of then are gone.
    if !wanted.checks || mail.silent {
        return Checked { verdict: authentic::weighed(said, None), news: None };
    }
    let before = mail.found.map(verdict);
    if let Some(before) = before.filter(|before| !before.is_temporary()) {
        return Checked { verdict: authentic::weighed(said, Some(before)), news: None };
    }
    let hop = wanted.trust.as_ref().and_then(|trust| authentic::last_own(raw, trust, &limits));
    let host = wanted.trust.as_ref().map_or("localhost", |trust| trust.authserv_id.as_str());
    let arrival = Arrival { raw, from: peer(mail, hop.as_ref(), host) };
    let ask = || runtime.block_on(senders.check(arrival));
    let found = if authentic::is_checkable(&arrival, &limits) {
        // A mail on which the check breaks is one of which nothing is known, and holds up no other.
        catch_unwind(AssertUnwindSafe(ask)).unwrap_or(Some(Verdict::TEMPORARY))
    } else {
        None
    };
    Checked { verdict: authentic::weighed(said, found.or(before)), news: found.map(kept) }
}

/// Who brought it, as our MTA said when it handed it over, or as our own server wrote into it. Without either
/// nobody knows, and only signatures are looked at.
fn peer<'a>(mail: &'a Mail, hop: Option<&'a Hop>, host: &'a str) -> Option<Peer<'a>> {
    if let Some(peer) = &mail.peer {
        let ip: IpAddr = peer.address.parse().ok()?;
        let mail_from = mail.envelope_from.as_deref().unwrap_or_default();
        return Some(Peer { ip, helo: &peer.name, mail_from, host });
    }
    let hop = hop?;
    let mail_from = mail.envelope_from.as_deref().or(hop.mail_from.as_deref())?;
    Some(Peer { ip: hop.ip, helo: &hop.helo, mail_from, host })
}

fn verdict(found: Found) -> Verdict {
    let check = |check| match check {
        store::mail::Check::Pass => Check::Pass,
        store::mail::Check::Fail => Check::Fail,
        store::mail::Check::None => Check::None,
        store::mail::Check::Unknown => Check::Unknown,
    };
    Verdict { dkim: check(found.dkim), spf: check(found.spf), dmarc: check(found.dmarc) }
}

fn kept(verdict: Verdict) -> Found {
    let check = |check| match check {
        Check::Pass => store::mail::Check::Pass,
        Check::Fail => store::mail::Check::Fail,
        Check::None => store::mail::Check::None,
        Check::Unknown => store::mail::Check::Unknown,
    };
    Found { dkim: check(verdict.dkim), spf: check(verdict.spf), dmarc: check(verdict.dmarc) }
}
