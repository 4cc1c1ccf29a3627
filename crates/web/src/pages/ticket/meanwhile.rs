//! What came while somebody wrote: shown above their words, which are never lost, whatever became of the ticket.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::event::{Event, Fact, meanwhile};
use domain::id::EventId;
use maud::{Markup, html};

use super::doing::Form;
use super::view::View;
use super::{Failed, history};
use crate::pages::frame::{self, Frame, Here};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::visitor::Visitor;

/// What is shown of a message; the whole of it is one click away.
const EXCERPT: usize = 240;

/// Inside the form that was not sent: what is new, and the two ways on.
pub(super) fn news(visitor: &Visitor, view: &View, failed: Option<&Failed>) -> Markup {
    let locale = visitor.reader.locale;
    let Some(failed) = failed.filter(|failed| failed.stopped) else { return html! {} };
    let seen = EventId(failed.fields.seen.parse().unwrap_or(i64::MAX));
    let news: Vec<&Event> = meanwhile(&view.events, view.seen.ticket, seen, visitor.viewer.person).collect();
    let first = news.iter().find_map(|event| anchor(&event.fact));
    let first = first.unwrap_or_else(|| "conversation".to_owned());
    html! {
        section.meanwhile role="alert" aria-label=(t!(locale, "meanwhile-title")) {
            strong { (t!(locale, "meanwhile-title")) } " " (t!(locale, "meanwhile-words"))
            ul { @for event in &news { li { (line(visitor, view, event)) } } }
            div.buttons {
                (button::link(Weight::Secondary, Some(Icon::Eye), t!(locale, "meanwhile-review"), &format!("#{first}")))
                @if failed.form == Form::Reply { (button::submit_as(Weight::Quiet, Some(Icon::Reply), t!(locale, "meanwhile-anyway"), "after", &failed.fields.after)) }
            }
        }
    }
}

fn line(visitor: &Visitor, view: &View, event: &Event) -> Markup {
    let reader = &visitor.reader;
    let said = |body: &str| html! { " " q { (excerpt(body)) } };
    let quoted = match &event.fact {
        Fact::Replied { message, .. } => {
            view.messages.iter().find(|said| said.message.id == *message).map(|one| said(&one.message.body))
        }
        Fact::Noted { note } => {
            view.notes.iter().find(|noted| noted.note.id == *note).map(|one| said(&one.note.body))
        }
        _ => None,
    };
    html! { strong { (history::who(reader, view, event)) } " " (history::words(reader, view, event)) @if let Some(quoted) = quoted { (quoted) } }
}

fn excerpt(body: &str) -> String {
    let start: String = body.chars().take(EXCERPT).collect();
    if start.len() < body.len() { format!("{start}…") } else { start }
}

fn anchor(fact: &Fact) -> Option<String> {
    match fact {
        Fact::Replied { message, .. } => Some(format!("message-{message}")),
        Fact::Noted { note } => Some(format!("note-{note}")),
        _ => None,
    }
}

/// The words of a reply that has no form to stand in any more.
pub(super) fn left(locale: Locale, failed: Option<&Failed>) -> Markup {
    let Some(failed) =
        failed.filter(|failed| failed.form == Form::Reply && !failed.fields.body.trim().is_empty())
    else {
        return html! {};
    };
    panel::panel(
        t!(locale, "unsent-title"),
        None,
        &unsent(locale, t!(locale, "unsent-closed"), &failed.fields.body),
    )
}

fn unsent(locale: Locale, why: &str, body: &str) -> Markup {
    html! {
        div.stack {
            p { (why) }
            label.visually-hidden for="unsent" { (t!(locale, "unsent-title")) }
            textarea.input id="unsent" readonly rows="10" { "\n" (body) }
        }
    }
}

/// The same when the ticket itself is gone for the writer, or never was.
pub(super) fn gone(visitor: &Visitor, status: StatusCode, body: &str) -> Response {
    let locale = visitor.reader.locale;
    let title = t!(locale, "unsent-title");
    let content = html! { h1 { (title) } (unsent(locale, t!(locale, "unsent-gone"), body)) };
    (status, frame::show(visitor, &Frame::new(title, Here::Work), &content)).into_response()
}
