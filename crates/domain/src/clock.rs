//! Clocks: one promise on one ticket, measured in working time and explained piece by piece.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::agreement::{AgreementKind, Metric, Target};
use crate::calendar::Calendar;
use crate::custody::Holder;
use crate::event::Event;
use crate::id::{AgreementId, OrganisationId, TargetId, TicketId, UnitId};
use crate::ticket::Ticket;
use crate::word::words;

mod course;
mod measure;
mod story;

/// Every clock of `ticket` under the targets that apply to it now, in the order of `targets` and
/// then of their beginning.
///
/// `events` are the ticket's own and those of the hand-offs asked on its behalf, oldest first: the
/// same that made `ticket`. No instant is read but those of the events, so the same events give the
/// same clocks whenever they are asked for. A target that came with a change of priority, service
/// or agreement counts from the original start.
///
/// What starts and stops a clock (CHAIN.md section 3):
///
/// - A reply counts for the serving side unless it is automatic. Solving stops every clock but
///   acceptance: a ticket solved without a word was answered by being solved.
/// - First response starts at the opening and ends for good at the first reply.
/// - On a ticket that we began ourselves first response starts at the requester's first message: what we
///   wrote before keeps no promise, and until somebody asks nothing is owed.
/// - Next response starts at the oldest unanswered message, but only after the first response: until
///   then that clock already runs. A message on a solved ticket starts none; its reopening does.
/// - Next update starts at each reply while the ticket is open, and at each reopening.
/// - Acceptance starts at each delivery of a hand-off and is owed by the asking unit. Accepted by
///   the timer before its time is `Void`, after it `Missed`.
/// - An OLA starts anew whenever another unit receives the ticket. A unit that passes the ticket on
///   has done its part: resolution is then `Met` or `Missed` by the time it took, since neither
///   passing on late nor passing back and forth may hide a delay. A reply it still owed when it
///   passed the ticket on is `Missed` when late, else `Void`: neither given nor withheld.
/// - A UC measures resolution only, for each wait for a supplier.
/// - Withdrawing a hand-off makes the clocks that still ran `Void`; those that had stopped stay.
#[must_use]
pub fn run(ticket: &Ticket, events: &[Event], targets: &[Applied<'_>]) -> Vec<Clock> {
    let Some(story) = story::read(ticket.id, events) else { return Vec::new() };
    let mut clocks = Vec::new();
    for applied in targets {
        for (course, stay) in course::of(&story, applied.target).into_iter().zip(0..=u16::MAX) {
            clocks.push(measure::clock(&story, applied, &course, stay));
        }
    }
    clocks
}

/// A target with the calendar it names.
#[derive(Clone, Copy)]
pub struct Applied<'a> {
    pub target: &'a Target,
    pub calendar: &'a dyn WorkingTime,
}

/// What a clock asks of a calendar.
pub trait WorkingTime {
    /// Working time inside `[from, to)`.
    fn between(&self, from: Timestamp, to: Timestamp) -> SignedDuration;

    /// The earliest instant, not before `from`, with `working` consumed since `from`.
    fn add(&self, from: Timestamp, working: SignedDuration) -> Timestamp;
}

impl WorkingTime for Calendar {
    fn between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        self.between(from, to)
    }

    fn add(&self, from: Timestamp, working: SignedDuration) -> Timestamp {
        self.add(from, working)
    }
}

/// One promise on one ticket. The stored row is a cache of this value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    pub ticket: TicketId,
    pub target: TargetId,
    pub agreement: AgreementId,
    pub kind: AgreementKind,
    pub metric: Metric,
    /// Counts the clocks of one target on one ticket from 0: stays for an OLA, rounds for replies,
    /// updates, deliveries and suppliers.
    pub stay: u16,
    /// The unit that owes it: the one whose stay it is, else the owner when it stopped, or now.
    pub unit: UnitId,
    /// Working time promised.
    pub within: SignedDuration,
    pub started_at: Timestamp,
    /// Contiguous from `started_at`; the last one has no end while the clock has not stopped.
    pub segments: Vec<Counted>,
    /// Working time of the counted segments that have an end, an agreed date to come included.
    pub consumed: SignedDuration,
    /// When the promise is used up, or would have been had the clock not stopped. `None` while it
    /// waits without knowing until when.
    pub due_at: Option<Timestamp>,
    pub stopped_at: Option<Timestamp>,
    pub outcome: Outcome,
    /// What it was when it first stopped, once a reopening has set it going again.
    pub first_outcome: Option<Outcome>,
}

