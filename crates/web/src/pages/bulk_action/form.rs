//! What a deed needs to know before it can be shown.

use domain::priority::Priority;
use maud::{Markup, html};

use super::View;
use super::asked::Deed;
use super::page::address;
use crate::pages::admin::fields::{Fields, Wrong};
use crate::pages::{action_fields, shown, statuses};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::visitor::Visitor;

pub(super) const NAMES: [&str; 14] = [
    "do", "person", "unit", "priority", "reason", "text", "service", "subject", "macro", "tag", "status",
    "steps", "fields", "snooze",
];

pub(super) fn form(visitor: &Visitor, view: &View, deed: Deed, fields: &Fields, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let customs = desk::custom::known_to(&visitor.viewer, &view.catalogue);
    let choices = choices(locale, view, deed);
    let choices: Vec<Choice<'_>> =
        choices.iter().map(|(value, label)| Choice { value, label, help: None }).collect();
    let field = |name: &'static str, label: &'static str| Field {
        error: wrong.about(name),
        value: fields.text(name),
        ..Field::new(name, label)
    };
    let one = |name, label| field::select(locale, &field(name, label).required(), &choices);
    let line = |name, label| field::input(locale, Kind::Text, &field(name, label).required());
    let text = |label, help, lines| field::area(locale, &field("text", label).help(help).required(), lines);
    let reason = || field("reason", t!(locale, "field-reason"));
    html! {
        form.form method="post" action=(address(&view.bulk, "actions")) novalidate {
            (field::token(&visitor.csrf))
            input type="hidden" name="do" value=(deed.as_str());
            @match deed {
                Deed::Assign => (one("person", t!(locale, "field-person"))),
                Deed::Transfer => {
                    p.muted { (t!(locale, "action-transfer-words")) }
                    (one("unit", t!(locale, "field-unit")))
                    (field::input(locale, Kind::Text, &reason()))
                },
                Deed::Priority => {
                    (one("priority", t!(locale, "field-priority")))
                    (field::input(locale, Kind::Text, &reason().required()))
                },
                Deed::Reply => (text(t!(locale, "bulk-reply-text"), t!(locale, "bulk-reply-help"), 7)),
                Deed::Note => (text(t!(locale, "bulk-note-text"), t!(locale, "bulk-note-help"), 5)),
                Deed::Service => {
                    p.muted { (t!(locale, "bulk-service-words")) }
                    (one("service", t!(locale, "field-service")))
                },
                Deed::Ask => {
                    p.muted { (t!(locale, "bulk-ask-words")) }
                    (one("service", t!(locale, "field-service")))
                    (line("subject", t!(locale, "macros-ask-subject")))
                    (text(t!(locale, "macros-ask-text"), t!(locale, "bulk-ask-help"), 5))
                },
                Deed::Tag => (field::input(locale, Kind::Text, &field("tag", t!(locale, "macros-tag")).help(t!(locale, "macros-tags-help")).required())),
                Deed::Status if choices.is_empty() => { p { (t!(locale, "status-none-anywhere")) } },
                Deed::Status => {
                    p.muted { (t!(locale, "status-bulk-words")) }
                    (one("status", t!(locale, "status-of-ticket")))
                },
                Deed::Steps => (field::area(locale, &field("steps", t!(locale, "macros-steps")).help(t!(locale, "checklist-steps-help")).required(), 4)),
                Deed::Macro if choices.is_empty() => { p { (t!(locale, "bulk-no-macros")) " " a href="/macros/new" { (t!(locale, "macros-new")) } } },
                Deed::Macro => {
                    p.muted { (t!(locale, "bulk-macro-words")) }
                    (one("macro", t!(locale, "bulk-macro")))
                },
                Deed::Snooze => {
                    p.muted { (t!(locale, "bulk-snooze-words")) }
                    (one("snooze", t!(locale, "snooze-until")))
                },
                Deed::Field if !action_fields::are_there(&customs) => { p { (t!(locale, "bulk-no-fields")) } },
                Deed::Field => {
                    p.muted { (t!(locale, "bulk-fields-words")) }
                    (action_fields::area(locale, &customs, fields.text("fields"), wrong.about("fields")))
                },
                Deed::Reopen => (field::input(locale, Kind::Text, &field("reason", t!(locale, "does-reopen-reason")))),
                Deed::Take | Deed::PutBack | Deed::Wait | Deed::Solve | Deed::Wake | Deed::Close => {},
            }
            @if let Some(words) = wrong.about("actions") { p.field-error role="alert" { (words) } }
            div.buttons { (button::submit(Weight::Primary, None, t!(locale, "bulk-look"))) }
        }
    }
}

/// What can be chosen for a deed.
fn choices(locale: Locale, view: &View, deed: Deed) -> Vec<(String, String)> {
    match deed {
        Deed::Assign => {
            view.members.iter().map(|member| (member.person.to_string(), member.name.clone())).collect()
        }
        Deed::Transfer => units(view),
        Deed::Priority => priorities(locale),
        Deed::Service => services(view, |_| true),
        Deed::Ask => services(view, |is_internal| is_internal),
        Deed::Status => statuses::choices(locale, &view.catalogue, &view.suppliers),
        Deed::Snooze => action_fields::sleeps(locale),
        Deed::Macro => view.macros.iter().map(|each| (each.id.to_string(), each.name.clone())).collect(),
        Deed::Take
        | Deed::PutBack
        | Deed::Wait
        | Deed::Solve
        | Deed::Reply
        | Deed::Note
        | Deed::Tag
        | Deed::Field
        | Deed::Wake
        | Deed::Reopen
        | Deed::Close
        | Deed::Steps => Vec::new(),
    }
}

fn units(view: &View) -> Vec<(String, String)> {
    let going_on = view.catalogue.units.values().filter(|unit| unit.ended_at.is_none());
    let mut units: Vec<(String, String)> =
        going_on.map(|unit| (unit.id.to_string(), unit.name.clone())).collect();
    units.sort_by(|left, right| left.1.cmp(&right.1));
    units
}

fn services(view: &View, wanted: impl Fn(bool) -> bool) -> Vec<(String, String)> {
    let catalogue = &view.catalogue;
    let offers = catalogue.services.values().filter(|offer| offer.ended_at.is_none());
    let offers = offers.filter(|offer| wanted(offer.service.audience.internal));
    let mut services: Vec<(String, String)> = offers
        .map(|offer| {
            let unit = catalogue.unit_name(offer.service.unit);
            (offer.service.id.to_string(), format!("{unit}: {}", offer.name))
        })
        .collect();
    services.sort_by(|left, right| left.1.cmp(&right.1));
    services
}

fn priorities(locale: Locale) -> Vec<(String, String)> {
    let said = |priority: Priority| {
        let number = i64::from(priority.number());
        (number.to_string(), shown::priority_words(locale, number).to_owned())
    };
    Priority::ALL.into_iter().map(said).collect()
}
