//! The form of a rule: when it looks, what the ticket has to be, what it does.

use desk::rules::set_up;
use domain::priority::Priority;
use domain::rule::{Happening, Since};
use maud::{Markup, html};
use store::rule::Rule;

use super::fields::{Fields, moment};
use super::{Known, Shown, said};
use crate::pages::admin::units;
use crate::pages::shown as words;
use crate::pages::{action_fields, statuses};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::visitor::Visitor;

pub(super) fn form(
    visitor: &Visitor,
    known: &Known,
    rule: Option<&Rule>,
    fields: &Fields,
    shown: &Shown<'_>,
) -> Markup {
    let locale = visitor.reader.locale;
    let action = rule.map_or_else(|| "/rules/new".to_owned(), |rule| format!("/rules/{}", rule.id));
    let errors: Vec<(&str, &str)> =
        shown.wrong.iter().map(|(field, words)| (*field, words.as_str())).collect();
    html! {
        (field::error_summary(locale, &errors))
        form.stack method="post" action=(action) novalidate {
            (field::token(&visitor.csrf))
            div.halves {
                div.stack {
                    (panel::panel(t!(locale, "rule-details"), None, &named(visitor, known, fields, shown)))
                    (panel::panel(t!(locale, "rule-looks"), None, &looks(locale, fields, shown)))
                    (panel::panel(t!(locale, "rule-fits"), None, &fits(locale, fields, shown)))
                }
                (panel::panel(t!(locale, "rule-does"), None, &does(locale, known, fields, shown)))
            }
            div.buttons {
                (button::submit_as(Weight::Primary, Some(Icon::Check), t!(locale, "rule-save"), "do", "save"))
                (button::submit_as(Weight::Secondary, Some(Icon::Eye), t!(locale, "rule-try"), "do", "try"))
            }
        }
    }
}

fn error<'a>(shown: &'a Shown<'_>, name: &str) -> Option<&'a str> {
    shown.wrong.as_ref().filter(|(field, _)| *field == name).map(|(_, words)| words.as_str())
}

/// Choices of which the first one chooses nothing.
fn choices<'a>(none: &'a str, all: &'a [(String, String)]) -> Vec<Choice<'a>> {
    let first = Choice { value: "", label: none, help: None };
    std::iter::once(first)
        .chain(all.iter().map(|(value, label)| Choice { value, label, help: None }))
        .collect()
}

fn named(visitor: &Visitor, known: &Known, fields: &Fields, shown: &Shown<'_>) -> Markup {
    let locale = visitor.reader.locale;
    let of = |name: &'static str, label| Field::new(name, label).error(error(shown, name));
    let mine = |id: &str| {
        id.parse().is_ok_and(|unit| set_up::may_keep(&visitor.viewer, Some(domain::id::UnitId(unit))))
    };
    let units: Vec<(String, String)> =
        units::choices(&known.catalogue).into_iter().filter(|(id, _)| mine(id)).collect();
    let units = if visitor.viewer.administrator {
        choices(t!(locale, "rule-everybody"), &units)
    } else {
        units.iter().map(|(value, label)| Choice { value, label, help: None }).collect()
    };
    html! {
        div.form {
            (field::input(locale, Kind::Text, &of("name", t!(locale, "rule-name")).required().value(&fields.name)))
            (field::select(locale, &of("unit", t!(locale, "rule-unit")).value(&fields.unit), &units))
        }
    }
}

fn looks(locale: Locale, fields: &Fields, shown: &Shown<'_>) -> Markup {
    let of = |name: &'static str, label| Field::new(name, label).error(error(shown, name));
    let happenings = Happening::ALL.iter().map(|one| (one.as_str(), said::happening(locale, *one)));
    let moments: Vec<String> = Since::ALL.iter().map(|one| moment(*one)).collect();
    let instants =
        moments.iter().zip(Since::ALL).map(|(value, one)| (value.as_str(), said::since(locale, *one)));
    let whens: Vec<Choice<'_>> =
        happenings.chain(instants).map(|(value, label)| Choice { value, label, help: None }).collect();
    let pers = [
        Choice { value: "hours", label: t!(locale, "rule-hours"), help: None },
        Choice { value: "minutes", label: t!(locale, "rule-minutes"), help: None },
        Choice { value: "days", label: t!(locale, "rule-days"), help: None },
    ];
    html! {
        div.form {
            (field::select(locale, &of("when", t!(locale, "rule-when")).required().value(&fields.when), &whens))
            div.rule-time {
                (field::input(locale, Kind::Number, &of("by", t!(locale, "rule-by")).value(&fields.by).help(t!(locale, "rule-by-words"))))
                (field::select(locale, &of("per", t!(locale, "rule-per")).required().value(&fields.per), &pers))
            }
            (field::checkbox(&of("working", t!(locale, "rule-working")).value(&fields.working)))
        }
    }
}

