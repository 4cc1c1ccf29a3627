//! Files below a message: what each is, its name as a link that saves it, and its size.

use maud::{Markup, html};
use store::attachment::Attachment;

use super::icon::{Icon, icon};
use crate::format;
use crate::markdown::Picture;
use crate::t;
use crate::text::Locale;

/// The same for those who may look at them without saving them, below the ticket's own address.
pub fn looked_at(locale: Locale, ticket: &str, files: &[&Attachment]) -> Markup {
    html! {
        @if !files.is_empty() {
            ul.attachments aria-label=(t!(locale, "attachments")) {
                @for file in files {
                    @let view = format!("{ticket}/attachments/{}/view", file.id);
                    li {
                        @if is_picture(&file.mime) && !file.inline {
                            a href=(view) { img.attachment-small src={ (ticket) "/images/" (file.id) } alt=(t!(locale, "looked-look-of", name = file.name.as_str())) loading="lazy" decoding="async"; }
                        } @else { (icon(drawing(&file.mime))) }
                        a href={ (ticket) "/attachments/" (file.id) } download=(file.name) { bdi { (file.name) } }
                        span.muted { (format::bytes(locale, file.size)) }
                        @if is_shown(&file.mime) { a href=(view) aria-label=(t!(locale, "looked-look-of", name = file.name.as_str())) { (t!(locale, "looked-look")) } }
                    }
                }
            }
        }
    }
}

fn is_picture(mime: &str) -> bool {
    matches!(mime, "image/png" | "image/jpeg" | "image/gif" | "image/webp")
}

/// What it is called; whether it is that, its bytes say when it is looked at.
fn is_shown(mime: &str) -> bool {
    is_picture(mime)
        || mime.starts_with("text/")
        || matches!(mime, "application/pdf" | "application/json" | "application/octet-stream")
}

/// `place` is the address below which the ticket's attachments are saved.
pub fn attachments(locale: Locale, place: &str, files: &[&Attachment]) -> Markup {
    html! {
        @if !files.is_empty() {
            ul.attachments aria-label=(t!(locale, "attachments")) {
                @for file in files {
                    li {
                        (icon(drawing(&file.mime)))
                        a href={ (place) "/" (file.id) } download=(file.name) { bdi { (file.name) } }
                        span.muted { (format::bytes(locale, file.size)) }
                    }
                }
            }
        }
    }
}

/// The pictures that a text shows, below that address.
pub fn pictures(place: &str, files: &[&Attachment]) -> Vec<Picture> {
    let shown = files.iter().filter(|file| file.inline);
    shown
        .filter_map(|file| {
            let address = format!("{place}/images/{}", file.id);
            Some(Picture { content_id: file.content_id.clone()?, address })
        })
        .collect()
}

fn drawing(mime: &str) -> Icon {
    match mime.split('/').next() {
        Some("image" | "video") => Icon::Picture,
        Some("text" | "message") => Icon::Note,
        _ if mime == "application/pdf" => Icon::Note,
        Some("application" | "font" | "audio" | "multipart") | None | Some(_) => Icon::Attachment,
    }
}
