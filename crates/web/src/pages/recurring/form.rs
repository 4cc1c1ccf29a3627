//! The form of a ticket that comes again: what is opened, and when.

use std::sync::Arc;

use desk::recurring::Input;
use desk::{DeskError, Problem};
use domain::custom::{Custom, Needed};
use domain::id::{CalendarId, ServiceId};
use domain::recurrence::{OffDays, Recurrence, Rule, Then};
use domain::ticket::Kind;
use maud::{Markup, html};
use store::catalogue::{Catalogue, Offer};
use store::recurring::Recurring;

use crate::pages::admin::fields::{Fields, Wrong};
use crate::pages::shown;
use crate::t;
use crate::text::Locale;
use crate::ui::custom::{self as inputs, Filled};
use crate::ui::field::{self, Choice, Field, Kind as Typed};

const RULES: [&str; 5] = ["once", "daily", "weekly", "monthly", "last_workday"];

pub(super) const NAMES: &[&str] = &[
    "service",
    "kind",
    "requester",
    "subject",
    "body",
    "rule",
    "days",
    "day",
    "at",
    "zone",
    "first",
    "last",
    "off_days",
    "calendar",
];

/// How the form says that the day makes no difference.
const ANYWAY: &str = "anyway";

/// The service of a template with the fields that it asks for.
pub(super) struct Around {
    pub(super) offer: Offer,
    pub(super) customs: Vec<Custom>,
    /// Those whose working days it may keep.
    pub(super) calendars: Vec<(CalendarId, String)>,
    pub(super) catalogue: Arc<Catalogue>,
}

/// What stands in the form.
pub(super) struct Form<'a> {
    pub(super) fields: &'a Fields,
    pub(super) filled: &'a Filled,
    pub(super) wrong: &'a Wrong,
}

pub(super) fn input(fields: &Fields, filled: &Filled, service: ServiceId) -> Result<Input, DeskError> {
    let choose = |field| DeskError::invalid(field, Problem::ChooseOne);
    let rule = match fields.text("rule") {
        "once" => Rule::Once,
        "daily" => Rule::Daily,
        "weekly" => Rule::Weekly { days: fields.all("days").filter_map(|day| day.parse().ok()).collect() },
        "monthly" => Rule::Monthly { day: fields.whole("day")? },
        "last_workday" => Rule::LastWorkday,
        _ => return Err(choose("rule")),
    };
    let first = fields.day("first")?.ok_or_else(|| {
        DeskError::invalid("first", Problem::NotADay { text: fields.text("first").to_owned() })
    })?;
    Ok(Input {
        service,
        kind: Kind::parse(fields.text("kind")).ok_or_else(|| choose("kind"))?,
        requester: fields.text("requester").to_owned(),
        subject: fields.text("subject").to_owned(),
        body: fields.text("body").to_owned(),
        fields: filled.typed.clone(),
        recurrence: Recurrence {
            rule,
            at: fields.text("at").parse().map_err(|_| DeskError::invalid("at", Problem::RecurringHour))?,
            zone: fields.text("zone").trim().to_owned(),
            first,
            last: fields.day("last")?,
            off_days: off_days(fields)?,
        },
    })
}

fn off_days(fields: &Fields) -> Result<Option<OffDays>, DeskError> {
    let choose = |field| DeskError::invalid(field, Problem::ChooseOne);
    let then = match fields.text("off_days") {
        "" | ANYWAY => return Ok(None),
        other => Then::parse(other).ok_or_else(|| choose("off_days"))?,
    };
    let calendar = fields.text("calendar").parse().map(CalendarId).map_err(|_| choose("calendar"))?;
    Ok(Some(OffDays { calendar, then }))
}

pub(super) fn filled_in(one: &Recurring, requester: &str) -> Fields {
    let when = &one.recurrence;
    let mut fields = Fields::default()
        .with("kind", one.kind.as_str())
        .with("requester", requester)
        .with("subject", one.subject.as_str())
        .with("body", one.body.as_str())
        .with("rule", rule_name(&when.rule))
        .with("at", when.at.strftime("%H:%M").to_string())
        .with("zone", when.zone.as_str())
        .with("first", when.first.to_string());
    match &when.rule {
        Rule::Weekly { days } => {
            for day in days {
                fields = fields.with("days", day.to_string());
            }
        }
        Rule::Monthly { day } => fields = fields.with("day", day.to_string()),
        Rule::Once | Rule::Daily | Rule::LastWorkday => {}
    }
    if let Some(last) = when.last {
        fields = fields.with("last", last.to_string());
    }
    match when.off_days {
        Some(OffDays { calendar, then }) => {
            fields.with("off_days", then.as_str()).with("calendar", calendar.to_string())
        }
        None => fields.with("off_days", ANYWAY),
    }
}

