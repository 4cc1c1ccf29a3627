//! Badges: a colour, an icon and always the word.

use jiff::Timestamp;
use maud::{Markup, html};

use super::icon::{Icon, icon};
use crate::format::{self, Reader};
use crate::t;
use crate::text::Locale;

/// What a badge means, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Quiet,
    Accent,
    Good,
    Soon,
    Bad,
    Waiting,
}

/// Where a ticket stands, as the pages show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Open,
    WaitingRequester,
    WaitingSupplier,
    WaitingDate,
    WaitingHandoff,
    Delivered,
    Solved,
    Closed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    Low,
    Normal,
    High,
    Urgent,
}

/// How one promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise<'a> {
    OnTrack { due_at: Timestamp },
    Soon { due_at: Timestamp },
    Overdue { due_at: Timestamp },
    Paused { reason: &'a str },
    Kept,
    Missed,
    None,
}

pub fn badge(tone: Tone, which: Option<Icon>, words: &str) -> Markup {
    html! {
        span class={ "badge " (class(tone)) } {
            @if let Some(which) = which { (icon(which)) }
            span { (words) }
        }
    }
}

pub fn state(locale: Locale, state: State) -> Markup {
    let (tone, which) = looks(state);
    badge(tone, Some(which), state_words(locale, state))
}

/// The name that the organisation has for it, with the plain word for whoever asks.
pub fn named(locale: Locale, state: State, name: &str) -> Markup {
    let (tone, which) = looks(state);
    let plain = state_words(locale, state);
    html! {
        span class={ "badge " (class(tone)) } title=(plain) {
            (icon(which)) span { (name) } span.visually-hidden { " (" (plain) ")" }
        }
    }
}

const fn looks(state: State) -> (Tone, Icon) {
    match state {
        State::Open => (Tone::Accent, Icon::Inbox),
        State::WaitingRequester => (Tone::Waiting, Icon::Person),
        State::WaitingSupplier => (Tone::Waiting, Icon::Organisation),
        State::WaitingDate => (Tone::Waiting, Icon::Calendar),
        State::WaitingHandoff => (Tone::Waiting, Icon::Handoff),
        State::Delivered => (Tone::Accent, Icon::Service),
        State::Solved => (Tone::Good, Icon::Check),
        State::Closed => (Tone::Quiet, Icon::Lock),
    }
}

pub fn state_words(locale: Locale, state: State) -> &'static str {
    match state {
        State::Open => t!(locale, "state-open"),
        State::WaitingRequester => t!(locale, "state-waiting-requester"),
        State::WaitingSupplier => t!(locale, "state-waiting-supplier"),
        State::WaitingDate => t!(locale, "state-waiting-date"),
        State::WaitingHandoff => t!(locale, "state-waiting-handoff"),
        State::Delivered => t!(locale, "state-delivered"),
        State::Solved => t!(locale, "state-solved"),
        State::Closed => t!(locale, "state-closed"),
    }
}

/// Normal priority says nothing in a list: only what differs is worth ink.
pub fn priority(locale: Locale, priority: Priority) -> Markup {
    match priority {
        Priority::Low => badge(Tone::Quiet, None, t!(locale, "priority-low")),
        Priority::Normal => badge(Tone::Quiet, None, t!(locale, "priority-normal")),
        Priority::High => badge(Tone::Soon, Some(Icon::Bolt), t!(locale, "priority-high")),
        Priority::Urgent => badge(Tone::Bad, Some(Icon::Bolt), t!(locale, "priority-urgent")),
    }
}

/// The promise's state in words; with a due time it says how far away it is and, on hover, exactly when.
pub fn promise(reader: &Reader, promise: Promise<'_>) -> Markup {
    let locale = reader.locale;
    match promise {
        Promise::OnTrack { due_at } => due(reader, Tone::Quiet, Icon::Clock, due_at),
        Promise::Soon { due_at } => due(reader, Tone::Soon, Icon::Clock, due_at),
        Promise::Overdue { due_at } => due(reader, Tone::Bad, Icon::Warning, due_at),
        Promise::Paused { reason } => {
            badge(Tone::Waiting, Some(Icon::Pause), &t!(locale, "promise-paused-because", reason = reason))
        }
        Promise::Kept => badge(Tone::Good, Some(Icon::Check), t!(locale, "promise-kept")),
        Promise::Missed => badge(Tone::Bad, Some(Icon::Cross), t!(locale, "promise-missed")),
        Promise::None => html! { span.muted { (t!(locale, "promise-none")) } },
    }
}

fn due(reader: &Reader, tone: Tone, which: Icon, due_at: Timestamp) -> Markup {
    let late = reader.now.duration_since(due_at);
    let words = if late.as_secs() >= 60 {
        t!(reader.locale, "promise-over-by", time = format::duration(reader.locale, late))
    } else {
        t!(reader.locale, "promise-due", time = format::relative(reader, due_at))
    };
    html! {
        time class={ "badge " (class(tone)) } datetime=(due_at) title=(format::absolute(reader, due_at)) {
            (icon(which)) span { (words) }
        }
    }
}

/// "blocks #1042": the ticket that waits for this one.
pub fn blocks(locale: Locale, number: &str, href: &str) -> Markup {
    html! { a.badge.badge-chain href=(href) { (icon(Icon::Handoff)) span { (t!(locale, "chain-blocks", ticket = number)) } } }
}

/// "waits for 2 hand-offs".
pub fn waits_for(locale: Locale, count: u32) -> Markup {
    html! { span.badge.badge-chain { (icon(Icon::Handoff)) span { (t!(locale, "chain-waits", count = count)) } } }
}

const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Quiet => "badge-quiet",
        Tone::Accent => "badge-accent",
        Tone::Good => "badge-good",
        Tone::Soon => "badge-soon",
        Tone::Bad => "badge-bad",
        Tone::Waiting => "badge-waiting",
    }
}
