//! Fields of one's own: what is asked of them, by their definitions.

use jiff::civil::Date;

use super::{Called, Matching, Standpoint, Test, called, time, whole};
use crate::custom::{Custom, Number, Type, day};
use crate::filter::parse::scalar::period;
use crate::filter::value::{Bounds, Name, Period, Relative, Sought};
use crate::filter::{Wrong, field};
use crate::nearest::meant;

/// What a filter asks of one field. What no answer can be is had by no ticket: `wrong` says so before.
pub(super) fn bind(key: &str, sought: &Sought, from: &Standpoint<'_>) -> Test {
    let nothing = Test::Either(Vec::new());
    let Some(custom) = known(key, from) else { return nothing };
    let test = |matching| Test::Custom(custom.id, custom.of, matching);
    match (sought, matching(custom, sought, from)) {
        (Sought::Not, _) => Test::Not(Box::new(test(Matching::Any))),
        (_, Some(matching)) => test(matching),
        (_, None) => nothing,
    }
}

pub(super) fn unknown(key: &str, from: &Standpoint<'_>) -> Option<Wrong> {
    let field = || format!("{}{key}", field::CUSTOM);
    known(key, from).is_none().then(|| {
        let near = meant(key, from.customs.iter().map(|custom| custom.key.as_str()));
        Wrong::NoSuchKey { field: field(), meant: near.map(|key| format!("{}{key}:", field::CUSTOM)) }
    })
}

/// Why no answer can be what is sought; an unknown field is said once, at its key.
pub(super) fn wrong(key: &str, sought: &Sought, from: &Standpoint<'_>) -> Option<Wrong> {
    let custom = known(key, from)?;
    if *sought == Sought::Not || matching(custom, sought, from).is_some() {
        return None;
    }
    let value = sought.to_string();
    Some(match custom.holds {
        Type::Number => Wrong::NotANumber { value },
        Type::Date => Wrong::NotATime { value },
        Type::Long => Wrong::NoComparison { field: "field" },
        Type::One | Type::Several | Type::YesNo => {
            let offered: Vec<&str> = match custom.holds {
                Type::YesNo => vec!["yes", "no"],
                _ => custom.choices.iter().map(|choice| choice.name.as_str()).collect(),
            };
            let meant = meant(&value, offered).map(str::to_owned);
            Wrong::UnknownValue { field: "field", value, meant }
        }
        Type::Text | Type::Person | Type::Organisation => Wrong::NoComparison { field: "field" },
    })
}

fn known<'a>(key: &str, from: &Standpoint<'a>) -> Option<&'a Custom> {
    from.customs.iter().find(|custom| custom.key == key)
}

fn matching(custom: &Custom, sought: &Sought, from: &Standpoint<'_>) -> Option<Matching> {
    match (custom.holds, sought) {
        (_, Sought::Not) => Some(Matching::Any),
        (Type::Number, _) => {
            let one = |text: &str| Number::parse(text).map(|number| number.0);
            let (least, most) = whole(each(sought, one)?, i64::MIN, i64::MAX);
            Some(Matching::Number(least, most))
        }
        (Type::Date, _) => {
            let today = from.zone.to_datetime(from.now).date();
            days(each(sought, |text| stretch(text, today))?)
        }
        (Type::YesNo, Sought::Named(name)) => match name.text().to_lowercase().as_str() {
            "yes" => Some(Matching::Number(1, 1)),
            "no" => Some(Matching::Number(0, 0)),
            _ => None,
        },
        (Type::One | Type::Several, Sought::Named(name)) => chosen(custom, name),
        (Type::Text, Sought::Named(name)) => Some(Matching::Line(line(name))),
        (Type::Person | Type::Organisation, Sought::Named(name)) => Some(Matching::Named(called(name))),
        (Type::Long, _)
        | (
            Type::YesNo | Type::One | Type::Several | Type::Text | Type::Person | Type::Organisation,
            Sought::Within(_),
        ) => None,
    }
}

/// A line is compared by its beginning, whatever stands in it.
fn line(name: &Name) -> Called {
    let text = crate::custom::compared(name.text());
    if name.is_whole() { Called::Exactly(text) } else { Called::Begins(text) }
}

/// One choice: by its whole name, or else by the only one that begins so.
fn chosen(custom: &Custom, name: &Name) -> Option<Matching> {
    let text = name.text().to_lowercase();
    let only = || {
        let mut begun = custom.choices.iter().filter(|choice| choice.name.to_lowercase().starts_with(&text));
        begun.next().filter(|_| begun.next().is_none() && !name.is_whole())
    };
    let id = i64::from(custom.choice_named(name.text()).or_else(only)?.id);
    Some(Matching::Number(id, id))
}

fn each<T>(sought: &Sought, one: impl Fn(&str) -> Option<T>) -> Option<Bounds<T>> {
    Some(match sought {
        Sought::Not => return None,
        Sought::Named(name) => Bounds::Exactly(one(name.text())?),
        Sought::Within(bounds) => match bounds {
            Bounds::Exactly(text) => Bounds::Exactly(one(text)?),
            Bounds::Below(text) => Bounds::Below(one(text)?),
            Bounds::AtMost(text) => Bounds::AtMost(one(text)?),
            Bounds::Above(text) => Bounds::Above(one(text)?),
            Bounds::AtLeast(text) => Bounds::AtLeast(one(text)?),
            Bounds::Between(from, to) => Bounds::Between(one(from)?, one(to)?),
        },
    })
}

/// The first day of what is written, and the first one after it.
fn stretch(text: &str, today: Date) -> Option<(Date, Date)> {
    let word = text.to_lowercase();
    let named = if word == "now" { Some(Relative::Today) } else { Relative::parse(&word) };
    let period = named.map(Period::Named).or_else(|| period(&word))?;
    Some(time::days(period, today))
}

fn days(bounds: Bounds<(Date, Date)>) -> Option<Matching> {
    let (least, most) = match bounds {
        Bounds::Exactly((first, next)) => (day(first), day(next) - 1),
        Bounds::Below((first, _)) => (i64::MIN, day(first) - 1),
        Bounds::AtMost((_, next)) => (i64::MIN, day(next) - 1),
        Bounds::Above((_, next)) => (day(next), i64::MAX),
        Bounds::AtLeast((first, _)) => (day(first), i64::MAX),
        Bounds::Between((one, one_next), (other, other_next)) => {
            (day(one).min(day(other)), day(one_next).max(day(other_next)) - 1)
        }
    };
    Some(Matching::Number(least, most))
}
