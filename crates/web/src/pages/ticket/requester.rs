//! Who asks, changed from beside the ticket: the forms of their own page and of their organisation's, for whoever may
//! use those.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use desk::{DeskError, Look};
use domain::permission::Viewer;
use maud::{Markup, html};
use store::access::Seen;
use store::organisation::Organisation;
use store::person::Person;

use super::details;
use super::view::View;
use crate::app::App;
use crate::pages::admin::answered::{self, Asked, Thing};
use crate::pages::admin::{organisations, person};
use crate::pages::part;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::visitor::Visitor;

/// The field that names the ticket beside which a form was sent.
pub(in crate::pages) const TICKET: &str = "ticket";

pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/tickets/{number}/requester", Right::Ticket, get(forms))]
}

struct Known {
    person: Person,
    asked: Asked,
    organisation: Option<(Organisation, Asked)>,
}

/// Whether somebody may change who asks: as on their page in the directory.
fn may(viewer: &Viewer) -> bool {
    viewer.administrator
}

/// `GET /tickets/{number}/requester`: the forms, as a part of the page or alone.
async fn forms(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<i64>, PathRejection>,
) -> Result<Markup, Refused> {
    let Path(number) = path?;
    let viewer = Arc::clone(&visitor.viewer);
    if !may(&viewer) {
        return Err(Refused::NotFound);
    }
    let known = app.desk.look(move |look| read(look, &viewer, number)).await?;
    let name = known.organisation.as_ref().map(|(organisation, _)| organisation.name.as_str());
    let content = html! {
        (person::page::beside(&visitor, number, &known.person, name))
        (answered::beside(&visitor, number, Thing::Person(known.person.id.0), &known.asked))
        @if let Some((organisation, asked)) = &known.organisation {
            h3 { (organisation.name) }
            (organisations::beside(&visitor, number, organisation))
            (answered::beside(&visitor, number, Thing::Organisation(organisation.id.0), asked))
        }
    };
    if part::is_fetched(&headers) {
        return Ok(content);
    }
    Ok(part::of_ticket(&visitor, number, t!(visitor.reader.locale, "requester-change"), &content))
}

fn read(look: &mut Look, viewer: &Viewer, number: i64) -> Result<Known, DeskError> {
    let seen = store::access::by_number(look.tx, viewer, number, look.now)?;
    let granted = seen.and_then(Seen::read_inside).ok_or(DeskError::NotFound)?;
    let requester = store::sheet::inside(look.tx, &granted)?.requester.id;
    let person = store::person::by_id(look.tx, requester)?.ok_or(DeskError::NotFound)?;
    let organisation = match person.organisation {
        Some(id) => store::organisation::by_id(look.tx, id)?,
        None => None,
    };
    let asked = answered::known(look, Thing::Person(person.id.0))?;
    let organisation = match organisation {
        Some(own) => {
            let asked = answered::known(look, Thing::Organisation(own.id.0))?;
            Some((own, asked))
        }
        None => None,
    };
    Ok(Known { person, asked, organisation })
}

/// The way to the forms, below what is known of the requester.
pub(super) fn way(visitor: &Visitor, view: &View) -> Markup {
    if !may(&visitor.viewer) {
        return html! {};
    }
    let address = format!("/tickets/{}/requester", view.sheet.number);
    let label = t!(visitor.reader.locale, "requester-change");
    html! {
        details.disclosure.requester-change #requester data-loads {
            summary { (label) }
            div data-opened hx-get=(address) hx-trigger="opened" { a href=(address) { (label) } }
        }
    }
}

/// The ticket beside which a form was sent.
pub(in crate::pages) fn beside(pairs: &[(String, String)]) -> Option<i64> {
    pairs.iter().find(|(name, _)| name == TICKET)?.1.parse().ok()
}

/// Back to the ticket beside which something was kept.
pub(in crate::pages) fn back(number: i64) -> Response {
    details::back(number, "requester")
}
