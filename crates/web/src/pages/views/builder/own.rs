//! The rows of fields of one's own.

use domain::custom::{Custom, Of, Type};
use domain::filter::builder::Row;
use domain::filter::field::CUSTOM;
use maud::{Markup, html};

use crate::t;
use crate::text::Locale;

/// More choices than that are typed.
const MOST_BOXES: usize = 12;

/// Fields with a row: those that are asked, and compare.
pub(super) fn offered(customs: &[Custom]) -> impl Iterator<Item = &Custom> {
    customs.iter().filter(|custom| !custom.ended && custom.holds != Type::Long)
}

pub(super) fn word(custom: &Custom) -> String {
    format!("{CUSTOM}{}", custom.key)
}

/// Whether the form can say this row.
pub(super) fn has_row(row: &Row, customs: &[Custom]) -> bool {
    if !row.field.starts_with(CUSTOM) {
        return true;
    }
    let Some(custom) = offered(customs).find(|custom| word(custom) == row.field) else { return false };
    boxes(custom).is_none_or(|boxes| row.values.iter().all(|value| boxes.iter().any(|own| means(own, value))))
}

/// The row of a field as the form shows it: its boxes in their order.
pub(super) fn shown(custom: &Custom, rows: &[Row]) -> Option<Row> {
    let mut row = rows.iter().find(|row| row.field == word(custom))?.clone();
    if let Some(mut boxes) = boxes(custom) {
        boxes.retain(|own| row.values.iter().any(|value| means(own, value)));
        row.values = boxes;
    }
    Some(row)
}

/// Of such fields, what is about tickets, people and organisations is told apart.
pub(super) fn line(locale: Locale, custom: &Custom, rows: &[Row]) -> Markup {
    let word = word(custom);
    let row = rows.iter().find(|row| row.field == word);
    let values: &[String] = row.map_or(&[], |row| &row.values);
    let name = format!("b-{word}");
    let about = match custom.of {
        Of::Ticket => None,
        Of::Person => Some(t!(locale, "custom-of-person")),
        Of::Organisation => Some(t!(locale, "custom-of-organisation")),
    };
    let legend = html! { (custom.name) @if let Some(about) = about { " " span.muted { "(" (about) ")" } } };
    html! {
        div.builder-row {
            @match boxes(custom) {
                Some(boxes) => fieldset.builder-choices {
                    legend { (legend) }
                    @for value in boxes {
                        label.choice {
                            input type="checkbox" name=(name) value=(value) checked[values.iter().any(|own| means(&value, own))];
                            span { (said(locale, custom, &value)) }
                        }
                    }
                },
                None => {
                    label.builder-name for=(name) { (legend) }
                    input.input id=(name) name=(name) value=(values.join(", ")) autocomplete="off" spellcheck="false";
                }
            }
            label.choice.builder-not {
                input type="checkbox" name={ "not-" (word) } value="yes" checked[row.is_some_and(|row| row.negated)];
                span { (t!(locale, "builder-leave-out")) }
            }
        }
    }
}

/// Values to tick as they stand in a filter, where a field has few.
fn boxes(custom: &Custom) -> Option<Vec<String>> {
    let few = custom.choices.len() <= MOST_BOXES;
    let own = match custom.holds {
        Type::YesNo => vec!["yes".to_owned(), "no".to_owned()],
        Type::One | Type::Several if few => {
            custom.choices.iter().map(|choice| quoted(&choice.name)).collect()
        }
        Type::One
        | Type::Several
        | Type::Text
        | Type::Long
        | Type::Number
        | Type::Date
        | Type::Person
        | Type::Organisation => return None,
    };
    Some(own.into_iter().chain(["none".to_owned()]).collect())
}

fn said<'a>(locale: Locale, custom: &Custom, value: &'a str) -> &'a str {
    match (custom.holds, value) {
        (_, "none") => t!(locale, "builder-own-none"),
        (Type::YesNo, "yes") => t!(locale, "builder-yes"),
        (Type::YesNo, _) => t!(locale, "builder-no"),
        _ => bare(value),
    }
}

/// A choice in quotes is that choice alone, and a comma in it ends nothing.
fn quoted(choice: &str) -> String {
    format!("\"{}\"", choice.replace('"', ""))
}

fn bare(value: &str) -> &str {
    value.trim_matches('"')
}

fn means(own: &str, value: &str) -> bool {
    bare(own).to_lowercase() == bare(value).to_lowercase()
}
