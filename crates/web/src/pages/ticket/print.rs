//! A ticket on paper: what its reader may read, in its order, with where the time went.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::DeskError;
use jiff::Timestamp;
use maud::{Markup, html};
use store::message::Said;
use store::sheet::Outside;

use super::view::{self, Read, View};
use super::{history, letter, notes, page};
use crate::app::App;
use crate::format::{self, Reader};
use crate::markdown;
use crate::pages::{shown, throughline as chains};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::layout;
use crate::ui::panel;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/tickets/{number}/print", Right::Ticket, get(show))]
}

/// `GET /tickets/{number}/print`
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
) -> Result<Response, Refused> {
    let Path(number) = path?;
    let (viewer, files) = (Arc::clone(&visitor.viewer), app.desk.files.clone());
    let (read, outside, chain) = app
        .desk
        .look(move |look| {
            let read = view::read(look, &files, &viewer, number)?;
            let outside = match &read {
                Read::Inside(_) => None,
                Read::Asking(_) | Read::Requesting => {
                    let seen = store::access::by_number(look.tx, &viewer, number, look.now)?;
                    let granted = seen.ok_or(DeskError::NotFound)?.read();
                    let sheet = desk::outside::known(look, &granted)?.sheet;
                    Some((sheet, store::message::of_ticket_outside(look.tx, &granted, look.now)?))
                }
            };
            Ok((read, outside, chains::read(look, &viewer, number)?))
        })
        .await?;
    let reader = &visitor.reader;
    let content = match (&read, &outside) {
        (Read::Inside(view), _) => inside(&visitor, view, chain.as_ref()),
        (_, Some((sheet, said))) => from_outside(reader, sheet, said),
        (_, None) => return Err(Refused::NotFound),
    };
    Ok(layout::paper(reader.locale, &visitor.preferences, &format!("#{number}"), &content).into_response())
}

fn inside(visitor: &Visitor, view: &View, chain: Option<&chains::Chain>) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let sheet = &view.sheet;
    let mut parts: Vec<(Timestamp, Markup)> = Vec::new();
    for view in std::iter::once(view).chain(&view.took_in) {
        for said in &view.messages {
            parts.push((said.message.at, spoken(reader, said, &page::spoken(visitor, view, said))));
        }
        for noted in &view.notes {
            let name = noted.name.as_deref().unwrap_or(t!(locale, "history-desk"));
            let words = html! {
                (notes::words(locale, noted))
                (letter::files(locale, view, store::attachment::On::Note(noted.note.id)))
            };
            parts
                .push((noted.note.at, part(reader, name, t!(locale, "message-note"), noted.note.at, &words)));
        }
    }
    parts.sort_by_key(|(at, _)| *at);
    let service = view.catalogue.services.get(&sheet.service).map_or("", |offer| offer.name.as_str());
    html! {
        h1 { "#" (sheet.number) " " (sheet.subject) }
        (panel::facts(&[
            (t!(locale, "ticket-requester"), html! { (sheet.requester.name) @if let Some((_, name)) = &sheet.organisation { " (" (name) ")" } }),
            (t!(locale, "field-service"), html! { (shown::kind(locale, sheet.kind)) " · " (service) }),
            (t!(locale, "field-unit"), html! { (view.catalogue.unit_name(sheet.unit)) @if let Some((_, name)) = &sheet.person { ", " (name) } }),
            (t!(locale, "field-priority"), html! { (shown::priority_words(locale, sheet.priority)) }),
            (t!(locale, "ticket-opened"), html! { (format::absolute(reader, sheet.opened_at)) }),
        ]))
        h2 { (t!(locale, "ticket-conversation")) }
        @for (_, part) in &parts { (part) }
        @if let Some(chain) = chain {
            h2 { (t!(locale, "ticket-throughline")) }
            (chains::printed(reader, chain))
        }
        h2 { (t!(locale, "print-history")) }
        (history::history(reader, view))
    }
}

fn from_outside(reader: &Reader, sheet: &Outside, said: &[Said]) -> Markup {
    html! {
        h1 { "#" (sheet.number) " " (sheet.subject) }
        h2 { (t!(reader.locale, "ticket-conversation")) }
        @for said in said { (spoken(reader, said, &html! { (markdown::render(&said.message.body)) })) }
    }
}

fn spoken(reader: &Reader, said: &Said, words: &Markup) -> Markup {
    use domain::event::Side;
    let locale = reader.locale;
    let name = said.name.as_deref().unwrap_or(t!(locale, "history-desk"));
    let label = match said.message.side {
        Side::Serving => t!(locale, "message-from-us"),
        Side::Requesting => t!(locale, "message-from-them"),
    };
    part(reader, name, label, said.message.at, words)
}

fn part(reader: &Reader, name: &str, label: &str, at: Timestamp, words: &Markup) -> Markup {
    html! {
        article.paper-part {
            p.paper-who { strong { (name) } " · " (label) " · " (format::absolute(reader, at)) }
            div.prose { (words) }
        }
    }
}
