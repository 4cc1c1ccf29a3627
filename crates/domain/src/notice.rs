//! What somebody may be told of, on their board and by mail, whom an event concerns, and whether it is still worth telling.

use jiff::SignedDuration;

use crate::event::{Actor, Closing, Event, Fact, Side};
use crate::id::PersonId;
use crate::permission::Relation;
use crate::ticket::{State, Ticket};
use crate::word::words;

/// Something that somebody may want to be told of. A reply to a requester is, where no mail brings it to them:
/// else it is the mail itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occasion {
    /// A ticket was given to them.
    Given,
    /// The requester's side wrote on a ticket that they hold.
    Answered,
    /// A hand-off that they asked was delivered.
    Delivered,
    /// A hand-off that they hold was returned.
    Returned,
    /// A promise of a ticket that they hold ends soon.
    EndsSoon,
    /// Somebody who is not on a ticket wrote to it.
    StrangerWrote,
    /// On a hand-off for which a ticket of theirs waits, the unit that was asked wrote.
    AskedBack,
    /// Their own ticket was answered, and no mail brings it.
    Replied,
    /// Their own ticket was solved.
    Solved,
    /// Their own ticket closed by itself.
    Closed,
    /// Somebody named them in a note.
    Mentioned,
    /// Somebody wrote a note on a ticket that they hold.
    Noted,
    /// Something happened on a ticket that they watch.
    Watched,
    /// Something that both sides read happened on a hand-off that they asked and watch.
    HandoffWatched,
    /// A mail of a ticket that they hold, or with what they wrote, did not arrive.
    Bounced,
    /// Whoever asked said how it went, on a ticket that they hold.
    Rated,
    /// A ticket that they held went to somebody neutral, who decides.
    Escalated,
    /// A ticket that nobody holds came to a unit of theirs.
    Arrived,
    /// A rule says that they should look at a ticket.
    Told,
}

/// What somebody wants to hear of one ticket, beyond what is theirs to hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stance {
    /// Everything that is said and done on it.
    Watching,
    /// Nothing but mentions.
    Muted,
}

/// How somebody is told by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    AtOnce,
    /// Once a day, together with everything else.
    Digest,
    Never,
}

/// How somebody is told of one thing: at the desk, and by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Choice {
    /// Whether it stands on their board.
    pub board: bool,
    pub mail: Way,
}

/// By which course a notice that waits will be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Course {
    Board,
    Mail,
    Digest,
}

/// What one click unsubscribes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subscription {
    To(Occasion),
    /// Everything that is told once a day.
    Digest,
}

words!(Occasion {
    Given = "given",
    Answered = "answered",
    Delivered = "delivered",
    Returned = "returned",
    EndsSoon = "ends_soon",
    StrangerWrote = "stranger_wrote",
    AskedBack = "asked_back",
    Replied = "replied",
    Solved = "solved",
    Closed = "closed",
    Mentioned = "mentioned",
    Noted = "noted",
    Watched = "watched",
    HandoffWatched = "handoff_watched",
    Bounced = "bounced",
    Rated = "rated",
    Escalated = "escalated",
    Arrived = "arrived",
    Told = "told",
});
words!(Stance { Watching = "watching", Muted = "muted" });
words!(Way { AtOnce = "at_once", Digest = "digest", Never = "never" });
words!(Course { Board = "board", Mail = "at_once", Digest = "digest" });

/// A promise that ends within this time ends soon.
pub const SOON: SignedDuration = SignedDuration::from_mins(60);

impl Occasion {
    /// How somebody is told who chose nothing: what is theirs stands on the board, and nothing else.
    #[must_use]
    pub const fn usual(self) -> Choice {
        Choice { board: !matches!(self, Self::Arrived), mail: self.usual_mail() }
    }

    const fn usual_mail(self) -> Way {
        match self {
            Self::Given
            | Self::Answered
            | Self::AskedBack
            | Self::Replied
            | Self::Solved
            | Self::Closed
            | Self::Mentioned => Way::AtOnce,
            Self::Delivered
            | Self::Returned
            | Self::EndsSoon
            | Self::StrangerWrote
            | Self::Noted
            | Self::Watched
            | Self::HandoffWatched
            | Self::Rated
            | Self::Escalated => Way::Digest,
            // Mail about mail that does not arrive comes to whoever wants it.
            Self::Bounced | Self::Arrived | Self::Told => Way::Never,
        }
    }

