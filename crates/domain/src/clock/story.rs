//! A ticket's events as its clocks read them: who had it, who spoke, when it was done.

use jiff::{SignedDuration, Timestamp};

use crate::custody::{self, Custody};
use crate::event::{Closing, Event, Fact, Side, Step, Unanswered, WaitOn};
use crate::id::{TicketId, UnitId};

/// Reads a ticket's events; `None` when it was never opened.
pub(super) fn read(ticket: TicketId, events: &[Event]) -> Option<Story> {
    let mut reading = Reading { moments: Vec::new(), unit: None, open: false, closed: false };
    let mut last = None;
    let mut accepting = None;
    let mut outbound = false;
    for (at, event) in custody::in_order(ticket, events) {
        if event.ticket == ticket {
            reading.next(at, &event.fact);
        }
        if let (None, Fact::Opened(opening) | Fact::Asked(opening)) = (last, &event.fact) {
            outbound = opening.outbound;
            accepting = event.parent.map(|_| opening.asking_unit.unwrap_or(opening.unit));
        }
        let agreed = match event.fact {
            Fact::WaitStarted { on: WaitOn::Agreed { until }, .. } => until,
            _ => at,
        };
        last = last.max(Some(agreed.max(at)));
    }
    let horizon = after(last?);
    let custody = custody::fold(ticket, events, horizon)?;
    Some(Story { custody, horizon, moments: reading.moments, accepting, outbound })
}

/// What a ticket's events say to its clocks.
pub(super) struct Story {
    /// Folded to `horizon`.
    pub(super) custody: Custody,
    /// After every event and every agreed date: what lasts until here has no known end.
    pub(super) horizon: Timestamp,
    pub(super) moments: Vec<(Timestamp, Moment)>,
    /// Who accepts or returns what is delivered, when this is a hand-off.
    pub(super) accepting: Option<UnitId>,
    /// We wrote first: until somebody answers, nobody waits for a response.
    pub(super) outbound: bool,
}

/// A fact that starts, stops or hands over a clock.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Received(UnitId),
    Spoken(Side),
    Solved {
        withdrawn: bool,
    },
    Reopened(Side),
    Closed(Closing),
    /// Another ticket was merged into this one, with words that nobody had answered.
    Owes(Unanswered),
}

impl Story {
    /// Who has it in the end.
    pub(super) fn unit(&self) -> UnitId {
        let received = self.moments.iter().rev().find_map(|(_, moment)| match moment {
            Moment::Received(unit) => Some(*unit),
            _ => None,
        });
        received.expect("a story begins with a unit that received the ticket")
    }
}

/// Keeps the events that mean something and drops those that change nothing.
struct Reading {
    moments: Vec<(Timestamp, Moment)>,
    unit: Option<UnitId>,
    open: bool,
    closed: bool,
}

impl Reading {
    fn next(&mut self, at: Timestamp, fact: &Fact) {
        match fact.step() {
            Some(Step::Opened(opening)) if self.unit.is_none() => {
                self.received(at, opening.unit);
                self.open = true;
            }
            Some(Step::Transferred { unit, .. }) => self.received(at, unit),
            Some(Step::Spoke(side)) => self.push(at, Moment::Spoken(side)),
            Some(Step::Owes(unanswered)) if self.open => self.push(at, Moment::Owes(unanswered)),
            Some(Step::Solved) => self.solved(at, false),
            Some(Step::Reopened(side)) => self.reopened(at, side),
            Some(Step::Closed(how)) if !self.closed => {
                self.solved(at, matches!(how, Closing::Withdrawn | Closing::Merged));
                self.push(at, Moment::Closed(how));
                self.closed = true;
            }
            Some(Step::Escalated(unit)) => {
                self.received(at, unit);
                if self.open {
                    self.push(at, Moment::Spoken(Side::Requesting));
                }
                self.reopened(at, Side::Requesting);
            }
            Some(
                Step::Opened(_)
                | Step::Assigned(_)
                | Step::WaitStarted(_)
                | Step::WaitEnded
                | Step::Closed(_)
                | Step::Owes(_),
            )
            | None => {}
        }
    }

    fn push(&mut self, at: Timestamp, moment: Moment) {
        self.moments.push((at, moment));
    }

    fn received(&mut self, at: Timestamp, unit: UnitId) {
        if self.unit.replace(unit) != Some(unit) {
            self.push(at, Moment::Received(unit));
        }
    }

    fn solved(&mut self, at: Timestamp, withdrawn: bool) {
        if std::mem::replace(&mut self.open, false) {
            self.push(at, Moment::Solved { withdrawn });
        }
    }

    fn reopened(&mut self, at: Timestamp, side: Side) {
        if !std::mem::replace(&mut self.open, true) {
            self.closed = false;
            self.push(at, Moment::Reopened(side));
        }
    }
}

/// The smallest instant after `at`.
fn after(at: Timestamp) -> Timestamp {
    at.checked_add(SignedDuration::from_micros(1)).unwrap_or(Timestamp::MAX)
}
