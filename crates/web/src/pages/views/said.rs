//! A filter in the words of its reader: what a list or a search shows.

use domain::filter::{Condition, Filter};

use super::words;
use crate::t;
use crate::text::Locale;

/// Parts that all hold stand behind each other.
pub(in crate::pages) fn said(locale: Locale, filter: &Filter) -> String {
    match filter {
        Filter::All(parts) => joined(locale, parts, " \u{b7} "),
        other => part(locale, other),
    }
}

fn part(locale: Locale, filter: &Filter) -> String {
    match filter {
        Filter::All(parts) => format!("({})", joined(locale, parts, ", ")),
        Filter::Any(parts) => joined(locale, parts, t!(locale, "filter-said-or")),
        Filter::Not(inner) => t!(locale, "filter-said-not", what = part(locale, inner)),
        Filter::Words(word) => format!("\u{201c}{}\u{201d}", word.text()),
        Filter::Where(condition) => where_(locale, condition),
    }
}

fn joined(locale: Locale, parts: &[Filter], joint: &str) -> String {
    parts.iter().map(|one| part(locale, one)).collect::<Vec<_>>().join(joint)
}

fn where_(locale: Locale, condition: &Condition) -> String {
    let known = |words: Vec<&'static str>| -> Vec<String> {
        words.into_iter().map(|word| words::value(locale, word).to_owned()).collect()
    };
    let values = match condition {
        Condition::Is(flag) => return words::flag(locale, *flag).to_owned(),
        Condition::State(states) => known(states.iter().map(|state| state.as_str()).collect()),
        Condition::Kind(kinds) => known(kinds.iter().map(|kind| kind.as_str()).collect()),
        Condition::Class(classes) => known(classes.iter().map(|class| class.as_str()).collect()),
        Condition::Waiting(waiting) => known(waiting.iter().map(|waiting| waiting.as_str()).collect()),
        other => other.values(),
    };
    let label = match condition {
        Condition::Custom(key, _) => key.as_str(),
        other => other.field().map_or("", |field| words::field(locale, field)),
    };
    format!("{label}: {}", values.join(", "))
}
