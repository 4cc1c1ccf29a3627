//! How an inbox is doing, in a line for each direction, and the alarm when automatic mail was stopped.

use maud::{Markup, html};
use store::inbox::{Health, Inbox};

use super::failure;
use crate::format::{self, Reader};
use crate::pages::admin::texts::link_to;
use crate::t;
use crate::ui::badge::{Tone, badge};
use crate::ui::button::{self, Weight};
use crate::ui::icon::{Icon, icon};
use crate::visitor::Visitor;

/// What comes in.
pub fn receiving(reader: &Reader, inbox: &Inbox, health: &Health) -> Markup {
    html! { div.health { (incoming(reader, inbox, health)) } }
}

fn incoming(reader: &Reader, inbox: &Inbox, health: &Health) -> Markup {
    let locale = reader.locale;
    if let (Some(since), Some(why)) = (health.fetch_failed_at, &health.fetch_failure) {
        return html! {
            (badge(Tone::Bad, Some(Icon::Warning), t!(locale, "mail-fetch-fails"))) " "
            (failure::written(locale, why)) " "
            span.muted { (t!(locale, "mail-last-tried")) " " (format::stamp(reader, since)) }
            @if let Some(at) = health.fetched_at { " · " span.muted { (t!(locale, "mail-last-good")) " " (format::stamp(reader, at)) } }
        };
    }
    match health.fetched_at {
        Some(at) => html! {
            (badge(Tone::Good, Some(Icon::Check), t!(locale, "mail-fetch-works"))) " "
            span.muted { (t!(locale, "mail-last-fetch")) " " (format::stamp(reader, at)) }
            @if health.behind > 0 { " · " (t!(locale, "mail-behind", count = health.behind)) }
        },
        None if inbox.incoming.is_some() => html! {
            (badge(Tone::Quiet, Some(Icon::Clock), t!(locale, "mail-fetch-not-yet")))
        },
        None => html! { (badge(Tone::Quiet, None, t!(locale, "mail-fetch-handed"))) },
    }
}

/// What goes out.
pub fn sending(reader: &Reader, inbox: &Inbox, health: &Health) -> Markup {
    html! { div.health { (outgoing(reader, inbox, health)) } }
}

fn outgoing(reader: &Reader, inbox: &Inbox, health: &Health) -> Markup {
    let locale = reader.locale;
    if inbox.outgoing.is_none() {
        return html! { (badge(Tone::Soon, Some(Icon::Warning), t!(locale, "mail-send-nowhere"))) };
    }
    if let (Some(since), Some(why)) = (health.send_failed_at, &health.send_failure) {
        return html! {
            (badge(Tone::Bad, Some(Icon::Warning), t!(locale, "mail-send-fails"))) " "
            (failure::written(locale, why)) " "
            span.muted { (t!(locale, "mail-last-tried")) " " (format::stamp(reader, since)) }
        };
    }
    match health.sent_at {
        Some(at) => html! {
            (badge(Tone::Good, Some(Icon::Check), t!(locale, "mail-send-works"))) " "
            span.muted { (t!(locale, "mail-last-sent")) " " (format::stamp(reader, at)) }
        },
        None => html! { (badge(Tone::Quiet, Some(Icon::Clock), t!(locale, "mail-send-not-yet"))) },
    }
}

/// What the desk writes by itself: which text could not be made, and for want of what.
pub fn texts(reader: &Reader, health: &Health) -> Markup {
    let locale = reader.locale;
    html! {
        div.health {
            @if let Some(failure) = &health.text_failure {
                (badge(Tone::Bad, Some(Icon::Warning), t!(locale, "mail-text-fails"))) " "
                (link_to(locale, &failure.template)) " " (t!(locale, "mail-text-lacks")) " " code { (failure.why) } " "
                span.muted { (format::stamp(reader, failure.at)) }
            } @else {
                (badge(Tone::Good, Some(Icon::Check), t!(locale, "mail-text-works")))
            }
        }
    }
}

/// Automatic mail was stopped: said loudly, with a way to let it go on.
pub fn alarm(visitor: &Visitor, inbox: &Inbox, health: &Health) -> Option<Markup> {
    let (reader, locale) = (&visitor.reader, visitor.reader.locale);
    let until = health.broken_until_at.filter(|until| *until > reader.now)?;
    let action = format!("/admin/inboxes/{}/breaker", inbox.id);
    Some(html! {
        div.flash.flash-bad.alarm role="alert" {
            (icon(Icon::Warning))
            div {
                strong { (t!(locale, "mail-broken", inbox = inbox.name.as_str())) }
                p { (t!(locale, "mail-broken-words", until = format::absolute(reader, until))) }
                (button::post(Weight::Secondary, Some(Icon::Check), t!(locale, "mail-broken-go-on"), &action, &visitor.csrf))
            }
        }
    })
}
