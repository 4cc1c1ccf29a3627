//! What somebody writes in a canned reply or a macro, and the form in which they write it.

use desk::macros::Input;
use domain::fill::Variable;
use maud::{Markup, html};
use store::macros::Macro;

use crate::pages::admin::fields::{Fields, Sent, Wrong};
use crate::pages::views::form as views;
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::ui::field::{self, Field, Kind};
use crate::ui::panel;

const NAMES: [&str; 3] = ["name", "reply", "owner"];

pub(super) fn read(sent: Sent) -> Result<Fields, Refused> {
    Fields::read(sent, &NAMES)
}

pub(super) fn of(kept: &Macro) -> Fields {
    Fields::default().with("name", &kept.name).with("reply", &kept.reply)
}

pub(super) fn input(fields: &Fields) -> Input {
    Input { name: fields.text("name").to_owned(), reply: fields.text("reply").to_owned(), ..Input::default() }
}

/// The fields; `owners` only where it is new.
pub(super) fn fields(locale: Locale, fields: &Fields, owners: &[(String, String)], wrong: &Wrong) -> Markup {
    let name = Field::new("name", t!(locale, "macros-name")).value(fields.text("name"));
    let reply = Field {
        error: wrong.about("reply"),
        help: Some(t!(locale, "macros-reply-help")),
        ..Field::new("reply", t!(locale, "macros-reply")).value(fields.text("reply"))
    };
    html! {
        (panel::panel(t!(locale, "macros-what"), None, &html! {
            div.form.form-columns {
                (field::input(locale, Kind::Text, &name.error(wrong.about("name")).required()))
                @if !owners.is_empty() { (views::owner_select(locale, fields.text("owner"), owners)) }
            }
            (field::area(locale, &reply, 8))
            (variables(locale))
        }))
    }
}

/// What a text may name.
fn variables(locale: Locale) -> Markup {
    html! {
        details.macro-variables {
            summary { (t!(locale, "macros-variables")) }
            p { (t!(locale, "macros-variables-words")) }
            dl.facts {
                @for variable in Variable::ALL {
                    div { dt { code { "{{" (variable.as_str()) "}}" } } dd { (meaning(locale, *variable)) } }
                }
            }
        }
    }
}

fn meaning(locale: Locale, variable: Variable) -> &'static str {
    match variable {
        Variable::Number => t!(locale, "variable-number"),
        Variable::Subject => t!(locale, "variable-subject"),
        Variable::Unit => t!(locale, "variable-unit"),
        Variable::Service => t!(locale, "variable-service"),
        Variable::Link => t!(locale, "variable-link"),
        Variable::RequesterName => t!(locale, "variable-requester-name"),
        Variable::RequesterFirstName => t!(locale, "variable-requester-first-name"),
        Variable::Organisation => t!(locale, "variable-organisation"),
        Variable::MyName => t!(locale, "variable-my-name"),
        Variable::MyFirstName => t!(locale, "variable-my-first-name"),
    }
}
