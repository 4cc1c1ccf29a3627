//! Mails of a ticket that did not arrive: which of them still need somebody.

use jiff::Timestamp;

use super::Ticket;
use crate::event::{Carried, Side};
use crate::id::MessageId;

impl Ticket {
    /// Whether the last thing that went out did not arrive, and nobody sent it once more or said anything since.
    #[must_use]
    pub fn is_bounced(&self) -> bool {
        self.lost.iter().any(|lost| lost.message.is_none_or(|message| self.outward == Some(message)))
    }

    /// What was passed on before is behind an answer of ours; an earlier message that came back stays lost.
    pub(super) fn replied(&mut self, at: Timestamp, side: Side, message: MessageId) {
        self.said(at, side);
        if side == Side::Serving {
            self.outward = Some(message);
            self.lost.retain(|lost| lost.message.is_some());
        }
    }

    pub(super) fn came_back(&mut self, at: Timestamp, what: Carried) {
        self.wake(at);
        if !self.lost.iter().any(|known| known.covers(what)) {
            self.lost.push(what);
        }
    }

    pub(super) fn sent_again(&mut self, what: Carried) {
        self.lost.retain(|lost| !what.covers(*lost));
    }
}

#[cfg(test)]
mod tests;
