//! What was said on a ticket; our replies, their messages and our notes never look alike.

use jiff::Timestamp;
use maud::{Markup, html};

use super::avatar::avatar;
use super::icon::{Icon, icon};
use crate::format::{self, Reader};
use crate::t;

/// One message or note.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// For the fragment in the address, such as `message-81`.
    pub anchor: &'a str,
    pub voice: Voice,
    pub author: &'a str,
    /// "Warehouse", or an address: what stands beside the name.
    pub about: Option<&'a str>,
    pub said_at: Timestamp,
    pub content: &'a Markup,
    pub new: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// A public reply by the serving side.
    Us,
    /// A message of the requester's side.
    Them,
    /// An answer of the unit that was asked, as the asking unit reads it.
    Unit,
    /// An internal note: only the serving side sees it.
    Note,
    /// A line that the desk wrote itself, which never counts as an answer.
    System,
}

pub fn message(reader: &Reader, message: &Message<'_>) -> Markup {
    let (class, which, label) = match message.voice {
        Voice::Us => ("message-us", Icon::Reply, t!(reader.locale, "message-from-us")),
        Voice::Them => ("message-them", Icon::Person, t!(reader.locale, "message-from-them")),
        Voice::Unit => ("message-them", Icon::Unit, t!(reader.locale, "message-from-unit")),
        Voice::Note => ("message-note", Icon::Lock, t!(reader.locale, "message-note")),
        Voice::System => ("message-system", Icon::Info, t!(reader.locale, "message-from-system")),
    };
    html! {
        article id=(message.anchor) class={ "message " (class) } aria-label={ (label) ", " (message.author) } {
            header.message-head {
                (avatar(message.author))
                div.message-author {
                    strong { (message.author) }
                    @if let Some(about) = message.about { span.muted { (about) } }
                }
                span.message-label { (icon(which)) (label) }
                a.message-time href={ "#" (message.anchor) } { (format::moment(reader, message.said_at)) }
                @if message.new { span.badge.badge-accent { (t!(reader.locale, "new-messages")) } }
            }
            div.message-body.prose { (message.content) }
            @if message.voice == Voice::Note {
                p.message-hint { (t!(reader.locale, "message-note-hint")) }
            }
        }
    }
}
