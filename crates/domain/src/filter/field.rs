//! The fields of the language: their words, and what may stand behind each.

use std::fmt;

use super::Flag;
use super::value::{Relative, TimeField, Waiting};
use crate::affiliation::Class;
use crate::ticket::Kind;

/// What stands before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Is,
    Unit,
    Holder,
    From,
    Organisation,
    Service,
    Kind,
    Class,
    Priority,
    Due,
    Opened,
    Changed,
    Solved,
    Unanswered,
    Waiting,
    Rating,
    Number,
    Tag,
    Status,
    Linked,
}

crate::word::words!(Field {
    Is = "is",
    Unit = "unit",
    Holder = "holder",
    From = "from",
    Organisation = "organisation",
    Service = "service",
    Kind = "kind",
    Class = "class",
    Priority = "priority",
    Due = "due",
    Opened = "opened",
    Changed = "changed",
    Solved = "solved",
    Unanswered = "unanswered",
    Waiting = "waiting",
    Rating = "rating",
    Number = "number",
    Tag = "tag",
    Status = "status",
    Linked = "linked",
});

/// What may stand behind a field's colon; what a form has to offer for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    /// One of these words.
    Words(Vec<&'static str>),
    /// The name of a unit, or `mine`.
    Unit,
    Service,
    /// The name or address of somebody who serves, `me` or `nobody`.
    Holder,
    /// The name or address of a person, or the name of an organisation.
    Requester,
    /// The name of an organisation, or `none`.
    Organisation,
    /// A time, ahead of now or behind it, a day, a month, or a range of them.
    Time(TimeField),
    /// A tag, or `none`.
    Tag,
    /// The name of a status of one's own, or `none`.
    Status,
    /// One of [`super::linked::WORDS`], or the number of a ticket.
    Link,
    /// A whole number or a range of them.
    Number {
        from: i64,
        to: i64,
    },
}

/// What stands before the key of a field of one's own.
pub const CUSTOM: &str = "field.";

/// What `is:` knows: states, flags, and short words for more.
pub const MARKS: [&str; 20] = [
    "open",
    "solved",
    "closed",
    "done",
    "mine",
    "unassigned",
    "overdue",
    "waiting",
    Flag::Unanswered.as_str(),
    Flag::Handoff.as_str(),
    Flag::Blocks.as_str(),
    Flag::Blocked.as_str(),
    Flag::Confidential.as_str(),
    Flag::Escalated.as_str(),
    Flag::Reopened.as_str(),
    Flag::Unread.as_str(),
    Flag::Draft.as_str(),
    Flag::Snoozed.as_str(),
    Flag::Merged.as_str(),
    Flag::Bounced.as_str(),
];

/// Words that a time may be, besides lengths and dates.
pub fn time_words(field: TimeField) -> Vec<&'static str> {
    let periods = Relative::ALL.iter().map(|period| period.as_str());
    let yes_or_no = if field == TimeField::Unanswered { &["yes", "no"][..] } else { &[] };
    let none = if field.can_be_missing() && field != TimeField::Unanswered { &["none"][..] } else { &[] };
    periods.chain(["now"]).chain(yes_or_no.iter().copied()).chain(none.iter().copied()).collect()
}

impl Field {
    /// The field behind a word as people write it, with what others call it.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        Self::parse(&word).or(match word.as_str() {
            "queue" | "team" => Some(Self::Unit),
            "assigned" | "assignee" => Some(Self::Holder),
            "requester" | "customer" => Some(Self::From),
            "org" | "organization" => Some(Self::Organisation),
            "audience" => Some(Self::Class),
            "created" => Some(Self::Opened),
            "updated" => Some(Self::Changed),
            "tags" | "label" => Some(Self::Tag),
            "link" | "links" => Some(Self::Linked),
            _ => None,
        })
    }

    /// A flag that is written as a field, with yes or no; each is one of [`MARKS`] as well. What nobody
    /// answered is a field of its own, because it has a time.
    #[must_use]
    pub fn flag(word: &str) -> Option<Flag> {
        Flag::parse(&word.to_lowercase()).filter(|flag| *flag != Flag::Unanswered)
    }

    #[must_use]
    pub fn values(self) -> Values {
        match self {
            Self::Is => Values::Words(MARKS.to_vec()),
            Self::Unit => Values::Unit,
            Self::Holder => Values::Holder,
            Self::From => Values::Requester,
            Self::Organisation => Values::Organisation,
            Self::Service => Values::Service,
            Self::Kind => Values::Words(Kind::ALL.iter().map(|kind| kind.as_str()).collect()),
            Self::Class => {
                let classes = Class::ALL.iter().map(|class| class.as_str());
                Values::Words(classes.chain(["inside", "outside"]).collect())
            }
            Self::Priority => Values::Number { from: 1, to: 4 },
            Self::Due => Values::Time(TimeField::Due),
            Self::Opened => Values::Time(TimeField::Opened),
            Self::Changed => Values::Time(TimeField::Changed),
            Self::Solved => Values::Time(TimeField::Solved),
            Self::Unanswered => Values::Time(TimeField::Unanswered),
            Self::Waiting => Values::Words(Waiting::ALL.iter().map(|waiting| waiting.as_str()).collect()),
            Self::Rating => Values::Number { from: 1, to: 5 },
            Self::Number => Values::Number { from: 1, to: i64::MAX },
            Self::Tag => Values::Tag,
            Self::Status => Values::Status,
            Self::Linked => Values::Link,
        }
    }

    /// Every word that may stand before a colon in its own right.
    pub fn words() -> impl Iterator<Item = &'static str> {
        let flags = Flag::ALL.iter().map(|flag| flag.as_str()).filter(|word| Self::flag(word).is_some());
        Self::ALL.iter().map(|field| field.as_str()).chain(["state"]).chain(flags)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
