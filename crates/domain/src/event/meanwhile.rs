//! What happened on a ticket while somebody was writing on it: nobody should answer past it.

use super::{Actor, Event, Fact};
use crate::id::{EventId, PersonId, TicketId};

/// The events of a ticket after the one that was seen last, as far as they change what an answer would say. What
/// the writer did is no news to them.
pub fn meanwhile(
    events: &[Event],
    ticket: TicketId,
    seen: EventId,
    writer: PersonId,
) -> impl Iterator<Item = &Event> {
    events.iter().filter(move |event| {
        event.ticket == ticket
            && event.id > seen
            && event.actor != Actor::Person(writer)
            && is_news(&event.fact)
    })
}

/// The last event of a ticket: where somebody stands who reads it now.
#[must_use]
pub fn seen_until(events: &[Event], ticket: TicketId) -> EventId {
    let own = events.iter().filter(|event| event.ticket == ticket);
    own.map(|event| event.id).max().unwrap_or(EventId(0))
}

/// Words that came in, and where the matter stands: not who has it, how pressing it is, or how a mail fared.
const fn is_news(fact: &Fact) -> bool {
    match fact {
        Fact::TookIn { unanswered, .. } => unanswered.is_some(),
        Fact::Replied { .. }
        | Fact::Noted { .. }
        | Fact::StrangerWrote { .. }
        | Fact::Released { .. }
        | Fact::Transferred { .. }
        | Fact::Solved { .. }
        | Fact::Reopened { .. }
        | Fact::Closed { .. }
        | Fact::Escalated { .. } => true,
        Fact::Opened(_)
        | Fact::Asked(_)
        | Fact::Assigned { .. }
        | Fact::WaitStarted { .. }
        | Fact::WaitEnded
        | Fact::PriorityChanged { .. }
        | Fact::ServiceChanged { .. }
        | Fact::Renewed
        | Fact::TakenBack { .. }
        | Fact::Undone { .. }
        | Fact::Bounced { .. }
        | Fact::CopyAdded { .. }
        | Fact::CopyEnded { .. }
        | Fact::Rated { .. }
        | Fact::Detailed(_)
        | Fact::Snoozed { .. }
        | Fact::Woken
        | Fact::MergedInto { .. }
        | Fact::Unmerged { .. }
        | Fact::GaveBack { .. }
        | Fact::Logged => false,
    }
}

#[cfg(test)]
mod tests;
