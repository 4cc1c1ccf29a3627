//! What a mail carried that left the desk: the words of a ticket, and the mail itself.

use serde::{Deserialize, Serialize};

use crate::id::{MessageId, NoteId, OutgoingId};

/// A mail, and what it carried: an answer, or a note with which something was passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<NoteId>,
    /// `None` where an older event does not say which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<OutgoingId>,
}

impl Carried {
    #[must_use]
    pub const fn message(message: MessageId, mail: OutgoingId) -> Self {
        Self { message: Some(message), note: None, mail: Some(mail) }
    }

    /// Whether this is the other, or holds it: one that names no mail means all that carried the words.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        (self.message, self.note) == (other.message, other.note)
            && (self.mail.is_none() || other.mail.is_none() || self.mail == other.mail)
    }
}
