//! What the visitor is told: the page of all notices, the newest behind the bell, and reading them.

mod line;

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::notices::board::{self, Lines};
use domain::event::Actor;
use maud::{Markup, html};
use serde::Deserialize;

use super::frame::{self, Frame, Here};
use super::part;
use crate::app::App;
use crate::form::{Nothing, Posted};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::bell;
use crate::ui::button::{self, Weight};
use crate::ui::field;
use crate::ui::icon::Icon;
use crate::ui::navigation;
use crate::visitor::Visitor;

/// Notices of one page, and behind the bell.
const OF_PAGE: usize = 40;
const OF_BELL: usize = 8;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/notices", Right::SignedIn, get(show)),
        Route::get("/notices/latest", Right::SignedIn, get(latest)),
        Route::get("/notices/bell", Right::SignedIn, get(number)),
        Route::post("/notices/read", Right::SignedIn, post(read_all)),
        Route::post("/notices/{notice}/read", Right::SignedIn, post(read_one)),
    ]
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    before: Option<i64>,
}

/// What was read: all of them up to the newest of a page, or those about one ticket.
#[derive(Debug, Deserialize)]
struct Read {
    newest: Option<i64>,
    ticket: Option<i64>,
}

/// `GET /notices`, newest first; `before` says where the page before ended.
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Markup, Refused> {
    let Query(Wanted { before }) = wanted?;
    let lines = lines(&app, &visitor, before, OF_PAGE).await?;
    let locale = visitor.reader.locale;
    let title = t!(locale, "notices-title");
    let older = lines.before.map(|before| format!("/notices?before={before}"));
    let newer = before.map(|_| "/notices");
    let content = html! {
        div.page-head {
            h1 { (title) }
            div.buttons {
                (read_all_button(&visitor, &lines))
                (button::link(Weight::Secondary, Some(Icon::Settings), t!(locale, "notices-choose"), "/profile#notices"))
            }
        }
        div #notices data-told[before.is_none()] hx-get="/notices" hx-trigger="told" hx-select="#notices" hx-swap="outerMorph" {
            @if lines.lines.is_empty() {
                p.muted { @if before.is_some() { (t!(locale, "notices-no-more")) } @else { (t!(locale, "notices-none")) } }
            } @else {
                div.panel { (line::list(&visitor, &lines.lines, line::Place::Page)) }
            }
        }
        (navigation::pages(locale, newer, older.as_deref()))
    };
    Ok(frame::show(&visitor, &Frame::new(title, Here::Elsewhere), &content))
}

/// `GET /notices/latest`: the panel behind the bell.
async fn latest(State(app): State<App>, visitor: Visitor) -> Result<Markup, Refused> {
    let lines = lines(&app, &visitor, None, OF_BELL).await?;
    let locale = visitor.reader.locale;
    if lines.lines.is_empty() {
        return Ok(html! { p.notices-none.muted { (t!(locale, "notices-none")) } });
    }
    Ok(html! {
        @if visitor.unread > 0 { div.notices-bar { (read_all_button(&visitor, &lines)) } }
        (line::list(&visitor, &lines.lines, line::Place::Bell))
    })
}

/// `GET /notices/bell`: the number beside it.
async fn number(visitor: Visitor) -> Markup {
    bell::number(visitor.reader.locale, visitor.unread, "/notices/bell")
}

/// `POST /notices/read`: all of them that were there when the page was made, or those about the ticket that lies open.
async fn read_all(
    State(app): State<App>,
    visitor: Visitor,
    posted: Result<Posted<Read>, Refused>,
) -> Result<Response, Refused> {
    let Posted(read) = posted?;
    let viewer = Arc::clone(&visitor.viewer);
    let acted = app.desk.act(Actor::Person(viewer.person), move |act| {
        if let Some(newest) = read.newest {
            board::read_all(act, &viewer, newest)?;
        }
        if let Some(number) = read.ticket {
            board::read_ticket(act, viewer.person, number)?;
        }
        Ok(())
    });
    acted.await?;
    Ok(Redirect::to("/notices").into_response())
}

/// `POST /notices/{notice}/read`. One that is not there, or somebody else's, is read already.
async fn read_one(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Nothing>, Refused>,
) -> Result<Response, Refused> {
    let (Path(notice), Posted(Nothing {})) = (path?, posted?);
    let viewer = Arc::clone(&visitor.viewer);
    app.desk.act(Actor::Person(viewer.person), move |act| board::read_one(act, &viewer, notice)).await?;
    Ok(Redirect::to("/notices").into_response())
}

/// Opening a ticket reads what its visitor was told about it. The number in the page's own bell is the one after.
pub(crate) async fn opened(
    app: &App,
    visitor: &mut Visitor,
    headers: &HeaderMap,
    number: i64,
) -> Result<(), Refused> {
    // A page that fetches its parts anew may lie behind others, unseen.
    if visitor.unread <= 0 || part::is_fetched(headers) {
        return Ok(());
    }
    let viewer = Arc::clone(&visitor.viewer);
    let person = viewer.person;
    let is_unread = app.desk.look(move |look| Ok(store::notice::board::is_unread(look.tx, person, number)?));
    if is_unread.await? {
        let read = app.desk.act(Actor::Person(person), move |act| {
            board::read_ticket(act, person, number)?;
            board::number(act, &viewer)
        });
        match read.await {
            Ok(unread) => visitor.unread = unread,
            // A desk that cannot write now still shows the ticket.
            Err(cause) => tracing::warn!(%cause, "that notices were read could not be written down"),
        }
    }
    Ok(())
}

async fn lines(app: &App, visitor: &Visitor, before: Option<i64>, most: usize) -> Result<Lines, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    Ok(app.desk.look(move |look| board::lines(look, &viewer, before, most)).await?)
}

fn read_all_button(visitor: &Visitor, lines: &Lines) -> Markup {
    let Some(newest) = lines.lines.first().filter(|_| visitor.unread > 0) else { return html! {} };
    html! {
        form.inline method="post" action="/notices/read" {
            (field::token(&visitor.csrf))
            input type="hidden" name="newest" value=(newest.id);
            (button::submit(Weight::Secondary, Some(Icon::Check), t!(visitor.reader.locale, "notices-read-all")))
        }
    }
}
