//! The value of a field: read from what somebody typed, kept in columns, written for people.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Custom, Number, Type};
use crate::id::{OrganisationId, PersonId};

/// The longest line and the longest text, in characters.
const LONGEST_LINE: usize = 200;
const LONGEST_TEXT: usize = 10_000;
/// As much of a line as is compared.
const COMPARED: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A line or a longer text; never empty.
    Text(String),
    Number(Number),
    Date(Date),
    YesNo(bool),
    /// Of one or several; never empty.
    Choices(BTreeSet<u16>),
    Person(PersonId),
    Organisation(OrganisationId),
}

/// What is wrong with what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    TooLong {
        length: usize,
        most: usize,
    },
    NotANumber {
        text: String,
    },
    NotADate {
        text: String,
    },
    NotYesOrNo {
        text: String,
    },
    NoSuchChoice {
        text: String,
    },
    OnlyOne,
    /// A person or an organisation that is not known.
    Unknown {
        text: String,
    },
}

/// Reads what was typed; `None` when nothing was. People and organisations are given by their ids: who may
/// be named, whoever keeps them says. A choice that is gone may be kept where it was chosen, not chosen anew.
///
/// # Errors
/// What is wrong with it.
pub fn read(custom: &Custom, typed: &[String], held: Option<&Value>) -> Result<Option<Value>, Wrong> {
    let typed: Vec<&str> = typed.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    let Some(first) = typed.first() else { return Ok(None) };
    if typed.len() > 1 && custom.holds != Type::Several {
        return Err(Wrong::OnlyOne);
    }
    let text = (*first).to_owned();
    Ok(Some(match custom.holds {
        Type::Text => line(first)?,
        Type::Long => within(first, LONGEST_TEXT).map(Value::Text)?,
        Type::Number => Number::parse(first).map(Value::Number).ok_or(Wrong::NotANumber { text })?,
        Type::Date => first.parse().map(Value::Date).map_err(|_| Wrong::NotADate { text })?,
        Type::YesNo => match first.to_lowercase().as_str() {
            "yes" | "true" | "1" => Value::YesNo(true),
            "no" | "false" | "0" => Value::YesNo(false),
            _ => return Err(Wrong::NotYesOrNo { text }),
        },
        Type::One | Type::Several => {
            let chosen: Result<BTreeSet<u16>, Wrong> =
                typed.iter().map(|name| choice(custom, name, held)).collect();
            Value::Choices(chosen?)
        }
        Type::Person => id(first).map(PersonId).map(Value::Person)?,
        Type::Organisation => id(first).map(OrganisationId).map(Value::Organisation)?,
    }))
}

fn choice(custom: &Custom, name: &str, held: Option<&Value>) -> Result<u16, Wrong> {
    let chosen = custom.choice_named(name).filter(|choice| {
        let kept = matches!(held, Some(Value::Choices(held)) if held.contains(&choice.id));
        !choice.gone || kept
    });
    chosen.map(|choice| choice.id).ok_or_else(|| Wrong::NoSuchChoice { text: name.to_owned() })
}

fn line(text: &str) -> Result<Value, Wrong> {
    let words: Vec<&str> = text.split_whitespace().collect();
    within(&words.join(" "), LONGEST_LINE).map(Value::Text)
}

fn within(text: &str, most: usize) -> Result<String, Wrong> {
    let length = text.chars().count();
    if length > most {
        return Err(Wrong::TooLong { length, most });
    }
    Ok(text.replace('\0', "\u{fffd}"))
}

fn id(text: &str) -> Result<i64, Wrong> {
    text.parse().map_err(|_| Wrong::Unknown { text: text.to_owned() })
}

/// How a part of a value is kept: numbers and words are compared, bodies are only read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Which of several.
    pub place: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// In lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

impl Value {
    #[must_use]
    pub fn columns(&self, holds: Type) -> Vec<Column> {
        let number = |number: i64| vec![Column { number: Some(number), ..Column::default() }];
        match self {
            Self::Text(text) => {
                let word = (holds == Type::Text).then(|| compared(text));
                vec![Column { word, body: Some(text.clone()), ..Column::default() }]
            }
            Self::Number(Number(parts)) => number(*parts),
            Self::Date(date) => number(day(*date)),
            Self::YesNo(yes) => number(i64::from(*yes)),
            Self::Choices(chosen) => chosen
                .iter()
                .map(|id| Column { place: i64::from(*id), number: Some(i64::from(*id)), ..Column::default() })
                .collect(),
            Self::Person(PersonId(id)) | Self::Organisation(OrganisationId(id)) => number(*id),
        }
    }

    /// A value from its columns; `None` for columns that no value of this type has.
    #[must_use]
    pub fn kept(holds: Type, columns: &[Column]) -> Option<Self> {
        let first = columns.first()?;
        Some(match holds {
            Type::Text | Type::Long => Self::Text(first.body.clone()?),
            Type::Number => Self::Number(Number(first.number?)),
            Type::Date => Self::Date(date(first.number?)?),
            Type::YesNo => Self::YesNo(first.number? == 1),
            Type::One | Type::Several => {
                Self::Choices(columns.iter().filter_map(|one| u16::try_from(one.number?).ok()).collect())
            }
            Type::Person => Self::Person(PersonId(first.number?)),
            Type::Organisation => Self::Organisation(OrganisationId(first.number?)),
        })
    }

    /// Each part as it is written in forms and files; people and organisations by their ids.
    #[must_use]
    pub fn written(&self, custom: &Custom) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text.clone()],
            Self::Number(number) => vec![number.to_string()],
            Self::Date(date) => vec![date.to_string()],
            Self::YesNo(yes) => vec![if *yes { "yes" } else { "no" }.to_owned()],
            Self::Choices(chosen) => {
                chosen.iter().filter_map(|id| Some(custom.choice(*id)?.name.clone())).collect()
            }
            Self::Person(PersonId(id)) | Self::Organisation(OrganisationId(id)) => vec![id.to_string()],
        }
    }

    /// Whether it is, or contains, what is written so.
    pub(super) fn is(&self, custom: &Custom, written: &str) -> bool {
        let written = written.trim().to_lowercase();
        self.written(custom).iter().any(|own| own.to_lowercase() == written)
    }
}

/// As a line is compared: its beginning, in lower case.
pub(crate) fn compared(text: &str) -> String {
    text.chars().take(COMPARED).flat_map(char::to_lowercase).collect()
}

/// Days are kept as their distance from the beginning of 1970.
#[must_use]
pub fn day(date: Date) -> i64 {
    let since = date.since((jiff::Unit::Day, Date::constant(1970, 1, 1)));
    since.map_or(0, |span| i64::from(span.get_days()))
}

/// The day at that distance.
#[must_use]
pub fn date(days: i64) -> Option<Date> {
    let span = jiff::Span::new().try_days(days).ok()?;
    Date::constant(1970, 1, 1).checked_add(span).ok()
}
