//! A ticket, for those who serve it and for the unit that asked: reading it, and what can be done with it.

mod actions;
mod addressed;
mod asking;
mod beside;
mod canned;
mod checklist;
mod clocks;
mod copied;
mod delivery;
mod details;
mod doing;
mod done;
mod drafts;
mod fields;
mod forward;
mod history;
mod inplace;
mod letter;
mod links;
mod macros;
mod mailing;
mod mails;
mod meanwhile;
mod merged;
mod merging;
mod notes;
mod outcome;
mod page;
mod print;
pub(super) mod requester;
mod resend;
mod snoozing;
mod source;
mod split;
mod time;
mod undoing;
mod unread;
mod view;
mod wanted;
pub(super) mod watching;

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get, post};
use desk::{DeskError, Problem};
use domain::id::UploadId;
use domain::preference::AfterReply;
use maud::{Markup, html};
use serde::Deserialize;
use store::upload::Upload;

use self::doing::{Done, Form};
pub(super) use self::view::for_the_desk;
use crate::app::App;
use crate::form::Posted;
use crate::form::files::{self, PostedFiles};
use crate::markdown;
use crate::pages::listing::reached::{self, Carried, Reached};
use crate::pages::part;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::ui::custom::{self, Filled};
use crate::ui::flash::{Flash, Mood};
use crate::ui::layout;
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    let posted = |path, form| Route::post(path, Right::Ticket, doing(form));
    let with_files = |path, form| posted(path, form).up_to(files::LONGEST);
    let own = vec![
        Route::get("/tickets/{number}", Right::Ticket, get(show)),
        Route::post("/tickets/{number}/preview", Right::Ticket, post(preview)),
        with_files("/tickets/{number}/replies", Form::Reply),
        with_files("/tickets/{number}/notes", Form::Note),
        posted("/tickets/{number}/assignment", Form::Assignment),
        posted("/tickets/{number}/transfers", Form::Transfer),
        posted("/tickets/{number}/waits", Form::Wait),
        posted("/tickets/{number}/waits/end", Form::WaitEnd),
        posted("/tickets/{number}/solution", Form::Solution),
        posted("/tickets/{number}/reopening", Form::Reopening),
        posted("/tickets/{number}/closing", Form::Closing),
        posted("/tickets/{number}/priority", Form::Priority),
        posted("/tickets/{number}/service", Form::Service),
        posted("/tickets/{number}/status", Form::Status),
        posted("/tickets/{number}/kind", Form::Kind),
        with_files("/tickets/{number}/handoffs", Form::Handoff),
        with_files("/tickets/{number}/delivery", Form::Delivery),
        posted("/tickets/{number}/acceptance", Form::Acceptance),
        posted("/tickets/{number}/return", Form::Return),
        posted("/tickets/{number}/withdrawal", Form::Withdrawal),
        posted("/tickets/{number}/copies", Form::Copy),
        posted("/tickets/{number}/undo", Form::Undo),
        posted("/tickets/{number}/snooze", Form::Snooze),
        posted("/tickets/{number}/snooze/end", Form::Wake),
    ];
    let others = [
        canned::routes(),
        drafts::routes(),
        macros::routes(),
        mailing::routes(),
        source::routes(),
        unread::routes(),
    ];
    let papers = [notes::routes(), print::routes(), time::routes(), checklist::routes()];
    let outward = [
        details::routes(),
        fields::routes(),
        forward::routes(),
        links::routes(),
        merging::routes(),
        requester::routes(),
        resend::routes(),
        split::routes(),
        watching::routes(),
    ];
    [own].into_iter().chain(others).chain(papers).chain(outward).flatten().collect()
}

/// What the forms of a ticket send; each of them uses some.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    body: String,
    subject: String,
    service: String,
    unit: String,
    person: String,
    /// Who had the ticket when the page was made.
    held: String,
    on: String,
    supplier: String,
    until: String,
    priority: String,
    status: String,
    kind: String,
    rating: String,
    reason: String,
    /// Whether the form stands beside the ticket.
    beside: String,
    after: String,
    /// What was to happen when it was stopped, for a button that says nothing of it.
    meant: String,
    seen: String,
    address: String,
    name: String,
    /// Of a field of one's own.
    values: Vec<String>,
    /// Whether the form names its recipients.
    addressed: String,
    to: String,
    cc: String,
    bcc: String,
    /// For how many people their writer said that all of them are meant.
    people: String,
    /// Of the draft that the form was made with.
    version: i64,
    /// What is to be undone.
    event: i64,
    /// Files that were sent before.
    upload: Vec<UploadId>,
    /// Fields of a service that is asked.
    #[serde(skip)]
    filled: Filled,
}

