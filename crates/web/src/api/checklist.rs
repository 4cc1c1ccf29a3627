//! The checklist of a ticket for programs: its steps with who did them when, by the same verbs as the page.

use std::fmt::Debug;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::{Act, DeskError, checklist};
use domain::id::ItemId;
use domain::place::Step;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::access::{Annotate, Granted};

use super::{Id, acting};
use crate::app::App;
use crate::form::Sent;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/tickets/{number}/checklist", Right::Ticket, get(list)),
        Route::post("/api/v1/tickets/{number}/checklist", Right::Ticket, post(add)),
        Route::post("/api/v1/tickets/{number}/checklist/ticks", Right::Ticket, post(tick)),
        Route::post("/api/v1/tickets/{number}/checklist/words", Right::Ticket, post(reword)),
        Route::post("/api/v1/tickets/{number}/checklist/order", Right::Ticket, post(place)),
        Route::post("/api/v1/tickets/{number}/checklist/removal", Right::Ticket, post(remove)),
    ]
}

#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    words: String,
    done_by: Option<String>,
    done_at: Option<Timestamp>,
}

type Number = Result<Path<i64>, PathRejection>;

/// `GET /api/v1/tickets/{number}/checklist`: for whoever reads inside.
async fn list(State(app): State<App>, visitor: Visitor, path: Number) -> Response {
    let Ok(Path(number)) = path else { return Refused::NotFound.problem() };
    let viewer = Arc::clone(&visitor.viewer);
    let read = app.desk.look(move |look| {
        let seen = store::access::by_number(look.tx, &viewer, number, look.now)?;
        let granted = seen.and_then(store::access::Seen::read_inside).ok_or(DeskError::NotFound)?;
        Ok(store::checklist::of_ticket(look.tx, &granted)?)
    });
    match read.await {
        Err(error) => Refused::from(error).problem(),
        Ok(items) => Json(items.into_iter().map(listed).collect::<Vec<_>>()).into_response(),
    }
}

fn listed(item: store::checklist::Item) -> Listed {
    let (done_by, done_at) = item.done.unzip();
    Listed { id: item.id.to_string(), words: item.words, done_by, done_at }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    steps: Vec<String>,
}

/// Adding what stands there already adds nothing, so the same request may be sent again.
async fn add(
    app: State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Number,
    sent: Result<Sent<New>, Refused>,
) -> Response {
    let verb = |act: &mut Act, granted, New { steps }: New| checklist::add(act, granted, &steps.join("\n"));
    acted(app, visitor, &headers, (path, sent), StatusCode::CREATED, verb).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tick {
    id: Id,
    done: bool,
}

async fn tick(
    app: State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Number,
    sent: Result<Sent<Tick>, Refused>,
) -> Response {
    let verb = |act: &mut Act, granted, Tick { id, done }: Tick| {
        checklist::tick(act, granted, ItemId(id.number()), done)
    };
    acted(app, visitor, &headers, (path, sent), StatusCode::OK, verb).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    id: Id,
    words: String,
}

async fn reword(
    app: State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Number,
    sent: Result<Sent<Words>, Refused>,
) -> Response {
    let verb = |act: &mut Act, granted, Words { id, words }: Words| {
        checklist::reword(act, granted, ItemId(id.number()), &words)
    };
    acted(app, visitor, &headers, (path, sent), StatusCode::OK, verb).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    id: Id,
    step: Step,
}

async fn place(
    app: State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Number,
    sent: Result<Sent<Moved>, Refused>,
) -> Response {
    let verb = |act: &mut Act, granted, Moved { id, step }: Moved| {
        checklist::place(act, granted, ItemId(id.number()), step)
    };
    acted(app, visitor, &headers, (path, sent), StatusCode::OK, verb).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Removal {
    id: Id,
}

async fn remove(
    app: State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Number,
    sent: Result<Sent<Removal>, Refused>,
) -> Response {
    let verb = |act: &mut Act, granted, Removal { id }: Removal| {
        checklist::remove(act, granted, ItemId(id.number()))
    };
    acted(app, visitor, &headers, (path, sent), StatusCode::OK, verb).await
}

/// Does one thing with the checklist of a ticket that the caller reads inside.
async fn acted<T: Debug + Send + 'static>(
    State(app): State<App>,
    visitor: Visitor,
    headers: &HeaderMap,
    (path, sent): (Number, Result<Sent<T>, Refused>),
    status: StatusCode,
    verb: impl FnOnce(&mut Act, Granted<Annotate>, T) -> Result<(), DeskError> + Send + 'static,
) -> Response {
    let (number, sent) = match (path, sent) {
        (Ok(Path(number)), Ok(Sent(sent))) => (number, sent),
        (Err(_), _) => return Refused::NotFound.problem(),
        (_, Err(refused)) => return refused.problem(),
    };
    let request = format!("{number} {sent:?}");
    let outcome = acting::once(&app, &visitor, headers, request, move |act, viewer| {
        let seen = store::access::by_number(act.tx, viewer, number, act.now)?;
        let seen = seen.filter(|seen| seen.read_inside().is_some()).ok_or(DeskError::NotFound)?;
        verb(act, seen.annotate().ok_or(DeskError::NotAllowed)?, sent)
    });
    match outcome.await {
        Ok(()) => (status, Json(json!({}))).into_response(),
        Err(refused) => refused.problem(),
    }
}
