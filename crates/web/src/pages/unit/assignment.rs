//! How a unit gives its tickets: the way, its people and their terms, and what nobody could be given.

mod absences;
mod people;
mod said;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{Act, DeskError, Look, Problem, assignment};
use domain::assignment::{Policy, Skills};
use domain::event::Actor;
use domain::id::{CalendarId, PersonId, ServiceId, UnitId};
use domain::permission::Viewer;
use maud::{Markup, html};
use serde::Deserialize;
use store::assignment::{Giving, Member, Terms, Unassigned};
use store::catalogue::Catalogue;
use store::presence::Absence;

pub(crate) use self::said::shortage;
use super::absences::Planned;
use super::{Unit, existing, seen};

use crate::app::App;
use crate::form::Posted;
use crate::format::{self, Reader};
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
use crate::ui::table::{table, words};
use crate::visitor::Visitor;

/// Rows of the list of what nobody could be given.
const MOST: i64 = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Came {
    done: Option<String>,
}

/// Everything the page shows.
struct Page {
    unit: UnitId,
    name: String,
    giving: Giving,
    members: Vec<Member>,
    unassigned: Vec<Unassigned>,
    /// For whoever may plan them.
    absences: Vec<Absence>,
    catalogue: Arc<Catalogue>,
}

/// One of the forms of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// How the unit gives its tickets.
    Way,
    Terms(PersonId),
    /// An absence, with what was typed.
    Absence(PersonId, Planned),
}

/// A form that was not followed, and why.
struct Back {
    form: Form,
    words: String,
}

/// `GET /units/{unit}/assignment`
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    path: Unit,
    Query(came): Query<Came>,
) -> Result<Response, Refused> {
    let unit = seen(&visitor, path)?;
    let locale = visitor.reader.locale;
    let done = came.done.map(|done| match done.as_str() {
        "absence" => t!(locale, "absence-planned"),
        _ => t!(locale, "assignment-saved"),
    });
    Ok(page(&visitor, &read(&app, &visitor, unit).await?, done, None).into_response())
}

