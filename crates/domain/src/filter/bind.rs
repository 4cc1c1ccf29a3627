//! A filter seen by one viewer at one instant: names become ids, and words about time become instants.

mod custom;
mod time;

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::linked::{End, Tie};
use super::parse::{Mentioned, parse};
use super::value::{
    self, Bounds, Holder, Name, Organisation, Rated, Tagged, TimeField, Unit, Waiting, When, Word,
};
use super::{Condition, Fault, Filter, Flag, Wrong};
use crate::affiliation::Class;
use crate::custom::{Custom, Of};
use crate::id::{CustomId, PersonId, ServiceId, StatusId, TicketId, UnitId};
use crate::nearest::meant;
use crate::priority::Priority;
use crate::status::Status;
use crate::tag::Tag;
use crate::ticket::{Kind, State};

pub use time::Span;

/// From where a filter is seen.
#[derive(Clone, Copy, Debug)]
pub struct Standpoint<'a> {
    pub now: Timestamp,
    /// The zone of the viewer's calendar.
    pub zone: &'a TimeZone,
    pub me: PersonId,
    pub my_units: &'a [UnitId],
    /// The units that the viewer sees: no other can be named.
    pub units: &'a [(UnitId, &'a str)],
    pub services: &'a [(ServiceId, &'a str)],
    /// Fields of one's own.
    pub customs: &'a [Custom],
    /// Statuses of one's own, those that are retired included.
    pub statuses: &'a [Status],
}

/// A filter with everything relative taken out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    Every(Vec<Test>),
    Either(Vec<Test>),
    Not(Box<Test>),
    State(Vec<State>),
    /// Seen by this person: what is unread is so for one and not for another.
    Is(Flag, PersonId),
    Unit(BTreeSet<UnitId>),
    /// Held by this person.
    Held(PersonId),
    HeldBy(Called),
    Untaken,
    RequestedBy(Called),
    Organisation(Called),
    NoOrganisation,
    Service(BTreeSet<ServiceId>),
    Kind(Vec<Kind>),
    Class(Vec<Class>),
    /// Both ends belong to it, here and below.
    Priority(Priority, Priority),
    Time(TimeField, Span),
    NoTime(TimeField),
    Waiting(Waiting),
    Rating(u8, u8),
    Unrated,
    Number(i64, i64),
    /// Free words that stand beside each other; no ticket has them until they were looked up.
    Words(Vec<Word>),
    /// One of these, for which words were looked up.
    Among(BTreeSet<TicketId>),
    Tagged(Tag),
    Untagged,
    Status(BTreeSet<StatusId>),
    NoStatus,
    /// Seen by this person: what they could not list is at no end.
    Linked(End, PersonId),
    /// A field of one's own, of the ticket, of its requester or of their organisation.
    Custom(CustomId, Of, Matching),
}

/// What an answer has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matching {
    /// There is one.
    Any,
    /// Both ends belong to it.
    Number(i64, i64),
    /// A line.
    Line(Called),
    /// A person or an organisation of this name.
    Named(Called),
}

/// How somebody or something is called; in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Called {
    Begins(String),
    Exactly(String),
    /// An address for mail.
    At(String),
}

/// Reads the text of a filter and binds it.
///
/// # Errors
/// What is wrong with the text, and names that the viewer's units and the services do not have.
pub fn read(text: &str, from: &Standpoint<'_>) -> Result<(Filter, Test), Vec<Fault>> {
    let parsed = parse(text)?;
    let faults: Vec<Fault> = parsed
        .mentions
        .iter()
        .filter_map(|mention| {
            let wrong = unknown(&mention.what, from)?;
            Some(Fault { at: mention.at.clone(), wrong })
        })
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let test = bind(&parsed.filter, from);
    Ok((parsed.filter, test))
}

