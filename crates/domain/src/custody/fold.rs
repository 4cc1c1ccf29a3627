//! Custody step by step: what each event does to the holder, the owner and the waits.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Custody, Holder, OwnerSpan, Segment, Wait, WaitFor};
use crate::event::{Event, Fact, Side, Step, WaitOn};
use crate::id::{PersonId, TicketId, UnitId};

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Open,
    Solved,
    Closed,
}

/// Custody while events are still coming.
pub(super) struct Fold {
    phase: Phase,
    unit: UnitId,
    person: Option<PersonId>,
    asked: Option<(WaitOn, usize)>,
    handoffs: BTreeMap<TicketId, usize>,
    opened_at: Timestamp,
    /// Everything before this instant is written down in `segments`.
    written_to: Timestamp,
    owner_since: Timestamp,
    life_since: Timestamp,
    segments: Vec<Segment>,
    owners: Vec<OwnerSpan>,
    waits: Vec<Wait>,
    lives: Vec<(Timestamp, Timestamp)>,
}

impl Fold {
    pub(super) fn open(at: Timestamp, unit: UnitId, person: Option<PersonId>) -> Self {
        Self {
            phase: Phase::Open,
            unit,
            person,
            asked: None,
            handoffs: BTreeMap::new(),
            opened_at: at,
            written_to: at,
            owner_since: at,
            life_since: at,
            segments: Vec::new(),
            owners: Vec::new(),
            waits: Vec::new(),
            lives: Vec::new(),
        }
    }

    pub(super) fn own(&mut self, at: Timestamp, event: &Event) {
        self.advance(at);
        match event.fact.step() {
            Some(Step::Transferred { unit, person }) => self.owner(at, unit, person),
            Some(Step::Assigned(person)) => self.owner(at, self.unit, person),
            Some(Step::Spoke(Side::Requesting) | Step::Owes(_)) => self.answered(at),
            Some(Step::WaitStarted(on)) => {
                self.end_asked(at);
                if self.phase == Phase::Open {
                    let wait = self.begin(at, wait_for(on));
                    self.asked = Some((on, wait));
                }
            }
            Some(Step::WaitEnded) => self.end_asked(at),
            Some(Step::Solved) => self.solve(at),
            Some(Step::Closed(_)) => {
                self.solve(at);
                self.phase = Phase::Closed;
            }
            Some(Step::Reopened(_)) => self.reopen(at),
            Some(Step::Escalated(unit)) => {
                self.answered(at);
                self.reopen(at);
                self.owner(at, unit, None);
            }
            Some(Step::Opened(_) | Step::Spoke(Side::Serving)) | None => {}
        }
    }

    pub(super) fn handoff(&mut self, at: Timestamp, event: &Event) {
        self.advance(at);
        match &event.fact {
            Fact::Asked(_) if self.phase == Phase::Open && !self.handoffs.contains_key(&event.ticket) => {
                let wait = self.begin(at, WaitFor::Handoff(event.ticket));
                self.handoffs.insert(event.ticket, wait);
            }
            Fact::Closed { .. } => {
                if let Some(wait) = self.handoffs.remove(&event.ticket) {
                    self.end(wait, at);
                }
            }
            _ => {}
        }
    }

    /// Writes segments up to the event's instant and returns that instant, never in the past.
    fn advance(&mut self, at: Timestamp) -> Timestamp {
        let at = at.max(self.written_to);
        if let Some((WaitOn::Agreed { until }, _)) = self.asked
            && until <= at
        {
            let passed = until.max(self.written_to);
            self.write_to(passed);
            self.end_asked(passed);
        }
        self.write_to(at);
        at
    }

    fn write_to(&mut self, at: Timestamp) {
        let from = std::mem::replace(&mut self.written_to, at);
        if from == at || self.phase == Phase::Closed {
            return;
        }
        let holder = self.holder();
        match self.segments.last_mut() {
            Some(last)
                if last.to == from
                    && last.holder == holder
                    && last.unit == self.unit
                    && last.person == self.person =>
            {
                last.to = at;
            }
            _ => self.segments.push(Segment { from, to: at, holder, unit: self.unit, person: self.person }),
        }
    }

    /// Hand-offs come first: while one is open the requester alone does not have the ball, so a
    /// question to the requester cannot be used to stop the clock meanwhile.
    fn holder(&self) -> Holder {
        if self.phase != Phase::Open {
            return Holder::Administrative;
        }
        if !self.handoffs.is_empty() {
            return Holder::Handoffs(self.handoffs.keys().copied().collect());
        }
        match self.asked {
            Some((WaitOn::Requester, _)) => Holder::Requester,
            Some((WaitOn::Supplier(organisation), _)) => Holder::Supplier(organisation),
            Some((WaitOn::Agreed { until }, _)) => Holder::Agreed { until },
            None => Holder::Owner { queued: self.person.is_none() },
        }
    }

    fn owner(&mut self, at: Timestamp, unit: UnitId, person: Option<PersonId>) {
        if (self.unit, self.person) == (unit, person) {
            return;
        }
        self.write_owner(at);
        (self.unit, self.person) = (unit, person);
    }

    fn write_owner(&mut self, at: Timestamp) {
        let from = std::mem::replace(&mut self.owner_since, at);
        if from < at {
            self.owners.push(OwnerSpan { from, to: at, unit: self.unit, person: self.person });
        }
    }

    fn begin(&mut self, at: Timestamp, on: WaitFor) -> usize {
        let id = i64::try_from(self.waits.len()).unwrap_or(i64::MAX);
        self.waits.push(Wait { id, from: at, to: at, open: true, on });
        self.waits.len() - 1
    }

    fn end(&mut self, wait: usize, at: Timestamp) {
        self.waits[wait].to = at;
        self.waits[wait].open = false;
    }

    /// The requester spoke, so nobody waits for them any longer.
    fn answered(&mut self, at: Timestamp) {
        if matches!(self.asked, Some((WaitOn::Requester, _))) {
            self.end_asked(at);
        }
    }

    fn end_asked(&mut self, at: Timestamp) {
        if let Some((_, wait)) = self.asked.take() {
            self.end(wait, at);
        }
    }

    fn solve(&mut self, at: Timestamp) {
        if self.phase != Phase::Open {
            return;
        }
        self.end_asked(at);
        for wait in std::mem::take(&mut self.handoffs).into_values() {
            self.end(wait, at);
        }
        self.lives.push((self.life_since, at));
        self.phase = Phase::Solved;
    }

    fn reopen(&mut self, at: Timestamp) {
        if self.phase != Phase::Open {
            self.life_since = at;
            self.phase = Phase::Open;
        }
    }

    pub(super) fn finish(mut self, ticket: TicketId, now: Timestamp) -> Custody {
        let now = self.advance(now);
        self.write_owner(now);
        let running = self.phase == Phase::Open;
        if running {
            self.lives.push((self.life_since, now));
        }
        for wait in self.waits.iter_mut().filter(|wait| wait.open) {
            wait.to = now;
        }
        Custody {
            ticket,
            opened_at: self.opened_at,
            segments: self.segments,
            owners: self.owners,
            waits: self.waits,
            lives: self.lives,
            running,
        }
    }
}

const fn wait_for(on: WaitOn) -> WaitFor {
    match on {
        WaitOn::Requester => WaitFor::Requester,
        WaitOn::Supplier(organisation) => WaitFor::Supplier(organisation),
        WaitOn::Agreed { .. } => WaitFor::Agreed,
    }
}
