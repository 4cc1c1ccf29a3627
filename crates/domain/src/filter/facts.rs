//! What a filter is held against: the facts of one ticket, as its row keeps them.

use jiff::Timestamp;

use super::Flag;
use super::bind::{Called, Matching, Test};
use super::value::{TimeField, Waiting};
use crate::affiliation::Class;
use crate::event::WaitOn;
use crate::id::{CustomId, PersonId, ServiceId, StatusId, TicketId, UnitId};
use crate::link::Link;
use crate::priority::Priority;
use crate::tag::Tag;
use crate::ticket::{Kind, State};

/// A ticket without its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub id: TicketId,
    pub number: i64,
    pub state: State,
    pub unit: UnitId,
    pub holder: Option<Somebody>,
    pub requester: Somebody,
    /// The name of the requester's organisation.
    pub organisation: Option<String>,
    pub service: ServiceId,
    pub kind: Kind,
    pub class: Class,
    pub priority: Priority,
    /// `None` for what nothing was promised about.
    pub due_at: Option<Timestamp>,
    pub opened_at: Timestamp,
    pub changed_at: Timestamp,
    pub solved_at: Option<Timestamp>,
    pub unanswered_since: Option<Timestamp>,
    pub waiting: Option<WaitOn>,
    pub handoffs_open: u32,
    /// It was asked by another unit, on behalf of another ticket.
    pub handoff: bool,
    pub confidential: bool,
    pub escalated: bool,
    pub reopened: bool,
    pub snoozed: bool,
    pub merged: bool,
    pub bounced: bool,
    /// 1 to 5.
    pub rating: Option<u8>,
    /// As the person sees it for whom the facts were read, here and below.
    pub unread: bool,
    pub draft: bool,
    /// Under every name that they have or had.
    pub tags: Vec<Tag>,
    pub status: Option<StatusId>,
    /// What it is to tickets that the person could list, by their numbers.
    pub links: Vec<(Link, i64)>,
    /// Answers to fields of one's own, about it, its requester and their organisation.
    pub answers: Vec<(CustomId, Answer)>,
}

/// A part of an answer, with whom it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub number: Option<i64>,
    pub word: Option<String>,
    pub name: Option<String>,
    pub address: Option<String>,
}

impl Answer {
    fn is(&self, matching: &Matching) -> bool {
        match matching {
            Matching::Any => true,
            Matching::Number(least, most) => {
                self.number.is_some_and(|number| (*least..=*most).contains(&number))
            }
            Matching::Line(called) => self.word.as_deref().is_some_and(|word| match called {
                Called::Begins(text) => word.starts_with(text),
                Called::Exactly(text) | Called::At(text) => word == text,
            }),
            Matching::Named(called) => {
                self.name.as_deref().is_some_and(|name| called.is_name(name))
                    || self.address.as_deref().is_some_and(|address| called.is_address(address))
            }
        }
    }
}

/// A person as tickets name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Somebody {
    pub id: PersonId,
    pub name: String,
    pub address: Option<String>,
}

impl Somebody {
    fn is(&self, called: &Called) -> bool {
        called.is_name(&self.name)
            || self.address.as_deref().is_some_and(|address| called.is_address(address))
    }
}

impl Test {
    /// Whether a ticket passes.
    #[must_use]
    pub fn matches(&self, ticket: &Facts) -> bool {
        match self {
            Self::Every(tests) => tests.iter().all(|test| test.matches(ticket)),
            Self::Either(tests) => tests.iter().any(|test| test.matches(ticket)),
            Self::Not(test) => !test.matches(ticket),
            Self::State(states) => states.contains(&ticket.state),
            Self::Is(flag, _) => ticket.is(*flag),
            Self::Unit(units) => units.contains(&ticket.unit),
            Self::Held(person) => ticket.holder.as_ref().is_some_and(|holder| holder.id == *person),
            Self::HeldBy(called) => ticket.holder.as_ref().is_some_and(|holder| holder.is(called)),
            Self::Untaken => ticket.holder.is_none(),
            Self::RequestedBy(called) => ticket.requester.is(called),
            Self::Organisation(called) => {
                ticket.organisation.as_deref().is_some_and(|organisation| called.is_name(organisation))
            }
            Self::NoOrganisation => ticket.organisation.is_none(),
            Self::Service(services) => services.contains(&ticket.service),
            Self::Kind(kinds) => kinds.contains(&ticket.kind),
            Self::Class(classes) => classes.contains(&ticket.class),
            Self::Priority(least, most) => (*least..=*most).contains(&ticket.priority),
            Self::Time(field, span) => ticket.time(*field).is_some_and(|at| span.holds(at)),
            Self::NoTime(field) => ticket.time(*field).is_none(),
            Self::Waiting(waiting) => ticket.waits(*waiting),
            Self::Rating(least, most) => {
                ticket.rating.is_some_and(|rating| (*least..=*most).contains(&rating))
            }
            Self::Unrated => ticket.rating.is_none(),
            Self::Number(least, most) => (*least..=*most).contains(&ticket.number),
            Self::Words(_) => false,
            Self::Among(tickets) => tickets.contains(&ticket.id),
            Self::Tagged(tag) => ticket.tags.contains(tag),
            Self::Untagged => ticket.tags.is_empty(),
            Self::Status(statuses) => ticket.status.is_some_and(|status| statuses.contains(&status)),
            Self::NoStatus => ticket.status.is_none(),
            Self::Linked(end, _) => ticket.links.iter().any(|(link, number)| end.is(*link, *number)),
            Self::Custom(field, _, matching) => {
                ticket.answers.iter().any(|(own, answer)| own == field && answer.is(matching))
            }
        }
    }
}

impl Facts {
    fn is(&self, flag: Flag) -> bool {
        match flag {
            Flag::Unanswered => self.unanswered_since.is_some(),
            Flag::Handoff => self.handoff,
            Flag::Blocks => self.handoff && self.state != State::Closed,
            Flag::Blocked => self.handoffs_open > 0,
            Flag::Confidential => self.confidential,
            Flag::Escalated => self.escalated,
            Flag::Reopened => self.reopened,
            Flag::Unread => self.unread,
            Flag::Draft => self.draft,
            Flag::Snoozed => self.snoozed,
            Flag::Merged => self.merged,
            Flag::Bounced => self.bounced,
        }
    }

    const fn time(&self, field: TimeField) -> Option<Timestamp> {
        match field {
            TimeField::Due => self.due_at,
            TimeField::Opened => Some(self.opened_at),
            TimeField::Changed => Some(self.changed_at),
            TimeField::Solved => self.solved_at,
            TimeField::Unanswered => self.unanswered_since,
        }
    }

    fn waits(&self, waiting: Waiting) -> bool {
        let for_them = match waiting {
            Waiting::Us => self.waiting.is_none() && self.handoffs_open == 0,
            Waiting::Requester => self.waiting == Some(WaitOn::Requester),
            Waiting::Inside => self.handoffs_open > 0,
            Waiting::Supplier => matches!(self.waiting, Some(WaitOn::Supplier(_))),
            Waiting::Date => matches!(self.waiting, Some(WaitOn::Agreed { .. })),
        };
        self.state == State::Open && for_them
    }
}