/// What a filter asks of each ticket. A name that nothing has is had by no ticket: [`read`] says so before.
#[must_use]
pub fn bind(filter: &Filter, from: &Standpoint<'_>) -> Test {
    match filter {
        Filter::All(parts) => {
            let words = parts.iter().filter_map(|part| match part {
                Filter::Words(word) => Some(word.clone()),
                _ => None,
            });
            let words: Vec<Word> = words.collect();
            let others = parts.iter().filter(|part| !matches!(part, Filter::Words(_)));
            let words = (!words.is_empty()).then_some(Test::Words(words));
            Test::Every(others.map(|part| bind(part, from)).chain(words).collect())
        }
        Filter::Any(parts) => Test::Either(parts.iter().map(|part| bind(part, from)).collect()),
        Filter::Not(inner) => Test::Not(Box::new(bind(inner, from))),
        Filter::Where(condition) => self::condition(condition, from),
        Filter::Words(word) => Test::Words(vec![word.clone()]),
    }
}

fn condition(condition: &Condition, from: &Standpoint<'_>) -> Test {
    match condition {
        Condition::State(states) => Test::State(states.clone()),
        Condition::Is(flag) => Test::Is(*flag, from.me),
        Condition::Unit(units) => Test::Unit(units.iter().flat_map(|unit| self::units(unit, from)).collect()),
        Condition::Holder(holders) => either(holders, |holder| match holder {
            Holder::Me => Test::Held(from.me),
            Holder::Nobody => Test::Untaken,
            Holder::Named(name) => Test::HeldBy(called(name)),
        }),
        Condition::From(names) => {
            let both = |name| [Test::RequestedBy(called(name)), Test::Organisation(called(name))];
            Test::Either(names.iter().flat_map(both).collect())
        }
        Condition::Organisation(organisations) => either(organisations, |organisation| match organisation {
            Organisation::Nobody => Test::NoOrganisation,
            Organisation::Named(name) => Test::Organisation(called(name)),
        }),
        Condition::Service(names) => {
            Test::Service(names.iter().flat_map(|name| named(name, from.services)).collect())
        }
        Condition::Kind(kinds) => Test::Kind(kinds.clone()),
        Condition::Class(classes) => Test::Class(classes.clone()),
        Condition::Priority(bounds) => either(bounds, |bounds| priority(*bounds)),
        Condition::Time(field, whens) => either(whens, |when| match when {
            When::Never => Test::NoTime(*field),
            When::At(bounds) => Test::Time(*field, time::span(*field, *bounds, from)),
        }),
        Condition::Waiting(waiting) => either(waiting, |waiting| Test::Waiting(*waiting)),
        Condition::Rating(rated) => either(rated, |rated| match rated {
            Rated::Never => Test::Unrated,
            Rated::Within(bounds) => {
                let (least, most) = whole(bounds.map(i64::from), 1, 5);
                Test::Rating(u8::try_from(least).unwrap_or(u8::MAX), u8::try_from(most).unwrap_or(0))
            }
        }),
        Condition::Custom(key, sought) => either(sought, |sought| custom::bind(key, sought, from)),
        Condition::Tag(tags) => either(tags, |tagged| match tagged {
            Tagged::Not => Test::Untagged,
            Tagged::With(tag) => Test::Tagged(tag.clone()),
        }),
        Condition::Status(statuses) => either(statuses, |status| match status {
            value::Status::Not => Test::NoStatus,
            value::Status::Named(name) => Test::Status(self::statuses(name, from).collect()),
        }),
        Condition::Linked(ties) => either(ties, |tie| match tie {
            Tie::Not => Test::Not(Box::new(Test::Linked(End::Any, from.me))),
            Tie::To(end) => Test::Linked(*end, from.me),
        }),
        Condition::Number(bounds) => either(bounds, |bounds| {
            let (least, most) = whole(*bounds, 0, i64::MAX);
            Test::Number(least, most)
        }),
    }
}

