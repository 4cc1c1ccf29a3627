//! What is wrong with a filter, where, and what was probably meant.

use std::ops::Range;

/// One thing that is wrong, and where: bytes of the text, always between characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{wrong}")]
pub struct Fault {
    pub at: Range<usize>,
    pub wrong: Wrong,
}

impl Fault {
    /// The place of its first character in the text it was found in, counted from 1.
    #[must_use]
    pub fn place(&self, text: &str) -> usize {
        text.char_indices().take_while(|(at, _)| *at < self.at.start).count() + 1
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("There is no field “{field}”.")]
    UnknownField { field: String, meant: Option<&'static str> },
    #[error("There is no field “{field}”.")]
    NoSuchKey { field: String, meant: Option<String> },
    #[error("“{value}” is no value of “{field}”.")]
    UnknownValue { field: &'static str, value: String, meant: Option<String> },
    #[error("“{field}” says nothing after its colon.")]
    NoValue { field: &'static str },
    #[error("“{value}” is no time. Write 2h, today, 2026-03-31, or a range of them.")]
    NotATime { value: String },
    #[error("“{value}” is no number.")]
    NotANumber { value: String },
    #[error("“{value}” is out of the range from {from} to {to}.")]
    OutOfRange { value: String, from: i64, to: i64 },
    #[error("“{field}” compares nothing; leave out the sign.")]
    NoComparison { field: &'static str },
    #[error("The quotes that begin here do not end.")]
    QuoteOpen,
    #[error("There is nothing between these quotes.")]
    QuoteEmpty,
    #[error("The bracket that begins here does not end.")]
    BracketOpen,
    #[error("There is nothing between these brackets.")]
    BracketEmpty,
    #[error("This bracket closes nothing.")]
    BracketStray,
    #[error("A comma belongs between the values of one field.")]
    CommaStray,
    #[error("“or” needs something on both sides.")]
    OrAlone,
    #[error("Nothing follows that could be left out.")]
    NotAlone,
    #[error("The filter is longer than {most} characters.")]
    TooLong { most: usize },
    #[error("The filter has more than {most} parts.")]
    TooMany { most: usize },
    #[error("Brackets stand in each other more than {most} deep.")]
    TooDeep { most: usize },
    #[error("You see no unit that is called “{name}”.")]
    NoSuchUnit { name: String, meant: Option<String> },
    #[error("There is no service that is called “{name}”.")]
    NoSuchService { name: String, meant: Option<String> },
    #[error("There is no status that is called “{name}”.")]
    NoSuchStatus { name: String, meant: Option<String> },
}