    /// Whether it is for people who serve, and not for those who asked.
    #[must_use]
    pub const fn is_for_agents(self) -> bool {
        match self {
            Self::Given
            | Self::Answered
            | Self::AskedBack
            | Self::Delivered
            | Self::Returned
            | Self::EndsSoon
            | Self::StrangerWrote
            | Self::Mentioned
            | Self::Noted
            | Self::Watched
            | Self::HandoffWatched
            | Self::Bounced
            | Self::Rated
            | Self::Escalated
            | Self::Arrived
            | Self::Told => true,
            Self::Replied | Self::Solved | Self::Closed => false,
        }
    }

    /// Whether another unit's inbox may carry it where its own unit has none: not what is to be answered by mail.
    #[must_use]
    pub const fn may_be_carried(self) -> bool {
        self.is_for_agents() || matches!(self, Self::Replied)
    }

    /// Whether it may be told to somebody who is this to the ticket.
    #[must_use]
    pub const fn is_for(self, relation: Relation) -> bool {
        match self {
            Self::Given
            | Self::Answered
            | Self::Returned
            | Self::EndsSoon
            | Self::StrangerWrote
            | Self::Noted
            | Self::Rated
            | Self::Arrived => matches!(relation, Relation::Serving),
            // Who wrote a message, or held the ticket, may only read it by now.
            Self::Mentioned | Self::Watched | Self::Bounced | Self::Escalated | Self::Told => {
                relation.reads_inside()
            }
            Self::Delivered | Self::AskedBack | Self::HandoffWatched => matches!(relation, Relation::Asking),
            Self::Replied | Self::Solved | Self::Closed => matches!(relation, Relation::Requesting),
        }
    }

    /// Whether it is still so. What changed back meanwhile is not worth a mail.
    #[must_use]
    pub fn still_holds(self, ticket: &Ticket, person: PersonId) -> bool {
        let held = ticket.person == Some(person);
        match self {
            Self::Given | Self::EndsSoon | Self::Returned => held && ticket.state == State::Open,
            Self::Answered | Self::StrangerWrote | Self::Noted => held,
            Self::Bounced => !ticket.lost.is_empty(),
            Self::Rated => held && ticket.rating.is_some(),
            Self::Escalated => ticket.escalated,
            Self::Arrived => ticket.person.is_none() && ticket.state == State::Open,
            Self::Mentioned | Self::Watched | Self::HandoffWatched | Self::Replied | Self::Told => true,
            Self::Delivered | Self::Solved => ticket.state == State::Solved,
            Self::AskedBack => ticket.state != State::Closed,
            Self::Closed => ticket.state == State::Closed,
        }
    }
}

impl Subscription {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::To(occasion) => occasion.as_str(),
            Self::Digest => "digest",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        if word == "digest" { Some(Self::Digest) } else { Occasion::parse(word).map(Self::To) }
    }
}

/// What concerns somebody, whoever that is on its ticket.
enum Matter {
    Given(PersonId),
    Wrote,
    Replied,
    Reopened,
    Solved,
    ClosedByItself,
    StrangerWrote,
    Noted,
    Bounced,
    Rated,
    /// It concerns whoever held it until then, which the ticket does not say any more.
    Escalated,
}

fn matter(fact: &Fact) -> Option<Matter> {
    match fact {
        Fact::Opened(_) | Fact::Asked(_) | Fact::Assigned { .. } | Fact::Transferred { .. } => {
            fact.holder().map(Matter::Given)
        }
        Fact::Replied { side: Side::Requesting, automatic: false, .. } => Some(Matter::Wrote),
        Fact::Replied { side: Side::Serving, automatic: false, .. } => Some(Matter::Replied),
        Fact::TookIn { unanswered: Some(_), .. } => Some(Matter::Wrote),
        Fact::Reopened { side: Side::Requesting, .. } => Some(Matter::Reopened),
        Fact::Closed { how: Closing::Timer, .. } => Some(Matter::ClosedByItself),
        Fact::Rated { .. } | Fact::Closed { how: Closing::Accepted, rating: Some(_), .. } => {
            Some(Matter::Rated)
        }
        Fact::Bounced { .. } => Some(Matter::Bounced),
        Fact::Escalated { .. } => Some(Matter::Escalated),
        Fact::Solved { .. } => Some(Matter::Solved),
        Fact::StrangerWrote { .. } => Some(Matter::StrangerWrote),
        Fact::Noted { .. } => Some(Matter::Noted),
        Fact::Replied { .. }
        | Fact::Reopened { .. }
        | Fact::Closed { .. }
        | Fact::WaitStarted { .. }
        | Fact::WaitEnded
        | Fact::PriorityChanged { .. }
        | Fact::ServiceChanged { .. }
        | Fact::Renewed
        | Fact::TakenBack { .. }
        | Fact::Undone { .. }
        | Fact::Released { .. }
        | Fact::CopyAdded { .. }
        | Fact::CopyEnded { .. }
        | Fact::Detailed(_)
        | Fact::Snoozed { .. }
        | Fact::Woken
        | Fact::MergedInto { .. }
        | Fact::Unmerged { .. }
        | Fact::TookIn { .. }
        | Fact::GaveBack { .. }
        | Fact::Logged => None,
    }
}

