//! Where a ticket stands, in the words of somebody who asked and waits.

use domain::clock::Outcome;
use domain::ticket::State;
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use store::sheet::Promise;

use crate::format::{self, Reader};
use crate::t;
use crate::ui::badge::{self, Tone};
use crate::ui::icon::{Icon, icon};

/// Five answers to "what is happening with it?".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Working,
    AnswerNeeded,
    Agreed(Timestamp),
    Solved,
    Closed,
    /// Another ticket goes on with it.
    Merged,
}

impl Standing {
    pub(super) const fn of(
        state: State,
        merged: bool,
        waits_for_me: bool,
        agreed_until: Option<Timestamp>,
    ) -> Self {
        match (state, waits_for_me, agreed_until) {
            _ if merged => Self::Merged,
            (State::Open, true, _) => Self::AnswerNeeded,
            (State::Open, false, Some(until)) => Self::Agreed(until),
            (State::Open, false, None) => Self::Working,
            (State::Solved, _, _) => Self::Solved,
            (State::Closed, _, _) => Self::Closed,
        }
    }

    /// `own` is what the organisation says in place of the plain words.
    pub(super) fn badge(self, reader: &Reader, own: Option<&str>) -> Markup {
        badge::badge(self.tone(), Some(self.icon()), &self.said(reader, own))
    }

    pub(super) fn said(self, reader: &Reader, own: Option<&str>) -> String {
        match (own, self) {
            (None, _) => self.words(reader),
            // The date is more than a word for where it stands.
            (Some(own), Self::Agreed(_)) => format!("{own} · {}", self.words(reader)),
            (Some(own), _) => own.to_owned(),
        }
    }

    pub(super) fn words(self, reader: &Reader) -> String {
        let locale = reader.locale;
        match self {
            Self::Working => t!(locale, "standing-working").to_owned(),
            Self::AnswerNeeded => t!(locale, "standing-answer").to_owned(),
            Self::Agreed(until) => t!(locale, "standing-agreed", date = format::absolute(reader, until)),
            Self::Solved => t!(locale, "standing-solved").to_owned(),
            Self::Closed => t!(locale, "standing-closed").to_owned(),
            Self::Merged => t!(locale, "row-merged").to_owned(),
        }
    }

    pub(super) const fn tone(self) -> Tone {
        match self {
            Self::Working => Tone::Accent,
            Self::AnswerNeeded => Tone::Soon,
            Self::Agreed(_) => Tone::Waiting,
            Self::Solved => Tone::Good,
            Self::Closed | Self::Merged => Tone::Quiet,
        }
    }

    pub(super) const fn icon(self) -> Icon {
        match self {
            Self::Working => Icon::Throughline,
            Self::AnswerNeeded => Icon::Reply,
            Self::Agreed(_) => Icon::Calendar,
            Self::Solved => Icon::Check,
            Self::Closed => Icon::Lock,
            Self::Merged => Icon::Link,
        }
    }
}

/// What was promised, how it stands, and what happens when it is late.
pub(super) fn promise(reader: &Reader, promise: &Promise, unit: &str) -> Markup {
    let locale = reader.locale;
    let due = promise.due_at.map(|due| format::absolute(reader, due));
    let (tone, which, words) = match (promise.outcome, promise.due_at, due) {
        (Outcome::Running, Some(at), Some(due)) if at >= reader.now => {
            let away = at.duration_since(reader.now);
            let words = if away < SignedDuration::from_hours(7 * 24) {
                t!(locale, "promised-soon", due = due, away = format::relative(reader, at))
            } else {
                t!(locale, "promised-until", due = due)
            };
            ("promised", Icon::Clock, words)
        }
        (Outcome::Running, Some(at), Some(due)) => {
            let late = format::duration(locale, reader.now.duration_since(at));
            (
                "promised promised-late",
                Icon::Warning,
                t!(locale, "promised-late", due = due, late = late, unit = unit),
            )
        }
        (Outcome::Paused, _, _) => ("promised", Icon::Pause, t!(locale, "promised-paused").to_owned()),
        (Outcome::Met, _, Some(due)) => {
            ("promised promised-kept", Icon::Check, t!(locale, "promised-kept", due = due))
        }
        (Outcome::Missed, Some(at), Some(due)) => {
            let late = promise.stopped_at.map_or(SignedDuration::ZERO, |stopped| stopped.duration_since(at));
            let late = format::duration(locale, late);
            ("promised promised-late", Icon::Warning, t!(locale, "promised-missed", due = due, late = late))
        }
        (Outcome::Running | Outcome::Met | Outcome::Missed | Outcome::Void, _, _) => return html! {},
    };
    html! { p class=(tone) { (icon(which)) span { (words) } } }
}
