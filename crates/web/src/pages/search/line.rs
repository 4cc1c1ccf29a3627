//! The line of a search: its field, what of it was a filter, and what was searched, in words.

use desk::Problem;
use desk::search::Within;
use maud::{Markup, html};

use crate::guard::urlencode;
use crate::pages::views;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind as FieldKind};
use crate::ui::icon::Icon;
use crate::visitor::Visitor;
use crate::{said, t};

/// Whoever lists tickets may filter here, with the same help as above a list.
pub(super) fn field(visitor: &Visitor, q: &str, wrong: Option<&str>) -> Markup {
    let locale = visitor.reader.locale;
    if !visitor.viewer.is_agent() {
        let field = Field::new("q", t!(locale, "search-hint")).value(q).required();
        return field::input(locale, FieldKind::Text, &field);
    }
    let described = if wrong.is_some() { "search-error search-help" } else { "search-help" };
    html! {
        div.field .field-wrong[wrong.is_some()] {
            label for="search-line" { (t!(locale, "search-line")) }
            input.input #search-line name="q" value=(q) required autocomplete="off" spellcheck="false" maxlength="2000"
                autocapitalize="none" list="search-completions" placeholder=(t!(locale, "search-line-example"))
                aria-describedby=(described) aria-invalid=[wrong.map(|_| "true")] hx-get="/views/completions"
                hx-trigger="input changed delay:150ms" hx-target="#search-completions" hx-swap="innerHTML";
            datalist #search-completions {}
            @if let Some(wrong) = wrong { p.field-error #search-error role="alert" { (wrong) } }
            p.field-help #search-help { (t!(locale, "search-line-help")) }
        }
    }
}

/// The way out for whoever meant no filter.
pub(super) fn as_words(locale: Locale, q: &str) -> Markup {
    let href = format!("/search?as=words&q={}", urlencode(q));
    html! { p { a href=(href) { (t!(locale, "search-as-words")) } } }
}

/// It was searched as words, and may have been meant as a filter.
pub(super) fn doubted(locale: Locale, doubt: &Problem) -> Markup {
    html! { p.muted { (t!(locale, "search-doubt")) " " (said::problem(locale, doubt)) } }
}

/// The same as a list, which knows orders, goes on and can be kept as a view.
pub(super) fn as_list(locale: Locale, within: &Within) -> Markup {
    let text = [within.filter.to_string(), within.words.clone()];
    let text: Vec<String> = text.into_iter().filter(|text| !text.is_empty()).collect();
    let href = format!("/views?q={}", urlencode(&text.join(" ")));
    button::link(Weight::Secondary, Some(Icon::Inbox), t!(locale, "search-as-list"), &href)
}

/// What is searched, or was.
pub(super) fn searched(visitor: &Visitor, q: &str, within: Option<&Within>) -> String {
    let locale = visitor.reader.locale;
    if let Some(within) = within {
        let filter = views::said(locale, &within.filter);
        return if within.words.is_empty() {
            t!(locale, "search-searched-filter", filter = filter)
        } else {
            t!(locale, "search-searched-within", words = within.words.as_str(), filter = filter)
        };
    }
    match (visitor.viewer.administrator, visitor.viewer.is_agent(), q.is_empty()) {
        (true, _, true) => t!(locale, "search-searches-all").to_owned(),
        (false, true, true) => t!(locale, "search-searches-agent").to_owned(),
        (false, false, true) => t!(locale, "search-searches").to_owned(),
        (true, _, false) => t!(locale, "search-searched-all", words = q.to_owned()),
        (false, true, false) => t!(locale, "search-searched-agent", words = q.to_owned()),
        (false, false, false) => t!(locale, "search-searched", words = q.to_owned()),
    }
}
