//! When each clock of a target starts, stands and stops, before any calendar is asked.

use jiff::{SignedDuration, Timestamp};

use crate::agreement::{AgreementKind, Metric, Target};
use crate::custody::{self, Custody, WaitFor};
use crate::event::{Closing, Event, Fact, Side, WaitOn};
use crate::id::{TicketId, UnitId};

/// What a ticket's events say to its clocks.
pub(super) struct Story {
    /// Folded to `horizon`.
    pub(super) custody: Custody,
    /// After every event and every agreed date: what lasts until here has no known end.
    pub(super) horizon: Timestamp,
    moments: Vec<(Timestamp, Moment)>,
    /// Who accepts or returns what is delivered, when this is a hand-off.
    accepting: Option<UnitId>,
}

/// A stretch measured against one target.
pub(super) struct Course {
    pub(super) unit: UnitId,
    /// Several when it was reopened.
    pub(super) periods: Vec<Period>,
}

/// `[from, to)`, without end while it goes on.
pub(super) struct Period {
    pub(super) from: Timestamp,
    pub(super) end: Option<(Timestamp, Ending)>,
}

/// How a stopped course is judged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Done, and therefore met or missed.
    Done,
    /// Dropped with the duty: missed when late, else void.
    Dropped,
    /// Nobody needs it any longer.
    Void,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Moment {
    Received(UnitId),
    Spoken(Side),
    Solved { withdrawn: bool },
    Reopened(Side),
    Closed(Closing),
}