impl Fields {
    fn read(pairs: &[(String, String)]) -> Result<Self, Refused> {
        Ok(Self { filled: Filled::sent(pairs), ..custom::rest(pairs)? })
    }
}

/// A form that was not followed: why, and what stood in it. Without words it comes back for another reason.
pub(super) struct Failed {
    form: Form,
    words: String,
    fields: Fields,
    /// The files of the form, as far as they are kept.
    uploads: Vec<Upload>,
    /// Something new came in first.
    stopped: bool,
    /// Whether so many people are meant has to be said first.
    asks: Option<usize>,
}

impl Failed {
    fn new(form: Form, words: String, fields: Fields) -> Self {
        Self { form, words, fields, uploads: Vec::new(), stopped: false, asks: None }
    }
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    done: Option<String>,
}

/// `GET /tickets/{number}`: the serving side's page, the asking unit's page, or the way to the portal.
async fn show(
    State(app): State<App>,
    mut visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<i64>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
    carried: Result<Query<Carried>, QueryRejection>,
) -> Result<Response, Refused> {
    let (Path(number), Query(asked), Query(carried)) = (path?, asked?, carried?);
    super::notices::opened(&app, &mut visitor, &headers, number).await?;
    let done = asked.done.as_deref().and_then(Done::parse);
    answer(&app, &visitor, number, done, None, carried.read().as_ref()).await
}

async fn answer(
    app: &App,
    visitor: &Visitor,
    number: i64,
    done: Option<Done>,
    mut failed: Option<Failed>,
    reached: Option<&Reached>,
) -> Result<Response, Refused> {
    let (viewer, files, live) = (Arc::clone(&visitor.viewer), app.desk.files.clone(), app.live.clone());
    let chosen = failed.as_ref().map(|failed| failed.fields.upload.clone()).unwrap_or_default();
    let looked = app.desk.look(move |look| {
        let uploads = store::upload::all_of_person(look.tx, &chosen, viewer.person)?;
        let mut read = view::read(look, &files, &viewer, number)?;
        if let view::Read::Inside(view) = &mut read {
            view.is_looked_at_by(look, live.lookers(view.seen.ticket))?;
        }
        Ok((read, uploads))
    });
    let (read, uploads) = looked.await?;
    if let Some(failed) = &mut failed {
        failed.uploads = uploads;
    }
    if let view::Read::Inside(view) = &read {
        unread::was_read(app, view);
    }
    let locale = visitor.reader.locale;
    let words = done.map(|done| match &read {
        view::Read::Inside(view) if done == Done::Replied && delivery::is_held(visitor, view) => {
            t!(locale, "ticket-done-reply-held")
        }
        view::Read::Requesting | view::Read::Asking(_) | view::Read::Inside(_) => doing::words(locale, done),
    });
    let unsent = failed.as_ref().filter(|failed| {
        matches!(failed.form, Form::Reply | Form::Note | Form::Mail | Form::Undo | Form::Merge)
    });
    let toast = match (&read, words) {
        (view::Read::Inside(view), Some(words)) => undoing::toast(visitor, view, words),
        _ => None,
    };
    let flash = words
        .filter(|_| toast.is_none())
        .map(|words| Flash { mood: Mood::Done, words })
        .or(unsent.map(|failed| Flash { mood: Mood::Warning, words: &failed.words }));
    Ok(match read {
        view::Read::Requesting => Redirect::to(&format!("/portal/tickets/{number}")).into_response(),
        view::Read::Asking(view) => asking::page(visitor, &view, flash, failed.as_ref()).into_response(),
        view::Read::Inside(view) => {
            page::page(visitor, &view, (flash, toast.as_ref()), failed.as_ref(), reached).into_response()
        }
    })
}

fn doing(form: Form) -> MethodRouter<App> {
    post(
        move |State(app): State<App>,
              visitor: Visitor,
              path: Result<Path<i64>, PathRejection>,
              carried: Result<Query<Carried>, QueryRejection>,
              posted: Result<PostedFiles<Vec<(String, String)>>, Refused>| async move {
            let (Path(number), Query(carried)) = (path?, carried?);
            run(app, visitor, form, number, carried.read(), posted).await
        },
    )
}

