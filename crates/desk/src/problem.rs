//! What is wrong with what somebody sent, so that each reader can be told in their own language.
//!
//! A problem knows its English words, for programs and the command line, and its key and arguments
//! in the catalogue of texts, for pages. Some are only parts of others.

use std::fmt;

use domain::agreement::Metric;
use domain::calendar::{CalendarError, FileProblem, Place};

/// Gives the enumeration with its words, keys, arguments, and one example of each.
macro_rules! problems {
    ($($variant:ident $({ $($field:ident: $type:ty),+ })? = $key:literal: $words:literal,)+) => {
        /// What is wrong, in words for the person who tried.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        pub enum Problem {
            $(#[error($words)] $variant $({ $($field: $type),+ })?,)+
        }

        impl Problem {
            /// Its key in the catalogue of texts.
            #[must_use]
            pub const fn key(&self) -> &'static str {
                match self {
                    $(Self::$variant $({ $($field: _),+ })? => $key,)+
                }
            }

            /// What its text tells of the matter, by name.
            #[must_use]
            pub fn arguments(&self) -> Vec<(&'static str, Argument<'_>)> {
                match self {
                    $(Self::$variant $({ $($field),+ })? => vec![$($((stringify!($field), $field.told())),+)?],)+
                }
            }

            /// One of each, with invented arguments: what has to be said in every language.
            #[must_use]
            pub fn every() -> Vec<Self> {
                vec![$(Self::$variant $({ $($field: <$type as Told>::example()),+ })?),+]
            }
        }
    };
}

mod table;

pub use table::Problem;

/// Something that a text tells of the matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument<'a> {
    Text(&'a str),
    Number(i64),
    Metric(Metric),
    /// Said in the reader's language as well, and joined where there are several.
    Problems(&'a [Problem]),
}

/// Problems that are told one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clauses(pub Vec<Problem>);

impl Clauses {
    /// What stands between them.
    pub const JOINT: &'static str = "; ";
}

impl fmt::Display for Clauses {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clauses: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        to.write_str(&clauses.join(Self::JOINT))
    }
}

trait Told {
    fn told(&self) -> Argument<'_>;
    fn example() -> Self;
}

impl Told for String {
    fn told(&self) -> Argument<'_> {
        Argument::Text(self)
    }

    fn example() -> Self {
        "Exempel".to_owned()
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {
        $(impl Told for $number {
            fn told(&self) -> Argument<'_> {
                Argument::Number(i64::try_from(*self).unwrap_or(i64::MAX))
            }

            fn example() -> Self {
                7
            }
        })+
    };
}

numbers!(usize, i64, u16);

impl Told for Metric {
    fn told(&self) -> Argument<'_> {
        Argument::Metric(*self)
    }

    fn example() -> Self {
        Self::Resolution
    }
}

impl Told for Box<Problem> {
    fn told(&self) -> Argument<'_> {
        Argument::Problems(std::slice::from_ref(self))
    }

    fn example() -> Self {
        Self::new(Problem::StepsMissing)
    }
}

impl Told for Clauses {
    fn told(&self) -> Argument<'_> {
        Argument::Problems(&self.0)
    }

    fn example() -> Self {
        Self(vec![Problem::OwnsTickets { count: 7 }, Problem::NoWorkingTime])
    }
}

impl From<CalendarError> for Problem {
    fn from(error: CalendarError) -> Self {
        match error {
            CalendarError::UnknownTimeZone { name, nearest } => Self::TimeZoneUnknown { name, nearest },
            CalendarError::MalformedTime { text } => Self::NotATimeOfDay { text },
            CalendarError::EmptyInterval { open, close } => Self::IntervalEmpty { open, close },
            CalendarError::Overlap { place, first, second } => Self::IntervalsOverlap {
                place: Box::new(overlapping(place)),
                first: first.to_string(),
                second: second.to_string(),
            },
            CalendarError::NoWorkingTime => Self::NoWorkingTime,
            CalendarError::HolidayFile { line, problem } => {
                Self::HolidayFile { line, problem: Box::new(in_file(problem)) }
            }
        }
    }
}

fn overlapping(place: Place) -> Problem {
    use domain::calendar::Weekday;
    match place {
        Place::On(Weekday::Monday) => Problem::OnMonday,
        Place::On(Weekday::Tuesday) => Problem::OnTuesday,
        Place::On(Weekday::Wednesday) => Problem::OnWednesday,
        Place::On(Weekday::Thursday) => Problem::OnThursday,
        Place::On(Weekday::Friday) => Problem::OnFriday,
        Place::On(Weekday::Saturday) => Problem::OnSaturday,
        Place::On(Weekday::Sunday) => Problem::OnSunday,
        Place::Shift(day) => Problem::ShiftOn { day: day.to_string() },
        Place::Break(day) => Problem::BreakOn { day: day.to_string() },
    }
}

fn in_file(problem: FileProblem) -> Problem {
    match problem {
        FileProblem::EndWithoutBegin(name) => Problem::FileEndWithoutBegin { name },
        FileProblem::NotACalendar => Problem::FileNotACalendar,
        FileProblem::EndsInside(name) => Problem::FileEndsInside { name },
        FileProblem::Unsupported(name) => Problem::FileUnsupported { name },
        FileProblem::EventWithoutStart => Problem::FileEventWithoutStart,
        FileProblem::EventEndsEarly => Problem::FileEventEndsEarly,
        FileProblem::EventTooLong { days } => Problem::FileEventTooLong { days },
        FileProblem::LineMalformed => Problem::FileLineMalformed,
        FileProblem::DurationMalformed(value) => Problem::FileDurationMalformed { value },
        FileProblem::TimeOfDay(value) => Problem::FileTimeOfDay { value },
        FileProblem::NotADate(value) => Problem::FileNotADate { value },
        FileProblem::Repetition(part) => Problem::FileRepetition { part },
        FileProblem::OnlyYearly(value) => Problem::FileOnlyYearly { value },
    }
}
