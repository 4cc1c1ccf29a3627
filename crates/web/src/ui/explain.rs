//! How a figure is formed, on request: the formula, the rows behind it, and how many they are.

use maud::{Markup, html};

use super::icon::{Icon, icon};
use super::panel;
use super::popover::popover_at_end;
use crate::format;
use crate::t;
use crate::text::Locale;

#[derive(Debug, Clone)]
pub struct Explain {
    /// In words, as somebody would say it.
    pub formula: String,
    /// Which rows are counted, and which are not.
    pub rows: String,
    pub n: u64,
    /// Where the rows themselves are, when there is a page of them.
    pub href: Option<String>,
}

/// The panel behind "Explain"; `about` is the title of what it takes apart.
pub fn explain(locale: Locale, about: &str, explain: &Explain) -> Markup {
    let n = format::number(locale, i64::try_from(explain.n).unwrap_or(i64::MAX));
    let facts = [
        (t!(locale, "explain-formula"), html! { (explain.formula) }),
        (t!(locale, "explain-rows"), html! { (explain.rows) }),
        (t!(locale, "explain-n"), html! { (n) }),
    ];
    let trigger = html! { span.picture-link { (icon(Icon::Info)) (t!(locale, "explain")) span.visually-hidden { ": " (about) } } };
    let content = html! {
        strong { (about) }
        (panel::facts(&facts))
        @if let Some(href) = &explain.href { a href=(href) { (t!(locale, "explain-see-rows")) } }
    };
    popover_at_end(&trigger, &content)
}