/// Whether an event concerns nobody, whatever its ticket is; told without reading the ticket.
#[must_use]
pub fn concerns_nobody(fact: &Fact) -> bool {
    matter(fact).is_none()
}

/// Whether those who watch a ticket are told of it: what was said, what came of it, and who has it now.
#[must_use]
pub const fn stirs_watchers(fact: &Fact) -> bool {
    is_read_by_both(fact)
        || matches!(
            fact,
            Fact::Noted { .. } | Fact::StrangerWrote { .. } | Fact::Escalated { .. } | Fact::Asked(_)
        )
}

/// Whether both sides of a hand-off read that it happened: what its asking side may hear of it.
#[must_use]
pub const fn is_read_by_both(fact: &Fact) -> bool {
    match fact {
        Fact::Replied { automatic, .. } => !*automatic,
        Fact::Solved { .. } | Fact::Reopened { .. } | Fact::Closed { .. } | Fact::Transferred { .. } => true,
        Fact::Opened(_)
        | Fact::Asked(_)
        | Fact::Assigned { .. }
        | Fact::WaitStarted { .. }
        | Fact::WaitEnded
        | Fact::PriorityChanged { .. }
        | Fact::ServiceChanged { .. }
        | Fact::Renewed
        | Fact::Escalated { .. }
        | Fact::TakenBack { .. }
        | Fact::Undone { .. }
        | Fact::Released { .. }
        | Fact::Bounced { .. }
        | Fact::CopyAdded { .. }
        | Fact::CopyEnded { .. }
        | Fact::Rated { .. }
        | Fact::StrangerWrote { .. }
        | Fact::Noted { .. }
        | Fact::Detailed(_)
        | Fact::Snoozed { .. }
        | Fact::Woken
        | Fact::MergedInto { .. }
        | Fact::Unmerged { .. }
        | Fact::TookIn { .. }
        | Fact::GaveBack { .. }
        | Fact::Logged => false,
    }
}

/// Whom an event concerns, and as what; never who did it. `above` holds the ticket that waits for this
/// hand-off now, when somebody does.
#[must_use]
pub fn concerned(ticket: &Ticket, above: Option<PersonId>, event: &Event) -> Option<(Occasion, PersonId)> {
    let (occasion, person) = match matter(&event.fact)? {
        Matter::Given(person) => (Occasion::Given, Some(person)),
        Matter::Wrote => (Occasion::Answered, ticket.person),
        Matter::Replied if ticket.is_handoff() => (Occasion::AskedBack, above),
        Matter::Replied => (Occasion::Replied, Some(ticket.requester())),
        Matter::Reopened if ticket.is_handoff() => (Occasion::Returned, ticket.person),
        Matter::Reopened => (Occasion::Answered, ticket.person),
        Matter::Solved if ticket.is_handoff() => (Occasion::Delivered, above.or(Some(ticket.requester()))),
        Matter::Solved => (Occasion::Solved, Some(ticket.requester())),
        Matter::ClosedByItself if ticket.is_handoff() => return None,
        Matter::ClosedByItself => (Occasion::Closed, Some(ticket.requester())),
        Matter::StrangerWrote => (Occasion::StrangerWrote, ticket.person),
        Matter::Noted => (Occasion::Noted, ticket.person),
        Matter::Bounced => (Occasion::Bounced, ticket.person),
        Matter::Rated => (Occasion::Rated, ticket.person),
        Matter::Escalated => return None,
    };
    person.filter(|person| event.actor != Actor::Person(*person)).map(|person| (occasion, person))
}

#[cfg(test)]
mod tests;
