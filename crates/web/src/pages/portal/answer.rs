//! Where the requester's side writes on a ticket.

use domain::ticket::State;
use maud::{Markup, html};
use store::upload::Audience;

use super::new_ticket;
use super::ticket::{Part, Shown, Tried};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::icon::{Icon, icon};
use crate::ui::{field, files};
use crate::visitor::Visitor;

pub(super) fn form(visitor: &Visitor, shown: &Shown, tried: Option<&Tried>) -> Markup {
    let (reader, sheet) = (&visitor.reader, &shown.sheet);
    let locale = reader.locale;
    if sheet.state != State::Open && shown.reopens_until.is_none() && !shown.follows_up {
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
    html! {
        section.composer #answer {
            details.composer-reply open {
                summary data-do="reply" { (icon(Icon::Reply)) (t!(locale, "answer-title")) }
                form #answer-form method="post" action={ "/portal/tickets/" (sheet.number) "/replies" } enctype=(files::ENCODING) {
                    (field::token_once(&visitor.csrf))
                    p.composer-audience { (icon(Icon::Eye)) (audience) }
                    label.visually-hidden for="answer-body" { (t!(locale, "answer-title")) }
                    @if let Some(error) = error { p.field-error #answer-error role="alert" { (error) } }
                    textarea #answer-body name="body" rows="5" required placeholder=(t!(locale, "answer-hint"))
                        aria-describedby="answer-help" data-keep { "\n" (Tried::text(tried, Part::Reply)) }
                    p.field-help #answer-help { (t!(locale, "composer-markdown")) }
                    (files::field(locale, "answer-files", Audience::Message, Tried::files(tried, Part::Reply)))
                    div.composer-preview.prose #answer-preview aria-live="polite" {}
                    div.composer-foot {
                        (button::submit(Weight::Primary, Some(Icon::Reply), t!(locale, "answer-send")))
                        (new_ticket::preview_button(locale, "answer-preview"))
                    }
                }
            }
        }
    }
}
