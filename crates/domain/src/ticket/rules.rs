//! What may be done with a ticket: each rule gives the fact to record, or says why not.

use jiff::{SignedDuration, Timestamp};

use super::{State, Ticket};
use crate::affiliation::Class;
use crate::event::{Closing, Fact, Reason, Side, WaitOn};
use crate::id::{MessageId, PersonId, TicketId, UnitId};
use crate::priority::Priority;
use crate::service::Service;

/// Why something cannot be done now, in words for the person who tried.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the ticket is {0}; reopen it first")]
    NotOpen(&'static str),
    #[error("the ticket is still open; solve it first")]
    StillOpen,
    #[error("it is already there")]
    NoChange,
    #[error("ask the requester something first: nothing was sent to them since their last message")]
    NothingAsked,
    #[error("the agreed date has already passed")]
    DatePassed,
    #[error("say in which message the date was agreed")]
    NoAgreement,
    #[error("{0} hand-off(s) still block it; wait for them, or give a reason to solve it without them")]
    Blocked(usize),
    #[error("the time for reopening ended; open a new ticket that refers to this one")]
    ReopenWindowOver,
    #[error("only the requester may close it, because nobody else provides this service")]
    Captive,
    #[error("the requester can still object until {0}")]
    ObjectionPending(Timestamp),
    #[error("this is not a hand-off")]
    NotAHandoff,
    #[error("hand-offs are accepted or returned by the unit that asked")]
    IsAHandoff,
    #[error("a hand-off is delivered: say what you hand back")]
    Delivered,
    #[error("a rating is a number from 1 to 5")]
    BadRating,
    #[error("only who accepts a hand-off can rate it")]
    NobodyRated,
    #[error("say why: a reason is needed")]
    ReasonNeeded,
    #[error("it was escalated before; that is possible once")]
    AlreadyEscalated,
    #[error("only a requester without another provider can escalate to a neutral owner")]
    NothingToEscalate,
    #[error("no neutral owner is named for this service; an administrator can name one")]
    NoNeutralOwner,
    #[error("nobody serves their own ticket")]
    OwnTicket,
    #[error("a ticket stays in the service that was asked of the unit; withdraw the hand-off and ask anew")]
    AskedService,
    #[error("it belongs to another unit; transfer the ticket first")]
    OtherUnits,
    #[error("it is not offered to people like this requester")]
    NotForRequester,
    #[error("it is confidential now and would not be any more; open a new ticket for what others may read")]
    StaysConfidential,
    #[error("it was merged into another ticket; go on there")]
    Merged,
    #[error("it is not merged into that ticket")]
    NotMerged,
    #[error("the other ticket was merged itself; take that merge apart first")]
    MergedFurther,
    #[error("a ticket is not merged into itself; name the other one")]
    MergesItself,
    #[error("they were not asked by the same people: a merge would show some of them what others wrote")]
    MergesOtherPeople,
    #[error("one of them is confidential and the other is not: a merge would show more people what was said")]
    MergesConfidential,
    #[error(
        "the requester can escalate it, or did, and could not on the other ticket; merge the other one into this one"
    )]
    MergesCaptive,
    #[error("the other ticket is not open any more; reopen it first")]
    MergesIntoEnded,
    #[error("mail of somebody who is not on it waits beside it; decide about that first")]
    MergesUndecided,
    #[error("one of them is a hand-off; hand-offs are not merged, write on them instead")]
    MergesHandoff,
    #[error(
        "{0} hand-off(s) still block it; accept or withdraw them first, or merge the other ticket into this one"
    )]
    MergesBlocked(usize),
    #[error(
        "its answer is promised earlier than any on the other ticket; answer here first, or merge the other one into this one"
    )]
    MergesAnswerLater,
    #[error(
        "its solution is promised earlier than that of the other ticket; merge the other one into this one"
    )]
    MergesSolutionLater,
    #[error("this time has already passed; choose a later one")]
    WakesInThePast,
    #[error("a ticket sleeps for a year at most; choose an earlier time")]
    SleepsTooLong,
    #[error("this status is for tickets of another kind; correct the kind first, or choose another status")]
    StatusOfOtherKind,
    #[error("this status is not offered any more; choose another one")]
    StatusRetired,
    #[error("this status waits for others; say for which supplier, or until which agreed date")]
    StatusNeedsWhom,
    #[error("{0} hand-off(s) still block it; solve it with a reason first, then choose this status")]
    StatusBlocked(usize),
}

/// The longest that a ticket is out of sight.
pub const LONGEST_SLEEP: SignedDuration = SignedDuration::from_hours(366 * 24);

impl Ticket {
    /// Somebody of the owning unit takes it, or `None` gives it back to the unit's queue.
    pub fn assign(&self, person: Option<PersonId>) -> Result<Fact, Refusal> {
        self.must_be_open()?;
        if self.person == person {
            return Err(Refusal::NoChange);
        }
        if let Some(person) = person
            && !self.is_handoff()
            && self.requesting().any(|requesting| requesting == person)
        {
            return Err(Refusal::OwnTicket);
        }
        Ok(Fact::Assigned { person })
    }

