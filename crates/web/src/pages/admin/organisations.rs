//! Organisations: the list, adding one, changing one, and who belongs to it.

mod merge;

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::organisations::Input;
use desk::{DeskError, Look};
use domain::custom::Of;
use domain::id::OrganisationId;
use domain::permission::Viewer;
use maud::{Markup, html};
use store::organisation::Organisation;
use store::person::Person;

use super::fields::{Fields, Sent, Wrong};
use super::people::next_page;
use super::shell::{self, Came, Done, Id, Part};
use super::sought::{self, Sought, search};
use crate::app::App;
use crate::pages::ticket::requester::{self, TICKET};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::table::{table, words};
use crate::ui::{navigation, panel};
use crate::visitor::Visitor;

const FIELDS: &[&str] = &["name", "shares_tickets", TICKET];
const MOST_PEOPLE: u16 = 200;

pub fn routes() -> Vec<Route> {
    let own = vec![
        Route::get("/admin/organisations", Right::Administrator, get(list)),
        Route::get("/admin/organisations/new", Right::Administrator, get(new)),
        Route::post("/admin/organisations/new", Right::Administrator, post(create)),
        Route::get("/admin/organisations/{organisation}", Right::Administrator, get(open)),
        Route::post("/admin/organisations/{organisation}", Right::Administrator, post(change)),
    ];
    own.into_iter().chain(merge::routes()).collect()
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    came: Came,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refused> {
    let locale = visitor.reader.locale;
    let list = sought::list(&app, &visitor, &uri, Of::Organisation, find).await?;
    let last = list.found.last().filter(|_| list.more);
    let next = last.map(|last| next_page(&list.typed, &last.name, last.id.0));
    let alike = button::link(
        Weight::Quiet,
        Some(Icon::Organisation),
        t!(locale, "organisations-alike"),
        "/admin/organisations/alike",
    );
    let add = button::link(
        Weight::Primary,
        Some(Icon::Plus),
        t!(locale, "admin-organisation-new"),
        "/admin/organisations/new",
    );
    let columns = [words(t!(locale, "admin-name")), words(t!(locale, "admin-shares"))];
    let rows: Vec<Vec<Markup>> = list
        .found
        .iter()
        .map(|own| {
            let shares = if own.shares_tickets { t!(locale, "admin-yes") } else { t!(locale, "admin-no") };
            vec![html! { a href={ "/admin/organisations/" (own.id) } { (own.name) } }, html! { (shares) }]
        })
        .collect();
    let content = html! {
        (shell::head(t!(locale, "admin-organisations"), Some(&html! { (alike) (add) })))
        (search(locale, "/admin/organisations", list.asked(), (t!(locale, "admin-name-begins"), t!(locale, "admin-name-begins-help")), &list.customs))
        @if rows.is_empty() {
            (panel::panel(t!(locale, "admin-organisations"), None, &panel::empty(Icon::Organisation, t!(locale, "admin-organisations-none"), t!(locale, "admin-organisations-none-words"), None)))
        } @else {
            (table(t!(locale, "admin-organisations"), &columns, &rows))
        }
        (navigation::pages(locale, None, next.as_deref()))
    };
    Ok((list.status(), shell::part(&visitor, Part::Organisations, &came, &content)).into_response())
}

fn find(look: &mut Look, viewer: &Viewer, sought: &Sought) -> Result<Vec<Organisation>, DeskError> {
    let Some(ids) = sought.passing(look, viewer, Of::Organisation)? else {
        return Ok(store::organisation::page(look.tx, &sought.names)?);
    };
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(store::organisation::by_id(look.tx, OrganisationId(id))?);
    }
    Ok(found)
}

async fn new(visitor: Visitor) -> Markup {
    new_page(&visitor, &Fields::default(), &Wrong::default())
}

async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, FIELDS)?;
    let input = input(&fields);
    match shell::make(&app, &visitor, &fields, move |act, by| desk::organisations::create(act, by, &input))
        .await
    {
        Ok(id) => Ok(shell::done(&format!("/admin/organisations/{id}"), Done::Added)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            Ok(shell::answer(&wrong, new_page(&visitor, &fields, &wrong)))
        }
    }
}

async fn open(State(app): State<App>, visitor: Visitor, came: Came, Id(id): Id) -> Result<Response, Refused> {
    let known = known(&app, id).await?;
    let fields = details_of(&known.organisation);
    Ok(page(&visitor, came, &known, &fields, &Wrong::default()).into_response())
}

