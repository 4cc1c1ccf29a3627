//! How the mails of our messages fare: held, on their way, there, or come back, and what can be done.

mod lost;

use domain::event::Side;
use domain::preference::UndoSeconds;
use jiff::Timestamp;
use maud::{Markup, html};
use store::message::Said;
use store::outgoing::{Outgoing, Role, State};

use super::resend;
use super::view::View;
use crate::format::{self, Reader};
use crate::t;
use crate::ui::badge::{Tone, badge};
use crate::ui::button::{self, Weight};
use crate::ui::field;
use crate::ui::icon::Icon;
use crate::visitor::Visitor;

pub(super) use lost::{head as lost, told};

/// How one mail fares, as its reader understands it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Course {
    /// It can still be taken back.
    Held,
    /// Its time has come, and a worker takes it soon.
    Queued,
    Sending,
    /// The server could not take it; it is tried again.
    Later,
    Sent,
    Failed,
    Bounced,
    TakenBack,
}

fn course(reader: &Reader, outgoing: &Outgoing) -> Course {
    match outgoing.state {
        State::Waiting if outgoing.send_at > reader.now => Course::Held,
        State::Waiting => Course::Queued,
        State::Sending if outgoing.send_at > reader.now => Course::Later,
        State::Sending => Course::Sending,
        State::Sent => Course::Sent,
        State::Failed => Course::Failed,
        State::Bounced => Course::Bounced,
        State::Cancelled => Course::TakenBack,
    }
}

/// The state of a message's mails, one line for each recipient.
pub(super) fn states(visitor: &Visitor, view: &View, said: &Said) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let mails: Vec<&Outgoing> = view.mails.outgoing_of(said.message.id).collect();
    let lost = mails.iter().any(|one| is_lost(reader, one));
    html! {
        @if !mails.is_empty() {
            (fares(visitor, view, &mails))
            @if lost && view.seen.serve().is_some() {
                (button::post(
                    Weight::Secondary,
                    Some(Icon::Return),
                    t!(locale, "delivery-resend"),
                    &address(view, said, "again"),
                    &visitor.csrf,
                ))
            }
        }
    }
}

/// One line for each mail, and for a lost one the way to send it to another address.
pub(super) fn fares(visitor: &Visitor, view: &View, mails: &[&Outgoing]) -> Markup {
    let reader = &visitor.reader;
    let serves = view.seen.serve().is_some();
    html! {
        @if !mails.is_empty() {
            ul.deliveries aria-label=(t!(reader.locale, "deliveries")) {
                @for outgoing in mails {
                    li {
                        (state(reader, outgoing))
                        @if outgoing.replaced_by.is_some() { p.small.muted { (t!(reader.locale, "resend-replaced")) } }
                        @if serves && is_lost(reader, outgoing) { (resend::form(visitor, view, outgoing)) }
                    }
                }
            }
        }
    }
}

fn is_lost(reader: &Reader, outgoing: &Outgoing) -> bool {
    matches!(course(reader, outgoing), Course::Failed | Course::Bounced) && outgoing.replaced_by.is_none()
}

fn state(reader: &Reader, outgoing: &Outgoing) -> Markup {
    let locale = reader.locale;
    let course = course(reader, outgoing);
    let (tone, which, words) = match course {
        Course::Held => (Tone::Waiting, Icon::Pause, t!(locale, "delivery-held")),
        Course::Queued => (Tone::Waiting, Icon::Clock, t!(locale, "delivery-queued")),
        Course::Sending => (Tone::Waiting, Icon::ArrowForward, t!(locale, "delivery-sending")),
        Course::Later => (Tone::Soon, Icon::Clock, t!(locale, "delivery-later")),
        Course::Sent => (Tone::Good, Icon::Check, t!(locale, "delivery-sent")),
        Course::Failed => (Tone::Bad, Icon::Cross, t!(locale, "delivery-failed")),
        Course::Bounced => (Tone::Bad, Icon::Return, t!(locale, "delivery-bounced")),
        Course::TakenBack => (Tone::Quiet, Icon::Return, t!(locale, "delivery-taken-back")),
    };
    let answer = outgoing.answer.as_deref().filter(|answer| !answer.is_empty());
    html! {
        (badge(tone, Some(which), words)) " "
        span.muted {
            bdi { (outgoing.recipient) }
            @match outgoing.role {
                Role::To => {}
                Role::Cc => { " · " (t!(locale, "recipients-role-cc")) }
                Role::Bcc => { " · " (t!(locale, "recipients-role-bcc")) }
            }
            @if let Some(at) = outgoing.ended_at { " · " (format::moment(reader, at)) }
            @if course == Course::Later {
                " · " (t!(locale, "delivery-next", count = outgoing.attempts, time = format::brief(reader, outgoing.send_at)))
            }
        }
        @if let Some(answer) = answer.filter(|_| matches!(course, Course::Later | Course::Failed | Course::Bounced)) {
            p.delivery-answer { (t!(locale, "delivery-answer")) " " q { bdi { (answer) } } }
        }
    }
}

