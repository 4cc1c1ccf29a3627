//! What a macro does, as fields of its form: one for each thing, and back.

use domain::action::Action;
use domain::custom::Custom;
use domain::id::{PersonId, ServiceId, UnitId};
use domain::priority::Priority;
use maud::{Markup, html};
use store::catalogue::Catalogue;

use crate::pages::admin::fields::{Fields, Wrong};
use crate::pages::statuses::{self, Supplier};
use crate::pages::{action_fields, shown};
use crate::t;
use crate::text::Locale;
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::panel;

pub(super) const NAMES: [&str; 19] = [
    "who",
    "unit",
    "unit_reason",
    "priority",
    "priority_reason",
    "service",
    "ask_service",
    "ask_subject",
    "ask_text",
    "then",
    "solve_reason",
    "tag",
    "untag",
    "status",
    "steps",
    "reopen",
    "reopen_reason",
    "snooze",
    "fields",
];

/// What can be chosen.
pub(super) struct Offered<'a> {
    pub(super) catalogue: &'a Catalogue,
    /// The people who may get a ticket.
    pub(super) people: &'a [(PersonId, String)],
    /// Fields of one's own that the writer may know of.
    pub(super) customs: &'a [Custom],
    /// For whom a ticket may wait.
    pub(super) suppliers: &'a [Supplier],
}

/// The actions that the fields say, in the order in which they make sense.
pub(super) fn actions(fields: &Fields) -> Vec<Action> {
    let id = |name: &str| fields.text(name).trim().parse::<i64>().ok();
    let text = |name: &str| fields.text(name).trim().to_owned();
    let priority =
        fields.text("priority").parse().ok().and_then(|number: u8| Priority::try_from(number).ok());
    let who = match fields.text("who") {
        "take" => Some(Action::Take),
        "put_back" => Some(Action::PutBack),
        other => other.parse().ok().map(|person| Action::Assign { person: PersonId(person) }),
    };
    let then = match fields.text("then") {
        "wait" => Some(Action::WaitForRequester),
        "solve" => Some(Action::Solve { reason: text("solve_reason") }),
        "close" => Some(Action::Close),
        _ => None,
    };
    let tags = |name: &str| -> Vec<String> {
        let some = fields.text(name).split(',').map(str::trim).filter(|tag| !tag.is_empty());
        some.map(str::to_owned).collect()
    };
    let put = tags("tag").into_iter().map(|tag| Action::Tag { tag });
    let off = tags("untag").into_iter().map(|tag| Action::Untag { tag });
    let steps = Some(text("steps")).filter(|steps| !steps.is_empty());
    let steps = steps.map(|steps| Action::AddSteps { steps });
    let others = [
        priority.map(|priority| Action::SetPriority { priority, reason: text("priority_reason") }),
        id("service").map(|service| Action::SetService { service: ServiceId(service) }),
        id("ask_service").map(|service| Action::Ask {
            service: ServiceId(service),
            subject: text("ask_subject"),
            text: text("ask_text"),
        }),
        who,
        then,
        statuses::action(fields.text("status").trim()),
        id("unit").map(|unit| Action::Transfer { unit: UnitId(unit), reason: text("unit_reason") }),
    ];
    let reopen = fields.ticked("reopen").then(|| Action::Reopen { reason: text("reopen_reason") });
    let set = action_fields::answers(fields.text("fields"));
    let before = reopen.into_iter().chain(put).chain(off).chain(steps).chain(set);
    before.chain(others.into_iter().flatten()).chain(action_fields::sleep(fields.text("snooze"))).collect()
}

/// The fields that say these actions.
pub(super) fn of(fields: Fields, actions: &[Action]) -> Fields {
    let tags = |which: fn(&Action) -> Option<&String>| -> String {
        actions.iter().filter_map(which).map(String::as_str).collect::<Vec<_>>().join(", ")
    };
    let put = tags(|action| if let Action::Tag { tag } = action { Some(tag) } else { None });
    let off = tags(|action| if let Action::Untag { tag } = action { Some(tag) } else { None });
    let fields = fields.with("tag", put).with("untag", off).with("fields", action_fields::lines(actions));
    actions.iter().fold(fields, |fields, action| match action {
        Action::Take => fields.with("who", "take"),
        Action::PutBack => fields.with("who", "put_back"),
        Action::Assign { person } => fields.with("who", person.to_string()),
        Action::SetPriority { priority, reason } => {
            fields.with("priority", priority.number().to_string()).with("priority_reason", reason)
        }
        Action::SetService { service } => fields.with("service", service.to_string()),
        Action::SetStatus { status, supplier } => {
            fields.with("status", statuses::written(*status, *supplier))
        }
        Action::Ask { service, subject, text } => fields
            .with("ask_service", service.to_string())
            .with("ask_subject", subject)
            .with("ask_text", text),
        Action::WaitForRequester => fields.with("then", "wait"),
        Action::Solve { reason } => fields.with("then", "solve").with("solve_reason", reason),
        Action::Transfer { unit, reason } => {
            fields.with("unit", unit.to_string()).with("unit_reason", reason)
        }
        Action::AddSteps { steps } => fields.with("steps", steps),
        Action::Close => fields.with("then", "close"),
        Action::Reopen { reason } => fields.ticked_when("reopen", true).with("reopen_reason", reason),
        Action::Snooze { .. } | Action::Wake => {
            fields.with("snooze", action_fields::slept(action).unwrap_or_default())
        }
        // Tags and answers stand in one field each, and these are texts of the macro itself.
        Action::Tag { .. }
        | Action::Untag { .. }
        | Action::SetField { .. }
        | Action::Reply { .. }
        | Action::Note { .. }
        // Rules alone tell people.
        | Action::Tell { .. } => fields,
    })
}

