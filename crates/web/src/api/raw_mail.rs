//! `POST /api/v1/mail?inbox=ADDRESS`: a raw mail, kept as if a mail server had brought it.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::response::{IntoResponse, Response};
use desk::receive_mail::{Body, Handed, Handing, hand, inbox_for};
use serde::{Deserialize, Serialize};
use store::mail::Source;
use tokio::sync::Semaphore;

use crate::app::App;
use crate::refusal::Refused;

pub const PATH: &str = "/api/v1/mail";

/// The largest mail.
pub const MOST_BYTES: usize = 35 * 1024 * 1024;

/// Mails that are being read at once; they are whole in memory.
static PLACES: Semaphore = Semaphore::const_new(2);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct To {
    inbox: String,
    /// The sender of the envelope.
    #[serde(default)]
    from: Option<String>,
}

/// The same answer for every mail, new or known: it tells nothing of tickets or people.
#[derive(Debug, Serialize)]
struct Kept {
    kept: bool,
}

pub async fn take(
    State(app): State<App>,
    to: Result<Query<To>, QueryRejection>,
    request: Request,
) -> Response {
    match taken(&app, to, request).await {
        Ok(()) => Json(Kept { kept: true }).into_response(),
        Err(refused) => refused.problem(),
    }
}

async fn taken(app: &App, to: Result<Query<To>, QueryRejection>, request: Request) -> Result<(), Refused> {
    let Query(to) = to.map_err(|error| Refused::Unreadable(error.body_text()))?;
    // Nobody sends 30 MB to learn that the address was wrong.
    let address = to.inbox.clone();
    let inbox = app.desk.look(move |look| inbox_for(look.tx, &address)).await?;
    inbox.ok_or(Refused::NotFound)?;
    let Ok(_place) = PLACES.try_acquire() else { return Err(Refused::Busy) };
    let bytes = axum::body::to_bytes(request.into_body(), MOST_BYTES).await.map_err(|_| Refused::TooLarge)?;
    if bytes.is_empty() {
        return Err(Refused::Unreadable("the body is empty; send the mail as it is (RFC 5322)".to_owned()));
    }
    let handing = Handing {
        body: Body::Bytes(bytes.into()),
        source: Source::Api,
        from: to.from,
        recipients: vec![to.inbox],
        silent: false,
    };
    match hand(&app.desk, handing).await?.first() {
        Some(Handed::Kept | Handed::Known) => Ok(()),
        Some(Handed::UnknownRecipient) | None => Err(Refused::NotFound),
    }
}
