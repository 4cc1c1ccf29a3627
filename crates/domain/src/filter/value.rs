//! Values that stand behind a field's colon, each field with a closed set of its own.

use jiff::civil::Date;

use crate::tag::Tag;
use crate::word::words;

/// The beginning of a name, a whole name, or an address for mail.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    text: String,
    whole: bool,
}

impl Name {
    /// Everything whose name begins so: written without quotes. `None` for what has to stand in quotes.
    #[must_use]
    pub fn begins(text: &str) -> Option<Self> {
        let bare = !text.is_empty()
            && !text.starts_with(['<', '>', '=', '-'])
            && !RESERVED.contains(&text.to_lowercase().as_str())
            && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "(),\":".contains(c));
        bare.then(|| Self { text: text.to_owned(), whole: false })
    }

    /// What is called so and not longer: written in quotes. `None` for nothing at all.
    #[must_use]
    pub fn whole(text: &str) -> Option<Self> {
        let text = text.trim();
        let said = !text.is_empty() && !text.contains(char::is_control);
        said.then(|| Self { text: text.to_owned(), whole: true })
    }

    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.whole
    }
}

/// Words that stand for something themselves, so that a name needs quotes to be one of them.
const RESERVED: [&str; 6] = ["me", "mine", "my-units", "nobody", "none", "unassigned"];

/// Words for the index of texts: one word, or several that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    text: String,
    phrase: bool,
}

impl Word {
    /// One word; `None` for what the language would read as something else.
    #[must_use]
    pub fn bare(text: &str) -> Option<Self> {
        let bare = !text.is_empty()
            && !text.starts_with('-')
            && !["or", "not"].contains(&text.to_lowercase().as_str())
            && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "(),\":".contains(c));
        bare.then(|| Self { text: text.to_owned(), phrase: false })
    }

    /// Words in quotes; `None` for nothing.
    #[must_use]
    pub fn phrase(text: &str) -> Option<Self> {
        let text = text.trim();
        let said = !text.is_empty() && !text.contains(char::is_control);
        said.then(|| Self { text: text.to_owned(), phrase: true })
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    #[must_use]
    pub const fn is_phrase(&self) -> bool {
        self.phrase
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The units in which the viewer serves.
    Mine,
    Named(Name),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    Me,
    Nobody,
    Named(Name),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tagged {
    /// Without any tag.
    Not,
    With(Tag),
}

/// A status of one's own. A bare word that is a state means that state, so that a status of such a name stands in
/// quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Without one.
    Not,
    Named(Name),
}

/// What is asked of a field of one's own; only its definition says what the words mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Without an answer.
    Not,
    Named(Name),
    /// Never [`Bounds::Exactly`].
    Within(Bounds<String>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Organisation {
    /// Asked by somebody of no organisation.
    Nobody,
    Named(Name),
}

/// For whom an open ticket waits. It may wait for several at once, and for us only when for nobody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Waiting {
    Us,
    Requester,
    /// Hand-offs to other units.
    Inside,
    Supplier,
    Date,
}

words!(Waiting {
    Us = "us",
    Requester = "requester",
    Inside = "inside",
    Supplier = "supplier",
    Date = "date",
});

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rated {
    Never,
    Within(Bounds<u8>),
}

/// Times that a ticket has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeField {
    /// By a promise, on itself or on the ticket it blocks; what only ages has none.
    Due,
    Opened,
    Changed,
    Solved,
    /// Since when its oldest unanswered message lies there.
    Unanswered,
}

words!(TimeField {
    Due = "due",
    Opened = "opened",
    Changed = "changed",
    Solved = "solved",
    Unanswered = "unanswered",
});

impl TimeField {
    /// Whether a length of time means "from now on" and not "ago".
    #[must_use]
    pub const fn is_ahead(self) -> bool {
        match self {
            Self::Due => true,
            Self::Opened | Self::Changed | Self::Solved | Self::Unanswered => false,
        }
    }

    /// Whether a ticket may have no such time.
    #[must_use]
    pub const fn can_be_missing(self) -> bool {
        match self {
            Self::Due | Self::Solved | Self::Unanswered => true,
            Self::Opened | Self::Changed => false,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Never,
    At(Bounds<Moment>),
}

/// An instant, or a stretch of the viewer's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    Now,
    /// So long from now, or ago, as the field has it.
    Length(Length),
    Period(Period),
}

/// Elapsed time; a day is 24 hours of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length {
    count: u32,
    unit: Measure,
}

impl Length {
    /// A thousand years, in hours.
    const MOST_MINUTES: u64 = 1_000 * 366 * 24 * 60;

    /// `None` for more than a thousand years.
    #[must_use]
    pub fn new(count: u32, unit: Measure) -> Option<Self> {
        let length = Self { count, unit };
        (length.minutes_wide() <= Self::MOST_MINUTES).then_some(length)
    }

    #[must_use]
    pub const fn count(self) -> u32 {
        self.count
    }

    #[must_use]
    pub const fn unit(self) -> Measure {
        self.unit
    }

    #[must_use]
    pub fn minutes(self) -> i64 {
        i64::try_from(self.minutes_wide()).unwrap_or(i64::MAX)
    }

    fn minutes_wide(self) -> u64 {
        let each = match self.unit {
            Measure::Minutes => 1,
            Measure::Hours => 60,
            Measure::Days => 24 * 60,
            Measure::Weeks => 7 * 24 * 60,
        };
        u64::from(self.count) * each
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    Minutes,
    Hours,
    Days,
    Weeks,
}

words!(Measure { Minutes = "m", Hours = "h", Days = "d", Weeks = "w" });

/// Days on the viewer's calendar; weeks begin on Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    Named(Relative),
    Day(Date),
    /// The month that begins on this day.
    Month(Date),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relative {
    Today,
    Yesterday,
    Tomorrow,
    ThisWeek,
    LastWeek,
    NextWeek,
    ThisMonth,
    LastMonth,
    NextMonth,
}

words!(Relative {
    Today = "today",
    Yesterday = "yesterday",
    Tomorrow = "tomorrow",
    ThisWeek = "this-week",
    LastWeek = "last-week",
    NextWeek = "next-week",
    ThisMonth = "this-month",
    LastMonth = "last-month",
    NextMonth = "next-month",
});

/// A value, or a stretch of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bounds<T> {
    Exactly(T),
    Below(T),
    AtMost(T),
    Above(T),
    AtLeast(T),
    /// Both ends belong to it.
    Between(T, T),
}
