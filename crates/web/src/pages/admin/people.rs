//! The directory of people: the list, and adding somebody.

use axum::extract::{OriginalUri, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::{DeskError, Look, Problem};
use domain::affiliation::{Class, Relation};
use domain::custom::{Custom, Of};
use domain::id::{OrganisationId, PersonId};
use domain::permission::Viewer;
use maud::{Markup, html};
use store::page::{Names, Place};
use store::person::Person;

use super::fields::{Fields, Sent, Wrong};
use super::shell::{self, Came, Done, Part};
use super::sought::{self, Sought, search};
use crate::app::App;
use crate::guard::urlencode;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{self, Tone};
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::table::{table, words};
use crate::ui::{navigation, panel};
use crate::visitor::Visitor;

const A_PAGE: u16 = 50;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/people", Right::Administrator, get(list)),
        Route::get("/admin/people/new", Right::Administrator, get(new)),
        Route::post("/admin/people/new", Right::Administrator, post(create)),
    ]
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    came: Came,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refused> {
    let list = sought::list(&app, &visitor, &uri, Of::Person, find).await?;
    let last = list.found.last().filter(|_| list.more);
    let next = last.map(|(person, _)| next_page(&list.typed, &person.name, person.id.0));
    let page = listed(&visitor, list.asked(), &list.customs, &list.found, next.as_deref());
    Ok((list.status(), shell::part(&visitor, Part::People, &came, &page)).into_response())
}

fn find(
    look: &mut Look,
    viewer: &Viewer,
    sought: &Sought,
) -> Result<Vec<(Person, Option<String>)>, DeskError> {
    let names = &sought.names;
    let people = if let Some(ids) = sought.passing(look, viewer, Of::Person)? {
        let mut people = Vec::with_capacity(ids.len());
        for id in ids {
            people.extend(store::person::by_id(look.tx, PersonId(id))?);
        }
        people
    } else if names.prefix.contains('@') {
        let address = names.prefix.trim().to_lowercase();
        store::person::by_email(look.tx, &address)?.into_iter().collect()
    } else {
        store::person::page(look.tx, names)?
    };
    let mut found = Vec::with_capacity(people.len());
    for person in people {
        let organisation = match person.organisation {
            Some(id) => store::organisation::by_id(look.tx, id)?.map(|organisation| organisation.name),
            None => None,
        };
        found.push((person, organisation));
    }
    Ok(found)
}

fn listed(
    visitor: &Visitor,
    asked: (&str, Option<&str>),
    customs: &[Custom],
    found: &[(Person, Option<String>)],
    next: Option<&str>,
) -> Markup {
    let locale = visitor.reader.locale;
    let alike =
        button::link(Weight::Quiet, Some(Icon::Person), t!(locale, "people-alike"), "/admin/people/alike");
    let add =
        button::link(Weight::Primary, Some(Icon::Plus), t!(locale, "admin-person-new"), "/admin/people/new");
    let columns = [
        words(t!(locale, "admin-name")),
        words(t!(locale, "admin-email")),
        words(t!(locale, "admin-organisation")),
        words(t!(locale, "admin-class")),
    ];
    let rows: Vec<Vec<Markup>> = found
        .iter()
        .map(|(person, organisation)| {
            vec![
                html! {
                    a href={ "/admin/people/" (person.id) } { (person.name) }
                    @if person.disabled_at.is_some() { " " (badge::badge(Tone::Quiet, Some(Icon::Lock), t!(locale, "admin-disabled"))) }
                },
                html! { (person.email.as_deref().unwrap_or("–")) },
                html! { (organisation.as_deref().unwrap_or("–")) },
                html! { (class_name(locale, person.class)) },
            ]
        })
        .collect();
    html! {
        (shell::head(t!(locale, "admin-people"), Some(&html! { (alike) (add) })))
        (search(locale, "/admin/people", asked, (t!(locale, "admin-people-find"), t!(locale, "admin-people-find-help")), customs))
        @if rows.is_empty() {
            (panel::panel(t!(locale, "admin-people"), None, &panel::empty(Icon::Person, t!(locale, "admin-nobody"), t!(locale, "admin-nobody-words"), None)))
        } @else {
            (table(t!(locale, "admin-people"), &columns, &rows))
        }
        (navigation::pages(locale, None, next))
    }
}

/// Which names a list page shows, from its address.
pub fn names(uri: &Uri, sought: &str) -> Names {
    let after = shell::query_value(uri, "after").zip(shell::query_value(uri, "id"));
    let after = after.and_then(|(name, id)| Some(Place { name, id: id.parse().ok()? }));
    Names { prefix: sought.trim().to_owned(), after, limit: A_PAGE + 1 }
}

/// The query of the page behind this row.
pub fn next_page(sought: &str, name: &str, id: i64) -> String {
    format!("?q={}&after={}&id={id}", urlencode(sought), urlencode(name))
}

async fn new(visitor: Visitor, came: Came) -> Markup {
    let zone = visitor.reader.zone.iana_name().unwrap_or("UTC").to_owned();
    let fields = Fields::default()
        .with("language", visitor.reader.locale.tag())
        .with("time_zone", zone)
        .with("from", visitor.reader.local(visitor.reader.now).date().to_string());
    new_page(&visitor, came, &fields, &Wrong::default())
}

async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(
        sent,
        &["name", "email", "phone", "language", "time_zone", "organisation", "relation", "from"],
    )?;
    let typed = fields.clone();
    let made = shell::make(&app, &visitor, &fields, move |act, by| {
        let input =
            input(&mut Look { tx: &mut *act.tx, now: act.now, catalogue: act.catalogue.clone() }, &typed)?;
        let ties = first_tie(&typed)?;
        desk::people::create(act, by, &input, &ties)
    });
    match made.await {
        Ok(id) => Ok(shell::done(&format!("/admin/people/{id}"), Done::Added)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            Ok(shell::answer(&wrong, new_page(&visitor, Came::default(), &fields, &wrong)))
        }
    }
}

