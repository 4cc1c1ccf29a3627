//! How somebody wants to be told by mail of what happens.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{DeskError, Problem};
use domain::event::Actor;
use domain::notice::{Occasion, Way};
use maud::{Markup, html};

use crate::app::App;
use crate::form::Posted;
use crate::pages::admin::texts::names;
use crate::refusal::Refused;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field};
use crate::visitor::Visitor;

/// `POST /profile/notices`.
pub(super) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    posted: Result<Posted<Vec<(String, String)>>, Refused>,
) -> Result<Response, Refused> {
    let Posted(sent) = posted?;
    let wanted: Vec<(Occasion, Way)> = sent.iter().map(chosen).collect::<Result<_, DeskError>>()?;
    let viewer = Arc::clone(&visitor.viewer);
    let actor = Actor::Person(viewer.person);
    app.desk.act(actor, move |act| desk::notices::choose(act, &viewer, &wanted)).await?;
    Ok(Redirect::to("/profile?done=notices").into_response())
}

fn chosen((name, value): &(String, String)) -> Result<(Occasion, Way), DeskError> {
    let occasion = Occasion::parse(name)
        .ok_or_else(|| DeskError::invalid("", Problem::FieldUnknown { name: name.clone() }))?;
    let way = Way::parse(value).ok_or(DeskError::invalid("", Problem::ChooseOne))?;
    Ok((occasion, way))
}

pub(super) fn form(visitor: &Visitor, choices: &[(Occasion, Way)]) -> Markup {
    let locale = visitor.reader.locale;
    let ways: Vec<Choice<'_>> = Way::ALL
        .iter()
        .map(|way| Choice { value: way.as_str(), label: names::way(locale, *way), help: None })
        .collect();
    html! {
        p.muted { (t!(locale, "notice-words")) }
        form.form method="post" action="/profile/notices" {
            (field::token(&visitor.csrf))
            @for (occasion, way) in choices {
                (field::select(locale, &Field::new(occasion.as_str(), names::told(locale, *occasion)).required().value(way.as_str()), &ways))
            }
            div { (button::submit(Weight::Primary, None, t!(locale, "profile-save"))) }
        }
    }
}
