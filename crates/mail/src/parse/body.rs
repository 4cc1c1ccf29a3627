//! Which parts are the text, which are the page, and which hang on the message.

use crate::attachment::{self, Attachment};
use crate::limits::Limits;
use crate::mime::{Disposition, Kind, Part};

#[derive(Debug, Default)]
pub(crate) struct Body {
    pub text: Option<String>,
    /// As it came: not yet safe.
    pub html: Option<String>,
    /// The body of a multipart whose parts could not be told apart.
    pub whole: Option<String>,
    pub is_cut: bool,
    pub attachments: Vec<Attachment>,
}

pub(crate) fn choose(raw: &[u8], parts: &[Part], limits: &Limits) -> Body {
    let mut body = Body::default();
    let (mut text_room, mut page_room) = (limits.text, limits.html.saturating_add(1));
    for (i, part) in parts.iter().enumerate().filter(|(_, part)| part.kind == Kind::Leaf) {
        match role(parts, i) {
            Role::Text if part.is_guessed => append(&mut body.whole, &part.text(raw, limits.text).0),
            Role::Text => {
                let (text, cut) = part.text(raw, text_room);
                text_room = text_room.saturating_sub(text.len());
                body.is_cut |= cut;
                append(&mut body.text, &text);
            }
            Role::Page => {
                let (page, cut) = part.text(raw, page_room);
                page_room = page_room.saturating_sub(page.len());
                body.is_cut |= cut;
                append(&mut body.html, &page);
            }
            Role::Attachment => body.attachments.push(attach(raw, parts, i)),
            Role::Machine if part.mime.starts_with("multipart/") => {
                body.whole = Some(part.text(raw, limits.text).0);
            }
            Role::Machine => {}
        }
    }
    body
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Text,
    Page,
    Attachment,
    /// For programs, or another form of what is already read.
    Machine,
}

fn role(parts: &[Part], i: usize) -> Role {
    let part = &parts[i];
    let within = |mime: &str| is_within(parts, i, mime);
    let named = part.filename.is_some() || part.disposition == Disposition::Attachment;
    match part.mime.as_str() {
        "text/plain" if !named => Role::Text,
        "text/html" if !named => Role::Page,
        _ if named => Role::Attachment,
        "message/delivery-status"
        | "message/feedback-report"
        | "message/disposition-notification"
        | "text/rfc822-headers"
        | "message/global-delivery-status" => Role::Machine,
        "message/rfc822" if within("multipart/report") => Role::Machine,
        mime if mime.starts_with("multipart/") => Role::Machine,
        "text/enriched" | "text/richtext" | "text/x-amp-html" | "text/watch-html"
            if within("multipart/alternative") =>
        {
            Role::Machine
        }
        _ => Role::Attachment,
    }
}

fn is_within(parts: &[Part], mut i: usize, mime: &str) -> bool {
    while let Some(parent) = parts[i].parent {
        if parts[parent].mime == mime {
            return true;
        }
        i = parent;
    }
    false
}

fn append(whole: &mut Option<String>, more: &str) {
    match whole {
        None => *whole = Some(more.to_owned()),
        Some(whole) => {
            if !whole.is_empty() && !whole.ends_with('\n') {
                whole.push('\n');
            }
            whole.push_str(more);
        }
    }
}

fn attach(raw: &[u8], parts: &[Part], i: usize) -> Attachment {
    let part = &parts[i];
    let id = part.fields.plain(raw, "content-id");
    let id = id.map(|id| id.trim().trim_start_matches('<').trim_end_matches('>').to_owned());
    let mut attachment = Attachment::of(raw, part, id.filter(|id| !id.is_empty()));
    if part.filename.is_none() && part.mime == "message/rfc822" {
        let inner = crate::header::Fields::read(raw, part.body.clone(), &Limits::default()).ok();
        let subject = inner.and_then(|fields| fields.text(raw, "subject"));
        attachment.filename = attachment::named_after(subject.as_deref(), "eml");
    }
    attachment
}