fn new_page(visitor: &Visitor, came: Came, fields: &Fields, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let relations = relations(locale, true);
    let choices: Vec<Choice<'_>> = choices(&relations);
    let content = html! {
        (shell::head(t!(locale, "admin-person-new"), None))
        (shell::making(visitor, "/admin/people/new", wrong, t!(locale, "admin-add"), &html! {
            (details(locale, "", fields, wrong))
            (field::select(locale, &Field::new("relation", t!(locale, "admin-relation")).value(fields.text("relation"))
                .help(t!(locale, "admin-relation-help")).error(wrong.about("relation")), &choices))
            (field::input(locale, Kind::Date, &Field::new("from", t!(locale, "admin-from")).value(fields.text("from")).error(wrong.about("from"))))
        }))
    };
    shell::below(visitor, Part::People, t!(locale, "admin-person-new"), &came, &content)
}

/// The fields that say who somebody is.
pub fn details(locale: Locale, form: &str, fields: &Fields, wrong: &Wrong) -> Markup {
    let languages = Locale::ALL.map(|own| Choice { value: own.tag(), label: own.own_name(), help: None });
    let field = |name: &'static str, label| {
        Field::new(name, label).of(form).value(fields.text(name)).error(wrong.about(name))
    };
    html! {
        (field::input(locale, Kind::Text, &field("name", t!(locale, "admin-name")).required()))
        (field::input(locale, Kind::Email, &field("email", t!(locale, "admin-email")).help(t!(locale, "admin-email-help"))))
        (field::input(locale, Kind::Text, &field("phone", t!(locale, "admin-phone"))))
        (field::select(locale, &field("language", t!(locale, "admin-language")).required(), &languages))
        (field::input(locale, Kind::Text, &field("time_zone", t!(locale, "admin-time-zone")).required().help(t!(locale, "admin-time-zone-help"))))
        (field::input(locale, Kind::Text, &field("organisation", t!(locale, "admin-organisation")).help(t!(locale, "admin-organisation-help"))))
    }
}

/// What the details say, with the organisation found by its name.
pub fn input(look: &mut Look, fields: &Fields) -> Result<desk::people::Input, DeskError> {
    let organisation = match fields.some("organisation") {
        Some(name) => Some(organisation(look, &name)?),
        None => None,
    };
    Ok(desk::people::Input {
        name: fields.text("name").to_owned(),
        email: fields.some("email"),
        phone: fields.some("phone"),
        language: fields.text("language").to_owned(),
        time_zone: fields.text("time_zone").trim().to_owned(),
        organisation,
    })
}

/// The organisation of a name that was typed, or the beginning of one.
pub fn organisation(look: &mut Look, name: &str) -> Result<OrganisationId, DeskError> {
    if let Some(exact) = store::organisation::by_name(look.tx, name)? {
        return Ok(exact.id);
    }
    let near = store::organisation::page(look.tx, &Names::first(name, 4))?;
    match near.as_slice() {
        [only] => Ok(only.id),
        [] => Err(DeskError::invalid("organisation", Problem::NoOrganisationNamed { name: name.to_owned() })),
        several => {
            let names: Vec<&str> = several.iter().map(|organisation| organisation.name.as_str()).collect();
            Err(DeskError::invalid("organisation", Problem::WhichOrganisation { names: names.join(", ") }))
        }
    }
}

fn first_tie(fields: &Fields) -> Result<Vec<desk::people::Tie>, DeskError> {
    let Some(relation) = fields.some("relation") else { return Ok(Vec::new()) };
    Ok(vec![desk::people::Tie {
        relation: relation_of(&relation)?,
        class: None,
        from: fields.day("from")?.ok_or_else(|| DeskError::invalid("from", Problem::TieWithoutBegin))?,
        until: None,
    }])
}

pub fn relation_of(word: &str) -> Result<Relation, DeskError> {
    Relation::parse(word).ok_or_else(|| DeskError::invalid("relation", Problem::ChooseOne))
}

/// The relations as choices, with nothing first when it may stay open.
pub fn relations(locale: Locale, open: bool) -> Vec<(&'static str, &'static str)> {
    let none = open.then_some(("", t!(locale, "admin-no-tie")));
    none.into_iter()
        .chain(Relation::ALL.iter().map(|own| (own.as_str(), relation_name(locale, *own))))
        .collect()
}

pub fn choices<'a>(pairs: &'a [(&'a str, &'a str)]) -> Vec<Choice<'a>> {
    pairs.iter().map(|(value, label)| Choice { value, label, help: None }).collect()
}

pub fn class_name(locale: Locale, class: Class) -> &'static str {
    match class {
        Class::Internal => t!(locale, "admin-class-internal"),
        Class::Connected => t!(locale, "admin-class-connected"),
        Class::External => t!(locale, "admin-class-external"),
    }
}

pub fn relation_name(locale: Locale, relation: Relation) -> &'static str {
    match relation {
        Relation::Employee => t!(locale, "admin-relation-employee"),
        Relation::Supplier => t!(locale, "admin-relation-supplier"),
        Relation::Shareholder => t!(locale, "admin-relation-shareholder"),
        Relation::Partner => t!(locale, "admin-relation-partner"),
        Relation::Buyer => t!(locale, "admin-relation-buyer"),
        Relation::Regulator => t!(locale, "admin-relation-regulator"),
        Relation::Community => t!(locale, "admin-relation-community"),
        Relation::Owner => t!(locale, "admin-relation-owner"),
    }
}
