//! The order of work: by when a ticket must be done, counting what it holds up.

use jiff::{SignedDuration, Timestamp};

use crate::agreement::{AgreementKind, Metric};
use crate::calendar::Calendar;
use crate::clock::Clock;
use crate::id::{TargetId, TicketId};

/// How long a ticket without any promise stands behind promised work: it takes its place as if it
/// were due 14 days (elapsed time) after it was opened, so that it ages to the front.
pub const AGES_FOR: SignedDuration = SignedDuration::from_hours(14 * 24);

/// When a ticket must be done, and why then (CHAIN.md section 7): its own promise, or that of the
/// ticket it blocks less the time to finish that one, whichever is earlier. Work down from the
/// outermost ticket: the due time of each one is needed for the hand-offs below it.
///
/// Without a promise on either side it ages; a hand-off is then never younger than the ticket it
/// blocks.
#[must_use]
pub fn effective_due(opened_at: Timestamp, own: Option<Promise>, parent: Option<Inherited<'_>>) -> Due {
    let own = own.map(|own| Due { at: own.due_at, because: Because::Own(own.target) });
    let inherited = parent.and_then(|parent| parent.promised());
    own.into_iter().chain(inherited).min_by_key(|due| due.at).unwrap_or_else(|| {
        let aged = opened_at.checked_add(AGES_FOR).unwrap_or(Timestamp::MAX);
        Due { at: parent.map_or(aged, |parent| aged.min(parent.latest())), because: Because::Age }
    })
}

/// The earliest due time among clocks that have not stopped and that the owner of the ticket owes.
#[must_use]
pub fn promise(clocks: &[Clock]) -> Option<Promise> {
    let owed = |clock: &&Clock| {
        clock.stopped_at.is_none() && clock.kind != AgreementKind::Uc && clock.metric != Metric::Acceptance
    };
    clocks
        .iter()
        .filter(owed)
        .filter_map(|clock| Some(Promise { due_at: clock.due_at?, target: clock.target }))
        .min_by_key(|promise| (promise.due_at, promise.target))
}

/// A ticket's own promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    pub due_at: Timestamp,
    pub target: TargetId,
}

/// What a hand-off takes over from the ticket it blocks.
#[derive(Clone, Copy, Debug)]
pub struct Inherited<'a> {
    /// The blocked ticket.
    pub ticket: TicketId,
    /// Its own effective due time.
    pub due: Due,
    /// What its owner needs after the hand-off comes back: working time in `calendar`, or elapsed
    /// time without one.
    pub finishing_allowance: SignedDuration,
    pub calendar: Option<&'a Calendar>,
}

/// The time that gives a ticket its place, and the reason for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub at: Timestamp,
    pub because: Because,
}

/// Why a ticket is due when it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// A target on the ticket itself.
    Own(TargetId),
    /// It blocks `ticket`. The promise behind it was made on `promised`, that ticket or one further
    /// out, by `target` for `promised_at`.
    Blocks { ticket: TicketId, promised: TicketId, target: TargetId, promised_at: Timestamp },
    /// Nothing was promised; it ages to the front.
    Age,
}

/// A ticket's place in a queue: compare, and the smallest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub due_at: Timestamp,
    pub opened_at: Timestamp,
    pub ticket: TicketId,
}

impl Inherited<'_> {
    /// The latest instant that leaves the blocked ticket time to be finished.
    fn latest(&self) -> Timestamp {
        let Self { due, finishing_allowance, calendar, .. } = *self;
        match calendar {
            Some(calendar) => calendar.subtract(due.at, finishing_allowance),
            None => due.at.checked_sub(finishing_allowance).unwrap_or(Timestamp::MIN),
        }
    }

    fn promised(&self) -> Option<Due> {
        let ticket = self.ticket;
        let because = match self.due.because {
            Because::Own(target) => {
                Because::Blocks { ticket, promised: ticket, target, promised_at: self.due.at }
            }
            Because::Blocks { promised, target, promised_at, .. } => {
                Because::Blocks { ticket, promised, target, promised_at }
            }
            Because::Age => return None,
        };
        Some(Due { at: self.latest(), because })
    }
}

#[cfg(test)]
mod tests;
