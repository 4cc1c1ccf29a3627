//! How a text will look, before it is sent.

use axum::http::HeaderMap;
use axum::routing::post;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::frame::{self, Frame, Here};
use super::super::part;
use crate::form::Posted;
use crate::markdown;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::post("/portal/preview", Right::SignedIn, post(show))]
}

#[derive(Debug, Deserialize)]
struct Written {
    #[serde(default)]
    body: String,
}

/// `POST /portal/preview`: a fragment for a live page, else a page of its own.
async fn show(
    visitor: Visitor,
    headers: HeaderMap,
    written: Result<Posted<Written>, Refused>,
) -> Result<Markup, Refused> {
    let Posted(written) = written?;
    let locale = visitor.reader.locale;
    let shown = if written.body.trim().is_empty() {
        html! { p.muted { (t!(locale, "preview-empty")) } }
    } else {
        html! { (markdown::render(&written.body)) }
    };
    if part::is_fetched(&headers) {
        return Ok(shown);
    }
    let title = t!(locale, "preview-title");
    let content = html! {
        div.page-head { h1 { (title) } }
        div.panel { div.panel-body.prose { (shown) } }
        p.muted { (t!(locale, "preview-close")) }
    };
    Ok(frame::show(&visitor, &Frame::new(title, Here::MyTickets), &content))
}