async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, FIELDS)?;
    let input = input(&fields);
    let verb = move |act: &mut desk::Act, by: &domain::permission::Viewer| {
        desk::organisations::change(act, by, OrganisationId(id), &input)
    };
    match shell::act(&app, &visitor, verb).await {
        Ok(()) => Ok(match fields.text(TICKET).parse() {
            Ok(ticket) => requester::back(ticket),
            Err(_) => shell::done(&format!("/admin/organisations/{id}"), Done::Saved),
        }),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let known = known(&app, id).await?;
            Ok(shell::answer(&wrong, page(&visitor, Came::default(), &known, &fields, &wrong)))
        }
    }
}

/// Everything the page shows of an organisation.
struct Known {
    organisation: Organisation,
    people: Vec<Person>,
    /// The name of the one it turned out to be.
    merged_into: Option<String>,
}

async fn known(app: &App, id: i64) -> Result<Known, Refused> {
    let id = OrganisationId(id);
    let found = app.desk.look(move |look| {
        let organisation = store::organisation::by_id(look.tx, id)?.ok_or(desk::DeskError::NotFound)?;
        let merged_into = match organisation.merged_into {
            Some(into) => store::organisation::by_id(look.tx, into)?.map(|into| into.name),
            None => None,
        };
        let people = store::person::of_organisation(look.tx, id, MOST_PEOPLE)?;
        Ok(Known { organisation, people, merged_into })
    });
    Ok(found.await?)
}

fn input(fields: &Fields) -> Input {
    Input { name: fields.text("name").to_owned(), shares_tickets: fields.ticked("shares_tickets") }
}

fn new_page(visitor: &Visitor, fields: &Fields, wrong: &Wrong) -> Markup {
    let title = t!(visitor.reader.locale, "admin-organisation-new");
    let save = t!(visitor.reader.locale, "admin-add");
    let content = html! {
        (shell::head(title, None))
        (shell::making(visitor, "/admin/organisations/new", wrong, save, &form(visitor, "", fields, wrong)))
    };
    shell::below(visitor, Part::Organisations, title, &Came::default(), &content)
}

fn page(visitor: &Visitor, came: Came, known: &Known, fields: &Fields, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let Known { organisation, people, merged_into } = known;
    let action = format!("/admin/organisations/{}", organisation.id);
    let content = html! {
        (shell::head(&organisation.name, None))
        div.halves {
            div.stack {
                (panel::panel(t!(locale, "admin-details"), None,
                    &shell::form(visitor, &action, wrong, t!(locale, "admin-save"), &form(visitor, "", fields, wrong))))
                (panel::panel(t!(locale, "organisations-same"), None, &merge::section(visitor, organisation, merged_into.as_deref())))
            }
            p { a href={ "/admin/organisations/" (organisation.id) "/fields" } { (t!(locale, "custom-fields-here")) } }
            (panel::panel(t!(locale, "admin-people"), None, &html! {
                @if people.is_empty() { p.muted { (t!(locale, "admin-organisation-empty")) } }
                ul.plain { @for person in people { li { a href={ "/admin/people/" (person.id) } { (person.name) } } } }
            }))
        }
    };
    shell::below(visitor, Part::Organisations, &organisation.name, &came, &content)
}

/// The form of its page beside a ticket, to which it leads back.
pub fn beside(visitor: &Visitor, ticket: i64, organisation: &Organisation) -> Markup {
    let fields = details_of(organisation).with(TICKET, ticket.to_string());
    let action = format!("/admin/organisations/{}", organisation.id);
    let save = t!(visitor.reader.locale, "admin-save");
    let wrong = Wrong::default();
    shell::form(visitor, &action, &wrong, save, &form(visitor, "organisation", &fields, &wrong))
}

fn details_of(organisation: &Organisation) -> Fields {
    Fields::default()
        .with("name", organisation.name.as_str())
        .ticked_when("shares_tickets", organisation.shares_tickets)
}

fn form(visitor: &Visitor, form: &str, fields: &Fields, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    html! {
        @if !fields.text(TICKET).is_empty() { input type="hidden" name=(TICKET) value=(fields.text(TICKET)); }
        (field::input(locale, Kind::Text, &Field::new("name", t!(locale, "admin-name")).of(form).value(fields.text("name")).error(wrong.about("name")).required()))
        (field::checkbox(&Field::new("shares_tickets", t!(locale, "admin-shares-long")).of(form).value(fields.text("shares_tickets")).help(t!(locale, "admin-shares-help"))))
    }
}
