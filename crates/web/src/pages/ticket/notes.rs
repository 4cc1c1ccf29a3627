//! One note: what it said before, and its author writing it anew.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::words::Body;
use desk::{DeskError, note};
use domain::event::{Actor, Detail, Event, Fact};
use domain::id::NoteId;
use maud::{Markup, html};
use serde::Deserialize;
use store::message::{Noted, Version};

use super::done::Done;
use super::forward;
use super::view::View;
use crate::app::App;
use crate::form::Posted;
use crate::format;
use crate::markdown;
use crate::pages::frame::{self, Frame, Here};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::{Icon, icon};
use crate::ui::navigation::Place;
use crate::ui::panel;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/tickets/{number}/notes/{note}", Right::Ticket, get(show)),
        Route::post("/tickets/{number}/notes/{note}", Right::Ticket, post(change)),
    ]
}

/// A note with its past, and whether the visitor may change it.
struct Seen {
    noted: Noted,
    versions: Vec<Version>,
    own: bool,
}

/// `GET /tickets/{number}/notes/{note}`
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<(i64, i64)>, PathRejection>,
) -> Result<Response, Refused> {
    let Path((number, id)) = path?;
    let seen = read(&app, &visitor, number, id).await?;
    Ok(page(&visitor, number, &seen, None, None).into_response())
}

