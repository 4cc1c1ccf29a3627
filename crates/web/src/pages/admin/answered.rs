//! What is answered in the fields of a person or an organisation.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::{DeskError, Look, custom};
use domain::custom::{Custom, Needed, Of};
use domain::id::{OrganisationId, PersonId};
use maud::{Markup, html};

use super::fields::Wrong;
use super::shell::{self, Came, Done, Id, Part};
use super::sought;
use crate::app::App;
use crate::form::Posted;
use crate::pages::ticket::requester;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::custom::{Filled, inputs};
use crate::ui::panel;
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/people/{person}/fields", Right::Administrator, get(person)),
        Route::post("/admin/people/{person}/fields", Right::Administrator, post(change_person)),
        Route::get("/admin/organisations/{organisation}/fields", Right::Administrator, get(organisation)),
        Route::post(
            "/admin/organisations/{organisation}/fields",
            Right::Administrator,
            post(change_organisation),
        ),
    ]
}

/// Who or what is asked about.
#[derive(Debug, Clone, Copy)]
pub enum Thing {
    Person(i64),
    Organisation(i64),
}

impl Thing {
    const fn of(self) -> (Of, i64) {
        match self {
            Self::Person(id) => (Of::Person, id),
            Self::Organisation(id) => (Of::Organisation, id),
        }
    }

    fn address(self) -> String {
        match self {
            Self::Person(id) => format!("/admin/people/{id}/fields"),
            Self::Organisation(id) => format!("/admin/organisations/{id}/fields"),
        }
    }

    const fn part(self) -> Part {
        match self {
            Self::Person(_) => Part::People,
            Self::Organisation(_) => Part::Organisations,
        }
    }
}

async fn person(
    State(app): State<App>,
    visitor: Visitor,
    came: Came,
    Id(id): Id,
) -> Result<Response, Refused> {
    show(&app, &visitor, &came, Thing::Person(id)).await
}

async fn organisation(
    State(app): State<App>,
    visitor: Visitor,
    came: Came,
    Id(id): Id,
) -> Result<Response, Refused> {
    show(&app, &visitor, &came, Thing::Organisation(id)).await
}

type Sent = Posted<Vec<(String, String)>>;

async fn change_person(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    Posted(pairs): Sent,
) -> Result<Response, Refused> {
    change(&app, &visitor, Thing::Person(id), &pairs).await
}

async fn change_organisation(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    Posted(pairs): Sent,
) -> Result<Response, Refused> {
    change(&app, &visitor, Thing::Organisation(id), &pairs).await
}

async fn show(app: &App, visitor: &Visitor, came: &Came, thing: Thing) -> Result<Response, Refused> {
    let Asked { name, customs, filled } = app.desk.look(move |look| known(look, thing)).await?;
    Ok(page(visitor, came, thing, &name, &customs, &filled, &Wrong::default()).into_response())
}

async fn change(
    app: &App,
    visitor: &Visitor,
    thing: Thing,
    pairs: &[(String, String)],
) -> Result<Response, Refused> {
    let typed = Filled::sent(pairs);
    let sent = typed.typed.clone();
    let verb = move |act: &mut desk::Act, viewer: &domain::permission::Viewer| match thing {
        Thing::Person(id) => custom::of_person(act, viewer, PersonId(id), &sent),
        Thing::Organisation(id) => custom::of_organisation(act, viewer, OrganisationId(id), &sent),
    };
    match shell::act(app, visitor, verb).await {
        Ok(()) => Ok(match requester::beside(pairs) {
            Some(ticket) => requester::back(ticket),
            None => shell::done(&thing.address(), Done::Saved),
        }),
        Err(error) => {
            let viewer = Arc::clone(&visitor.viewer);
            let wrong = Wrong::of(&visitor.reader, error)?;
            let looked = app.desk.look(move |look| {
                let Asked { name, customs, .. } = known(look, thing)?;
                let (of, id) = thing.of();
                let held = store::custom::of(look.tx, id, &customs)?;
                let judged = custom::judge(
                    look.tx,
                    &viewer,
                    &customs,
                    (of, None),
                    &typed.typed,
                    &held,
                    Needed::Never,
                )?;
                Ok((name, customs, typed, judged.faults))
            });
            let (name, customs, mut filled, faults) = looked.await?;
            let locale = visitor.reader.locale;
            filled.wrong = faults
                .iter()
                .map(|fault| (fault.key.clone(), crate::said::problem(locale, &fault.problem)))
                .collect();
            let page = page(visitor, &Came::default(), thing, &name, &customs, &filled, &wrong);
            Ok(shell::answer(&wrong, page))
        }
    }
}

/// What is asked about something, and what was answered.
pub struct Asked {
    name: String,
    customs: Vec<Custom>,
    filled: Filled,
}

/// The form of the page beside a ticket, to which it leads back; nothing where nothing is asked.
pub fn beside(visitor: &Visitor, ticket: i64, thing: Thing, asked: &Asked) -> Markup {
    if asked.customs.is_empty() {
        return html! {};
    }
    let locale = visitor.reader.locale;
    let form = format!("beside-{}", thing.of().0.as_str());
    let content = html! {
        input type="hidden" name=(requester::TICKET) value=(ticket);
        (inputs(locale, &form, &asked.customs, &asked.filled, Needed::Never))
    };
    shell::form(visitor, &thing.address(), &Wrong::default(), t!(locale, "custom-fields-save"), &content)
}

pub fn known(look: &mut Look, thing: Thing) -> Result<Asked, DeskError> {
    let name = match thing {
        Thing::Person(id) => store::person::by_id(look.tx, PersonId(id))?.map(|person| person.name),
        Thing::Organisation(id) => {
            store::organisation::by_id(look.tx, OrganisationId(id))?.map(|organisation| organisation.name)
        }
    };
    let (of, id) = thing.of();
    let customs = sought::askable(&look.catalogue.customs, of);
    let answers = store::custom::of(look.tx, id, &customs)?;
    let names = store::custom::names(look.tx, &answers)?;
    let filled = Filled::of(&customs, &answers, &names);
    Ok(Asked { name: name.ok_or(DeskError::NotFound)?, customs, filled })
}

fn page(
    visitor: &Visitor,
    came: &Came,
    thing: Thing,
    name: &str,
    customs: &[Custom],
    filled: &Filled,
    wrong: &Wrong,
) -> Markup {
    let locale = visitor.reader.locale;
    let title = t!(locale, "custom-fields-of", name = name);
    let content = html! {
        (shell::head(&title, None))
        @if customs.is_empty() { p.muted { (t!(locale, "custom-none-here")) } }
        @else {
            (panel::panel(t!(locale, "custom-fields"), None,
                &shell::form(visitor, &thing.address(), wrong, t!(locale, "admin-save"), &inputs(locale, "", customs, filled, Needed::Never))))
        }
    };
    shell::below(visitor, thing.part(), &title, came, &content)
}
