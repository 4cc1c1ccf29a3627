//! One notice in words: who did what on which ticket, and why its reader is told.

use desk::notices::board::Line;
use domain::notice::Occasion;
use domain::permission::Relation;
use maud::{Markup, html};

use crate::format::{self, Reader};
use crate::t;
use crate::text::Locale;
use crate::ui::field;
use crate::ui::icon::{Icon, icon};
use crate::visitor::Visitor;

/// Where a list of notices stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Page,
    Bell,
}

pub(super) fn list(visitor: &Visitor, lines: &[Line], place: Place) -> Markup {
    html! { ul.notices { @for line in lines { (one(visitor, line, place)) } } }
}

fn one(visitor: &Visitor, line: &Line, place: Place) -> Markup {
    let reader: &Reader = &visitor.reader;
    let locale = reader.locale;
    html! {
        li.notice .notice-unread[line.unread] {
            span.notice-icon { (icon(drawing(line.occasion))) }
            div.notice-words {
                span.notice-said {
                    @if line.unread { span.visually-hidden { (t!(locale, "notices-is-unread")) ": " } }
                    (said(locale, line))
                    @if line.others > 0 { " " (t!(locale, "notices-others", count = line.others)) }
                    @if line.times > 1 { " (" (t!(locale, "notices-times", count = line.times)) ")" }
                }
                a href=(href(line)) { "#" (line.number) " " (line.subject) }
                span.notice-why { (why(locale, line.occasion)) }
            }
            div.notice-end {
                (format::stamp(reader, line.at))
                @if place == Place::Page && line.unread {
                    form method="post" action={ "/notices/" (line.id) "/read" } {
                        (field::token(&visitor.csrf))
                        button.button.button-quiet type="submit" aria-label=(t!(locale, "notices-read-one", number = line.number.to_string())) {
                            (icon(Icon::Check))
                        }
                    }
                }
            }
        }
    }
}

fn href(line: &Line) -> String {
    match line.relation {
        Relation::Requesting => format!("/portal/tickets/{}", line.number),
        Relation::Nothing | Relation::Asking | Relation::Overseeing | Relation::Chain | Relation::Serving => {
            format!("/tickets/{}", line.number)
        }
    }
}

fn said(locale: Locale, line: &Line) -> String {
    let who = line.by.as_deref().unwrap_or(t!(locale, "notices-somebody"));
    match line.occasion {
        Occasion::Given => t!(locale, "notice-said-given", who = who),
        Occasion::Answered => t!(locale, "notice-said-answered", who = who),
        Occasion::Delivered => t!(locale, "notice-said-delivered", who = who),
        Occasion::Returned => t!(locale, "notice-said-returned", who = who),
        Occasion::EndsSoon => t!(locale, "notice-said-ends-soon").to_owned(),
        Occasion::StrangerWrote => t!(locale, "notice-said-stranger-wrote").to_owned(),
        Occasion::AskedBack => t!(locale, "notice-said-asked-back", who = who),
        Occasion::Replied => t!(locale, "notice-said-replied").to_owned(),
        Occasion::Solved => t!(locale, "notice-said-solved").to_owned(),
        Occasion::Closed => t!(locale, "notice-said-closed").to_owned(),
        Occasion::Mentioned => t!(locale, "notice-said-mentioned", who = who),
        Occasion::Noted => t!(locale, "notice-said-noted", who = who),
        Occasion::Bounced => t!(locale, "notice-said-bounced").to_owned(),
        Occasion::Rated => t!(locale, "notice-said-rated", who = who),
        Occasion::Escalated => t!(locale, "notice-said-escalated", who = who),
        Occasion::Arrived => t!(locale, "notice-said-arrived").to_owned(),
        Occasion::Told => {
            let rule = line.rule.as_deref().unwrap_or(t!(locale, "rule-gone"));
            t!(locale, "notice-said-told", rule = rule)
        }
        Occasion::Watched | Occasion::HandoffWatched => watched(locale, line.what.as_deref(), who),
    }
}

/// What happened on a ticket that somebody watches.
fn watched(locale: Locale, what: Option<&str>, who: &str) -> String {
    match what {
        Some("replied") => t!(locale, "notice-said-watched-replied", who = who),
        Some("noted") => t!(locale, "notice-said-noted", who = who),
        Some("solved") => t!(locale, "notice-said-watched-solved", who = who),
        Some("reopened") => t!(locale, "notice-said-watched-reopened", who = who),
        Some("closed") => t!(locale, "notice-said-watched-closed").to_owned(),
        Some("transferred") => t!(locale, "notice-said-watched-transferred", who = who),
        Some("asked") => t!(locale, "notice-said-watched-asked", who = who),
        Some(_) | None => t!(locale, "notice-said-watched").to_owned(),
    }
}

fn why(locale: Locale, occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::Given => t!(locale, "notice-why-given"),
        Occasion::Answered
        | Occasion::Returned
        | Occasion::EndsSoon
        | Occasion::StrangerWrote
        | Occasion::Rated
        | Occasion::Noted => t!(locale, "notice-why-holds"),
        Occasion::Bounced => t!(locale, "notice-why-bounced"),
        Occasion::Escalated => t!(locale, "notice-why-escalated"),
        Occasion::Arrived => t!(locale, "notice-why-arrived"),
        Occasion::Told => t!(locale, "notice-why-told"),
        Occasion::Mentioned => t!(locale, "notice-why-mentioned"),
        Occasion::Watched => t!(locale, "notice-why-watched"),
        Occasion::HandoffWatched => t!(locale, "notice-why-handoff-watched"),
        Occasion::Delivered => t!(locale, "notice-why-asked"),
        Occasion::AskedBack => t!(locale, "notice-why-asked-back"),
        Occasion::Replied | Occasion::Solved | Occasion::Closed => t!(locale, "notice-why-own"),
    }
}

const fn drawing(occasion: Occasion) -> Icon {
    match occasion {
        Occasion::Given => Icon::Person,
        Occasion::Answered | Occasion::Replied | Occasion::StrangerWrote => Icon::Reply,
        Occasion::Mentioned | Occasion::Noted => Icon::Note,
        Occasion::Watched | Occasion::HandoffWatched => Icon::Eye,
        Occasion::Delivered | Occasion::AskedBack => Icon::Handoff,
        Occasion::Returned | Occasion::Bounced => Icon::Return,
        Occasion::Rated => Icon::Star,
        Occasion::Escalated => Icon::Warning,
        Occasion::Arrived => Icon::Inbox,
        Occasion::Told => Icon::Bolt,
        Occasion::EndsSoon => Icon::Clock,
        Occasion::Solved | Occasion::Closed => Icon::Check,
    }
}
