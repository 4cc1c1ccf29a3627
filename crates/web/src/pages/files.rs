//! Files that hang on a ticket: saved and never run, and pictures that are pictures are shown.

mod looked;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use desk::DeskError;
use desk::files::{Opened as Stored, Pieces};
use domain::id::AttachmentId;
use domain::permission::Relation;
use store::access::Seen;
use store::attachment::Attachment;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::io::ReaderStream;

use crate::app::App;
use crate::headers;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    let right = Right::Ticket;
    let mut routes = looked::routes();
    routes.extend([
        Route::get("/tickets/{number}/attachments/{attachment}", right, get(saved)),
        Route::get("/tickets/{number}/images/{attachment}", right, get(shown)),
        Route::get("/portal/tickets/{number}/attachments/{attachment}", right, get(saved_by_requester)),
        Route::get("/portal/tickets/{number}/images/{attachment}", right, get(shown_to_requester)),
    ]);
    routes
}

type Place = Result<Path<(i64, i64)>, PathRejection>;

/// `GET /tickets/{number}/attachments/{attachment}`: for whoever sees more than the portal.
async fn saved(State(app): State<App>, visitor: Visitor, place: Place) -> Result<Response, Refused> {
    let file = of(&app, &visitor, place, |seen| seen.relation != Relation::Requesting).await?;
    let name = file.name.clone();
    Ok(headers::attachment(&name, Opened::new(&app, &file).await?.body()))
}

/// The same for the requester's side.
async fn saved_by_requester(
    State(app): State<App>,
    visitor: Visitor,
    place: Place,
) -> Result<Response, Refused> {
    let file = of(&app, &visitor, place, |seen| seen.relation == Relation::Requesting).await?;
    let name = file.name.clone();
    Ok(headers::attachment(&name, Opened::new(&app, &file).await?.body()))
}

/// `GET /tickets/{number}/images/{attachment}`: only what its bytes say is a picture.
async fn shown(State(app): State<App>, visitor: Visitor, place: Place) -> Result<Response, Refused> {
    picture_of(&app, &of(&app, &visitor, place, |seen| seen.relation != Relation::Requesting).await?).await
}

/// The same for the requester's side.
async fn shown_to_requester(
    State(app): State<App>,
    visitor: Visitor,
    place: Place,
) -> Result<Response, Refused> {
    picture_of(&app, &of(&app, &visitor, place, |seen| seen.relation == Relation::Requesting).await?).await
}

async fn picture_of(app: &App, file: &Attachment) -> Result<Response, Refused> {
    let opened = Opened::new(app, file).await?;
    let mime = picture(&opened.start).ok_or(Refused::NotFound)?;
    Ok(headers::picture(mime, opened.body()))
}

async fn of(
    app: &App,
    visitor: &Visitor,
    place: Place,
    is_theirs: fn(&Seen) -> bool,
) -> Result<Attachment, Refused> {
    let Path((number, attachment)) = place?;
    let viewer = Arc::clone(&visitor.viewer);
    let found = app.desk.look(move |look| {
        let seen = store::access::by_number(look.tx, &viewer, number, look.now)?
            .filter(is_theirs)
            .ok_or(DeskError::NotFound)?;
        Ok(store::attachment::by_id(look.tx, seen, AttachmentId(attachment), look.now)?)
    });
    found.await?.ok_or(Refused::NotFound)
}

/// A file with its first bytes read; the rest is read while it is sent.
struct Opened {
    start: Vec<u8>,
    bytes: Bytes,
}

enum Bytes {
    Stored(tokio::fs::File),
    Whole(Vec<u8>),
    /// What was taken of them for a look, and the rest.
    Coming(Vec<std::io::Result<hyper::body::Bytes>>, Pieces),
}

/// As many bytes as tell what a picture is.
const START: u64 = 16;

impl Opened {
    async fn new(app: &App, file: &Attachment) -> Result<Self, Refused> {
        let (files, content) = (app.desk.files.clone(), file.content);
        let found = tokio::task::spawn_blocking(move || {
            Ok(match files.open(&content)? {
                Stored::Stored(file) => Bytes::Stored(tokio::fs::File::from_std(file)),
                Stored::Whole(bytes) => Bytes::Whole(bytes),
                Stored::Pieces(pieces) => Bytes::Coming(Vec::new(), pieces),
            })
        });
        let trouble = |cause: &dyn std::fmt::Display| {
            tracing::error!(%cause, "an attachment could not be read");
            Refused::Trouble
        };
        let mut bytes = found
            .await
            .map_err(|cause| trouble(&cause))?
            .map_err(|cause: desk::files::FileError| trouble(&cause))?;
        let mut start = Vec::new();
        match &mut bytes {
            Bytes::Whole(all) => start.extend(all.iter().take(START as usize)),
            Bytes::Stored(file) => {
                file.take(START).read_to_end(&mut start).await.map_err(|cause| trouble(&cause))?;
                file.rewind().await.map_err(|cause| trouble(&cause))?;
            }
            Bytes::Coming(first, pieces) => {
                if let Some(piece) = pieces.recv().await {
                    start.extend(piece.iter().flatten().take(START as usize));
                    first.push(piece);
                }
            }
        }
        Ok(Self { start, bytes })
    }

    /// The first bytes, to be looked at as a whole.
    async fn beginning(self, most: usize) -> Result<Vec<u8>, Refused> {
        let trouble = |cause: std::io::Error| {
            tracing::error!(%cause, "an attachment could not be read");
            Refused::Trouble
        };
        Ok(match self.bytes {
            Bytes::Whole(mut bytes) => {
                bytes.truncate(most);
                bytes
            }
            Bytes::Stored(file) => {
                let mut bytes = Vec::new();
                file.take(most as u64).read_to_end(&mut bytes).await.map_err(trouble)?;
                bytes
            }
            Bytes::Coming(first, mut pieces) => {
                let mut bytes = Vec::new();
                for piece in first {
                    bytes.extend_from_slice(&piece.map_err(trouble)?);
                }
                while bytes.len() < most
                    && let Some(piece) = pieces.recv().await
                {
                    bytes.extend_from_slice(&piece.map_err(trouble)?);
                }
                bytes.truncate(most);
                bytes
            }
        })
    }

    fn body(self) -> Body {
        match self.bytes {
            Bytes::Whole(bytes) => Body::from(bytes),
            Bytes::Coming(first, pieces) => {
                Body::from_stream(tokio_stream::iter(first).chain(ReceiverStream::new(pieces)))
            }
            Bytes::Stored(file) => Body::from_stream(ReaderStream::with_capacity(file, 64 * 1024)),
        }
    }
}

/// The kinds of pictures that are shown, by the bytes with which they begin.
fn picture(start: &[u8]) -> Option<&'static str> {
    match start {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
