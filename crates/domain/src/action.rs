//! What a macro, a bulk action or a rule does with a ticket, as a value that is kept and read again.

use serde::{Deserialize, Serialize};

use crate::id::{OrganisationId, PersonId, ServiceId, StatusId, UnitId};
use crate::priority::Priority;
use crate::snooze::Until;

/// The most actions of one list.
pub const MOST: usize = 20;

/// One thing that is done with a ticket. Its kept form names it by `do`; a released case is never
/// changed, since macros and rules that were saved with it are read for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// Whoever runs it has the ticket.
    Take,
    Assign {
        person: PersonId,
    },
    /// Back into the queue of the unit that owns it.
    PutBack,
    Transfer {
        unit: UnitId,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    SetPriority {
        priority: Priority,
        reason: String,
    },
    /// Another service of the owning unit, and with it other promises.
    SetService {
        service: ServiceId,
    },
    WaitForRequester,
    Solve {
        /// Why it is solved although hand-offs block it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// Said to the requester.
    Reply {
        text: String,
    },
    /// Read by the serving side alone.
    Note {
        text: String,
    },
    /// A hand-off to the unit that provides a service.
    Ask {
        service: ServiceId,
        subject: String,
        text: String,
    },
    Tag {
        tag: String,
    },
    Untag {
        tag: String,
    },
    /// A status of one's own says where it stands, once the act that leads there is done.
    SetStatus {
        status: StatusId,
        /// For whom it waits then, where it waits for others.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        supplier: Option<OrganisationId>,
    },
    /// Puts steps on the checklist, one for each line.
    AddSteps {
        steps: String,
    },
    /// Out of sight until then, as the calendar of its unit has it.
    Snooze {
        until: Until,
    },
    /// Back in sight.
    Wake,
    /// Answers a field of one's own, named by its key, as it is typed; nothing takes the answer away.
    SetField {
        field: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        values: Vec<String>,
    },
    /// What was solved or closed goes on.
    Reopen {
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// What was solved ends.
    Close,
    /// Somebody is told to look at it.
    Tell {
        whom: Whom,
    },
}

/// Who is told to look at a ticket, as far as they read it inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// Whoever holds it.
    Holder,
    /// Those who lead the unit that owns it.
    Leads,
    Person(PersonId),
}

impl Action {
    /// The word by which its kept form names it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Assign { .. } => "assign",
            Self::PutBack => "put_back",
            Self::Transfer { .. } => "transfer",
            Self::SetPriority { .. } => "set_priority",
            Self::SetService { .. } => "set_service",
            Self::WaitForRequester => "wait_for_requester",
            Self::Solve { .. } => "solve",
            Self::Reply { .. } => "reply",
            Self::Note { .. } => "note",
            Self::Ask { .. } => "ask",
            Self::Tag { .. } => "tag",
            Self::Untag { .. } => "untag",
            Self::SetStatus { .. } => "set_status",
            Self::AddSteps { .. } => "add_steps",
            Self::Snooze { .. } => "snooze",
            Self::Wake => "wake",
            Self::SetField { .. } => "set_field",
            Self::Reopen { .. } => "reopen",
            Self::Close => "close",
            Self::Tell { .. } => "tell",
        }
    }

    /// Whether the desk itself may do it, without a person who stands behind it. Speaking to a
    /// requester, asking another unit and taking a ticket need one.
    #[must_use]
    pub const fn by_desk(&self) -> bool {
        match self {
            Self::Assign { .. }
            | Self::PutBack
            | Self::Transfer { .. }
            | Self::SetPriority { .. }
            | Self::SetService { .. }
            | Self::WaitForRequester
            | Self::Solve { .. }
            | Self::Note { .. }
            | Self::Tag { .. }
            | Self::Untag { .. }
            | Self::SetStatus { .. }
            | Self::AddSteps { .. }
            | Self::Snooze { .. }
            | Self::Wake
            | Self::SetField { .. }
            | Self::Reopen { .. }
            | Self::Close
            | Self::Tell { .. } => true,
            Self::Take | Self::Reply { .. } | Self::Ask { .. } => false,
        }
    }

    /// The same with each of its texts made anew; the first that cannot be made is its error.
    pub fn with_texts<E>(self, mut made: impl FnMut(&str) -> Result<String, E>) -> Result<Self, E> {
        Ok(match self {
            Self::Take
            | Self::Assign { .. }
            | Self::PutBack
            | Self::SetService { .. }
            | Self::WaitForRequester
            | Self::Tag { .. }
            | Self::Untag { .. }
            | Self::SetStatus { .. }
            | Self::Snooze { .. }
            | Self::Wake
            | Self::SetField { .. }
            | Self::Close
            | Self::Tell { .. } => self,
            Self::Reopen { reason } => Self::Reopen { reason: made(&reason)? },
            Self::Transfer { unit, reason } => Self::Transfer { unit, reason: made(&reason)? },
            Self::SetPriority { priority, reason } => Self::SetPriority { priority, reason: made(&reason)? },
            Self::Solve { reason } => Self::Solve { reason: made(&reason)? },
            Self::Reply { text } => Self::Reply { text: made(&text)? },
            Self::Note { text } => Self::Note { text: made(&text)? },
            Self::AddSteps { steps } => Self::AddSteps { steps: made(&steps)? },
            Self::Ask { service, subject, text } => {
                Self::Ask { service, subject: made(&subject)?, text: made(&text)? }
            }
        })
    }

    /// The person whom it names.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Assign { person } | Self::Tell { whom: Whom::Person(person) } => Some(*person),
            Self::Take
            | Self::PutBack
            | Self::Transfer { .. }
            | Self::SetPriority { .. }
            | Self::SetService { .. }
            | Self::WaitForRequester
            | Self::Solve { .. }
            | Self::Reply { .. }
            | Self::Note { .. }
            | Self::Ask { .. }
            | Self::Tag { .. }
            | Self::Untag { .. }
            | Self::SetStatus { .. }
            | Self::AddSteps { .. }
            | Self::Snooze { .. }
            | Self::Wake
            | Self::SetField { .. }
            | Self::Reopen { .. }
            | Self::Close
            | Self::Tell { .. } => None,
        }
    }
}

/// Actions that were kept and cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("these actions cannot be read: {0}")]
pub struct Unreadable(#[from] serde_json::Error);

/// The form in which a list of actions is kept.
#[must_use]
pub fn kept(actions: &[Action]) -> String {
    serde_json::to_string(actions).expect("actions are numbers and texts")
}

/// A kept list, read again.
pub fn read(kept: &str) -> Result<Vec<Action>, Unreadable> {
    Ok(serde_json::from_str(kept)?)
}

#[cfg(test)]
mod tests;
