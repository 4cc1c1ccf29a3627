//! Statuses of one's own for programs: which there are, saying one of a ticket, and correcting its kind.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::{DeskError, Problem, status};
use domain::event::WaitOn;
use domain::id::{OrganisationId, StatusId};
use domain::status::Category;
use domain::ticket::{Kind, Ticket};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::access::{Granted, Seen, Serve};

use super::Id;
use super::acting::{once, serving};
use crate::app::App;
use crate::form::Sent;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/statuses", Right::Agent, get(list)),
        Route::post("/api/v1/tickets/{number}/status", Right::Ticket, post(say)),
        Route::post("/api/v1/tickets/{number}/kind", Right::Ticket, post(correct)),
    ]
}

/// Where a ticket stands, for whoever reads inside.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) name: Option<String>,
    pub(super) category: Category,
}

/// `None` for everybody else.
pub(super) fn inside(look: &mut desk::Look, seen: Seen) -> Result<Option<Standing>, DeskError> {
    let Some(granted) = seen.read_inside() else { return Ok(None) };
    let events = store::event::of_ticket(look.tx, granted.ticket)?;
    let ticket = Ticket::fold(granted.ticket, &events).ok_or(DeskError::NotFound)?;
    let status = ticket.status.and_then(|stands| look.catalogue.status(stands.id));
    Ok(Some(Standing { name: status.map(|status| status.name.clone()), category: ticket.category() }))
}

/// A status that is offered.
#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    name: String,
    /// Every kind without one.
    kind: Option<Kind>,
    category: Category,
}

/// `GET /api/v1/statuses`, in their order.
async fn list(State(app): State<App>) -> Response {
    match app.desk.look(|look| Ok(Arc::clone(&look.catalogue))).await {
        Err(error) => Refused::from(error).problem(),
        Ok(catalogue) => {
            let offered = catalogue.statuses.iter().filter(|status| !status.retired);
            let listed = offered.map(|status| Listed {
                id: status.id.to_string(),
                name: status.name.clone(),
                kind: status.kind,
                category: status.category,
            });
            Json(listed.collect::<Vec<_>>()).into_response()
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    /// `null` takes it away; it has to be said.
    #[serde(deserialize_with = "Option::deserialize")]
    status: Option<Id>,
    #[serde(default)]
    supplier: Option<Id>,
    #[serde(default)]
    until: Option<Timestamp>,
}

impl Said {
    /// For whom it waits then, where the status says no more than that it waits for others.
    fn whom(&self) -> Result<Option<WaitOn>, DeskError> {
        match (self.supplier, self.until) {
            (None, None) => Ok(None),
            (Some(supplier), None) => Ok(Some(WaitOn::Supplier(OrganisationId(supplier.number())))),
            (None, Some(until)) => Ok(Some(WaitOn::Agreed { until })),
            (Some(_), Some(_)) => Err(DeskError::invalid("until", Problem::ChooseOne)),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Corrected {
    kind: Kind,
}

/// `POST /api/v1/tickets/{number}/status`
async fn say(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<i64>, PathRejection>,
    sent: Result<Sent<Said>, Refused>,
) -> Response {
    acting(&app, &visitor, (path, &headers), sent, |act, granted, said| match said.status {
        None => status::clear(act, granted),
        Some(id) => status::set(act, granted, StatusId(id.number()), said.whom()?),
    })
    .await
}

/// `POST /api/v1/tickets/{number}/kind`
async fn correct(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<i64>, PathRejection>,
    sent: Result<Sent<Corrected>, Refused>,
) -> Response {
    acting(&app, &visitor, (path, &headers), sent, |act, granted, corrected| {
        status::change_kind(act, granted, corrected.kind)
    })
    .await
}

async fn acting<T: std::fmt::Debug + Send + 'static>(
    app: &App,
    visitor: &Visitor,
    (path, headers): (Result<Path<i64>, PathRejection>, &HeaderMap),
    sent: Result<Sent<T>, Refused>,
    verb: impl FnOnce(&mut desk::Act, Granted<Serve>, T) -> Result<(), DeskError> + Send + 'static,
) -> Response {
    let (number, said) = match (path, sent) {
        (Ok(Path(number)), Ok(Sent(said))) => (number, said),
        (Err(_), _) => return Refused::NotFound.problem(),
        (_, Err(refused)) => return refused.problem(),
    };
    let request = format!("{number} {said:?}");
    let done = once(app, visitor, headers, request, move |act, viewer| {
        let granted = serving(act, viewer, number)?;
        verb(act, granted, said)
    });
    match done.await {
        Ok(()) => Json(serde_json::json!({})).into_response(),
        Err(refused) => refused.problem(),
    }
}
