//! Which ticket a mail belongs to, from evidence that was gathered before.

use crate::id::{PersonId, TicketId};

/// A mark that only this desk can have made or handed out: for one ticket and one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    pub ticket: TicketId,
    /// To whom the mail or the address was given. It need not be who writes now.
    pub recipient: PersonId,
}

/// A ticket number in a subject, which anybody can write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    pub ticket: TicketId,
    pub sender: Closeness,
}

/// What the sender's address is to a ticket. An address is no identity, so that this never gives rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Closeness {
    Participant,
    SameOrganisation,
    Stranger,
}

/// A message of the same inbox that the mail names, and what its sender is to that ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Named {
    pub ticket: TicketId,
    pub sender: Closeness,
}

/// Whether the subject is still that of the ticket, apart from prefixes such as `Re:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Kept,
    Changed,
}

/// Everything that may tell where a mail belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Our own Message-IDs with a valid signature, in the order of In-Reply-To and then References newest first.
    pub marks: Vec<Mark>,
    /// Plus-addresses of ours among the recipients that are known by their hash.
    pub tokens: Vec<Mark>,
    /// Known messages of the same inbox: In-Reply-To, then References newest first.
    pub named: Vec<Named>,
    pub number: Option<Number>,
    pub subject: Subject,
}

/// Where a mail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It answers a mail that we sent to this person.
    Certain(TicketId, PersonId),
    /// It answers a message that we know.
    Known(TicketId),
    /// Its subject has the number, and its sender is close enough to believe it.
    Hint(TicketId),
    /// A ticket of its own; perhaps it belongs to another, which an agent may decide.
    New { possibly: Option<TicketId> },
}

/// The first that fits: a mark, a token, a named message, a number. A changed subject of a stranger who only
/// names a message is a ticket of its own.
pub fn decide(evidence: &Evidence) -> Decision {
    if let Some(mark) = evidence.marks.first().or(evidence.tokens.first()) {
        return Decision::Certain(mark.ticket, mark.recipient);
    }
    if let Some(named) = evidence.named.first() {
        return match (evidence.subject, named.sender) {
            (Subject::Changed, Closeness::Stranger) => Decision::New { possibly: Some(named.ticket) },
            (Subject::Kept, _) | (Subject::Changed, Closeness::Participant | Closeness::SameOrganisation) => {
                Decision::Known(named.ticket)
            }
        };
    }
    match evidence.number {
        Some(Number { ticket, sender: Closeness::Participant | Closeness::SameOrganisation }) => {
            Decision::Hint(ticket)
        }
        Some(Number { ticket, sender: Closeness::Stranger }) => Decision::New { possibly: Some(ticket) },
        None => Decision::New { possibly: None },
    }
}

#[cfg(test)]
mod tests;
