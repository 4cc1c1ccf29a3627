//! Two people who may be one: found by their names, shown beside each other, merged, and taken apart again.

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::people::merge;
use desk::{DeskError, Look, Problem};
use domain::id::PersonId;
use maud::{Markup, html};
use store::person::Person;

use super::Form;
use crate::app::App;
use crate::pages::admin::alike;
use crate::pages::admin::fields::{Fields, Sent, Wrong};
use crate::pages::admin::people::class_name;
use crate::pages::admin::shell::{self, Came, Done, Id, Part};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::table::{table, words};
use crate::ui::{field, panel};
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    let right = Right::Administrator;
    vec![
        Route::get("/admin/people/alike", right, get(alike)),
        Route::get("/admin/people/{person}/merge", right, get(compare)),
        Route::post("/admin/people/{person}/merge", right, post(run)),
        Route::post("/admin/people/{person}/merge/undo", right, post(undo)),
    ]
}

async fn alike(
    State(app): State<App>,
    visitor: Visitor,
    came: Came,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refused> {
    let after = shell::query_value(&uri, "after").unwrap_or_default();
    let find = move |look: &mut Look| {
        alike::find(look.tx, &after, store::person::shared_names, store::person::of_name)
    };
    let alike = app.desk.look(find).await?;
    let locale = visitor.reader.locale;
    let words = alike::Words {
        title: t!(locale, "people-alike"),
        about: t!(locale, "people-alike-words"),
        none: t!(locale, "people-alike-none-words"),
    };
    let of_name = |group: &[Person]| same_name(locale, group);
    Ok(alike::page(&visitor, Part::People, &came, words, &alike, of_name).into_response())
}

fn same_name(locale: Locale, group: &[Person]) -> Markup {
    let columns = [
        words(t!(locale, "admin-name")),
        words(t!(locale, "admin-email")),
        words(t!(locale, "admin-phone")),
        words(t!(locale, "admin-class")),
        words(t!(locale, "people-compare")),
    ];
    let oldest = &group[0];
    let rows: Vec<Vec<Markup>> = group
        .iter()
        .map(|person| {
            vec![
                html! { a href={ "/admin/people/" (person.id) } { (person.name) } },
                html! { (person.email.as_deref().unwrap_or("–")) },
                html! { (person.phone.as_deref().unwrap_or("–")) },
                html! { (class_name(locale, person.class)) },
                alike::with_oldest(locale, Part::People, &person.id, &oldest.id),
            ]
        })
        .collect();
    table(&oldest.name, &columns, &rows)
}

struct Both {
    from: Person,
    into: Option<Person>,
}

async fn compare(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refused> {
    let into = shell::query_value(&uri, "into").unwrap_or_default();
    let typed = into.clone();
    let (both, problem) = app.desk.look(move |look| both(look, PersonId(id), &typed)).await?;
    let wrong = alike::wrong(&visitor.reader, problem)?;
    Ok(shell::answer(&wrong, page(&visitor, &both, &into, &wrong)))
}

/// Both, and why they cannot be made one, if so. The other one is named by an address, or by their id in a link of ours.
fn both(look: &mut Look, from: PersonId, into: &str) -> Result<(Both, Option<Problem>), DeskError> {
    let from = store::person::by_id(look.tx, from)?.ok_or(DeskError::NotFound)?;
    let into = into.trim().to_lowercase();
    let other = match into.parse::<i64>() {
        Ok(id) => store::person::by_id(look.tx, PersonId(id))?,
        Err(_) => store::person::by_email(look.tx, &into)?,
    };
    let problem = match &other {
        None if into.is_empty() => None,
        None => Some(Problem::PersonUnknown),
        Some(other) => merge::refusal(look.tx, &from, other)?,
    };
    Ok((Both { from, into: other }, problem))
}

fn page(visitor: &Visitor, both: &Both, typed: &str, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let here = alike::merging(Part::People, &both.from.id);
    let (label, help) = (t!(locale, "people-merge-into"), t!(locale, "people-merge-into-help"));
    let content = html! {
        (shell::head(&t!(locale, "people-merge-title", name = both.from.name.as_str()), None))
        (panel::panel(t!(locale, "people-merge-whom"), None, &alike::ask(locale, &here, label, help, typed, wrong)))
        @if let Some(into) = &both.into {
            (panel::panel(t!(locale, "people-compare"), None, &html! {
                (beside_each_other(visitor, &both.from, into))
                @if *wrong == Wrong::default() { (confirmation(visitor, &here, &both.from, into)) }
            }))
        }
    };
    shell::below(visitor, Part::People, &both.from.name, &Came::default(), &content)
}

fn beside_each_other(visitor: &Visitor, from: &Person, into: &Person) -> Markup {
    let locale = visitor.reader.locale;
    let columns = [words(t!(locale, "people-what")), words(&from.name), words(&into.name)];
    let or_none = |text: &Option<String>| html! { (text.as_deref().unwrap_or("–")) };
    let since = |person: &Person| html! { (crate::format::date(&visitor.reader, person.created_at)) };
    let class = |person: &Person| html! { (class_name(locale, person.class)) };
    let row = |label: &str, from: Markup, into: Markup| vec![html! { (label) }, from, into];
    let rows = vec![
        row(t!(locale, "admin-email"), or_none(&from.email), or_none(&into.email)),
        row(t!(locale, "admin-phone"), or_none(&from.phone), or_none(&into.phone)),
        row(t!(locale, "admin-class"), class(from), class(into)),
        row(t!(locale, "people-since"), since(from), since(into)),
    ];
    table(t!(locale, "people-compare"), &columns, &rows)
}

fn confirmation(visitor: &Visitor, here: &str, from: &Person, into: &Person) -> Markup {
    let locale = visitor.reader.locale;
    let (from, name) = (from.name.as_str(), into.name.as_str());
    let does = [
        &*t!(locale, "people-merge-shows", from = from, into = name),
        &*t!(locale, "people-merge-address", from = from, into = name),
        &*t!(locale, "people-merge-signs-in", from = from),
    ];
    alike::confirmation(visitor, here, (into.id, name), &does)
}

async fn run(State(app): State<App>, visitor: Visitor, Id(id): Id, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &["into"])?;
    let typed = fields.clone();
    let merged = shell::make(&app, &visitor, &fields, move |act, by| {
        merge::run(act, by, PersonId(id), PersonId(typed.needed_id("into")?))
    });
    match merged.await {
        Ok(()) => Ok(shell::done(&format!("/admin/people/{id}"), Done::Saved)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let into = fields.text("into").to_owned();
            let asked = into.clone();
            let (both, _) = app.desk.look(move |look| both(look, PersonId(id), &asked)).await?;
            Ok(shell::answer(&wrong, page(&visitor, &both, &into, &wrong)))
        }
    }
}

async fn undo(State(app): State<App>, visitor: Visitor, Id(id): Id, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &[])?;
    super::follow(&app, &visitor, id, Form::Merge, fields, Done::Saved, |act, by, id, _| {
        merge::undo(act, by, id)
    })
    .await
}

/// On the page of a person: who they turned out to be, or the way to say so.
pub(super) fn section(visitor: &Visitor, person: &Person, into: Option<&str>, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let merged = person.merged_into.zip(into);
    html! {
        (field::error_summary(locale, &wrong.listed()))
        (alike::section(visitor, Part::People, &person.id, merged, t!(locale, "people-merge-words")))
    }
}