/// A piece of a clock's life, `[from, to)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub from: Timestamp,
    /// `None` while it lasts.
    pub to: Option<Timestamp>,
    /// Its working time is consumed; else the clock stands still.
    pub counted: bool,
    pub why: Why,
}

/// Who had the ball in a segment, which is why it counts or does not.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The owning unit; `queued` while nobody in it has taken the ticket.
    Owner {
        unit: UnitId,
        queued: bool,
    },
    /// Internal hand-offs: counted always, because the requester is still waiting.
    Handoffs(Vec<TicketId>),
    Requester,
    Supplier(OrganisationId),
    Agreed {
        until: Timestamp,
    },
    /// Delivered or solved: the asking unit decides (counted), or nobody's delay (not counted).
    Solved,
}

impl Why {
    fn of(holder: &Holder, unit: UnitId) -> Self {
        match holder {
            Holder::Owner { queued } => Self::Owner { unit, queued: *queued },
            Holder::Handoffs(tickets) => Self::Handoffs(tickets.clone()),
            Holder::Requester => Self::Requester,
            Holder::Supplier(organisation) => Self::Supplier(*organisation),
            Holder::Agreed { until } => Self::Agreed { until: *until },
            Holder::Administrative => Self::Solved,
        }
    }
}

/// How a clock stands, as far as events alone can tell: ask [`Clock::is_late`] about `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Running,
    /// It stands still and no date is known at which it goes on.
    Paused,
    /// Stopped at its due time or before.
    Met,
    /// Stopped after its due time, even when no working time passed in between.
    Missed,
    /// Ended without a verdict; not part of any statistic.
    Void,
}

words!(Outcome { Running = "running", Paused = "paused", Met = "met", Missed = "missed", Void = "void" });

/// A line of a clock's explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub from: Timestamp,
    /// `None` while it lasts.
    pub to: Option<Timestamp>,
    pub counted: bool,
    pub why: Why,
    /// Working time of the line up to `now`, whether it counted or not.
    pub working: SignedDuration,
}

impl Clock {
    /// Its due time is before `now`, or was before it stopped. A `Void` clock is never late.
    #[must_use]
    pub fn is_late(&self, now: Timestamp) -> bool {
        let end = self.stopped_at.map_or(now, |stopped_at| stopped_at.min(now));
        self.outcome != Outcome::Void && self.due_at.is_some_and(|due_at| due_at < end)
    }

    /// It stands still at `now`, for ever or until an agreed date.
    #[must_use]
    pub fn is_paused(&self, now: Timestamp) -> bool {
        self.stopped_at.is_none()
            && self.segments.iter().any(|segment| !segment.counted && segment.contains(now))
    }

    /// Working time consumed up to `now`.
    #[must_use]
    pub fn spent(&self, calendar: &dyn WorkingTime, now: Timestamp) -> SignedDuration {
        self.explain(calendar, now).iter().filter(|line| line.counted).map(|line| line.working).sum()
    }

    /// Working time left at `now`; negative when late, or zero where no working time passed since.
    #[must_use]
    pub fn remaining(&self, calendar: &dyn WorkingTime, now: Timestamp) -> SignedDuration {
        self.within - self.spent(calendar, now)
    }

    /// One line for each segment with its reason and its working time up to `now`.
    #[must_use]
    pub fn explain(&self, calendar: &dyn WorkingTime, now: Timestamp) -> Vec<Line> {
        let line = |Counted { from, to, counted, why }: &Counted| {
            let end = to.map_or(now, |to| to.min(now)).max(*from);
            let working = calendar.between(*from, end);
            Line { from: *from, to: *to, counted: *counted, why: why.clone(), working }
        };
        self.segments.iter().map(line).collect()
    }
}

impl Counted {
    fn contains(&self, at: Timestamp) -> bool {
        self.from <= at && self.to.is_none_or(|to| at < to)
    }
}

#[cfg(test)]
mod tests;
