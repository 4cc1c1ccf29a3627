//! A text with its variables put in; what is unknown or empty is named, and then nothing is made.

use std::collections::BTreeMap;

use minijinja::{Environment, ErrorKind, UndefinedBehavior};

use super::{Template, Text, Variable, Written};
use crate::{DeskError, Problem};

/// How much a text may do before it is stopped.
const FUEL: u64 = 20_000;

/// The longest text that is made.
const MOST: usize = 100_000;

/// What is known, by variable; what is empty counts as not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<&'static str, String>);

impl Values {
    #[must_use]
    pub fn with(mut self, variable: Variable, value: impl Into<String>) -> Self {
        let value = value.into();
        if value.trim().is_empty() {
            self.0.remove(variable.as_str());
        } else {
            self.0.insert(variable.as_str(), value);
        }
        self
    }

    /// Something for every variable of a text.
    #[must_use]
    pub fn example(template: Template, language: &str) -> Self {
        template.variables().iter().fold(Self::default(), |values, variable| {
            values.with(*variable, variable.example(language == "de"))
        })
    }
}

/// Fills a text. The field of an error is `subject` or `body`.
pub fn fill(template: Template, written: &Written, values: &Values) -> Result<Text, DeskError> {
    let subject = filled("subject", template, &written.subject, values)?;
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    if subject.is_empty() {
        return Err(DeskError::invalid("subject", Problem::SubjectMissing));
    }
    let body = filled("body", template, &written.body, values)?.trim().to_owned();
    if body.is_empty() {
        return Err(DeskError::invalid("body", Problem::BodyMissing));
    }
    Ok(Text { subject, body })
}

fn filled(
    field: &'static str,
    template: Template,
    source: &str,
    values: &Values,
) -> Result<String, DeskError> {
    let environment = environment();
    let text = environment.template_from_str(source).map_err(|error| unreadable(field, &error))?;
    let known: Vec<&str> = template.variables().iter().map(|variable| variable.as_str()).collect();
    let named = text.undeclared_variables(false);
    let unknown = sorted(named.iter().map(String::as_str).filter(|name| !known.contains(name)));
    if !unknown.is_empty() {
        let problem = Problem::TextNamesUnknown { names: unknown.join(", "), known: known.join(", ") };
        return Err(DeskError::invalid(field, problem));
    }
    let error = match text.render(&values.0) {
        Ok(made) if made.len() <= MOST => return Ok(made),
        Ok(made) => {
            let problem = Problem::BodyTooLong { length: made.chars().count(), most: MOST };
            return Err(DeskError::invalid(field, problem));
        }
        Err(error) => error,
    };
    let empty = sorted(named.iter().map(String::as_str).filter(|name| !values.0.contains_key(name)));
    let blocking: Vec<&str> =
        empty.iter().copied().filter(|name| blocks(&text, values, &empty, name)).collect();
    match error.kind() {
        ErrorKind::UndefinedError if !blocking.is_empty() => {
            Err(DeskError::invalid(field, Problem::TextNamesEmpty { names: blocking.join(", ") }))
        }
        _ => Err(unreadable(field, &error)),
    }
}

/// Whether a text cannot be made for want of this one alone, everything else being there.
fn blocks(text: &minijinja::Template, values: &Values, empty: &[&str], name: &str) -> bool {
    let mut filled: BTreeMap<String, String> =
        values.0.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let others = empty.iter().filter(|other| **other != name);
    filled.extend(others.map(|other| ((*other).to_owned(), "…".to_owned())));
    text.render(&filled).is_err()
}

fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names
}

fn unreadable(field: &'static str, error: &minijinja::Error) -> DeskError {
    let cause = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    DeskError::invalid(field, Problem::TextUnreadable { line: error.line().unwrap_or(1), cause })
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.add_filter("default", minijinja::filters::default);
    environment
}
