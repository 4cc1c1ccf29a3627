//! Passing a message on to somebody outside, and going on with them: a page of its own, so that nobody takes it
//! for a reply to the requester.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::forward::{self, Forwarding, From};
use desk::words::{Body, Subject};
use desk::{DeskError, draft};
use domain::draft::Text;
use domain::id::{AttachmentId, MessageId, NoteId, UploadId};
use maud::{Markup, html};
use serde::Deserialize;
use store::attachment::On;
use store::forward::{Direction, Forward};
use store::message::Noted;
use store::outgoing::Outgoing;
use store::upload::{Audience, Upload};

use super::doing::Done;
use super::view::{self, Read, View};
use super::{delivery, drafts, for_the_desk, letter};
use crate::app::App;
use crate::form::Posted;
use crate::form::files::{self as sent, PostedFiles};
use crate::format;
use crate::pages::drafts::{self as writing, Fate, Shown, Written};
use crate::pages::frame::{self, Frame, Here};
use crate::pages::uploads;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::ui::badge::{Tone, badge};
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::{Icon, icon};
use crate::ui::navigation::Place;
use crate::ui::{composer, custom, files};
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    const MESSAGE: &str = "/tickets/{number}/messages/{message}/forward";
    const NOTE: &str = "/tickets/{number}/notes/{note}/forward";
    let message = |id| From::Message(MessageId(id));
    let note = |id| From::Note(NoteId(id));
    vec![
        Route::get(MESSAGE, Right::Ticket, get(move |app, visitor, path| show(app, visitor, path, message))),
        Route::get(NOTE, Right::Ticket, get(move |app, visitor, path| show(app, visitor, path, note))),
        Route::post(
            MESSAGE,
            Right::Ticket,
            post(move |app, visitor, path, posted| send(app, visitor, path, posted, message)),
        )
        .up_to(sent::LONGEST),
        Route::post(
            NOTE,
            Right::Ticket,
            post(move |app, visitor, path, posted| send(app, visitor, path, posted, note)),
        )
        .up_to(sent::LONGEST),
        Route::post(
            "/tickets/{number}/messages/{message}/forward/draft",
            Right::Ticket,
            post(move |app, visitor, headers, path, posted| {
                keep(app, visitor, headers, (path, posted), message)
            }),
        ),
        Route::post(
            "/tickets/{number}/notes/{note}/forward/draft",
            Right::Ticket,
            post(move |app, visitor, headers, path, posted| {
                keep(app, visitor, headers, (path, posted), note)
            }),
        ),
    ]
}

/// Number of the ticket, and what is passed on.
type Where = Result<Path<(i64, i64)>, PathRejection>;

/// The form as far as it was typed.
type Typed = Result<Posted<Vec<(String, String)>>, Refused>;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    to: String,
    subject: String,
    body: String,
    /// Files of the message that go along.
    file: Vec<AttachmentId>,
    /// Files that were sent for it.
    upload: Vec<UploadId>,
}

