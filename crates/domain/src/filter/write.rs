//! The canonical text of a filter: what `parse` reads back as the same filter.

use std::fmt::{self, Display, Formatter};

use super::value::{
    Bounds, Holder, Length, Moment, Name, Organisation, Period, Rated, Sought, Status, Tagged, Unit, When,
    Word,
};
use super::{Condition, Field, Filter};
use crate::priority::Priority;

impl Display for Filter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(parts) => joined(f, parts, " ", |part| matches!(part, Self::Any(_))),
            Self::Any(parts) => joined(f, parts, " or ", |_| false),
            Self::Not(inner) => {
                f.write_str("-")?;
                grouped(f, inner, matches!(**inner, Self::All(_) | Self::Any(_)))
            }
            Self::Where(condition) => condition.fmt(f),
            Self::Words(word) => word.fmt(f),
        }
    }
}

fn joined(
    f: &mut Formatter<'_>,
    parts: &[Filter],
    joint: &str,
    in_brackets: impl Fn(&Filter) -> bool,
) -> fmt::Result {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            f.write_str(joint)?;
        }
        grouped(f, part, in_brackets(part))?;
    }
    Ok(())
}

fn grouped(f: &mut Formatter<'_>, part: &Filter, in_brackets: bool) -> fmt::Result {
    if in_brackets { write!(f, "({part})") } else { part.fmt(f) }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Custom(key, _) => write!(f, "{}{key}:", super::field::CUSTOM)?,
            other => write!(f, "{}:", other.field().map_or("", Field::as_str))?,
        }
        f.write_str(&self.values().join(","))
    }
}

impl Condition {
    /// The field before the colon; `None` for a field of one's own.
    #[must_use]
    pub const fn field(&self) -> Option<Field> {
        Some(match self {
            Self::Custom(..) => return None,
            Self::State(_) | Self::Is(_) => Field::Is,
            Self::Unit(_) => Field::Unit,
            Self::Holder(_) => Field::Holder,
            Self::From(_) => Field::From,
            Self::Organisation(_) => Field::Organisation,
            Self::Service(_) => Field::Service,
            Self::Kind(_) => Field::Kind,
            Self::Class(_) => Field::Class,
            Self::Priority(_) => Field::Priority,
            Self::Time(field, _) => match field {
                super::value::TimeField::Due => Field::Due,
                super::value::TimeField::Opened => Field::Opened,
                super::value::TimeField::Changed => Field::Changed,
                super::value::TimeField::Solved => Field::Solved,
                super::value::TimeField::Unanswered => Field::Unanswered,
            },
            Self::Waiting(_) => Field::Waiting,
            Self::Rating(_) => Field::Rating,
            Self::Number(_) => Field::Number,
            Self::Tag(_) => Field::Tag,
            Self::Status(_) => Field::Status,
            Self::Linked(_) => Field::Linked,
        })
    }

    /// Each value behind the colon, as it is written.
    #[must_use]
    pub fn values(&self) -> Vec<String> {
        fn each<T>(values: &[T], write: impl Fn(&T) -> String) -> Vec<String> {
            values.iter().map(write).collect()
        }
        match self {
            Self::State(states) => each(states, |state| state.as_str().to_owned()),
            Self::Is(flag) => vec![flag.as_str().to_owned()],
            Self::Unit(units) => each(units, ToString::to_string),
            Self::Holder(holders) => each(holders, ToString::to_string),
            Self::From(names) | Self::Service(names) => each(names, ToString::to_string),
            Self::Organisation(organisations) => each(organisations, ToString::to_string),
            Self::Kind(kinds) => each(kinds, |kind| kind.as_str().to_owned()),
            Self::Class(classes) => each(classes, |class| class.as_str().to_owned()),
            Self::Priority(bounds) => {
                each(bounds, |bounds| bounds.map(|one: Priority| one.number()).to_string())
            }
            Self::Time(_, whens) => each(whens, ToString::to_string),
            Self::Waiting(waiting) => each(waiting, |waiting| waiting.as_str().to_owned()),
            Self::Rating(rated) => each(rated, ToString::to_string),
            Self::Number(bounds) => each(bounds, ToString::to_string),
            Self::Tag(tags) => each(tags, ToString::to_string),
            Self::Status(statuses) => each(statuses, ToString::to_string),
            Self::Linked(ties) => each(ties, ToString::to_string),
            Self::Custom(_, sought) => each(sought, ToString::to_string),
        }
    }
}

impl<T> Bounds<T> {
    /// The same stretch of something else.
    #[must_use]
    pub fn map<U>(self, one: impl Fn(T) -> U) -> Bounds<U> {
        match self {
            Self::Exactly(value) => Bounds::Exactly(one(value)),
            Self::Below(value) => Bounds::Below(one(value)),
            Self::AtMost(value) => Bounds::AtMost(one(value)),
            Self::Above(value) => Bounds::Above(one(value)),
            Self::AtLeast(value) => Bounds::AtLeast(one(value)),
            Self::Between(from, to) => Bounds::Between(one(from), one(to)),
        }
    }
}

impl<T: Display> Display for Bounds<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(value) => value.fmt(f),
            Self::Below(value) => write!(f, "<{value}"),
            Self::AtMost(value) => write!(f, "<={value}"),
            Self::Above(value) => write!(f, ">{value}"),
            Self::AtLeast(value) => write!(f, ">={value}"),
            Self::Between(from, to) => write!(f, "{from}..{to}"),
        }
    }
}

impl Display for Name {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.is_whole() { quoted(f, self.text()) } else { f.write_str(self.text()) }
    }
}

impl Display for Word {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.is_phrase() { quoted(f, self.text()) } else { f.write_str(self.text()) }
    }
}

fn quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

impl Display for Unit {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mine => f.write_str("mine"),
            Self::Named(name) => name.fmt(f),
        }
    }
}

impl Display for Holder {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Me => f.write_str("me"),
            Self::Nobody => f.write_str("nobody"),
            Self::Named(name) => name.fmt(f),
        }
    }
}

impl Display for Sought {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Not => f.write_str("none"),
            Self::Named(name) => name.fmt(f),
            Self::Within(bounds) => bounds.fmt(f),
        }
    }
}

impl Display for Status {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Not => f.write_str("none"),
            Self::Named(name) => name.fmt(f),
        }
    }
}

impl Display for Tagged {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Not => f.write_str(crate::tag::NONE),
            Self::With(tag) => tag.fmt(f),
        }
    }
}

impl Display for Organisation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("none"),
            Self::Named(name) => name.fmt(f),
        }
    }
}

impl Display for Rated {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => f.write_str("none"),
            Self::Within(bounds) => bounds.fmt(f),
        }
    }
}

impl Display for When {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => f.write_str("none"),
            Self::At(bounds) => bounds.fmt(f),
        }
    }
}

impl Display for Moment {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Now => f.write_str("now"),
            Self::Length(length) => length.fmt(f),
            Self::Period(period) => period.fmt(f),
        }
    }
}

impl Display for Length {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count(), self.unit().as_str())
    }
}

impl Display for Period {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(relative) => f.write_str(relative.as_str()),
            Self::Day(date) => date.fmt(f),
            Self::Month(date) => write!(f, "{:04}-{:02}", date.year(), date.month()),
        }
    }
}
