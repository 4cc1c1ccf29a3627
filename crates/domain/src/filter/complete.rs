//! What could stand where somebody is typing: fields, marks, and the values of a field.

use std::ops::Range;

use super::bind::Standpoint;
use super::field::{CUSTOM, Field, MARKS, Values, time_words};
use super::value::Name;
use crate::id::StatusId;

/// The most that is offered at once.
pub const MOST: usize = 12;

/// A text that could take the place of what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    pub at: Range<usize>,
    pub text: String,
}

/// What could stand at `cursor`, a place in bytes. Names are only those of the viewer's units, of services and of
/// statuses: nobody learns of a person or an organisation by typing.
#[must_use]
pub fn complete(text: &str, cursor: usize, from: &Standpoint<'_>) -> Vec<Completion> {
    let cursor = (0..=cursor.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let begun = Begun::at(&text[..cursor]);
    let mut offered = match &begun.field {
        None => {
            let keys = from.customs.iter().map(|custom| format!("{CUSTOM}{}:", custom.key));
            let own = keys.filter(|key| !begun.typed.is_empty() && key.starts_with(&begun.typed));
            parts(&begun.typed).into_iter().chain(own).collect()
        }
        Some(field) => values(field, &begun.typed, from),
    };
    offered.truncate(MOST);
    offered.into_iter().map(|text| Completion { at: begun.from..cursor, text }).collect()
}

/// The beginning of a tag at `cursor`, with its place, where one is being typed: which tags somebody may
/// know of, whoever keeps them says.
#[must_use]
pub fn tag_at(text: &str, cursor: usize) -> Option<Completion> {
    let cursor = (0..=cursor.min(text.len())).rev().find(|at| text.is_char_boundary(*at))?;
    let begun = Begun::at(&text[..cursor]);
    let field = begun.field.as_deref().and_then(Field::named)?;
    let tag = (field == Field::Tag).then(|| crate::tag::begun(&begun.typed)).flatten()?;
    Some(Completion { at: begun.from..cursor, text: tag })
}

/// The part of a filter that is being typed.
struct Begun {
    from: usize,
    /// The word before its colon, in lower case.
    field: Option<String>,
    /// What stands there already, in lower case and without quotes.
    typed: String,
}

impl Begun {
    fn at(text: &str) -> Self {
        let mut begun = Self { from: 0, field: None, typed: String::new() };
        let mut quoted = false;
        for (at, c) in text.char_indices() {
            let next = at + c.len_utf8();
            match c {
                '"' => quoted = !quoted,
                _ if quoted => begun.typed.extend(c.to_lowercase()),
                ':' if begun.field.is_none() => {
                    begun = Self { from: next, field: Some(begun.typed), typed: String::new() };
                }
                ',' => begun = Self { from: next, field: begun.field, typed: String::new() },
                '-' if begun.typed.is_empty() && begun.field.is_none() => begun.from = next,
                _ if c.is_whitespace() || "()".contains(c) => {
                    begun = Self { from: next, field: None, typed: String::new() };
                }
                _ => begun.typed.extend(c.to_lowercase()),
            }
        }
        begun
    }
}

/// Fields, and marks with their `is:`.
fn parts(typed: &str) -> Vec<String> {
    let fields = Field::ALL.iter().map(|field| format!("{field}:"));
    let marks = MARKS.iter().filter(|mark| !typed.is_empty() && mark.starts_with(typed));
    fields.filter(|field| field.starts_with(typed)).chain(marks.map(|mark| format!("is:{mark}"))).collect()
}

fn values(field: &str, typed: &str, from: &Standpoint<'_>) -> Vec<String> {
    let Some(field) = Field::named(field) else {
        let flag = Field::flag(field).map(|_| vec!["yes", "no"]);
        return words(flag.unwrap_or_default(), typed);
    };
    match field.values() {
        Values::Words(known) => words(known, typed),
        Values::Unit => names("mine", from.units, typed),
        Values::Service => names("", from.services, typed),
        Values::Holder => words(vec!["me", "nobody"], typed),
        Values::Organisation => words(vec!["none"], typed),
        Values::Link => words(super::linked::WORDS.to_vec(), typed),
        Values::Tag => words(vec![crate::tag::NONE], typed),
        Values::Status => {
            let offered = from.statuses.iter().filter(|status| !status.retired);
            let known: Vec<(StatusId, &str)> =
                offered.map(|status| (status.id, status.name.as_str())).collect();
            names("none", &known, typed)
        }
        Values::Requester | Values::Number { .. } => Vec::new(),
        Values::Time(time) => words(time_words(time), typed),
    }
}

fn words(known: Vec<&str>, typed: &str) -> Vec<String> {
    known.into_iter().filter(|word| word.starts_with(typed)).map(str::to_owned).collect()
}

fn names<T>(word: &str, known: &[(T, &str)], typed: &str) -> Vec<String> {
    let word = (!word.is_empty() && word.starts_with(typed)).then(|| word.to_owned());
    let begun = known.iter().filter(|(_, name)| name.to_lowercase().starts_with(typed));
    word.into_iter().chain(begun.filter_map(|(_, name)| Some(Name::whole(name)?.to_string()))).collect()
}
