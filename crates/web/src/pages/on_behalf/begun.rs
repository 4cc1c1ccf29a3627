//! What an agent began to write down for others and has not opened yet.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use desk::draft::Writing;
use desk::{DeskError, Look, on_behalf};
use domain::draft::{New, Place};
use domain::id::PersonId;
use domain::permission::Viewer;
use maud::{Markup, html};
use store::draft::Draft;

use super::{Fields, Wrong, address, again};
use crate::app::App;
use crate::form::Posted;
use crate::pages::drafts::{self, Fate, Written};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::icon::Icon;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::post("/people/{person}/tickets/new/draft", Right::Agent, post(keep))]
}

/// `POST /people/{person}/tickets/new/draft`: what is typed is kept.
async fn keep(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Vec<(String, String)>>, Refused>,
) -> Result<Response, Refused> {
    let (Path(person), Posted(pairs)) = (path?, posted?);
    let (person, written) = (PersonId(person), Written::read(pairs)?);
    let new = New::OnBehalf(person);
    let (viewer, reached) = (Arc::clone(&visitor.viewer), written.field("reached").to_owned());
    let fate = drafts::keep(&app, &visitor, &headers, &written, move |act| {
        Ok((Place::New(new), Writing::opening(act, &viewer, new, &reached)))
    });
    match fate.await? {
        Fate::Answered(response) => Ok(response),
        Fate::Kept => Ok(Redirect::to(&address(person, written.field("reached"))).into_response()),
        Fate::Gone => Ok(Redirect::to("/tickets/new").into_response()),
        Fate::Not(status, words) => {
            let fields = Fields::read(&written.pairs)?;
            again(&app, &visitor, person, &fields, (status, Wrong { field: "", words })).await
        }
    }
}

/// A draft for somebody; without a name when no ticket may be opened for them now.
pub(in crate::pages) struct Begun {
    person: PersonId,
    name: Option<String>,
    draft: Draft,
}

pub(in crate::pages) fn begun(
    look: &mut Look,
    viewer: &Viewer,
    drafts: Vec<Draft>,
) -> Result<Vec<Begun>, DeskError> {
    let mut begun = Vec::new();
    for draft in drafts {
        let Place::New(New::OnBehalf(person)) = draft.place else { continue };
        let name = match on_behalf::found(look.tx, viewer, person, draft.field("reached").unwrap_or_default())
        {
            Ok(person) => Some(person.name),
            Err(DeskError::NotFound) => None,
            Err(error) => return Err(error),
        };
        begun.push(Begun { person, name, draft });
    }
    Ok(begun)
}

/// The ways on to what was begun; what can be opened no longer is given back.
pub(in crate::pages) fn begun_list(visitor: &Visitor, begun: &[Begun]) -> Markup {
    let locale = visitor.reader.locale;
    let (mut ways, mut lost) = (Vec::new(), Vec::new());
    for Begun { person, name, draft } in begun {
        match name {
            Some(name) => {
                let reached = draft.field("reached").unwrap_or_default();
                ways.push((address(*person, reached), name.as_str(), draft));
            }
            None => lost.push((person, draft)),
        }
    }
    html! {
        (drafts::begun(locale, Icon::Person, &ways))
        @for (person, draft) in lost {
            (drafts::left(visitor, &html! { (t!(locale, "unsent-own")) }, draft, &format!("/people/{person}/tickets/new/draft")))
        }
    }
}
