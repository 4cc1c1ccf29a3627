//! A lead plans the absence of somebody in their unit, who fell ill perhaps, and ends it.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::event::Actor;
use domain::id::{AbsenceId, PersonId};
use serde::Deserialize;
use std::sync::Arc;

use super::assignment::{self, Form};
use super::seen;
use crate::app::App;
use crate::form::{Nothing, Posted};
use crate::pages::presence::{days, id};
use crate::refusal::Refused;
use crate::visitor::Visitor;

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Planned {
    pub(super) from: String,
    pub(super) until: String,
    pub(super) substitute: String,
}

/// `POST /units/{unit}/people/{person}/absences`
pub(super) async fn plan(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<(i64, i64)>, PathRejection>,
    posted: Result<Posted<Planned>, Refused>,
) -> Result<Response, Refused> {
    let Path((unit, person)) = path?;
    let unit = seen(&visitor, Ok(Path(unit)))?;
    let (person, Posted(sent)) = (PersonId(person), posted?);
    let (form, zone) = (Form::Absence(person, sent.clone()), visitor.reader.zone.clone());
    assignment::follow(&app, &visitor, unit, form, move |act, viewer| {
        let substitute = id("substitute", &sent.substitute)?;
        let time = days(&zone, &sent.from, &sent.until)?;
        desk::presence::plan(act, viewer, person, substitute, time).map(|_| ())
    })
    .await
}

/// `POST /units/{unit}/absences/{absence}/end`
pub(super) async fn end(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<(i64, i64)>, PathRejection>,
    posted: Result<Posted<Nothing>, Refused>,
) -> Result<Response, Refused> {
    let Path((unit, absence)) = path?;
    let unit = seen(&visitor, Ok(Path(unit)))?;
    let Posted(Nothing {}) = posted?;
    let viewer = Arc::clone(&visitor.viewer);
    let ending = move |act: &mut desk::Act| desk::presence::end(act, &viewer, AbsenceId(absence));
    app.desk.act(Actor::Person(visitor.viewer.person), ending).await?;
    Ok(Redirect::to(&format!("/units/{unit}/assignment?done=saved")).into_response())
}
