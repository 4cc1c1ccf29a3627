//! What came of trying an inbox: a word for each direction, and how far the last test mail got.

use desk::inboxes::{Outcome, Round, Trial};
use maud::{Markup, html};

use crate::format::{self, Reader};
use crate::pages::admin::inboxes::failure;
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{Tone, badge};
use crate::ui::icon::Icon;
use crate::ui::panel;

pub fn results(locale: Locale, trial: &Trial) -> Markup {
    html! {
        div role="status" {
            (panel::facts(&[
                (t!(locale, "mail-receiving"), outcome(locale, trial.incoming)),
                (t!(locale, "mail-sending"), outcome(locale, trial.outgoing)),
            ]))
        }
    }
}

fn outcome(locale: Locale, outcome: Outcome) -> Markup {
    match outcome {
        Outcome::Works => badge(Tone::Good, Some(Icon::Check), t!(locale, "mail-trial-works")),
        Outcome::NotSetUp => badge(Tone::Quiet, None, t!(locale, "mail-trial-not-set-up")),
        Outcome::NoSecret => html! {
            (badge(Tone::Soon, Some(Icon::Warning), t!(locale, "mail-trial-not-tried"))) " "
            (t!(locale, "mail-trial-no-secret"))
        },
        Outcome::Failed(failure) => html! {
            (badge(Tone::Bad, Some(Icon::Cross), t!(locale, "mail-trial-failed"))) " "
            (failure::words(locale, failure))
        },
    }
}

pub fn round(reader: &Reader, here: &str, round: &Round) -> Markup {
    let locale = reader.locale;
    match round {
        Round::Waiting { since, answer } => html! {
            p {
                (badge(Tone::Waiting, Some(Icon::Clock), t!(locale, "mail-round-waiting"))) " "
                span.muted { (t!(locale, "mail-round-since")) " " (format::stamp(reader, *since)) } " · "
                @if let Some(answer) = answer { (failure::written(locale, answer)) " " }
                (look_again(locale, here))
            }
        },
        Round::Sent { at } => html! {
            p {
                (badge(Tone::Waiting, Some(Icon::ArrowForward), t!(locale, "mail-round-sent"))) " "
                span.muted { (format::stamp(reader, *at)) } " · "
                (t!(locale, "mail-round-sent-words")) " "
                (look_again(locale, here))
            }
        },
        Round::Back { sent_at, at } => html! {
            p {
                (badge(Tone::Good, Some(Icon::Check), t!(locale, "mail-round-back"))) " "
                (t!(locale, "mail-round-back-words", time = format::duration(locale, at.duration_since(*sent_at)))) " "
                span.muted { (format::stamp(reader, *at)) }
            }
        },
        Round::Failed { at, answer } => html! {
            p {
                (badge(Tone::Bad, Some(Icon::Cross), t!(locale, "mail-round-failed"))) " "
                @if let Some(answer) = answer { (failure::written(locale, answer)) " " }
                span.muted { (format::stamp(reader, *at)) }
            }
        },
    }
}

fn look_again(locale: Locale, here: &str) -> Markup {
    html! { a href=(here) { (t!(locale, "mail-look-again")) } }
}
