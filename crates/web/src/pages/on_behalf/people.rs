//! Whom it is for: found by name, address or phone number.

use maud::{Markup, html};
use store::person::Person;

use super::newcomer::{self, Tried};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel;
use crate::visitor::Visitor;

/// The field, below it who fits what was typed, and the way to write in whoever is not there yet.
pub(in crate::pages) fn choice(
    visitor: &Visitor,
    sought: &str,
    found: &[Person],
    tried: Option<&Tried>,
) -> Markup {
    let locale = visitor.reader.locale;
    let field = Field::new("q", t!(locale, "on-behalf-who"))
        .value(sought)
        .help(t!(locale, "on-behalf-who-help"))
        .required()
        .autocomplete("off");
    let content = html! {
        p { (t!(locale, "on-behalf-words")) }
        form.form action="/tickets/new" {
            (field::input(locale, Kind::Search, &field))
            div { (button::submit(Weight::Primary, Some(Icon::Search), t!(locale, "on-behalf-find"))) }
        }
        @if !sought.is_empty() {
            @if found.is_empty() { p role="status" { (t!(locale, "on-behalf-nobody")) } }
            @else {
                ul.hits aria-label=(t!(locale, "on-behalf-found")) {
                    @for person in found { (row(person, sought)) }
                }
            }
        }
        @match tried {
            Some(tried) => (newcomer::form(visitor, tried, true)),
            None if !sought.is_empty() => (newcomer::form(visitor, &Tried::sought(sought), found.is_empty())),
            None => {}
        }
    };
    panel::panel(t!(locale, "on-behalf"), None, &content)
}

fn row(person: &Person, sought: &str) -> Markup {
    let href = super::address(person.id, sought);
    html! {
        li { (icon(Icon::Person)) a.queue-subject href=(href) { (person.name) } span.muted { (reached(person)) } }
    }
}

/// How they are reached, in one line.
pub(super) fn reached(person: &Person) -> String {
    let ways = [person.email.as_deref(), person.phone.as_deref()];
    ways.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")
}
