//! How a program's act is done: in the caller's name, on a ticket they serve, once for each `Idempotency-Key`.

use std::sync::Arc;

use axum::http::HeaderMap;
use desk::{Act, DeskError};
use domain::event::Actor;
use domain::permission::Viewer;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::access::{Granted, Serve};

use crate::app::App;
use crate::refusal::Refused;
use crate::visitor::Visitor;

/// Does what a program asked; `request` is all of it, in words. The same key with another request is refused.
pub(super) async fn once<T, F>(
    app: &App,
    visitor: &Visitor,
    headers: &HeaderMap,
    request: String,
    intention: F,
) -> Result<T, Refused>
where
    F: FnOnce(&mut Act, &Viewer) -> Result<T, DeskError> + Send + 'static,
    T: Serialize + DeserializeOwned + Send + 'static,
{
    let viewer = Arc::clone(&visitor.viewer);
    let person = viewer.person;
    let actor = Actor::Person(person);
    let act = move |act: &mut Act| intention(act, &viewer);
    let done = match headers.get("idempotency-key").and_then(|value| value.to_str().ok()) {
        Some(key) => app.desk.act_once(key, Some(person), request.as_bytes(), actor, act).await?,
        None => app.desk.act(actor, act).await?,
    };
    Ok(done)
}

/// The ticket of that number for somebody who serves it; to whoever may not read inside there is none.
pub(super) fn serving(act: &mut Act, viewer: &Viewer, number: i64) -> Result<Granted<Serve>, DeskError> {
    let seen = store::access::by_number(act.tx, viewer, number, act.now)?;
    let seen = seen.filter(|seen| seen.read_inside().is_some()).ok_or(DeskError::NotFound)?;
    seen.serve().ok_or(DeskError::NotAllowed)
}
