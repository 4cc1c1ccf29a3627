//! What its author may still undo: the last thing that happened to a ticket, for a little while.

use jiff::{SignedDuration, Timestamp};

use super::{Actor, Detail, Event, Fact};
use crate::id::{PersonId, TicketId};

/// For so long; a page offers it for less.
pub const WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// The last event of a ticket, when somebody did it just now, nothing followed it, and it can be undone at all.
/// `events` are those that stand, oldest first.
#[must_use]
pub fn last(ticket: TicketId, events: &[Event], by: PersonId, now: Timestamp) -> Option<&Event> {
    let last = events.iter().rev().find(|event| event.ticket == ticket)?;
    let is_fresh = now.duration_since(last.at) <= WITHIN;
    let moved = match last.fact {
        Fact::Detailed(Detail::StatusSet { with: Some(with), .. }) => {
            events.iter().any(|event| event.id == with && can_be(&event.fact))
        }
        _ => true,
    };
    (last.actor == Actor::Person(by) && is_fresh && moved && can_be(&last.fact)).then_some(last)
}

/// Whether a fact can be as if it had never been: nobody outside was told of it, and nothing else hangs on it.
#[must_use]
pub const fn can_be(fact: &Fact) -> bool {
    match fact {
        Fact::Assigned { .. }
        | Fact::PriorityChanged { .. }
        | Fact::WaitEnded
        | Fact::WaitStarted { message: None, .. }
        | Fact::Detailed(
            Detail::Unlinked { .. }
            | Detail::StatusSet { .. }
            | Detail::StatusCleared
            | Detail::KindChanged { .. },
        ) => true,
        // What made the link by itself is told by more than the link.
        Fact::Detailed(Detail::Linked { link, .. }) => link.is_chosen(),
        Fact::Detailed(
            Detail::TagAdded { .. }
            | Detail::TagRemoved { .. }
            | Detail::Answered { .. }
            | Detail::Spent { .. }
            | Detail::Ticked { .. }
            | Detail::MacroRan { .. }
            | Detail::SentAgain { .. }
            | Detail::Told { .. }
            | Detail::NoteChanged { .. },
        ) => false,
        Fact::WaitStarted { message: Some(_), .. }
        | Fact::Opened(_)
        | Fact::Asked(_)
        | Fact::Transferred { .. }
        | Fact::Replied { .. }
        | Fact::Noted { .. }
        | Fact::Solved { .. }
        | Fact::Reopened { .. }
        | Fact::Closed { .. }
        | Fact::ServiceChanged { .. }
        | Fact::Renewed
        | Fact::Escalated { .. }
        | Fact::TakenBack { .. }
        | Fact::Undone { .. }
        | Fact::StrangerWrote { .. }
        | Fact::Released { .. }
        | Fact::Bounced { .. }
        | Fact::CopyAdded { .. }
        | Fact::CopyEnded { .. }
        | Fact::Rated { .. }
        | Fact::Snoozed { .. }
        | Fact::Woken
        | Fact::MergedInto { .. }
        | Fact::Unmerged { .. }
        | Fact::TookIn { .. }
        | Fact::GaveBack { .. }
        | Fact::Logged => false,
    }
}
