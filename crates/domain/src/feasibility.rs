//! Whether a promise can be kept by the usual plan behind it, judged when the promise is made.

mod chance;
#[cfg(test)]
mod tests;
mod walk;

use jiff::{SignedDuration, Timestamp};

use crate::calendar::Calendar;
use crate::id::{ServiceId, UnitId};

pub use chance::{Chance, chance};
pub use walk::{starts, walk};

/// Judges the promise against the plan: own work and OLA targets on the longest path, in the same
/// calendar arithmetic as the clocks, from every one of [`starts`] in the two weeks after `from`.
///
/// Each stage may count in a calendar of its own; the promise's calendar measures what is spare or
/// missing. The verdict is that of the worst start.
pub fn judge(plan: &Plan, promise: Allowance, from: Timestamp) -> Verdict {
    if let Some(stage) = walk::without_agreement(plan) {
        return Verdict::CannotTell { stage };
    }
    let starts = starts(plan, promise, from);
    let worst = starts.into_iter().min_by_key(|&start| walk::margin(plan, promise, start));
    let worst = walk(plan, promise, worst.unwrap_or(from));
    if worst.finished_at <= worst.due_at {
        let spare = promise.calendar.between(worst.finished_at, worst.due_at);
        return Verdict::Fits { spare, worst };
    }
    let missing = promise.calendar.between(worst.due_at, worst.finished_at);
    match worst.binding() {
        Some(binding) => Verdict::DoesNotFit { missing, binding, worst },
        // Without any stage on the path it finishes where it starts, and nothing is due earlier.
        None => Verdict::Fits { spare: SignedDuration::ZERO, worst },
    }
}

/// An amount of working time in a calendar. Not negative; a negative one counts as none.
#[derive(Clone, Copy, Debug)]
pub struct Allowance<'a> {
    /// Working time.
    pub time: SignedDuration,
    /// What counts as working time.
    pub calendar: &'a Calendar,
}

/// How a service is usually delivered.
#[derive(Clone, Debug)]
pub enum Plan<'a> {
    /// The unit's own work.
    Own {
        /// The unit that works.
        unit: UnitId,
        /// How much work it plans.
        work: Allowance<'a>,
        /// How long it really took, if that is known.
        seen: Option<Observed<'a>>,
    },
    /// A hand-off to another unit.
    Handoff {
        /// The unit asked.
        unit: UnitId,
        /// The service asked for.
        service: ServiceId,
        /// What that unit promises, if there is an agreement.
        ola: Option<Allowance<'a>>,
        /// How long it really took, if that is known.
        seen: Option<Observed<'a>>,
    },
    /// One after another.
    Sequence(Vec<Plan<'a>>),
    /// All begin together; what follows waits for the last.
    Parallel(Vec<Plan<'a>>),
}

/// How long a stage took in the past.
#[derive(Clone, Copy, Debug)]
pub struct Observed<'a> {
    /// One entry for each time, as working time in `calendar`.
    pub durations: &'a [SignedDuration],
    /// The calendar they were measured in.
    pub calendar: &'a Calendar,
}

/// Names an own work or a hand-off of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stage {
    /// Position among the plan's own works and hand-offs in reading order, from 0.
    pub place: usize,
    /// Who does it.
    pub unit: UnitId,
    /// The service asked for; none for own work.
    pub service: Option<ServiceId>,
}

/// What came of the judgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Kept even from the worst start.
    Fits {
        /// What is left then, as working time in the promise's calendar.
        spare: SignedDuration,
        /// The walk from that start.
        worst: Walk,
    },
    /// Broken at least from the worst start.
    DoesNotFit {
        /// What is missing then, as working time in the promise's calendar. May be zero when the
        /// plan ends outside that calendar's hours, after the promise was due.
        missing: SignedDuration,
        /// The stage that takes longest on the longest path.
        binding: Stage,
        /// The walk from that start.
        worst: Walk,
    },
    /// A hand-off of the plan has no agreement.
    CannotTell {
        /// The first such hand-off.
        stage: Stage,
    },
}

/// The longest path from one start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// When the ticket is opened.
    pub started_at: Timestamp,
    /// When the plan is done.
    pub finished_at: Timestamp,
    /// When the promise is due.
    pub due_at: Timestamp,
    /// The stages on the longest path; each begins where the one before ends.
    pub legs: Vec<Leg>,
}

/// One stage on the longest path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The stage.
    pub stage: Stage,
    /// When it begins.
    pub from: Timestamp,
    /// When it has used up its time.
    pub to: Timestamp,
}

impl Walk {
    /// The stage that takes longest by the clock on the wall; of equals, the first.
    pub fn binding(&self) -> Option<Stage> {
        let longest = self.legs.iter().rev().max_by_key(|leg| leg.to.duration_since(leg.from));
        longest.map(|leg| leg.stage)
    }
}
