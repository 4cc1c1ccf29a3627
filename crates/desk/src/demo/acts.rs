//! What people of the simulation do, with the rights that they really have.

use domain::event::{Actor, WaitOn};
use domain::id::{PersonId, TicketId};
use domain::permission::Viewer;
use jiff::SignedDuration;
use store::access::{Annotate, Ask, Granted, Request, Seen, Serve};
use store::message::Channel;

use super::company::Unit;
use super::effort::provider;
use super::floor::{Errand, Floor, Happening, Item, Job};
use super::plan::{Acceptance, Asking, Step, What};
use super::world::Group;
use crate::act::Act;
use crate::open::{Open, Urgency};
use crate::reply::Then;
use crate::words::{Body, Subject};
use crate::{DeskError, assign, handoff, note, open, priority, reply, solve, transfer, wait};

impl Floor {
    /// From here on `person` acts.
    pub(super) fn become_person(&mut self, act: &mut Act, person: PersonId) -> Result<Viewer, DeskError> {
        act.actor = Actor::Person(person);
        if let Some(viewer) = self.viewers.get(&person) {
            return Ok(viewer.clone());
        }
        let viewer = store::access::viewer(act.tx, person)?.ok_or(DeskError::NotFound)?;
        self.viewers.insert(person, viewer.clone());
        Ok(viewer)
    }

    pub(super) fn seen(
        &mut self,
        act: &mut Act,
        person: PersonId,
        ticket: TicketId,
    ) -> Result<Seen, DeskError> {
        let viewer = self.become_person(act, person)?;
        store::access::by_id(act.tx, &viewer, ticket, act.now)?.ok_or(DeskError::NotFound)
    }

    pub(super) fn serve(
        &mut self,
        act: &mut Act,
        person: PersonId,
        ticket: TicketId,
    ) -> Result<Granted<Serve>, DeskError> {
        self.seen(act, person, ticket)?.serve().ok_or(DeskError::NotAllowed)
    }

    pub(super) fn request(
        &mut self,
        act: &mut Act,
        person: PersonId,
        ticket: TicketId,
    ) -> Result<Granted<Request>, DeskError> {
        self.seen(act, person, ticket)?.request().ok_or(DeskError::NotAllowed)
    }

    pub(super) fn annotate(
        &mut self,
        act: &mut Act,
        person: PersonId,
        ticket: TicketId,
    ) -> Result<Granted<Annotate>, DeskError> {
        self.seen(act, person, ticket)?.annotate().ok_or(DeskError::NotAllowed)
    }

    pub(super) fn asker(
        &mut self,
        act: &mut Act,
        person: PersonId,
        ticket: TicketId,
    ) -> Result<Granted<Ask>, DeskError> {
        self.seen(act, person, ticket)?.ask().ok_or(DeskError::NotAllowed)
    }

    /// A ticket is opened: by its requester, or by an agent who is told on the telephone.
    pub(super) fn arrive(&mut self, act: &mut Act, place: usize) -> Result<(), DeskError> {
        let Some(mut arrival) = self.arrivals[place].take() else { return Ok(()) };
        let requester = self.world.people[arrival.requester].person;
        let unit = provider(arrival.offer);
        let staff = self.world.staff[&unit].clone();
        let barred: Vec<PersonId> = [Some(arrival.requester), arrival.beneficiary, arrival.payer]
            .into_iter()
            .flatten()
            .map(|person| self.world.people[person].person)
            .collect();
        let answering: Vec<PersonId> = staff.into_iter().filter(|person| !barred.contains(person)).collect();
        let opener =
            if arrival.channel == Channel::Phone { *arrival.chance.pick(&answering) } else { requester };
        let viewer = self.become_person(act, opener)?;
        let asked = Open {
            service: self.world.services[&arrival.offer],
            kind: arrival.kind,
            subject: Subject::parse(&arrival.subject)?,
            body: Body::parse(&arrival.body)?,
            requester,
            beneficiary: arrival.beneficiary.map(|person| self.world.people[person].person),
            payer: arrival.payer.map(|person| self.world.people[person].person),
            urgency: Urgency::Judged { impact: arrival.impact, urgency: arrival.urgency },
            channel: arrival.channel,
            files: Vec::new(),
        };
        let opened = open::answered(act, &viewer, &asked, &arrival.typed)?;
        self.opened += 1;
        self.jobs.push(Job {
            ticket: opened.id,
            unit,
            parent: None,
            requester: Some(arrival.requester),
            person: None,
            barred,
            steps: arrival.steps.into(),
            blocking: 0,
            waiting: false,
            done: false,
            solved_before: false,
            end: None,
            chance: arrival.chance,
            details: arrival.details,
            language: arrival.language,
        });
        self.queue(act, self.jobs.len() - 1, Errand::Work)
    }

