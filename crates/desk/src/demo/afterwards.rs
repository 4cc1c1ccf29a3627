//! What comes after: accepting, sending back, asking how it stands, reopening, objecting.

use domain::id::{PersonId, TicketId};
use domain::ticket::Ticket;
use store::message::Channel;

use super::acts::hours;
use super::company::Unit;
use super::floor::{Errand, Floor, Happening};
use super::phrases::{Said, said};
use super::plan::{Acceptance, What, step};
use crate::act::Act;
use crate::reply::Then;
use crate::words::Body;
use crate::{DeskError, close, escalate, handoff, reopen, reply};

impl Floor {
    /// A hand-off was delivered; the asking unit looks at it when it has time.
    pub(super) fn delivered(&mut self, act: &mut Act, child: usize) -> Result<(), DeskError> {
        let Some(parent) = self.jobs[child].parent else { return Ok(()) };
        if !self.delivered.contains(&child) {
            self.delivered.push(child);
        }
        if self.jobs[child].end.as_ref().is_some_and(|end| matches!(end, Acceptance::Untouched)) {
            return Ok(());
        }
        self.queue(act, parent, Errand::Judge { child })
    }

    /// Accepts a deliverable, or sends it back.
    pub(super) fn judge(&mut self, act: &mut Act, child: usize, person: PersonId) -> Result<(), DeskError> {
        if self.jobs[child].done {
            return Ok(());
        }
        let granted = self.asker(act, person, self.jobs[child].ticket)?;
        match self.jobs[child].end.clone() {
            Some(Acceptance::Returned { reason, again, rating }) => {
                handoff::hand_back(act, granted, &reason)?;
                self.jobs[child].end = Some(Acceptance::Rated(rating, reason));
                self.jobs[child].steps.push_back(step(0.6, What::Finish(again)));
                return self.queue(act, child, Errand::Work);
            }
            Some(Acceptance::Rated(rating, reason)) => handoff::accept(act, granted, Some(rating), &reason)?,
            Some(Acceptance::Unrated | Acceptance::Untouched | Acceptance::Withdrawn { .. }) | None => {
                handoff::accept(act, granted, None, "")?;
            }
        }
        self.unblocked(act, child)
    }

    /// The asking unit goes on when nothing blocks it any more.
    pub(super) fn unblocked(&mut self, act: &mut Act, child: usize) -> Result<(), DeskError> {
        self.jobs[child].done = true;
        let Some(parent) = self.jobs[child].parent else { return Ok(()) };
        self.jobs[parent].blocking = self.jobs[parent].blocking.saturating_sub(1);
        if self.jobs[parent].blocking == 0 && !self.jobs[parent].done {
            self.queue(act, parent, Errand::Work)?;
        }
        Ok(())
    }

    /// A hand-off turns out to be unnecessary, unless it is under way.
    pub(super) fn no_need(&mut self, act: &mut Act, child: usize) -> Result<(), DeskError> {
        let job = &self.jobs[child];
        let Some(parent) = job.parent.filter(|_| !job.done && job.person.is_none()) else { return Ok(()) };
        self.queue(act, parent, Errand::Withdraw { child })
    }

    pub(super) fn withdraw(
        &mut self,
        act: &mut Act,
        child: usize,
        person: PersonId,
    ) -> Result<(), DeskError> {
        let job = &self.jobs[child];
        let Some(Acceptance::Withdrawn { reason, .. }) =
            job.end.clone().filter(|_| !job.done && job.person.is_none())
        else {
            return Ok(());
        };
        let granted = self.asker(act, person, self.jobs[child].ticket)?;
        handoff::withdraw(act, granted, &reason)?;
        self.unblocked(act, child)
    }

    /// The requester answers a question.
    pub(super) fn answer(&mut self, act: &mut Act, job: usize, text: &str) -> Result<(), DeskError> {
        if self.jobs[job].done || !self.jobs[job].waiting {
            return Ok(());
        }
        self.write(act, job, text)?;
        self.jobs[job].waiting = false;
        self.queue(act, job, Errand::Work)
    }

    fn write(&mut self, act: &mut Act, job: usize, text: &str) -> Result<(), DeskError> {
        let Some(place) = self.jobs[job].requester else { return Ok(()) };
        let person = self.world.people[place].person;
        let granted = self.request(act, person, self.jobs[job].ticket)?;
        reply::request(act, granted, &Body::parse(text)?, Channel::Portal)?;
        Ok(())
    }

    /// Some requesters ask how it stands when it takes days.
    pub(super) fn perhaps_chase(&mut self, act: &Act, job: usize) {
        if self.jobs[job].requester.is_some() && self.jobs[job].chance.happens(0.45) {
            let after = self.jobs[job].chance.around(96.0, 0.5);
            let at = self.awake(job, act.now + hours(after));
            self.later(at, Happening::Chase { job });
        }
    }

