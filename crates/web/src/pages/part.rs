//! Parts of a page that a script fetches by themselves; without scripts each is a page of its own.

use axum::http::HeaderMap;
use maud::{Markup, html};

use crate::ui::layout;
use crate::visitor::Visitor;

/// Whether a script asks for a part of the page that lies open, and not somebody for a page.
#[must_use]
pub fn is_fetched(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request")
}

/// Something of a ticket as a page of its own, in the looks that its visitor chose, with the way back.
pub fn of_ticket(visitor: &Visitor, number: i64, title: &str, content: &Markup) -> Markup {
    let content = html! {
        h1 { (title) }
        (content)
        p { a href={ "/tickets/" (number) } { "#" (number) } }
    };
    layout::alone_for(visitor.reader.locale, &visitor.preferences, title, &content)
}