/// `POST /units/{unit}/assignment`: the way of the unit, and a field `need-ID` for each of its services.
pub(super) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    path: Unit,
    posted: Result<Posted<Vec<(String, String)>>, Refused>,
) -> Result<Response, Refused> {
    let unit = seen(&visitor, path)?;
    let Posted(sent) = posted?;
    follow(&app, &visitor, unit, Form::Way, move |act, viewer| {
        let (giving, needs) = giving(&sent)?;
        assignment::set(act, viewer, unit, giving, &needs)
    })
    .await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Sent {
    capacity: String,
    skills: String,
    shift: String,
}

/// `POST /units/{unit}/people/{person}/terms`
pub(super) async fn change_terms(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<(i64, i64)>, PathRejection>,
    posted: Result<Posted<Sent>, Refused>,
) -> Result<Response, Refused> {
    let Path((unit, person)) = path?;
    let unit = seen(&visitor, Ok(Path(unit)))?;
    let (person, Posted(sent)) = (PersonId(person), posted?);
    follow(&app, &visitor, unit, Form::Terms(person), move |act, viewer| {
        assignment::set_terms(act, viewer, unit, person, &terms(&sent)?)
    })
    .await
}

pub(super) async fn follow<F>(
    app: &App,
    visitor: &Visitor,
    unit: UnitId,
    form: Form,
    verb: F,
) -> Result<Response, Refused>
where
    F: FnOnce(&mut Act, &Viewer) -> Result<(), DeskError> + Send + 'static,
{
    let viewer = Arc::clone(&visitor.viewer);
    match app.desk.act(Actor::Person(viewer.person), move |act| verb(act, &viewer)).await {
        Ok(()) => {
            let done = if matches!(form, Form::Absence(..)) { "absence" } else { "saved" };
            Ok(Redirect::to(&format!("/units/{unit}/assignment?done={done}")).into_response())
        }
        Err(error @ (DeskError::Invalid { .. } | DeskError::Conflict(_))) => {
            let back = Back { form, words: crate::said::error(&visitor.reader, &error) };
            let read = read(app, visitor, unit).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(visitor, &read, None, Some(&back))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn giving(sent: &[(String, String)]) -> Result<(Giving, Vec<(ServiceId, Skills)>), DeskError> {
    let mut giving = Giving::default();
    let mut needs = Vec::new();
    for (name, value) in sent {
        match (name.as_str(), name.strip_prefix("need-")) {
            ("policy", _) => {
                let policy = Policy::parse(value);
                giving.policy = policy.ok_or(DeskError::invalid("policy", Problem::ChooseOne))?;
            }
            ("by_language", _) => giving.by_language = value == "yes",
            (_, Some(service)) => {
                let service =
                    service.parse().map_err(|_| DeskError::invalid("", Problem::NotListedAnyMore))?;
                needs.push((service, Skills::parse(value)));
            }
            (_, None) => {
                return Err(DeskError::invalid("", Problem::FieldUnknown { name: name.clone() }));
            }
        }
    }
    Ok((giving, needs))
}

fn terms(sent: &Sent) -> Result<Terms, DeskError> {
    let capacity = match sent.capacity.trim() {
        "" => None,
        text => {
            Some(text.parse::<u32>().ok().filter(|capacity| *capacity <= 100_000).ok_or_else(|| {
                DeskError::invalid("capacity", Problem::NotANumber { text: text.to_owned() })
            })?)
        }
    };
    let shift = match sent.shift.as_str() {
        "" => None,
        text => {
            let shift = text.parse().map_err(|_| DeskError::invalid("shift", Problem::NotListedAnyMore))?;
            Some(CalendarId(shift))
        }
    };
    Ok(Terms { capacity, skills: Skills::parse(&sent.skills), shift })
}

async fn read(app: &App, visitor: &Visitor, unit: UnitId) -> Result<Page, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let read = app.desk.look(move |look| {
        let (name, _) = existing(look, unit)?;
        let now = look.now;
        let absences = if assignment::may_set_up(&viewer, unit) {
            store::presence::of_unit(look.tx, unit, now)?
        } else {
            Vec::new()
        };
        Ok(Page {
            absences,
            unit,
            name,
            giving: look.catalogue.givings.get(&unit).copied().unwrap_or_default(),
            members: store::assignment::members(look.tx, unit, now)?,
            unassigned: unassigned(look, &viewer, unit)?,
            catalogue: Arc::clone(&look.catalogue),
        })
    });
    Ok(read.await?)
}

/// What could be given to nobody; units that give by hand have none, and are not asked.
pub(super) fn unassigned(
    look: &mut Look,
    viewer: &Viewer,
    unit: UnitId,
) -> Result<Vec<Unassigned>, DeskError> {
    if !look.catalogue.givings.contains_key(&unit) {
        return Ok(Vec::new());
    }
    Ok(store::assignment::unassigned(look.tx, viewer, unit, MOST)?)
}

fn page(visitor: &Visitor, page: &Page, done: Option<&str>, back: Option<&Back>) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let may = assignment::may_set_up(&visitor.viewer, page.unit);
    let title = t!(locale, "assignment");
    let content = html! {
        header.page-head {
            div { h1 { (title) } p.muted { (page.name) } }
            @if may { (button::link(Weight::Secondary, Some(Icon::Bolt), t!(locale, "rules"), "/rules")) }
        }
        div.stack {
            (panel::panel(t!(locale, "assignment-unassigned"), None, &list(reader, &page.unassigned)))
            (panel::panel(t!(locale, "assignment-way"), None, &way(visitor, page, may, back)))
            (panel::panel(t!(locale, "assignment-people"), None, &people::people(visitor, page, may, back)))
        }
    };
    let unit = format!("/units/{}", page.unit);
    let above = [Place::new(t!(locale, "place-work"), "/"), Place::new(&page.name, &unit)];
    let flash = done.map(|words| Flash { mood: Mood::Done, words });
    frame::show(visitor, &Frame { above: &above, flash, ..Frame::new(title, Here::Work) }, &content)
}

/// The tickets that nobody could be given, each with the reason.
pub(super) fn list(reader: &Reader, unassigned: &[Unassigned]) -> Markup {
    let locale = reader.locale;
    if unassigned.is_empty() {
        return html! { p.muted { (t!(locale, "assignment-unassigned-none")) } };
    }
    let columns = [
        words(t!(locale, "assignment-ticket")),
        words(t!(locale, "assignment-reason")),
        words(t!(locale, "assignment-since")),
    ];
    let rows: Vec<Vec<Markup>> = unassigned
        .iter()
        .map(|one| {
            vec![
                html! { a href={ "/tickets/" (one.number) } { "#" (one.number) " " (one.subject) } },
                html! { (shortage(locale, &one.shortage)) },
                html! { (format::stamp(reader, one.since)) },
            ]
        })
        .collect();
    html! {
        (table(t!(locale, "assignment-unassigned"), &columns, &rows))
        p.muted { (t!(locale, "assignment-unassigned-words")) }
    }
}

fn policy(locale: Locale, policy: Policy) -> (&'static str, &'static str) {
    match policy {
        Policy::ByHand => (t!(locale, "policy-by-hand"), t!(locale, "policy-by-hand-words")),
        Policy::RoundRobin => (t!(locale, "policy-round-robin"), t!(locale, "policy-round-robin-words")),
        Policy::LeastLoad => (t!(locale, "policy-least-load"), t!(locale, "policy-least-load-words")),
    }
}

fn services(page: &Page) -> impl Iterator<Item = (&ServiceId, &str)> {
    let living = page.catalogue.services.iter().filter(|(_, offer)| offer.ended_at.is_none());
    living.filter(|(_, offer)| offer.service.unit == page.unit).map(|(id, offer)| (id, offer.name.as_str()))
}

fn way(visitor: &Visitor, page: &Page, may: bool, back: Option<&Back>) -> Markup {
    let locale = visitor.reader.locale;
    let needs: BTreeMap<ServiceId, String> =
        page.catalogue.needs.iter().map(|(service, skills)| (*service, skills.joined())).collect();
    if !may {
        let (name, what) = policy(locale, page.giving.policy);
        return html! { p { strong { (name) } " – " (what) } };
    }
    let choices: Vec<Choice<'_>> = Policy::ALL
        .iter()
        .map(|one| {
            let (label, help) = policy(locale, *one);
            Choice { value: one.as_str(), label, help: Some(help) }
        })
        .collect();
    let ways = Field::new("policy", t!(locale, "assignment-way")).value(page.giving.policy.as_str());
    let spoken = Field::new("by_language", t!(locale, "assignment-by-language"))
        .value(if page.giving.by_language { "yes" } else { "" })
        .help(t!(locale, "assignment-by-language-words"));
    html! {
        form.form method="post" action={ "/units/" (page.unit) "/assignment" } {
            (field::token(&visitor.csrf))
            (wrong(back, &Form::Way))
            (field::radios(&ways, &choices))
            (field::checkbox(&spoken))
            @for (service, name) in services(page) {
                @let label = t!(locale, "assignment-need", service = name);
                @let named = format!("need-{service}");
                (field::input(locale, Kind::Text, &Field::new(&named, &label)
                    .value(needs.get(service).map_or("", String::as_str)).help(t!(locale, "assignment-skills-words"))))
            }
            div { (button::submit(Weight::Primary, Some(Icon::Check), t!(locale, "assignment-save"))) }
        }
    }
}

fn wrong(back: Option<&Back>, form: &Form) -> Markup {
    html! {
        @if let Some(back) = back.filter(|back| back.form == *form) {
            p.field-error role="alert" { (back.words) }
        }
    }
}
