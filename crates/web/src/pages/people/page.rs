//! How the page of a person, and of an organisation, looks.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use store::history::{Entry, Stretch};
use store::person::Person;

use super::{Party, Somebody};
use crate::format::{self, Reader};
use crate::guard::urlencode;
use crate::pages::frame::{self, Frame, Here};
use crate::pages::{on_behalf, shown};
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{self, Promise, Tone};
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::table::{table, words};
use crate::ui::{navigation, panel};
use crate::visitor::Visitor;

pub(super) fn person(visitor: &Visitor, found: &Somebody) -> Markup {
    let locale = visitor.reader.locale;
    let person = &found.person;
    let content = html! {
        div.page-head {
            h1 { (person.name) }
            (badge::badge(Tone::Accent, None, shown::class(locale, person.class)))
            div.buttons {
                @if on_behalf::may_open(&visitor.viewer) && person.merged_into.is_none() && person.disabled_at.is_none() {
                    (button::link(Weight::Secondary, Some(Icon::Plus), t!(locale, "write-title"), &on_behalf::address(person.id, "")))
                }
                @if visitor.viewer.administrator { a.button href={ "/admin/people/" (person.id) } { (t!(locale, "people-set-up")) } }
            }
        }
        @if let Some(into) = person.merged_into {
            p.muted { (t!(locale, "people-merged")) " " a href={ "/people/" (into) } { (t!(locale, "people-merged-to")) } }
        }
        div.columns {
            div.stack { (panel::panel(t!(locale, "people-asked"), None, &asked(visitor, &found.stretch, false))) }
            div.stack {
                (panel::panel(t!(locale, "people-about"), None, &about(&visitor.reader, found)))
                @if !found.ties.is_empty() { (panel::panel(t!(locale, "beside-ties"), None, &ties(locale, found))) }
            }
        }
    };
    frame::show(visitor, &Frame::new(&person.name, Here::Elsewhere), &content)
}

pub(super) fn organisation(visitor: &Visitor, found: &Party) -> Markup {
    let locale = visitor.reader.locale;
    let shares = if found.organisation.shares_tickets {
        t!(locale, "people-shares")
    } else {
        t!(locale, "people-shares-not")
    };
    let content = html! {
        div.page-head {
            h1 { (found.organisation.name) }
            div.buttons {
                @if on_behalf::may_open(&visitor.viewer) {
                    (button::link(Weight::Secondary, Some(Icon::Plus), t!(locale, "write-title"), &format!("/tickets/new?q={}", urlencode(&found.organisation.name))))
                }
                @if visitor.viewer.administrator { a.button href={ "/admin/organisations/" (found.organisation.id) } { (t!(locale, "people-set-up")) } }
            }
        }
        div.columns {
            div.stack { (panel::panel(t!(locale, "people-asked"), None, &asked(visitor, &found.stretch, true))) }
            div.stack {
                (panel::panel(t!(locale, "people-people"), None, &html! {
                    p.muted { (shares) }
                    @let facts: Vec<(&str, Markup)> = found.known.facts(&visitor.reader).collect();
                    @if !facts.is_empty() { (panel::facts(&facts)) }
                    @if found.people.is_empty() { p.muted { (t!(locale, "people-none")) } }
                    ul.plain-list {
                        @for person in &found.people { li { a href={ "/people/" (person.id) } { (person.name) } } }
                    }
                    @if !found.merged.is_empty() {
                        h3 { (t!(locale, "people-merged-here")) }
                        ul.plain-list {
                            @for other in &found.merged { li { a href={ "/organisations/" (other.id) } { (other.name) } } }
                        }
                    }
                }))
            }
        }
    };
    frame::show(visitor, &Frame::new(&found.organisation.name, Here::Elsewhere), &content)
}

