//! How it went, said from a link in a mail: looking shows the choice and never votes, one button does.

use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::DeskError;
use domain::event::Actor;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;

use super::sign_in;
use crate::app::App;
use crate::format::Reader;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field};
use crate::ui::layout;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/rating/{token}", Right::Anybody, get(show)),
        Route::post("/rating/{token}", Right::Anybody, post(rate)),
    ]
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Chosen {
    rating: String,
    comment: String,
}

/// `GET /rating/{token}?rating=`: the choice, and a button. Nothing of the ticket stands here: whoever has the
/// mail has the link, and so have the programs that look at it.
async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Path(token): Path<String>,
    chosen: Result<Query<Chosen>, QueryRejection>,
) -> Result<Markup, Refused> {
    let Query(chosen) = chosen?;
    let locale = sign_in::spoken(&headers);
    let asked = token.clone();
    let rateable = app.desk.look(move |look| desk::rate::offered(look, &asked)).await?;
    Ok(page(locale, &token, rateable.again, &chosen, None))
}

/// `POST /rating/{token}`: the token alone speaks, whoever is signed in.
async fn rate(
    State(app): State<App>,
    headers: HeaderMap,
    Path(token): Path<String>,
    sent: Bytes,
) -> Result<Response, Refused> {
    let locale = sign_in::spoken(&headers);
    let chosen: Chosen =
        serde_html_form::from_bytes(&sent).map_err(|cause| Refused::Unreadable(cause.to_string()))?;
    let (said, asked) = (chosen.clone(), token.clone());
    let rated = app.desk.act(Actor::Desk, move |act| {
        let wrong = || DeskError::invalid("rating", desk::Problem::RatingNotANumber);
        desk::rate::run(act, &asked, said.rating.parse().map_err(|_| wrong())?, &said.comment)
    });
    match rated.await {
        Ok(()) => Ok(thanks(locale, &token, &chosen).into_response()),
        Err(error @ (DeskError::Invalid { .. } | DeskError::Conflict(_))) => {
            let reader = Reader { locale, zone: TimeZone::UTC, now: Timestamp::UNIX_EPOCH };
            let words = said::error(&reader, &error);
            let again = page(locale, &token, false, &chosen, Some(&words));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn page(locale: Locale, token: &str, again: bool, chosen: &Chosen, wrong: Option<&str>) -> Markup {
    let title = t!(locale, "rate-title");
    let choices = [
        Choice { value: "5", label: t!(locale, "rating-5"), help: None },
        Choice { value: "4", label: t!(locale, "rating-4"), help: None },
        Choice { value: "3", label: t!(locale, "rating-3"), help: None },
        Choice { value: "2", label: t!(locale, "rating-2"), help: None },
        Choice { value: "1", label: t!(locale, "rating-1"), help: None },
    ];
    let rating = Field::new("rating", t!(locale, "rate-rating")).value(&chosen.rating).required();
    let comment = Field::new("comment", t!(locale, "rate-comment")).value(&chosen.comment);
    let content = html! {
        h1 { (title) }
        p { @if again { (t!(locale, "rate-again")) } @else { (t!(locale, "rate-words")) } }
        @if let Some(wrong) = wrong { p.field-error role="alert" { (wrong) } }
        form.form method="post" action={ "/rating/" (token) } {
            (field::radios(&rating, &choices))
            (field::area(locale, &comment, 4))
            p.field-help { (t!(locale, "rate-seen-by")) }
            div { (button::submit(Weight::Primary, None, t!(locale, "rate-send"))) }
        }
    };
    layout::alone(locale, title, &content)
}

fn thanks(locale: Locale, token: &str, chosen: &Chosen) -> Markup {
    let title = t!(locale, "rate-done");
    let stars = chosen.rating.parse::<usize>().unwrap_or_default().min(5);
    let content = html! {
        h1 { (title) }
        p { span aria-hidden="true" { ("★".repeat(stars)) } " " (t!(locale, "rate-done-words", rating = stars)) }
        p { a href={ "/rating/" (token) "?rating=" (stars) } { (t!(locale, "rate-change")) } }
    };
    layout::alone(locale, title, &content)
}