const fn text(from: From) -> Text {
    match from {
        From::Message(message) => Text::Forward(message),
        From::Note(note) => Text::ForwardAgain(note),
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    path: Where,
    from: fn(i64) -> From,
) -> Result<Response, Refused> {
    let Path((number, id)) = path?;
    let view = read(&app, &visitor, number).await?;
    let from = from(id);
    let mut fields = begun(&visitor, &view, from).ok_or(Refused::NotFound)?;
    let own = own(&visitor, &view, from);
    if let Some(draft) = own.draft {
        fields = Fields { body: draft.body.clone(), ..custom::rest(&draft.fields)? };
    }
    Ok(page(&visitor, &view, from, &fields, &own.files, None).into_response())
}

/// What is typed is kept with the message or note that is passed on.
async fn keep(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    (path, posted): (Where, Typed),
    from: fn(i64) -> From,
) -> Result<Response, Refused> {
    let (Path((number, id)), Posted(pairs)) = (path?, posted?);
    let (from, written) = (from(id), Written::read(pairs)?);
    let viewer = Arc::clone(&visitor.viewer);
    let fate = writing::keep(&app, &visitor, &headers, &written, move |act| {
        let seen = for_the_desk(act.tx, &viewer, number, act.now)?;
        Ok(writing::on(seen, text(from)))
    });
    let there = || Redirect::to(&here(number, from)).into_response();
    match fate.await? {
        Fate::Answered(response) => Ok(response),
        Fate::Kept | Fate::Gone => Ok(there()),
        Fate::Not(status, words) => {
            let fields: Fields = custom::rest(&written.pairs)?;
            not_followed(&app, &visitor, (number, from), &fields, (status, &words)).await
        }
    }
}

async fn send(
    State(app): State<App>,
    visitor: Visitor,
    path: Where,
    posted: Result<PostedFiles<Fields>, Refused>,
    from: fn(i64) -> From,
) -> Result<Response, Refused> {
    let (Path((number, id)), PostedFiles(mut fields, once, came)) = (path?, posted?);
    let from = from(id);
    let filed = came.keep(&app, &visitor, Audience::Note, &fields.upload).await?;
    fields.upload.clone_from(&filed.files);
    let trouble = filed.trouble(visitor.reader.locale);
    let (viewer, sent) = (Arc::clone(&visitor.viewer), fields.clone());
    let outcome = match trouble {
        Some((status, words)) => Err((status, words)),
        None => {
            let done = once.act(&app, &visitor, move |act| {
                let seen = for_the_desk(act.tx, &viewer, number, act.now)?;
                let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
                let forwarding = Forwarding {
                    from,
                    to: sent.to,
                    subject: Subject::parse(&sent.subject)?,
                    body: Body::parse(&sent.body)?,
                    files: sent.file,
                    uploads: sent.upload,
                };
                let note = forward::run(act, granted, &forwarding)?;
                draft::sent(act, writing::on(seen, text(from)).0)?;
                Ok(note)
            });
            match done.await {
                Ok(note) => {
                    let done = Done::Forwarded.code();
                    return Ok(
                        Redirect::to(&format!("/tickets/{number}?done={done}#note-{note}")).into_response()
                    );
                }
                Err(error @ (DeskError::NotFound | DeskError::NotAllowed)) => {
                    return Ok(writing::gone(&visitor, Refused::from(error).status(), &fields.body));
                }
                Err(error @ DeskError::Store(_)) => return Err(error.into()),
                Err(error @ DeskError::Invalid { .. }) => {
                    Err((StatusCode::UNPROCESSABLE_ENTITY, said::error(&visitor.reader, &error)))
                }
                Err(error) => Err((StatusCode::CONFLICT, said::error(&visitor.reader, &error))),
            }
        }
    };
    let Err::<(), _>((status, words)) = outcome else { return Err(Refused::Trouble) };
    not_followed(&app, &visitor, (number, from), &fields, (status, &words)).await
}

/// The form with what stood in it, and why it was not followed.
async fn not_followed(
    app: &App,
    visitor: &Visitor,
    (number, from): (i64, From),
    fields: &Fields,
    (status, words): (StatusCode, &str),
) -> Result<Response, Refused> {
    let uploads = uploads::kept(app, visitor, fields.upload.clone()).await?;
    let view = read(app, visitor, number).await?;
    begun(visitor, &view, from).ok_or(Refused::NotFound)?;
    Ok((status, page(visitor, &view, from, fields, &uploads, Some(words))).into_response())
}

/// What the visitor is writing there.
fn own<'a>(visitor: &Visitor, view: &'a View, from: From) -> Shown<'a> {
    drafts::own(visitor, (&view.drafts, &view.uploads), view.sheet.number, text(from))
}

fn here(number: i64, from: From) -> String {
    match from {
        From::Message(message) => format!("/tickets/{number}/messages/{message}/forward"),
        From::Note(note) => format!("/tickets/{number}/notes/{note}/forward"),
    }
}

/// The ticket for whoever serves it; for everybody else there is nothing to do here.
pub(super) async fn read(app: &App, visitor: &Visitor, number: i64) -> Result<View, Refused> {
    let (viewer, files) = (Arc::clone(&visitor.viewer), app.desk.files.clone());
    let read = app.desk.look(move |look| view::read(look, &files, &viewer, number)).await?;
    match read {
        Read::Inside(view) if view.seen.serve().is_some() => Ok(*view),
        Read::Inside(_) | Read::Asking(_) | Read::Requesting => Err(Refused::NotFound),
    }
}

/// The form as it begins: what is passed on, quoted, or an empty text to somebody who was written to.
fn begun(visitor: &Visitor, view: &View, from: From) -> Option<Fields> {
    let reader = &visitor.reader;
    let locale = reader.locale;
    match from {
        From::Message(message) => {
            let said = view.messages.iter().find(|said| said.message.id == message)?;
            let name = said.name.as_deref().unwrap_or(t!(locale, "history-desk"));
            let time = format::absolute(reader, said.message.at);
            let head = t!(locale, "forward-quoted", name = name, time = time);
            let quoted: Vec<String> = said.message.body.lines().map(|line| format!("> {line}")).collect();
            Some(Fields {
                subject: t!(locale, "forward-subject", subject = view.sheet.subject.as_str()),
                body: format!("\n\n{head}\n\n{}", quoted.join("\n")),
                file: files_of(view, from).iter().map(|file| file.id).collect(),
                ..Fields::default()
            })
        }
        From::Note(note) => {
            let forward = view.forwards.iter().find(|forward| forward.note == note)?;
            let subject = forward.subject.clone();
            let again =
                if subject.to_lowercase().starts_with("re:") { subject } else { format!("Re: {subject}") };
            Some(Fields { to: forward.address.clone(), subject: again, ..Fields::default() })
        }
    }
}

fn files_of(view: &View, from: From) -> Vec<&store::attachment::Attachment> {
    match from {
        From::Message(message) => view.mails.files_on(On::Message(message)),
        From::Note(note) => view.mails.files_on(On::Note(note)),
    }
}

