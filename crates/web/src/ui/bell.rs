//! The bell of the top bar: how many notices are unread, and the newest of them on request.

use maud::{Markup, html};

use super::icon::{Icon, icon};
use crate::t;
use crate::text::Locale;

/// More than so many are "99+".
const MOST: i64 = 99;

/// What the bell tells and where it leads.
#[derive(Debug, Clone, Copy)]
pub struct Bell<'a> {
    pub unread: i64,
    /// It is a time in which the reader wants to hear nothing: the number is there, and nothing is said.
    pub quiet: bool,
    /// The newest notices, for the panel.
    pub latest: &'a str,
    pub all: &'a str,
    /// The number again, when it changed.
    pub again: &'a str,
}

/// Without scripts the panel holds the way to the page of all notices.
pub fn bell(locale: Locale, bell: &Bell<'_>) -> Markup {
    html! {
        div.bar-bell {
            details.popover.popover-end data-popover data-bell data-loads {
                summary {
                    (icon(Icon::Bell))
                    span.visually-hidden { (t!(locale, "notices-title")) }
                    (number(locale, bell.unread, bell.again))
                }
                div.popover-panel {
                    div.bell-latest data-opened hx-get=(bell.latest) hx-trigger="opened" {}
                    a.bell-all href=(bell.all) { (t!(locale, "notices-all")) }
                }
            }
            @if !bell.quiet { span.visually-hidden role="status" data-bell-said {} }
        }
    }
}

/// The number alone, as pages fetch it anew.
pub fn number(locale: Locale, unread: i64, again: &str) -> Markup {
    let shown = if unread > MOST { format!("{MOST}+") } else { unread.to_string() };
    html! {
        span.bell-number .bell-none[unread <= 0] data-told hx-get=(again) hx-trigger="told" hx-swap="outerHTML" {
            @if unread > 0 {
                span aria-hidden="true" { (shown) }
                span.visually-hidden { (t!(locale, "notices-unread", count = unread, shown = shown.as_str())) }
            }
        }
    }
}
