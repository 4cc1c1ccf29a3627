//! The form that says the same as the text of a filter, one row for each field.

mod own;

use std::borrow::Cow;

use domain::affiliation::Class;
use domain::custom::Custom;
use domain::filter::builder::{self, Row};
use domain::filter::field::Values;
use domain::filter::value::TimeField;
use domain::filter::{Field, Flag, linked, parse};
use domain::ticket::State;
use maud::{Markup, html};

use super::words;
use crate::pages::admin::fields::Fields;
use crate::t;
use crate::text::Locale;

/// Rows that are always in sight; the others are behind a fold.
const USUAL: [Field; 9] = [
    Field::Is,
    Field::Unit,
    Field::Holder,
    Field::Waiting,
    Field::From,
    Field::Kind,
    Field::Priority,
    Field::Due,
    Field::Tag,
];

const MORE: [Field; 11] = [
    Field::Status,
    Field::Class,
    Field::Organisation,
    Field::Service,
    Field::Unanswered,
    Field::Opened,
    Field::Changed,
    Field::Solved,
    Field::Rating,
    Field::Number,
    Field::Linked,
];

const FLAGS: [Flag; 11] = [
    Flag::Unread,
    Flag::Draft,
    Flag::Handoff,
    Flag::Blocks,
    Flag::Blocked,
    Flag::Confidential,
    Flag::Escalated,
    Flag::Reopened,
    Flag::Snoozed,
    Flag::Merged,
    Flag::Bounced,
];

/// What the fields of the form offer while somebody types.
pub(super) struct Names {
    pub(super) units: Vec<String>,
    pub(super) services: Vec<String>,
    pub(super) statuses: Vec<String>,
}

/// The names that the form sends.
pub(super) fn names(customs: &[Custom]) -> Vec<String> {
    let own = own::offered(customs).map(own::word);
    let fields = USUAL.iter().chain(&MORE).map(|field| word(*field).to_owned()).chain(own);
    let each = fields.flat_map(|word| [format!("b-{word}"), format!("not-{word}")]);
    each.chain(FLAGS.iter().map(|flag| format!("b-{}", flag.as_str()))).collect()
}

/// The text of the form as it was sent.
pub(super) fn sent(fields: &Fields, customs: &[Custom]) -> String {
    let of = |word: Cow<'static, str>| {
        let values = fields.all(&format!("b-{word}")).flat_map(split).collect();
        Row { negated: fields.ticked(&format!("not-{word}")), field: word, values }
    };
    let flagged = |flag: &Flag| Row {
        field: flag.as_str().into(),
        negated: false,
        values: fields.some(&format!("b-{}", flag.as_str())).into_iter().collect(),
    };
    builder::text(
        &USUAL
            .iter()
            .chain(&MORE)
            .map(|field| of(word(*field).into()))
            .chain(FLAGS.iter().map(flagged))
            .chain(own::offered(customs).map(|custom| of(own::word(custom).into())))
            .collect::<Vec<_>>(),
    )
}

/// The text of the form as the page shows it for this filter; `None` when it says more than a form can.
pub(super) fn shown(filter: &str, customs: &[Custom]) -> Option<String> {
    let rows = rows(filter, customs)?;
    let of = |field: Field| {
        let row = rows.iter().find(|row| row.field == word(field))?;
        let mut row = row.clone();
        if let Some(known) = choices(field) {
            row.values.sort_by_key(|value| known.iter().position(|word| word == value));
        }
        Some(row)
    };
    let flagged = FLAGS.iter().filter_map(|flag| rows.iter().find(|row| row.field == flag.as_str()).cloned());
    let own = own::offered(customs).filter_map(|custom| own::shown(custom, &rows));
    let all: Vec<Row> =
        USUAL.iter().chain(&MORE).filter_map(|field| of(*field)).chain(flagged).chain(own).collect();
    Some(builder::text(&all))
}

fn rows(filter: &str, customs: &[Custom]) -> Option<Vec<Row>> {
    let rows = builder::rows(&parse(filter).ok()?.filter)?;
    rows.iter().all(|row| own::has_row(row, customs)).then_some(rows)
}

