//! Hits on the page, by their kind: where each leads, and the words that were meant, marked.

use desk::search::{Group, Hit, Kind, Nearness, Piece, What};
use maud::{Markup, html};

use super::{Named, Question};
use crate::format::{self, Reader};
use crate::t;
use crate::text::Locale;
use crate::ui::badge;
use crate::ui::icon::{Icon, icon};
use crate::visitor::Visitor;

/// One kind of hits, and the way to more of it.
pub(super) fn group(visitor: &Visitor, question: &Question, group: &Group) -> Markup {
    let locale = visitor.reader.locale;
    let title = title(locale, group.kind);
    let first_close = group.hits.iter().position(|hit| hit.nearness == Nearness::Close);
    html! {
        section aria-label=(title) {
            h2 { (title) }
            ul.hits {
                @for (place, hit) in group.hits.iter().enumerate() {
                    @if Some(place) == first_close { li.muted { (t!(locale, "search-close")) } }
                    (self::hit(&visitor.reader, hit))
                }
            }
            @if let Some(looked) = group.looked {
                p.muted { (t!(locale, "search-looked", most = looked)) }
            }
            @if let Some(more) = &group.more {
                @let on = if group.looked.is_some() { t!(locale, "views-look-on") } else { t!(locale, "search-more") };
                p { a rel="next" href=(further(question, group.kind, &more.written())) { (on) " " span.visually-hidden { (title) } } }
            }
        }
    }
}

fn further(question: &Question, kind: Kind, after: &str) -> String {
    let places = [("q", question.q.as_str()), ("kind", kind.as_str()), ("after", after)];
    format!("/search?{}", serde_html_form::to_string(places.as_slice()).unwrap_or_default())
}

pub(crate) fn title(locale: Locale, kind: Kind) -> &'static str {
    match kind {
        Kind::Ticket => t!(locale, "search-tickets"),
        Kind::Message => t!(locale, "search-messages"),
        Kind::Note => t!(locale, "search-notes"),
        Kind::Person => t!(locale, "search-people"),
        Kind::Organisation => t!(locale, "search-organisations"),
    }
}

fn hit(reader: &Reader, hit: &Hit) -> Markup {
    let ticket = |number: i64, subject: &Markup, href: &str| {
        html! { a.queue-subject href=(href) { "#" (number) " " (subject) } }
    };
    let href = super::address(&hit.what);
    match &hit.what {
        What::Ticket { number, subject, requester, merged, .. } => html! {
            li {
                (icon(Icon::Inbox))
                (ticket(*number, &marked(subject), &href))
                @if *merged { (badge::badge(badge::Tone::Quiet, Some(Icon::Link), t!(reader.locale, "row-merged"))) }
                @if !requester.is_empty() { span.muted { (marked(requester)) } }
            }
        },
        What::Message { number, subject, at, words, .. } => {
            said(reader, Icon::Reply, &ticket(*number, &html! { (subject) }, &href), *at, words)
        }
        What::Note { number, subject, at, words, .. } => {
            said(reader, Icon::Note, &ticket(*number, &html! { (subject) }, &href), *at, words)
        }
        What::Person { name, reached, .. } => html! {
            li {
                (icon(Icon::Person))
                a.queue-subject href=(href) { (marked(name)) }
                span.muted { (marked(reached)) }
            }
        },
        What::Organisation { name, .. } => html! {
            li {
                (icon(Icon::Organisation))
                a.queue-subject href=(href) { (marked(name)) }
            }
        },
    }
}

fn said(reader: &Reader, which: Icon, link: &Markup, at: jiff::Timestamp, words: &[Piece]) -> Markup {
    html! {
        li {
            (icon(which)) (link)
            span.muted { (format::moment(reader, at)) }
            p.hits-words { (marked(words)) }
        }
    }
}

/// The text is escaped; only the marks are ours.
fn marked(pieces: &[Piece]) -> Markup {
    html! {
        @for piece in pieces {
            @if piece.marked { mark { (piece.text) } } @else { (piece.text) }
        }
    }
}

/// Units and services of that name.
pub(super) fn named(locale: Locale, named: &[Named]) -> Markup {
    if named.is_empty() {
        return html! {};
    }
    let title = t!(locale, "search-units-and-services");
    html! {
        section aria-label=(title) {
            h2 { (title) }
            ul.hits {
                @for one in named {
                    li { (icon(one.icon)) a.queue-subject href=(one.href) { (one.name) } span.muted { (one.about) } }
                }
            }
        }
    }
}
