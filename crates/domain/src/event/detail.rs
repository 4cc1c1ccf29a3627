//! What the serving side keeps, or does, beside the conversation: no custody and no clock knows of it.

use serde::{Deserialize, Serialize};

use super::{Carried, Reason};
use crate::id::{CustomId, EventId, ItemId, MacroId, MessageId, NoteId, PersonId, SpentId, TagId, TicketId};
use crate::link::Link;
use crate::status::Stands;
use crate::ticket::Kind;

/// What the serving side keeps, or does, beside the conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "detail", rename_all = "snake_case")]
pub enum Detail {
    TagAdded {
        tag: TagId,
    },
    TagRemoved {
        tag: TagId,
    },
    /// A field of one's own was answered anew, or its answer was taken away.
    Answered {
        field: CustomId,
    },
    /// Somebody said how long they worked on it, or corrected that.
    Spent {
        entry: SpentId,
    },
    /// A step of its checklist came, was done or not done after all, was changed, or went.
    Ticked {
        item: ItemId,
        what: Ticked,
    },
    /// It belongs to another ticket, which says the reverse of it.
    Linked {
        link: Link,
        ticket: TicketId,
        /// The message of this ticket from which the other one began, or with which this one began.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageId>,
    },
    Unlinked {
        link: Link,
        ticket: TicketId,
    },
    /// Somebody ran a macro; what it did follows in the same transaction.
    MacroRan {
        id: MacroId,
        /// As it was called then.
        name: String,
    },
    /// It has a status of one's own until it stands elsewhere, or is of another kind.
    StatusSet {
        #[serde(flatten)]
        stands: Stands,
        /// The act that moved it there, at the same moment; it is undone together with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<EventId>,
    },
    /// It has none any more.
    StatusCleared,
    /// It turned out to be of another kind.
    KindChanged {
        kind: Kind,
    },
    /// They were told to look at it: by a rule.
    Told {
        people: Vec<PersonId>,
    },
    /// What had come back, or was given up, was sent once more.
    SentAgain {
        #[serde(flatten)]
        what: Carried,
    },
    /// A note was written anew by its author; what it said before is kept beside it.
    NoteChanged {
        note: NoteId,
        /// Its words were taken away, for a reason.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
        /// Who is named in it since then, and was not before; as far as they can read it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        named: Vec<PersonId>,
    },
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ticked {
    Added,
    Done,
    Open,
    Removed,
    /// It stands at another place of the list.
    Moved,
    Reworded,
}

impl Detail {
    /// The words behind it.
    #[must_use]
    pub const fn reason(&self) -> Option<Reason> {
        match self {
            Self::NoteChanged { reason, .. } => *reason,
            Self::TagAdded { .. }
            | Self::TagRemoved { .. }
            | Self::Answered { .. }
            | Self::Spent { .. }
            | Self::Ticked { .. }
            | Self::Linked { .. }
            | Self::Unlinked { .. }
            | Self::StatusSet { .. }
            | Self::StatusCleared
            | Self::KindChanged { .. }
            | Self::SentAgain { .. }
            | Self::Told { .. }
            | Self::MacroRan { .. } => None,
        }
    }
}
