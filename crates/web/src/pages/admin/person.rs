//! One person: details, ties, units, offices, access and a first password.

mod merge;
pub mod page;

pub use page::role_name;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::password::Password;
use desk::people::{Tie, affiliations, offices};
use desk::{Act, DeskError, Look, Problem};
use domain::affiliation::{Affiliation, Class, Party};
use domain::id::{AffiliationId, PersonId, UnitId};
use domain::permission::Viewer;
use store::office::Office;
use store::person::Person;
use store::unit::Role;

use super::fields::{Fields, Sent, Wrong};
use super::people;
use super::shell::{self, Came, Done, Id};
use crate::app::App;
use crate::pages::ticket::requester;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    let right = Right::Administrator;
    let own = vec![
        Route::get("/admin/people/{person}", right, get(open)),
        Route::post("/admin/people/{person}", right, post(change)),
        Route::post("/admin/people/{person}/ties", right, post(tie)),
        Route::post("/admin/people/{person}/ties/end", right, post(untie)),
        Route::post("/admin/people/{person}/units", right, post(join)),
        Route::post("/admin/people/{person}/units/end", right, post(leave)),
        Route::post("/admin/people/{person}/offices", right, post(appoint)),
        Route::post("/admin/people/{person}/offices/end", right, post(dismiss)),
        Route::post("/admin/people/{person}/password", right, post(give_password)),
        Route::post("/admin/people/{person}/disable", right, post(disable)),
        Route::post("/admin/people/{person}/enable", right, post(enable)),
    ];
    own.into_iter().chain(merge::routes()).collect()
}

/// Everything the page shows of a person.
pub struct Known {
    pub person: Person,
    pub organisation: Option<String>,
    pub ties: Vec<(AffiliationId, Affiliation)>,
    pub shared_ties: Vec<(AffiliationId, Affiliation)>,
    pub units: Vec<(UnitId, String, Role)>,
    pub offices: Vec<(Office, Option<String>)>,
    pub signs_in: bool,
    /// The name of who they turned out to be.
    pub merged_into: Option<String>,
    /// Units to choose from, by name.
    pub all_units: Vec<(String, String)>,
}

/// One of the forms of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Details,
    Tie,
    Untie,
    Join,
    Offices,
    Password,
    Access,
    Merge,
}

/// A form that came back with errors, and what was typed into it.
pub struct Back {
    pub form: Form,
    pub fields: Fields,
    pub wrong: Wrong,
}

async fn open(State(app): State<App>, visitor: Visitor, came: Came, Id(id): Id) -> Result<Response, Refused> {
    let known = known(&app, id).await?;
    Ok(page::page(&visitor, came, &known, None).into_response())
}

async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let known = ["name", "email", "phone", "language", "time_zone", "organisation", requester::TICKET];
    let fields = Fields::read(sent, &known)?;
    follow(&app, &visitor, id, Form::Details, fields, Done::Saved, |act, by, id, fields| {
        let look = &mut Look { tx: &mut *act.tx, now: act.now, catalogue: act.catalogue.clone() };
        let input = people::input(look, fields)?;
        desk::people::change(act, by, id, &input)
    })
    .await
}

async fn tie(State(app): State<App>, visitor: Visitor, Id(id): Id, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &["relation", "class", "from", "until"])?;
    follow(&app, &visitor, id, Form::Tie, fields, Done::Added, |act, by, id, fields| {
        let tie = Tie {
            relation: people::relation_of(fields.text("relation"))?,
            class: Class::parse(fields.text("class")),
            from: fields.day("from")?.ok_or_else(|| DeskError::invalid("from", Problem::TieWithoutBegin))?,
            until: fields.day("until")?,
        };
        affiliations::add(act, by, Party::Person(id), &tie).map(|_| ())
    })
    .await
}

async fn untie(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &["tie", "until"])?;
    follow(&app, &visitor, id, Form::Untie, fields, Done::Ended, |act, by, id, fields| {
        let tie = AffiliationId(fields.needed_id("tie")?);
        let own = store::affiliation::by_id(act.tx, tie)?;
        if own.is_none_or(|own| own.party != Party::Person(id)) {
            return Err(DeskError::NotFound);
        }
        let until =
            fields.day("until")?.ok_or_else(|| DeskError::invalid("until", Problem::TieWithoutEnd))?;
        affiliations::end(act, by, tie, until)
    })
    .await
}

async fn join(State(app): State<App>, visitor: Visitor, Id(id): Id, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &["unit", "role"])?;
    follow(&app, &visitor, id, Form::Join, fields, Done::Saved, |act, by, id, fields| {
        let unit = UnitId(fields.needed_id("unit")?);
        desk::people::join_unit(act, by, id, unit, role(fields.text("role"))?)
    })
    .await
}

async fn leave(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &["unit"])?;
    follow(&app, &visitor, id, Form::Join, fields, Done::Ended, |act, by, id, fields| {
        desk::people::leave_unit(act, by, id, UnitId(fields.needed_id("unit")?))
    })
    .await
}

