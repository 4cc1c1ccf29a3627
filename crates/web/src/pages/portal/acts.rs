//! What the requester's side does with its ticket: answer, accept, go on, ask somebody neutral.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use desk::reply::Answered;
use desk::words::{Body, Saying};
use desk::{Act, DeskError, Problem};
use domain::id::UploadId;
use domain::permission::{Relation, Viewer};
use domain::ticket::rules::Refusal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::access::{Granted, Request, Seen};
use store::message::Channel;
use store::upload::Audience;

use super::super::uploads;
use super::ticket::{self, Part, Tried};
use crate::app::App;
use crate::form::files::{self, PostedFiles};
use crate::form::{Nothing, Once, PostedOnce};
use crate::format::Reader;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post("/portal/tickets/{number}/replies", Right::Ticket, post(reply)).up_to(files::LONGEST),
        Route::post("/portal/tickets/{number}/acceptance", Right::Ticket, post(accept)),
        Route::post("/portal/tickets/{number}/reopening", Right::Ticket, post(reopen)),
        Route::post("/portal/tickets/{number}/escalation", Right::Ticket, post(escalate)),
    ]
}

#[derive(Debug, Deserialize)]
struct Reply {
    #[serde(default)]
    body: String,
    /// The newest message that was on the page.
    #[serde(default)]
    seen: i64,
    /// Files that were sent before.
    #[serde(default)]
    upload: Vec<UploadId>,
}

#[derive(Debug, Deserialize)]
struct Reasoned {
    #[serde(default)]
    reason: String,
}

/// What somebody wrote and sent, for the page that shows it again.
#[derive(Default)]
struct Kept {
    text: String,
    files: Vec<UploadId>,
}

impl Kept {
    fn words(text: String) -> Self {
        Self { text, files: Vec::new() }
    }

    async fn tried(self, app: &App, visitor: &Visitor, part: Part, words: String) -> Result<Tried, Refused> {
        let files = uploads::kept(app, visitor, self.files).await?;
        Ok(Tried { part, text: self.text, words, files })
    }
}

type Number = Result<Path<i64>, PathRejection>;

async fn reply(
    State(app): State<App>,
    visitor: Visitor,
    number: Number,
    posted: Result<PostedFiles<Reply>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), PostedFiles(Reply { body, seen, upload }, once, came)) = (number?, posted?);
    let filed = came.keep(&app, &visitor, Audience::Message, &upload).await?;
    let kept = Kept { text: body.clone(), files: filed.files.clone() };
    if let Some((status, words)) = filed.trouble(visitor.reader.locale) {
        let tried = kept.tried(&app, &visitor, Part::Reply, words).await?;
        return ticket::again(&app, &visitor, number, &tried, status).await;
    }
    let done = act(&app, &visitor, &once, number, move |act, granted| {
        let newer = store::message::of_ticket_outside(act.tx, &granted, act.now)?
            .iter()
            .any(|said| said.message.id.0 > seen && said.message.person != Some(granted.viewer));
        if newer {
            return Err(DeskError::Conflict(Problem::AnsweredMeanwhile));
        }
        let saying = Saying { body: &Body::parse(&body)?, files: &filed.files };
        Ok(match desk::reply::request(act, granted, saying, Channel::Portal)? {
            Answered::Here(_) => None,
            Answered::Elsewhere(ticket) => Some(ticket.number),
        })
    })
    .await;
    if let Ok(Some(elsewhere)) = done {
        return Ok(Redirect::to(&format!("/portal/tickets/{elsewhere}?done=followed")).into_response());
    }
    finish(&app, &visitor, number, done.map(|_| ()), Part::Reply, kept, "sent").await
}

async fn accept(
    State(app): State<App>,
    visitor: Visitor,
    number: Number,
    posted: Result<PostedOnce<Nothing>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), PostedOnce(Nothing {}, once)) = (number?, posted?);
    let done = act(&app, &visitor, &once, number, desk::close::accept).await;
    finish(&app, &visitor, number, done, Part::Acceptance, Kept::default(), "accepted").await
}

