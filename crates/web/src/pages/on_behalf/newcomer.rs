//! Somebody who called and is not in the directory: written in, and then their ticket.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::on_behalf::{self, Newcomer};
use maud::{Markup, html};
use serde::Deserialize;

use crate::app::App;
use crate::form::PostedOnce;
use crate::pages::write;
use crate::refusal::Refused;
use crate::said;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::Icon;
use crate::visitor::Visitor;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Fields {
    name: String,
    email: String,
    phone: String,
}

/// What was typed, and with which field something is wrong.
#[derive(Debug, Default)]
pub(in crate::pages) struct Tried {
    fields: Fields,
    wrong: Option<(&'static str, String)>,
}

impl Tried {
    /// What was looked for is where it belongs.
    pub(super) fn sought(sought: &str) -> Self {
        let sought = sought.to_owned();
        let fields = if sought.contains('@') {
            Fields { email: sought, ..Fields::default() }
        } else if sought.chars().any(|c| c.is_ascii_digit()) {
            Fields { phone: sought, ..Fields::default() }
        } else {
            Fields { name: sought, ..Fields::default() }
        };
        Self { fields, wrong: None }
    }

    fn field<'a>(&'a self, name: &'static str, label: &'a str, value: &'a str) -> Field<'a> {
        let wrong = self.wrong.as_ref().filter(|(field, _)| *field == name);
        let wrong = wrong.map(|(_, words)| words.as_str());
        Field::new(name, label).value(value).error(wrong).autocomplete("off")
    }
}

/// `POST /tickets/new/people`: on to the ticket of that person, or the form again with everything that was written.
pub(super) async fn introduce(
    State(app): State<App>,
    visitor: Visitor,
    posted: Result<PostedOnce<Fields>, Refused>,
) -> Result<Response, Refused> {
    let PostedOnce(fields, once) = posted?;
    let (viewer, typed) = (Arc::clone(&visitor.viewer), fields.clone());
    let newcomer = Newcomer { name: typed.name, email: typed.email, phone: typed.phone };
    let introduced = once.act(&app, &visitor, move |act| on_behalf::introduce(act, &viewer, &newcomer)).await;
    let (field, problem) = match introduced {
        Ok((person, reached)) => return Ok(Redirect::to(&super::address(person, &reached)).into_response()),
        Err(DeskError::Invalid { field, problem }) => (field, problem),
        Err(other) => return Err(other.into()),
    };
    let words = said::problem(visitor.reader.locale, &problem);
    let choice = super::choice(&visitor, "", &[], Some(&Tried { fields, wrong: Some((field, words)) }));
    let page = write::with(&app, &visitor, &choice).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The form behind its name; it stands open when nobody fits.
pub(super) fn form(visitor: &Visitor, tried: &Tried, is_open: bool) -> Markup {
    let locale = visitor.reader.locale;
    let Fields { name, email, phone } = &tried.fields;
    html! {
        details.disclosure open[is_open] {
            summary { (t!(locale, "on-behalf-newcomer")) }
            form.form method="post" action="/tickets/new/people" {
                (field::token_once(&visitor.csrf))
                p.muted { (t!(locale, "on-behalf-newcomer-help")) }
                (field::input(locale, Kind::Text, &tried.field("name", t!(locale, "on-behalf-newcomer-name"), name).required()))
                (field::input(locale, Kind::Email, &tried.field("email", t!(locale, "on-behalf-newcomer-email"), email)))
                (field::input(locale, Kind::Text, &tried.field("phone", t!(locale, "on-behalf-newcomer-phone"), phone)))
                div { (button::submit(Weight::Secondary, Some(Icon::Person), t!(locale, "on-behalf-newcomer-go"))) }
            }
        }
    }
}
