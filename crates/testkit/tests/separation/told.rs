//! What was told in it: the tickets, with a canary in every text.

use std::collections::BTreeMap;

use desk::DeskError;
use domain::id::{PersonId, ServiceId};
use testkit::TestDesk;

use super::{Cast, Ground};
use crate::canary::word;
use crate::drafts;
use crate::tags;
use crate::texts::{BO, EVA, HR, MO, inside, readers};

/// The tickets, with a canary in every text.
pub(super) struct Told {
    pub(super) external: i64,
    handoff: i64,
    own: i64,
    pub(super) secret: i64,
    upstream: i64,
    below: i64,
    closed: i64,
    snoozed: i64,
    waiting: i64,
    merged: i64,
}

impl Told {
    pub(super) fn new(desk: &TestDesk, place: &Ground, cast: &Cast) -> Self {
        let (kim, bo) = (cast.kim, cast.bo);
        let external = desk.opens(cast.ada, place.help, &word("external subject"), &word("external message"));
        desk.takes(kim, external);
        desk.notes(kim, external, &word("external note"));
        desk.replies(kim, external, &word("external answer"));
        let handoff =
            desk.asks(kim, external, place.stock, &word("hand-off subject"), &word("hand-off question"));
        desk.with(cast.hana, handoff, |act, seen| {
            desk::watch::choose(act, seen, Some(domain::notice::Stance::Watching))
        })
        .unwrap();
        desk.notes(bo, handoff, &word("hand-off note"));
        desk.delivers(bo, handoff, &word("first deliverable"));
        desk.returns(kim, handoff, &word("reason of the return"));
        desk.delivers(bo, handoff, &word("second deliverable"));
        let own = desk.opens(cast.hana, place.help, &word("own subject"), &word("own message"));
        desk.notes(kim, own, &word("note on the agent's own ticket"));
        let secret = desk.opens(cast.eva, place.private, &word("secret subject"), &word("secret message"));
        desk.notes(cast.hr, secret, &word("secret note"));
        let upstream = desk.opens(cast.mo, place.help, &word("upstream subject"), &word("upstream message"));
        desk.notes(kim, upstream, &word("upstream note"));
        let below = desk.asks(kim, upstream, place.stock, &word("below subject"), &word("below question"));
        desk.notes(bo, below, &word("below note"));
        drafts::put(desk, [cast.ada, kim, bo], (external, handoff));
        let closed = desk.opens(cast.ada, place.help, &word("closed subject"), &word("closed message"));
        desk.solves(kim, closed);
        crate::links::put(desk, kim, external, [own, closed]);
        tags::put(desk, [cast.kim, cast.hr], [external, own, secret]);
        let snoozed = desk.opens(cast.ada, place.help, &word("snoozed subject"), "It can wait.");
        desk.with(kim, snoozed, |act, seen| {
            let until = act.now + jiff::SignedDuration::from_hours(9);
            desk::snooze::until(act, seen.serve().ok_or(DeskError::NotAllowed)?, until)
        })
        .unwrap();
        let waiting = desk.opens(cast.ada, place.help, &word("waiting subject"), "What do you need?");
        desk.with(kim, waiting, |act, seen| {
            let question = desk::words::Body::parse("Which one is it?")?;
            let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
            desk::reply::serve(act, granted, &question, desk::reply::Then::WaitForRequester)
        })
        .unwrap();
        let merged = Self::merged(desk, cast.ada, place.help, kim, external);
        // No inbox sends these, and they can still be taken back.
        desk.undoing().replies(kim, own, &word("answer that waits"));
        desk.undoing().delivers(bo, below, &word("deliverable that waits"));
        Self { external, handoff, own, secret, upstream, below, closed, snoozed, waiting, merged }
    }

    /// A ticket that was merged into another one, which more people read.
    fn merged(desk: &TestDesk, ada: PersonId, help: ServiceId, kim: PersonId, external: i64) -> i64 {
        let merged = desk.opens(ada, help, &word("merged subject"), &word("merged message"));
        desk.notes(kim, merged, &word("merged note"));
        desk.replies(kim, merged, &word("merged answer"));
        desk.with(kim, merged, move |act, seen| {
            let viewer = store::access::viewer(act.tx, kim)?.ok_or(DeskError::NotFound)?;
            let into = store::access::by_number(act.tx, &viewer, external, act.now)?;
            let into = into.and_then(store::access::Seen::serve).ok_or(DeskError::NotFound)?;
            desk::merge::run(act, seen.serve().ok_or(DeskError::NotAllowed)?, into)
        })
        .unwrap();
        merged
    }

    /// Those that tests call by a name.
    pub(super) fn numbers(&self) -> BTreeMap<&'static str, i64> {
        BTreeMap::from([
            ("external", self.external),
            ("handoff", self.handoff),
            ("own", self.own),
            ("secret", self.secret),
            ("upstream", self.upstream),
        ])
    }

    /// Each ticket with those for whom it exists.
    pub(super) fn tickets(&self) -> Vec<(i64, Vec<&'static str>)> {
        vec![
            (self.external, readers(&[BO, MO])),
            (self.handoff, inside(&[BO, MO])),
            (self.own, inside(&[])),
            (self.secret, vec![EVA, HR]),
            (self.upstream, inside(&[BO, MO])),
            (self.below, inside(&[BO])),
            (self.closed, readers(&[])),
            (self.snoozed, readers(&[])),
            (self.waiting, readers(&[])),
            (self.merged, readers(&[])),
        ]
    }
}
