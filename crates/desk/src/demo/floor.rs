//! The simulation: things happen in order of time, and people take what is due first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, VecDeque};

use domain::id::{PersonId, TicketId, UnitId};
use domain::permission::Viewer;
use jiff::{SignedDuration, Timestamp};

use super::arrivals::Arrival;
use super::chance::Chance;
use super::company::Unit;
use super::names::Language;
use super::phrases::Details;
use super::pieces::Piece;
use super::plan::{Acceptance, Asking, Step};
use super::world::World;
use crate::act::Act;
use crate::{DeskError, sweep};

/// Everything between two steps; it moves from transaction to transaction.
pub(super) struct Floor {
    pub world: World,
    pub arrivals: Vec<Option<Arrival>>,
    pub pieces: Vec<Piece>,
    pub jobs: Vec<Job>,
    pub desks: BTreeMap<Unit, Desks>,
    pub until: Timestamp,
    /// Hand-offs that were delivered and not accepted until now.
    pub delivered: Vec<usize>,
    pub opened: u64,
    pub handoffs_in_pieces: u64,
    pub viewers: HashMap<PersonId, Viewer>,
    /// How far rules heard the log, since there are any.
    heard_to: Option<i64>,
    heap: BinaryHeap<Reverse<(Timestamp, u64, usize)>>,
    happenings: Vec<Option<Happening>>,
}

/// The people of a unit and what waits for them.
pub(super) struct Desks {
    pub agents: Vec<(PersonId, bool)>,
    pub queue: Vec<Item>,
    /// Working hours of one usual job.
    pub effort_hours: f64,
    waking_at: Option<Timestamp>,
}

/// A ticket under way.
pub(super) struct Job {
    pub ticket: TicketId,
    pub unit: Unit,
    pub parent: Option<usize>,
    /// The person who asked, in the world's people; hand-offs have none.
    pub requester: Option<usize>,
    pub person: Option<PersonId>,
    /// On whose side nobody works.
    pub barred: Vec<PersonId>,
    pub steps: VecDeque<Step>,
    pub blocking: usize,
    pub waiting: bool,
    pub done: bool,
    pub solved_before: bool,
    pub end: Option<Acceptance>,
    pub chance: Chance,
    pub details: Details,
    pub language: Language,
}

/// Something for an agent to do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub job: usize,
    pub errand: Errand,
    pub due: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Errand {
    /// The next step of the matter.
    Work,
    /// The requester asked how it stands.
    Console,
    /// A hand-off was delivered to this job.
    Judge { child: usize },
    /// A hand-off of this job is not needed any more.
    Withdraw { child: usize },
}

/// What is to come.
pub(super) enum Happening {
    Arrival(usize),
    Piece {
        piece: usize,
        line: usize,
    },
    Wake(Unit),
    Begin {
        unit: Unit,
        agent: usize,
        item: Item,
    },
    Done {
        unit: Unit,
        agent: usize,
        item: Item,
    },
    Answer {
        job: usize,
        text: String,
    },
    /// The supplier delivered, or the question was given up.
    Ready {
        job: usize,
    },
    DatePassed {
        job: usize,
    },
    AskLate {
        job: usize,
        asking: Box<Asking>,
    },
    Chase {
        job: usize,
    },
    NoNeed {
        child: usize,
    },
    Afterwards(usize),
    Sweep,
    /// From here on the desk does some things by itself.
    LeaveToTheDesk,
    /// What happens from here on is told to whom it concerns, as soon as the desk is served.
    TellFromHere,
}

/// The desk itself looks after what is overdue this often.
const SWEEP_HOURS: i64 = 3;
/// Older news than of a day are nobody's any more.
const TOLD_FOR: SignedDuration = SignedDuration::from_hours(24);
/// Rules are that old, and so are the tickets that come again: more would only cost time.
const RULED_FOR: SignedDuration = SignedDuration::from_hours(24 * 12);

