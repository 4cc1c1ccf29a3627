//! Two tickets about one matter: both beside each other before they are merged, and what their pages say of it.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::{DeskError, merge};
use domain::event::Actor;
use maud::{Markup, html};
use serde::Deserialize;

use super::doing::{Done, Form};
use super::view::{self, View};
use super::{Failed, Fields, answer, for_the_desk};
use crate::app::App;
use crate::form::{Nothing, Posted};
use crate::format;
use crate::pages::frame::{self, Frame, Here};
use crate::pages::shown;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::{Icon, icon};
use crate::ui::navigation::Place;
use crate::ui::{badge, panel};
use crate::visitor::Visitor;

/// Messages of each ticket that are shown beside those of the other one.
const LAST: usize = 3;
/// What is shown of each.
const EXCERPT: usize = 300;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/tickets/{number}/merge", Right::Ticket, get(compare)),
        Route::post("/tickets/{number}/merge", Right::Ticket, post(run)),
        Route::post("/tickets/{number}/merge/end", Right::Ticket, post(end)),
    ]
}

/// The ticket that stays, as somebody typed its number.
#[derive(Debug, Default, Deserialize)]
struct Other {
    #[serde(default)]
    into: String,
}

impl Other {
    fn number(&self) -> Option<i64> {
        self.into.trim().trim_start_matches('#').parse().ok()
    }
}

/// Both tickets, and whether the one may go into the other.
struct Both {
    from: View,
    into: Option<View>,
    refusal: Option<DeskError>,
    /// Who watches the one that goes.
    watchers: Vec<String>,
}

/// `GET /tickets/{number}/merge?into=NUMBER`: both beside each other, and who would be told.
async fn compare(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    other: Result<Query<Other>, QueryRejection>,
) -> Result<Markup, Refused> {
    let (Path(number), Query(other)) = (path?, other?);
    let both = read(&app, &visitor, number, other.number()).await?;
    let unknown = both.into.is_none() && !other.into.trim().is_empty();
    let trouble = unknown.then(|| t!(visitor.reader.locale, "merge-unknown"));
    Ok(page(&visitor, &both, &other.into, trouble))
}

/// `POST /tickets/{number}/merge`.
async fn run(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Other>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), Posted(other)) = (path?, posted?);
    let (viewer, into) = (Arc::clone(&visitor.viewer), other.number());
    let acted = app.desk.act(Actor::Person(viewer.person), move |act| {
        let from = for_the_desk(act.tx, &viewer, number, act.now)?;
        let from = from.serve().ok_or(DeskError::NotAllowed)?;
        merge::into(act, &viewer, from, into.unwrap_or(0))
    });
    match acted.await {
        Ok(into) => Ok(to(into, Done::Merged)),
        Err(error @ (DeskError::NotFound | DeskError::NotAllowed | DeskError::Store(_))) => Err(error.into()),
        Err(DeskError::Invalid { .. }) => {
            let both = read(&app, &visitor, number, None).await?;
            let trouble = t!(visitor.reader.locale, "merge-unknown");
            let page = page(&visitor, &both, &other.into, Some(trouble));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(_) => {
            let both = read(&app, &visitor, number, other.number()).await?;
            Ok((StatusCode::CONFLICT, page(&visitor, &both, &other.into, None)).into_response())
        }
    }
}

