//! What was said, and the reasons both sides may read, in one order of time. Who speaks for the
//! serving side is its unit: the persons in it are not shown.

use domain::event::Side;
use jiff::Timestamp;
use maud::{Markup, html};
use store::attachment::On;
use store::message::Channel;

use super::ticket::Shown;
use crate::markdown;
use crate::t;
use crate::ui::attachment::{attachments, pictures};
use crate::ui::message::{Message, Voice, message};
use crate::visitor::Visitor;

pub(super) fn conversation(visitor: &Visitor, shown: &Shown) -> Markup {
    let mut entries: Vec<(Timestamp, Markup)> = Vec::new();
    for shown in std::iter::once(shown).chain(&shown.took_in) {
        entries.extend(shown.said.iter().map(|said| (said.message.at, of_message(visitor, shown, said))));
        entries.extend(shown.reasons.iter().map(|reason| (reason.at, of_reason(visitor, reason))));
    }
    entries.sort_by_key(|(at, _)| *at);
    let newest = newest(shown);
    html! {
        div.conversation.conversation-of-requester #conversation data-refresh hx-get={ "/portal/tickets/" (shown.sheet.number) }
            hx-trigger="refresh" hx-select="#conversation" hx-swap="outerHTML" {
            @for (_, entry) in &entries { (entry) }
            // Belongs to the form below, and changes with what is shown above it.
            input type="hidden" name="seen" value=(newest) form="answer-form";
        }
    }
}

/// The newest message that is shown; 0 while there is none.
pub(super) fn newest(shown: &Shown) -> i64 {
    shown.said.iter().map(|said| said.message.id.0).max().unwrap_or(0)
}

fn of_message(visitor: &Visitor, shown: &Shown, said: &store::message::Said) -> Markup {
    let locale = visitor.reader.locale;
    let mine = said.message.person == Some(visitor.viewer.person) && said.message.side == Side::Requesting;
    let (voice, author) = match (said.message.automatic, said.message.side) {
        (true, _) => (Voice::System, shown.unit.as_str()),
        (false, Side::Serving) => (Voice::Us, shown.unit.as_str()),
        (false, Side::Requesting) if mine => (Voice::Them, visitor.name.as_str()),
        (false, Side::Requesting) => {
            (Voice::Them, said.name.as_deref().unwrap_or_else(|| t!(locale, "somebody-of-yours")))
        }
    };
    let files: Vec<_> = shown.files.iter().filter(|file| file.on == On::Message(said.message.id)).collect();
    let place = format!("/portal/tickets/{}", shown.sheet.number);
    message(
        &visitor.reader,
        &Message {
            anchor: &format!("message-{}", said.message.id.0),
            voice,
            author,
            about: mine.then(|| t!(locale, "you")),
            said_at: said.message.at,
            content: &html! {
                @if shown.sheet.merged { p.small.muted { (t!(locale, "merge-origin", ticket = format!("#{}", shown.sheet.number))) } }
                @match said.message.channel {
                    Channel::Mail => (markdown::written(&said.message.body)),
                    Channel::Portal | Channel::Agent | Channel::Api | Channel::Phone | Channel::InPerson | Channel::Import => {
                        (markdown::pictured(&said.message.body, &pictures(&place, &files)))
                    }
                }
                (attachments(locale, &format!("{place}/attachments"), &files))
            },
            new: false,
        },
    )
}

fn of_reason(visitor: &Visitor, reason: &store::message::Reason) -> Markup {
    let locale = visitor.reader.locale;
    let mine = reason.person == Some(visitor.viewer.person);
    let author = if mine { visitor.name.as_str() } else { t!(locale, "product") };
    let lead = if mine { t!(locale, "reason-yours") } else { t!(locale, "reason-given") };
    message(
        &visitor.reader,
        &Message {
            anchor: &format!("reason-{}", reason.id.0),
            voice: if mine { Voice::Them } else { Voice::System },
            author,
            about: mine.then(|| t!(locale, "you")),
            said_at: reason.at,
            content: &html! { p.muted { (lead) } (markdown::render(&reason.body)) },
            new: false,
        },
    )
}
