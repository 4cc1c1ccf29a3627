//! The first run: the code from the console makes the first administrator; afterwards there is no such page.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::DeskError;
use desk::password::Password;
use desk::setup::Claim;
use desk::sign_in::SignInError;
use domain::event::Actor;
use maud::{Markup, html};
use serde::Deserialize;

use super::sign_in::peer::Peer;
use super::{sign_in, zones};
use crate::app::App;
use crate::form::Posted;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::layout;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/set-up", Right::Anybody, get(show)),
        Route::post("/set-up", Right::Anybody, post(claim)),
    ]
}

#[derive(Clone, Default, Deserialize)]
struct Said {
    #[serde(default)]
    code: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    time_zone: String,
}

/// `GET /set-up`.
async fn show(State(app): State<App>, headers: HeaderMap) -> Result<Markup, Refused> {
    must_be_open(&app).await?;
    Ok(page(sign_in::spoken(&headers), &Said::default(), None))
}

/// `POST /set-up`: makes the administrator and signs them in.
async fn claim(
    State(app): State<App>,
    Peer(peer): Peer,
    headers: HeaderMap,
    posted: Result<Posted<Said>, Refused>,
) -> Result<Response, Refused> {
    must_be_open(&app).await?;
    let Posted(said) = posted?;
    let locale = sign_in::spoken(&headers);
    match made(&app, locale, &said).await {
        Ok(()) => {}
        Err(SignInError::Desk(DeskError::Invalid { field, problem })) => {
            let again = page(locale, &said, Some((field, &crate::said::problem(locale, &problem))));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response());
        }
        Err(error) => return Err(refused(locale, error)),
    }
    let signed_in = desk::sign_in::sign_in(&app.desk, &said.email, &said.password, peer)
        .await
        .map_err(|error| refused(locale, error))?;
    Ok(sign_in::onward(&app, &signed_in, ""))
}

async fn made(app: &App, locale: Locale, said: &Said) -> Result<(), SignInError> {
    let password = Password::parse(&said.password, Some(&said.email))?;
    let claim = Claim {
        code: said.code.clone(),
        organisation: said.organisation.clone(),
        name: said.name.clone(),
        email: said.email.clone(),
        language: locale.tag().to_owned(),
        time_zone: said.time_zone.clone(),
        password: desk::sign_in::hash(&app.desk, password).await?,
    };
    app.desk.act(Actor::Desk, move |act| desk::setup::claim(act, &claim)).await?;
    Ok(())
}

async fn must_be_open(app: &App) -> Result<(), Refused> {
    if app.desk.look(desk::setup::is_open).await? { Ok(()) } else { Err(Refused::NotFound) }
}

pub(super) fn refused(locale: Locale, error: SignInError) -> Refused {
    match error {
        SignInError::Desk(error) => error.into(),
        SignInError::TooMany { retry_after_seconds } => Refused::Said(
            StatusCode::TOO_MANY_REQUESTS,
            t!(locale, "sign-in-too-many", minutes = retry_after_seconds.div_ceil(60)),
        ),
        SignInError::Wrong => {
            Refused::Said(StatusCode::UNPROCESSABLE_ENTITY, t!(locale, "sign-in-wrong").to_owned())
        }
        SignInError::Busy => Refused::Busy,
    }
}

fn page(locale: Locale, said: &Said, wrong: Option<(&str, &str)>) -> Markup {
    let title = t!(locale, "setup-title");
    let error = |name: &str| wrong.filter(|(field, _)| *field == name).map(|(_, words)| words);
    let zone = if said.time_zone.is_empty() { "UTC" } else { &said.time_zone };
    let listed: Vec<(&str, &str)> = wrong.into_iter().collect();
    let text = |field: &Field<'_>| field::input(locale, Kind::Text, &field.required());
    let content = html! {
        h1 { (title) }
        p { (t!(locale, "setup-words")) }
        (field::error_summary(locale, &listed))
        form.form method="post" action="/set-up" {
            (text(&Field::new("code", t!(locale, "setup-code")).help(t!(locale, "setup-code-help"))
                .value(&said.code).error(error("code")).autocomplete("off")))
            (text(&Field::new("organisation", t!(locale, "setup-organisation"))
                .value(&said.organisation).error(error("organisation")).autocomplete("organization")))
            (text(&Field::new("name", t!(locale, "setup-name"))
                .value(&said.name).error(error("name")).autocomplete("name")))
            (field::input(locale, Kind::Email, &Field::new("email", t!(locale, "setup-email"))
                .required().value(&said.email).error(error("email")).autocomplete("username")))
            (field::input(locale, Kind::Password, &Field::new("password", t!(locale, "setup-password"))
                .required().help(t!(locale, "setup-password-help")).error(error("password")).autocomplete("new-password")))
            (zones::field(locale, &Field::new("time_zone", t!(locale, "setup-zone"))
                .required().value(zone).error(error("time_zone"))))
            div { (button::submit(Weight::Primary, None, t!(locale, "setup-send"))) }
        }
    };
    layout::alone(locale, title, &content)
}
