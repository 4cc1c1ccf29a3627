//! What a filter asks of the links of a ticket: whether it has any, of which kind, or with which ticket.

use std::fmt::{self, Display, Formatter};

use crate::link::Link;

/// A value behind `linked:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tie {
    /// Linked with nothing.
    Not,
    To(End),
}

/// A link that a ticket has to have. Only those count whose other end the viewer could list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    Any,
    /// The ticket is this to another one.
    As(Link),
    /// With the ticket of this number.
    Number(i64),
}

/// Every word that may stand behind the colon; a number may, too.
pub const WORDS: [&str; 11] = [
    "any",
    "none",
    word(Link::RelatesTo),
    word(Link::DuplicateOf),
    word(Link::DuplicatedBy),
    word(Link::CausedBy),
    word(Link::Causes),
    word(Link::Follows),
    word(Link::FollowedBy),
    word(Link::SplitFrom),
    word(Link::SplitInto),
];

/// A kind of link as filters write it.
#[must_use]
pub const fn word(link: Link) -> &'static str {
    match link {
        Link::RelatesTo => "relates-to",
        Link::DuplicateOf => "duplicate-of",
        Link::DuplicatedBy => "duplicated-by",
        Link::CausedBy => "caused-by",
        Link::Causes => "causes",
        Link::Follows => "follows",
        Link::FollowedBy => "followed-by",
        Link::SplitFrom => "split-from",
        Link::SplitInto => "split-into",
    }
}

impl Tie {
    /// A word as people write it, in lower case; what programs call a kind of link is understood as well.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.replace('_', "-");
        match text.as_str() {
            "any" | "yes" => Some(Self::To(End::Any)),
            "none" | "no" => Some(Self::Not),
            text => {
                Link::ALL.iter().copied().find(|link| word(*link) == text).map(|link| Self::To(End::As(link)))
            }
        }
    }
}

impl Display for Tie {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Not => f.write_str("none"),
            Self::To(End::Any) => f.write_str("any"),
            Self::To(End::As(link)) => f.write_str(word(*link)),
            Self::To(End::Number(number)) => number.fmt(f),
        }
    }
}

impl End {
    /// Whether a link to the ticket of this number is meant.
    #[must_use]
    pub fn is(self, link: Link, number: i64) -> bool {
        match self {
            Self::Any => true,
            Self::As(meant) => meant == link,
            Self::Number(meant) => meant == number,
        }
    }
}

#[cfg(test)]
mod tests;
