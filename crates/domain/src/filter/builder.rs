//! The other face of a filter: a form with one row for each field.

use std::borrow::Cow;

use super::field::{CUSTOM, Field, Values};
use super::value::Name;
use super::{Condition, Filter};
use crate::tag::Tag;
use crate::ticket::State;

/// One row of the form: a field, whether it is left out, and its values as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// A word that may stand before a colon: a field, `field.KEY`, `state`, or a flag with `yes` or `no`.
    pub field: Cow<'static, str>,
    pub negated: bool,
    pub values: Vec<String>,
}

/// The rows that say the same as a filter. `None` for one that says more than a form can: a choice
/// between fields, the same field twice, or free words.
#[must_use]
pub fn rows(filter: &Filter) -> Option<Vec<Row>> {
    let parts = match filter {
        Filter::All(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let rows: Vec<Row> = parts.iter().map(row).collect::<Option<_>>()?;
    let twice =
        rows.iter().enumerate().any(|(place, row)| rows[..place].iter().any(|own| own.field == row.field));
    (!twice).then_some(rows)
}

fn row(filter: &Filter) -> Option<Row> {
    let (condition, negated) = match filter {
        Filter::Where(condition) => (condition, false),
        Filter::Not(inner) => match &**inner {
            Filter::Where(condition) => (condition, true),
            _ => return None,
        },
        Filter::All(_) | Filter::Any(_) | Filter::Words(_) => return None,
    };
    Some(match condition {
        Condition::State(_) => Row { field: "state".into(), negated, values: condition.values() },
        Condition::Is(flag) => {
            let value = if negated { "no" } else { "yes" };
            Row { field: flag.as_str().into(), negated: false, values: vec![value.to_owned()] }
        }
        Condition::Custom(key, _) => {
            Row { field: format!("{CUSTOM}{key}").into(), negated, values: condition.values() }
        }
        other => Row { field: other.field()?.as_str().into(), negated, values: other.values() },
    })
}

/// The text of a filled-in form. It is not checked: `parse` is what judges a text, and says where a
/// value is wrong. Names that need quotes get them.
#[must_use]
pub fn text(rows: &[Row]) -> String {
    let said = rows.iter().filter_map(|row| {
        let values = row.values.iter().map(|value| value.trim()).filter(|value| !value.is_empty());
        let values: Vec<String> = values.map(|value| written(&row.field, value)).collect();
        let sign = if row.negated { "-" } else { "" };
        (!values.is_empty()).then(|| format!("{sign}{}:{}", row.field, values.join(",")))
    });
    said.collect::<Vec<String>>().join(" ")
}

fn written(field: &str, value: &str) -> String {
    let named = match Field::parse(field).map(Field::values) {
        // A bare word that is a state would mean that one.
        Some(Values::Status) if State::parse(&value.to_lowercase()).is_some() => {
            return format!("\"{value}\"");
        }
        Some(
            Values::Unit
            | Values::Service
            | Values::Holder
            | Values::Requester
            | Values::Organisation
            | Values::Status,
        ) => true,
        Some(Values::Tag) => {
            return Tag::parse(value).map_or_else(|_| value.to_owned(), |tag| tag.to_string());
        }
        Some(Values::Words(_) | Values::Time(_) | Values::Number { .. } | Values::Link) => false,
        // What an answer says may be words as well.
        None => field.starts_with(CUSTOM),
    };
    let spaced = value.contains(|c: char| c.is_whitespace() || "(),\":".contains(c));
    match Name::whole(value) {
        Some(name) if named && spaced && !is_quoted(value) => name.to_string(),
        _ => value.to_owned(),
    }
}

fn is_quoted(value: &str) -> bool {
    value.len() > 1 && value.starts_with('"') && value.ends_with('"')
}