/// The viewer's own reply or delivery that nobody outside has yet: when they do, and the way back. It stays in sight.
pub(super) fn held(visitor: &Visitor, view: &View) -> Markup {
    let reader = &visitor.reader;
    let Some((said, out)) = own_held(visitor, view) else { return html! {} };
    let left = out.duration_since(reader.now).as_secs().max(0);
    let local = reader.local(out);
    let time = format!("{}:{:02}", format::written_clock(&local), local.second());
    html! {
        form.undo #undo data-do="undo" method="post" action=(address(view, said, "undo")) {
            (field::token(&visitor.csrf))
            span data-seconds=(left) data-words=(t!(reader.locale, "undo-in", seconds = "{}")) {
                (t!(reader.locale, "undo-at", time = time))
            }
            (button::submit(Weight::Primary, Some(Icon::Return), t!(reader.locale, "undo")))
        }
    }
}

pub(super) fn is_held(visitor: &Visitor, view: &View) -> bool {
    own_held(visitor, view).is_some()
}

fn own_held<'a>(visitor: &Visitor, view: &'a View) -> Option<(&'a Said, Timestamp)> {
    view.messages.iter().rev().find_map(|said| {
        let out = said.outside_at.filter(|out| *out > visitor.reader.now)?;
        let mine = said.message.side == Side::Serving && said.message.person == Some(visitor.viewer.person);
        mine.then_some((said, out))
    })
}

/// Neither that mails leave nor that time is over is an event, so the page looks again by itself while something is about to change.
pub(super) fn watch(reader: &Reader, view: &View) -> Markup {
    let pause =
        view.mails.outgoing.iter().chain(&view.forwarded).filter_map(|one| match course(reader, one) {
            Course::Held | Course::Queued | Course::Sending => Some(2),
            Course::Later => Some(60),
            Course::Sent | Course::Failed | Course::Bounced | Course::TakenBack => None,
        });
    // What is read at the desk alone changes when its time has come.
    let held = view.messages.iter().any(|said| said.outside_at.is_some_and(|out| out > reader.now));
    html! {
        @if let Some(pause) = pause.chain(held.then_some(2)).min() {
            div #watch hidden hx-get={ "/tickets/" (view.sheet.number) } hx-trigger={ "every " (pause) "s" }
                hx-swap="none" hx-select-oob="#conversation:outerMorph" {}
        }
    }
}

/// By which way a reply would go, and what is known to be wrong with it.
pub(super) fn way(visitor: &Visitor, view: &View) -> Markup {
    let locale = visitor.reader.locale;
    let Some(way) = &view.mails.way else { return html! {} };
    let words = match (&way.inbox, &view.sheet.requester.email) {
        (None, _) => match UndoSeconds::within(visitor.preferences.undo, i64::from(UndoSeconds::USUAL)) {
            0 => t!(locale, "way-desk-at-once").to_owned(),
            seconds => t!(locale, "way-desk", seconds = seconds),
        },
        (Some(_), None) => t!(locale, "way-no-address").to_owned(),
        (Some(inbox), Some(to)) => {
            let from = format!("{} <{}>", inbox.name, inbox.address);
            let (to, seconds) =
                (to.as_str(), UndoSeconds::within(visitor.preferences.undo, inbox.undo_seconds));
            if seconds > 0 {
                t!(locale, "way-mail", from = from, to = to, seconds = seconds)
            } else {
                t!(locale, "way-mail-at-once", from = from, to = to)
            }
        }
    };
    html! {
        p.composer-way { (words) }
        @for address in &way.dead {
            p.composer-way.composer-dead { (badge(Tone::Bad, Some(Icon::Warning), t!(locale, "way-dead"))) " " (t!(locale, "way-dead-words", address = address.as_str())) }
        }
    }
}

fn address(view: &View, said: &Said, act: &str) -> String {
    format!("/tickets/{}/replies/{}/{act}", view.sheet.number, said.message.id)
}
