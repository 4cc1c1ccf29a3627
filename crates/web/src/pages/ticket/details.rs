//! What the serving side keeps beside the conversation: the tags of a ticket.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::act::Act;
use desk::{DeskError, tag};
use domain::event::{Actor, Detail};
use domain::id::{EventId, TagId};
use domain::permission::Viewer;
use maud::{Markup, html};
use serde::Deserialize;
use store::access::{Annotate, Granted, Serve};

use super::doing::{Done, Form};
use super::view::View;
use super::{Failed, Fields, answer, fields, for_the_desk, links};
use crate::app::App;
use crate::form::{Once, Posted};
use crate::format::Reader;
use crate::pages::shown;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field};
use crate::ui::icon::Icon;
use crate::ui::tag::removable;
use crate::visitor::Visitor;

/// The most tags that are offered while somebody types.
const MOST_OFFERED: i64 = 50;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post("/tickets/{number}/tags", Right::Ticket, post(add)),
        Route::post("/tickets/{number}/tags/removal", Right::Ticket, post(remove)),
        Route::get("/tags", Right::Agent, get(known)),
    ]
}

#[derive(Debug, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    tag: String,
}

/// `GET /tags?tag=BEGUN`: tags in use that begin so, as far as the visitor may know of them.
async fn known(
    State(app): State<App>,
    visitor: Visitor,
    typed: Result<Query<Typed>, QueryRejection>,
) -> Result<Markup, Refused> {
    let Query(Typed { tag }) = typed?;
    let Some(begun) = domain::tag::begun(&tag) else { return Ok(html! {}) };
    let viewer = Arc::clone(&visitor.viewer);
    let known = app.desk.look(move |look| Ok(store::tag::known(look.tx, &viewer, &begun, MOST_OFFERED)?));
    let known = known.await?;
    Ok(html! { @for tag in &known { option value=(tag) {} } })
}

async fn add(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Typed>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), Posted(Typed { tag })) = (path?, posted?);
    let typed = tag.clone();
    let outcome = serving(&app, &visitor, number, move |act, granted| {
        // Several at once, as they are often pasted.
        typed.split(',').try_for_each(|one| tag::add(act, granted, &tag::parse("tag", one)?))
    });
    match outcome.await {
        Err(error) => {
            let typed = Fields { name: tag, ..Fields::default() };
            refused(&app, &visitor, number, error, (Form::Tag, typed)).await
        }
        Ok(()) => Ok(back(number, "tags")),
    }
}

async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Typed>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), Posted(Typed { tag })) = (path?, posted?);
    let verb = move |act: &mut Act, granted| tag::remove(act, granted, &tag::parse("tag", &tag)?);
    serving(&app, &visitor, number, verb).await?;
    Ok(back(number, "tags"))
}

/// Does something that only the serving side does.
pub(super) async fn serving(
    app: &App,
    visitor: &Visitor,
    number: i64,
    verb: impl FnOnce(&mut Act, Granted<Serve>) -> Result<(), DeskError> + Send + 'static,
) -> Result<(), DeskError> {
    let viewer: Arc<Viewer> = Arc::clone(&visitor.viewer);
    let act = app.desk.act(Actor::Person(viewer.person), move |act| {
        let seen = for_the_desk(act.tx, &viewer, number, act.now)?;
        verb(act, seen.serve().ok_or(DeskError::NotAllowed)?)
    });
    act.await
}

/// Does something that whoever may write notes does; the same form sent twice does it once.
pub(super) async fn annotating(
    app: &App,
    visitor: &Visitor,
    once: &Once,
    number: i64,
    verb: impl FnOnce(&mut Act, Granted<Annotate>) -> Result<(), DeskError> + Send + 'static,
) -> Result<(), DeskError> {
    let viewer: Arc<Viewer> = Arc::clone(&visitor.viewer);
    let act = once.act(app, visitor, move |act| {
        let seen = for_the_desk(act.tx, &viewer, number, act.now)?;
        verb(act, seen.annotate().ok_or(DeskError::NotAllowed)?)
    });
    act.await
}

pub(super) fn back(number: i64, place: &str) -> Response {
    Redirect::to(&format!("/tickets/{number}?done={}#{place}", Done::Kept.code())).into_response()
}

