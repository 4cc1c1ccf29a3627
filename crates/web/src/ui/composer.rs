//! Where replies and notes are written: two forms, two colours, two buttons that say who will see it.

use domain::preference::Sending;
use maud::{Markup, html};
use store::upload::{Audience, Upload};

use super::icon::{Icon, icon};
use super::recipients::Recipients;
use super::{field, files, recipients};
use crate::t;
use crate::text::Locale;

/// What both forms need; a part that is `None` is not offered.
#[derive(Debug, Clone, Copy)]
pub struct Composer<'a> {
    pub token: &'a str,
    pub reply: Option<Reply<'a>>,
    pub note: Option<Part<'a>>,
    /// `POST` of the text answers with the preview; none hides the button.
    pub preview: Option<&'a str>,
    /// Where canned replies are found; none offers none.
    pub canned: Option<&'a str>,
}

/// The public reply.
#[derive(Debug, Clone, Copy)]
pub struct Reply<'a> {
    pub part: Part<'a>,
    /// Who gets it, in words: "Mei Tanaka (Northwind Foods)".
    pub to: &'a str,
    pub send: Send<'a>,
    /// The number of the newest message that was shown, so that a newer one stops the sending.
    pub seen: &'a str,
    /// By which way it goes, in words.
    pub way: &'a Markup,
    /// To whom a mail goes; none when it is read at the desk alone.
    pub recipients: Option<Recipients<'a>>,
    /// Why it was not sent yet, and the ways on.
    pub stopped: &'a Markup,
}

/// One of the two forms.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    pub action: &'a str,
    pub draft: &'a str,
    pub keeping: Keeping<'a>,
    /// `GET` of it with what was typed behind an `@` answers with the names of people who can read it.
    pub names: Option<&'a str>,
    /// Files that were sent for it already.
    pub files: &'a [Upload],
    pub error: Option<&'a str>,
    /// Whether this form is open when the page arrives.
    pub open: bool,
}

/// What is typed is kept at the desk while it is typed.
#[derive(Debug, Clone, Copy)]
pub struct Keeping<'a> {
    /// `POST` of the form's words keeps them.
    pub action: &'a str,
    /// Of what is kept already; 0 for nothing.
    pub version: i64,
    /// When it was kept, in words.
    pub kept: Option<&'a str>,
}

/// The button that sends, and what may happen together with it.
#[derive(Debug, Clone, Copy)]
pub struct Send<'a> {
    /// What it says when nothing else happens.
    pub words: &'a str,
    /// It answers a hand-off: done means delivered.
    pub delivers: bool,
    pub offered: &'a [Sending],
    /// Which of them the button does at once; nothing else happens when it is not among them.
    pub chosen: Sending,
}

/// Without the files: only the words are previewed.
pub const WORDS: &str = "application/x-www-form-urlencoded";

/// The forms send `body` (and `after` and `seen` for the reply) with the token.
pub fn composer(locale: Locale, composer: &Composer<'_>) -> Markup {
    html! {
        section.composer #composer data-composer {
            @if let Some(reply) = &composer.reply { (reply_form(locale, composer, reply)) }
            @if let Some(note) = &composer.note { (note_form(locale, composer, note)) }
        }
    }
}

fn reply_form(locale: Locale, composer: &Composer<'_>, reply: &Reply<'_>) -> Markup {
    html! {
        details.composer-reply #do-reply name="composer" open[reply.part.open] {
            summary { (icon(Icon::Reply)) (t!(locale, "composer-reply")) }
            form method="post" action=(reply.part.action) enctype=(files::ENCODING) data-draft=(reply.part.keeping.action) data-canned=[composer.canned] {
                (field::token_once(composer.token))
                input type="hidden" name="seen" value=(reply.seen);
                p.composer-audience { (icon(Icon::Eye)) (t!(locale, "composer-reply-seen-by", name = reply.to)) }
                (reply.stopped)
                @if let Some(list) = &reply.recipients { (recipients::fields(locale, list)) }
                (reply.way)
                (text(locale, composer, ("reply", "reply-body"), t!(locale, "composer-reply-text"), &reply.part))
                (files::field(locale, "reply-files", Audience::Message, reply.part.files))
                (preview_place(composer, "reply-preview"))
                div.composer-foot {
                    (send_buttons(locale, &reply.send))
                    (preview_button(locale, composer, "reply-preview"))
                }
                (keeping(locale, &reply.part.keeping))
            }
        }
    }
}

