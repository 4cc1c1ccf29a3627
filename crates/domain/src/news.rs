//! What was last said or done on a ticket that everybody who works on it should see: unread is told from it.

use crate::event::{Actor, Event, Fact};
use crate::id::{EventId, PersonId, TicketId};

/// The last news of a ticket, kept so that each person can be told whether there is any that is not
/// their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    pub last: Option<EventId>,
    /// Whose it is; `None` for the desk's own and for imported steps.
    pub by: Option<PersonId>,
    /// The last that is somebody else's than `by`.
    pub before: Option<EventId>,
}

impl News {
    /// Takes in the next event; most are no news.
    pub fn hear(&mut self, ticket: TicketId, event: &Event) {
        if !is_news(ticket, event) {
            return;
        }
        let by = match event.actor {
            Actor::Person(person) => Some(person),
            Actor::Desk | Actor::Import => None,
        };
        if by != self.by {
            self.before = self.last;
        }
        (self.last, self.by) = (Some(event.id), by);
    }

    /// The last that is not this person's own.
    #[must_use]
    pub fn for_person(self, person: PersonId) -> Option<EventId> {
        if self.by == Some(person) { self.before } else { self.last }
    }
}

/// Whether an event is news of a ticket: something was said to it or noted on it, it or a mail of it came
/// back, or a hand-off of it was delivered or asks back.
#[must_use]
pub fn is_news(ticket: TicketId, event: &Event) -> bool {
    if event.ticket != ticket {
        let tells = matches!(event.fact, Fact::Solved { .. } | Fact::Replied { .. });
        return event.parent == Some(ticket) && tells && event.fact.counts_above();
    }
    match &event.fact {
        Fact::TookIn { unanswered, .. } => unanswered.is_some(),
        Fact::Opened(_)
        | Fact::Asked(_)
        | Fact::Replied { automatic: false, .. }
        | Fact::Noted { .. }
        | Fact::Reopened { .. }
        | Fact::Escalated { .. }
        | Fact::StrangerWrote { .. }
        | Fact::Bounced { .. } => true,
        Fact::Replied { automatic: true, .. }
        | Fact::Transferred { .. }
        | Fact::Assigned { .. }
        | Fact::WaitStarted { .. }
        | Fact::WaitEnded
        | Fact::Solved { .. }
        | Fact::Closed { .. }
        | Fact::PriorityChanged { .. }
        | Fact::ServiceChanged { .. }
        | Fact::TakenBack { .. }
        | Fact::Undone { .. }
        | Fact::Released { .. }
        | Fact::CopyAdded { .. }
        | Fact::CopyEnded { .. }
        | Fact::Rated { .. }
        | Fact::Snoozed { .. }
        | Fact::Woken
        | Fact::MergedInto { .. }
        | Fact::Unmerged { .. }
        | Fact::GaveBack { .. }
        | Fact::Renewed
        | Fact::Detailed(_)
        | Fact::Logged => false,
    }
}

#[cfg(test)]
mod tests;
