//! What may be offered on a ticket: each deed asks its rule with the best that anybody could fill in.

use jiff::{SignedDuration, Timestamp};

use super::Ticket;
use super::rules::Refusal;
use crate::event::{Closing, Side, WaitOn};
use crate::id::{MessageId, OrganisationId, PersonId, ReasonId, UnitId};
use crate::priority::Priority;
use crate::service::Service;

/// Something that can be done with a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// To a person of the owning unit, or back to its queue.
    Assign(Option<PersonId>),
    Transfer(UnitId),
    /// Asking another unit.
    Ask,
    WaitForRequester,
    WaitForSupplier,
    WaitForDate,
    Resume,
    /// A reply after which it waits for the requester.
    ReplyAndWait,
    Solve,
    /// A reply with which it is solved: without a word about hand-offs that block it.
    ReplyAndSolve,
    Deliver,
    Reopen(Side),
    /// By an agent.
    Close,
    ChangePriority(Priority),
    /// The requester accepts what was done.
    AcceptSolution,
    /// The asking unit accepts, returns or withdraws a hand-off.
    Accept,
    HandBack,
    Withdraw,
    Escalate,
    Snooze,
    WakeUp,
    /// Into another one; which, decides whether.
    Merge,
}

impl Ticket {
    /// Whether a deed can be done at all now, whatever is filled in; if not, why.
    pub fn may(&self, deed: Deed, service: &Service, now: Timestamp) -> Result<(), Refusal> {
        // Reasons, messages and dates that a form could bring along.
        let (reason, message) = (Some(ReasonId(0)), Some(MessageId(0)));
        let until = now.saturating_add(SignedDuration::from_hours(1)).unwrap_or(Timestamp::MAX);
        let fact = match deed {
            Deed::Assign(person) => self.assign(person),
            Deed::Transfer(unit) => self.transfer(unit, reason),
            Deed::Ask | Deed::ReplyAndWait => return self.must_be_open(),
            Deed::Merge => return self.may_be_merged(),
            Deed::WaitForRequester => self.wait(WaitOn::Requester, message, now),
            Deed::WaitForSupplier => self.wait(WaitOn::Supplier(OrganisationId(0)), None, now),
            Deed::WaitForDate => {
                self.wait(WaitOn::Agreed { until }, message.filter(|_| self.last_side.is_some()), now)
            }
            Deed::Resume => self.resume(),
            Deed::Solve | Deed::ReplyAndSolve if self.is_handoff() => Err(Refusal::Delivered),
            Deed::Solve => self.solve(None, reason),
            Deed::ReplyAndSolve => self.solve(message, None),
            Deed::Deliver if !self.is_handoff() => Err(Refusal::NotAHandoff),
            Deed::Deliver => self.solve(message, None),
            Deed::Reopen(side) => self.reopen(side, reason, service, now),
            Deed::Close => self.close(Closing::Agent, service, now),
            Deed::ChangePriority(priority) => self.change_priority(priority, reason),
            Deed::AcceptSolution => self.close(Closing::Accepted, service, now),
            Deed::Accept => self.accept(Closing::Accepted, Some(5), reason),
            Deed::HandBack => self.hand_back(reason),
            Deed::Withdraw => self.withdraw(reason),
            Deed::Escalate => self.escalate(service, reason),
            Deed::Snooze => self.snooze(until, now),
            Deed::WakeUp => self.wake_up(),
        };
        fact.map(|_| ())
    }

    /// When a solved ticket closes by itself, unless somebody objects.
    #[must_use]
    pub fn closes_at(&self, service: &Service) -> Option<Timestamp> {
        self.days_after_solving(service.close_days)
    }

    /// Until when a solved or closed ticket may be reopened.
    #[must_use]
    pub fn reopens_until(&self, service: &Service) -> Option<Timestamp> {
        self.days_after_solving(service.reopen_days)
    }

    fn days_after_solving(&self, days: u16) -> Option<Timestamp> {
        self.solved_at?.checked_add(SignedDuration::from_hours(24 * i64::from(days))).ok()
    }
}

#[cfg(test)]
mod tests;
