//! What somebody says about themselves, their password, and what they may see, in words.

mod notices;
mod preferences;
mod signature;

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::people::Profile;
use desk::sign_in::SignInError;
use desk::{DeskError, Look};
use domain::event::Actor;
use domain::notice::{self, Occasion};
use domain::permission::Viewer;
use maud::{Markup, html};
use serde::Deserialize;
use store::unit::Role;

use super::frame::{self, Frame, Here};
use super::sign_in::peer::Peer;
use super::{set_up, sign_in, zones};
use crate::app::App;
use crate::form::{Nothing, Posted};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::flash::{Flash, Mood};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel;
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/profile", Right::SignedIn, get(show)),
        Route::post("/profile", Right::SignedIn, post(change)),
        Route::post("/profile/notices", Right::SignedIn, post(notices::change)),
        Route::post("/profile/preferences", Right::SignedIn, post(preferences::change)),
        Route::get("/profile/signature", Right::Agent, get(signature::show)),
        Route::post("/profile/signature", Right::Agent, post(signature::change)),
        Route::post("/profile/password", Right::SignedIn, post(change_password)),
        Route::post("/profile/sessions/end", Right::SignedIn, post(sign_out_everywhere)),
    ]
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Done {
    Saved,
    Notices,
    Preferences,
    Password,
}

#[derive(Debug, Clone, Copy, Deserialize)]
struct Wanted {
    done: Option<Done>,
}

#[derive(Debug, Clone, Deserialize)]
struct Said {
    #[serde(default)]
    name: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    time_zone: String,
}

#[derive(Deserialize)]
struct Passwords {
    #[serde(default)]
    current: String,
    #[serde(default)]
    new: String,
}

/// What the forms of the page show: what holds now, or what was typed.
struct Typed {
    said: Said,
    chosen: preferences::Chosen,
}

/// What somebody holds, with the names of it.
struct Holds {
    serves: Vec<(String, Role)>,
    oversees: Vec<String>,
    organisation: Option<(String, bool)>,
    notices: Vec<(Occasion, notice::Choice)>,
}

/// `GET /profile`.
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, Refused> {
    let Query(wanted) = wanted?;
    let locale = visitor.reader.locale;
    let flash = wanted.done.map(|done| Flash {
        mood: Mood::Done,
        words: match done {
            Done::Saved => t!(locale, "profile-saved"),
            Done::Notices => t!(locale, "profile-notices-saved"),
            Done::Preferences => t!(locale, "profile-preferences-saved"),
            Done::Password => t!(locale, "profile-password-changed"),
        },
    });
    again(&app, &visitor, &Typed::of(&visitor), None, flash, StatusCode::OK).await
}