/// `POST /tickets/{number}/merge/end`: both are as if they had never been merged.
async fn end(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Nothing>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), Posted(Nothing {})) = (path?, posted?);
    let viewer = Arc::clone(&visitor.viewer);
    let acted = app.desk.act(Actor::Person(viewer.person), move |act| {
        let from = for_the_desk(act.tx, &viewer, number, act.now)?;
        let from = from.serve().ok_or(DeskError::NotAllowed)?;
        merge::apart(act, &viewer, from)
    });
    match acted.await {
        Ok(()) => Ok(to(number, Done::TakenApart)),
        Err(error @ (DeskError::NotFound | DeskError::NotAllowed | DeskError::Store(_))) => Err(error.into()),
        Err(error) => {
            let words = said::error(&visitor.reader, &error);
            let failed = Failed::new(Form::Merge, words, Fields::default());
            let page = answer(&app, &visitor, number, None, Some(failed), None).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}

fn to(number: i64, done: Done) -> Response {
    Redirect::to(&format!("/tickets/{number}?done={}", done.code())).into_response()
}

async fn read(app: &App, visitor: &Visitor, number: i64, into: Option<i64>) -> Result<Both, Refused> {
    let (viewer, files) = (Arc::clone(&visitor.viewer), app.desk.files.clone());
    let both = app.desk.look(move |look| {
        let from = for_the_desk(look.tx, &viewer, number, look.now)?;
        let serves = from.serve().ok_or(DeskError::NotAllowed)?;
        let granted = from.read_inside().ok_or(DeskError::NotAllowed)?;
        // One that is served by others is as one that does not exist.
        let seen = match into {
            Some(into) => store::access::by_number(look.tx, &viewer, into, look.now)?,
            None => None,
        };
        let seen = seen.filter(|seen| seen.serve().is_some());
        let into = match seen.and_then(|seen| Some((seen, seen.read_inside()?))) {
            Some((seen, granted)) => Some(view::inside(look, &files, &viewer, seen, &granted)?),
            None => None,
        };
        let refusal = match &into {
            Some(into) => match merge::may(look, serves.ticket, into.seen.ticket) {
                Ok(()) => None,
                Err(error @ DeskError::Refused(_)) => Some(error),
                Err(error) => return Err(error),
            },
            None => None,
        };
        let watchers = desk::watch::watchers(look, from)?;
        let from = view::inside(look, &files, &viewer, from, &granted)?;
        Ok(Both { from, into, refusal, watchers })
    });
    Ok(both.await?)
}

fn page(visitor: &Visitor, both: &Both, typed: &str, trouble: Option<&str>) -> Markup {
    let locale = visitor.reader.locale;
    let number = both.from.sheet.number;
    let here = format!("/tickets/{number}/merge");
    let title = t!(locale, "merge-title", ticket = format!("#{number}"));
    let into = Field::new("into", t!(locale, "merge-into")).help(t!(locale, "merge-into-help"));
    let content = html! {
        div.page-head { h1 { (title) } }
        div.stack {
        p { (t!(locale, "merge-words")) }
        form.stack.merge-ask method="get" action=(here) {
            (field::input(locale, Kind::Text, &into.value(typed).error(trouble).required()))
            div { (button::submit(Weight::Secondary, Some(Icon::Eye), t!(locale, "merge-compare"))) }
        }
        @if let Some(into) = &both.into {
            div.merge-both {
                (side(visitor, &both.from, t!(locale, "merge-goes")))
                (side(visitor, into, t!(locale, "merge-stays")))
            }
            (told(visitor, both, into))
            @match &both.refusal {
                Some(error) => (panel::panel(t!(locale, "merge-cannot"), None, &html! {
                    p.field-error role="alert" { (said::error(&visitor.reader, error)) }
                    p { a href={ "/tickets/" (into.sheet.number) "/merge?into=" (number) } { (t!(locale, "merge-other-way")) } }
                })),
                None => form method="post" action=(here) {
                    (field::token(&visitor.csrf))
                    input type="hidden" name="into" value=(into.sheet.number);
                    (button::submit(Weight::Primary, Some(Icon::Link), &t!(locale, "merge-do", ticket = format!("#{}", into.sheet.number))))
                },
            }
        }
        }
    };
    let place = format!("/tickets/{number}");
    let name = format!("#{number} {}", both.from.sheet.subject);
    let above = [Place::new(t!(locale, "place-work"), "/"), Place::new(&name, &place)];
    frame::show(visitor, &Frame { above: &above, ..Frame::new(&title, Here::Work) }, &content)
}

/// One of the two: who asks, where it stands, and what was said last.
fn side(visitor: &Visitor, view: &View, role: &str) -> Markup {
    let reader = &visitor.reader;
    let (locale, sheet) = (reader.locale, &view.sheet);
    let state =
        shown::state(sheet.state, sheet.waiting.as_deref(), sheet.handoffs_open, sheet.asking.is_some());
    let last = view.messages.len().saturating_sub(LAST);
    html! {
        section.panel aria-label=(role) {
            header.panel-head { h2 { (role) } }
            div.panel-body.stack {
                p { a.queue-subject href={ "/tickets/" (sheet.number) } { "#" (sheet.number) " " (sheet.subject) } }
                div.ticket-line { (badge::state(locale, state)) (badge::priority(locale, shown::priority(sheet.priority))) }
                p.small.muted { (sheet.requester.name) @if let Some((_, name)) = &sheet.organisation { " · " (name) } " · " (t!(locale, "ticket-opened")) " " (format::stamp(reader, sheet.opened_at)) }
                @if let Some(at) = sheet.due.own { p.small { (t!(locale, "merge-promised", time = format::absolute(reader, at))) } }
                p.small.muted { (t!(locale, "merge-count", messages = view.messages.len(), notes = view.notes.len())) }
                @for said in &view.messages[last..] {
                    div {
                        p.small { strong { (said.name.as_deref().unwrap_or(t!(locale, "history-desk"))) } " · " (format::stamp(reader, said.message.at)) }
                        p { (excerpt(&said.message.body)) }
                    }
                }
            }
        }
    }
}

fn excerpt(body: &str) -> String {
    let start: String = body.chars().take(EXCERPT).collect();
    if start.len() < body.len() { format!("{start}…") } else { start }
}

/// A merge tells nobody; what changes is who gets what is said afterwards.
fn told(visitor: &Visitor, both: &Both, into: &View) -> Markup {
    let locale = visitor.reader.locale;
    let copies = |view: &View| -> Vec<String> {
        view.mails
            .way
            .as_ref()
            .map_or_else(Vec::new, |way| way.copies.iter().map(|copied| copied.name.clone()).collect())
    };
    let (stay, gone) = (copies(into), copies(&both.from));
    let left: Vec<String> = gone.into_iter().filter(|name| !stay.contains(name)).collect();
    let (from, goes_on) = (format!("#{}", both.from.sheet.number), format!("#{}", into.sheet.number));
    let gets: Vec<&str> =
        std::iter::once(into.sheet.requester.name.as_str()).chain(stay.iter().map(String::as_str)).collect();
    panel::panel(
        t!(locale, "merge-told"),
        None,
        &html! {
            ul.stack {
                li { (t!(locale, "merge-told-nobody")) }
                li { (t!(locale, "merge-told-answers", ticket = goes_on.as_str(), names = gets.join(", "))) }
                @if !left.is_empty() { li { (icon(Icon::Warning)) " " (t!(locale, "merge-told-left", ticket = from.as_str(), names = left.join(", "))) } }
                @if !both.watchers.is_empty() { li { (t!(locale, "merge-told-watchers", ticket = from.as_str(), names = both.watchers.join(", "))) } }
                li { (t!(locale, "merge-told-mail", from = from.as_str(), into = goes_on.as_str())) }
                li { (t!(locale, "merge-told-undo")) }
            }
        },
    )
}
