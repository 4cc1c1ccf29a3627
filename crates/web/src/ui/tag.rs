//! Tags of a ticket: words that lead to all tickets that have them.

use maud::{Markup, html};

use super::icon::{Icon, icon};
use crate::t;
use crate::text::Locale;
use crate::ui::field;

/// A tag that leads to its tickets, with a button that takes it off where there is an address for that.
pub fn removable(locale: Locale, csrf: &str, tag: &str, removal: Option<&str>) -> Markup {
    html! {
        span.tag {
            a href={ "/views?q=is:open%20tag:" (escaped(tag)) } { (tag) }
            @if let Some(removal) = removal {
                form.inline method="post" action=(removal) {
                    (field::token(csrf))
                    input type="hidden" name="tag" value=(tag);
                    button.tag-off type="submit" { (icon(Icon::Cross)) span.visually-hidden { (t!(locale, "tags-off", tag = tag)) } }
                }
            }
        }
    }
}

/// The few characters of tags that mean something in an address.
fn escaped(tag: &str) -> String {
    tag.replace('+', "%2B")
}
