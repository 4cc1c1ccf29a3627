//! What somebody read of a ticket: kept when its page is shown, and forgotten when they want to be told again.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use desk::DeskError;
use domain::event::Actor;
use maud::{Markup, html};

use super::view::View;
use crate::app::App;
use crate::form::{Nothing, Posted};
use crate::pages::listing::reached::{self, Carried, Reached};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field;
use crate::ui::icon::Icon;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::post("/tickets/{number}/unread", Right::Ticket, post(mark))]
}

/// The page is sent meanwhile; nothing is written for who has read everything.
pub(super) fn was_read(app: &App, view: &View) {
    let (Some(up_to), Some(granted)) = (view.sheet.unread_up_to, view.seen.read_inside()) else { return };
    let desk = app.desk.clone();
    tokio::spawn(async move {
        let actor = Actor::Person(granted.viewer);
        if let Err(cause) = desk.act(actor, move |act| desk::news::read(act, granted, up_to)).await {
            tracing::warn!(%cause, "what somebody read of a ticket could not be kept");
        }
    });
}

pub(super) fn button(visitor: &Visitor, view: &View, reached: Option<&Reached>) -> Markup {
    if view.ticket.news.for_person(visitor.viewer.person).is_none() {
        return html! {};
    }
    let address = reached::carrying(&format!("/tickets/{}/unread", view.sheet.number), reached);
    let label = t!(visitor.reader.locale, "action-unread");
    html! {
        form.inline #do-unread method="post" action=(address) {
            (field::token(&visitor.csrf)) (button::submit(Weight::Quiet, Some(Icon::Inbox), label))
        }
    }
}

/// `POST /tickets/{number}/unread`: and back to the list, because reading on would read it.
async fn mark(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    carried: Result<Query<Carried>, QueryRejection>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refused> {
    let (Path(number), Query(carried)) = (path?, carried?);
    let viewer = Arc::clone(&visitor.viewer);
    let actor = Actor::Person(viewer.person);
    app.desk
        .act(actor, move |act| {
            let seen =
                store::access::by_number(act.tx, &viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
            let granted = seen.read_inside().ok_or(DeskError::NotFound)?;
            desk::news::mark_unread(act, granted)
        })
        .await?;
    let list = carried.read().map_or_else(|| "/".to_owned(), |reached| reached.back(number));
    Ok(Redirect::to(&list).into_response())
}