    pub fn transfer(&self, unit: UnitId, reason: Option<Reason>) -> Result<Fact, Refusal> {
        self.must_be_open()?;
        if self.unit == unit {
            return Err(Refusal::NoChange);
        }
        Ok(Fact::Transferred { unit, person: None, reason })
    }

    /// `message` is the one in which the requester was asked or the date was agreed.
    pub fn wait(&self, on: WaitOn, message: Option<MessageId>, now: Timestamp) -> Result<Fact, Refusal> {
        self.must_be_open()?;
        match on {
            WaitOn::Requester if self.last_side != Some(Side::Serving) => return Err(Refusal::NothingAsked),
            WaitOn::Agreed { until } if until <= now => return Err(Refusal::DatePassed),
            WaitOn::Agreed { .. } if message.is_none() => return Err(Refusal::NoAgreement),
            WaitOn::Requester | WaitOn::Supplier(_) | WaitOn::Agreed { .. } => {}
        }
        Ok(Fact::WaitStarted { on, message })
    }

    pub fn resume(&self) -> Result<Fact, Refusal> {
        self.must_be_open()?;
        self.waiting.map(|_| Fact::WaitEnded).ok_or(Refusal::NoChange)
    }

    /// Out of sight until then. Whatever it waits for and whatever was promised stays as it is.
    pub fn snooze(&self, until: Timestamp, now: Timestamp) -> Result<Fact, Refusal> {
        self.must_be_open()?;
        if until <= now {
            return Err(Refusal::WakesInThePast);
        }
        if until.duration_since(now) > LONGEST_SLEEP {
            return Err(Refusal::SleepsTooLong);
        }
        Ok(Fact::Snoozed { until })
    }

    pub fn wake_up(&self) -> Result<Fact, Refusal> {
        self.snoozed_until.map(|_| Fact::Woken).ok_or(Refusal::NoChange)
    }

    /// Hand-offs that still block it need `overriding`: the reason for going on without them.
    pub fn solve(&self, message: Option<MessageId>, overriding: Option<Reason>) -> Result<Fact, Refusal> {
        self.must_be_open()?;
        if !self.handoffs.is_empty() && overriding.is_none() {
            return Err(Refusal::Blocked(self.handoffs.len()));
        }
        Ok(Fact::Solved { message, overriding })
    }

    /// Reopens a solved or closed ticket within the service's window.
    pub fn reopen(
        &self,
        side: Side,
        reason: Option<Reason>,
        service: &Service,
        now: Timestamp,
    ) -> Result<Fact, Refusal> {
        if self.is_handoff() {
            return Err(Refusal::IsAHandoff);
        }
        if self.merged_into.is_some() {
            return Err(Refusal::Merged);
        }
        let Some(solved_at) = self.solved_at else { return Err(Refusal::NoChange) };
        if now > solved_at + days(service.reopen_days) {
            return Err(Refusal::ReopenWindowOver);
        }
        Ok(Fact::Reopened { side, reason })
    }

    /// Days after solving in which it can be reopened. What its unit says comes before what the service says,
    /// but never takes any from a requester who has no other provider.
    #[must_use]
    pub fn reopen_days(&self, service: &Service, of_unit: Option<u16>) -> u16 {
        match of_unit {
            None => service.reopen_days,
            Some(days) if self.is_captive(service) => days.max(service.reopen_days),
            Some(days) => days,
        }
    }

    /// Closes a solved ticket: accepted by the requester, by the timer, or by an agent.
    pub fn close(&self, how: Closing, service: &Service, now: Timestamp) -> Result<Fact, Refusal> {
        if self.is_handoff() {
            return Err(Refusal::IsAHandoff);
        }
        let solved_at = self.must_be_solved()?;
        match how {
            Closing::Agent if self.is_captive(service) => return Err(Refusal::Captive),
            Closing::Timer => {
                let until = solved_at + days(service.close_days);
                if now < until {
                    return Err(Refusal::ObjectionPending(until));
                }
            }
            Closing::Withdrawn => return Err(Refusal::NotAHandoff),
            Closing::Merged => return Err(Refusal::NotMerged),
            Closing::Agent | Closing::Accepted => {}
        }
        Ok(Fact::Closed { how, rating: None, reason: None })
    }

    /// A hand-off's deliverable is accepted; `how` tells a person from the timer.
    pub fn accept(&self, how: Closing, rating: Option<u8>, reason: Option<Reason>) -> Result<Fact, Refusal> {
        self.must_be_handoff()?;
        self.must_be_solved()?;
        if matches!(how, Closing::Timer | Closing::Withdrawn | Closing::Merged) && rating.is_some() {
            return Err(Refusal::NobodyRated);
        }
        if rating.is_some_and(|rating| !(1..=5).contains(&rating)) {
            return Err(Refusal::BadRating);
        }
        Ok(Fact::Closed { how, rating, reason })
    }

