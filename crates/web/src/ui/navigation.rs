//! Ways through the pages: breadcrumbs, tabs, side views, newer and older.

use maud::{Markup, html};

use super::icon::{Icon, icon};
use crate::format;
use crate::t;
use crate::text::Locale;

/// One place to go; `count` is capped when shown.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub label: &'a str,
    pub href: &'a str,
    pub icon: Option<Icon>,
    pub count: Option<u64>,
    /// There may be more than `count`.
    pub at_least: bool,
    pub current: bool,
}

impl<'a> Place<'a> {
    pub const fn new(label: &'a str, href: &'a str) -> Place<'a> {
        Place { label, href, icon: None, count: None, at_least: false, current: false }
    }

    #[must_use]
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    #[must_use]
    pub const fn count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }

    /// The count, when not everything was counted.
    #[must_use]
    pub const fn at_least(mut self, count: u64) -> Self {
        self.count = Some(count);
        self.at_least = true;
        self
    }

    #[must_use]
    pub const fn current_when(mut self, current: bool) -> Self {
        self.current = current;
        self
    }
}

/// A titled group of views for the side of the page.
pub fn views(title: &str, places: &[Place<'_>]) -> Markup {
    html! {
        section.views {
            h2 { (title) }
            ul { @for place in places { li { (link(place)) } } }
        }
    }
}

pub fn tabs(label: &str, places: &[Place<'_>]) -> Markup {
    html! { nav.tabs aria-label=(label) { ul { @for place in places { li { (link(place)) } } } } }
}

/// The way down to this page; the last one is the page itself and is not a link.
pub fn breadcrumbs(locale: Locale, above: &[Place<'_>], here: &str) -> Markup {
    html! {
        nav.breadcrumbs aria-label=(t!(locale, "breadcrumbs")) {
            ol {
                @for place in above { li { a href=(place.href) { (place.label) } } }
                li aria-current="page" { (here) }
            }
        }
    }
}

/// Keyset pages: there is a newer and an older side, and no numbers to go stale.
pub fn pages(locale: Locale, newer: Option<&str>, older: Option<&str>) -> Markup {
    html! {
        @if newer.is_some() || older.is_some() {
            nav.pages aria-label=(t!(locale, "pages-label")) {
                @if let Some(href) = newer {
                    a.button href=(href) rel="prev" { (icon(Icon::ArrowBack)) (t!(locale, "page-newer")) }
                }
                @if let Some(href) = older {
                    a.button.at-end href=(href) rel="next" { (t!(locale, "page-older")) (icon(Icon::ArrowForward)) }
                }
            }
        }
    }
}

pub(super) fn link(place: &Place<'_>) -> Markup {
    html! {
        a href=(place.href) aria-current=[place.current.then_some("page")] {
            @if let Some(which) = place.icon { (icon(which)) }
            span.label { (place.label) }
            @if let Some(count) = place.count {
                span.count .count-none[count == 0] {
                    (format::count(count)) @if place.at_least && count <= 999 { "+" }
                }
            }
        }
    }
}
