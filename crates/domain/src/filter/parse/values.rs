//! From the words behind a colon to the values of that field.

use super::scalar::{bounds, number, stretch, when};
use super::{Mention, Mentioned, Raw, Reader};
use crate::affiliation::Class;
use crate::filter::field::{MARKS, Values};
use crate::filter::linked::{self, End, Tie};
use crate::filter::value::{
    Bounds, Holder, Moment, Name, Organisation, Rated, Sought, Status, Tagged, TimeField, Unit, Waiting, When,
};
use crate::filter::{Condition, Field, Filter, Flag, Wrong, any, not};
use crate::nearest::meant;
use crate::priority::Priority;
use crate::tag::{self, Tag};
use crate::ticket::{Kind, State};

impl Reader<'_> {
    pub(super) fn condition(&mut self, field: Field, raws: &[Raw]) -> Filter {
        let condition = match field {
            Field::Is => return self.marks(raws),
            Field::Unanswered => return self.unanswered(raws),
            Field::Status => return self.statuses(raws),
            Field::Unit => Condition::Unit(self.units(raws)),
            Field::Holder => Condition::Holder(self.each(raws, holder)),
            Field::From => Condition::From(self.each(raws, |raw| name(Field::From, raw))),
            Field::Organisation => Condition::Organisation(self.each(raws, organisation)),
            Field::Service => Condition::Service(self.services(raws)),
            Field::Kind => Condition::Kind(self.each(raws, |raw| worded(field, raw, Kind::parse))),
            Field::Class => Condition::Class(self.each(raws, classes).into_iter().flatten().collect()),
            Field::Priority => Condition::Priority(self.each(raws, |raw| bounds(field, raw, priority))),
            Field::Due => Condition::Time(TimeField::Due, self.times(TimeField::Due, raws)),
            Field::Opened => Condition::Time(TimeField::Opened, self.times(TimeField::Opened, raws)),
            Field::Changed => Condition::Time(TimeField::Changed, self.times(TimeField::Changed, raws)),
            Field::Solved => Condition::Time(TimeField::Solved, self.times(TimeField::Solved, raws)),
            Field::Waiting => Condition::Waiting(self.each(raws, waiting)),
            Field::Rating => Condition::Rating(self.each(raws, rated)),
            Field::Number => Condition::Number(self.each(raws, |raw| bounds(field, raw, ticket_number))),
            Field::Tag => Condition::Tag(self.each(raws, tagged)),
            Field::Linked => Condition::Linked(self.each(raws, tied)),
        };
        Filter::Where(condition)
    }

    /// `is:`, which is short for more than one field.
    fn marks(&mut self, raws: &[Raw]) -> Filter {
        let found = self.each(raws, |raw| {
            mark(&raw.text.to_lowercase()).ok_or_else(|| unknown(Field::Is.as_str(), raw, MARKS))
        });
        let mut states = Vec::new();
        let mut others = Vec::new();
        for part in found {
            match part {
                Filter::Where(Condition::State(found)) => states.extend(found),
                other => others.push(other),
            }
        }
        let states = (!states.is_empty()).then_some(Filter::Where(Condition::State(states)));
        any(states.into_iter().chain(others).collect())
    }

    pub(super) fn states(&mut self, raws: &[Raw]) -> Filter {
        Filter::Where(Condition::State(self.each(raws, |raw| {
            let words = State::ALL.iter().map(|state| state.as_str());
            State::parse(&raw.text.to_lowercase()).ok_or_else(|| unknown("state", raw, words))
        })))
    }

    /// `status:`, behind which other desks have words that are states here.
    fn statuses(&mut self, raws: &[Raw]) -> Filter {
        let state = |raw: &Raw| said(raw).and_then(|word| State::parse(&word));
        let states: Vec<State> = raws.iter().filter_map(state).collect();
        let named: Vec<&Raw> = raws.iter().filter(|raw| state(raw).is_none()).collect();
        let mut parts = Vec::new();
        if !named.is_empty() || states.is_empty() {
            let statuses = self.each_of(named, |raw| Ok((raw.at.clone(), status(raw)?)));
            for (at, status) in &statuses {
                if let Status::Named(name) = status {
                    self.mentions.push(Mention { at: at.clone(), what: Mentioned::Status(name.clone()) });
                }
            }
            let statuses = statuses.into_iter().map(|(_, status)| status).collect();
            parts.push(Filter::Where(Condition::Status(statuses)));
        }
        if !states.is_empty() {
            parts.push(Filter::Where(Condition::State(states)));
        }
        any(parts)
    }

    pub(super) fn flag(&mut self, flag: Flag, raws: &[Raw]) -> Filter {
        any(self.each(raws, |raw| {
            yes_or_no(flag, &raw.text).ok_or_else(|| unknown(flag.as_str(), raw, ["yes", "no"]))
        }))
    }

    fn unanswered(&mut self, raws: &[Raw]) -> Filter {
        let field = TimeField::Unanswered;
        let (flags, times): (Vec<&Raw>, Vec<&Raw>) =
            raws.iter().partition(|raw| yes_or_no(Flag::Unanswered, &raw.text).is_some());
        let mut parts: Vec<Filter> =
            flags.iter().filter_map(|raw| yes_or_no(Flag::Unanswered, &raw.text)).collect();
        if !times.is_empty() || parts.is_empty() {
            let whens = self.each_of(times, |raw| when(field, raw));
            parts.insert(0, Filter::Where(Condition::Time(field, whens)));
        }
        any(parts)
    }

    pub(super) fn sought(&mut self, key: &str, raws: &[Raw]) -> Vec<Sought> {
        let found = self.each(raws, |raw| Ok((raw.at.clone(), sought(raw)?)));
        for (at, one) in &found {
            let what = Mentioned::Sought(key.to_owned(), one.clone());
            self.mentions.push(Mention { at: at.clone(), what });
        }
        found.into_iter().map(|(_, one)| one).collect()
    }

    fn times(&mut self, field: TimeField, raws: &[Raw]) -> Vec<When> {
        self.each(raws, |raw| when(field, raw))
    }

    fn units(&mut self, raws: &[Raw]) -> Vec<Unit> {
        let units = self.each(raws, |raw| match said(raw).as_deref() {
            Some("mine" | "my-units") => Ok((raw.at.clone(), Unit::Mine)),
            _ => name(Field::Unit, raw).map(|name| (raw.at.clone(), Unit::Named(name))),
        });
        for (at, unit) in &units {
            if let Unit::Named(name) = unit {
                self.mentions.push(Mention { at: at.clone(), what: Mentioned::Unit(name.clone()) });
            }
        }
        units.into_iter().map(|(_, unit)| unit).collect()
    }

    fn services(&mut self, raws: &[Raw]) -> Vec<Name> {
        let names = self.each(raws, |raw| Ok((raw.at.clone(), name(Field::Service, raw)?)));
        for (at, name) in &names {
            self.mentions.push(Mention { at: at.clone(), what: Mentioned::Service(name.clone()) });
        }
        names.into_iter().map(|(_, name)| name).collect()
    }

    fn each<T>(&mut self, raws: &[Raw], read: impl Fn(&Raw) -> Result<T, Wrong>) -> Vec<T> {
        self.each_of(raws.iter().collect(), read)
    }

    fn each_of<T>(&mut self, raws: Vec<&Raw>, read: impl Fn(&Raw) -> Result<T, Wrong>) -> Vec<T> {
        let mut values = Vec::with_capacity(raws.len());
        for raw in raws {
            match read(raw) {
                Ok(value) => values.push(value),
                Err(wrong) => self.wrong(raw.at.clone(), wrong),
            }
        }
        values
    }
}

