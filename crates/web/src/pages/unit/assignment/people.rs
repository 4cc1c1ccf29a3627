//! The people of a unit: whether they are there, what they have, and on which terms they are given tickets.

use desk::assignment;
use maud::{Markup, html};
use store::assignment::Member;

use super::{Back, Form, Page, absences, wrong};
use crate::format::{self, Reader};
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{self, Tone};
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::table::{figures, table, words};
use crate::visitor::Visitor;

pub(super) fn people(visitor: &Visitor, page: &Page, may: bool, back: Option<&Back>) -> Markup {
    let locale = visitor.reader.locale;
    if page.members.is_empty() {
        return html! { p.muted { (t!(locale, "unit-no-members")) } };
    }
    let columns = [
        words(t!(locale, "beside-name")),
        words(t!(locale, "assignment-there")),
        figures(t!(locale, "unit-has")),
        words(t!(locale, "assignment-terms")),
    ];
    let rows: Vec<Vec<Markup>> = page
        .members
        .iter()
        .map(|member| {
            vec![
                html! { (member.name) },
                html! {
                    (there(&visitor.reader, page, member))
                    @if may { (absences::of(visitor, page, member, back)) }
                },
                html! { (load(locale, member)) },
                html! { @if may { (terms_form(visitor, page, member, back)) } @else { (terms_words(page, member)) } },
            ]
        })
        .collect();
    html! {
        (table(t!(locale, "assignment-people"), &columns, &rows))
        p.muted { (t!(locale, "assignment-people-words")) }
    }
}

fn there(reader: &Reader, page: &Page, member: &Member) -> Markup {
    let locale = reader.locale;
    if let Some(until) = member.absent_until {
        let stand_in = member
            .substitute
            .and_then(|substitute| page.members.iter().find(|other| other.person == substitute))
            .map(|other| t!(locale, "presence-substitute", name = other.name.as_str()));
        return html! {
            (badge::badge(Tone::Soon, Some(Icon::Calendar), &t!(locale, "presence-absent-until", time = format::absolute(reader, until))))
            @if let Some(stand_in) = stand_in { " " (stand_in) }
        };
    }
    if member.away_since.is_some() {
        return badge::badge(Tone::Soon, Some(Icon::Pause), t!(locale, "presence-away"));
    }
    if !assignment::is_on_shift(&page.catalogue, member, reader.now) {
        return badge::badge(Tone::Quiet, Some(Icon::Clock), t!(locale, "presence-off-shift"));
    }
    badge::badge(Tone::Good, Some(Icon::Check), t!(locale, "presence-present"))
}

fn load(locale: Locale, member: &Member) -> String {
    match member.terms.capacity {
        Some(capacity) => t!(locale, "assignment-load", load = member.load, capacity = capacity),
        None => member.load.to_string(),
    }
}

fn terms_words(page: &Page, member: &Member) -> Markup {
    let shift = member.terms.shift.and_then(|shift| page.catalogue.calendars.get(&shift));
    html! { (member.terms.skills.joined()) @if let Some(shift) = shift { " " span.muted { (shift.name) } } }
}

fn terms_form(visitor: &Visitor, page: &Page, member: &Member, back: Option<&Back>) -> Markup {
    let locale = visitor.reader.locale;
    let form = format!("terms-{}", member.person);
    let capacity = member.terms.capacity.map(|capacity| capacity.to_string()).unwrap_or_default();
    let skills = member.terms.skills.joined();
    let shift = member.terms.shift.map(|shift| shift.to_string()).unwrap_or_default();
    let mut shifts: Vec<(String, &str)> =
        page.catalogue.calendars.values().map(|named| (named.id.to_string(), named.name.as_str())).collect();
    shifts.insert(0, (String::new(), t!(locale, "assignment-no-shift")));
    let shifts: Vec<Choice<'_>> =
        shifts.iter().map(|(value, label)| Choice { value, label, help: None }).collect();
    let own = Form::Terms(member.person);
    let failed = back.is_some_and(|back| back.form == own);
    html! {
        details open[failed] {
            summary { (t!(locale, "assignment-terms-of", name = member.name.as_str())) " " span.muted { (terms_words(page, member)) } }
            form.form method="post" action={ "/units/" (page.unit) "/people/" (member.person) "/terms" } {
                (field::token(&visitor.csrf))
                (wrong(back, &own))
                (field::input(locale, Kind::Number, &Field::new("capacity", t!(locale, "assignment-capacity")).of(&form).value(&capacity).help(t!(locale, "assignment-capacity-words"))))
                (field::input(locale, Kind::Text, &Field::new("skills", t!(locale, "assignment-skills")).of(&form).value(&skills).help(t!(locale, "assignment-skills-words"))))
                (field::select(locale, &Field::new("shift", t!(locale, "assignment-shift")).of(&form).value(&shift), &shifts))
                div { (button::submit(Weight::Secondary, None, t!(locale, "assignment-save"))) }
            }
        }
    }
}
