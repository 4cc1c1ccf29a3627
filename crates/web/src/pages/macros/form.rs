//! What somebody writes in a canned reply or a macro, and the form in which they write it.

use desk::macros::Input;
use domain::action;
use domain::fill::Variable;
use maud::{Markup, html};
use store::macros::Macro;

use super::does::{self, Offered};
use crate::pages::admin::fields::{Fields, Sent, Wrong};
use crate::pages::views::form as views;
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::ui::field::{self, Field, Kind};
use crate::ui::panel;

const NAMES: [&str; 5] = ["name", "reply", "note", "filter", "owner"];

pub(super) fn read(sent: Sent) -> Result<Fields, Refused> {
    let names: Vec<&str> = NAMES.into_iter().chain(does::NAMES).collect();
    Fields::read(sent, &names)
}

pub(super) fn of(kept: &Macro) -> Fields {
    let fields = Fields::default()
        .with("name", &kept.name)
        .with("reply", &kept.reply)
        .with("note", &kept.note)
        .with("filter", &kept.filter);
    does::of(fields, &action::read(&kept.actions).unwrap_or_default())
}

pub(super) fn input(fields: &Fields) -> Input {
    let text = |name: &str| fields.text(name).to_owned();
    Input {
        name: text("name"),
        reply: text("reply"),
        note: text("note"),
        actions: does::actions(fields),
        filter: text("filter"),
    }
}

/// The fields; `owners` only where it is new.
pub(super) fn fields(
    locale: Locale,
    offered: &Offered,
    fields: &Fields,
    owners: &[(String, String)],
    wrong: &Wrong,
) -> Markup {
    let name = Field::new("name", t!(locale, "macros-name")).value(fields.text("name"));
    let reply = Field {
        error: wrong.about("reply"),
        help: Some(t!(locale, "macros-reply-help")),
        ..Field::new("reply", t!(locale, "macros-reply")).value(fields.text("reply"))
    };
    let note = Field {
        error: wrong.about("note"),
        help: Some(t!(locale, "macros-note-help")),
        ..Field::new("note", t!(locale, "macros-note")).value(fields.text("note"))
    };
    let filter = Field {
        error: wrong.about("filter"),
        help: Some(t!(locale, "macros-where-help")),
        ..Field::new("filter", t!(locale, "filter-as-text")).value(fields.text("filter"))
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
        @let more = ["note", "filter"].into_iter().chain(does::NAMES).any(|name| !fields.text(name).is_empty());
        details.macro-more open[more || wrong.status() != axum::http::StatusCode::OK] {
            summary { (t!(locale, "macros-more")) }
            div.macro-says.macro-note { (field::area(locale, &note, 4)) }
            (does::form(locale, offered, fields, wrong))
            (panel::panel(t!(locale, "macros-where"), None, &html! { (field::input(locale, Kind::Text, &filter)) }))
        }
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