    /// A hand-off's deliverable goes back with a reason, and counts as rework.
    pub fn hand_back(&self, reason: Option<Reason>) -> Result<Fact, Refusal> {
        self.must_be_handoff()?;
        self.must_be_solved()?;
        reason.map_or(Err(Refusal::ReasonNeeded), |reason| {
            Ok(Fact::Reopened { side: Side::Requesting, reason: Some(reason) })
        })
    }

    /// The asking unit no longer needs it.
    pub fn withdraw(&self, reason: Option<Reason>) -> Result<Fact, Refusal> {
        self.must_be_handoff()?;
        if self.state == State::Closed {
            return Err(Refusal::NotOpen("closed"));
        }
        Ok(Fact::Closed { how: Closing::Withdrawn, rating: None, reason })
    }

    pub fn change_priority(&self, priority: Priority, reason: Option<Reason>) -> Result<Fact, Refusal> {
        self.must_be_open()?;
        if self.priority == priority {
            return Err(Refusal::NoChange);
        }
        Ok(Fact::PriorityChanged { priority, reason })
    }

    /// Another service of the unit that owns it, for the same requester. What was said in confidence
    /// stays confidential.
    pub fn change_service(&self, from: &Service, to: &Service) -> Result<Fact, Refusal> {
        self.must_be_open()?;
        if self.service == to.id {
            return Err(Refusal::NoChange);
        }
        if self.is_handoff() {
            return Err(Refusal::AskedService);
        }
        if to.unit != self.unit {
            return Err(Refusal::OtherUnits);
        }
        if !to.audience.admits(self.class()) {
            return Err(Refusal::NotForRequester);
        }
        if from.confidential && !to.confidential {
            return Err(Refusal::StaysConfidential);
        }
        Ok(Fact::ServiceChanged { service: to.id })
    }

    /// The promises that hold now apply from here on.
    pub fn renew(&self) -> Result<Fact, Refusal> {
        self.must_be_open().map(|()| Fact::Renewed)
    }

    /// A captive requester asks the neutral owner to decide, once.
    pub fn escalate(&self, service: &Service, reason: Option<Reason>) -> Result<Fact, Refusal> {
        if !self.is_captive(service) {
            return Err(Refusal::NothingToEscalate);
        }
        if self.merged_into.is_some() {
            return Err(Refusal::Merged);
        }
        if self.escalated {
            return Err(Refusal::AlreadyEscalated);
        }
        if self.state == State::Closed {
            return Err(Refusal::NotOpen("closed"));
        }
        let unit = service.neutral_owner.ok_or(Refusal::NoNeutralOwner)?;
        Ok(Fact::Escalated { unit, reason })
    }

    /// Whether its requester cannot go elsewhere (CHAIN.md section 8).
    #[must_use]
    pub fn is_captive(&self, service: &Service) -> bool {
        service.captive && self.class() == Class::Internal && !self.is_handoff()
    }

    pub fn must_be_open(&self) -> Result<(), Refusal> {
        match self.state {
            State::Open => Ok(()),
            State::Solved | State::Closed if self.merged_into.is_some() => Err(Refusal::Merged),
            State::Solved => Err(Refusal::NotOpen("solved")),
            State::Closed => Err(Refusal::NotOpen("closed")),
        }
    }

    fn must_be_solved(&self) -> Result<Timestamp, Refusal> {
        match (self.state, self.solved_at) {
            (State::Solved, Some(solved_at)) => Ok(solved_at),
            (State::Closed, _) if self.merged_into.is_some() => Err(Refusal::Merged),
            (State::Closed, _) => Err(Refusal::NotOpen("closed")),
            (State::Open | State::Solved, _) => Err(Refusal::StillOpen),
        }
    }

    fn must_be_handoff(&self) -> Result<(), Refusal> {
        if self.is_handoff() { Ok(()) } else { Err(Refusal::NotAHandoff) }
    }
}

/// A hand-off that would make tickets wait for each other, with the path that closes the circle.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this would make tickets wait for each other: {}", path.iter().map(|ticket| format!("#{ticket}")).collect::<Vec<_>>().join(" waits for "))]
pub struct Circle {
    pub path: Vec<TicketId>,
}

/// Refuses `blocked` waiting for `blocking` when `blocking` already waits for `blocked`.
/// `waits_for` gives the tickets that block a ticket now.
pub fn no_circle(
    blocked: TicketId,
    blocking: TicketId,
    mut waits_for: impl FnMut(TicketId) -> Vec<TicketId>,
) -> Result<(), Circle> {
    let mut seen = std::collections::BTreeSet::new();
    let mut paths = vec![vec![blocked, blocking]];
    while let Some(path) = paths.pop() {
        let last = path[path.len() - 1];
        if last == blocked {
            return Err(Circle { path });
        }
        if seen.insert(last) {
            paths.extend(waits_for(last).into_iter().map(|next| {
                let mut longer = path.clone();
                longer.push(next);
                longer
            }));
        }
    }
    Ok(())
}

fn days(number: u16) -> SignedDuration {
    SignedDuration::from_hours(24 * i64::from(number))
}

#[cfg(test)]
mod tests;
