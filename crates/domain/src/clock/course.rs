//! When each clock of a target starts, stands and stops, before any calendar is asked.

use jiff::Timestamp;

use super::story::{Moment, Story};
use crate::agreement::{AgreementKind, Metric, Target};
use crate::custody::WaitFor;
use crate::event::{Closing, Side, Unanswered};
use crate::id::UnitId;

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

fn suppliers(story: &Story) -> Vec<Course> {
    let waits = story.custody.waits.iter().filter(|wait| matches!(wait.on, WaitFor::Supplier(_)));
    waits
        .map(|wait| Course {
            unit: story.custody.at(wait.from).map_or(story.unit(), |segment| segment.unit),
            periods: vec![Period { from: wait.from, end: (!wait.open).then_some((wait.to, Ending::Done)) }],
        })
        .collect()
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
        let mut asked = !story.outbound;
        for &(at, moment) in &story.moments {
            match moment {
                Moment::Received(unit) => {
                    let first = self.unit.is_none();
                    let owed = self.received(at, unit, Ending::Dropped);
                    unheard = self.stays && !open;
                    if asked && (first || self.stays && open && !owed) {
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
                Moment::Spoken(Side::Requesting) if !asked => {
                    asked = true;
                    if open {
                        self.start(at);
                    }
                }
                Moment::Owes(Unanswered { since, first }) => {
                    if (first || !asked) && self.running().is_none() {
                        self.start(since);
                    }
                    asked = true;
                }
                Moment::Spoken(Side::Requesting) | Moment::Closed(_) => {}
            }
        }
    }

    fn next_response(&mut self, story: &Story) {
        let mut open = true;
        let mut answered_once = false;
        let mut unanswered = false;
        let mut asked = !story.outbound;
        for &(at, moment) in &story.moments {
            asked |= matches!(moment, Moment::Spoken(Side::Requesting) | Moment::Owes(_));
            match moment {
                Moment::Received(unit) => {
                    self.received(at, unit, Ending::Dropped);
                }
                Moment::Spoken(Side::Serving) => {
                    // What we write before anybody asked is no answer.
                    answered_once |= asked;
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
                Moment::Owes(Unanswered { since, first: false }) => {
                    if answered_once && self.running().is_none() {
                        self.start(since);
                    }
                    unanswered |= answered_once;
                }
                Moment::Owes(Unanswered { first: true, .. }) | Moment::Closed(_) => {}
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
                Moment::Spoken(_) | Moment::Owes(_) | Moment::Closed(_) => {}
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
                Moment::Spoken(Side::Requesting) | Moment::Owes(_) | Moment::Closed(_) => {}
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
                Moment::Closed(Closing::Withdrawn | Closing::Merged) => self.stop(at, Ending::Void),
                Moment::Received(_)
                | Moment::Spoken(_)
                | Moment::Owes(_)
                | Moment::Solved { withdrawn: true } => {}
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
