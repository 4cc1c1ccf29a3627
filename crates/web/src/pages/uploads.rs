//! Files that a page sends while something is being written: taken at once, listed there, and taken off again.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use desk::uploads::{self, MOST_BYTES, told};
use desk::{DeskError, Problem};
use domain::event::Actor;
use domain::id::UploadId;
use serde::Deserialize;
use store::upload::{Audience, Upload};
use tokio_stream::StreamExt;

use crate::app::App;
use crate::form::files::Taking;
use crate::form::{self, Nothing, Posted};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::ui::files;
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    vec![
        // One byte more than fits, so that a file without a length is found to be too large.
        Route::post("/uploads", Right::SignedIn, post(take)).up_to(MOST_BYTES as usize + 1),
        Route::post("/uploads/{upload}/removal", Right::SignedIn, post(remove)),
    ]
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    audience: String,
    name: String,
}

/// `POST /uploads?audience=message|note&name=NAME`, the file as it is: answers with its line for the list, or
/// with why it is not there.
async fn take(
    State(app): State<App>,
    visitor: Visitor,
    about: Result<Query<About>, QueryRejection>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Refused> {
    form::prove_by_header(&visitor, &headers)?;
    let Query(About { audience, name }) = about?;
    let audience = Audience::parse(&audience).ok_or(Refused::NotFound)?;
    let locale = visitor.reader.locale;
    match kept_one(&app, &visitor, audience, name, request).await {
        Ok(upload) => Ok(files::item(locale, &upload).into_response()),
        Err(problem) => {
            let status = match problem {
                Problem::FileTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            Ok((status, said::problem(locale, &problem)).into_response())
        }
    }
}

async fn kept_one(
    app: &App,
    visitor: &Visitor,
    audience: Audience,
    name: String,
    request: Request,
) -> Result<Upload, Problem> {
    let too_large =
        || Problem::FileTooLarge { name: desk::letter::clean_name(&name), most: told(MOST_BYTES) };
    let not_kept = || Problem::FileNotKept { name: desk::letter::clean_name(&name) };
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    if announced.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > MOST_BYTES) {
        return Err(too_large());
    }
    let mut taking = Taking::begin(&app.desk.files, &name).await?;
    let mut size = 0_u64;
    let mut pieces = request.into_body().into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| not_kept())?;
        size += piece.len() as u64;
        if size > MOST_BYTES {
            return Err(too_large());
        }
        taking = taking.take(&piece, &name).await?;
    }
    let taken = taking.end(name.clone()).await?;
    match uploads::keep(&app.desk, visitor.viewer.person, audience, vec![taken]).await {
        Ok(mut kept) => kept.pop().ok_or_else(not_kept),
        Err(DeskError::Invalid { problem, .. } | DeskError::Conflict(problem)) => Err(problem),
        Err(error) => {
            tracing::error!(%error, "a file that somebody sent could not be kept");
            Err(not_kept())
        }
    }
}

/// `POST /uploads/{upload}/removal`: it is not sent with anything.
async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Nothing>, Refused>,
) -> Result<StatusCode, Refused> {
    let (Path(upload), Posted(Nothing {})) = (path?, posted?);
    let person = visitor.viewer.person;
    app.desk.act(Actor::Person(person), move |act| uploads::remove(act, person, UploadId(upload))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The visitor's own files among these, for a page that shows them again.
pub async fn kept(app: &App, visitor: &Visitor, files: Vec<UploadId>) -> Result<Vec<Upload>, Refused> {
    let person = visitor.viewer.person;
    Ok(app.desk.look(move |look| Ok(store::upload::all_of_person(look.tx, &files, person)?)).await?)
}
