//! Whether somebody is there: the switch, their absences with who stands in, and for whom they stand in.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::{Act, DeskError, Problem};
use domain::event::Actor;
use domain::id::{AbsenceId, PersonId};
use domain::permission::Viewer;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use maud::{Markup, html};
use serde::Deserialize;
use store::catalogue::Catalogue;
use store::presence::Absence;
use store::queue::Entry;

use super::frame::{self, Frame, Here};
use super::rows;
use crate::app::App;
use crate::form::{Nothing, Posted};
use crate::format::{self, Reader};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::ui::badge::{self, Tone};
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::flash::{Flash, Mood};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::visitor::Visitor;

/// Tickets of one person that are shown to who stands in.
const MOST: i64 = 100;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/presence", Right::Agent, get(show)),
        Route::post("/presence", Right::Agent, post(switch)),
        Route::post("/presence/absences", Right::Agent, post(plan)),
        Route::post("/presence/absences/{absence}/end", Right::Agent, post(end)),
    ]
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Came {
    done: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Switch {
    #[serde(rename = "is")]
    wanted: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Planned {
    /// Whose; one's own without a number.
    person: String,
    from: String,
    until: String,
    substitute: String,
}

struct Page {
    away_since: Option<Timestamp>,
    absences: Vec<Absence>,
    colleagues: Vec<(PersonId, String)>,
    /// Whose tickets are shown, until when, and the tickets.
    stands_in: Vec<(Absence, Vec<Entry>)>,
    names: BTreeMap<PersonId, String>,
    catalogue: Arc<Catalogue>,
}

/// `GET /presence`
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(came): Query<Came>,
) -> Result<Response, Refused> {
    let page = read(&app, &visitor).await?;
    Ok(view(&visitor, &page, came.done.is_some(), &Planned::default(), None).into_response())
}

/// `POST /presence`: away or present from here on.
async fn switch(
    State(app): State<App>,
    visitor: Visitor,
    posted: Result<Posted<Switch>, Refused>,
) -> Result<Response, Refused> {
    let Posted(sent) = posted?;
    act(&app, &visitor, move |act, viewer| match sent.wanted.as_str() {
        "away" => desk::presence::leave(act, viewer),
        "present" => desk::presence::come_back(act, viewer),
        _ => Err(DeskError::invalid("is", Problem::ChooseOne)),
    })
    .await?;
    Ok(Redirect::to("/presence?done=saved").into_response())
}

/// `POST /presence/absences`
async fn plan(
    State(app): State<App>,
    visitor: Visitor,
    posted: Result<Posted<Planned>, Refused>,
) -> Result<Response, Refused> {
    let Posted(sent) = posted?;
    let (typed, zone) = (sent.clone(), visitor.reader.zone.clone());
    let planned = act(&app, &visitor, move |act, viewer| {
        let person = id("person", &sent.person)?.unwrap_or(viewer.person);
        let substitute = id("substitute", &sent.substitute)?;
        let time = days(&zone, &sent.from, &sent.until)?;
        desk::presence::plan(act, viewer, person, substitute, time).map(|_| ())
    });
    match planned.await {
        Ok(()) => Ok(Redirect::to("/presence?done=saved").into_response()),
        Err(DeskError::Invalid { field, problem }) => {
            let words = said::problem(visitor.reader.locale, &problem);
            let page = read(&app, &visitor).await?;
            let page = view(&visitor, &page, false, &typed, Some((field, words.as_str())));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /presence/absences/{absence}/end`
async fn end(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Nothing>, Refused>,
) -> Result<Response, Refused> {
    let (Path(absence), Posted(Nothing {})) = (path?, posted?);
    act(&app, &visitor, move |act, viewer| desk::presence::end(act, viewer, AbsenceId(absence))).await?;
    Ok(Redirect::to("/presence?done=saved").into_response())
}

async fn act<F>(app: &App, visitor: &Visitor, verb: F) -> Result<(), DeskError>
where
    F: FnOnce(&mut Act, &Viewer) -> Result<(), DeskError> + Send + 'static,
{
    let viewer = Arc::clone(&visitor.viewer);
    app.desk.act(Actor::Person(viewer.person), move |act| verb(act, &viewer)).await
}

/// From the beginning of one day to the end of another.
pub(super) fn days(zone: &TimeZone, from: &str, until: &str) -> Result<(Timestamp, Timestamp), DeskError> {
    let until = day("until", until)?.tomorrow();
    let until = until.map_err(|_| DeskError::invalid("until", Problem::DayTooFar))?;
    Ok((begin(zone, "from", day("from", from)?)?, begin(zone, "until", until)?))
}

pub(super) fn id(field: &'static str, text: &str) -> Result<Option<PersonId>, DeskError> {
    let not_listed = |_| DeskError::invalid(field, Problem::NotListedAnyMore);
    Some(text).filter(|text| !text.is_empty()).map(|text| text.parse().map_err(not_listed)).transpose()
}

fn day(field: &'static str, text: &str) -> Result<Date, DeskError> {
    let text = text.trim();
    text.parse().map_err(|_| DeskError::invalid(field, Problem::NotADay { text: text.to_owned() }))
}

fn begin(zone: &TimeZone, field: &'static str, day: Date) -> Result<Timestamp, DeskError> {
    let begins = zone.to_zoned(day.to_datetime(Time::midnight()));
    Ok(begins.map_err(|_| DeskError::invalid(field, Problem::DayTooFar))?.timestamp())
}

async fn read(app: &App, visitor: &Visitor) -> Result<Page, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let read = app.desk.look(move |look| {
        let (me, now) = (viewer.person, look.now);
        let mut stands_in = Vec::new();
        for absence in store::presence::stands_in_for(look.tx, me, now)? {
            let entries = store::assignment::stood_in_for(look.tx, &viewer, absence.person, MOST)?;
            stands_in.push((absence, entries));
        }
        let absences = store::presence::of_person(look.tx, me, now)?;
        let named = absences.iter().flat_map(|absence| [absence.substitute, absence.made_by]).flatten();
        let named = named.chain(stands_in.iter().map(|(absence, _)| absence.person));
        let named: Vec<PersonId> = named.collect();
        Ok(Page {
            away_since: store::presence::away_since(look.tx, me)?,
            absences,
            colleagues: store::presence::colleagues(look.tx, me)?,
            names: store::aside::people(look.tx, named)?,
            stands_in,
            catalogue: Arc::clone(&look.catalogue),
        })
    });
    Ok(read.await?)
}

fn view(visitor: &Visitor, page: &Page, done: bool, typed: &Planned, wrong: Option<(&str, &str)>) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let title = t!(locale, "presence");
    let content = html! {
        header.page-head { h1 { (title) } }
        div.stack {
            (panel::panel(t!(locale, "presence-now"), None, &now(visitor, page)))
            (panel::panel(t!(locale, "absences"), None, &html! {
                (absences(visitor, page))
                (form(visitor, page, typed, wrong))
            }))
            @for (absence, entries) in &page.stands_in {
                @let name = page.names.get(&absence.person).map_or("", String::as_str);
                @let until = format::absolute(reader, absence.until);
                @let title = t!(locale, "presence-for", name = name, time = until);
                section aria-label=(title) {
                    div.section-head { h2 { (title) } }
                    (rows::rows(reader, &page.catalogue, entries, &title))
                }
            }
        }
    };
    let flash = done.then_some(Flash { mood: Mood::Done, words: t!(locale, "presence-saved") });
    frame::show(visitor, &Frame { flash, ..Frame::new(title, Here::Elsewhere) }, &content)
}

fn now(visitor: &Visitor, page: &Page) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    html! {
        @match page.away_since {
            Some(since) => {
                p { (badge::badge(Tone::Soon, Some(Icon::Pause), t!(locale, "presence-away"))) " " (t!(locale, "presence-away-words", time = format::absolute(reader, since))) }
                (switch_form(visitor, "present", Icon::Check, t!(locale, "presence-come-back")))
            }
            None => {
                p { (badge::badge(Tone::Good, Some(Icon::Check), t!(locale, "presence-present"))) " " (t!(locale, "presence-present-words")) }
                (switch_form(visitor, "away", Icon::Pause, t!(locale, "presence-leave")))
            }
        }
    }
}

fn switch_form(visitor: &Visitor, value: &str, which: Icon, label: &str) -> Markup {
    html! {
        form method="post" action="/presence" {
            (field::token(&visitor.csrf))
            (button::submit_as(Weight::Secondary, Some(which), label, "is", value))
        }
    }
}

fn absences(visitor: &Visitor, page: &Page) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    html! {
        @if page.absences.is_empty() { p.muted { (t!(locale, "absences-none")) } }
        ul.plain {
            @for absence in &page.absences {
                li {
                    (span(reader, absence))
                    @if let Some(name) = absence.substitute.and_then(|person| page.names.get(&person)) {
                        ", " (t!(locale, "presence-substitute", name = name.as_str()))
                    }
                    @if let Some(name) = absence.made_by.filter(|by| *by != absence.person).and_then(|by| page.names.get(&by)) {
                        ", " (t!(locale, "absence-planned-by", name = name.as_str()))
                    }
                    " "
                    (button::post(Weight::Quiet, Some(Icon::Cross), t!(locale, "absence-end"), &format!("/presence/absences/{}/end", absence.id), &visitor.csrf))
                }
            }
        }
    }
}

/// Its first and its last day.
pub(super) fn span(reader: &Reader, absence: &Absence) -> String {
    let last = absence.until.checked_sub(1.minute()).unwrap_or(absence.until);
    format!("{} – {}", format::date(reader, absence.from), format::date(reader, last))
}

fn form(visitor: &Visitor, page: &Page, typed: &Planned, wrong: Option<(&str, &str)>) -> Markup {
    let locale = visitor.reader.locale;
    let ids: Vec<(String, &str)> = std::iter::once((String::new(), t!(locale, "absence-nobody")))
        .chain(page.colleagues.iter().map(|(person, name)| (person.to_string(), name.as_str())))
        .collect();
    let choices: Vec<Choice<'_>> =
        ids.iter().map(|(value, label)| Choice { value, label, help: None }).collect();
    let about = |name: &str| wrong.filter(|(field, _)| *field == name).map(|(_, words)| words);
    html! {
        form.form method="post" action="/presence/absences" {
            (field::token(&visitor.csrf))
            (field::input(locale, Kind::Date, &Field::new("from", t!(locale, "absence-from")).required().value(&typed.from).error(about("from"))))
            (field::input(locale, Kind::Date, &Field::new("until", t!(locale, "absence-until")).required().value(&typed.until).error(about("until"))))
            (field::select(locale, &Field::new("substitute", t!(locale, "absence-substitute")).value(&typed.substitute).help(t!(locale, "absence-substitute-words")).error(about("substitute")), &choices))
            div { (button::submit(Weight::Primary, Some(Icon::Plus), t!(locale, "absence-plan"))) }
        }
    }
}