/// The word of a value that is not in quotes, in lower case.
fn said(raw: &Raw) -> Option<String> {
    (!raw.quoted).then(|| raw.text.to_lowercase())
}

fn unknown<'a>(field: &'static str, raw: &Raw, known: impl IntoIterator<Item = &'a str>) -> Wrong {
    let meant = meant(&raw.text, known).map(str::to_owned);
    Wrong::UnknownValue { field, value: raw.text.clone(), meant }
}

fn worded<T>(field: Field, raw: &Raw, parse: fn(&str) -> Option<T>) -> Result<T, Wrong> {
    let known = match field.values() {
        Values::Words(words) => words,
        _ => Vec::new(),
    };
    parse(&raw.text.to_lowercase()).ok_or_else(|| unknown(field.as_str(), raw, known))
}

fn mark(word: &str) -> Option<Filter> {
    if let Some(state) = State::parse(word) {
        return Some(Filter::Where(Condition::State(vec![state])));
    }
    if let Some(flag) = Flag::parse(word) {
        return Some(Filter::Where(Condition::Is(flag)));
    }
    let condition = match word {
        "done" => Condition::State(vec![State::Solved, State::Closed]),
        "mine" => Condition::Holder(vec![Holder::Me]),
        "unassigned" | "untaken" => Condition::Holder(vec![Holder::Nobody]),
        "overdue" => Condition::Time(TimeField::Due, vec![When::At(Bounds::Below(Moment::Now))]),
        "waiting" => {
            Condition::Waiting(vec![Waiting::Requester, Waiting::Inside, Waiting::Supplier, Waiting::Date])
        }
        _ => return None,
    };
    Some(Filter::Where(condition))
}

fn yes_or_no(flag: Flag, word: &str) -> Option<Filter> {
    let flag = Filter::Where(Condition::Is(flag));
    match word.to_lowercase().as_str() {
        "yes" => Some(flag),
        "no" => Some(not(flag)),
        _ => None,
    }
}

