//! Which events stand: what was taken back, undone or taken apart never was.

use std::collections::BTreeSet;

use super::{Detail, Event, Fact};
use crate::id::{EventId, MessageId};

/// Leaves out the replies that were taken back, with what was done together with them, what was undone, and the
/// merges that were taken apart. The log keeps them; everything that is derived from it begins here. `of` finds the event in what is listed.
pub fn standing<T>(events: &mut Vec<T>, of: impl Fn(&T) -> &Event) {
    let taken_back: BTreeSet<MessageId> = events
        .iter()
        .filter_map(|event| match of(event).fact {
            Fact::TakenBack { message } => Some(message),
            _ => None,
        })
        .collect();
    let mut undone: BTreeSet<EventId> = events
        .iter()
        .filter_map(|event| match of(event).fact {
            Fact::Undone { event } | Fact::Unmerged { event, .. } | Fact::GaveBack { event, .. } => {
                Some(event)
            }
            _ => None,
        })
        .collect();
    if !undone.is_empty() {
        let moved = events.iter().filter_map(|event| match of(event) {
            Event { id, fact: Fact::Detailed(Detail::StatusSet { with: Some(with), .. }), .. }
                if undone.contains(id) =>
            {
                Some(*with)
            }
            _ => None,
        });
        let moved: Vec<EventId> = moved.collect();
        undone.extend(moved);
        events.retain(|event| !undone.contains(&of(event).id));
    }
    if !taken_back.is_empty() {
        events.retain(|event| {
            of(event).fact.together_with().is_none_or(|message| !taken_back.contains(&message))
        });
    }
}

/// Leaves out replies that have not left yet, with what was done together with them: what stands then is
/// what their readers know.
pub fn without(events: &mut Vec<Event>, held: &[MessageId]) {
    events.retain(|event| event.fact.together_with().is_none_or(|message| !held.contains(&message)));
}

impl Fact {
    /// The reply that this is, or was done together with.
    const fn together_with(&self) -> Option<MessageId> {
        match self {
            Self::Replied { message, .. } => Some(*message),
            Self::WaitStarted { message, .. } | Self::Solved { message, .. } => *message,
            Self::Opened(_)
            | Self::Asked(_)
            | Self::Transferred { .. }
            | Self::Assigned { .. }
            | Self::Noted { .. }
            | Self::WaitEnded
            | Self::Reopened { .. }
            | Self::Closed { .. }
            | Self::PriorityChanged { .. }
            | Self::ServiceChanged { .. }
            | Self::Escalated { .. }
            | Self::TakenBack { .. }
            | Self::Undone { .. }
            | Self::StrangerWrote { .. }
            | Self::Released { .. }
            | Self::Bounced { .. }
            | Self::CopyAdded { .. }
            | Self::CopyEnded { .. }
            | Self::Rated { .. }
            | Self::Snoozed { .. }
            | Self::Woken
            | Self::MergedInto { .. }
            | Self::Unmerged { .. }
            | Self::TookIn { .. }
            | Self::GaveBack { .. }
            | Self::Renewed
            | Self::Detailed(_)
            | Self::Logged => None,
        }
    }
}
