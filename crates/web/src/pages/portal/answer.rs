//! Where the requester's side writes on a ticket.

use domain::ticket::State;
use maud::{Markup, html};
use store::upload::Audience;

use super::ticket::{Part, Shown, Tried};
use super::{drafts, new_ticket};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::icon::{Icon, icon};
use crate::ui::{composer, field, files};
use crate::visitor::Visitor;

pub(super) fn form(visitor: &Visitor, shown: &Shown, tried: Option<&Tried>) -> Markup {
    let (reader, sheet) = (&visitor.reader, &shown.sheet);
    let locale = reader.locale;
    if !shown.takes_replies() {
        return html! {};
    }
    let audience = match (sheet.state, shown.followed) {
        (State::Open, _) => t!(locale, "answer-audience", unit = shown.unit.as_str()),
        (State::Solved | State::Closed, Some(number)) => {
            t!(locale, "answer-audience-followed", ticket = format!("#{number}"))
        }
        (State::Solved | State::Closed, None) if shown.follows_up => {
            t!(locale, "answer-audience-follows", unit = shown.unit.as_str())
        }
        (State::Solved | State::Closed, None) => {
            t!(locale, "answer-audience-reopens", unit = shown.unit.as_str())
        }
    };
    let error = Tried::words(tried, Part::Reply);
    let draft = drafts::own(visitor, shown);
    let (text, kept) = match tried.filter(|tried| tried.part == Part::Reply) {
        Some(tried) => (tried.text.as_str(), &tried.files),
        None => (draft.body(), &draft.files),
    };
    html! {
        section.composer #answer {
            details.composer-reply open {
                summary data-do="reply" { (icon(Icon::Reply)) (t!(locale, "answer-title")) }
                form #answer-form method="post" action={ "/portal/tickets/" (sheet.number) "/replies" } enctype=(files::ENCODING)
                    data-draft=(draft.action()) {
                    (field::token_once(&visitor.csrf))
                    p.composer-audience { (icon(Icon::Eye)) (audience) }
                    label.visually-hidden for="answer-body" { (t!(locale, "answer-title")) }
                    @if let Some(error) = error { p.field-error #answer-error role="alert" { (error) } }
                    textarea #answer-body name="body" rows="5" required placeholder=(t!(locale, "answer-hint"))
                        aria-describedby="answer-help" data-keep { "\n" (text) }
                    p.field-help #answer-help { (t!(locale, "composer-markdown")) }
                    (files::field(locale, "answer-files", Audience::Message, kept))
                    div.composer-preview.prose #answer-preview aria-live="polite" {}
                    div.composer-foot {
                        (button::submit(Weight::Primary, Some(Icon::Reply), t!(locale, "answer-send")))
                        (new_ticket::preview_button(locale, "answer-preview"))
                    }
                    (composer::keeping(locale, &draft.keeping()))
                }
            }
        }
    }
}
