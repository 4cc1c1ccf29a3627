//! What a person, or an organisation, asked before: for those who serve them.

mod page;

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::{DeskError, Look};
use domain::custom::{Answers, Custom, Of};
use domain::id::{OrganisationId, PersonId, TicketId};
use domain::permission::Viewer;
use maud::Markup;
use serde::Deserialize;
use store::aside::Affiliation;
use store::history::{self, Stretch, Whose};
use store::organisation::Organisation;
use store::person::Person;

use crate::app::App;
use crate::format::Reader;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::ui::custom::{self, Names};
use crate::visitor::Visitor;

const A_PAGE: usize = 50;
/// People of an organisation that are listed.
const MOST_PEOPLE: u16 = 50;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/people/{person}", Right::Agent, get(person)),
        Route::get("/organisations/{organisation}", Right::Agent, get(organisation)),
    ]
}

#[derive(Debug, Deserialize)]
struct From {
    before: Option<i64>,
}

impl From {
    fn ticket(&self) -> TicketId {
        TicketId(self.before.unwrap_or(i64::MAX))
    }
}

/// What is known of a person, and what they asked.
struct Somebody {
    person: Person,
    organisation: Option<Organisation>,
    ties: Vec<Affiliation>,
    /// Who turned out to be them.
    merged: Vec<Person>,
    known: Known,
    stretch: Stretch,
}

/// What is answered about somebody, or an organisation, in fields of one's own.
struct Known {
    customs: Vec<Custom>,
    answers: Answers,
    names: Names,
}

impl Known {
    fn read(look: &mut Look, of: Of, id: i64) -> Result<Self, DeskError> {
        let customs: Vec<Custom> =
            look.catalogue.customs.iter().filter(|custom| custom.of == of).cloned().collect();
        let answers = store::custom::of(look.tx, id, &customs)?;
        let names = store::custom::names(look.tx, &answers)?;
        Ok(Self { customs, answers, names })
    }

    fn facts<'a>(&'a self, reader: &'a Reader) -> impl Iterator<Item = (&'a str, Markup)> {
        self.customs.iter().filter_map(move |custom| {
            let value = self.answers.get(&custom.id)?;
            Some((custom.name.as_str(), custom::answer(reader, custom, value, &self.names)))
        })
    }
}

struct Party {
    organisation: Organisation,
    people: Vec<Person>,
    /// Those that turned out to be it; their tickets are theirs.
    merged: Vec<Organisation>,
    known: Known,
    stretch: Stretch,
}

async fn person(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    from: Result<Query<From>, QueryRejection>,
) -> Result<Response, Refused> {
    let (Path(id), Query(from)) = (path?, from?);
    let viewer = Arc::clone(&visitor.viewer);
    let found = app.desk.look(move |look| somebody(look, &viewer, PersonId(id), from.ticket())).await?;
    Ok(page::person(&visitor, &found).into_response())
}

async fn organisation(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    from: Result<Query<From>, QueryRejection>,
) -> Result<Response, Refused> {
    let (Path(id), Query(from)) = (path?, from?);
    let viewer = Arc::clone(&visitor.viewer);
    let found = app.desk.look(move |look| party(look, &viewer, OrganisationId(id), from.ticket())).await?;
    Ok(page::organisation(&visitor, &found).into_response())
}

/// Somebody of whom the viewer serves nothing does not exist for them.
fn admit(look: &mut Look, viewer: &Viewer, whose: Whose) -> Result<(), DeskError> {
    if viewer.administrator || history::is_served_by(look.tx, viewer, whose)? {
        Ok(())
    } else {
        Err(DeskError::NotFound)
    }
}

fn somebody(look: &mut Look, viewer: &Viewer, id: PersonId, before: TicketId) -> Result<Somebody, DeskError> {
    let whose = Whose::Person(id);
    admit(look, viewer, whose)?;
    let person = store::person::by_id(look.tx, id)?.ok_or(DeskError::NotFound)?;
    let organisation = match person.organisation {
        Some(own) => store::organisation::by_id(look.tx, own)?,
        None => None,
    };
    Ok(Somebody {
        organisation,
        ties: store::aside::affiliations(look.tx, id)?,
        merged: store::person::merged_into(look.tx, id)?,
        known: Known::read(look, Of::Person, id.0)?,
        stretch: history::before(look.tx, viewer, whose, before, A_PAGE)?,
        person,
    })
}

fn party(look: &mut Look, viewer: &Viewer, id: OrganisationId, before: TicketId) -> Result<Party, DeskError> {
    let whose = Whose::Organisation(id);
    admit(look, viewer, whose)?;
    let organisation = store::organisation::by_id(look.tx, id)?.ok_or(DeskError::NotFound)?;
    let stretch = history::before(look.tx, viewer, whose, before, A_PAGE)?;
    let mut people = store::person::of_organisation(look.tx, id, MOST_PEOPLE)?;
    if !viewer.administrator {
        // Only those whom the viewer serves; the others of the house are none of their business.
        let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
        let served = history::served(look.tx, viewer, &ids)?;
        people.retain(|person| served.contains(&person.id));
    }
    let merged = store::organisation::merged_into(look.tx, id)?;
    let known = Known::read(look, Of::Organisation, id.0)?;
    Ok(Party { organisation, people, merged, known, stretch })
}
