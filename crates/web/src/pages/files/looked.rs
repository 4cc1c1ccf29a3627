//! A file of a ticket, looked at without saving it: pictures by their bytes, text as text, and nothing that could run.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::DeskError;
use domain::id::AttachmentId;
use maud::{Markup, html};
use store::access::Seen;
use store::attachment::Attachment;

use super::{Opened, picture};
use crate::app::App;
use crate::format;
use crate::headers;
use crate::pages::frame::{self, Frame, Here};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::navigation::Place;
use crate::visitor::Visitor;

/// What of a text is shown; the rest is in the file.
const MOST: usize = 64 * 1024;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/tickets/{number}/attachments/{attachment}/view", Right::Ticket, get(show)),
        Route::get("/tickets/{number}/documents/{attachment}", Right::Ticket, get(document)),
    ]
}

/// What the bytes of a file are, whatever its name says.
enum Kind {
    Picture,
    Text { words: String, cut: bool },
    Document,
    Other,
}

struct Looked {
    number: i64,
    subject: String,
    file: Attachment,
    before: Option<AttachmentId>,
    after: Option<AttachmentId>,
    place: usize,
    count: usize,
}

type Where = Result<Path<(i64, i64)>, PathRejection>;

/// `GET /tickets/{number}/attachments/{attachment}/view`, with the ways to the files before and after it.
async fn show(State(app): State<App>, visitor: Visitor, path: Where) -> Result<Response, Refused> {
    let looked = find(&app, &visitor, path).await?;
    let opened = Opened::new(&app, &looked.file).await?;
    let kind = kind(opened).await?;
    Ok(page(&visitor, &looked, &kind).into_response())
}

/// `GET /tickets/{number}/documents/{attachment}`: only what its bytes say is a PDF, for the browser's own reader.
async fn document(State(app): State<App>, visitor: Visitor, path: Where) -> Result<Response, Refused> {
    let looked = find(&app, &visitor, path).await?;
    let opened = Opened::new(&app, &looked.file).await?;
    if !opened.start.starts_with(b"%PDF-") {
        return Err(Refused::NotFound);
    }
    Ok(headers::document(opened.body()))
}

/// For those who read inside the ticket; files of notes are among them.
async fn find(app: &App, visitor: &Visitor, path: Where) -> Result<Looked, Refused> {
    let Path((number, attachment)) = path?;
    let viewer = Arc::clone(&visitor.viewer);
    let found = app.desk.look(move |look| {
        let seen = store::access::by_number(look.tx, &viewer, number, look.now)?;
        let granted = seen.and_then(Seen::read_inside).ok_or(DeskError::NotFound)?;
        let mut files = store::attachment::of_messages(look.tx, &granted)?;
        files.extend(store::attachment::of_inside(look.tx, &granted)?);
        files.sort_by_key(|file| file.id);
        let place = files.iter().position(|file| file.id == AttachmentId(attachment));
        let place = place.ok_or(DeskError::NotFound)?;
        let subject = store::ticket::fixed(look.tx, granted.ticket)?.map(|(subject, ..)| subject);
        Ok(Looked {
            number,
            subject: subject.unwrap_or_default(),
            before: place.checked_sub(1).and_then(|before| files.get(before)).map(|file| file.id),
            after: files.get(place + 1).map(|file| file.id),
            place: place + 1,
            count: files.len(),
            file: files.swap_remove(place),
        })
    });
    Ok(found.await?)
}

async fn kind(opened: Opened) -> Result<Kind, Refused> {
    if picture(&opened.start).is_some() {
        return Ok(Kind::Picture);
    }
    if opened.start.starts_with(b"%PDF-") {
        return Ok(Kind::Document);
    }
    let bytes = opened.beginning(MOST + 1).await?;
    Ok(text(&bytes).map_or(Kind::Other, |(words, cut)| Kind::Text { words, cut }))
}

/// As text when it is one: UTF-8, perhaps torn at the end, and without signs that no text has.
fn text(bytes: &[u8]) -> Option<(String, bool)> {
    let cut = bytes.len() > MOST;
    let bytes = &bytes[..bytes.len().min(MOST)];
    let sound = match std::str::from_utf8(bytes) {
        Ok(words) => words,
        Err(torn) if cut && torn.error_len().is_none() => {
            std::str::from_utf8(&bytes[..torn.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    let odd = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t' | '\u{c}');
    (!sound.is_empty() && !sound.chars().any(odd)).then(|| (sound.to_owned(), cut))
}

fn page(visitor: &Visitor, looked: &Looked, kind: &Kind) -> Markup {
    let locale = visitor.reader.locale;
    let (number, file) = (looked.number, &looked.file);
    let at = |file: AttachmentId| format!("/tickets/{number}/attachments/{file}/view");
    let back = format!("/tickets/{number}");
    let content = html! {
        section.looked data-looked {
            div.page-head {
                h1 { bdi { (file.name) } }
                p.muted { (format::bytes(locale, file.size)) " · " (t!(locale, "looked-place", place = looked.place, count = looked.count)) }
            }
            nav.buttons aria-label=(t!(locale, "looked-files")) {
                @if let Some(before) = looked.before { a.button rel="prev" href=(at(before)) { (t!(locale, "looked-before")) } }
                @if let Some(after) = looked.after { a.button rel="next" href=(at(after)) { (t!(locale, "looked-after")) } }
                a.button href={ (back) "/attachments/" (file.id) } download=(file.name) { (t!(locale, "looked-save")) }
                a.button.button-quiet data-back href=(back) { (t!(locale, "looked-back")) }
            }
            @match kind {
                Kind::Picture => img.looked-picture src={ (back) "/images/" (file.id) } alt=(file.name);,
                Kind::Text { words, cut } => {
                    pre.looked-text tabindex="0" aria-label=(file.name) { (words) }
                    @if *cut { p.field-help { (t!(locale, "looked-cut")) } }
                }
                Kind::Document => {
                    p { (t!(locale, "looked-document")) }
                    p { a.button target="_blank" rel="noopener noreferrer" href={ (back) "/documents/" (file.id) } { (t!(locale, "looked-open")) } }
                }
                Kind::Other => p { (t!(locale, "looked-other")) },
            }
            p.field-help { (t!(locale, "looked-keys")) }
        }
    };
    let named = format!("#{number} {}", looked.subject);
    let above = [Place::new(t!(locale, "place-work"), "/"), Place::new(&named, &back)];
    frame::show(visitor, &Frame { above: &above, ..Frame::new(&file.name, Here::Work) }, &content)
}

#[cfg(test)]
mod tests;
