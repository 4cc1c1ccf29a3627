//! The links of a ticket for programs: what it belongs to, as far as the caller reads inside of both ends.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::{DeskError, link};
use domain::event::Actor;
use domain::link::Link;
use serde::{Deserialize, Serialize};

use super::acting::serving;
use crate::app::App;
use crate::form::Sent;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/tickets/{number}/links", Right::Ticket, get(list)),
        Route::post("/api/v1/tickets/{number}/links", Right::Ticket, post(add)),
        Route::post("/api/v1/tickets/{number}/links/removal", Right::Ticket, post(remove)),
    ]
}

#[derive(Debug, Serialize)]
struct Listed {
    /// What the other ticket is to this one.
    link: &'static str,
    number: i64,
    subject: String,
    state: &'static str,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewLink {
    link: Link,
    number: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Removal {
    number: i64,
}

/// `GET /api/v1/tickets/{number}/links`
async fn list(State(app): State<App>, visitor: Visitor, path: Result<Path<i64>, PathRejection>) -> Response {
    let Ok(Path(number)) = path else { return Refused::NotFound.problem() };
    let viewer = Arc::clone(&visitor.viewer);
    let read = app.desk.look(move |look| {
        let seen = store::access::by_number(look.tx, &viewer, number, look.now)?;
        let granted = seen.and_then(store::access::Seen::read_inside).ok_or(DeskError::NotFound)?;
        let mut events = store::event::of_ticket(look.tx, granted.ticket)?;
        link::seen(look, &viewer, granted.ticket, &mut events)
    });
    match read.await {
        Err(error) => Refused::from(error).problem(),
        Ok((links, mut others)) => {
            let listed = links.into_iter().filter_map(|linked| {
                let other = others.remove(&linked.ticket)?;
                let (link, state) = (linked.link.as_str(), other.state.as_str());
                Some(Listed { link, number: other.number, subject: other.subject, state })
            });
            Json(listed.collect::<Vec<_>>()).into_response()
        }
    }
}

/// `POST /api/v1/tickets/{number}/links`
async fn add(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    sent: Result<Sent<NewLink>, Refused>,
) -> Response {
    let (number, NewLink { link, number: other }) = match (path, sent) {
        (Ok(Path(number)), Ok(Sent(new))) => (number, new),
        (Err(_), _) => return Refused::NotFound.problem(),
        (_, Err(refused)) => return refused.problem(),
    };
    let viewer = Arc::clone(&visitor.viewer);
    let added = app.desk.act(Actor::Person(viewer.person), move |act| {
        let granted = serving(act, &viewer, number)?;
        link::add(act, &viewer, granted, link, other)
    });
    answered(added.await, StatusCode::CREATED)
}

/// `POST /api/v1/tickets/{number}/links/removal`
async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    sent: Result<Sent<Removal>, Refused>,
) -> Response {
    let (number, Removal { number: other }) = match (path, sent) {
        (Ok(Path(number)), Ok(Sent(removal))) => (number, removal),
        (Err(_), _) => return Refused::NotFound.problem(),
        (_, Err(refused)) => return refused.problem(),
    };
    let viewer = Arc::clone(&visitor.viewer);
    let removed = app.desk.act(Actor::Person(viewer.person), move |act| {
        let granted = serving(act, &viewer, number)?;
        link::remove(act, &viewer, granted, other)
    });
    answered(removed.await, StatusCode::OK)
}

fn answered(outcome: Result<(), DeskError>, status: StatusCode) -> Response {
    match outcome {
        Ok(()) => (status, Json(serde_json::json!({}))).into_response(),
        Err(error) => Refused::from(error).problem(),
    }
}