    pub(super) fn chase(&mut self, act: &mut Act, job: usize) -> Result<(), DeskError> {
        let still = !self.jobs[job].done && (self.jobs[job].blocking > 0 || self.jobs[job].waiting);
        if !still {
            return Ok(());
        }
        let text = self.phrase(job, Said::Chased);
        self.write(act, job, &text)?;
        self.queue(act, job, Errand::Console)?;
        self.perhaps_chase(act, job);
        Ok(())
    }

    /// An agent says that it takes longer.
    pub(super) fn console(&mut self, act: &mut Act, job: usize, person: PersonId) -> Result<(), DeskError> {
        let text = self.phrase(job, Said::StillWaiting);
        let granted = self.serve(act, person, self.jobs[job].ticket)?;
        reply::serve(act, granted, &Body::parse(&text)?, Then::Stay)?;
        Ok(())
    }

    /// What the requester will do about a solved ticket; mostly nothing.
    pub(super) fn plan_afterwards(&mut self, act: &Act, job: usize) {
        let after = self.jobs[job].chance.around(20.0, 0.9).clamp(0.3, 90.0);
        if self.jobs[job].chance.happens(0.62) {
            let at = self.awake(job, act.now + hours(after));
            self.later(at, Happening::Afterwards(job));
        }
    }

    pub(super) fn afterwards(&mut self, act: &mut Act, job: usize) -> Result<(), DeskError> {
        let ticket = self.jobs[job].ticket;
        let place = store::ticket::place(act.tx, ticket)?;
        if place.is_none_or(|place| place.state != domain::ticket::State::Solved) {
            return Ok(());
        }
        let Some(place) = self.jobs[job].requester else { return Ok(()) };
        let person = self.world.people[place].person;
        let again = self.jobs[job].solved_before;
        let (captive, luck) = (is_captive(act, ticket)?, self.jobs[job].chance.share());
        if captive && luck < 0.08 && !again {
            return self.object(act, job, person);
        }
        if luck < 0.17 && !again {
            return self.not_content(act, job, person, luck < 0.12);
        }
        if luck > 0.94 && !captive {
            if let Some(agent) = self.jobs[job].person {
                let granted = self.serve(act, agent, ticket)?;
                close::serve(act, granted)?;
            }
            return Ok(());
        }
        let granted = self.request(act, person, ticket)?;
        close::accept(act, granted)
    }

    /// The neutral owner is asked to decide.
    fn object(&mut self, act: &mut Act, job: usize, person: PersonId) -> Result<(), DeskError> {
        let granted = self.request(act, person, self.jobs[job].ticket)?;
        let reason = self.jobs[job].chance.pick(&[
            "I have been told twice that it is done, and twice it was not. Please have somebody else look at it.",
            "The answer is a rule that nobody can show me. I would like it decided by somebody outside the department.",
        ]);
        escalate::run(act, granted, reason)?;
        let unit = self.unit_of(
            act.catalogue
                .services
                .values()
                .find_map(|offer| offer.service.neutral_owner)
                .ok_or(DeskError::NotFound)?,
        );
        let moved = &mut self.jobs[job];
        (moved.unit, moved.person, moved.done, moved.solved_before) =
            (unit.unwrap_or(Unit::Legal), None, false, true);
        moved.steps.push_back(step(0.6, What::Reply("Thank you for bringing this to us. I have asked both sides for their papers and will decide by the end of the week.".to_owned())));
        moved.steps.push_back(step(1.0, What::Finish("Decided: you were right on the main point, and the department puts it in order this week. The rule itself is being rewritten.".to_owned())));
        self.queue(act, job, Errand::Work)
    }

    fn not_content(
        &mut self,
        act: &mut Act,
        job: usize,
        person: PersonId,
        with_reason: bool,
    ) -> Result<(), DeskError> {
        let text = self.phrase(job, Said::Reopened);
        if with_reason {
            let granted = self.request(act, person, self.jobs[job].ticket)?;
            reopen::request(act, granted, &text)?;
        } else {
            self.write(act, job, &text)?;
        }
        let words = self.phrase(job, Said::DoneAfterAll);
        let back = &mut self.jobs[job];
        (back.done, back.solved_before) = (false, true);
        back.steps.push_back(step(0.8, What::Finish(words)));
        self.queue(act, job, Errand::Work)
    }

    fn phrase(&mut self, job: usize, what: Said) -> String {
        let job = &mut self.jobs[job];
        let text = *job.chance.pick(said(what, job.language));
        job.details.sentence(text)
    }
}

/// As it stands now: a ticket that was moved has another service than it was opened for.
fn is_captive(act: &mut Act, ticket: TicketId) -> Result<bool, DeskError> {
    let events = store::event::of_ticket(act.tx, ticket)?;
    let ticket = Ticket::fold(ticket, &events).ok_or(DeskError::NotFound)?;
    Ok(act.catalogue.ruling(&ticket).is_some_and(|service| ticket.is_captive(&service)))
}