pub(super) fn form(locale: Locale, around: &Around, state: &Form<'_>) -> Markup {
    let Form { fields, filled, wrong } = state;
    let text = |name: &'static str, label: &'static str| {
        Field::new(name, label).value(fields.text(name)).error(wrong.about(name))
    };
    let kinds: Vec<Choice<'_>> = Kind::ALL
        .iter()
        .map(|kind| Choice { value: kind.as_str(), label: shown::kind(locale, *kind), help: None })
        .collect();
    let rules = RULES.map(|rule| Choice { value: rule, label: rule_label(locale, rule), help: None });
    html! {
        (field::input(locale, Typed::Email, &text("requester", t!(locale, "recurring-requester")).help(t!(locale, "recurring-requester-help")).required()))
        (field::select(locale, &text("kind", t!(locale, "filter-kind")).required(), &kinds))
        (field::input(locale, Typed::Text, &Field { maximum: Some(200), ..text("subject", t!(locale, "recurring-subject")).required() }))
        (field::area(locale, &text("body", t!(locale, "recurring-body")).required(), 5))
        (inputs::inputs(locale, "", &around.customs, filled, Needed::Never))
        h3 { (t!(locale, "recurring-when")) }
        (field::select(locale, &text("rule", t!(locale, "recurring-rule")).required(), &rules))
        fieldset.field .field-wrong[wrong.about("days").is_some()] data-when="rule" data-is="weekly" {
            legend { (t!(locale, "recurring-days")) }
            @for day in 1..=7_i8 {
                @let value = day.to_string();
                label.choice {
                    input type="checkbox" name="days" value=(value) checked[fields.has("days", &value)];
                    span { (day_words(locale, day)) }
                }
            }
            @if let Some(words) = wrong.about("days") { p.field-error role="alert" { (words) } }
        }
        div data-when="rule" data-is="monthly" {
            (field::input(locale, Typed::Number, &text("day", t!(locale, "recurring-day")).help(t!(locale, "recurring-day-help"))))
        }
        div.halves {
            (field::input(locale, Typed::Date, &text("first", t!(locale, "recurring-first")).required()))
            (field::input(locale, Typed::Date, &text("last", t!(locale, "recurring-until"))))
        }
        div.halves {
            (field::input(locale, Typed::Time, &text("at", t!(locale, "recurring-at")).required()))
            (field::input(locale, Typed::Text, &text("zone", t!(locale, "recurring-zone")).required()))
        }
        (resting(locale, around, state))
    }
}

/// What happens on days on which nobody works.
fn resting(locale: Locale, around: &Around, state: &Form<'_>) -> Markup {
    let Form { fields, wrong, .. } = state;
    if around.calendars.is_empty() {
        return html! { p.muted { (t!(locale, "recurring-no-calendar")) } };
    }
    let thens = std::iter::once(ANYWAY).chain(Then::ALL.map(Then::as_str));
    let thens: Vec<Choice<'_>> =
        thens.map(|then| Choice { value: then, label: then_label(locale, then), help: None }).collect();
    let ids: Vec<String> = around.calendars.iter().map(|(id, _)| id.to_string()).collect();
    let names = around.calendars.iter().map(|(_, name)| name.as_str());
    let calendars: Vec<Choice<'_>> =
        ids.iter().zip(names).map(|(value, label)| Choice { value, label, help: None }).collect();
    let one = |name, label| Field::new(name, label).value(fields.text(name)).error(wrong.about(name));
    html! {
        div.halves {
            (field::select(locale, &one("off_days", t!(locale, "recurring-off-days")).required(), &thens))
            (field::select(locale, &one("calendar", t!(locale, "recurring-calendar")).required(), &calendars))
        }
    }
}

fn then_label(locale: Locale, then: &str) -> &'static str {
    match Then::parse(then) {
        None => t!(locale, "recurring-anyway"),
        Some(Then::Before) => t!(locale, "recurring-before"),
        Some(Then::After) => t!(locale, "recurring-after"),
        Some(Then::LeftOut) => t!(locale, "recurring-left-out"),
    }
}

const fn rule_name(rule: &Rule) -> &'static str {
    match rule {
        Rule::Once => "once",
        Rule::Daily => "daily",
        Rule::Weekly { .. } => "weekly",
        Rule::Monthly { .. } => "monthly",
        Rule::LastWorkday => "last_workday",
    }
}

pub(super) fn rule_words(locale: Locale, rule: &Rule) -> &'static str {
    rule_label(locale, rule_name(rule))
}

fn rule_label(locale: Locale, rule: &str) -> &'static str {
    match rule {
        "once" => t!(locale, "recurring-once"),
        "daily" => t!(locale, "recurring-daily"),
        "weekly" => t!(locale, "recurring-weekly"),
        "monthly" => t!(locale, "recurring-monthly"),
        _ => t!(locale, "recurring-last-workday"),
    }
}

fn day_words(locale: Locale, day: i8) -> &'static str {
    match day {
        1 => t!(locale, "weekday-1"),
        2 => t!(locale, "weekday-2"),
        3 => t!(locale, "weekday-3"),
        4 => t!(locale, "weekday-4"),
        5 => t!(locale, "weekday-5"),
        6 => t!(locale, "weekday-6"),
        _ => t!(locale, "weekday-7"),
    }
}
