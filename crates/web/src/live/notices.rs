//! A visitor's own board moved: told to their pages, without a word of what stands on it.

use std::convert::Infallible;

use axum::Extension;
use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

use super::{KEEP_ALIVE, Place, Verdict};
use crate::app::App;
use crate::edge::Closing;
use crate::refusal::Refused;
use crate::visitor::Visitor;

/// `GET /live/notices`: for pages that listen to nothing else.
pub(super) async fn stream(
    State(app): State<App>,
    visitor: Visitor,
    Extension(closing): Extension<Closing>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refused> {
    let place = Place::take(&app.live, visitor.viewer.person).ok_or(Refused::Busy)?;
    let told = of(&app, &visitor).take_while(|verdict| *verdict != Verdict::End).filter_map(move |verdict| {
        let _held = &place;
        verdict.told()
    });
    Ok(Sse::new(closing.end(told)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

/// Each time the visitor's board changed, while their session lasts.
pub(super) fn of(app: &App, visitor: &Visitor) -> impl Stream<Item = Verdict> + use<> {
    let (app, person, token) = (app.clone(), visitor.viewer.person, visitor.token.clone());
    BroadcastStream::new(app.live.boards.subscribe())
        // A stream that fell behind may have missed its own.
        .filter(move |moved| moved.as_ref().map_or(true, |moved| *moved == person))
        .then(move |_| {
            let (app, token) = (app.clone(), token.clone());
            async move {
                let session = app.desk.look(move |look| desk::session::of(look, &token)).await;
                if matches!(session, Ok(Some(_))) { Verdict::Notices } else { Verdict::End }
            }
        })
}