fn fits(locale: Locale, fields: &Fields, shown: &Shown<'_>) -> Markup {
    let of = |name: &'static str, label| Field::new(name, label).error(error(shown, name));
    html! {
        div.form {
            (field::input(locale, Kind::Text, &of("filter", t!(locale, "rule-filter")).value(&fields.filter).placeholder("is:open class:external").help(t!(locale, "rule-filter-words"))))
            (field::input(locale, Kind::Text, &of("phrases", t!(locale, "rule-phrases")).value(&fields.phrases).help(t!(locale, "rule-phrases-words"))))
        }
    }
}

fn does(locale: Locale, known: &Known, fields: &Fields, shown: &Shown<'_>) -> Markup {
    let of = |name: &'static str, label| Field::new(name, label).error(error(shown, name));
    let nothing = t!(locale, "rule-nothing");
    let units = units::choices(&known.catalogue);
    let people: Vec<(String, String)> =
        known.people.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let services = known.catalogue.services.iter().map(|(id, offer)| {
        (id.to_string(), format!("{}: {}", known.catalogue.unit_name(offer.service.unit), offer.name))
    });
    let mut services: Vec<(String, String)> = services.collect();
    services.sort_by(|left, right| left.1.cmp(&right.1));
    let priorities: Vec<(String, String)> = [Priority::P1, Priority::P2, Priority::P3, Priority::P4]
        .map(|one| {
            let number = i64::from(one.number());
            (number.to_string(), words::priority_words(locale, number).to_owned())
        })
        .into();
    html! {
        div.form {
            @if let Some(words) = error(shown, "actions") { p.field-error role="alert" { (words) } }
            (field::select(locale, &of("priority", t!(locale, "rule-priority")).value(&fields.priority), &choices(nothing, &priorities)))
            (field::input(locale, Kind::Text, &of("reason", t!(locale, "rule-reason")).value(&fields.reason)))
            (field::select(locale, &of("transfer", t!(locale, "rule-transfer")).value(&fields.transfer), &choices(nothing, &units)))
            (field::select(locale, &of("service", t!(locale, "rule-service")).value(&fields.service).help(t!(locale, "rule-service-words")), &choices(nothing, &services)))
            (field::checkbox(&of("put_back", t!(locale, "rule-put-back")).value(&fields.put_back)))
            (field::select(locale, &of("person", t!(locale, "rule-person")).value(&fields.person), &choices(nothing, &people)))
            (field::area(locale, &of("note", t!(locale, "rule-note")).value(&fields.note), 3))
            (field::input(locale, Kind::Text, &of("tag", t!(locale, "macros-tag")).value(&fields.tag)))
            (field::input(locale, Kind::Text, &of("untag", t!(locale, "macros-untag")).value(&fields.untag)))
            (field::area(locale, &of("steps", t!(locale, "macros-steps")).help(t!(locale, "checklist-steps-help")).value(&fields.steps), 3))
            (field::checkbox(&of("wait", t!(locale, "rule-wait")).value(&fields.wait)))
            (field::checkbox(&of("solve", t!(locale, "rule-solve")).value(&fields.solve)))
            (field::checkbox(&of("close", t!(locale, "does-close")).value(&fields.close)))
            (field::checkbox(&of("reopen", t!(locale, "does-reopen")).value(&fields.reopen)))
            (field::select(locale, &of("snooze", t!(locale, "does-sleep")).value(&fields.snooze), &choices(nothing, &action_fields::sleeps_or_wakes(locale))))
            (action_fields::area(locale, &known.customs, &fields.fields, error(shown, "fields")))
            (field::select(locale, &of("status", t!(locale, "status-of-ticket")).value(&fields.status), &choices(nothing, &statuses::choices(locale, &known.catalogue, &known.suppliers))))
            (field::checkbox(&of("tell_holder", t!(locale, "does-tell-holder")).value(&fields.tell_holder)))
            (field::checkbox(&of("tell_leads", t!(locale, "does-tell-leads")).value(&fields.tell_leads)))
            (field::select(locale, &of("tell", t!(locale, "rule-tell")).value(&fields.tell).help(t!(locale, "rule-tell-words")), &choices(nothing, &people)))
            (field::checkbox(&of("stops", t!(locale, "rule-stops")).value(&fields.stops).help(t!(locale, "rule-stops-words"))))
        }
    }
}
