//! What is being written on a ticket's page: kept for whoever writes it, and a line for the colleagues who look at it.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, post};
use desk::{Act, DeskError, draft};
use domain::draft::{Place, Text};
use maud::{Markup, html};
use store::access::Seen;
use store::draft::Draft;
use store::upload::Upload;

use super::doing::{Done, Form};
use super::view::View;
use super::{Failed, Fields, answer, for_the_desk};
use crate::app::App;
use crate::form::Posted;
use crate::pages::drafts::{self, Fate, Shown, Written};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::icon::{Icon, icon};
use crate::ui::panel;
use crate::visitor::Visitor;

/// The forms of the page whose words are kept.
const KEPT: [(Form, Text); 5] = [
    (Form::Reply, Text::Reply),
    (Form::Note, Text::Note),
    (Form::Handoff, Text::Handoff),
    (Form::Delivery, Text::Delivery),
    (Form::Return, Text::Return),
];

pub(super) fn routes() -> Vec<Route> {
    let keeping = |path, form, text| Route::post(path, Right::Ticket, keeping(form, text));
    vec![
        keeping("/tickets/{number}/drafts/reply", Form::Reply, Text::Reply),
        keeping("/tickets/{number}/drafts/note", Form::Note, Text::Note),
        keeping("/tickets/{number}/drafts/handoff", Form::Handoff, Text::Handoff),
        keeping("/tickets/{number}/drafts/delivery", Form::Delivery, Text::Delivery),
        keeping("/tickets/{number}/drafts/return", Form::Return, Text::Return),
    ]
}

fn keeping(form: Form, text: Text) -> MethodRouter<App> {
    post(
        move |State(app): State<App>,
              visitor: Visitor,
              headers: HeaderMap,
              path: Result<Path<i64>, PathRejection>,
              posted: Result<Posted<Vec<(String, String)>>, Refused>| async move {
            let (Path(number), Posted(pairs)) = (path?, posted?);
            keep(&app, &visitor, &headers, (number, form, text), Written::read(pairs)?).await
        },
    )
}

async fn keep(
    app: &App,
    visitor: &Visitor,
    headers: &HeaderMap,
    (number, form, text): (i64, Form, Text),
    written: Written,
) -> Result<Response, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let kept = drafts::keep(app, visitor, headers, &written, move |act| {
        let seen = for_the_desk(act.tx, &viewer, number, act.now)?;
        Ok(drafts::on(seen, text))
    });
    let there = |done: Done| {
        let anchor = match form {
            Form::Note => "composer".to_owned(),
            form => format!("do-{}", form.name()),
        };
        Redirect::to(&format!("/tickets/{number}?done={}#{anchor}", done.code())).into_response()
    };
    Ok(match kept.await? {
        Fate::Answered(response) => response,
        Fate::Kept => there(Done::DraftKept),
        Fate::Gone => there(Done::DraftGone),
        Fate::Not(status, words) => {
            let failed = Failed::new(form, words, Fields::read(&written.pairs)?);
            let page = answer(app, visitor, number, None, Some(failed), None).await?;
            (status, page).into_response()
        }
    })
}

/// What a form sent is no draft any more.
pub(super) fn sent(act: &mut Act, seen: Seen, form: Form) -> Result<(), DeskError> {
    text_of(form).map_or(Ok(()), |text| draft::sent(act, Place::Ticket(seen.ticket, text)))
}

/// What somebody wrote into a form, where its words are kept.
pub(super) fn words(form: Form, fields: &Fields) -> Option<&str> {
    let words = if form == Form::Return { &fields.reason } else { &fields.body };
    text_of(form).map(|_| words.as_str()).filter(|words| !words.trim().is_empty())
}

pub(super) fn text_of(form: Form) -> Option<Text> {
    KEPT.iter().find(|(own, _)| *own == form).map(|(_, text)| *text)
}

/// The viewer's own draft of one text, as its form shows it.
pub(super) fn own<'a>(
    visitor: &Visitor,
    (drafts, uploads): (&'a [Draft], &[Upload]),
    number: i64,
    text: Text,
) -> Shown<'a> {
    let draft = drafts.iter().find(|draft| draft.is(text));
    Shown::of(visitor, draft, uploads, address(number, text))
}

/// Words whose form is not there any more, in full, with why and with the way to forget those that are kept.
pub(super) fn left(
    visitor: &Visitor,
    (drafts, number): (&[Draft], i64),
    failed: Option<&Failed>,
    why: &Markup,
    is_offered: impl Fn(Text) -> bool,
) -> Markup {
    let locale = visitor.reader.locale;
    let failed = failed.and_then(|failed| {
        let text = text_of(failed.form).filter(|text| !is_offered(*text))?;
        Some((text, words(failed.form, &failed.fields)?))
    });
    let is_told = |draft: &Draft| failed.is_some_and(|(text, _)| draft.is(text));
    let kept: Vec<(Text, &Draft)> = drafts
        .iter()
        .filter_map(|draft| match draft.place {
            Place::Ticket(_, text) if !is_offered(text) && !is_told(draft) => Some((text, draft)),
            Place::Ticket(..) | Place::New(_) => None,
        })
        .collect();
    html! {
        @if let Some((_, words)) = failed {
            (panel::panel(t!(locale, "unsent-title"), None, &drafts::unsent(locale, why, "unsent", words)))
        }
        @for (text, draft) in kept {
            (drafts::left(visitor, why, draft, &address(number, text)))
        }
    }
}

/// Where the words of a text are kept while they are written.
fn address(number: i64, text: Text) -> String {
    match text {
        Text::Reply | Text::Note | Text::Handoff | Text::Delivery | Text::Return => {
            format!("/tickets/{number}/drafts/{}", text.word())
        }
        Text::Forward(message) => format!("/tickets/{number}/messages/{message}/forward/draft"),
        Text::ForwardAgain(note) => format!("/tickets/{number}/notes/{note}/forward/draft"),
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
                    @if writer.text == Text::Note { (t!(locale, "ticket-writes-note", name = writer.name.as_str())) }
                    @else { (t!(locale, "ticket-writes-message", name = writer.name.as_str())) }
                }
            }
        }
    }
}
