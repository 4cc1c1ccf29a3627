//! The JSON API under `/api/v1`: the same verbs as the pages, for programs.

mod acting;
mod answers;
mod checklist;
mod links;
mod matters;
pub mod raw_mail;
mod search;

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::open::{Open, Opened, Urgency};
use desk::words::{Body, Subject};
use domain::id::{PersonId, ServiceId};
use domain::permission::Viewer;
use domain::priority::Priority;
use domain::ticket::Kind;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::message::Channel;

use crate::app::App;
use crate::form::Sent;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    let own = vec![
        Route::post("/api/v1/tickets", Right::SignedIn, post(create)),
        Route::get("/api/v1/tickets/{number}", Right::Ticket, get(show)),
        Route::get("/api/v1/search", Right::SignedIn, get(search::search)),
        Route::post(raw_mail::PATH, Right::Administrator, post(raw_mail::take)).up_to(raw_mail::MOST_BYTES),
    ];
    let more = [answers::routes(), checklist::routes(), links::routes(), matters::routes()];
    own.into_iter().chain(more.into_iter().flatten()).collect()
}

/// A ticket with its first message.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewTicket {
    service: Id,
    #[serde(default)]
    kind: Option<Kind>,
    subject: String,
    body: String,
    /// The caller when nobody is named.
    #[serde(default)]
    requester: Option<Id>,
    #[serde(default)]
    priority: Option<Priority>,
    /// Answers to fields of one's own, by their keys.
    #[serde(default)]
    fields: BTreeMap<String, Value>,
}

/// An id, as text because not every program keeps 63 bits of a number.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
enum Id {
    Number(i64),
    Text(#[serde(deserialize_with = "number_in_text")] i64),
}

impl Id {
    const fn number(self) -> i64 {
        match self {
            Self::Number(id) | Self::Text(id) => id,
        }
    }
}

fn number_in_text<'de, D: serde::Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
}

/// What was made; the number is what people say.
#[derive(Debug, Serialize)]
struct Made {
    id: String,
    number: i64,
}

/// `POST /api/v1/tickets`: acted on once for each `Idempotency-Key`.
async fn create(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Result<Sent<NewTicket>, Refused>,
) -> Response {
    let made = match sent {
        Ok(Sent(new)) => open(&app, &visitor, &headers, new).await,
        Err(refused) => Err(refused),
    };
    match made {
        Ok(opened) => (StatusCode::CREATED, Json(Made { id: opened.id.to_string(), number: opened.number }))
            .into_response(),
        Err(refused) => refused.problem(),
    }
}

async fn open(app: &App, visitor: &Visitor, headers: &HeaderMap, new: NewTicket) -> Result<Opened, Refused> {
    let request = format!("{new:?}");
    let open = Open {
        service: ServiceId(new.service.number()),
        kind: new.kind.unwrap_or(Kind::Request),
        subject: Subject::parse(&new.subject)?,
        body: Body::parse(&new.body)?,
        requester: new.requester.map_or(visitor.viewer.person, |person| PersonId(person.number())),
        beneficiary: None,
        payer: None,
        urgency: Urgency::Set(new.priority.unwrap_or(Priority::P3)),
        channel: Channel::Api,
        files: Vec::new(),
    };
    let typed = new.fields.into_iter().map(|(key, value)| (key, answers::typed(value))).collect();
    let act = move |act: &mut desk::Act, viewer: &Viewer| desk::open::answered(act, viewer, &open, &typed);
    acting::once(app, visitor, headers, request, act).await
}

/// A ticket as its requester's side reads it.
#[derive(Debug, Serialize)]
struct Ticket {
    number: i64,
    subject: String,
    kind: Kind,
    state: &'static str,
    opened_at: jiff::Timestamp,
    solved_at: Option<jiff::Timestamp>,
    /// Answers to fields of one's own, as far as the caller reads them.
    fields: BTreeMap<String, Value>,
    messages: Vec<Message>,
}

#[derive(Debug, Serialize)]
struct Message {
    id: String,
    at: jiff::Timestamp,
    side: &'static str,
    by: Option<String>,
    body: String,
}

/// `GET /api/v1/tickets/{number}`: the public side, for everybody for whom the ticket exists.
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, axum::extract::rejection::PathRejection>,
) -> Response {
    let Ok(Path(number)) = path else { return Refused::NotFound.problem() };
    let viewer = std::sync::Arc::clone(&visitor.viewer);
    let read = app.desk.look(move |look| {
        let seen =
            store::access::by_number(look.tx, &viewer, number, look.now)?.ok_or(desk::DeskError::NotFound)?;
        let granted = seen.read();
        let said = store::message::of_ticket_outside(look.tx, &granted, look.now)?;
        // Whoever serves sees at once what was done; everybody else when it has left.
        let sheet = match seen.read_inside() {
            Some(inside) => store::sheet::outside(look.tx, &inside)?,
            None => desk::outside::known(look, &granted)?.sheet,
        };
        let fields = answers::read(look, &seen)?;
        Ok((sheet, said, fields))
    });
    match read.await {
        Err(error) => Refused::from(error).problem(),
        Ok((sheet, said, fields)) => Json(Ticket {
            number: sheet.number,
            subject: sheet.subject,
            kind: sheet.kind,
            state: sheet.state.as_str(),
            opened_at: sheet.opened_at,
            solved_at: sheet.solved_at,
            fields,
            messages: said
                .into_iter()
                .map(|said| Message {
                    id: said.message.id.to_string(),
                    at: said.message.at,
                    side: said.message.side.as_str(),
                    by: said.name,
                    body: said.message.body,
                })
                .collect(),
        })
        .into_response(),
    }
}