fn name(field: Field, raw: &Raw) -> Result<Name, Wrong> {
    if raw.quoted {
        return Name::whole(&raw.text).ok_or(Wrong::QuoteEmpty);
    }
    if raw.text.starts_with(['<', '>', '=']) {
        return Err(Wrong::NoComparison { field: field.as_str() });
    }
    // Some words stand for something elsewhere; in quotes they are names like others.
    let quoted = || Some(format!("\"{}\"", raw.text));
    Name::begins(&raw.text).ok_or_else(|| Wrong::UnknownValue {
        field: field.as_str(),
        value: raw.text.clone(),
        meant: quoted(),
    })
}

fn holder(raw: &Raw) -> Result<Holder, Wrong> {
    match said(raw).as_deref() {
        Some("me" | "mine") => Ok(Holder::Me),
        Some("nobody" | "none" | "unassigned") => Ok(Holder::Nobody),
        _ => name(Field::Holder, raw).map(Holder::Named),
    }
}

fn organisation(raw: &Raw) -> Result<Organisation, Wrong> {
    match said(raw).as_deref() {
        Some("none" | "nobody") => Ok(Organisation::Nobody),
        _ => name(Field::Organisation, raw).map(Organisation::Named),
    }
}

fn sought(raw: &Raw) -> Result<Sought, Wrong> {
    if raw.quoted {
        return Name::whole(&raw.text).map(Sought::Named).ok_or(Wrong::QuoteEmpty);
    }
    if raw.text.eq_ignore_ascii_case("none") {
        return Ok(Sought::Not);
    }
    let one = |text: &str| match Name::whole(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err(Wrong::NoValue { field: "field" }),
    };
    Ok(match stretch("field", &raw.text, one)? {
        Bounds::Exactly(text) => {
            Name::begins(&text).or_else(|| Name::whole(&text)).map(Sought::Named).ok_or(Wrong::QuoteEmpty)?
        }
        bounds => Sought::Within(bounds),
    })
}

fn status(raw: &Raw) -> Result<Status, Wrong> {
    match said(raw).as_deref() {
        Some("none") => Ok(Status::Not),
        _ => name(Field::Status, raw).map(Status::Named),
    }
}

fn tagged(raw: &Raw) -> Result<Tagged, Wrong> {
    if said(raw).as_deref() == Some(tag::NONE) {
        return Ok(Tagged::Not);
    }
    Tag::parse(&raw.text).map(Tagged::With).map_err(|_| unknown(Field::Tag.as_str(), raw, []))
}

fn tied(raw: &Raw) -> Result<Tie, Wrong> {
    let field = Field::Linked.as_str();
    let text = raw.text.strip_prefix('=').unwrap_or(&raw.text);
    if text.starts_with(['<', '>']) {
        return Err(Wrong::NoComparison { field });
    }
    if text.starts_with(|sign: char| sign == '#' || sign.is_ascii_digit()) {
        return ticket_number(text).map(|number| Tie::To(End::Number(number)));
    }
    Tie::parse(&text.to_lowercase()).ok_or_else(|| unknown(field, raw, linked::WORDS))
}

fn classes(raw: &Raw) -> Result<Vec<Class>, Wrong> {
    let word = raw.text.to_lowercase();
    match word.as_str() {
        "inside" => Ok(vec![Class::Internal]),
        "outside" => Ok(vec![Class::Connected, Class::External]),
        _ => worded(Field::Class, raw, Class::parse).map(|class| vec![class]),
    }
}

fn waiting(raw: &Raw) -> Result<Waiting, Wrong> {
    if raw.text.eq_ignore_ascii_case("customer") {
        return Ok(Waiting::Requester);
    }
    worded(Field::Waiting, raw, Waiting::parse)
}

fn priority(text: &str) -> Result<Priority, Wrong> {
    let out = || Wrong::OutOfRange { value: text.to_owned(), from: 1, to: 4 };
    match text.to_lowercase().as_str() {
        "urgent" => Ok(Priority::P1),
        "high" => Ok(Priority::P2),
        "normal" => Ok(Priority::P3),
        "low" => Ok(Priority::P4),
        word => {
            let number = number(word.strip_prefix('p').unwrap_or(word))?;
            u8::try_from(number).ok().and_then(|number| Priority::try_from(number).ok()).ok_or_else(out)
        }
    }
}

fn rated(raw: &Raw) -> Result<Rated, Wrong> {
    if said(raw).as_deref() == Some("none") {
        return Ok(Rated::Never);
    }
    let rating = |text: &str| {
        let out = || Wrong::OutOfRange { value: text.to_owned(), from: 1, to: 5 };
        u8::try_from(number(text)?).ok().filter(|rating| (1..=5).contains(rating)).ok_or_else(out)
    };
    bounds(Field::Rating, raw, rating).map(Rated::Within)
}

fn ticket_number(text: &str) -> Result<i64, Wrong> {
    number(text.strip_prefix('#').unwrap_or(text))
}
