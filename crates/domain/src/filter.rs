//! The filter language: what somebody wants to see of a queue, as a value and as one line of text.
//!
//! `parse` reads the text into a [`Filter`], whose `Display` is its canonical text. `bind` turns a
//! filter into a [`Test`] for one viewer at one instant: names of units become ids, `me` a person, and
//! `2h` an instant. A `Test` is what a query carries; [`Test::matches`] says the same of one ticket.

pub mod bind;
pub mod builder;
pub mod complete;
pub mod facts;
mod fault;
pub mod field;
pub mod linked;
pub mod parse;
pub mod reach;
pub mod spoken;
pub mod value;
pub mod words;
mod write;

pub use bind::{Standpoint, Test, bind, read};
pub use facts::Facts;
pub use fault::{Fault, Wrong};
pub use field::Field;
pub use parse::parse;

use crate::affiliation::Class;
use crate::id::PersonId;
use crate::priority::Priority;
use crate::ticket::{Kind, State};
use linked::Tie;
use value::{
    Bounds, Holder, Name, Organisation, Rated, Sought, Status, Tagged, TimeField, Unit, Waiting, When, Word,
};

/// What a ticket has to be. Build groups with [`all`], [`any`] and [`not`], which keep the one form
/// that each meaning has: no group of one, no group directly in a group of its kind, no double "not".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Every one of them; without any, everything.
    All(Vec<Filter>),
    /// At least one of them.
    Any(Vec<Filter>),
    Not(Box<Filter>),
    Where(Condition),
    /// Free words, for the index of texts.
    Words(Word),
}

/// One field with the values of which it has to have one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    State(Vec<State>),
    Is(Flag),
    Unit(Vec<Unit>),
    Holder(Vec<Holder>),
    /// The requester, or their organisation.
    From(Vec<Name>),
    Organisation(Vec<Organisation>),
    Service(Vec<Name>),
    Kind(Vec<Kind>),
    Class(Vec<Class>),
    Priority(Vec<Bounds<Priority>>),
    Time(TimeField, Vec<When>),
    Waiting(Vec<Waiting>),
    Rating(Vec<Rated>),
    Number(Vec<Bounds<i64>>),
    Tag(Vec<Tagged>),
    Status(Vec<Status>),
    Linked(Vec<Tie>),
    /// A field of one's own, by its key.
    Custom(String, Vec<Sought>),
}

/// What a ticket is or is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// The requester's side said something that nobody answered.
    Unanswered,
    /// A hand-off, now or before.
    Handoff,
    /// A hand-off that is not closed: another ticket waits for it.
    Blocks,
    /// Hand-offs of its own hold it up.
    Blocked,
    Confidential,
    Escalated,
    Reopened,
    /// Somebody else said or did something on it since the viewer opened it.
    Unread,
    /// The viewer began to write on it and has not said it yet.
    Draft,
    /// Out of sight until a time. Lists of open tickets leave it out unless their filter asks.
    Snoozed,
    /// Another ticket goes on with it.
    Merged,
    /// The last thing that went out by mail did not arrive.
    Bounced,
}

crate::word::words!(Flag {
    Unanswered = "unanswered",
    Handoff = "handoff",
    Blocks = "blocks",
    Blocked = "blocked",
    Confidential = "confidential",
    Escalated = "escalated",
    Reopened = "reopened",
    Unread = "unread",
    Draft = "draft",
    Snoozed = "snoozed",
    Merged = "merged",
    Bounced = "bounced",
});

/// Every one of `parts`.
#[must_use]
pub fn all(parts: Vec<Filter>) -> Filter {
    let flat = parts.into_iter().flat_map(|part| match part {
        Filter::All(inner) => inner,
        other => vec![other],
    });
    single(flat.collect(), Filter::All)
}

/// At least one of `parts`; of which one means everything, they all do.
#[must_use]
pub fn any(parts: Vec<Filter>) -> Filter {
    let flat = parts.into_iter().flat_map(|part| match part {
        Filter::Any(inner) => inner,
        other => vec![other],
    });
    let flat: Vec<Filter> = flat.collect();
    if flat.iter().any(Filter::is_everything) {
        return Filter::EVERYTHING;
    }
    single(flat, Filter::Any)
}

/// What `part` is not.
#[must_use]
pub fn not(part: Filter) -> Filter {
    match part {
        Filter::Not(inner) => *inner,
        other => Filter::Not(Box::new(other)),
    }
}

fn single(mut parts: Vec<Filter>, group: impl Fn(Vec<Filter>) -> Filter) -> Filter {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            group(parts)
        }
    }
}

impl Filter {
    pub const EVERYTHING: Self = Self::All(Vec::new());

    #[must_use]
    pub fn is_everything(&self) -> bool {
        *self == Self::EVERYTHING
    }

    /// Whether it says something about a flag, for or against it.
    #[must_use]
    pub fn speaks_of(&self, flag: Flag) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.speaks_of(flag)),
            Self::Not(inner) => inner.speaks_of(flag),
            Self::Where(condition) => *condition == Condition::Is(flag),
            Self::Words(_) => false,
        }
    }

    /// What a list of it shows: one that can only hold open tickets leaves out those that are snoozed,
    /// unless the filter speaks of them.
    #[must_use]
    pub fn listed(&self, test: Test, viewer: PersonId) -> Test {
        if test.reach() != reach::Reach::Open || self.speaks_of(Flag::Snoozed) {
            return test;
        }
        Test::Every(vec![test, Test::Not(Box::new(Test::Is(Flag::Snoozed, viewer)))])
    }
}

#[cfg(test)]
mod tests;
