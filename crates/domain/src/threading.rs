//! Which ticket a mail belongs to, decided from what is known of its headers. Pure: no header grants anything
//! but a mark that only we can have made or given.

use crate::id::{PersonId, TicketId};

/// What the headers of one mail lead to, looked up before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Marks of ours in In-Reply-To and References whose signature held, newest first.
    pub tags: Vec<Marked>,
    /// Plus-addresses of ours among the recipients that were given to somebody.
    pub tokens: Vec<Marked>,
    /// Tickets for which a named Message-ID is known in this inbox, In-Reply-To first, then newest first.
    pub known: Vec<TicketId>,
    /// The ticket whose number stands in the subject.
    pub number: Option<Numbered>,
}

/// A ticket, and the person to whom the mark was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marked {
    pub ticket: TicketId,
    pub recipient: PersonId,
}

/// A number in a subject: anybody can write one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbered {
    pub ticket: TicketId,
    /// The sender is on the requester's side of that ticket, or of its organisation.
    pub sender_belongs: bool,
}

/// Where a mail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It answers a mail of ours, which went to that person.
    Certain { ticket: TicketId, recipient: PersonId },
    /// It names a mail that we know, from anybody.
    Known { ticket: TicketId },
    /// Only a number leads there, and the sender belongs there.
    Hinted { ticket: TicketId },
    /// A new matter; a weak hint is told to the agent.
    New { possibly: Option<TicketId> },
}

/// First hit wins: our own mark, a given plus-address, a known Message-ID, a number from somebody who belongs.
#[must_use]
pub fn decide(evidence: &Evidence) -> Decision {
    if let Some(marked) = evidence.tags.first().or(evidence.tokens.first()) {
        return Decision::Certain { ticket: marked.ticket, recipient: marked.recipient };
    }
    if let Some(ticket) = evidence.known.first() {
        return Decision::Known { ticket: *ticket };
    }
    match evidence.number {
        Some(Numbered { ticket, sender_belongs: true }) => Decision::Hinted { ticket },
        Some(Numbered { ticket, sender_belongs: false }) => Decision::New { possibly: Some(ticket) },
        None => Decision::New { possibly: None },
    }
}

#[cfg(test)]
mod tests;
