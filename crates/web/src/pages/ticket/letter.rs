//! A message that came by mail, as its words were written: who sent it, and the ways to see more of it.

use desk::letter::EmailAddress;
use maud::{Markup, html};
use store::attachment::On;
use store::mail::{Carried, Mail};
use store::message::Said;

use super::view::View;
use crate::format;
use crate::markdown;
use crate::t;
use crate::text::Locale;
use crate::ui::attachment::looked_at;
use crate::ui::badge::{Tone, badge};
use crate::ui::button::{self, Weight};
use crate::ui::checked::checked;
use crate::ui::icon::{Icon, icon};
use crate::visitor::Visitor;

/// An address in full: in its own script, or as ASCII when it mixes scripts to look like another one.
pub(super) fn shown(address: &str) -> String {
    EmailAddress::parse(address).map_or_else(|_| address.to_owned(), |address| address.shown())
}

/// Name and address as the mail says them: the address always, because the name can be anything.
pub(super) fn sender(locale: Locale, mail: &Mail) -> Markup {
    html! {
        @if let Some(name) = &mail.from_name { bdi { (name) } " " }
        @match &mail.from_address {
            Some(address) => { bdi.letter-address { "<" (shown(address)) ">" } }
            None => { (t!(locale, "letter-nobody")) }
        }
    }
}

/// What a message by mail says, and what else came with it.
pub(super) fn content(visitor: &Visitor, view: &View, said: &Said) -> Markup {
    let locale = visitor.reader.locale;
    let Some((carried, mail)) = view.mails.carried.get(&said.message.id) else {
        return html! { (markdown::written(&said.message.body)) };
    };
    let here = format!("/tickets/{}/messages/{}", view.sheet.number, said.message.id);
    let rest = carried.full_text.trim();
    html! {
        p.letter-sender {
            (sender(locale, mail)) " "
            @if carried.proven { (badge(Tone::Good, Some(Icon::Check), t!(locale, "letter-proven"))) }
            @else { (badge(Tone::Quiet, None, t!(locale, "letter-unproven"))) }
            @if let Some(found) = &mail.found { (checked(locale, found)) }
        }
        @if mail.repeats { (repeats(locale)) }
        @if view.mails.held.contains(&said.message.id) { (held(visitor, view, &here)) }
        (markdown::written(&said.message.body))
        @if !rest.is_empty() && rest != said.message.body.trim() {
            details.letter-rest {
                summary { (t!(locale, "letter-everything")) }
                (markdown::written(rest))
            }
        }
        p.letter-ways {
            @if has_page(carried) { a href={ (here) "/formatted" } { (t!(locale, "letter-formatted")) } }
            a href={ (here) "/source" } { (t!(locale, "letter-source")) }
        }
    }
}

/// Whoever knew the Message-ID of a mail to come can have used it before.
fn repeats(locale: Locale) -> Markup {
    html! { p.small.muted { (icon(Icon::Warning)) " " (t!(locale, "letter-repeats")) } }
}

/// What an agent is told of a message that only the serving side sees.
fn held(visitor: &Visitor, view: &View, here: &str) -> Markup {
    let locale = visitor.reader.locale;
    html! {
        section.stranger aria-label=(t!(locale, "held-title")) {
            h2 { (icon(Icon::Lock)) (t!(locale, "held-title")) }
            p { (t!(locale, "held-words")) }
            @if view.seen.serve().is_some() {
                div.buttons {
                    (button::post(Weight::Secondary, Some(Icon::Check), t!(locale, "held-release"), &format!("{here}/release"), &visitor.csrf))
                }
            }
        }
    }
}

fn has_page(carried: &Carried) -> bool {
    carried.html.as_deref().is_some_and(|html| !html.trim().is_empty())
}

/// The files that hang on something of the ticket.
pub(super) fn files(locale: Locale, view: &View, on: On) -> Markup {
    looked_at(locale, &format!("/tickets/{}", view.sheet.number), &view.mails.files_on(on))
}

/// Mail of people who are not on the ticket, until somebody decides about it.
pub(super) fn strangers(visitor: &Visitor, view: &View) -> Markup {
    let (reader, locale) = (&visitor.reader, visitor.reader.locale);
    let serves = view.seen.serve().is_some();
    html! {
        div #strangers {
            @for stranger in &view.mails.strangers {
                @let mail = &stranger.mail;
                @let here = format!("/tickets/{}/strangers/{}", view.sheet.number, mail.id);
                section.stranger aria-label=(t!(locale, "stranger-title")) {
                    h2 { (icon(Icon::Warning)) (t!(locale, "stranger-title")) }
                    p.letter-sender {
                        (sender(locale, mail)) " · " (format::moment(reader, mail.arrived_at))
                        @if let Some(subject) = &mail.subject { " · " bdi { (subject) } }
                    }
                    @if mail.repeats { (repeats(locale)) }
                    div.stranger-words { (markdown::written(&stranger.words)) }
                    (files(locale, view, On::Mail(mail.id)))
                    p.small.muted { (t!(locale, "stranger-words")) }
                    @if serves {
                        div.buttons {
                            (button::post(Weight::Primary, Some(Icon::Check), t!(locale, "stranger-confirm"), &format!("{here}/confirmation"), &visitor.csrf))
                            (button::post(Weight::Secondary, Some(Icon::Cross), t!(locale, "stranger-aside"), &format!("{here}/aside"), &visitor.csrf))
                        }
                    }
                }
            }
            @if let Some(hint) = &view.mails.hint {
                @let here = format!("/tickets/{}/messages/{}", view.sheet.number, hint.message);
                section.stranger aria-label=(t!(locale, "hint-title")) {
                    h2 { (icon(Icon::Link)) span { (t!(locale, "hint-title")) " " a href={ "/tickets/" (hint.number) } { "#" (hint.number) " " (hint.subject) } } }
                    p { (t!(locale, "hint-words")) }
                    div.buttons {
                        (button::post(Weight::Primary, Some(Icon::Handoff), t!(locale, "hint-move"), &format!("{here}/move"), &visitor.csrf))
                        (button::post(Weight::Secondary, None, t!(locale, "hint-stays"), &format!("{here}/stay"), &visitor.csrf))
                    }
                }
            }
        }
    }
}
