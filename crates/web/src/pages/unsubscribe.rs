//! The way out of a kind of mail, from the mail itself: looking changes nothing, pressing does.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::routing::{get, post};
use domain::event::Actor;
use maud::{Markup, html};

use super::admin::texts::names;
use super::sign_in;
use crate::app::App;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::layout;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/unsubscribe/{token}", Right::Anybody, get(show)),
        Route::post("/unsubscribe/{token}", Right::Anybody, post(end)),
    ]
}

/// `GET /unsubscribe/{token}`: what it would end, and the button.
async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Markup, Refused> {
    let locale = sign_in::spoken(&headers);
    let asked = token.clone();
    let subscription = app.desk.look(move |look| desk::notices::offered(look, &asked)).await?;
    let title = t!(locale, "unsubscribe-title");
    let content = html! {
        h1 { (title) }
        p { (t!(locale, "unsubscribe-words", what = names::subscription(locale, subscription))) }
        form.form method="post" action={ "/unsubscribe/" (token) } {
            div { (button::submit(Weight::Primary, None, t!(locale, "unsubscribe-go"))) }
        }
        p.muted { (t!(locale, "unsubscribe-profile")) " " a href="/profile" { (t!(locale, "profile-title")) } }
    };
    Ok(layout::alone(locale, title, &content))
}

/// `POST /unsubscribe/{token}`: a mail program sends it by itself (RFC 8058), so the token alone speaks, and
/// whatever else is in the form is not read.
async fn end(
    State(app): State<App>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Markup, Refused> {
    let locale = sign_in::spoken(&headers);
    let subscription = app.desk.act(Actor::Desk, move |act| desk::notices::unsubscribe(act, &token)).await?;
    let title = t!(locale, "unsubscribe-done");
    let content = html! {
        h1 { (title) }
        p { (t!(locale, "unsubscribe-done-words", what = names::subscription(locale, subscription))) }
        p.muted { (t!(locale, "unsubscribe-profile")) " " a href="/profile" { (t!(locale, "profile-title")) } }
    };
    Ok(layout::alone(locale, title, &content))
}