fn about(reader: &Reader, found: &Somebody) -> Markup {
    let locale = reader.locale;
    let person = &found.person;
    let mut facts = Vec::new();
    if let Some(organisation) = &found.organisation {
        let name = html! { a href={ "/organisations/" (organisation.id) } { (organisation.name) } };
        facts.push((t!(locale, "beside-organisation"), name));
    }
    facts.extend(reached(locale, person));
    let language =
        Locale::from_tag(&person.language).map_or(person.language.clone(), |one| one.own_name().to_owned());
    facts.push((t!(locale, "beside-language"), html! { (language) }));
    if let Ok(zone) = TimeZone::get(&person.time_zone) {
        let theirs = Reader { zone, ..reader.clone() };
        let place = person.time_zone.replace('_', " ");
        facts.push((
            t!(locale, "beside-time"),
            html! { (format::brief(&theirs, reader.now)) " " span.muted { (place) } },
        ));
    }
    facts.push((t!(locale, "people-since"), html! { (format::date(reader, person.created_at)) }));
    facts.extend(found.known.facts(reader));
    html! {
        (panel::facts(&facts))
        @if !found.merged.is_empty() {
            h3 { (t!(locale, "people-known-as")) }
            ul.plain-list {
                @for other in &found.merged {
                    li { (other.name) @if let Some(email) = &other.email { " " span.muted { (email) } } }
                }
            }
        }
    }
}

fn reached(locale: Locale, person: &Person) -> Vec<(&'static str, Markup)> {
    let email = person
        .email
        .as_ref()
        .map(|email| (t!(locale, "beside-email"), html! { a href={ "mailto:" (email) } { (email) } }));
    let phone = person.phone.as_ref().map(|phone| (t!(locale, "beside-phone"), html! { (phone) }));
    email.into_iter().chain(phone).collect()
}

fn ties(locale: Locale, found: &Somebody) -> Markup {
    html! {
        ul.plain-list {
            @for tie in &found.ties {
                li {
                    @if let Some(relation) = tie.relation { (shown::tie(locale, relation)) }
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

fn asked(visitor: &Visitor, stretch: &Stretch, says_who: bool) -> Markup {
    let locale = visitor.reader.locale;
    let mut columns = vec![words(t!(locale, "people-ticket"))];
    if says_who {
        columns.push(words(t!(locale, "people-asked-by")));
    }
    columns.extend([
        words(t!(locale, "people-state")),
        words(t!(locale, "people-opened")),
        words(t!(locale, "people-took")),
        words(t!(locale, "people-promise")),
    ]);
    let rows: Vec<Vec<Markup>> =
        stretch.entries.iter().map(|entry| row(&visitor.reader, entry, says_who)).collect();
    let older = stretch.before.map(|before| format!("?before={before}"));
    html! {
        @if rows.is_empty() {
            (panel::empty(Icon::Inbox, t!(locale, "people-nothing"), t!(locale, "people-nothing-words"), None))
        } @else {
            (table(t!(locale, "people-asked"), &columns, &rows))
        }
        (navigation::pages(locale, None, older.as_deref()))
    }
}

fn row(reader: &Reader, entry: &Entry, says_who: bool) -> Vec<Markup> {
    let locale = reader.locale;
    let took = entry.solved_at.map(|at| format::duration(locale, at.duration_since(entry.opened_at)));
    let promise = entry.kept.map(|kept| if kept { Promise::Kept } else { Promise::Missed });
    let mut cells =
        vec![html! { a href={ "/tickets/" (entry.number) } { "#" (entry.number) " " (entry.subject) } }];
    if says_who {
        cells.push(html! { (entry.requester) });
    }
    cells.extend([
        badge::state(locale, shown::state(entry.state, None, 0, false)),
        html! { (format::date(reader, entry.opened_at)) },
        html! { (took.as_deref().unwrap_or("–")) },
        html! { @if let Some(promise) = promise { (badge::promise(reader, promise)) } @else { "–" } },
    ]);
    cells
}
