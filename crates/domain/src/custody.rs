//! Custody: at every instant of a ticket's open life exactly one holder has it.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::event::{Event, Fact, Side, WaitOn};
use crate::id::{OrganisationId, PersonId, TicketId, UnitId};

/// Folds a ticket's events, oldest first, into custody up to `now`.
///
/// `events` are those of the ticket and those of the hand-offs asked on its behalf; others are
/// passed over. Time never runs backwards: an event earlier than its predecessor counts at its
/// predecessor's instant. Returns `None` when the ticket was never opened.
#[must_use]
pub fn fold(ticket: TicketId, events: &[Event], now: Timestamp) -> Option<Custody> {
    let mut fold: Option<Fold> = None;
    for (at, event) in in_order(ticket, events) {
        match (&mut fold, &event.fact) {
            (None, Fact::Opened(opening) | Fact::Asked(opening)) => {
                fold = Some(Fold::open(at, opening.unit, opening.person));
            }
            (None, _) => {}
            (Some(fold), _) if event.ticket == ticket => fold.own(at, event),
            (Some(fold), _) => fold.handoff(at, event),
        }
    }
    fold.map(|fold| fold.finish(ticket, now))
}

/// The events that matter to a ticket from its opening on, each with the instant at which it counts.
pub(crate) fn in_order(ticket: TicketId, events: &[Event]) -> impl Iterator<Item = (Timestamp, &Event)> {
    let opens =
        move |event: &Event| event.ticket == ticket && matches!(event.fact, Fact::Opened(_) | Fact::Asked(_));
    let mut last: Option<Timestamp> = None;
    events.iter().skip_while(move |event| !opens(event)).filter(move |event| matters(ticket, event)).map(
        move |event| {
            let at = last.map_or(event.at, |last| last.max(event.at));
            last = Some(at);
            (at, event)
        },
    )
}

/// Whether an event is the ticket's own, or blocks or unblocks it.
pub(crate) fn matters(ticket: TicketId, event: &Event) -> bool {
    event.ticket == ticket
        || event.parent == Some(ticket) && matches!(event.fact, Fact::Asked(_) | Fact::Closed { .. })
}

/// Who had a ticket when, and what it waited for. All spans are half-open `[from, to)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Custody {
    pub ticket: TicketId,
    pub opened_at: Timestamp,
    /// Contiguous and disjoint within each open period; they cover the open life exactly.
    pub segments: Vec<Segment>,
    /// The owner underneath, whatever the ticket waited for; contiguous from opening to the end.
    pub owners: Vec<OwnerSpan>,
    /// Every wait for somebody else; waits may overlap.
    pub waits: Vec<Wait>,
    /// `[opened, solved)`, and again for each reopening; the last one ends at `now` while open.
    pub lives: Vec<(Timestamp, Timestamp)>,
    /// Still unsolved: the last life and the open waits end at `now`.
    pub running: bool,
}

impl Custody {
    /// The time covered by segments.
    #[must_use]
    pub fn elapsed(&self) -> SignedDuration {
        self.segments.iter().map(Segment::elapsed).sum()
    }

    /// The segment that holds `at`.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> Option<&Segment> {
        let next = self.segments.partition_point(|segment| segment.from <= at);
        self.segments[..next].last().filter(|segment| at < segment.to)
    }
}

/// One interval with exactly one holder and the owner underneath.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    pub from: Timestamp,
    pub to: Timestamp,
    pub holder: Holder,
    pub unit: UnitId,
    pub person: Option<PersonId>,
}

impl Segment {
    #[must_use]
    pub fn elapsed(&self) -> SignedDuration {
        self.to.duration_since(self.from)
    }
}

/// Whom a ticket waits for; else its owner.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// The owning unit; `queued` while nobody in it has taken the ticket.
    Owner {
        queued: bool,
    },
    Requester,
    Supplier(OrganisationId),
    /// Both sides agreed on a date.
    Agreed {
        until: Timestamp,
    },
    /// Internal hand-offs that block it, in order of id.
    Handoffs(Vec<TicketId>),
    /// Solved and waiting to be closed: nobody's delay.
    Administrative,
}

/// A stay of a ticket with one unit and person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnerSpan {
    pub from: Timestamp,
    pub to: Timestamp,
    pub unit: UnitId,
    pub person: Option<PersonId>,
}

/// An interval in which a ticket waited for somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Numbered by beginning, from 0; the tie-break of the ledger.
    pub id: i64,
    pub from: Timestamp,
    pub to: Timestamp,
    /// It has not ended yet; `to` is `now`.
    pub open: bool,
    pub on: WaitFor,
}

/// What a wait is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WaitFor {
    Handoff(TicketId),
    Requester,
    Supplier(OrganisationId),
    Agreed,
}

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Open,
    Solved,
    Closed,
}

struct Fold {
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
    fn open(at: Timestamp, unit: UnitId, person: Option<PersonId>) -> Self {
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

    fn own(&mut self, at: Timestamp, event: &Event) {
        self.advance(at);
        match &event.fact {
            Fact::Transferred { unit, person, .. } => self.owner(at, *unit, *person),
            Fact::Assigned { person } => self.owner(at, self.unit, *person),
            Fact::Replied { side: Side::Requesting, automatic: false, .. } => self.answered(at),
            Fact::WaitStarted { on, .. } => {
                self.end_asked(at);
                if self.phase == Phase::Open {
                    let wait = self.begin(at, wait_for(*on));
                    self.asked = Some((*on, wait));
                }
            }
            Fact::WaitEnded => self.end_asked(at),
            Fact::Solved { .. } => self.solve(at),
            Fact::Closed { .. } => {
                self.solve(at);
                self.phase = Phase::Closed;
            }
            Fact::Reopened { .. } => self.reopen(at),
            Fact::Escalated { unit, .. } => {
                self.answered(at);
                self.reopen(at);
                self.owner(at, *unit, None);
            }
            Fact::Opened(_)
            | Fact::Asked(_)
            | Fact::Replied { .. }
            | Fact::Noted { .. }
            | Fact::PriorityChanged { .. }
            | Fact::ServiceChanged { .. }
            | Fact::Logged => {}
        }
    }

    fn handoff(&mut self, at: Timestamp, event: &Event) {
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

    fn finish(mut self, ticket: TicketId, now: Timestamp) -> Custody {
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

#[cfg(test)]
mod tests;
