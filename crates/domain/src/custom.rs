//! Fields of one's own: what administrators let be asked about tickets, people and organisations.

mod number;
mod value;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{CustomId, ServiceId};
use crate::word::words;

pub use number::Number;
pub(crate) use value::compared;
pub use value::{Column, Value, Wrong, read};
pub use value::{date, day};

/// The most fields of an installation, those that ended included.
pub const MOST: usize = 500;
/// The most choices of one field, those that are gone included.
pub const MOST_CHOICES: usize = 500;
/// The longest key.
pub const LONGEST_KEY: usize = 30;

/// What a field is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    Ticket,
    Person,
    Organisation,
}

words!(Of { Ticket = "ticket", Person = "person", Organisation = "organisation" });

/// What may stand in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    Text,
    Long,
    Number,
    Date,
    YesNo,
    One,
    Several,
    Person,
    Organisation,
}

words!(Type {
    Text = "text",
    Long = "long",
    Number = "number",
    Date = "date",
    YesNo = "yes_no",
    One = "one",
    Several = "several",
    Person = "person",
    Organisation = "organisation",
});

/// When a field has to be filled in, while it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Needed {
    Never,
    Opening,
    Solving,
}

words!(Needed { Never = "never", Opening = "opening", Solving = "solving" });

/// Who reads a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Both sides; requesters fill it in as well.
    Both,
    /// The serving side only.
    Inside,
}

words!(Shown { Both = "both", Inside = "inside" });

/// One choice of a field. What goes stays where it was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub id: u16,
    pub name: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
}

/// When a field is asked: another one has this value, or any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    pub field: CustomId,
    /// As it is written; empty for any value.
    #[serde(default)]
    pub is: String,
}

/// A field as an administrator defined it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Custom {
    pub id: CustomId,
    pub of: Of,
    /// What filters, programs and imports call it; never changed.
    pub key: String,
    pub name: String,
    #[serde(default)]
    pub help: String,
    pub holds: Type,
    /// Of tickets: for which services; every one where none is named.
    #[serde(default)]
    pub services: Vec<ServiceId>,
    pub needed: Needed,
    pub shown: Shown,
    #[serde(default)]
    pub choices: Vec<Choice>,
    #[serde(default)]
    pub when: Option<When>,
    /// It is asked no more; what was answered stays.
    #[serde(default)]
    pub ended: bool,
}

/// The answers about one thing.
pub type Answers = BTreeMap<CustomId, Value>;

impl Custom {
    /// Whether it is still asked of such things, whatever their service.
    #[must_use]
    pub fn is_asked_of(&self, of: Of) -> bool {
        self.of == of && !self.ended
    }

    #[must_use]
    pub fn is_for(&self, of: Of, service: Option<ServiceId>) -> bool {
        self.of == of && (self.services.is_empty() || service.is_some_and(|own| self.services.contains(&own)))
    }

    #[must_use]
    pub fn choice(&self, id: u16) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id == id)
    }

    /// The choice of a name, in any case; one that is still offered comes first.
    #[must_use]
    pub fn choice_named(&self, name: &str) -> Option<&Choice> {
        let named = |choice: &&Choice| choice.name.to_lowercase() == name.trim().to_lowercase();
        let mut all = self.choices.iter();
        all.clone().find(|choice| !choice.gone && named(choice)).or_else(|| all.find(named))
    }

    /// Choices after an administrator wrote these lines: one with a name that is there keeps its place in
    /// old answers, one that is not written any more is gone, and others are new.
    #[must_use]
    pub fn with_choices(&self, names: &[String]) -> Vec<Choice> {
        let mut next = self.choices.iter().map(|choice| choice.id).max().unwrap_or(0);
        let mut choices: Vec<Choice> = names
            .iter()
            .map(|name| match self.choices.iter().find(|choice| choice.name == *name) {
                Some(kept) => Choice { gone: false, ..kept.clone() },
                None => {
                    next = next.saturating_add(1);
                    Choice { id: next, name: name.clone(), gone: false }
                }
            })
            .collect();
        let left = self.choices.iter().filter(|choice| !names.contains(&choice.name));
        choices.extend(left.map(|choice| Choice { gone: true, ..choice.clone() }));
        choices
    }
}

/// Whether a text can be a key: a letter, then letters, digits, `-` and `_`, all small.
#[must_use]
pub fn is_key(text: &str) -> bool {
    text.len() <= LONGEST_KEY
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
}

/// The fields that are asked about a thing, given its answers: those that live, apply, and whose condition
/// holds. They keep their order.
#[must_use]
pub fn asked<'a>(
    customs: &'a [Custom],
    of: Of,
    service: Option<ServiceId>,
    answers: &Answers,
) -> Vec<&'a Custom> {
    let apply: Vec<&Custom> =
        customs.iter().filter(|custom| !custom.ended && custom.is_for(of, service)).collect();
    apply.iter().copied().filter(|custom| holds(&apply, custom, answers, apply.len())).collect()
}

/// Whether a field's condition holds. A field that is not asked itself has no value that counts.
fn holds(apply: &[&Custom], custom: &Custom, answers: &Answers, left: usize) -> bool {
    let Some(when) = &custom.when else { return true };
    let Some(other) = apply.iter().find(|other| other.id == when.field) else { return false };
    let Some(value) = answers.get(&other.id).filter(|_| left > 0) else { return false };
    holds(apply, other, answers, left - 1) && (when.is.is_empty() || value.is(other, &when.is))
}

/// The fields that would depend on each other when `id` depended on `on`, by name; empty when none would.
#[must_use]
pub fn circle(customs: &[Custom], id: CustomId, on: CustomId) -> Vec<String> {
    let mut names = Vec::new();
    let mut next = Some(on);
    while let Some(custom) = next.and_then(|next| customs.iter().find(|custom| custom.id == next)) {
        names.push(custom.name.clone());
        if custom.id == id {
            return names;
        }
        if names.len() > customs.len() {
            break;
        }
        next = custom.when.as_ref().map(|when| when.field);
    }
    Vec::new()
}

/// What is asked, needed at this moment, and not answered; never what is not needed at all.
#[must_use]
pub fn missing<'a>(asked: &[&'a Custom], answers: &Answers, at: Needed) -> Vec<&'a Custom> {
    let needed = |custom: &&Custom| custom.needed == at && at != Needed::Never;
    asked.iter().copied().filter(|custom| needed(custom) && !answers.contains_key(&custom.id)).collect()
}

#[cfg(test)]
mod tests;