async fn read(app: &App, visitor: &Visitor, number: i64, id: i64) -> Result<Seen, DeskError> {
    let viewer = Arc::clone(&visitor.viewer);
    app.desk
        .look(move |look| {
            let seen =
                store::access::by_number(look.tx, &viewer, number, look.now)?.ok_or(DeskError::NotFound)?;
            let granted = seen.read_inside().ok_or(DeskError::NotFound)?;
            let noted = store::message::note(look.tx, &granted, NoteId(id))?.ok_or(DeskError::NotFound)?;
            Ok(Seen {
                versions: store::message::versions(look.tx, &granted, NoteId(id))?,
                own: seen.annotate().is_some()
                    && noted.note.person == Some(viewer.person)
                    && store::forward::of_note(look.tx, NoteId(id))?.is_none(),
                noted,
            })
        })
        .await
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Typed {
    body: String,
    reason: String,
    /// The words are taken away.
    blank: String,
}

/// `POST /tickets/{number}/notes/{note}`
async fn change(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<(i64, i64)>, PathRejection>,
    posted: Result<Posted<Typed>, Refused>,
) -> Result<Response, Refused> {
    let (Path((number, id)), Posted(typed)) = (path?, posted?);
    let (viewer, sent) = (Arc::clone(&visitor.viewer), typed.clone());
    let changed = app.desk.act(Actor::Person(viewer.person), move |act| {
        let seen = store::access::by_number(act.tx, &viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
        if sent.blank.is_empty() {
            note::change(act, seen, NoteId(id), &Body::parse(&sent.body)?)
        } else {
            note::blank(act, seen, NoteId(id), &sent.reason)
        }
    });
    let (status, error) = match changed.await {
        Ok(()) => {
            let done = Done::NoteChanged.code();
            return Ok(Redirect::to(&format!("/tickets/{number}?done={done}#note-{id}")).into_response());
        }
        Err(error @ DeskError::Refused(_)) => (StatusCode::CONFLICT, error),
        Err(error @ DeskError::Invalid { .. }) => (StatusCode::UNPROCESSABLE_ENTITY, error),
        Err(error) => return Err(error.into()),
    };
    let seen = read(&app, &visitor, number, id).await?;
    let words = said::error(&visitor.reader, &error);
    Ok((status, page(&visitor, number, &seen, Some(&typed), Some(&words))).into_response())
}

fn page(visitor: &Visitor, number: i64, seen: &Seen, typed: Option<&Typed>, wrong: Option<&str>) -> Markup {
    let locale = visitor.reader.locale;
    let Seen { noted, versions, own } = seen;
    let title = t!(locale, "note-title");
    let by = noted.name.as_deref().unwrap_or(t!(locale, "history-desk"));
    let content = html! {
        div.page-head { h1 { (icon(Icon::Lock)) " " (title) } }
        p.muted { (by) " · " (format::stamp(&visitor.reader, noted.note.at)) }
        @if let Some(words) = wrong { p.field-error role="alert" { (words) } }
        @if *own { (forms(visitor, number, noted, typed)) } @else { div.macro-says.macro-note.prose { (words(locale, noted)) } }
        (panel::panel(t!(locale, "note-before"), None, &html! {
            @if versions.is_empty() { p.muted { (t!(locale, "note-never-changed")) } }
            @for version in versions {
                article.note-version {
                    p.muted { (t!(locale, "note-until")) " " (format::stamp(&visitor.reader, version.until_at)) }
                    div.prose { (markdown::render(&version.body)) }
                }
            }
        }))
    };
    let ticket = (format!("#{number}"), format!("/tickets/{number}"));
    let above = [Place::new(t!(locale, "place-work"), "/"), Place::new(&ticket.0, &ticket.1)];
    frame::show(visitor, &Frame { above: &above, ..Frame::new(title, Here::Work) }, &content)
}

/// Below a note: how often it was changed, and the way to change it for whoever wrote it.
pub(super) fn past(visitor: &Visitor, view: &View, noted: &Noted) -> Markup {
    let locale = visitor.reader.locale;
    let id = noted.note.id;
    let of_it =
        |event: &&Event| matches!(event.fact, Fact::Detailed(Detail::NoteChanged { note, .. }) if note == id);
    let changed = view.events.iter().filter(of_it).count();
    let is_own = noted.note.person == Some(view.seen.viewer) && view.seen.annotate().is_some();
    let may = is_own && forward::of(view, noted).is_none();
    let address = format!("/tickets/{}/notes/{id}", view.sheet.number);
    html! {
        @if changed > 0 || may {
            p.letter-ways {
                @if changed > 0 { a href=(address) { (t!(locale, "note-changed", count = changed)) } }
                @if may { a href=(address) { (t!(locale, "note-edit")) } }
            }
        }
    }
}

/// What a note says, or that its words are gone.
pub(super) fn words(locale: Locale, noted: &Noted) -> Markup {
    let called: Vec<&str> = noted.reached.as_deref().unwrap_or_default().lines().collect();
    html! {
        @if noted.note.body.is_empty() { p.muted { (t!(locale, "note-blanked")) } }
        @else { (markdown::calling(&noted.note.body, &called)) }
    }
}

fn forms(visitor: &Visitor, number: i64, noted: &Noted, typed: Option<&Typed>) -> Markup {
    let locale = visitor.reader.locale;
    let action = format!("/tickets/{number}/notes/{}", noted.note.id);
    let body =
        typed.filter(|typed| typed.blank.is_empty()).map_or(noted.note.body.as_str(), |typed| &typed.body);
    let reason = typed.map_or("", |typed| typed.reason.as_str());
    html! {
        form.macro-says.macro-note method="post" action=(action) {
            (field::token(&visitor.csrf))
            p.composer-audience { (icon(Icon::Lock)) (t!(locale, "composer-note-seen-by")) }
            (field::area(locale, &Field::new("body", t!(locale, "composer-note-text")).value(body).required(), 6))
            div.buttons { (button::submit(Weight::Primary, Some(Icon::Note), t!(locale, "note-save"))) }
        }
        @if !noted.note.body.is_empty() {
            details {
                summary { (t!(locale, "note-blank")) }
                form.stack method="post" action=(action) {
                    (field::token(&visitor.csrf))
                    p { (t!(locale, "note-blank-words")) }
                    (field::input(locale, Kind::Text, &Field::new("reason", t!(locale, "field-reason")).of("blank").value(reason).required()))
                    div { (button::submit_as(Weight::Danger, Some(Icon::Cross), t!(locale, "note-blank"), "blank", "yes")) }
                }
            }
        }
    }
}