fn either<T>(values: &[T], test: impl Fn(&T) -> Test) -> Test {
    match values {
        [only] => test(only),
        several => Test::Either(several.iter().map(test).collect()),
    }
}

/// The whole numbers of a stretch, both ends included; an empty stretch ends before it begins.
fn whole(bounds: Bounds<i64>, least: i64, most: i64) -> (i64, i64) {
    match bounds {
        Bounds::Exactly(one) => (one, one),
        Bounds::Below(one) => (least, one.saturating_sub(1)),
        Bounds::AtMost(one) => (least, one),
        Bounds::Above(one) => (one.saturating_add(1), most),
        Bounds::AtLeast(one) => (one, most),
        Bounds::Between(from, to) => (from, to),
    }
}

fn priority(bounds: Bounds<Priority>) -> Test {
    let (least, most) = whole(bounds.map(|one| i64::from(one.number())), 1, 4);
    let known = |number: i64| u8::try_from(number).ok().and_then(|number| Priority::try_from(number).ok());
    match (known(least), known(most)) {
        (Some(least), Some(most)) => Test::Priority(least, most),
        _ => Test::Either(Vec::new()),
    }
}

fn units(unit: &Unit, from: &Standpoint<'_>) -> Vec<UnitId> {
    match unit {
        Unit::Mine => from.my_units.to_vec(),
        Unit::Named(name) => named(name, from.units),
    }
}

fn named<T: Copy>(name: &Name, known: &[(T, &str)]) -> Vec<T> {
    let called = called(name);
    known.iter().filter(|(_, own)| called.is_name(own)).map(|(id, _)| *id).collect()
}

/// Several may be called so, each for another kind.
fn statuses(name: &Name, from: &Standpoint<'_>) -> impl Iterator<Item = StatusId> {
    let called = called(name);
    from.statuses.iter().filter(move |status| called.is_name(&status.name)).map(|status| status.id)
}

fn called(name: &Name) -> Called {
    let text = name.text().to_lowercase();
    match (text.contains('@'), name.is_whole()) {
        (true, _) => Called::At(text),
        (false, true) => Called::Exactly(text),
        (false, false) => Called::Begins(text),
    }
}

impl Called {
    #[must_use]
    pub fn is_name(&self, name: &str) -> bool {
        match self {
            Self::Begins(text) => name.to_lowercase().starts_with(text),
            Self::Exactly(text) => name.to_lowercase() == *text,
            Self::At(_) => false,
        }
    }

    #[must_use]
    pub fn is_address(&self, address: &str) -> bool {
        match self {
            Self::At(text) => address.to_lowercase() == *text,
            Self::Begins(_) | Self::Exactly(_) => false,
        }
    }
}

fn unknown(what: &Mentioned, from: &Standpoint<'_>) -> Option<Wrong> {
    match what {
        Mentioned::Unit(name) => named(name, from.units)
            .is_empty()
            .then(|| Wrong::NoSuchUnit { name: name.text().to_owned(), meant: nearest(name, from.units) }),
        Mentioned::Service(name) => named(name, from.services).is_empty().then(|| Wrong::NoSuchService {
            name: name.text().to_owned(),
            meant: nearest(name, from.services),
        }),
        Mentioned::Status(name) => statuses(name, from).next().is_none().then(|| {
            let offered = from.statuses.iter().filter(|status| !status.retired);
            let meant = meant(name.text(), offered.map(|status| status.name.as_str()));
            Wrong::NoSuchStatus { name: name.text().to_owned(), meant: meant.map(str::to_owned) }
        }),
        Mentioned::Key(key) => custom::unknown(key, from),
        Mentioned::Sought(key, sought) => custom::wrong(key, sought, from),
    }
}

fn nearest<T>(name: &Name, known: &[(T, &str)]) -> Option<String> {
    meant(name.text(), known.iter().map(|(_, name)| *name)).map(str::to_owned)
}
