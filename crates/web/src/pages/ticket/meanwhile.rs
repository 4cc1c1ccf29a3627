//! What came while somebody wrote: shown above their words, which are never lost, whatever became of the ticket.

use domain::draft::Text;
use domain::event::{Event, Fact, meanwhile};
use domain::id::EventId;
use domain::ticket::State;
use domain::ticket::offers::Deed;
use maud::{Markup, html};

use super::doing::Form;
use super::view::View;
use super::{Failed, drafts, history, merged};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
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

/// What was written into forms that are not on the page any more.
pub(super) fn left(visitor: &Visitor, view: &View, failed: Option<&Failed>) -> Markup {
    let locale = visitor.reader.locale;
    let why = if view.ticket.merged_into.is_some() {
        merged::unsent(locale, view)
    } else if view.sheet.state == State::Closed {
        html! { (t!(locale, "unsent-closed")) }
    } else {
        html! { (t!(locale, "unsent-kept")) }
    };
    let (serves, may) = (view.seen.serve().is_some(), |deed| view.may(deed, visitor.reader.now).is_ok());
    let is_open = serves && view.sheet.state == State::Open;
    drafts::left(visitor, (&view.drafts, view.sheet.number), failed, &why, |text| match text {
        Text::Reply => serves && view.sheet.state != State::Closed,
        Text::Note => view.seen.annotate().is_some(),
        Text::Handoff => is_open && may(Deed::Ask),
        Text::Delivery => is_open && may(Deed::Deliver),
        Text::Return => false,
        Text::Forward(of) => serves && view.messages.iter().any(|said| said.message.id == of),
        Text::ForwardAgain(of) => serves && view.forwards.iter().any(|forward| forward.note == of),
    })
}
