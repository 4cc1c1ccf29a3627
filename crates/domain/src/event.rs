//! One append-only fact: who did what to which thing, when. Everything else is derived from these.

mod above;
mod carried;
mod detail;
mod meanwhile;
mod stands;
mod step;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::affiliation::Class;
use crate::id::{
    EventId, MailId, MessageId, NoteId, OrganisationId, PersonId, ReasonId, ServiceId, TicketId, UnitId,
};
use crate::priority::Priority;
use crate::ticket::Kind;
use crate::word::words;

pub use carried::Carried;
pub use detail::{Detail, Ticked};
pub use meanwhile::{meanwhile, seen_until};
pub use stands::{standing, without};
pub use step::Step;

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    Person(PersonId),
    /// The desk itself: a timer, a rule.
    Desk,
    /// A step that an imported log tells of without naming a person.
    Import,
}

/// Which side of a ticket speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Serving,
    Requesting,
}

words!(Side { Serving = "serving", Requesting = "requesting" });

/// A fact about one thing, with its instant and who did it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub id: EventId,
    /// When it was true: the arrival of a reply, not when somebody looked.
    pub at: Timestamp,
    pub actor: Actor,
    /// The ticket it happened on.
    pub ticket: TicketId,
    /// The ticket on whose behalf, when `ticket` is a hand-off.
    pub parent: Option<TicketId>,
    pub fact: Fact,
}

/// Why a ticket waits for somebody outside its chain of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitOn {
    Requester,
    Supplier(OrganisationId),
    Agreed { until: Timestamp },
}

/// How a ticket came to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// The requester accepted.
    Accepted,
    /// The time for objections passed.
    Timer,
    /// An agent closed it (never a captive requester's ticket).
    Agent,
    /// The asking unit no longer needs it.
    Withdrawn,
    /// Another ticket goes on with the matter.
    Merged,
}

words!(Closing {
    Accepted = "accepted",
    Timer = "timer",
    Agent = "agent",
    Withdrawn = "withdrawn",
    Merged = "merged",
});

/// What a ticket is at its opening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    pub number: i64,
    pub kind: Kind,
    pub service: ServiceId,
    pub unit: UnitId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    pub requester: PersonId,
    pub beneficiary: PersonId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// The unit that asks, when this is a hand-off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asking_unit: Option<UnitId>,
    pub class: Class,
    pub priority: Priority,
    /// We wrote first: nobody has asked anything yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outbound: bool,
    /// The first message, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageId>,
}