pub(super) fn form(locale: Locale, offered: &Offered, fields: &Fields, wrong: &Wrong) -> Markup {
    let one = |name: &'static str, label: &str, choices: &[(String, String)]| {
        let nothing = Choice { value: "", label: t!(locale, "macros-leave"), help: None };
        let choices = choices.iter().map(|(value, label)| Choice { value, label, help: None });
        let choices: Vec<Choice<'_>> = std::iter::once(nothing).chain(choices).collect();
        field::select(locale, &Field::new(name, label).value(fields.text(name)), &choices)
    };
    let words = |name: &'static str, label: &str| {
        field::input(locale, Kind::Text, &Field::new(name, label).value(fields.text(name)))
    };
    let tags = |name: &'static str, label: &str| {
        let tags = Field { help: Some(t!(locale, "macros-tags-help")), ..Field::new(name, label) };
        let error = wrong.about("tag").filter(|_| name == "tag");
        field::input(locale, Kind::Text, &tags.value(fields.text(name)).error(error))
    };
    let catalogue = offered.catalogue;
    let units = catalogue.units.values().filter(|unit| unit.ended_at.is_none());
    let units: Vec<_> = units.map(|unit| (unit.id.to_string(), unit.name.clone())).collect();
    let services = |internal: bool| -> Vec<(String, String)> {
        let offers = catalogue.services.values().filter(|offer| offer.ended_at.is_none());
        let offers = offers.filter(|offer| !internal || offer.service.audience.internal);
        offers
            .map(|offer| {
                let unit = catalogue.unit_name(offer.service.unit);
                (offer.service.id.to_string(), format!("{unit}: {}", offer.name))
            })
            .collect()
    };
    html! {
        (panel::panel(t!(locale, "macros-does"), None, &html! {
            p { (t!(locale, "macros-does-words")) }
            @if let Some(error) = wrong.about("actions") { p.field-error role="alert" { (error) } }
            div.form.form-columns {
                (one("who", t!(locale, "macros-who"), &people(locale, offered)))
                (one("then", t!(locale, "macros-then"), &[
                    ("wait".to_owned(), t!(locale, "does-wait").to_owned()),
                    ("solve".to_owned(), t!(locale, "does-solve").to_owned()),
                    ("close".to_owned(), t!(locale, "does-close").to_owned()),
                ]))
                (one("snooze", t!(locale, "does-sleep"), &action_fields::sleeps_or_wakes(locale)))
                (one("status", t!(locale, "status-of-ticket"), &statuses::choices(locale, catalogue, offered.suppliers)))
                (one("priority", t!(locale, "field-priority"), &priorities(locale)))
                (words("priority_reason", t!(locale, "macros-priority-reason")))
                (one("service", t!(locale, "field-service"), &services(false)))
                (words("solve_reason", t!(locale, "macros-solve-reason")))
                (one("unit", t!(locale, "macros-unit"), &units))
                (words("unit_reason", t!(locale, "field-reason")))
                (tags("tag", t!(locale, "macros-tag")))
                (tags("untag", t!(locale, "macros-untag")))
                (field::checkbox(&Field::new("reopen", t!(locale, "does-reopen")).value(fields.text("reopen"))))
                (words("reopen_reason", t!(locale, "does-reopen-reason")))
                (one("ask_service", t!(locale, "macros-ask"), &services(true)))
                (words("ask_subject", t!(locale, "macros-ask-subject")))
            }
            (action_fields::area(locale, offered.customs, fields.text("fields"), wrong.about("fields")))
            (field::area(locale, &Field::new("steps", t!(locale, "macros-steps")).help(t!(locale, "checklist-steps-help")).value(fields.text("steps")).error(wrong.about("steps")), 3))
            (field::area(locale, &Field::new("ask_text", t!(locale, "macros-ask-text")).value(fields.text("ask_text")), 3))
        }))
    }
}

fn people(locale: Locale, offered: &Offered) -> Vec<(String, String)> {
    let fixed = [("take", t!(locale, "does-take")), ("put_back", t!(locale, "does-put-back"))];
    let fixed = fixed.into_iter().map(|(value, label)| (value.to_owned(), label.to_owned()));
    let people = offered.people.iter().map(|(person, name)| (person.to_string(), name.clone()));
    fixed.chain(people).collect()
}

fn priorities(locale: Locale) -> Vec<(String, String)> {
    let words = |priority: Priority| {
        let number = i64::from(priority.number());
        (number.to_string(), shown::priority_words(locale, number).to_owned())
    };
    Priority::ALL.into_iter().map(words).collect()
}

#[cfg(test)]
mod tests;
