//! From a line of text to a filter, with every mistake in its place.

mod reader;
pub(super) mod scalar;
mod values;

use std::ops::Range;

use reader::is_gap;

use super::field::CUSTOM;
use super::value::{Name, Sought, Word};
use super::{Condition, Fault, Field, Filter, Wrong, all, any, not};
use crate::nearest::meant;

/// The longest text of a filter, in characters.
pub const MOST_CHARACTERS: usize = 2_000;
/// The most values and words of one filter.
pub const MOST_PARTS: usize = 200;
/// How deep brackets and negations may stand in each other.
pub const MOST_DEEP: usize = 16;

/// A filter, and where it names what only the desk knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    pub filter: Filter,
    pub mentions: Vec<Mention>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub at: Range<usize>,
    pub what: Mentioned,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mentioned {
    Unit(Name),
    Service(Name),
    Status(Name),
    /// A field of one's own, by its key.
    Key(String),
    /// What is asked of it.
    Sought(String, Sought),
}

/// Reads a filter. Parts that stand beside each other must all hold; `or` and commas give a choice,
/// `-` or `not` leaves out, brackets group.
///
/// # Errors
/// Everything that is wrong with it, in the order of the text.
pub fn parse(text: &str) -> Result<Parsed, Vec<Fault>> {
    let length = text.chars().count();
    if length > MOST_CHARACTERS {
        return Err(vec![Fault { at: 0..text.len(), wrong: Wrong::TooLong { most: MOST_CHARACTERS } }]);
    }
    let mut reader = Reader { text, at: 0, deep: 0, parts: 0, faults: Vec::new(), mentions: Vec::new() };
    let mut parts = Vec::new();
    loop {
        parts.extend(reader.any());
        if reader.peek().is_none() {
            break;
        }
        let at = reader.step();
        reader.wrong(at, Wrong::BracketStray);
    }
    let Reader { mut faults, mentions, .. } = reader;
    if faults.is_empty() {
        return Ok(Parsed { filter: all(parts), mentions });
    }
    faults.sort_by_key(|fault| fault.at.start);
    Err(faults)
}

/// What lies behind the colon of a field.
struct Raw {
    text: String,
    quoted: bool,
    /// With its quotes.
    at: Range<usize>,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    deep: usize,
    parts: usize,
    faults: Vec<Fault>,
    mentions: Vec<Mention>,
}

impl Reader<'_> {
    fn any(&mut self) -> Option<Filter> {
        let first = self.all();
        let mut alone = first.is_none();
        let mut parts: Vec<Filter> = first.into_iter().collect();
        while self.is_at_or() {
            let at = self.at..self.at + "or".len();
            self.at = at.end;
            let next = self.all();
            if alone || next.is_none() {
                self.wrong(at, Wrong::OrAlone);
            }
            alone = next.is_none();
            parts.extend(next);
        }
        (!parts.is_empty()).then(|| any(parts))
    }

    fn all(&mut self) -> Option<Filter> {
        let mut parts = Vec::new();
        loop {
            self.skip_gap();
            match self.peek() {
                None | Some(')') => break,
                Some(_) if self.is_at_or() => break,
                Some(_) => parts.extend(self.term()),
            }
        }
        (!parts.is_empty()).then(|| all(parts))
    }

    /// Reads at least one character.
    fn term(&mut self) -> Option<Filter> {
        match self.peek()? {
            '-' => {
                let at = self.step();
                self.negated(at)
            }
            '(' => self.group(),
            '"' => {
                let raw = self.quoted();
                self.words(raw)
            }
            ',' => {
                let at = self.step();
                self.wrong(at, Wrong::CommaStray);
                None
            }
            _ => {
                let raw = self.bare(":");
                match self.peek() {
                    Some(':') => {
                        self.step();
                        Some(self.field(&raw))
                    }
                    _ if raw.text.eq_ignore_ascii_case("not") => {
                        self.skip_gap();
                        self.negated(raw.at)
                    }
                    _ => self.words(raw),
                }
            }
        }
    }

    fn negated(&mut self, sign: Range<usize>) -> Option<Filter> {
        if self.peek().is_none_or(|c| is_gap(c) || c == ')') || self.is_at_or() {
            self.wrong(sign, Wrong::NotAlone);
            return None;
        }
        self.deeper(sign, Self::term).map(not)
    }

    fn group(&mut self) -> Option<Filter> {
        let open = self.step();
        let before = self.faults.len();
        let inner = self.deeper(open.clone(), Self::any);
        if self.peek() == Some(')') {
            self.step();
        } else if !self.is_too_deep() {
            self.wrong(open.clone(), Wrong::BracketOpen);
        }
        if inner.is_none() && self.faults.len() == before {
            self.wrong(open, Wrong::BracketEmpty);
        }
        inner
    }

    /// One level further in; what lies too deep is not read at all.
    fn deeper(&mut self, from: Range<usize>, read: impl Fn(&mut Self) -> Option<Filter>) -> Option<Filter> {
        if self.deep == MOST_DEEP {
            if !self.is_too_deep() {
                self.wrong(from, Wrong::TooDeep { most: MOST_DEEP });
            }
            self.at = self.text.len();
            return None;
        }
        self.deep += 1;
        let inner = read(self);
        self.deep -= 1;
        inner
    }

    fn is_too_deep(&self) -> bool {
        self.faults.iter().any(|fault| matches!(fault.wrong, Wrong::TooDeep { .. }))
    }

    fn words(&mut self, raw: Raw) -> Option<Filter> {
        let word = if raw.quoted { Word::phrase(&raw.text) } else { Word::bare(&raw.text) };
        let Some(word) = word else {
            self.wrong(raw.at, Wrong::QuoteEmpty);
            return None;
        };
        self.count(&raw.at, 1);
        Some(Filter::Words(word))
    }

    /// `name:` was read, and its values come.
    fn field(&mut self, name: &Raw) -> Filter {
        let word = name.text.to_lowercase();
        if let Some(key) = word.strip_prefix(CUSTOM) {
            return self.custom(key, name);
        }
        let field = Field::named(&word);
        let flag = if field.is_none() { Field::flag(&word) } else { None };
        let said = match (field, flag) {
            (Some(field), _) => field.as_str(),
            (None, Some(flag)) => flag.as_str(),
            (None, None) if word == "state" => "state",
            (None, None) => {
                let meant = meant(&word, Field::words());
                let wrong = Wrong::UnknownField { field: name.text.clone(), meant };
                self.wrong(name.at.clone(), wrong);
                self.raws(None);
                return Filter::EVERYTHING;
            }
        };
        let raws = self.raws(Some(&(said, name.at.clone())));
        if let (Some(first), Some(last)) = (raws.first(), raws.last()) {
            self.count(&(first.at.start..last.at.end), raws.len());
        }
        match (field, flag) {
            (Some(field), _) => self.condition(field, &raws),
            (None, Some(flag)) => self.flag(flag, &raws),
            (None, None) => self.states(&raws),
        }
    }

    /// `field.key:` was read. Only the desk knows which keys there are and what may stand behind them.
    fn custom(&mut self, key: &str, name: &Raw) -> Filter {
        let raws = self.raws(Some(&("field", name.at.clone())));
        if let (Some(first), Some(last)) = (raws.first(), raws.last()) {
            self.count(&(first.at.start..last.at.end), raws.len());
        }
        self.mentions.push(Mention { at: name.at.clone(), what: Mentioned::Key(key.to_owned()) });
        let sought = self.sought(key, &raws);
        Filter::Where(Condition::Custom(key.to_owned(), sought))
    }
}