/// One button that does what was chosen last, and the other ways behind it; they send `after`.
pub fn send_buttons(locale: Locale, send: &Send<'_>) -> Markup {
    let and = |then: &str| t!(locale, "composer-send-and", send = send.words, then = then);
    let words = |sending: Sending| match sending {
        Sending::Stay => send.words.to_owned(),
        Sending::Wait => and(t!(locale, "composer-and-wait")),
        Sending::Solve if send.delivers => and(t!(locale, "composer-and-deliver")),
        Sending::Solve => and(t!(locale, "composer-and-solve")),
    };
    let first = if send.offered.contains(&send.chosen) { send.chosen } else { Sending::Stay };
    html! {
        div.send {
            button.button.button-primary type="submit" name="after" value=(first.as_str()) data-send {
                (icon(Icon::Reply)) (words(first))
            }
            @if send.offered.len() > 1 {
                details.popover.send-others data-popover {
                    summary aria-label=(t!(locale, "composer-send-others")) { span.button.button-primary aria-hidden="true" { "▾" } }
                    div.popover-panel role="group" aria-label=(t!(locale, "composer-send-others")) {
                        @for after in send.offered.iter().filter(|after| **after != first) {
                            button.button.button-quiet type="submit" name="after" value=(after.as_str()) { (words(*after)) }
                        }
                    }
                }
            }
        }
    }
}

fn note_form(locale: Locale, composer: &Composer<'_>, note: &Part<'_>) -> Markup {
    html! {
        details.composer-note #do-note name="composer" open[note.open] {
            summary { (icon(Icon::Lock)) (t!(locale, "composer-note")) }
            form method="post" action=(note.action) enctype=(files::ENCODING) data-draft=(note.keeping.action) data-canned=[composer.canned] {
                (field::token_once(composer.token))
                p.composer-audience { (icon(Icon::Lock)) (t!(locale, "composer-note-seen-by")) }
                (text(locale, composer, ("note", "note-body"), t!(locale, "composer-note-text"), note))
                @if let Some(names) = note.names { (names_list(locale, names)) }
                (files::field(locale, "note-files", Audience::Note, note.files))
                (preview_place(composer, "note-preview"))
                div.composer-foot {
                    button.button.button-primary type="submit" data-send { (icon(Icon::Note)) (t!(locale, "composer-note-send")) }
                    (preview_button(locale, composer, "note-preview"))
                }
                (keeping(locale, &note.keeping))
            }
        }
    }
}

fn text(
    locale: Locale,
    composer: &Composer<'_>,
    (kind, id): (&str, &str),
    label: &str,
    part: &Part<'_>,
) -> Markup {
    let hint = format!("{id}-hint");
    html! {
        label.visually-hidden for=(id) { (label) }
        @if let Some(error) = part.error { p.field-error role="alert" { (error) } }
        textarea id=(id) name="body" rows="6" required placeholder=(label) aria-describedby=(hint) data-keep {
            "\n" (part.draft)
        }
        ul.canned #{ (id) "-canned" } role="listbox" aria-label=(t!(locale, "canned-title")) hidden {}
        p.field-help id=(hint) {
            (t!(locale, "composer-markdown"))
            @if let Some(canned) = composer.canned { " " a href={ (canned) "?for=" (kind) } { (t!(locale, "canned-hint")) } }
        }
    }
}

/// Names to choose from while an `@` is typed; without scripts the exact name does the same.
fn names_list(locale: Locale, names: &str) -> Markup {
    html! {
        div.mention data-names=(names) {
            ul.mention-names #note-names role="listbox" aria-label=(t!(locale, "mention-names")) hidden {}
            p.field-help { (t!(locale, "mention-help")) }
        }
    }
}

/// At the end of a form whose `data-draft` is the same action: without scripts a button keeps what was typed, with
/// them it is kept by itself.
pub fn keeping(locale: Locale, keeping: &Keeping<'_>) -> Markup {
    html! {
        input type="hidden" name="version" value=(keeping.version);
        div.composer-draft {
            p.field-help role="status" data-kept=(t!(locale, "composer-draft-kept", time = "{}")) data-elsewhere=(t!(locale, "composer-draft-elsewhere")) data-lost=(t!(locale, "composer-draft-lost")) {
                @if let Some(time) = keeping.kept { (t!(locale, "composer-draft-kept", time = time)) }
            }
            button.button.button-quiet type="submit" formaction=(keeping.action) formenctype=(WORDS) formnovalidate data-draft-keep {
                (t!(locale, "composer-draft-keep"))
            }
            button.button.button-quiet type="submit" name="discard" value="yes" formaction=(keeping.action) formenctype=(WORDS) formnovalidate
                data-draft-discard hidden[keeping.kept.is_none()] {
                (t!(locale, "composer-draft-discard"))
            }
        }
    }
}

fn preview_button(locale: Locale, composer: &Composer<'_>, place: &str) -> Markup {
    html! {
        @if let Some(action) = composer.preview {
            button.button.button-quiet type="submit" formaction=(action) formtarget="_blank" formnovalidate
                formenctype=(WORDS) hx-encoding=(WORDS) hx-post=(action) hx-target={ "#" (place) } hx-swap="innerHTML" {
                (icon(Icon::Eye)) (t!(locale, "composer-preview"))
            }
        }
    }
}

fn preview_place(composer: &Composer<'_>, place: &str) -> Markup {
    html! { @if composer.preview.is_some() { div.composer-preview.prose id=(place) aria-live="polite" {} } }
}
