//! How two tickets belong together: a closed set of links, each with its other direction. A link says so and
//! nothing more; who has a ticket and what its clocks say is the same with it and without.

use serde::{Deserialize, Serialize};

use crate::event::{Detail, Event, Fact};
use crate::id::{MessageId, TicketId};
use crate::word::words;

/// What a ticket is to another one, as it stands on its own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    RelatesTo,
    DuplicateOf,
    DuplicatedBy,
    CausedBy,
    Causes,
    /// It goes on with a matter that was closed.
    Follows,
    FollowedBy,
    /// It began with a message of the other one.
    SplitFrom,
    SplitInto,
}

words!(Link {
    RelatesTo = "relates_to",
    DuplicateOf = "duplicate_of",
    DuplicatedBy = "duplicated_by",
    CausedBy = "caused_by",
    Causes = "causes",
    Follows = "follows",
    FollowedBy = "followed_by",
    SplitFrom = "split_from",
    SplitInto = "split_into",
});

/// The most links that a ticket shows to one person, and to which one can be added by hand.
pub const MOST: usize = 100;

impl Link {
    /// What the other ticket is to this one.
    #[must_use]
    pub const fn reverse(self) -> Self {
        match self {
            Self::RelatesTo => Self::RelatesTo,
            Self::DuplicateOf => Self::DuplicatedBy,
            Self::DuplicatedBy => Self::DuplicateOf,
            Self::CausedBy => Self::Causes,
            Self::Causes => Self::CausedBy,
            Self::Follows => Self::FollowedBy,
            Self::FollowedBy => Self::Follows,
            Self::SplitFrom => Self::SplitInto,
            Self::SplitInto => Self::SplitFrom,
        }
    }

    /// Whether people say it of two tickets; a split is said by splitting.
    #[must_use]
    pub const fn is_chosen(self) -> bool {
        match self {
            Self::RelatesTo
            | Self::DuplicateOf
            | Self::DuplicatedBy
            | Self::CausedBy
            | Self::Causes
            | Self::Follows
            | Self::FollowedBy => true,
            Self::SplitFrom | Self::SplitInto => false,
        }
    }
}

/// A link as one of its ends has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linked {
    pub link: Link,
    /// The other end.
    pub ticket: TicketId,
    /// The message of this end that it is about.
    pub message: Option<MessageId>,
}

/// The links of a ticket in the order in which they were made, at most one to each other ticket. `events` are
/// those that stand, oldest first.
#[must_use]
pub fn of(ticket: TicketId, events: &[Event]) -> Vec<Linked> {
    let mut links: Vec<Linked> = Vec::new();
    for event in events.iter().filter(|event| event.ticket == ticket) {
        match event.fact {
            Fact::Detailed(Detail::Linked { link, ticket, message }) => {
                links.retain(|known| known.ticket != ticket);
                links.push(Linked { link, ticket, message });
            }
            Fact::Detailed(Detail::Unlinked { ticket, .. }) => links.retain(|known| known.ticket != ticket),
            _ => {}
        }
    }
    links
}

/// The other end that a fact names.
#[must_use]
pub const fn other(fact: &Fact) -> Option<Linked> {
    match fact {
        Fact::Detailed(Detail::Linked { link, ticket, message }) => {
            Some(Linked { link: *link, ticket: *ticket, message: *message })
        }
        Fact::Detailed(Detail::Unlinked { link, ticket }) => {
            Some(Linked { link: *link, ticket: *ticket, message: None })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