fn page(
    visitor: &Visitor,
    view: &View,
    from: From,
    fields: &Fields,
    uploads: &[Upload],
    wrong: Option<&str>,
) -> Markup {
    let locale = visitor.reader.locale;
    let number = view.sheet.number;
    let own = own(visitor, view, from);
    let to = Field::new("to", t!(locale, "forward-to")).value(&fields.to).required();
    let subject =
        Field::new("subject", t!(locale, "forward-subject-label")).value(&fields.subject).required();
    let body = Field::new("body", t!(locale, "forward-body")).value(&fields.body).required();
    let title = t!(locale, "forward-title", number = number);
    let theirs = files_of(view, from);
    let content = html! {
        div.page-head { h1 { (title) } }
        section.panel.forward-form {
            div.panel-body {
                p.composer-audience { (icon(Icon::Lock)) (t!(locale, "forward-words", name = view.sheet.requester.name.as_str())) }
                @if let Some(wrong) = wrong { p.field-error role="alert" { (wrong) } }
                form.stack method="post" action=(here(number, from)) enctype=(files::ENCODING) data-draft=(own.action()) {
                    (field::token_once(&visitor.csrf))
                    (field::input(locale, Kind::Email, &to))
                    (field::input(locale, Kind::Text, &subject))
                    (field::area(locale, &body, 12))
                    @if !theirs.is_empty() {
                        fieldset.forward-files {
                            legend { (t!(locale, "forward-files")) }
                            @for file in &theirs {
                                label { input type="checkbox" name="file" value=(file.id) checked[fields.file.contains(&file.id)]; " " bdi { (file.name) } " " span.muted { (format::bytes(locale, file.size)) } }
                            }
                        }
                    }
                    (files::field(locale, "forward-uploads", Audience::Note, uploads))
                    div.buttons {
                        (button::submit(Weight::Primary, Some(Icon::ArrowForward), t!(locale, "forward-send")))
                        (button::link(Weight::Quiet, None, t!(locale, "forward-back"), &format!("/tickets/{number}")))
                    }
                    (composer::keeping(locale, &own.keeping()))
                }
            }
        }
    };
    let ticket = format!("/tickets/{number}");
    let named = format!("#{number} {}", view.sheet.subject);
    let above = [Place::new(t!(locale, "place-work"), "/"), Place::new(&named, &ticket)];
    frame::show(visitor, &Frame { above: &above, ..Frame::new(&title, Here::Work) }, &content)
}

/// The way to pass a message on, for those who may.
pub(super) fn way(visitor: &Visitor, view: &View, message: MessageId) -> Markup {
    let may = view.seen.serve().is_some()
        && view.mails.way.as_ref().is_some_and(|way| way.inbox.is_some())
        && !view.sheet.confidential;
    html! {
        @if may {
            p.letter-ways { a href={ "/tickets/" (view.sheet.number) "/messages/" (message) "/forward" } { (t!(visitor.reader.locale, "forward")) } (mark(visitor, view, From::Message(message))) }
        }
    }
}

fn mark(visitor: &Visitor, view: &View, from: From) -> Markup {
    let begun = view.drafts.iter().any(|draft| draft.is(text(from)));
    if begun {
        writing::mark(visitor.reader.locale)
    } else {
        html! {}
    }
}

/// What a note is when it left as a mail or came as one: with whom, how the mail fares, and the way to go on.
pub(super) fn about(visitor: &Visitor, view: &View, noted: &Noted) -> Markup {
    let locale = visitor.reader.locale;
    let Some(forward) = of(view, noted) else { return html! {} };
    let address = letter::shown(&forward.address);
    let mails: Vec<&Outgoing> =
        view.forwarded.iter().filter(|mail| mail.note == Some(noted.note.id)).collect();
    html! {
        p.letter-sender {
            @match forward.direction {
                Direction::Out => { (badge(Tone::Quiet, Some(Icon::ArrowForward), t!(locale, "forward-out"))) " " bdi { (address) } }
                Direction::In => { (badge(Tone::Quiet, Some(Icon::Return), t!(locale, "forward-in"))) " " bdi.letter-address { "<" (address) ">" } }
            }
            " · " bdi { (forward.subject) }
        }
        p.small.muted { (t!(locale, "forward-unseen", name = view.sheet.requester.name.as_str())) }
        (delivery::fares(visitor, view, &mails))
    }
}

/// Below the note: the way to write to the same person again.
pub(super) fn again(visitor: &Visitor, view: &View, noted: &Noted) -> Markup {
    html! {
        @if of(view, noted).is_some() && view.seen.serve().is_some() {
            p.letter-ways { a href={ "/tickets/" (view.sheet.number) "/notes/" (noted.note.id) "/forward" } { (t!(visitor.reader.locale, "forward-again")) } (mark(visitor, view, From::Note(noted.note.id))) }
        }
    }
}

pub(super) fn of<'a>(view: &'a View, noted: &Noted) -> Option<&'a Forward> {
    view.forwards.iter().find(|forward| forward.note == noted.note.id)
}
