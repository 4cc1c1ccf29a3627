//! What the requester's side is writing on its ticket: kept for whoever writes it.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use domain::draft::Text;
use maud::{Markup, html};

use super::acts;
use super::ticket::{self, Part, Shown, Tried};
use crate::app::App;
use crate::form::Posted;
use crate::pages::drafts::{self, Fate, Written};
use crate::pages::uploads;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::post("/portal/tickets/{number}/drafts/reply", Right::Ticket, post(keep))]
}

async fn keep(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    number: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Vec<(String, String)>>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), Posted(pairs)) = (number?, posted?);
    let (viewer, written) = (Arc::clone(&visitor.viewer), Written::read(pairs)?);
    let kept = drafts::keep(&app, &visitor, &headers, &written, move |act| {
        Ok(drafts::on(acts::seen(act, &viewer, number)?, Text::Reply))
    });
    let there =
        |word: &str| Redirect::to(&format!("/portal/tickets/{number}?done={word}#answer")).into_response();
    match kept.await? {
        Fate::Answered(response) => Ok(response),
        Fate::Kept => Ok(there("draft_kept")),
        Fate::Gone => Ok(there("draft_gone")),
        Fate::Not(status, words) => {
            let files = uploads::kept(&app, &visitor, written.files().to_vec()).await?;
            let tried = Tried { part: Part::Reply, text: written.words().to_owned(), words, files };
            ticket::again(&app, &visitor, number, &tried, status).await
        }
    }
}

/// The visitor's own draft, as the form of the answer shows it.
pub(super) fn own<'a>(visitor: &Visitor, shown: &'a Shown) -> drafts::Shown<'a> {
    drafts::Shown::of(visitor, shown.draft.as_ref(), &shown.uploads, address(shown))
}

/// A draft whose form is no longer offered is shown all the same, so that it is not lost.
pub(super) fn homeless(visitor: &Visitor, shown: &Shown) -> Markup {
    let Some(draft) = &shown.draft else { return html! {} };
    drafts::left(visitor, &html! { (t!(visitor.reader.locale, "unsent-own")) }, draft, &address(shown))
}

fn address(shown: &Shown) -> String {
    format!("/portal/tickets/{}/drafts/reply", shown.sheet.number)
}