/// `POST /profile`.
async fn change(
    State(app): State<App>,
    visitor: Visitor,
    posted: Result<Posted<Said>, Refused>,
) -> Result<Response, Refused> {
    let Posted(said) = posted?;
    let viewer = Arc::clone(&visitor.viewer);
    let profile = Profile {
        name: said.name.clone(),
        language: said.language.clone(),
        time_zone: said.time_zone.clone(),
    };
    let actor = Actor::Person(viewer.person);
    match app.desk.act(actor, move |act| desk::people::change_profile(act, &viewer, &profile)).await {
        Ok(()) => Ok(Redirect::to("/profile?done=saved").into_response()),
        Err(DeskError::Invalid { field, problem }) => {
            let words = said::problem(visitor.reader.locale, &problem);
            let wrong = Some((field, words.as_str()));
            let typed = Typed { said, ..Typed::of(&visitor) };
            again(&app, &visitor, &typed, wrong, None, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /profile/password`: the old one is asked for; other sessions end.
async fn change_password(
    State(app): State<App>,
    visitor: Visitor,
    Peer(peer): Peer,
    posted: Result<Posted<Passwords>, Refused>,
) -> Result<Response, Refused> {
    let Posted(sent) = posted?;
    let (viewer, token) = (&visitor.viewer, &visitor.token);
    match desk::sign_in::change_password(&app.desk, viewer, token, &sent.current, &sent.new, peer).await {
        Ok(()) => Ok(Redirect::to("/profile?done=password").into_response()),
        Err(SignInError::Desk(DeskError::Invalid { field, problem })) => {
            let words = said::problem(visitor.reader.locale, &problem);
            let wrong = Some((field, words.as_str()));
            again(&app, &visitor, &Typed::of(&visitor), wrong, None, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(set_up::refused(visitor.reader.locale, error)),
    }
}

/// `POST /profile/sessions/end`: here, and on every other device.
async fn sign_out_everywhere(
    State(app): State<App>,
    visitor: Visitor,
    posted: Result<Posted<Nothing>, Refused>,
) -> Result<Response, Refused> {
    let Posted(Nothing {}) = posted?;
    let viewer = Arc::clone(&visitor.viewer);
    let actor = Actor::Person(viewer.person);
    app.desk.act(actor, move |act| desk::sign_in::sign_out_everywhere(act, &viewer)).await?;
    Ok(([(header::SET_COOKIE, sign_in::no_cookie(&app))], Redirect::to("/sign-in?out=1")).into_response())
}

impl Typed {
    fn of(visitor: &Visitor) -> Self {
        let said = Said {
            name: visitor.name.clone(),
            language: visitor.reader.locale.tag().to_owned(),
            time_zone: visitor.reader.zone.iana_name().unwrap_or("UTC").to_owned(),
        };
        Self { said, chosen: preferences::Chosen::of(&visitor.preferences) }
    }
}

async fn again(
    app: &App,
    visitor: &Visitor,
    typed: &Typed,
    wrong: Option<(&str, &str)>,
    flash: Option<Flash<'_>>,
    status: StatusCode,
) -> Result<Response, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let holds = app.desk.look(move |look| holds(look, &viewer)).await?;
    Ok((status, page(visitor, &holds, typed, wrong, flash)).into_response())
}

fn holds(look: &mut Look, viewer: &Viewer) -> Result<Holds, DeskError> {
    let memberships = store::unit::memberships(look.tx, viewer.person)?;
    let (_, organisation) = store::access::standing(look.tx, viewer.person)?.ok_or(DeskError::NotFound)?;
    let organisation = match organisation {
        Some(id) => store::organisation::by_id(look.tx, id)?,
        None => None,
    };
    let named = |unit| look.catalogue.unit_name(unit).to_owned();
    Ok(Holds {
        serves: memberships
            .into_iter()
            .filter(|(unit, _)| viewer.serves_in(*unit))
            .map(|(unit, role)| (named(unit), role))
            .collect(),
        oversees: viewer
            .oversees
            .iter()
            .filter(|unit| !viewer.serves_in(**unit))
            .map(|unit| named(*unit))
            .collect(),
        organisation: organisation.map(|found| (found.name, found.shares_tickets)),
        notices: desk::notices::choices(look, viewer)?,
    })
}

fn page(
    visitor: &Visitor,
    holds: &Holds,
    typed: &Typed,
    wrong: Option<(&str, &str)>,
    flash: Option<Flash<'_>>,
) -> Markup {
    let locale = visitor.reader.locale;
    let title = t!(locale, "profile-title");
    let listed: Vec<(&str, &str)> = wrong.into_iter().collect();
    let content = html! {
        div.page-head { h1 { (title) } }
        (field::error_summary(locale, &listed))
        div.columns {
            div.stack {
                (panel::panel(t!(locale, "profile-about"), None, &about(visitor, &typed.said, wrong)))
                (panel::panel(t!(locale, "profile-preferences"), None, &preferences::form(visitor, &typed.chosen, wrong)))
                (panel::panel(t!(locale, "profile-notices"), None, &notices::form(visitor, &holds.notices)))
                (panel::panel(t!(locale, "profile-password"), None, &password(visitor, wrong)))
                (panel::panel(t!(locale, "profile-sessions"), None, &html! {
                    p { (t!(locale, "profile-sessions-words")) }
                    div { (button::post(Weight::Secondary, Some(Icon::SignOut), t!(locale, "profile-sign-out-everywhere"), "/profile/sessions/end", &visitor.csrf)) }
                }))
            }
            (panel::panel(t!(locale, "profile-holds"), None, &held(visitor, holds)))
        }
    };
    frame::show(visitor, &Frame { flash, ..Frame::new(title, Here::Elsewhere) }, &content)
}

fn about(visitor: &Visitor, said: &Said, wrong: Option<(&str, &str)>) -> Markup {
    let locale = visitor.reader.locale;
    let error = |name: &str| wrong.filter(|(field, _)| *field == name).map(|(_, words)| words);
    let languages =
        Locale::ALL.map(|known| Choice { value: known.tag(), label: known.own_name(), help: None });
    html! {
        form.form method="post" action="/profile" {
            (field::token(&visitor.csrf))
            (field::input(locale, Kind::Text, &Field::new("name", t!(locale, "profile-name"))
                .required().value(&said.name).error(error("name")).autocomplete("name")))
            (field::select(locale, &Field::new("language", t!(locale, "profile-language"))
                .required().value(&said.language).error(error("language")), &languages))
            (zones::field(locale, &Field::new("time_zone", t!(locale, "profile-zone"))
                .required().help(t!(locale, "profile-zone-help")).value(&said.time_zone).error(error("time_zone"))))
            div { (button::submit(Weight::Primary, None, t!(locale, "profile-save"))) }
        }
    }
}

fn password(visitor: &Visitor, wrong: Option<(&str, &str)>) -> Markup {
    let locale = visitor.reader.locale;
    let error = |name: &str| wrong.filter(|(field, _)| *field == name).map(|(_, words)| words);
    html! {
        form.form method="post" action="/profile/password" {
            (field::token(&visitor.csrf))
            (field::input(locale, Kind::Password, &Field::new("current", t!(locale, "profile-current"))
                .required().error(error("current")).autocomplete("current-password")))
            (field::input(locale, Kind::Password, &Field::new("new", t!(locale, "profile-new"))
                .required().help(t!(locale, "setup-password-help")).error(error("password")).autocomplete("new-password")))
            div { (button::submit(Weight::Primary, None, t!(locale, "profile-change-password"))) }
        }
    }
}

/// What the visitor holds, and what each of it lets them see.
fn held(visitor: &Visitor, holds: &Holds) -> Markup {
    let locale = visitor.reader.locale;
    html! {
        ul.held {
            @for (unit, role) in &holds.serves {
                li { (icon(Icon::Unit)) div {
                    strong { @match role {
                        Role::Agent => (t!(locale, "holds-agent", unit = unit.as_str())),
                        Role::Lead => (t!(locale, "holds-lead", unit = unit.as_str())),
                    } }
                    p { (t!(locale, "holds-agent-words")) }
                } }
            }
            @if visitor.viewer.oversees_all {
                li { (icon(Icon::Eye)) div { strong { (t!(locale, "holds-all")) } p { (t!(locale, "holds-overseer-words")) } } }
            } @else if !holds.oversees.is_empty() {
                li { (icon(Icon::Eye)) div {
                    strong { (t!(locale, "holds-overseer", units = holds.oversees.join(", "))) }
                    p { (t!(locale, "holds-overseer-words")) }
                } }
            }
            @if visitor.viewer.administrator {
                li { (icon(Icon::Settings)) div { strong { (t!(locale, "holds-administrator")) } p { (t!(locale, "holds-administrator-words")) } } }
            }
            @if let Some((name, shares)) = &holds.organisation {
                li { (icon(Icon::Organisation)) div {
                    strong { (t!(locale, "holds-organisation", name = name.as_str())) }
                    p { @if *shares { (t!(locale, "holds-organisation-shares")) } @else { (t!(locale, "holds-organisation-alone")) } }
                } }
            }
            li { (icon(Icon::Person)) div {
                strong { (t!(locale, "holds-own")) }
                p { @if visitor.viewer.is_agent() { (t!(locale, "holds-own-agent")) } @else { (t!(locale, "holds-own-words")) } }
            } }
        }
    }
}
