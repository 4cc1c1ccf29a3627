//! Files below a message: what each is, its name as a link that saves it, and its size.

use maud::{Markup, html};
use store::attachment::Attachment;

use super::icon::{Icon, icon};
use crate::format;
use crate::markdown::Picture;
use crate::t;
use crate::text::Locale;

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