/// Does what a form asks for; afterwards the ticket is shown again, with what happened or why it did not.
async fn run(
    app: App,
    visitor: Visitor,
    form: Form,
    number: i64,
    reached: Option<Reached>,
    posted: Result<PostedFiles<Vec<(String, String)>>, Refused>,
) -> Result<Response, Refused> {
    let PostedFiles(pairs, once, came) = posted?;
    let mut fields = Fields::read(&pairs)?;
    if fields.after.is_empty() {
        fields.after = std::mem::take(&mut fields.meant);
    }
    let viewer = Arc::clone(&visitor.viewer);
    let filed = came.keep(&app, &visitor, form.audience(), &fields.upload).await?;
    fields.upload.clone_from(&filed.files);
    if let Some((status, words)) = filed.trouble(visitor.reader.locale) {
        let failed = Failed::new(form, words, fields);
        let page = answer(&app, &visitor, number, None, Some(failed), reached.as_ref()).await?;
        return Ok((status, page).into_response());
    }
    let (sent, zone) = (fields.clone(), visitor.reader.zone.clone());
    let outcome = once
        .act(&app, &visitor, move |act| {
            let seen = for_the_desk(act.tx, &viewer, number, act.now)?;
            match doing::run(act, seen, form, &sent, &zone)? {
                // Nothing was done, so that the same words may be sent again.
                Done::Meanwhile => Err(DeskError::Conflict(Problem::AnsweredMeanwhile)),
                done => drafts::sent(act, seen, form).map(|()| done),
            }
        })
        .await;
    let locale = visitor.reader.locale;
    let stopped = matches!(outcome, Err(DeskError::Conflict(Problem::AnsweredMeanwhile)));
    let asks = match &outcome {
        Err(DeskError::Conflict(Problem::RecipientsMany { count })) => Some(*count),
        _ => None,
    };
    let (status, words) = match outcome {
        Err(DeskError::Conflict(Problem::AnsweredMeanwhile)) => {
            (StatusCode::CONFLICT, t!(locale, "ticket-meanwhile").to_owned())
        }
        Ok(done) => {
            return Ok(Redirect::to(&leading_on(&visitor, number, done, reached.as_ref())).into_response());
        }
        Err(error @ (DeskError::NotFound | DeskError::NotAllowed | DeskError::Store(_))) => {
            let refused = Refused::from(error);
            // What was written is given back, also when its ticket is gone for whoever wrote it.
            return match (refused, drafts::words(form, &fields)) {
                (refused @ (Refused::NotFound | Refused::NotAllowed), Some(words)) => {
                    Ok(super::drafts::gone(&visitor, refused.status(), words))
                }
                (refused, _) => Err(refused),
            };
        }
        Err(error @ DeskError::Invalid { .. }) => {
            (StatusCode::UNPROCESSABLE_ENTITY, said::error(&visitor.reader, &error))
        }
        Err(error @ (DeskError::Refused(_) | DeskError::Circle(_) | DeskError::Conflict(_))) => {
            (StatusCode::CONFLICT, said::error(&visitor.reader, &error))
        }
    };
    let failed = Failed { stopped, asks, ..Failed::new(form, words, fields) };
    let page = answer(&app, &visitor, number, None, Some(failed), reached.as_ref()).await?;
    Ok((status, page).into_response())
}

/// Where a form leads: after a reply to where its person wants to go on in the list they came from; else to
/// the ticket again.
fn leading_on(visitor: &Visitor, number: i64, done: Done, reached: Option<&Reached>) -> String {
    let again = || reached::carrying(&format!("/tickets/{number}?done={}", done.code()), reached);
    match (done, reached) {
        (Done::Replied, Some(reached)) => match visitor.preferences.after_reply {
            AfterReply::Next => reached.neighbour("next"),
            AfterReply::Stay => again(),
            AfterReply::Back => reached.back(number),
        },
        _ => again(),
    }
}

/// `POST /tickets/{number}/preview`: what was written, as it will be shown.
async fn preview(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Fields>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), Posted(fields)) = (path?, posted?);
    let viewer = Arc::clone(&visitor.viewer);
    app.desk
        .look(move |look| {
            store::access::by_number(look.tx, &viewer, number, look.now)?.ok_or(DeskError::NotFound)
        })
        .await?;
    let shown: Markup = html! { (markdown::render(&fields.body)) };
    if part::is_fetched(&headers) {
        return Ok(shown.into_response());
    }
    let locale = visitor.reader.locale;
    let alone = layout::alone_for(
        locale,
        &visitor.preferences,
        t!(locale, "composer-preview"),
        &html! { div.prose { (shown) } },
    );
    Ok(alone.into_response())
}