impl Floor {
    pub(super) fn new(
        world: World,
        arrivals: Vec<Arrival>,
        pieces: Vec<Piece>,
        from: Timestamp,
        until: Timestamp,
    ) -> Self {
        let desks = super::effort::desks(&world, &arrivals, from, until);
        let mut floor = Self {
            world,
            arrivals: arrivals.into_iter().map(Some).collect(),
            pieces,
            jobs: Vec::new(),
            desks,
            until,
            delivered: Vec::new(),
            opened: 0,
            handoffs_in_pieces: 0,
            viewers: HashMap::new(),
            heard_to: None,
            heap: BinaryHeap::new(),
            happenings: Vec::new(),
        };
        for place in 0..floor.arrivals.len() {
            let at = floor.arrivals[place].as_ref().map_or(from, |arrival| arrival.at);
            floor.later(at, Happening::Arrival(place));
        }
        for piece in 0..floor.pieces.len() {
            for line in 0..floor.pieces[piece].lines.len() {
                let at = until - floor.pieces[piece].lines[line].before;
                floor.later(at, Happening::Piece { piece, line });
            }
        }
        floor.later(from, Happening::Sweep);
        floor.later((until - TOLD_FOR).max(from), Happening::TellFromHere);
        floor.later((until - RULED_FOR).max(from), Happening::LeaveToTheDesk);
        floor
    }

    pub(super) fn later(&mut self, at: Timestamp, happening: Happening) {
        let place = self.happenings.len();
        self.happenings.push(Some(happening));
        self.heap.push(Reverse((at, place as u64, place)));
    }

    /// Lets up to `most` things happen. `false` when `until` is reached.
    pub(super) fn go_on(&mut self, act: &mut Act, most: usize) -> Result<bool, DeskError> {
        for _ in 0..most {
            let Some(Reverse((at, _, place))) = self.heap.pop() else { return Ok(false) };
            if at > self.until {
                return Ok(false);
            }
            (act.now, act.recorded_at) = (at, at);
            if let Some(happening) = self.happenings[place].take() {
                self.happen(act, happening)?;
            }
            self.answer_by_rules(act)?;
        }
        Ok(true)
    }

    /// Rules look where something was recorded since they looked last.
    fn answer_by_rules(&mut self, act: &mut Act) -> Result<(), DeskError> {
        let end = |act: &mut Act| store::event::head(act.tx).map(|(position, _)| position);
        if self.heard_to.is_none_or(|heard| end(act).is_ok_and(|end| end == heard)) {
            return Ok(());
        }
        act.actor = domain::event::Actor::Desk;
        crate::rules::hear(act)?;
        self.heard_to = Some(end(act)?);
        Ok(())
    }

    fn happen(&mut self, act: &mut Act, happening: Happening) -> Result<(), DeskError> {
        match happening {
            Happening::Arrival(place) => self.arrive(act, place)?,
            Happening::Piece { piece, line } => self.play(act, piece, line)?,
            Happening::Wake(unit) => {
                self.desk(unit).waking_at = None;
                self.dispatch(act.now, unit);
            }
            Happening::Begin { unit, agent, item } => self.begin(act, unit, agent, item)?,
            Happening::Done { unit, agent, item } => self.finish(act, unit, agent, item)?,
            Happening::Answer { job, text } => self.answer(act, job, &text)?,
            Happening::Ready { job } => self.queue(act, job, Errand::Work)?,
            Happening::DatePassed { job } => {
                act.actor = domain::event::Actor::Desk;
                sweep::here(act, &crate::wait::PASSES)?;
                self.jobs[job].waiting = false;
                self.queue(act, job, Errand::Work)?;
            }
            Happening::AskLate { job, asking } => self.ask(act, job, *asking)?,
            Happening::Chase { job } => self.chase(act, job)?,
            Happening::NoNeed { child } => self.no_need(act, child)?,
            Happening::Afterwards(job) => self.afterwards(act, job)?,
            Happening::Sweep => self.sweep(act)?,
            Happening::TellFromHere => crate::notices::hear(act)?,
            Happening::LeaveToTheDesk => {
                super::tools::leave_to_the_desk(act, &self.world)?;
                self.heard_to = Some(store::event::head(act.tx)?.0);
            }
        }
        Ok(())
    }

    /// What time alone does.
    fn sweep(&mut self, act: &mut Act) -> Result<(), DeskError> {
        act.actor = domain::event::Actor::Desk;
        sweep::here(act, &crate::close::CLOSES)?;
        sweep::here(act, &crate::handoff::IS_ACCEPTED)?;
        if self.heard_to.is_some() {
            self.open_again(act)?;
            crate::rules::time_passed(act)?;
        }
        for child in std::mem::take(&mut self.delivered) {
            let place = store::ticket::place(act.tx, self.jobs[child].ticket)?;
            if self.jobs[child].done {
                continue;
            }
            if place.is_some_and(|place| place.state == domain::ticket::State::Closed) {
                self.unblocked(act, child)?;
            } else {
                self.delivered.push(child);
            }
        }
        self.later(act.now + SignedDuration::from_hours(SWEEP_HOURS), Happening::Sweep);
        Ok(())
    }

