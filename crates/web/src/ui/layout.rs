//! The frame of every page: head, top bar, side, content.

use domain::preference::{Preferences, Theme};
use maud::{DOCTYPE, Markup, html};

use super::avatar::avatar;
use super::bell::{self, Bell};
use super::flash::{self, Flash};
use super::icon::{Icon, icon};
use super::navigation::{self, Place};
use super::{button, field};
use crate::assets::{APP_CSS, APP_JS, HTMX_JS, MARK_SVG};
use crate::t;
use crate::text::Locale;

/// What surrounds the content of a page; start with [`Page::new`].
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    pub locale: Locale,
    pub preferences: Preferences,
    pub title: &'a str,
    pub person: Option<Person<'a>>,
    /// The product's main places, one of them current.
    pub places: &'a [Place<'a>],
    /// Views at the side, from [`navigation::views`].
    pub side: Option<&'a Markup>,
    /// The pages above this one; none are shown for a page at the top.
    pub above: &'a [Place<'a>],
    pub flash: Option<Flash<'a>>,
    /// Address of the event stream that tells which parts have changed.
    pub live: Option<&'a str>,
    /// Where the search field of the top bar leads.
    pub search: Option<&'a str>,
    /// What stands on the reader's board.
    pub bell: Option<Bell<'a>>,
    /// What opens over the page: the palette, the overview of the keys.
    pub over: Option<&'a Markup>,
}

/// Who is signed in, for the menu at the end of the top bar.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    pub name: &'a str,
    /// "Warehouse · lead", or an address: the line below the name.
    pub about: &'a str,
    pub places: &'a [Place<'a>],
    /// Whether they are there or away, for those of whom it matters.
    pub presence: Option<bool>,
    pub sign_out: &'a str,
    /// The token for the sign-out form.
    pub token: &'a str,
}

impl<'a> Page<'a> {
    pub const fn new(locale: Locale, preferences: Preferences, title: &'a str) -> Page<'a> {
        Page {
            locale,
            preferences,
            title,
            person: None,
            places: &[],
            side: None,
            above: &[],
            flash: None,
            live: None,
            search: None,
            bell: None,
            over: None,
        }
    }
}

/// A whole page with the top bar.
pub fn page(page: &Page<'_>, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(page.locale.tag()) dir="ltr" data-theme=(page.preferences.theme.as_str())
            data-density=(page.preferences.density.as_str()) {
            (head(page.locale, &page.preferences, page.title))
            body data-live=[page.live] data-keys=(page.preferences.keys.as_str()) {
                a.skip href="#content" { (t!(page.locale, "skip-to-content")) }
                (top_bar(page))
                div.frame .frame-with-side[page.side.is_some()] {
                    @if let Some(side) = page.side {
                        nav #side popover aria-label=(t!(page.locale, "side-navigation")) { (side) }
                    }
                    main #content tabindex="-1" {
                        @if !page.above.is_empty() {
                            (navigation::breadcrumbs(page.locale, page.above, page.title))
                        }
                        @if let Some(words) = &page.flash { (flash::flash(page.locale, words)) }
                        (content)
                    }
                }
                div #toasts role="status" aria-live="polite" {}
                @if let Some(over) = page.over { (over) }
            }
        }
    }
}

/// A page of one centred box for somebody who is not signed in, as their device wants it.
pub fn alone(locale: Locale, title: &str, content: &Markup) -> Markup {
    alone_for(locale, &Preferences::default(), title, content)
}

/// A page of one centred box, such as an error, as its reader wants it.
pub fn alone_for(locale: Locale, preferences: &Preferences, title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(locale.tag()) dir="ltr" data-theme=(preferences.theme.as_str())
            data-density=(preferences.density.as_str()) {
            (head(locale, preferences, title))
            body.alone {
                main #content {
                    p.alone-mark { (product(locale)) }
                    div.alone-box { (content) }
                }
            }
        }
    }
}

