//! A mail as it came: its source, its bytes to be saved, and its own formatting in a box of its own.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::letter::SafeHtml;
use desk::letter::{Limits, parse, peek};
use desk::{DeskError, mail_raw};
use domain::id::MessageId;
use maud::{Markup, PreEscaped, html};
use serde::Deserialize;
use store::access::Seen;
use store::attachment::Attachment;
use store::mail::{Carried, Mail};

use super::letter;
use crate::app::App;
use crate::format;
use crate::headers;
use crate::pages::frame::{self, Frame, Here};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::layout;
use crate::ui::navigation::Place;
use crate::ui::panel;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    let right = Right::Ticket;
    vec![
        Route::get("/tickets/{number}/messages/{message}/source", right, get(source)),
        Route::get("/tickets/{number}/messages/{message}/mail", right, get(saved)),
        Route::get("/tickets/{number}/messages/{message}/formatted", right, get(formatted)),
    ]
}

type Where = Result<Path<(i64, i64)>, PathRejection>;

/// A mail that carried a message of a ticket, for those who read inside it.
struct Found {
    number: i64,
    carried: Carried,
    mail: Mail,
    /// What is kept for it, or the words for why nothing is.
    raw: Result<Vec<u8>, String>,
    files: Vec<Attachment>,
}

async fn find(app: &App, visitor: &Visitor, place: Where) -> Result<Found, Refused> {
    let Path((number, message)) = place?;
    let (viewer, files, locale) =
        (Arc::clone(&visitor.viewer), app.desk.files.clone(), visitor.reader.locale);
    let found = app.desk.study(move |look| {
        let seen = store::access::by_number(look.tx, &viewer, number, look.now)?;
        let granted = seen.and_then(Seen::read_inside).ok_or(DeskError::NotFound)?;
        let (carried, mail) =
            store::mail::of_message(look.tx, &granted, MessageId(message))?.ok_or(DeskError::NotFound)?;
        let raw = match mail_raw::bytes(look.tx, &files, &mail) {
            Ok(raw) => Ok(raw),
            Err(DeskError::Conflict(problem)) => Err(crate::said::problem(locale, &problem)),
            Err(error) => return Err(error),
        };
        let files = store::attachment::of_messages(look.tx, &granted)?;
        Ok(Found { number, carried, mail, raw, files })
    });
    Ok(found.await?)
}

/// `GET ../source`: its header and its text as they came, with nothing hidden.
async fn source(State(app): State<App>, visitor: Visitor, place: Where) -> Result<Response, Refused> {
    let found = find(&app, &visitor, place).await?;
    let locale = visitor.reader.locale;
    let content = match &found.raw {
        Ok(raw) => {
            let (text, is_cut) = peek::source(raw);
            html! {
                pre.mail-source tabindex="0" { (text) }
                @if is_cut { p.muted { (t!(locale, "mail-text-cut")) } }
            }
        }
        Err(words) => html! { p { (words) } },
    };
    let panel = panel::panel(t!(locale, "letter-source"), None, &content);
    Ok(page(&visitor, &found, t!(locale, "letter-source"), &panel).into_response())
}

/// `GET ../mail`: every byte as it came, to be saved.
async fn saved(State(app): State<App>, visitor: Visitor, place: Where) -> Result<Response, Refused> {
    let found = find(&app, &visitor, place).await?;
    let raw = found.raw.map_err(|words| Refused::Said(axum::http::StatusCode::CONFLICT, words))?;
    Ok(headers::file("message/rfc822", &format!("ticket-{}-{}.eml", found.number, found.mail.id), raw))
}