async fn reopen(
    State(app): State<App>,
    visitor: Visitor,
    number: Number,
    posted: Result<PostedOnce<Reasoned>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), PostedOnce(Reasoned { reason }, once)) = (number?, posted?);
    let text = reason.clone();
    let done = act(&app, &visitor, &once, number, move |act, granted| {
        if reason.trim().is_empty() {
            return Err(DeskError::invalid("reason", Problem::ReopenReasonMissing));
        }
        desk::reopen::request(act, granted, &reason)
    })
    .await;
    finish(&app, &visitor, number, done, Part::Reopening, Kept::words(text), "reopened").await
}

async fn escalate(
    State(app): State<App>,
    visitor: Visitor,
    number: Number,
    posted: Result<PostedOnce<Reasoned>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), PostedOnce(Reasoned { reason }, once)) = (number?, posted?);
    let text = reason.clone();
    let done =
        act(&app, &visitor, &once, number, move |act, granted| desk::escalate::run(act, granted, &reason))
            .await;
    finish(&app, &visitor, number, done, Part::Escalation, Kept::words(text), "escalated").await
}

async fn act<T, F>(
    app: &App,
    visitor: &Visitor,
    once: &Once,
    number: i64,
    intention: F,
) -> Result<T, DeskError>
where
    F: FnOnce(&mut Act, Granted<Request>) -> Result<T, DeskError> + Send + 'static,
    T: Serialize + DeserializeOwned + Send + 'static,
{
    let viewer = Arc::clone(&visitor.viewer);
    once.act(app, visitor, move |act| {
        let granted = own(act, &viewer, number)?;
        intention(act, granted)
    })
    .await
}

fn own(act: &mut Act, viewer: &Viewer, number: i64) -> Result<Granted<Request>, DeskError> {
    seen(act, viewer, number)?.request().ok_or(DeskError::NotAllowed)
}

/// Only the requester's side acts here; a unit that asked a hand-off has its own page.
pub(super) fn seen(act: &mut Act, viewer: &Viewer, number: i64) -> Result<Seen, DeskError> {
    let seen = store::access::by_number(act.tx, viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
    match seen.relation {
        Relation::Requesting => Ok(seen),
        Relation::Nothing => Err(DeskError::NotFound),
        Relation::Asking | Relation::Overseeing | Relation::Chain | Relation::Serving => {
            Err(DeskError::NotAllowed)
        }
    }
}

/// On to the page that says what was done, or back to the form with the text kept.
async fn finish(
    app: &App,
    visitor: &Visitor,
    number: i64,
    done: Result<(), DeskError>,
    part: Part,
    kept: Kept,
    word: &'static str,
) -> Result<Response, Refused> {
    let error = match done {
        Ok(()) => return Ok(Redirect::to(&format!("/portal/tickets/{number}?done={word}")).into_response()),
        Err(error) => error,
    };
    let status = match &error {
        DeskError::Refused(_) | DeskError::Circle(_) | DeskError::Conflict(_) => StatusCode::CONFLICT,
        DeskError::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        DeskError::NotFound | DeskError::NotAllowed | DeskError::Store(_) => return Err(error.into()),
    };
    let words = words_of(&visitor.reader, &error);
    let tried = kept.tried(app, visitor, part, words).await?;
    ticket::again(app, visitor, number, &tried, status).await
}

/// What a requester can run into, in words for them; the rest as everybody reads it.
fn words_of(reader: &Reader, error: &DeskError) -> String {
    let locale = reader.locale;
    match error {
        DeskError::Refused(Refusal::ReopenWindowOver) => t!(locale, "refusal-window-over").to_owned(),
        DeskError::Refused(Refusal::AlreadyEscalated) => t!(locale, "refusal-already-escalated").to_owned(),
        DeskError::Refused(Refusal::StillOpen | Refusal::NoChange) => {
            t!(locale, "refusal-still-open").to_owned()
        }
        DeskError::Refused(Refusal::NotOpen(_)) => t!(locale, "refusal-not-open").to_owned(),
        other => said::error(reader, other),
    }
}