/// A page without a frame, to be printed.
pub fn paper(locale: Locale, preferences: &Preferences, title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(locale.tag()) dir="ltr" data-theme=(preferences.theme.as_str())
            data-density=(preferences.density.as_str()) {
            (head(locale, preferences, title))
            body.paper { main #content { (content) } }
        }
    }
}

fn head(locale: Locale, preferences: &Preferences, title: &str) -> Markup {
    // Said before the styles arrive, so that nobody sees the other theme first.
    let scheme = match preferences.theme {
        Theme::System => "light dark",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content=(scheme);
            // The styles are ours, and evaluated attributes are refused by the policy anyway.
            meta name="htmx-config" content=r#"{"includeIndicatorCSS":false,"history":false,"morphIgnore":["data-htmx-powered","open"]}"#;
            title { (title) " · " (t!(locale, "product")) }
            link rel="icon" type="image/svg+xml" href=(MARK_SVG);
            link rel="stylesheet" href=(APP_CSS);
            script src=(HTMX_JS) defer {}
            script src=(APP_JS) defer {}
        }
    }
}

fn top_bar(page: &Page<'_>) -> Markup {
    html! {
        header.bar {
            @if page.side.is_some() {
                button.bar-menu type="button" popovertarget="side" aria-label=(t!(page.locale, "open-navigation")) {
                    (icon(Icon::Menu))
                }
            }
            a.bar-product href="/" { (product(page.locale)) }
            nav.bar-places aria-label=(t!(page.locale, "main-navigation")) {
                ul { @for place in page.places { li { (navigation::link(place)) } } }
            }
            @if let Some(action) = page.search { (search(page.locale, action)) }
            @if let Some(bell) = &page.bell { (bell::bell(page.locale, bell)) }
            @if let Some(person) = &page.person { (person_menu(page.locale, person)) }
        }
    }
}

fn product(locale: Locale) -> Markup {
    html! {
        svg.mark viewBox="0 0 32 32" width="24" height="24" aria-hidden="true" focusable="false" {
            rect.mark-ground width="32" height="32" rx="7" {}
            path.mark-line d="M5 9h9v7h6v7h7" fill="none" {}
        }
        span { (t!(locale, "product")) }
    }
}

fn search(locale: Locale, action: &str) -> Markup {
    html! {
        form.bar-search role="search" action=(action) {
            (icon(Icon::Search))
            input #do-search type="search" name="q" aria-label=(t!(locale, "search")) placeholder=(t!(locale, "search-hint"));
            a.bar-palette href="/palette" data-opens="palette" title=(t!(locale, "palette")) {
                span.visually-hidden { (t!(locale, "palette")) " " }
                kbd { "Ctrl+K" } (icon(Icon::ArrowForward))
            }
        }
    }
}

/// Whether they are there, the way to change it, and to their absences.
fn presence(locale: Locale, present: bool, token: &str) -> Markup {
    let (words, label, wanted) = if present {
        (t!(locale, "presence-present"), t!(locale, "presence-leave"), "away")
    } else {
        (t!(locale, "presence-away"), t!(locale, "presence-come-back"), "present")
    };
    html! {
        form.menu-presence method="post" action="/presence" {
            (field::token(token))
            a href="/presence" { (words) }
            (button::submit_as(button::Weight::Quiet, None, label, "is", wanted))
        }
    }
}

fn person_menu(locale: Locale, person: &Person<'_>) -> Markup {
    html! {
        details.popover.popover-end.bar-person data-popover {
            summary {
                span.visually-hidden { (t!(locale, "person-menu")) ": " }
                (avatar(person.name)) span.bar-person-name { (person.name) }
            }
            div.popover-panel.menu {
                p.menu-head { strong { (person.name) } span.muted { (person.about) } }
                @if let Some(present) = person.presence { (presence(locale, present, person.token)) }
                ul { @for place in person.places { li { (navigation::link(place)) } } }
                form method="post" action=(person.sign_out) {
                    (field::token(person.token))
                    (button::submit(button::Weight::Quiet, Some(Icon::SignOut), t!(locale, "sign-out")))
                }
            }
        }
    }
}