#[derive(Debug, Clone, Copy, Deserialize)]
struct Wanted {
    images: Option<Images>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Images {
    Shown,
}

/// `GET ../formatted`: its own formatting; with `?images=shown` also what lies elsewhere, on a page that can
/// do nothing else.
async fn formatted(
    State(app): State<App>,
    visitor: Visitor,
    place: Where,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, Refused> {
    let (Query(wanted), found) = (wanted?, find(&app, &visitor, place).await?);
    let locale = visitor.reader.locale;
    if wanted.images == Some(Images::Shown) {
        let raw = found.raw.as_ref().map_err(|_| Refused::NotFound)?;
        let html = parse::page_with_remote_images(raw, &Limits::default()).ok_or(Refused::NotFound)?;
        let back = format!("/tickets/{}#message-{}", found.number, found.carried.message);
        let content = html! {
            p { (button::link(Weight::Secondary, Some(Icon::ArrowBack), &t!(locale, "letter-back", number = found.number), &back)) }
            p.letter-sender { (letter::sender(locale, &found.mail)) }
            (boxed(&found, &html))
        };
        let title = t!(locale, "letter-formatted");
        return Ok(headers::pictured(layout::alone_for(locale, &visitor.preferences, title, &content)));
    }
    let html = found.carried.html.clone().map(SafeHtml::kept).ok_or(Refused::NotFound)?;
    let content = html! {
        @if html.remote_images() > 0 { (blocked(&visitor, &found, html.remote_images())) }
        (boxed(&found, &html))
    };
    Ok(page(&visitor, &found, t!(locale, "letter-formatted"), &content).into_response())
}

fn blocked(visitor: &Visitor, found: &Found, count: usize) -> Markup {
    let locale = visitor.reader.locale;
    let shown =
        format!("/tickets/{}/messages/{}/formatted?images=shown", found.number, found.carried.message);
    html! {
        div.example.letter-blocked {
            p { (t!(locale, "letter-blocked", count = count)) }
            @if found.raw.is_ok() {
                p { (button::link(Weight::Secondary, Some(Icon::Eye), t!(locale, "letter-show-images"), &shown)) }
                p.small.muted { (t!(locale, "letter-show-images-why")) }
            }
        }
    }
}

/// Nothing in it reaches outside of its box; its inline images come from us.
fn boxed(found: &Found, html: &SafeHtml) -> Markup {
    let place = |id: &str| {
        let id = id.trim_matches(['<', '>']);
        let file = found.files.iter().find(|file| {
            file.on == store::attachment::On::Message(found.carried.message)
                && file.content_id.as_deref().is_some_and(|own| own.trim_matches(['<', '>']) == id)
        })?;
        Some(format!("/tickets/{}/images/{}", found.number, file.id))
    };
    html! { div.letter-page dir="auto" { (PreEscaped(html.with_inline_images(place))) } }
}

fn page(visitor: &Visitor, found: &Found, title: &str, content: &Markup) -> Markup {
    let (reader, locale) = (&visitor.reader, visitor.reader.locale);
    let ticket = format!("/tickets/{}", found.number);
    let (name, message) =
        (format!("#{}", found.number), format!("{ticket}/messages/{}", found.carried.message));
    let above = [Place::new(t!(locale, "place-work"), "/"), Place::new(&name, &ticket)];
    let subject = found.mail.subject.as_deref().filter(|subject| !subject.trim().is_empty());
    let content = html! {
        div.page-head {
            h1 { bdi { (subject.unwrap_or(title)) } }
            div.buttons {
                (button::link(Weight::Secondary, Some(Icon::ArrowBack), &t!(locale, "letter-back", number = found.number), &format!("{ticket}#message-{}", found.carried.message)))
                @if found.raw.is_ok() { (button::link(Weight::Secondary, Some(Icon::Download), t!(locale, "letter-save"), &format!("{message}/mail"))) }
            }
        }
        p.letter-sender { (letter::sender(locale, &found.mail)) " · " (format::absolute(reader, found.mail.arrived_at)) }
        (content)
    };
    frame::show(visitor, &Frame { above: &above, ..Frame::new(title, Here::Work) }, &content)
}
