//! What macros, rules and bulk actions set in the same words: until when a ticket sleeps, and fields of one's own.

use domain::action::Action;
use domain::custom::{Custom, Of, Type};
use domain::snooze::{Preset, Until};
use maud::{Markup, html};
use store::catalogue::Catalogue;

use crate::t;
use crate::text::Locale;
use crate::ui::field::{self, Field};

/// How the form says that a ticket comes back in sight.
const WAKE: &str = "wake";
/// Lengths that are offered, in minutes.
const LENGTHS: [u32; 5] = [60, 4 * 60, 2 * DAY, 3 * DAY, 30 * DAY];
const DAY: u32 = 24 * 60;

/// When a ticket can come back, earliest first.
pub fn sleeps(locale: Locale) -> Vec<(String, String)> {
    let (short, long) = LENGTHS.split_at(2);
    let after = |lengths: &[u32]| lengths.iter().map(|minutes| Until::After(*minutes)).collect::<Vec<_>>();
    let named = Preset::ALL.iter().map(|preset| Until::Named(*preset));
    let all = after(short).into_iter().chain(named).chain(after(long));
    all.map(|until| (until.to_string(), said(locale, until))).collect()
}

/// The same, and that it comes back now.
pub fn sleeps_or_wakes(locale: Locale) -> Vec<(String, String)> {
    let wake = (WAKE.to_owned(), t!(locale, "does-wake").to_owned());
    sleeps(locale).into_iter().chain([wake]).collect()
}

/// The action of a choice; `None` for what is none.
pub fn sleep(chosen: &str) -> Option<Action> {
    if chosen == WAKE {
        return Some(Action::Wake);
    }
    Until::parse(chosen).map(|until| Action::Snooze { until })
}

/// How a form names what an action chose.
pub fn slept(action: &Action) -> Option<String> {
    match action {
        Action::Wake => Some(WAKE.to_owned()),
        Action::Snooze { until } => Some(until.to_string()),
        _ => None,
    }
}

/// A time as the end of a sentence.
pub fn said(locale: Locale, until: Until) -> String {
    match until {
        Until::Named(Preset::Evening) => t!(locale, "sleep-evening").to_owned(),
        Until::Named(Preset::Tomorrow) => t!(locale, "sleep-tomorrow").to_owned(),
        Until::Named(Preset::Monday) => t!(locale, "sleep-monday").to_owned(),
        Until::Named(Preset::NextWeek) => t!(locale, "sleep-next-week").to_owned(),
        Until::After(minutes) if minutes.is_multiple_of(DAY) => {
            t!(locale, "sleep-days", count = minutes / DAY)
        }
        Until::After(minutes) if minutes.is_multiple_of(60) => {
            t!(locale, "sleep-hours", count = minutes / 60)
        }
        Until::After(minutes) => t!(locale, "sleep-minutes", count = minutes),
        Until::At(at) => at.to_string(),
    }
}

/// The answers that lines say: a key, a colon and a value; a field that stands there twice has both values, and
/// one without a value loses its answer.
pub fn answers(lines: &str) -> Vec<Action> {
    let mut answers: Vec<(String, Vec<String>)> = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        let (key, value) = (key.trim().to_lowercase(), value.trim().to_owned());
        let value = Some(value).filter(|value| !value.is_empty());
        match answers.iter_mut().find(|(own, _)| *own == key) {
            Some((_, values)) => values.extend(value),
            None => answers.push((key, value.into_iter().collect())),
        }
    }
    answers.into_iter().map(|(field, values)| Action::SetField { field, values }).collect()
}

/// The lines that say the answers of a list.
pub fn lines(actions: &[Action]) -> String {
    let lines = actions.iter().flat_map(|action| match action {
        Action::SetField { field, values } if values.is_empty() => vec![format!("{field}:")],
        Action::SetField { field, values } => {
            values.iter().map(|value| format!("{field}: {value}")).collect()
        }
        _ => Vec::new(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether tickets have fields of one's own.
pub fn are_there(known: &[Custom]) -> bool {
    known.iter().any(|custom| custom.is_asked_of(Of::Ticket))
}

/// Where the lines are written, with what can stand there as far as their writer knows.
pub fn area(locale: Locale, known: &[Custom], value: &str, error: Option<&str>) -> Markup {
    let customs: Vec<&Custom> = known.iter().filter(|custom| custom.is_asked_of(Of::Ticket)).collect();
    if customs.is_empty() && value.is_empty() {
        return html! {};
    }
    let field = Field::new("fields", t!(locale, "does-fields")).help(t!(locale, "does-fields-help"));
    html! {
        (field::area(locale, &field.value(value).error(error), 3))
        details {
            summary { (t!(locale, "does-fields-which")) }
            ul { @for custom in customs { li { code { (custom.key) ":" } " " (taken(locale, custom)) } } }
        }
    }
}

/// What a field is called, and takes.
fn taken(locale: Locale, custom: &Custom) -> String {
    let takes = match custom.holds {
        Type::Text | Type::Long => String::new(),
        Type::Number => t!(locale, "does-field-number").to_owned(),
        Type::Date => t!(locale, "does-field-date").to_owned(),
        Type::YesNo => "yes, no".to_owned(),
        Type::One | Type::Several => {
            let offered = custom.choices.iter().filter(|choice| !choice.gone);
            offered.map(|choice| choice.name.as_str()).collect::<Vec<_>>().join(", ")
        }
        Type::Person => t!(locale, "does-field-person").to_owned(),
        Type::Organisation => t!(locale, "does-field-organisation").to_owned(),
    };
    if takes.is_empty() { custom.name.clone() } else { format!("{}: {takes}", custom.name) }
}

/// What an answer is called in a sentence.
pub fn answer(locale: Locale, catalogue: &Catalogue, key: &str, values: &[String]) -> String {
    let custom = catalogue.customs.iter().find(|custom| custom.key == key);
    let name = custom.map_or(key, |custom| custom.name.as_str());
    if values.is_empty() {
        return t!(locale, "does-unset", name = name);
    }
    t!(locale, "does-set", name = name, value = values.join(", "))
}

#[cfg(test)]
mod tests;
