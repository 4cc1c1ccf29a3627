//! Beside the conversation: who asks, their ties and other tickets, and what other units were asked.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use store::sheet::{Blocking, Named};

use super::view::View;
use crate::format::{self, Reader};
use crate::guard::urlencode;
use crate::pages::shown;
use crate::t;
use crate::text::Locale;
use crate::ui::badge;
use crate::ui::icon::{Icon, icon};
use crate::ui::panel;
use crate::visitor::Visitor;

/// The requester and what ties them to us.
pub(super) fn person(visitor: &Visitor, view: &View) -> Markup {
    let reader = &visitor.reader;
    let own = super::fields::directory(visitor, view);
    let locale = reader.locale;
    let sheet = &view.sheet;
    let mut facts: Vec<(&str, Markup)> = vec![(
        t!(locale, "beside-name"),
        html! { a href={ "/people/" (sheet.requester.id) } { strong { (sheet.requester.name) } } },
    )];
    if let Some(asking) = sheet.asking {
        facts.push((t!(locale, "beside-unit"), html! { (view.catalogue.unit_name(asking)) }));
    }
    if let Some((id, name)) = &sheet.organisation {
        facts.push((
            t!(locale, "beside-organisation"),
            html! { a href={ "/organisations/" (id) } { (name) } },
        ));
    }
    facts.push((t!(locale, "beside-class"), html! { (shown::class(locale, sheet.class)) }));
    facts.extend(reached(reader, &sheet.requester));
    for (label, other) in
        [(t!(locale, "beside-beneficiary"), &sheet.beneficiary), (t!(locale, "beside-payer"), &sheet.payer)]
    {
        if let Some(other) = other {
            facts.push((label, html! { (other.name) }));
        }
    }
    let last = view.sheet.rating.filter(|_| view.sheet.asking.is_none());
    let last = last.or_else(|| view.recent.iter().find_map(|ticket| ticket.rating));
    if let Some(rating) = last {
        facts.push((t!(locale, "beside-last-rating"), stars(locale, rating)));
    }
    facts.extend(own.iter().map(|(name, words)| (name.as_str(), html! { (words) })));
    html! {
        (panel::facts(&facts))
        (super::requester::way(visitor, view))
        @if !view.affiliations.is_empty() { (ties(locale, view)) }
        @if !view.recent.is_empty() { (recent(reader, view)) }
    }
}

fn reached(reader: &Reader, person: &Named) -> Vec<(&'static str, Markup)> {
    let locale = reader.locale;
    let mut facts = Vec::new();
    if let Some(email) = &person.email {
        facts.push((t!(locale, "beside-email"), html! { a href={ "mailto:" (email) } { (email) } br; a href={ "/tickets/new?to=" (urlencode(email)) } { (t!(locale, "write-to-them")) } }));
    }
    if let Some(phone) = &person.phone {
        facts.push((t!(locale, "beside-phone"), html! { (phone) }));
    }
    let language =
        Locale::from_tag(&person.language).map_or(person.language.clone(), |one| one.own_name().to_owned());
    facts.push((t!(locale, "beside-language"), html! { (language) }));
    if let Ok(zone) = TimeZone::get(&person.time_zone) {
        let theirs = Reader { zone, ..reader.clone() };
        facts.push((
            t!(locale, "beside-time"),
            html! { (format::brief(&theirs, reader.now)) " " span.muted { (person.time_zone.replace('_', " ")) } },
        ));
    }
    facts
}

fn ties(locale: Locale, view: &View) -> Markup {
    html! {
        h3 { (t!(locale, "beside-ties")) }
        ul.plain-list {
            @for tie in &view.affiliations {
                li {
                    @if let Some(relation) = tie.relation { (shown::tie(locale, relation)) }
                    @if let Some(organisation) = &tie.organisation { " · " (organisation) }
                    " " span.muted {
                        @match &tie.until_day {
                            Some(until) => { (tie.from_day) " – " (until) },
                            None => (t!(locale, "beside-since", day = tie.from_day.as_str())),
                        }
                    }
                }
            }
        }
    }
}

fn recent(reader: &Reader, view: &View) -> Markup {
    html! {
        h3 { (t!(reader.locale, "beside-recent")) }
        ul.plain-list {
            @for ticket in &view.recent {
                li {
                    a href={ "/tickets/" (ticket.number) } { "#" (ticket.number) " " (ticket.subject) }
                    " " span.muted { (format::date(reader, ticket.opened_at)) }
                    @if let Some(rating) = ticket.rating { (stars(reader.locale, rating)) }
                }
            }
        }
    }
}

/// The hand-offs asked on behalf of the ticket, with what came of them.
pub(super) fn handoffs(reader: &Reader, view: &View) -> Markup {
    let locale = reader.locale;
    html! {
        @if view.handoffs.is_empty() { p.muted { (t!(locale, "handoffs-none")) } }
        ul.handoffs { @for handoff in &view.handoffs { (handoff_line(reader, view, handoff)) } }
    }
}

fn handoff_line(reader: &Reader, view: &View, handoff: &Blocking) -> Markup {
    let locale = reader.locale;
    let subject = handoff.subject.as_deref().unwrap_or(t!(locale, "handoff-confidential"));
    html! {
        li {
            div.handoff-head {
                (icon(Icon::Handoff))
                strong { (view.asked(locale, handoff)) }
                @if handoff.waits_for_us {
                    (badge::badge(badge::Tone::Bad, Some(Icon::Reply), t!(locale, "handoff-waits-for-us")))
                } @else {
                    (badge::state(locale, shown::state(handoff.state, None, 0, true)))
                }
                @if handoff.draft { (badge::badge(badge::Tone::Quiet, Some(Icon::Note), t!(locale, "row-draft"))) }
            }
            p { a href={ "/tickets/" (handoff.number) } { "#" (handoff.number) " " (subject) } }
            p.muted {
                @if let Some(person) = handoff.person.as_ref().filter(|_| handoff.subject.is_some()) { (person) " · " }
                (t!(locale, "handoff-asked", time = format::brief(reader, handoff.opened_at)))
                @if handoff.closed_at.is_none() {
                    " · " (t!(locale, "handoff-due", time = format::brief(reader, handoff.due_at)))
                }
                @if handoff.wrote_last { " · " (t!(locale, "handoff-wrote-last")) }
                @if handoff.reopened > 0 { " · " (t!(locale, "handoff-returned", count = handoff.reopened)) }
            }
            @if let Some(rating) = handoff.rating { (stars(locale, rating)) }
            @else if handoff.closing.as_deref() == Some("timer") {
                p.muted { (t!(locale, "handoff-untouched")) }
            }
        }
    }
}

/// A rating in words and as stars.
pub(super) fn stars(locale: Locale, rating: i64) -> Markup {
    html! {
        p.stars {
            @for _ in 0..rating.clamp(0, 5) { (icon(Icon::Star)) }
            span { (t!(locale, "handoff-rated", rating = rating)) }
        }
    }
}