async fn appoint(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &["office", "oversees"])?;
    follow(&app, &visitor, id, Form::Offices, fields, Done::Saved, |act, by, id, fields| {
        offices::appoint(act, by, id, office(fields)?)
    })
    .await
}

async fn dismiss(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &["office", "oversees"])?;
    follow(&app, &visitor, id, Form::Offices, fields, Done::Ended, |act, by, id, fields| {
        offices::dismiss(act, by, id, office(fields)?)
    })
    .await
}

/// The password is hashed outside the database's threads, and never shown again.
async fn give_password(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &["password"])?;
    let known = known(&app, id).await?;
    let password = match Password::parse(fields.text("password"), known.person.email.as_deref()) {
        Ok(password) => password,
        Err(error) => {
            let back = Back {
                form: Form::Password,
                fields: Fields::default(),
                wrong: Wrong::of(&visitor.reader, error)?,
            };
            return Ok(shell::answer(
                &back.wrong,
                page::page(&visitor, Came::default(), &known, Some(&back)),
            ));
        }
    };
    let hash = tokio::task::spawn_blocking(move || password.hash()).await.map_err(|_| Refused::Trouble)?;
    follow(&app, &visitor, id, Form::Password, Fields::default(), Done::Saved, move |act, by, id, _| {
        desk::people::set_password(act, by, id, &hash)
    })
    .await
}

async fn disable(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &[])?;
    follow(&app, &visitor, id, Form::Access, fields, Done::Saved, |act, by, id, _| {
        desk::people::disable(act, by, id)
    })
    .await
}

async fn enable(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &[])?;
    follow(&app, &visitor, id, Form::Access, fields, Done::Saved, |act, by, id, _| {
        desk::people::enable(act, by, id)
    })
    .await
}

/// Does the verb, then leads back to the person's page; an error is shown on it beside its field.
async fn follow<F>(
    app: &App,
    visitor: &Visitor,
    id: i64,
    form: Form,
    fields: Fields,
    done: Done,
    verb: F,
) -> Result<Response, Refused>
where
    F: FnOnce(&mut Act, &Viewer, PersonId, &Fields) -> Result<(), DeskError> + Send + 'static,
{
    let typed = fields.clone();
    match shell::make(app, visitor, &fields, move |act, by| verb(act, by, PersonId(id), &typed)).await {
        Ok(()) => Ok(match fields.text(requester::TICKET).parse() {
            Ok(ticket) => requester::back(ticket),
            Err(_) => shell::done(&format!("/admin/people/{id}"), done),
        }),
        Err(error) => {
            let back = Back { form, fields, wrong: Wrong::of(&visitor.reader, error)? };
            let known = known(app, id).await?;
            Ok(shell::answer(&back.wrong, page::page(visitor, Came::default(), &known, Some(&back))))
        }
    }
}

async fn known(app: &App, id: i64) -> Result<Known, Refused> {
    Ok(app.desk.look(move |look| read(look, PersonId(id))).await?)
}

fn read(look: &mut Look, id: PersonId) -> Result<Known, DeskError> {
    let person = store::person::by_id(look.tx, id)?.ok_or(DeskError::NotFound)?;
    let (organisation, shared_ties) = match person.organisation {
        None => (None, Vec::new()),
        Some(own) => (
            store::organisation::by_id(look.tx, own)?.map(|organisation| organisation.name),
            store::affiliation::of_organisation(look.tx, own)?,
        ),
    };
    let name = |unit: UnitId| look.catalogue.unit_name(unit).to_owned();
    let units = store::unit::memberships(look.tx, id)?;
    let offices = store::office::of_person(look.tx, id)?;
    let over = |office: &Office| match office {
        Office::Administrator | Office::Overseer(None) => None,
        Office::Overseer(Some(unit)) => Some(name(*unit)),
    };
    Ok(Known {
        organisation,
        shared_ties,
        ties: store::affiliation::of_person(look.tx, id)?,
        units: units.into_iter().map(|(unit, role)| (unit, name(unit), role)).collect(),
        offices: offices.into_iter().map(|office| (office, over(&office))).collect(),
        signs_in: store::person::password(look.tx, id)?.is_some(),
        merged_into: match person.merged_into {
            Some(into) => store::person::by_id(look.tx, into)?.map(|into| into.name),
            None => None,
        },
        all_units: super::units::choices(&look.catalogue),
        person,
    })
}

fn role(word: &str) -> Result<Role, DeskError> {
    Role::parse(word).ok_or_else(|| DeskError::invalid("role", Problem::ChooseOne))
}

fn office(fields: &Fields) -> Result<Office, DeskError> {
    match fields.text("office") {
        "administrator" => Ok(Office::Administrator),
        "overseer" => Ok(Office::Overseer(fields.id("oversees")?.map(UnitId))),
        _ => Err(DeskError::invalid("office", Problem::ChooseOne)),
    }
}
