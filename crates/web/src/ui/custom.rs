//! Fields of one's own in forms: one input for each type, with its error beside it.

use std::collections::BTreeMap;

use domain::custom::{Answers, Custom, Needed, Type, Value};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::de::DeserializeOwned;

use super::field::{self, Choice, Field, Kind};
use crate::format::{self, Reader};
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;

/// What the names of such inputs begin with.
pub const PREFIX: &str = "field.";

/// What stands in fields, by their keys, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Filled {
    pub typed: BTreeMap<String, Vec<String>>,
    pub wrong: Vec<(String, String)>,
}

/// What else a form holds.
pub fn rest<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T, Refused> {
    let own: Vec<&(String, String)> = pairs.iter().filter(|(name, _)| !name.starts_with(PREFIX)).collect();
    let unreadable = |_| Refused::Unreadable("The form could not be read.".to_owned());
    let text = serde_html_form::to_string(&own).map_err(|cause| Refused::Unreadable(cause.to_string()))?;
    serde_html_form::from_str(&text).map_err(unreadable)
}

/// Who and what answers name, by id: the name, and the address of a person.
pub type Names = BTreeMap<i64, (String, Option<String>)>;

impl Filled {
    /// What was sent, from all that a form holds.
    pub fn sent(pairs: &[(String, String)]) -> Self {
        let mut filled = Self::default();
        for (name, value) in pairs {
            if let Some(key) = name.strip_prefix(PREFIX) {
                filled.typed.entry(key.to_owned()).or_default().push(value.clone());
            }
        }
        filled
    }

    /// What was answered, as it stands in inputs.
    pub fn of(customs: &[Custom], answers: &Answers, names: &Names) -> Self {
        let typed = customs.iter().filter_map(|custom| {
            Some((custom.key.clone(), written(custom, answers.get(&custom.id)?, names)))
        });
        Self { typed: typed.collect(), wrong: Vec::new() }
    }

    fn error(&self, key: &str) -> Option<&str> {
        self.wrong.iter().find(|(own, _)| own == key).map(|(_, words)| words.as_str())
    }
}

fn written(custom: &Custom, value: &Value, names: &Names) -> Vec<String> {
    match value {
        Value::Person(person) => {
            let named = names.get(&person.0);
            named
                .map(|(name, address)| vec![address.clone().unwrap_or_else(|| name.clone())])
                .unwrap_or_default()
        }
        Value::Organisation(organisation) => {
            names.get(&organisation.0).map(|(name, _)| vec![name.clone()]).unwrap_or_default()
        }
        Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::YesNo(_) | Value::Choices(_) => {
            value.written(custom)
        }
    }
}

/// An answer for whoever reads it.
pub fn answer(reader: &Reader, custom: &Custom, value: &Value, names: &Names) -> Markup {
    html! {
        @match value {
            Value::Text(text) => span.answer-text { (text) },
            other => (said(reader, custom, other, names)),
        }
    }
}

/// The same as plain words.
pub fn said(reader: &Reader, custom: &Custom, value: &Value, names: &Names) -> String {
    let locale = reader.locale;
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => decimal(locale, &number.to_string()),
        Value::Date(date) => day(reader, *date),
        Value::YesNo(true) => t!(locale, "admin-yes").to_owned(),
        Value::YesNo(false) => t!(locale, "admin-no").to_owned(),
        Value::Choices(_) => value.written(custom).join(", "),
        Value::Person(_) | Value::Organisation(_) => {
            names.get(&id(value)).map_or("–", |(name, _)| name.as_str()).to_owned()
        }
    }
}

/// A number with the mark that the reader expects.
fn decimal(locale: Locale, number: &str) -> String {
    match locale {
        Locale::English => number.to_owned(),
        Locale::German => number.replace('.', ","),
    }
}

pub fn day(reader: &Reader, date: Date) -> String {
    let at = date.to_zoned(reader.zone.clone());
    at.map_or_else(|_| date.to_string(), |at| format::date(reader, at.timestamp()))
}

