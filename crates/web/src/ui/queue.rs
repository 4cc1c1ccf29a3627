//! One line of a queue: everything needed to decide what to open next.

use jiff::Timestamp;
use maud::{Markup, html};

use super::badge::{self, Priority, Promise};
use super::icon::{Icon, icon};
use super::popover;
use crate::format::{self, Reader};
use crate::t;

/// One ticket in a list.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The anchor of its link: whoever comes back to it has the focus there.
    pub anchor: &'a str,
    /// Under which name its box is sent, where rows can be chosen.
    pub choose: Option<&'a str>,
    pub href: &'a str,
    pub number: &'a str,
    pub subject: &'a str,
    pub requester: &'a str,
    pub organisation: Option<&'a str>,
    pub last_by: LastBy,
    /// When the oldest message that nobody has answered came in.
    pub unanswered_since: Option<Timestamp>,
    pub promise: Promise<'a>,
    pub priority: Priority,
    /// `None` when nobody in particular has it.
    pub holder: Option<&'a str>,
    pub unread: bool,
    pub draft: bool,
    pub blocks: Option<Blocked<'a>>,
    pub waits_for: u32,
    pub tags: &'a [String],
    /// Out of sight until then, where a list shows it at all.
    pub snoozed_until: Option<Timestamp>,
    /// It came back into sight by itself.
    pub woken: bool,
    /// Another ticket goes on with it.
    pub merged: bool,
    /// The last thing that went out by mail did not arrive.
    pub bounced: bool,
    /// What a view shows more: a label, and what it says.
    pub more: &'a [(&'static str, String)],
    /// Where it stands, by a name of one's own.
    pub status: Option<(badge::State, &'a str)>,
    /// Why the ticket stands at this place, in words.
    pub reason: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastBy {
    Us,
    Them,
    Nobody,
}

#[derive(Debug, Clone, Copy)]
pub struct Blocked<'a> {
    pub number: &'a str,
    pub href: &'a str,
}

/// A queue in its order.
pub fn queue(reader: &Reader, label: &str, rows: &[Row<'_>]) -> Markup {
    html! {
        ol.queue aria-label=(label) data-list { @for row in rows { (line(reader, row)) } }
    }
}

fn line(reader: &Reader, row: &Row<'_>) -> Markup {
    let locale = reader.locale;
    html! {
        li.queue-row .queue-unread[row.unread] {
            div.queue-first {
                @if let Some(value) = row.choose {
                    label.queue-choose {
                        input type="checkbox" name="ticket" value=(value) form="bulk";
                        span.visually-hidden { (t!(locale, "row-choose", ticket = row.number)) }
                    }
                }
                span.queue-number {
                    @if row.unread { span.unread-dot { span.visually-hidden { (t!(locale, "unread")) " " } } }
                    (row.number)
                }
            }
            div.queue-what {
                a.queue-subject #(row.anchor) href=(row.href) { (row.subject) }
                div.queue-who {
                    (last_by(reader, row))
                    span { (row.requester) }
                    @if let Some(organisation) = row.organisation { span.muted { (organisation) } }
                    @for (label, says) in row.more {
                        span.queue-extra title=(label) { span.visually-hidden { (label) ": " } (says) }
                    }
                    @if let Some((state, name)) = row.status { (badge::named(locale, state, name)) }
                    @for tag in row.tags { span.tag { (tag) } }
                    span.queue-marks {
                        @if row.draft { (badge::badge(badge::Tone::Quiet, Some(Icon::Note), t!(locale, "row-draft"))) }
                        @if row.priority != Priority::Normal { (badge::priority(locale, row.priority)) }
                        @if let Some(blocked) = row.blocks { (badge::blocks(locale, blocked.number, blocked.href)) }
                        @if let Some(until) = row.snoozed_until {
                            (badge::badge(badge::Tone::Waiting, Some(Icon::Moon), &t!(locale, "row-snoozed", time = format::brief(reader, until))))
                        }
                        @if row.bounced { (badge::badge(badge::Tone::Bad, Some(Icon::Return), t!(locale, "row-bounced"))) }
                        @if row.merged { (badge::badge(badge::Tone::Quiet, Some(Icon::Link), t!(locale, "row-merged"))) }
                        @if row.woken { (badge::badge(badge::Tone::Accent, Some(Icon::Moon), t!(locale, "row-woken"))) }
                        @if row.waits_for > 0 { (badge::waits_for(locale, row.waits_for)) }
                    }
                }
            }
            div.queue-due { (due(reader, row)) }
            span.queue-holder {
                @match row.holder {
                    Some(holder) => (holder),
                    None => span.muted { (t!(locale, "row-nobody")) },
                }
            }
        }
    }
}

fn due(reader: &Reader, row: &Row<'_>) -> Markup {
    let badge = badge::promise(reader, row.promise);
    match row.reason {
        Some(reason) => popover::popover_at_end(
            &badge,
            &html! { strong { (t!(reader.locale, "queue-reason")) } p { (reason) } },
        ),
        None => badge,
    }
}

fn last_by(reader: &Reader, row: &Row<'_>) -> Markup {
    let locale = reader.locale;
    let (class, which, words) = match row.last_by {
        LastBy::Us => ("last-us", Icon::Reply, t!(locale, "row-us-last")),
        LastBy::Them => ("last-them", Icon::Person, t!(locale, "row-them-last")),
        LastBy::Nobody => return html! {},
    };
    html! {
        span class={ "last " (class) } title=(words) {
            (icon(which))
            @match row.unanswered_since {
                Some(since) => {
                    span.visually-hidden { (words) ", " }
                    (t!(locale, "row-unanswered", time = format::duration(locale, reader.now.duration_since(since))))
                }
                None => span.visually-hidden { (words) },
            }
        }
    }
}
