//! The overview of the keys, as a page for those who come without scripts.

use axum::routing::get;
use maud::Markup;

use super::frame::{self, Frame, Here};
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::{keys, panel};
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    vec![Route::get("/keys", Right::SignedIn, get(show))]
}

/// `GET /keys`.
async fn show(visitor: Visitor) -> Markup {
    let locale = visitor.reader.locale;
    let title = t!(locale, "shortcuts");
    let content = panel::panel(title, None, &keys::overview(locale, &visitor.viewer));
    frame::show(&visitor, &Frame::new(title, Here::Elsewhere), &content)
}