    /// An agent turns to something.
    pub(super) fn begin(
        &mut self,
        act: &mut Act,
        unit: Unit,
        agent: usize,
        item: Item,
    ) -> Result<(), DeskError> {
        let person = self.desk(unit).agents[agent].0;
        let Job { ticket, done, unit: owner, waiting, .. } = self.jobs[item.job];
        if done || owner != unit {
            self.free(act.now, unit, agent);
            return Ok(());
        }
        if self.jobs[item.job].person.is_none() {
            let granted = self.serve(act, person, ticket)?;
            assign::take(act, granted)?;
            self.jobs[item.job].person = Some(person);
        }
        if item.errand == Errand::Work && waiting {
            let granted = self.serve(act, person, ticket)?;
            wait::end(act, granted)?;
            self.jobs[item.job].waiting = false;
        }
        let effort = match item.errand {
            Errand::Work => self.jobs[item.job].steps.front().map_or(0.1, |step| step.effort),
            Errand::Console | Errand::Judge { .. } | Errand::Withdraw { .. } => 0.15,
        };
        // A judgement does not take the workshop as long as a repair.
        let effort =
            if unit == Unit::Workshop && item.errand != Errand::Work { effort * 0.3 } else { effort };
        let at = self.done_at(act.now, unit, item.job, effort);
        self.later(at, Happening::Done { unit, agent, item });
        Ok(())
    }

    /// An agent has done something.
    pub(super) fn finish(
        &mut self,
        act: &mut Act,
        unit: Unit,
        agent: usize,
        item: Item,
    ) -> Result<(), DeskError> {
        let person = self.desk(unit).agents[agent].0;
        let job = item.job;
        if self.jobs[job].done || self.jobs[job].unit != unit {
            self.free(act.now, unit, agent);
            return Ok(());
        }
        match item.errand {
            Errand::Work => {
                if let Some(step) = self.jobs[job].steps.pop_front()
                    && self.step(act, job, person, step)?
                {
                    let effort = self.jobs[job].steps.front().map_or(0.1, |step| step.effort);
                    let at = self.done_at(act.now, unit, job, effort);
                    self.later(at, Happening::Done { unit, agent, item });
                    return Ok(());
                }
            }
            Errand::Console => self.console(act, job, person)?,
            Errand::Judge { child } => self.judge(act, child, person)?,
            Errand::Withdraw { child } => self.withdraw(act, child, person)?,
        }
        self.free(act.now, unit, agent);
        Ok(())
    }

    /// Does a step; `true` when the same person goes on with the next one.
    fn step(&mut self, act: &mut Act, job: usize, person: PersonId, step: Step) -> Result<bool, DeskError> {
        let ticket = self.jobs[job].ticket;
        let granted = self.serve(act, person, ticket)?;
        match step.what {
            What::Reply(text) => {
                reply::serve(act, granted, &Body::parse(&text)?, Then::Stay)?;
                return Ok(true);
            }
            What::Note(text) => {
                let granted = self.annotate(act, person, ticket)?;
                note::run(act, granted, &Body::parse(&text)?)?;
                return Ok(true);
            }
            What::Priority { priority, reason } => {
                match priority::change(act, granted, priority, &reason) {
                    // It has that priority already.
                    Ok(()) | Err(DeskError::Refused(_)) => return Ok(true),
                    Err(error) => return Err(error),
                }
            }
            What::Ask { question, answer } => {
                reply::serve(act, granted, &Body::parse(&question)?, Then::WaitForRequester)?;
                self.jobs[job].waiting = true;
                self.expect_answer(act, job, answer);
            }
            What::Supplier { which, days, note: text } => {
                let organisation = self.world.suppliers[which];
                let noting = self.annotate(act, person, ticket)?;
                note::run(act, noting, &Body::parse(&text)?)?;
                wait::start(act, granted, WaitOn::Supplier(organisation), None)?;
                self.jobs[job].waiting = true;
                self.later(act.now + hours(days * 24.0), Happening::Ready { job });
                self.perhaps_chase(act, job);
            }
            What::Agree { words, days } => {
                let message = reply::serve(act, granted, &Body::parse(&words)?, Then::Stay)?;
                let until = act.now + SignedDuration::from_hours(24 * days);
                wait::start(act, granted, WaitOn::Agreed { until }, Some(message))?;
                self.jobs[job].waiting = true;
                self.later(until, Happening::DatePassed { job });
            }
            What::Hand(askings) => self.hand(act, job, askings)?,
            What::Transfer { to, reason } => {
                transfer::run(act, granted, self.world.units[&to], &reason)?;
                (self.jobs[job].unit, self.jobs[job].person) = (to, None);
                self.queue(act, job, Errand::Work)?;
            }
            What::Finish(text) => self.complete(act, job, granted, &text)?,
        }
        Ok(false)
    }

