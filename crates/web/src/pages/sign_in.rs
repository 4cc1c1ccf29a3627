//! Signing in and out. What is said about a wrong password, an unknown address and somebody who was
//! shut out is the same to the byte.

pub mod next;
pub mod peer;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::demo::{self, DemoPerson};
use desk::sign_in::{SignInError, SignedIn};
use domain::event::Actor;
use domain::id::PersonId;
use maud::{Markup, html};
use serde::Deserialize;

use self::peer::Peer;
use crate::app::App;
use crate::form::{Nothing, Posted};
use crate::guard;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::flash::{self, Flash, Mood};
use crate::ui::{avatar, layout};
use crate::visitor::{self, Visitor};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in", Right::Anybody, get(show)),
        Route::post("/sign-in", Right::Anybody, post(sign_in)),
        Route::post("/sign-in/demo", Right::Anybody, post(sign_in_as)),
        Route::post("/sign-out", Right::SignedIn, post(sign_out)),
    ]
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    next: String,
    /// Somebody just signed out.
    out: Option<String>,
}

#[derive(Deserialize)]
struct Credentials {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

#[derive(Debug, Deserialize)]
struct Chosen {
    person: i64,
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`; who is signed in already goes on.
async fn show(
    State(app): State<App>,
    visitor: Option<Visitor>,
    headers: HeaderMap,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, Refused> {
    let wanted = wanted.map(|Query(wanted)| wanted).unwrap_or_default();
    if visitor.is_some() {
        return Ok(Redirect::to(next::local(&wanted.next)).into_response());
    }
    let locale = spoken(&headers);
    let flash = wanted.out.map(|_| Flash { mood: Mood::Done, words: t!(locale, "signed-out") });
    Ok(page(&app, locale, &wanted.next, "", flash).await?.into_response())
}

/// `POST /sign-in`.
async fn sign_in(
    State(app): State<App>,
    Peer(peer): Peer,
    headers: HeaderMap,
    posted: Result<Posted<Credentials>, Refused>,
) -> Result<Response, Refused> {
    let Posted(sent) = posted?;
    let locale = spoken(&headers);
    match desk::sign_in::sign_in(&app.desk, &sent.email, &sent.password, peer).await {
        Ok(signed_in) => Ok(onward(&app, &signed_in, &sent.next)),
        Err(error) => not_yet(&app, locale, &sent.next, &sent.email, error).await,
    }
}

/// `POST /sign-in/demo`: one click in the demonstration; elsewhere it does not exist.
async fn sign_in_as(
    State(app): State<App>,
    Peer(peer): Peer,
    headers: HeaderMap,
    posted: Result<Posted<Chosen>, Refused>,
) -> Result<Response, Refused> {
    if !app.options.demo {
        return Err(Refused::NotFound);
    }
    let Posted(chosen) = posted?;
    let people = app.desk.look(demo::people).await?;
    let person = people
        .into_iter()
        .find(|person| person.person == PersonId(chosen.person))
        .ok_or(Refused::NotFound)?;
    match desk::sign_in::sign_in(&app.desk, &person.email, demo::PASSWORD, peer).await {
        Ok(signed_in) => Ok(onward(&app, &signed_in, &chosen.next)),
        Err(error) => not_yet(&app, spoken(&headers), &chosen.next, &person.email, error).await,
    }
}

/// `POST /sign-out`.
async fn sign_out(
    State(app): State<App>,
    visitor: Visitor,
    posted: Result<Posted<Nothing>, Refused>,
) -> Result<Response, Refused> {
    let Posted(Nothing {}) = posted?;
    let token = visitor.token.clone();
    let actor = Actor::Person(visitor.viewer.person);
    app.desk.act(actor, move |act| desk::sign_in::sign_out(act, &token)).await?;
    Ok(([(header::SET_COOKIE, no_cookie(&app))], Redirect::to("/sign-in?out=1")).into_response())
}

/// The session's cookie, and on to where the person wanted to go.
pub(super) fn onward(app: &App, signed_in: &SignedIn, wanted: &str) -> Response {
    ([(header::SET_COOKIE, cookie(app, &signed_in.token))], Redirect::to(next::local(wanted))).into_response()
}

fn cookie(app: &App, token: &str) -> String {
    let age = desk::sign_in::LONGEST.as_secs();
    format!("{}={token}; Max-Age={age}; {}", visitor::cookie_name(app.options.secure), attributes(app))
}

/// Takes the cookie away.
pub(super) fn no_cookie(app: &App) -> String {
    format!("{}=; Max-Age=0; {}", visitor::cookie_name(app.options.secure), attributes(app))
}

fn attributes(app: &App) -> &'static str {
    if app.options.secure {
        "Path=/; HttpOnly; SameSite=Lax; Secure"
    } else {
        "Path=/; HttpOnly; SameSite=Lax"
    }
}

/// The page again: what was typed is kept, except for the password.
async fn not_yet(
    app: &App,
    locale: Locale,
    next: &str,
    email: &str,
    error: SignInError,
) -> Result<Response, Refused> {
    let (status, words, wait) = match error {
        SignInError::Wrong => {
            (StatusCode::UNPROCESSABLE_ENTITY, t!(locale, "sign-in-wrong").to_owned(), None)
        }
        SignInError::TooMany { retry_after_seconds } => {
            let minutes = retry_after_seconds.div_ceil(60);
            let words = t!(locale, "sign-in-too-many", minutes = minutes);
            (StatusCode::TOO_MANY_REQUESTS, words, Some(retry_after_seconds))
        }
        SignInError::Busy => {
            (StatusCode::SERVICE_UNAVAILABLE, t!(locale, "sign-in-busy").to_owned(), Some(5))
        }
        SignInError::Desk(error) => return Err(error.into()),
    };
    let flash = Flash { mood: Mood::Failed, words: &words };
    let mut response = (status, page(app, locale, next, email, Some(flash)).await?).into_response();
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(response)
}

async fn page(
    app: &App,
    locale: Locale,
    next: &str,
    email: &str,
    flash: Option<Flash<'_>>,
) -> Result<Markup, Refused> {
    let people = if app.options.demo { app.desk.look(demo::people).await? } else { Vec::new() };
    let title = t!(locale, "sign-in-title");
    let content = html! {
        h1 { (title) }
        @if let Some(flash) = &flash { (flash::flash(locale, flash)) }
        form.form method="post" action="/sign-in" {
            @if !next.is_empty() { input type="hidden" name="next" value=(next); }
            (field::input(locale, Kind::Email, &Field::new("email", t!(locale, "sign-in-email"))
                .required().autocomplete("username").value(email)))
            (field::input(locale, Kind::Password, &Field::new("password", t!(locale, "sign-in-password"))
                .required().autocomplete("current-password")))
            div { (button::submit(Weight::Primary, None, t!(locale, "sign-in-send"))) }
        }
        @if !people.is_empty() { (demo_people(locale, &people, next)) (tour(locale)) }
    };
    Ok(layout::alone(locale, title, &content))
}

fn demo_people(locale: Locale, people: &[DemoPerson], next: &str) -> Markup {
    html! {
        section.demo {
            h2 { (t!(locale, "demo-title")) }
            p.muted { (t!(locale, "demo-words", password = demo::PASSWORD)) }
            form method="post" action="/sign-in/demo" {
                @if !next.is_empty() { input type="hidden" name="next" value=(next); }
                ul.demo-people {
                    @for person in people {
                        li {
                            button.demo-person type="submit" name="person" value=(person.person.0) {
                                (avatar::avatar(&person.name))
                                span.demo-who { strong { (person.name) } span.muted { (person.hat) } }
                                span.demo-sees { (person.sees) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What to look at in the demonstration; `docs/tour.md` is the same with pictures.
fn tour(locale: Locale) -> Markup {
    let stops = [
        t!(locale, "tour-1"),
        t!(locale, "tour-2"),
        t!(locale, "tour-3"),
        t!(locale, "tour-4"),
        t!(locale, "tour-5"),
        t!(locale, "tour-6"),
        t!(locale, "tour-7"),
        t!(locale, "tour-8"),
        t!(locale, "tour-9"),
        t!(locale, "tour-10"),
    ];
    html! {
        details.demo-tour {
            summary { (t!(locale, "tour-title")) }
            ol { @for stop in stops { li { (stop) } } }
        }
    }
}

/// The language of somebody who has not said who they are.
pub(super) fn spoken(headers: &HeaderMap) -> Locale {
    Locale::choose(None, guard::accepted_language(headers))
}
