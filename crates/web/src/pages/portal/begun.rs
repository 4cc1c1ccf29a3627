//! What somebody began to ask of a service and has not sent yet.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use desk::draft::Writing;
use domain::draft::{New, Place};
use domain::id::ServiceId;
use maud::{Markup, html};
use store::catalogue::Catalogue;
use store::draft::Draft;
use store::upload::Upload;

use super::{new_ticket, services};
use crate::app::App;
use crate::form::Posted;
use crate::pages::drafts::{self, Fate, Shown, Written};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::icon::Icon;
use crate::visitor::Visitor;

const KEEPS: &str = "/portal/tickets/new/draft";

pub(super) fn routes() -> Vec<Route> {
    vec![Route::post(KEEPS, Right::SignedIn, post(keep))]
}

pub(super) const fn place(service: ServiceId) -> Place {
    Place::New(New::Request(service))
}

/// What is typed is kept with the service that the form names.
async fn keep(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    posted: Result<Posted<Vec<(String, String)>>, Refused>,
) -> Result<Response, Refused> {
    let Posted(pairs) = posted?;
    let (viewer, written) = (Arc::clone(&visitor.viewer), Written::read(pairs)?);
    let service = ServiceId(written.field("service").parse().map_err(|_| Refused::NotFound)?);
    let fate = drafts::keep(&app, &visitor, &headers, &written, move |act| {
        Ok((place(service), Writing::opening(act, &viewer, New::Request(service), "")))
    });
    match fate.await? {
        Fate::Answered(response) => Ok(response),
        Fate::Kept => Ok(Redirect::to(&new_ticket::address(service)).into_response()),
        Fate::Gone => Ok(Redirect::to("/portal").into_response()),
        Fate::Not(status, words) => new_ticket::again(&app, &visitor, &written.pairs, (status, words)).await,
    }
}

/// The visitor's own draft, as the form of its service shows it.
pub(super) fn shown<'a>(visitor: &Visitor, draft: Option<&'a Draft>, uploads: &[Upload]) -> Shown<'a> {
    Shown::of(visitor, draft, uploads, KEEPS.to_owned())
}

/// The ways on to what was begun; what can be asked no longer is given back.
pub(super) fn list(visitor: &Visitor, catalogue: &Catalogue, begun: &[Draft]) -> Markup {
    let locale = visitor.reader.locale;
    let offered = services::offered(catalogue, visitor.viewer.class);
    let requests = begun.iter().filter_map(|draft| match draft.place {
        Place::New(New::Request(service)) => Some((service, draft)),
        Place::New(New::Outbound | New::OnBehalf(_)) | Place::Ticket(..) => None,
    });
    let (mut ways, mut lost) = (Vec::new(), Vec::new());
    for (service, draft) in requests {
        match offered.iter().find(|offer| offer.service.id == service) {
            Some(offer) => ways.push((new_ticket::address(service), offer.name.as_str(), draft)),
            None => lost.push(draft),
        }
    }
    html! {
        (drafts::begun(locale, Icon::Service, &ways))
        @for draft in lost { (drafts::left(visitor, &html! { (t!(locale, "unsent-own")) }, draft, KEEPS)) }
    }
}
