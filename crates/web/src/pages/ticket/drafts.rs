//! What is being written on a ticket: kept for whoever writes it, and a line for the colleagues who look at it.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, post};
use desk::draft::{self, Saved, Typed};
use desk::{DeskError, Problem};
use domain::event::Actor;
use domain::id::UploadId;
use maud::{Markup, html};
use serde::Deserialize;
use store::upload::{Audience, Upload};

use super::doing::{Done, Form};
use super::view::View;
use super::{Failed, Fields, answer};
use crate::app::App;
use crate::form::Posted;
use crate::format;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::text::Locale;
use crate::ui::composer::Keeping;
use crate::ui::icon::{Icon, icon};
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    let keeping = |path, audience| Route::post(path, Right::Ticket, keeping(audience));
    vec![
        keeping("/tickets/{number}/drafts/reply", Audience::Message),
        keeping("/tickets/{number}/drafts/note", Audience::Note),
    ]
}

/// What stands in the composer's form; files are kept by themselves.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Written {
    body: String,
    after: String,
    seen: String,
    version: i64,
    discard: String,
    addressed: String,
    to: String,
    cc: String,
    bcc: String,
    people: String,
    upload: Vec<UploadId>,
}

impl Written {
    /// The composer's form as it comes back.
    fn fields(self) -> Fields {
        let Self { body, after, seen, version, addressed, to, cc, bcc, people, upload, .. } = self;
        Fields { body, after, seen, version, addressed, to, cc, bcc, people, upload, ..Fields::default() }
    }
}

fn keeping(audience: Audience) -> MethodRouter<App> {
    post(
        move |State(app): State<App>,
              visitor: Visitor,
              headers: HeaderMap,
              path: Result<Path<i64>, PathRejection>,
              posted: Result<Posted<Written>, Refused>| async move {
            let (Path(number), Posted(written)) = (path?, posted?);
            // A script asks without leaving the page, and wants the new version and the time.
            let by_script = headers.contains_key("x-draft");
            keep(&app, &visitor, (number, audience), written, by_script).await
        },
    )
}

async fn keep(
    app: &App,
    visitor: &Visitor,
    (number, audience): (i64, Audience),
    written: Written,
    by_script: bool,
) -> Result<Response, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let gives_up = !written.discard.is_empty();
    let fields = written.fields();
    let typed = Typed {
        body: fields.body.clone(),
        after: fields.after.clone(),
        version: fields.version,
        addressed: fields.addressed(),
        files: fields.upload.clone(),
    };
    let kept = app.desk.act(Actor::Person(viewer.person), move |act| {
        let seen = store::access::by_number(act.tx, &viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
        if gives_up {
            draft::give_up(act, seen, audience)?;
            return Ok((seen.ticket, Saved::Gone));
        }
        Ok((seen.ticket, draft::save(act, seen, audience, typed)?))
    });
    let there = |done: Done| Redirect::to(&format!("/tickets/{number}?done={}#composer", done.code()));
    let (status, problem) = match kept.await {
        Ok((ticket, Saved::Kept { version, began })) => {
            if began {
                app.live.stirs(ticket);
            }
            if by_script {
                let time = format::brief(&visitor.reader, visitor.reader.now);
                return Ok(format!("{version} {time}").into_response());
            }
            return Ok(there(Done::DraftKept).into_response());
        }
        Ok((_, Saved::Gone)) if by_script => return Ok("0".into_response()),
        Ok((_, Saved::Gone)) => return Ok(there(Done::DraftGone).into_response()),
        Ok((_, Saved::Elsewhere(_))) => (StatusCode::CONFLICT, None),
        Err(DeskError::Invalid { problem, .. }) => (StatusCode::UNPROCESSABLE_ENTITY, Some(problem)),
        Err(error) => return Err(error.into()),
    };
    if by_script {
        return Ok(status.into_response());
    }
    let locale = visitor.reader.locale;
    let words = problem.map_or_else(
        || t!(locale, "composer-draft-elsewhere").to_owned(),
        |problem: Problem| said::problem(locale, &problem),
    );
    let form = match audience {
        Audience::Message => Form::Reply,
        Audience::Note => Form::Note,
    };
    let page = answer(app, visitor, number, None, Some(Failed::new(form, words, fields)), None).await?;
    Ok((status, page).into_response())
}

/// The viewer's own draft for one audience, as the composer shows it.
pub(super) struct Own<'a> {
    pub body: &'a str,
    pub after: Option<&'a str>,
    pub files: Vec<Upload>,
    action: String,
    version: i64,
    kept: Option<String>,
}

impl<'a> Own<'a> {
    pub(super) fn of(visitor: &Visitor, view: &'a View, audience: Audience) -> Self {
        let draft = view.drafts.iter().find(|draft| draft.audience == audience);
        let noun = match audience {
            Audience::Message => "reply",
            Audience::Note => "note",
        };
        Self {
            body: draft.map_or("", |draft| draft.body.as_str()),
            after: draft.map(|draft| draft.after.as_str()),
            files: view.uploads.iter().filter(|upload| upload.audience == audience).cloned().collect(),
            action: format!("/tickets/{}/drafts/{noun}", view.sheet.number),
            version: draft.map_or(0, |draft| draft.version),
            kept: draft.map(|draft| format::brief(&visitor.reader, draft.saved_at)),
        }
    }

    pub(super) fn keeping(&self) -> Keeping<'_> {
        Keeping { action: &self.action, version: self.version, kept: self.kept.as_deref() }
    }
}

/// Who else is writing or looking: nobody should answer past a colleague.
pub(super) fn writers(locale: Locale, view: &View) -> Markup {
    html! {
        div #writers aria-live="polite" {
            @if !view.lookers.is_empty() {
                p.writer.writer-looks { (icon(Icon::Eye)) " " (t!(locale, "ticket-looks", count = view.lookers.len(), names = view.lookers.join(", "))) }
            }
            @for writer in &view.writers {
                p.writer {
                    (icon(Icon::Note)) " "
                    @match writer.audience {
                        Audience::Message => (t!(locale, "ticket-writes-message", name = writer.name.as_str())),
                        Audience::Note => (t!(locale, "ticket-writes-note", name = writer.name.as_str())),
                    }
                }
            }
        }
    }
}
