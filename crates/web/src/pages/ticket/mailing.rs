//! What is done with the mails of a ticket: taken back, sent again, confirmed, set aside, moved.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, post};
use desk::act::Act;
use desk::reply::Answered;
use desk::{DeskError, copies, outbox, receive_mail};
use domain::event::Actor;
use domain::id::{MailId, MessageId, PersonId};
use domain::permission::Viewer;
use store::access::{Granted, Serve};

use super::doing::{Done, Form};
use super::{Failed, Fields, answer, for_the_desk};
use crate::app::App;
use crate::form::{Nothing, Posted};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    let posted = |path, deed| Route::post(path, Right::Ticket, doing(deed));
    vec![
        posted("/tickets/{number}/replies/{message}/undo", Deed::Undo),
        posted("/tickets/{number}/replies/{message}/again", Deed::Again),
        posted("/tickets/{number}/messages/{message}/move", Deed::Move),
        posted("/tickets/{number}/messages/{message}/stay", Deed::Stay),
        posted("/tickets/{number}/messages/{message}/release", Deed::Release),
        posted("/tickets/{number}/strangers/{mail}/confirmation", Deed::Confirm),
        posted("/tickets/{number}/strangers/{mail}/aside", Deed::SetAside),
        posted("/tickets/{number}/copies/{person}/end", Deed::EndCopy),
    ]
}

#[derive(Debug, Clone, Copy)]
enum Deed {
    Undo,
    Again,
    Move,
    Stay,
    Release,
    Confirm,
    SetAside,
    EndCopy,
}

/// Where the reader goes on.
enum Next {
    Here(Done),
    There(i64, Done),
    /// Here, where what was taken back is a draft again.
    Unsaid,
}

fn doing(deed: Deed) -> MethodRouter<App> {
    post(
        move |State(app): State<App>,
              visitor: Visitor,
              path: Result<Path<(i64, i64)>, PathRejection>,
              posted: Result<Posted<Nothing>, Refused>| run(app, visitor, deed, path, posted),
    )
}

async fn run(
    app: App,
    visitor: Visitor,
    deed: Deed,
    path: Result<Path<(i64, i64)>, PathRejection>,
    posted: Result<Posted<Nothing>, Refused>,
) -> Result<Response, Refused> {
    let (Path((number, id)), Posted(Nothing {})) = (path?, posted?);
    let viewer = Arc::clone(&visitor.viewer);
    let outcome = app.desk.act(Actor::Person(viewer.person), move |act| {
        let seen = for_the_desk(act.tx, &viewer, number, act.now)?;
        follow(act, &viewer, seen.serve().ok_or(DeskError::NotAllowed)?, deed, id)
    });
    let to = |number: i64, done: Done| Redirect::to(&format!("/tickets/{number}?done={}", done.code()));
    match outcome.await {
        Ok(Next::Here(done)) => Ok(to(number, done).into_response()),
        Ok(Next::There(there, done)) => Ok(to(there, done).into_response()),
        Ok(Next::Unsaid) => answer(&app, &visitor, number, Some(Done::TakenBack), None, None).await,
        Err(error @ (DeskError::NotFound | DeskError::NotAllowed | DeskError::Store(_))) => Err(error.into()),
        Err(error) => {
            let words = said::error(&visitor.reader, &error);
            let failed = Failed::new(Form::Mail, words, Fields::default());
            let page = answer(&app, &visitor, number, None, Some(failed), None).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}

fn follow(
    act: &mut Act,
    viewer: &Viewer,
    granted: Granted<Serve>,
    deed: Deed,
    id: i64,
) -> Result<Next, DeskError> {
    match deed {
        Deed::Undo => outbox::take_back(act, granted, MessageId(id)).map(|_| Next::Unsaid),
        Deed::Again => outbox::again(act, granted, MessageId(id)).map(|()| Next::Here(Done::SentAgain)),
        Deed::Move => move_it(act, viewer, granted, MessageId(id)),
        Deed::Stay => receive_mail::stays(act, granted, MessageId(id)).map(|()| Next::Here(Done::Stays)),
        Deed::Release => {
            receive_mail::release(act, granted, MessageId(id)).map(|()| Next::Here(Done::Released))
        }
        Deed::Confirm => receive_mail::confirm(act, granted, MailId(id)).map(|stands| match stands {
            Answered::Here(_) => Next::Here(Done::Confirmed),
            Answered::Elsewhere(ticket) => Next::There(ticket.number, Done::ConfirmedThere),
        }),
        Deed::SetAside => {
            receive_mail::set_aside(act, granted, MailId(id)).map(|()| Next::Here(Done::SetAside))
        }
        Deed::EndCopy => copies::end(act, granted, PersonId(id)).map(|()| Next::Here(Done::CopyEnded)),
    }
}

/// To the ticket that the hint names, if the viewer serves that one, too.
fn move_it(
    act: &mut Act,
    viewer: &Viewer,
    granted: Granted<Serve>,
    message: MessageId,
) -> Result<Next, DeskError> {
    let carried = store::mail::carried(act.tx, &granted)?;
    let hint = carried.iter().find(|(carried, _)| carried.message == message);
    let hint = hint.and_then(|(_, mail)| mail.hint).ok_or(DeskError::NotFound)?;
    let there = store::access::by_id(act.tx, viewer, hint, act.now)?.ok_or(DeskError::NotFound)?;
    let to = there.serve().ok_or(DeskError::NotFound)?;
    receive_mail::move_to(act, granted, to, message)?;
    Ok(Next::There(there.number, Done::Moved))
}
