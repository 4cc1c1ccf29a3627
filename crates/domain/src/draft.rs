//! Where somebody writes: which text of which ticket, or of one that is not opened yet, a draft is of.

use crate::id::{MessageId, NoteId, PersonId, ServiceId, TicketId};

/// Each place keeps one draft for each person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    Ticket(TicketId, Text),
    /// No ticket yet.
    New(New),
}

/// What is written on a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    /// What both sides read, from whichever side it comes.
    Reply,
    Note,
    /// What another unit is asked for.
    Handoff,
    /// What a hand-off hands back.
    Delivery,
    /// Why what was delivered is sent back.
    Return,
    /// A message that is passed on to somebody outside.
    Forward(MessageId),
    /// What is written to somebody outside once more.
    ForwardAgain(NoteId),
}

/// What opens a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum New {
    /// Somebody is written to first.
    Outbound,
    /// What somebody said who called or stands at the desk.
    OnBehalf(PersonId),
    /// What somebody asks of a service.
    Request(ServiceId),
}

impl Place {
    /// The place behind its columns; `None` for words and tickets that do not go together.
    #[must_use]
    pub fn read(ticket: Option<TicketId>, word: &str, about: i64) -> Option<Self> {
        Some(match (ticket, word) {
            (Some(ticket), word) => Self::Ticket(
                ticket,
                match word {
                    "reply" => Text::Reply,
                    "note" => Text::Note,
                    "handoff" => Text::Handoff,
                    "delivery" => Text::Delivery,
                    "return" => Text::Return,
                    "forward" => Text::Forward(MessageId(about)),
                    "forward_again" => Text::ForwardAgain(NoteId(about)),
                    _ => return None,
                },
            ),
            (None, "outbound") => Self::New(New::Outbound),
            (None, "on_behalf") => Self::New(New::OnBehalf(PersonId(about))),
            (None, "request") => Self::New(New::Request(ServiceId(about))),
            (None, _) => return None,
        })
    }

    #[must_use]
    pub const fn ticket(self) -> Option<TicketId> {
        match self {
            Self::Ticket(ticket, _) => Some(ticket),
            Self::New(_) => None,
        }
    }

    /// The word for it in columns.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ticket(_, text) => text.word(),
            Self::New(New::Outbound) => "outbound",
            Self::New(New::OnBehalf(_)) => "on_behalf",
            Self::New(New::Request(_)) => "request",
        }
    }

    /// What it is about besides its ticket; 0 for nothing.
    #[must_use]
    pub const fn about(self) -> i64 {
        match self {
            Self::Ticket(_, Text::Forward(message)) => message.0,
            Self::Ticket(_, Text::ForwardAgain(note)) => note.0,
            Self::New(New::OnBehalf(person)) => person.0,
            Self::New(New::Request(service)) => service.0,
            Self::Ticket(_, Text::Reply | Text::Note | Text::Handoff | Text::Delivery | Text::Return)
            | Self::New(New::Outbound) => 0,
        }
    }
}

impl Text {
    /// The word for it in columns and addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Note => "note",
            Self::Handoff => "handoff",
            Self::Delivery => "delivery",
            Self::Return => "return",
            Self::Forward(_) => "forward",
            Self::ForwardAgain(_) => "forward_again",
        }
    }
}

#[cfg(test)]
mod tests;
