//! What programs make of tickets that are one matter, or two: merged, taken apart, and split.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use desk::split::{self, Split};
use desk::words::Subject;
use desk::{DeskError, merge};
use domain::id::{MessageId, ServiceId};
use serde::{Deserialize, Serialize};

use super::Id;
use super::acting::{once, serving};
use crate::app::App;
use crate::form::Sent;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post("/api/v1/tickets/{number}/merge", Right::Ticket, post(merge_into)),
        Route::post("/api/v1/tickets/{number}/merge/end", Right::Ticket, post(take_apart)),
        Route::post("/api/v1/tickets/{number}/messages/{message}/split", Right::Ticket, post(split_off)),
    ]
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Merging {
    /// The number of the ticket that stays.
    into: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TakingApart {}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Splitting {
    service: Id,
    subject: String,
    /// Whether the author is told of the new number, where that can be.
    #[serde(default)]
    tells: bool,
}

/// The ticket that goes on, or that began.
#[derive(Debug, Serialize, Deserialize)]
struct Goes {
    /// Nothing, where the caller may not read it.
    number: Option<i64>,
}

type Number = Result<Path<i64>, PathRejection>;

/// `POST /api/v1/tickets/{number}/merge`: the ticket goes into another one, whose number is the answer.
async fn merge_into(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Number,
    sent: Result<Sent<Merging>, Refused>,
) -> Response {
    let (number, Merging { into }) = match (path, sent) {
        (Ok(Path(number)), Ok(Sent(merging))) => (number, merging),
        (Err(_), _) => return Refused::NotFound.problem(),
        (_, Err(refused)) => return refused.problem(),
    };
    let request = format!("merge {number} {into}");
    let merged = once(&app, &visitor, &headers, request, move |act, viewer| {
        let from = serving(act, viewer, number)?;
        let number = merge::into(act, viewer, from, into)?;
        Ok(Goes { number: Some(number) })
    });
    answered(merged.await, StatusCode::OK)
}

/// `POST /api/v1/tickets/{number}/merge/end`: both are as if they had never been merged.
async fn take_apart(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Number,
    sent: Result<Sent<TakingApart>, Refused>,
) -> Response {
    let number = match (path, sent) {
        (Ok(Path(number)), Ok(Sent(TakingApart {}))) => number,
        (Err(_), _) => return Refused::NotFound.problem(),
        (_, Err(refused)) => return refused.problem(),
    };
    let request = format!("merge/end {number}");
    let apart = once(&app, &visitor, &headers, request, move |act, viewer| {
        let from = serving(act, viewer, number)?;
        merge::apart(act, viewer, from)?;
        Ok(Goes { number: Some(number) })
    });
    answered(apart.await, StatusCode::OK)
}

/// `POST /api/v1/tickets/{number}/messages/{message}/split`: the message begins a ticket of its own.
async fn split_off(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<(i64, i64)>, PathRejection>,
    sent: Result<Sent<Splitting>, Refused>,
) -> Response {
    let (number, message, splitting) = match (path, sent) {
        (Ok(Path((number, message))), Ok(Sent(splitting))) => (number, message, splitting),
        (Err(_), _) => return Refused::NotFound.problem(),
        (_, Err(refused)) => return refused.problem(),
    };
    let request = format!("split {number} {message} {splitting:?}");
    let split = once(&app, &visitor, &headers, request, move |act, viewer| {
        let granted = serving(act, viewer, number)?;
        let split = Split {
            message: MessageId(message),
            service: ServiceId(splitting.service.number()),
            subject: Subject::parse(&splitting.subject)?,
            tells: splitting.tells,
        };
        let opened = split::run(act, viewer, granted, &split)?;
        let seen = store::access::by_id(act.tx, viewer, opened.id, act.now)?;
        Ok::<_, DeskError>(Goes { number: seen.map(|seen| seen.number) })
    });
    answered(split.await, StatusCode::CREATED)
}

fn answered(outcome: Result<Goes, Refused>, status: StatusCode) -> Response {
    match outcome {
        Ok(goes) => (status, Json(goes)).into_response(),
        Err(refused) => refused.problem(),
    }
}
