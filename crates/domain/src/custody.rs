//! Custody: at every instant of a ticket's open life exactly one holder has it.

use jiff::{SignedDuration, Timestamp};

use crate::event::{Event, Fact};
use crate::id::{OrganisationId, PersonId, TicketId, UnitId};

mod fold;

use fold::Fold;

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
    !event.fact.is_aside() && event.ticket == ticket
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

#[cfg(test)]
mod tests;
