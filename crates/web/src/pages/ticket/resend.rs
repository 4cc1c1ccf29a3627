//! One mail that was lost goes once more: to the same address or to a mended one.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use desk::{DeskError, outbox};
use domain::id::OutgoingId;
use maud::{Markup, html};
use serde::Deserialize;
use store::outgoing::Outgoing;

use super::doing::{Done, Form};
use super::view::View;
use super::{Failed, answer, for_the_desk};
use crate::app::App;
use crate::form::PostedOnce;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field;
use crate::ui::icon::Icon;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::post("/tickets/{number}/deliveries/{delivery}/again", Right::Ticket, post(again))]
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    address: String,
}

async fn again(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<(i64, i64)>, PathRejection>,
    posted: Result<PostedOnce<Fields>, Refused>,
) -> Result<Response, Refused> {
    let (Path((number, delivery)), PostedOnce(fields, once)) = (path?, posted?);
    let (viewer, address) = (Arc::clone(&visitor.viewer), fields.address);
    let typed = address.clone();
    let done = once.act(&app, &visitor, move |act| {
        let seen = for_the_desk(act.tx, &viewer, number, act.now)?;
        let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
        outbox::again_to(act, granted, OutgoingId(delivery), &address)
    });
    match done.await {
        Ok(()) => {
            let done = Done::SentAgain.code();
            Ok(Redirect::to(&format!("/tickets/{number}?done={done}")).into_response())
        }
        Err(error @ (DeskError::NotFound | DeskError::NotAllowed | DeskError::Store(_))) => Err(error.into()),
        Err(error) => {
            let words = said::error(&visitor.reader, &error);
            let fields = super::Fields { address: typed, ..super::Fields::default() };
            let failed = Failed::new(Form::Mail, words, fields);
            let page = answer(&app, &visitor, number, None, Some(failed), None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// Under a mail that was lost, for whoever may send it again.
pub(super) fn form(visitor: &Visitor, view: &View, outgoing: &Outgoing) -> Markup {
    let locale = visitor.reader.locale;
    let id = format!("again-{}", outgoing.id);
    html! {
        details.resend {
            summary { (t!(locale, "resend-other")) }
            form method="post" action={ "/tickets/" (view.sheet.number) "/deliveries/" (outgoing.id) "/again" } {
                (field::token_once(&visitor.csrf))
                label for=(id) { (t!(locale, "resend-address")) }
                input.input id=(id) type="email" name="address" value=(outgoing.recipient) required autocomplete="off";
                (button::submit(Weight::Secondary, Some(Icon::Return), t!(locale, "resend-send")))
            }
            p.field-help { (t!(locale, "resend-help")) }
        }
    }
}
