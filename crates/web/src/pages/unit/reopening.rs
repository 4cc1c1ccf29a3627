//! For how long a unit lets its tickets be reopened: a page for whoever sees the unit, a form for its leads.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{DeskError, Problem, assignment, reopening};
use domain::event::Actor;
use domain::id::UnitId;
use maud::{Markup, html};
use serde::Deserialize;
use store::catalogue::Catalogue;

use super::{Unit, existing, seen};
use crate::app::App;
use crate::form::Posted;
use crate::pages::frame::{self, Frame, Here};
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::flash::{Flash, Mood};
use crate::ui::icon::Icon;
use crate::ui::navigation::Place;
use crate::ui::panel;
use crate::visitor::Visitor;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Came {
    done: Option<String>,
}

/// What the form says: `service` leaves it to each service, `days` is for the unit.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Sent {
    who: String,
    days: String,
}

impl Sent {
    fn of(days: Option<u16>) -> Self {
        match days {
            Some(days) => Self { who: "days".to_owned(), days: days.to_string() },
            None => Self { who: "service".to_owned(), days: String::new() },
        }
    }

    fn days(&self) -> Result<Option<u16>, DeskError> {
        let text = self.days.trim();
        match self.who.as_str() {
            "service" => Ok(None),
            "days" => text.parse().map(Some).map_err(|_| {
                let number = text.chars().next().is_some() && text.chars().all(|one| one.is_ascii_digit());
                let problem = if number {
                    Problem::ReopeningOutOfRange { most: reopening::MOST }
                } else {
                    Problem::NotANumber { text: text.chars().take(40).collect() }
                };
                DeskError::invalid("days", problem)
            }),
            _ => Err(DeskError::invalid("who", Problem::ChooseOne)),
        }
    }
}

/// `GET /units/{unit}/reopening`
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    path: Unit,
    Query(came): Query<Came>,
) -> Result<Response, Refused> {
    let unit = seen(&visitor, path)?;
    let read = read(&app, unit).await?;
    let sent = Sent::of(read.1.reopenings.get(&unit).copied());
    Ok(page(&visitor, unit, &read, &sent, None, came.done.is_some()).into_response())
}

/// `POST /units/{unit}/reopening`
pub(super) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    path: Unit,
    posted: Result<Posted<Sent>, Refused>,
) -> Result<Response, Refused> {
    let unit = seen(&visitor, path)?;
    let Posted(sent) = posted?;
    let viewer = Arc::clone(&visitor.viewer);
    let days = sent.days();
    let changed =
        app.desk.act(Actor::Person(viewer.person), move |act| reopening::set(act, &viewer, unit, days?));
    match changed.await {
        Ok(()) => Ok(Redirect::to(&format!("/units/{unit}/reopening?done=saved")).into_response()),
        Err(error @ (DeskError::Invalid { .. } | DeskError::Conflict(_))) => {
            let words = crate::said::error(&visitor.reader, &error);
            let read = read(&app, unit).await?;
            let page = page(&visitor, unit, &read, &sent, Some(&words), false);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// The name of the unit, and the set-up.
async fn read(app: &App, unit: UnitId) -> Result<(String, Arc<Catalogue>), Refused> {
    let read = app.desk.look(move |look| Ok((existing(look, unit)?.0, Arc::clone(&look.catalogue))));
    Ok(read.await?)
}

fn page(
    visitor: &Visitor,
    unit: UnitId,
    (name, catalogue): &(String, Arc<Catalogue>),
    sent: &Sent,
    wrong: Option<&str>,
    done: bool,
) -> Markup {
    let locale = visitor.reader.locale;
    let title = t!(locale, "reopening");
    let may = assignment::may_set_up(&visitor.viewer, unit);
    let content = html! {
        header.page-head { div { h1 { (title) } p.muted { (name) } } }
        div.stack {
            (panel::panel(t!(locale, "reopening-way"), None, &html! {
                p { (t!(locale, "reopening-words")) }
                @if may { (form(visitor, unit, sent, wrong)) } @else { p { strong { (way(locale, sent)) } } }
            }))
            (panel::panel(t!(locale, "reopening-services"), None, &services(locale, unit, catalogue)))
        }
    };
    let above = format!("/units/{unit}");
    let above = [Place::new(t!(locale, "place-work"), "/"), Place::new(name, &above)];
    let flash = done.then_some(Flash { mood: Mood::Done, words: t!(locale, "reopening-saved") });
    frame::show(visitor, &Frame { above: &above, flash, ..Frame::new(title, Here::Work) }, &content)
}

fn way(locale: Locale, sent: &Sent) -> String {
    match sent.days.parse::<u16>() {
        Ok(days) => t!(locale, "reopening-within", days = i64::from(days)),
        Err(_) => t!(locale, "reopening-by-service").to_owned(),
    }
}

fn form(visitor: &Visitor, unit: UnitId, sent: &Sent, wrong: Option<&str>) -> Markup {
    let locale = visitor.reader.locale;
    let choices = [
        Choice {
            value: "service",
            label: t!(locale, "reopening-by-service"),
            help: Some(t!(locale, "reopening-by-service-help")),
        },
        Choice {
            value: "days",
            label: t!(locale, "reopening-by-unit"),
            help: Some(t!(locale, "reopening-by-unit-help")),
        },
    ];
    let who = Field::new("who", t!(locale, "reopening-who")).value(&sent.who).required();
    let days = Field::new("days", t!(locale, "reopening-days")).value(&sent.days).error(wrong);
    html! {
        form.form method="post" action={ "/units/" (unit) "/reopening" } {
            (field::token(&visitor.csrf))
            (field::radios(&who, &choices))
            (field::input(locale, Kind::Number, &days.help(t!(locale, "reopening-days-help"))))
            div { (button::submit(Weight::Primary, Some(Icon::Check), t!(locale, "reopening-save"))) }
        }
    }
}

/// What each service of the unit says by itself, and whose requesters have no other provider.
fn services(locale: Locale, unit: UnitId, catalogue: &Catalogue) -> Markup {
    let own = catalogue.services.values();
    let own: Vec<_> = own.filter(|offer| offer.service.unit == unit && offer.ended_at.is_none()).collect();
    html! {
        @if own.is_empty() { p.muted { (t!(locale, "reopening-no-services")) } }
        ul.plain-list {
            @for offer in &own {
                li {
                    (offer.name) ": "
                    span.muted {
                        (t!(locale, "reopening-within", days = i64::from(offer.service.reopen_days)))
                        @if offer.service.captive { " · " (t!(locale, "reopening-captive")) }
                    }
                }
            }
        }
    }
}