const fn id(value: &Value) -> i64 {
    match value {
        Value::Person(person) => person.0,
        Value::Organisation(organisation) => organisation.0,
        Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::YesNo(_) | Value::Choices(_) => 0,
    }
}

/// An input for each field; one that depends on another is hidden by a script while it is not asked. `at` is
/// the moment at which what is needed has to be there.
pub fn inputs(locale: Locale, form: &str, customs: &[Custom], filled: &Filled, at: Needed) -> Markup {
    html! {
        @for custom in customs {
            @let when = custom.when.as_ref().and_then(|when| {
                Some((customs.iter().find(|other| other.id == when.field)?, when.is.as_str()))
            });
            @match when {
                Some((other, is)) => {
                    div.custom-when data-when={ (PREFIX) (other.key) } data-is=(is) {
                        p.custom-if.muted {
                            @if is.is_empty() { (t!(locale, "custom-if-any", field = other.name.as_str())) }
                            @else { (t!(locale, "custom-if", field = other.name.as_str(), value = is)) }
                        }
                        (input(locale, form, custom, filled, false))
                    }
                }
                None => (input(locale, form, custom, filled, custom.needed == at && at != Needed::Never)),
            }
        }
    }
}

/// One input. A browser may insist on an answer only where nothing hides the field.
pub fn input(locale: Locale, form: &str, custom: &Custom, filled: &Filled, insists: bool) -> Markup {
    let name = format!("{PREFIX}{}", custom.key);
    let none = Vec::new();
    let typed = filled.typed.get(&custom.key).unwrap_or(&none);
    let value = typed.first().map_or("", String::as_str);
    let plain = Field::new(&name, &custom.name).of(form).value(value).error(filled.error(&custom.key));
    let plain = if custom.help.is_empty() { plain } else { plain.help(&custom.help) };
    let field = if insists { plain.required() } else { plain };
    let yes_no = [("", "–"), ("yes", t!(locale, "admin-yes")), ("no", t!(locale, "admin-no"))];
    match custom.holds {
        Type::Text => field::input(locale, Kind::Text, &Field { maximum: Some(200), ..field }),
        Type::Long => field::area(locale, &Field { maximum: Some(10_000), ..field }, 4),
        Type::Number => field::input(locale, Kind::Text, &Field { placeholder: Some("0"), ..field }),
        Type::Date => field::input(locale, Kind::Date, &field),
        Type::YesNo => {
            let choices = yes_no.map(|(value, label)| Choice { value, label, help: None });
            field::select(locale, &field, &choices)
        }
        Type::One => {
            let mut choices = vec![Choice { value: "", label: "–", help: None }];
            choices.extend(offered(custom, typed).map(|name| Choice {
                value: name,
                label: name,
                help: None,
            }));
            field::select(locale, &field, &choices)
        }
        Type::Several => boxes(locale, custom, &field, typed),
        Type::Person => field::input(locale, Kind::Email, &field.placeholder("name@example.org")),
        Type::Organisation => field::input(locale, Kind::Text, &field),
    }
}

/// What can be chosen, and what was chosen although it is gone.
fn offered<'a>(custom: &'a Custom, typed: &'a [String]) -> impl Iterator<Item = &'a str> {
    custom
        .choices
        .iter()
        .filter(|choice| !choice.gone || typed.contains(&choice.name))
        .map(|choice| choice.name.as_str())
}

fn boxes(locale: Locale, custom: &Custom, field: &Field<'_>, typed: &[String]) -> Markup {
    let error = format!("error-{}-{}", field.form, custom.key);
    html! {
        fieldset.field .field-wrong[field.error.is_some()] aria-describedby=[field.error.map(|_| &error)] {
            legend { (field.label) @if !field.required { " " span.muted { "(" (t!(locale, "optional")) ")" } } }
            @if let Some(help) = field.help { p.field-help { (help) } }
            @for name in offered(custom, typed) {
                label.choice {
                    input type="checkbox" name=(field.name) value=(name) checked[typed.iter().any(|own| own == name)];
                    span { (name) }
                }
            }
            @if let Some(words) = field.error { p.field-error #(error) role="alert" { (words) } }
        }
    }
}