/// The rows of a filter; a message for one that says more, or that is not understood.
pub(super) fn form(locale: Locale, filter: &str, names: &Names, customs: &[Custom]) -> Markup {
    let Some(rows) = rows(filter, customs) else {
        return html! { p.muted { (t!(locale, "builder-not")) } };
    };
    let folded = |row: &Row| !USUAL.iter().any(|field| word(*field) == row.field);
    html! {
        datalist #builder-units { @for unit in &names.units { option value=(unit) {} } }
        datalist #builder-tags hx-get="/tags" hx-trigger="load" hx-swap="innerHTML" {}
        datalist #builder-services { @for service in &names.services { option value=(service) {} } }
        datalist #builder-statuses { @for status in &names.statuses { option value=(status) {} } }
        datalist #builder-links { @for word in linked::WORDS { option value=(word) {} } }
        div.builder { @for field in USUAL { (line(locale, field, &rows)) } }
        details.disclosure open[rows.iter().any(folded)] {
            summary { (t!(locale, "builder-more")) }
            div.builder {
                @for field in MORE { (line(locale, field, &rows)) }
                @for flag in FLAGS { (flag_line(locale, flag, &rows)) }
                @for custom in own::offered(customs) { (own::line(locale, custom, &rows)) }
            }
        }
    }
}

fn line(locale: Locale, field: Field, rows: &[Row]) -> Markup {
    let word = word(field);
    let row = rows.iter().find(|row| row.field == word);
    let values: &[String] = row.map_or(&[], |row| &row.values);
    let name = format!("b-{word}");
    html! {
        div.builder-row {
            @match choices(field) {
                Some(known) => fieldset.builder-choices {
                    legend { (words::field(locale, field)) }
                    @for value in known {
                        label.choice {
                            input type="checkbox" name=(name) value=(value) checked[values.iter().any(|own| own == value)];
                            span { (words::value(locale, value)) }
                        }
                    }
                },
                None => {
                    label.builder-name for=(name) { (words::field(locale, field)) }
                    input.input id=(name) name=(name) value=(values.join(", ")) list=[list(field)] autocomplete="off"
                        spellcheck="false" placeholder=(example(locale, field));
                }
            }
            label.choice.builder-not {
                input type="checkbox" name={ "not-" (word) } value="yes" checked[row.is_some_and(|row| row.negated)];
                span { (t!(locale, "builder-leave-out")) }
            }
        }
    }
}

fn flag_line(locale: Locale, flag: Flag, rows: &[Row]) -> Markup {
    let word = flag.as_str();
    let value = rows.iter().find(|row| row.field == word).and_then(|row| row.values.first());
    let choices = [
        ("", t!(locale, "builder-either")),
        ("yes", t!(locale, "builder-yes")),
        ("no", t!(locale, "builder-no")),
    ];
    html! {
        div.builder-row {
            label.builder-name for={ "b-" (word) } { (words::flag(locale, flag)) }
            select.input id={ "b-" (word) } name={ "b-" (word) } {
                @for (choice, label) in choices {
                    option value=(choice) selected[value.is_some_and(|value| value == choice)] { (label) }
                }
            }
        }
    }
}

/// The word of a row; of what `is` knows, a form has the states.
const fn word(field: Field) -> &'static str {
    match field {
        Field::Is => "state",
        other => other.as_str(),
    }
}

/// Boxes to tick, where a field has few values.
fn choices(field: Field) -> Option<Vec<&'static str>> {
    if field == Field::Is {
        return Some(State::ALL.iter().map(|state| state.as_str()).collect());
    }
    match field.values() {
        // Two words for classes are short for others.
        Values::Words(words) if field == Field::Class => {
            Some(words.into_iter().filter(|word| Class::parse(word).is_some()).collect())
        }
        Values::Words(words) => Some(words),
        _ => None,
    }
}

fn list(field: Field) -> Option<&'static str> {
    match field.values() {
        Values::Unit => Some("builder-units"),
        Values::Service => Some("builder-services"),
        Values::Tag => Some("builder-tags"),
        Values::Status => Some("builder-statuses"),
        Values::Link => Some("builder-links"),
        _ => None,
    }
}

fn example(locale: Locale, field: Field) -> &'static str {
    match field.values() {
        Values::Unit => t!(locale, "builder-unit"),
        Values::Service => t!(locale, "builder-service"),
        Values::Holder => t!(locale, "builder-holder"),
        Values::Requester => t!(locale, "builder-requester"),
        Values::Organisation => t!(locale, "builder-organisation"),
        Values::Time(TimeField::Due) => t!(locale, "builder-due"),
        Values::Time(_) => t!(locale, "builder-time"),
        Values::Number { .. } => t!(locale, "builder-number"),
        Values::Tag => t!(locale, "builder-tag"),
        Values::Status => t!(locale, "builder-status"),
        Values::Link => t!(locale, "builder-link"),
        Values::Words(_) => "",
    }
}

/// Values between commas; a comma in quotes belongs to a name.
fn split(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        quoted ^= c == '"';
        match values.last_mut() {
            Some(value) if c != ',' || quoted => value.push(c),
            _ => values.push(String::new()),
        }
    }
    values.into_iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
}

#[cfg(test)]
mod tests;