/// What happened to a ticket. Texts stay in their own tables, so that erasing one leaves the
/// chain of hashes whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// A requester opened it. A hand-off begins with [`Fact::Asked`] instead.
    Opened(Opening),
    /// A unit asked another one on behalf of its own ticket, which is blocked from here on.
    Asked(Opening),
    /// The ticket itself moved to another unit.
    Transferred {
        unit: UnitId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// A person of the owning unit has it; `None` gives it back to the unit's queue.
    Assigned {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
    },
    Replied {
        message: MessageId,
        side: Side,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        automatic: bool,
    },
    Noted {
        note: NoteId,
    },
    WaitStarted {
        on: WaitOn,
        /// The message in which it was asked or agreed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageId>,
    },
    /// The owner has the ball again.
    WaitEnded,
    /// Solved; on a hand-off: delivered.
    Solved {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageId>,
        /// Why it was solved although hand-offs still blocked it; they no longer do.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        overriding: Option<Reason>,
    },
    /// The requester reopened it; on a hand-off: the asking unit returned it.
    Reopened {
        side: Side,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// Closed; on a hand-off: accepted or withdrawn, which unblocks the asking ticket.
    Closed {
        how: Closing,
        /// 1 (poor) to 5 (excellent), given by the internal customer at hand-back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rating: Option<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    PriorityChanged {
        priority: Priority,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// Another service, and with it other promises.
    ServiceChanged {
        service: ServiceId,
    },
    /// From here on it counts under the promises and the hours that hold now, from its original start.
    Renewed,
    /// A captive requester asked the neutral owner to decide.
    Escalated {
        unit: UnitId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// A reply was taken back before it left. It, and what was done together with it, never was:
    /// see [`standing`].
    TakenBack {
        message: MessageId,
    },
    /// Its author undid what they had done just before: that event never was, see [`standing`].
    Undone {
        event: EventId,
    },
    /// Mail came in from somebody who is not on the ticket. It is kept aside until an agent confirms
    /// it; no clock knows of it.
    StrangerWrote {
        mail: MailId,
    },
    /// A message by mail that was held from the requester's side is shown to it from here on.
    Released {
        message: MessageId,
    },
    /// A mail that carried something said here came back, or was given up before it left.
    Bounced {
        #[serde(flatten)]
        what: Carried,
        /// No server took it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        given_up: bool,
    },
    /// Somebody gets copies of replies from here on; it gives them no right to the ticket.
    CopyAdded {
        person: PersonId,
    },
    CopyEnded {
        person: PersonId,
    },
    /// Whoever asked said how it went. The last word since the solution counts.
    Rated {
        /// 1 (poor) to 5 (excellent).
        rating: u8,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<Reason>,
    },
    /// Something that the serving side keeps beside the conversation changed; no custody and no clock
    /// knows of it.
    Detailed(Detail),
    /// Out of sight until then, or until something comes in. It has its holder and its clocks as before.
    Snoozed {
        until: Timestamp,
    },
    /// In sight again: the time came, or somebody of the owning unit woke it.
    Woken,
    /// Another ticket of the same people goes on with it: it is closed, neither solved nor lost. Nothing is
    /// moved; where the other one is shown, what was said here is shown with it.
    MergedInto {
        ticket: TicketId,
    },
    /// The merge never was: see [`standing`].
    Unmerged {
        ticket: TicketId,
        event: EventId,
    },
    /// Another ticket was merged into this one.
    TookIn {
        ticket: TicketId,
        /// What was still to be answered there is owed here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unanswered: Option<Unanswered>,
    },
    /// The merge never was: see [`standing`].
    GaveBack {
        ticket: TicketId,
        event: EventId,
    },
    /// A step of an imported log that changes nothing here; its fields are kept beside it.
    Logged,
}

/// Words of the requester's side that nobody had answered when their ticket was merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unanswered {
    pub since: Timestamp,
    /// Nobody had answered anything there: a first response was owed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first: bool,
}

/// The words behind an act; kept beside the event so that they can be erased.
pub type Reason = ReasonId;

impl Fact {
    /// The word stored in the event's `kind` column; the same as the payload's tag.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Opened(_) => "opened",
            Self::Asked(_) => "asked",
            Self::Transferred { .. } => "transferred",
            Self::Assigned { .. } => "assigned",
            Self::Replied { .. } => "replied",
            Self::Noted { .. } => "noted",
            Self::WaitStarted { .. } => "wait_started",
            Self::WaitEnded => "wait_ended",
            Self::Solved { .. } => "solved",
            Self::Reopened { .. } => "reopened",
            Self::Closed { .. } => "closed",
            Self::PriorityChanged { .. } => "priority_changed",
            Self::ServiceChanged { .. } => "service_changed",
            Self::Escalated { .. } => "escalated",
            Self::TakenBack { .. } => "taken_back",
            Self::Undone { .. } => "undone",
            Self::StrangerWrote { .. } => "stranger_wrote",
            Self::Released { .. } => "released",
            Self::Bounced { .. } => "bounced",
            Self::CopyAdded { .. } => "copy_added",
            Self::CopyEnded { .. } => "copy_ended",
            Self::Rated { .. } => "rated",
            Self::Snoozed { .. } => "snoozed",
            Self::Woken => "woken",
            Self::MergedInto { .. } => "merged_into",
            Self::Unmerged { .. } => "unmerged",
            Self::TookIn { .. } => "took_in",
            Self::GaveBack { .. } => "gave_back",
            Self::Renewed => "renewed",
            Self::Detailed(_) => "detailed",
            Self::Logged => "logged",
        }
    }

    /// Whether it only says how a ticket is shown and found, or that something never was. Custody, clocks and ledger pass over it, so
    /// that they are the same with it and without it.
    #[must_use]
    pub const fn is_aside(&self) -> bool {
        matches!(self, Self::Snoozed { .. } | Self::Woken | Self::Unmerged { .. } | Self::GaveBack { .. })
    }
}

pub mod undone;

#[cfg(test)]
pub(crate) mod invented;