/// Reads a ticket's events; `None` when it was never opened.
pub(super) fn read(ticket: TicketId, events: &[Event]) -> Option<Story> {
    let mut reading = Reading { moments: Vec::new(), unit: None, open: false, closed: false };
    let mut last = None;
    let mut accepting = None;
    for (at, event) in custody::in_order(ticket, events) {
        if event.ticket == ticket {
            reading.next(at, &event.fact);
        }
        if let (None, Fact::Opened(opening) | Fact::Asked(opening)) = (last, &event.fact) {
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
    Some(Story { custody, horizon, moments: reading.moments, accepting })
}

/// The courses of one target, by their beginning.
pub(super) fn of(story: &Story, target: &Target) -> Vec<Course> {
    let mut courses = Courses { stays: target.kind == AgreementKind::Ola, ..Courses::default() };
    match (target.kind, target.metric) {
        (AgreementKind::Uc, Metric::Resolution) => return suppliers(story),
        (AgreementKind::Uc, _) => {}
        (_, Metric::FirstResponse) => courses.first_response(story),
        (_, Metric::NextResponse) => courses.next_response(story),
        (_, Metric::Resolution) => courses.resolution(story),
        (_, Metric::NextUpdate) => courses.next_update(story),
        (_, Metric::Acceptance) => courses.acceptance(story),
    }
    courses.all
}

/// The smallest instant after `at`.
fn after(at: Timestamp) -> Timestamp {
    at.checked_add(SignedDuration::from_micros(1)).unwrap_or(Timestamp::MAX)
}

fn suppliers(story: &Story) -> Vec<Course> {
    let waits = story.custody.waits.iter().filter(|wait| matches!(wait.on, WaitFor::Supplier(_)));
    waits
        .map(|wait| Course {
            unit: story.custody.at(wait.from).map_or(story.unit(), |segment| segment.unit),
            periods: vec![Period { from: wait.from, end: (!wait.open).then_some((wait.to, Ending::Done)) }],
        })
        .collect()
}

impl Story {
    fn unit(&self) -> UnitId {
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
        match fact {
            Fact::Opened(opening) | Fact::Asked(opening) if self.unit.is_none() => {
                self.received(at, opening.unit);
                self.open = true;
            }
            Fact::Transferred { unit, .. } => self.received(at, *unit),
            Fact::Replied { side, automatic: false, .. } => self.push(at, Moment::Spoken(*side)),
            Fact::Solved { .. } => self.solved(at, false),
            Fact::Reopened { side, .. } => self.reopened(at, *side),
            Fact::Closed { how, .. } if !self.closed => {
                self.solved(at, *how == Closing::Withdrawn);
                self.push(at, Moment::Closed(*how));
                self.closed = true;
            }
            Fact::Escalated { unit, .. } => {
                self.received(at, *unit);
                if self.open {
                    self.push(at, Moment::Spoken(Side::Requesting));
                }
                self.reopened(at, Side::Requesting);
            }
            Fact::Opened(_)
            | Fact::Asked(_)
            | Fact::Assigned { .. }
            | Fact::Replied { .. }
            | Fact::Noted { .. }
            | Fact::WaitStarted { .. }
            | Fact::WaitEnded
            | Fact::Closed { .. }
            | Fact::PriorityChanged { .. }
            | Fact::ServiceChanged { .. }
            | Fact::Logged => {}
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

/// Courses of one target while the story is walked.
#[derive(Default)]
struct Courses {
    all: Vec<Course>,
    /// Each unit gets its own course.
    stays: bool,
    unit: Option<UnitId>,
}

impl Courses {
    fn first_response(&mut self, story: &Story) {
        let mut open = true;
        let mut unheard = false;
        for &(at, moment) in &story.moments {
            match moment {
                Moment::Received(unit) => {
                    let first = self.unit.is_none();
                    let owed = self.received(at, unit, Ending::Dropped);
                    unheard = self.stays && !open;
                    if first || self.stays && open && !owed {
                        self.start(at);
                    }
                }
                Moment::Spoken(Side::Serving) => self.stop(at, Ending::Done),
                Moment::Solved { withdrawn } => {
                    open = false;
                    self.stop(at, done_or_void(withdrawn));
                }
                Moment::Reopened(_) => {
                    open = true;
                    if std::mem::replace(&mut unheard, false) {
                        self.start(at);
                    }
                }
                Moment::Spoken(Side::Requesting) | Moment::Closed(_) => {}
            }
        }
    }

    fn next_response(&mut self, story: &Story) {
        let mut open = true;
        let mut answered_once = false;
        let mut unanswered = false;
        for &(at, moment) in &story.moments {
            match moment {
                Moment::Received(unit) => {
                    self.received(at, unit, Ending::Dropped);
                }
                Moment::Spoken(Side::Serving) => {
                    answered_once = true;
                    unanswered = false;
                    self.stop(at, Ending::Done);
                }
                Moment::Spoken(Side::Requesting) => {
                    if open && answered_once && !unanswered {
                        self.start(at);
                    }
                    unanswered |= answered_once;
                }
                Moment::Solved { withdrawn } => {
                    open = false;
                    answered_once = true;
                    unanswered = false;
                    self.stop(at, done_or_void(withdrawn));
                }
                Moment::Reopened(side) => {
                    open = true;
                    unanswered |= side == Side::Requesting;
                    if unanswered {
                        self.start(at);
                    }
                }
                Moment::Closed(_) => {}
            }
        }
    }

    fn resolution(&mut self, story: &Story) {
        let mut open = true;
        for &(at, moment) in &story.moments {
            match moment {
                Moment::Received(unit) => {
                    let first = self.unit.is_none();
                    let running = self.received(at, unit, Ending::Done);
                    if first || self.stays && open && !running {
                        self.start(at);
                    }
                }
                Moment::Solved { withdrawn } => {
                    open = false;
                    self.stop(at, done_or_void(withdrawn));
                }
                Moment::Reopened(_) => {
                    open = true;
                    self.resume(at);
                }
                Moment::Spoken(_) | Moment::Closed(_) => {}
            }
        }
    }

    fn next_update(&mut self, story: &Story) {
        let mut open = true;
        for &(at, moment) in &story.moments {
            match moment {
                Moment::Received(unit) => {
                    self.received(at, unit, Ending::Dropped);
                }
                Moment::Spoken(Side::Serving) => {
                    self.stop(at, Ending::Done);
                    if open {
                        self.start(at);
                    }
                }
                Moment::Solved { withdrawn } => {
                    open = false;
                    self.stop(at, done_or_void(withdrawn));
                }
                Moment::Reopened(_) => {
                    open = true;
                    self.start(at);
                }
                Moment::Spoken(Side::Requesting) | Moment::Closed(_) => {}
            }
        }
    }

    fn acceptance(&mut self, story: &Story) {
        self.stays = false;
        self.unit = story.accepting;
        if story.accepting.is_none() {
            return;
        }
        for &(at, moment) in &story.moments {
            match moment {
                Moment::Solved { withdrawn: false } => self.start(at),
                Moment::Reopened(_) | Moment::Closed(Closing::Accepted | Closing::Agent) => {
                    self.stop(at, Ending::Done);
                }
                Moment::Closed(Closing::Timer) => self.stop(at, Ending::Dropped),
                Moment::Closed(Closing::Withdrawn) => self.stop(at, Ending::Void),
                Moment::Received(_) | Moment::Spoken(_) | Moment::Solved { withdrawn: true } => {}
            }
        }
    }

    /// Another unit has the ticket. What its predecessor owed ends so, and is owed anew from here;
    /// says whether something was.
    fn received(&mut self, at: Timestamp, unit: UnitId, ending: Ending) -> bool {
        self.unit = Some(unit);
        let owed = self.running().is_some();
        if owed && self.stays {
            self.stop(at, ending);
            self.start(at);
        } else if let Some(course) = self.running() {
            course.unit = unit;
        }
        owed
    }

    fn start(&mut self, at: Timestamp) {
        let unit = self.unit.expect("a unit received the ticket before anything was owed");
        self.all.push(Course { unit, periods: vec![Period { from: at, end: None }] });
    }

    /// Goes on with the course that a reopening concerns: the unit's own stay, or the whole.
    fn resume(&mut self, at: Timestamp) {
        let (stays, unit) = (self.stays, self.unit);
        match self.all.last_mut() {
            Some(last) if !stays || Some(last.unit) == unit => {
                last.unit = unit.unwrap_or(last.unit);
                last.periods.push(Period { from: at, end: None });
            }
            _ => self.start(at),
        }
    }

    fn stop(&mut self, at: Timestamp, ending: Ending) {
        if let Some(period) = self.running().and_then(|course| course.periods.last_mut()) {
            period.end = Some((at, ending));
        }
    }

    fn running(&mut self) -> Option<&mut Course> {
        self.all.last_mut().filter(|course| course.periods.last().is_some_and(|period| period.end.is_none()))
    }
}

const fn done_or_void(withdrawn: bool) -> Ending {
    if withdrawn { Ending::Void } else { Ending::Done }
}
