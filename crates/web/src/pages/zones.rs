//! The choice of a time zone: every zone that is known, one list.

use std::sync::LazyLock;

use maud::Markup;

use crate::text::Locale;
use crate::ui::field::{self, Choice, Field};

/// Names of places such as `Europe/Lisbon`, and UTC; the historical aliases without a place are left out.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .filter(|name| name == "UTC" || (name.contains('/') && !name.starts_with("Etc/")))
        .collect();
    names.sort();
    names
});

/// A select; a zone that is set already is among its choices, known or not.
pub fn field(locale: Locale, field: &Field<'_>) -> Markup {
    let choice = |name| Choice { value: name, label: name, help: None };
    let mut choices: Vec<Choice<'_>> = NAMES.iter().map(|name| choice(name.as_str())).collect();
    if !choices.iter().any(|choice| choice.value == field.value) {
        choices.insert(0, choice(field.value));
    }
    field::select(locale, field, &choices)
}