    fn expect_answer(&mut self, act: &Act, job: usize, answer: Option<(String, f64)>) {
        match answer {
            Some((text, after)) => {
                let at = self.awake(job, act.now + hours(after.clamp(0.2, 400.0)));
                self.later(at, Happening::Answer { job, text });
            }
            None => self.later(act.now + SignedDuration::from_hours(240), Happening::Ready { job }),
        }
    }

    fn complete(
        &mut self,
        act: &mut Act,
        job: usize,
        granted: Granted<Serve>,
        text: &str,
    ) -> Result<(), DeskError> {
        let body = Body::parse(text)?;
        if self.jobs[job].parent.is_some() {
            handoff::deliver(act, granted, &body)?;
            return self.delivered(act, job);
        }
        let message = reply::serve(act, granted, &body, Then::Stay)?;
        solve::run(act, granted, Some(message), "")?;
        self.jobs[job].done = true;
        self.plan_afterwards(act, job);
        Ok(())
    }

    fn hand(&mut self, act: &mut Act, job: usize, askings: Vec<Asking>) -> Result<(), DeskError> {
        self.jobs[job].blocking += askings.len();
        for asking in askings {
            if asking.late_hours > 0.0 {
                let at =
                    self.world.calendars[&self.jobs[job].unit].add(act.now, hours(asking.late_hours / 3.0));
                self.later(at, Happening::AskLate { job, asking: Box::new(asking) });
            } else {
                self.ask(act, job, asking)?;
            }
        }
        self.perhaps_chase(act, job);
        Ok(())
    }

    /// One unit asks another.
    pub(super) fn ask(&mut self, act: &mut Act, parent: usize, asking: Asking) -> Result<(), DeskError> {
        let Some(person) = self.jobs[parent].person.filter(|_| !self.jobs[parent].done) else {
            return Ok(());
        };
        let granted = self.serve(act, person, self.jobs[parent].ticket)?;
        let asked = handoff::Asking {
            service: self.world.services[&asking.offer],
            subject: Subject::parse(&asking.subject)?,
            body: Body::parse(&asking.body)?,
            priority: None,
            files: Vec::new(),
            typed: Default::default(),
        };
        let opened = handoff::ask(act, granted, &asked)?;
        let child = self.jobs.len();
        if let Acceptance::Withdrawn { days, .. } = &asking.end {
            self.later(act.now + hours(days * 24.0), Happening::NoNeed { child });
        }
        let above = &self.jobs[parent];
        let mut barred = above.barred.clone();
        barred.push(person);
        self.jobs.push(Job {
            ticket: opened.id,
            unit: provider(asking.offer),
            parent: Some(parent),
            requester: None,
            person: None,
            barred,
            steps: asking.steps.into(),
            blocking: 0,
            waiting: false,
            done: false,
            solved_before: false,
            end: Some(asking.end),
            chance: above.chance.clone(),
            details: above.details.clone(),
            language: super::names::Language::English,
        });
        // The child's luck is its own from here on.
        let skip = child % 7 + 1;
        for _ in 0..skip {
            self.jobs[child].chance.share();
        }
        self.queue(act, child, Errand::Work)
    }

    /// When a person would really write: not in the night, employees not in the evening.
    pub(super) fn awake(&mut self, job: usize, at: jiff::Timestamp) -> jiff::Timestamp {
        let Some(place) = self.jobs[job].requester else { return at };
        let somebody = &self.world.people[place];
        let minutes = SignedDuration::from_mins(self.jobs[job].chance.between(3, 95));
        if somebody.group == Group::Employee || somebody.group == Group::Supplier {
            return self.world.calendars[&Unit::CustomerService].add(at, minutes);
        }
        let Ok(local) = at.in_tz(somebody.market.time_zone()) else { return at };
        let wait_hours = if local.hour() < 7 {
            7 - local.hour()
        } else if local.hour() >= 22 {
            31 - local.hour()
        } else {
            return at;
        };
        at + SignedDuration::from_hours(i64::from(wait_hours)) + minutes
    }
}

/// Hours as a duration.
#[expect(clippy::cast_possible_truncation, reason = "a wait lasts less than a year")]
pub(super) fn hours(hours: f64) -> SignedDuration {
    SignedDuration::from_secs((hours * 3600.0) as i64)
}