/// The ticket again, with what is wrong in a form and what was typed there.
pub(super) async fn refused(
    app: &App,
    visitor: &Visitor,
    number: i64,
    error: DeskError,
    (form, typed): (Form, Fields),
) -> Result<Response, Refused> {
    let DeskError::Invalid { problem, .. } = error else { return Err(error.into()) };
    let words = said::problem(visitor.reader.locale, &problem);
    let failed = Failed::new(form, words, typed);
    let page = answer(app, visitor, number, None, Some(failed), None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The tags of a ticket; the part that a change fetches anew.
pub(super) fn tags(visitor: &Visitor, view: &View) -> Markup {
    let locale = visitor.reader.locale;
    let removal = format!("/tickets/{}/tags/removal", view.sheet.number);
    let may = view.seen.serve().is_some();
    html! {
        div #tags {
            @if view.sheet.tags.is_empty() { p.muted { (t!(locale, "tags-none")) } }
            @else {
                ul.tags aria-label=(t!(locale, "tags")) {
                    @for tag in &view.sheet.tags { li { (removable(locale, &visitor.csrf, tag, may.then_some(&*removal))) } }
                }
            }
        }
    }
}

/// What was typed last stays in its field beside what is wrong with it.
pub(super) fn add_tag(visitor: &Visitor, view: &View, failed: Option<&Failed>) -> Markup {
    let locale = visitor.reader.locale;
    if view.seen.serve().is_none() {
        return html! {};
    }
    let failed = failed.filter(|failed| failed.form == Form::Tag);
    let typed = failed.map_or("", |failed| failed.fields.name.as_str());
    let tag = Field { maximum: Some(400), ..Field::new("tag", t!(locale, "tags-add")) };
    let tag = tag.of(Form::Tag.name()).value(typed).error(failed.map(|failed| failed.words.as_str()));
    html! {
        form.tag-add #do-tag method="post" action={ "/tickets/" (view.sheet.number) "/tags" } {
            (field::token(&visitor.csrf))
            (field::completed(locale, &tag.required(), "tags-known", "/tags"))
            (button::submit(Weight::Quiet, Some(Icon::Plus), t!(locale, "tags-put")))
        }
    }
}

/// A change of a detail as the end of a sentence that begins with who did it.
pub(super) fn told(reader: &Reader, view: &View, event: EventId, detail: &Detail) -> String {
    let locale = reader.locale;
    let name = |tag: &TagId| view.tag_names.get(tag).map_or("…", String::as_str).to_owned();
    match detail {
        Detail::Linked { .. } | Detail::Unlinked { .. } => {
            links::told(locale, view, detail).unwrap_or_default()
        }
        Detail::TagAdded { tag } => t!(locale, "history-tag-added", tag = name(tag)),
        Detail::TagRemoved { tag } => t!(locale, "history-tag-removed", tag = name(tag)),
        Detail::Ticked { item, what } => super::checklist::told(locale, view, *item, *what),
        Detail::Spent { .. } => t!(locale, "history-spent").to_owned(),
        Detail::Answered { field } => fields::told(reader, view, event, *field),
        Detail::StatusSet { stands, .. } => {
            let name = view.catalogue.status(stands.id).map_or("…", |status| status.name.as_str());
            t!(locale, "history-status-set", name = name)
        }
        Detail::StatusCleared => t!(locale, "history-status-cleared").to_owned(),
        Detail::KindChanged { kind } => t!(locale, "history-kind", kind = shown::kind(locale, *kind)),
        Detail::Told { people } => {
            let names: Vec<&str> =
                people.iter().map(|one| view.names.get(one).map_or("…", String::as_str)).collect();
            t!(locale, "history-told", names = names.join(", "))
        }
        Detail::SentAgain { .. } => t!(locale, "history-sent-again").to_owned(),
        Detail::MacroRan { name, .. } => t!(locale, "history-macro", name = name.as_str()),
        Detail::NoteChanged { reason: None, .. } => t!(locale, "history-note-changed").to_owned(),
        Detail::NoteChanged { reason: Some(_), .. } => t!(locale, "history-note-blanked").to_owned(),
    }
}