    pub(super) fn desk(&mut self, unit: Unit) -> &mut Desks {
        self.desks.get_mut(&unit).expect("every unit of the demo has desks")
    }

    /// Puts something in front of the unit that has the job.
    pub(super) fn queue(&mut self, act: &mut Act, job: usize, errand: Errand) -> Result<(), DeskError> {
        let due = store::ticket::due(act.tx, self.jobs[job].ticket)?.map_or(act.now, |due| due.at);
        let unit = self.jobs[job].unit;
        self.desk(unit).queue.push(Item { job, errand, due });
        self.dispatch(act.now, unit);
        Ok(())
    }

    /// Gives what is due first to whoever is free, while the unit is open.
    fn dispatch(&mut self, now: Timestamp, unit: Unit) {
        if self.desk(unit).queue.is_empty() {
            return;
        }
        let opens_at = self.opens_at(unit, now);
        if opens_at > now {
            if self.desk(unit).waking_at.is_none() {
                self.desk(unit).waking_at = Some(opens_at);
                self.later(opens_at, Happening::Wake(unit));
            }
            return;
        }
        for agent in 0..self.desk(unit).agents.len() {
            let (person, busy) = self.desk(unit).agents[agent];
            if busy {
                continue;
            }
            let Some(place) = self.best(unit, person) else { continue };
            let item = self.desk(unit).queue.remove(place);
            self.desk(unit).agents[agent].1 = true;
            let pause = SignedDuration::from_secs(self.jobs[item.job].chance.between(20, 420));
            self.later(now + pause, Happening::Begin { unit, agent, item });
        }
    }

    /// The place in the queue of what this person should do next.
    fn best(&self, unit: Unit, person: PersonId) -> Option<usize> {
        let queue = &self.desks[&unit].queue;
        let fits = |item: &Item| {
            let job = &self.jobs[item.job];
            !job.barred.contains(&person) && job.person.is_none_or(|assigned| assigned == person)
        };
        let fitting = queue.iter().enumerate().filter(|(_, item)| fits(item));
        fitting
            .min_by_key(|(place, item)| (item.errand == Errand::Work, item.due, *place))
            .map(|(place, _)| place)
    }

    pub(super) fn free(&mut self, now: Timestamp, unit: Unit, agent: usize) {
        self.desk(unit).agents[agent].1 = false;
        self.dispatch(now, unit);
    }

    /// `now` while the unit is open, else when it opens next.
    fn opens_at(&self, unit: Unit, now: Timestamp) -> Timestamp {
        const MOMENT: SignedDuration = SignedDuration::from_secs(1);
        let calendar = &self.world.calendars[&unit];
        (calendar.add(now, MOMENT) - MOMENT).max(now)
    }

    /// When so much work of an agent of this unit is done that starts now.
    pub(super) fn done_at(&mut self, now: Timestamp, unit: Unit, job: usize, effort: f64) -> Timestamp {
        let usual = self.desk(unit).effort_hours * effort;
        let hours = self.jobs[job].chance.around(usual, 0.5).max(0.02);
        #[expect(clippy::cast_possible_truncation, reason = "a job lasts less than a year")]
        let work = SignedDuration::from_secs((hours * 3600.0) as i64);
        self.world.calendars[&unit].add(now, work)
    }

    /// Asked by one unit of another.
    pub(super) fn handoffs(&self) -> u64 {
        self.jobs.iter().filter(|job| job.parent.is_some()).count() as u64 + self.handoffs_in_pieces
    }

    pub(super) fn unit_of(&self, id: UnitId) -> Option<Unit> {
        self.world.units.iter().find(|(_, unit)| **unit == id).map(|(unit, _)| *unit)
    }
}

impl Desks {
    pub(super) const fn new(agents: Vec<(PersonId, bool)>, effort_hours: f64) -> Self {
        Self { agents, queue: Vec::new(), effort_hours, waking_at: None }
    }
}
