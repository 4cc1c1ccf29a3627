//! Two organisations that may be one: found by their names, shown beside each other, merged, and taken apart again.

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::organisations::merge;
use desk::{DeskError, Look, Problem};
use domain::id::OrganisationId;
use maud::{Markup, html};
use store::organisation::Organisation;

use crate::app::App;
use crate::pages::admin::alike;
use crate::pages::admin::fields::{Fields, Sent, Wrong};
use crate::pages::admin::people;
use crate::pages::admin::shell::{self, Came, Done, Id, Part};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::panel;
use crate::ui::table::{table, words};
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    let right = Right::Administrator;
    vec![
        Route::get("/admin/organisations/alike", right, get(alike)),
        Route::get("/admin/organisations/{organisation}/merge", right, get(compare)),
        Route::post("/admin/organisations/{organisation}/merge", right, post(run)),
        Route::post("/admin/organisations/{organisation}/merge/undo", right, post(undo)),
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
        alike::find(look.tx, &after, store::organisation::shared_names, store::organisation::of_name)
    };
    let alike = app.desk.look(find).await?;
    let locale = visitor.reader.locale;
    let words = alike::Words {
        title: t!(locale, "organisations-alike"),
        about: t!(locale, "organisations-alike-words"),
        none: t!(locale, "organisations-alike-none-words"),
    };
    let of_name = |group: &[Organisation]| same_name(&visitor, group);
    Ok(alike::page(&visitor, Part::Organisations, &came, words, &alike, of_name).into_response())
}

fn same_name(visitor: &Visitor, group: &[Organisation]) -> Markup {
    let locale = visitor.reader.locale;
    let columns = [
        words(t!(locale, "admin-name")),
        words(t!(locale, "people-since")),
        words(t!(locale, "people-compare")),
    ];
    let oldest = &group[0];
    let rows: Vec<Vec<Markup>> = group
        .iter()
        .map(|one| {
            vec![
                html! { a href={ "/admin/organisations/" (one.id) } { (one.name) } },
                html! { (crate::format::date(&visitor.reader, one.created_at)) },
                alike::with_oldest(locale, Part::Organisations, &one.id, &oldest.id),
            ]
        })
        .collect();
    table(&oldest.name, &columns, &rows)
}

struct Both {
    from: Organisation,
    into: Option<Organisation>,
    /// Who would go over.
    people: usize,
}

async fn compare(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refused> {
    let into = shell::query_value(&uri, "into").unwrap_or_default();
    let typed = into.clone();
    let (both, problem) = app.desk.look(move |look| both(look, OrganisationId(id), &typed)).await?;
    let wrong = alike::wrong(&visitor.reader, problem)?;
    Ok(shell::answer(&wrong, page(&visitor, &both, &into, &wrong)))
}

/// Both, and why they cannot be made one, if so. The other one is named by what it is called, or by its id in a link of
/// ours.
fn both(look: &mut Look, from: OrganisationId, into: &str) -> Result<(Both, Option<Problem>), DeskError> {
    let from = store::organisation::by_id(look.tx, from)?.ok_or(DeskError::NotFound)?;
    let people = store::organisation::people(look.tx, from.id)?.len();
    let into = into.trim();
    let (other, unknown) = match into.parse::<i64>() {
        Ok(id) => (store::organisation::by_id(look.tx, OrganisationId(id))?, None),
        Err(_) if into.is_empty() => (None, None),
        Err(_) => match people::organisation(look, into) {
            Ok(id) => (store::organisation::by_id(look.tx, id)?, None),
            Err(DeskError::Invalid { problem, .. }) => (None, Some(problem)),
            Err(error) => return Err(error),
        },
    };
    let problem = match &other {
        Some(other) => merge::refusal(look.tx, &from, other)?,
        None => unknown,
    };
    Ok((Both { from, into: other, people }, problem))
}

fn page(visitor: &Visitor, both: &Both, typed: &str, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let here = alike::merging(Part::Organisations, &both.from.id);
    let (label, help) = (t!(locale, "organisations-merge-into"), t!(locale, "organisations-merge-into-help"));
    let content = html! {
        (shell::head(&t!(locale, "people-merge-title", name = both.from.name.as_str()), None))
        (panel::panel(t!(locale, "organisations-merge-which"), None, &alike::ask(locale, &here, label, help, typed, wrong)))
        @if let Some(into) = both.into.as_ref().filter(|_| *wrong == Wrong::default()) {
            (panel::panel(t!(locale, "organisations-merge-what"), None, &confirmation(visitor, &here, both, into)))
        }
    };
    shell::below(visitor, Part::Organisations, &both.from.name, &Came::default(), &content)
}

fn confirmation(visitor: &Visitor, here: &str, both: &Both, into: &Organisation) -> Markup {
    let locale = visitor.reader.locale;
    let (from, name) = (both.from.name.as_str(), into.name.as_str());
    let does = [
        &*t!(locale, "organisations-merge-people", count = both.people, into = name),
        &*t!(locale, "organisations-merge-tickets", from = from, into = name),
        t!(locale, "organisations-merge-shares"),
    ];
    alike::confirmation(visitor, here, (into.id, name), &does)
}

async fn run(State(app): State<App>, visitor: Visitor, Id(id): Id, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &["into"])?;
    let typed = fields.clone();
    let merged = shell::make(&app, &visitor, &fields, move |act, by| {
        let into = OrganisationId(typed.needed_id("into")?);
        merge::run(act, by, OrganisationId(id), into).map(|_| ())
    });
    match merged.await {
        Ok(()) => Ok(shell::done(&format!("/admin/organisations/{id}"), Done::Saved)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let into = fields.text("into").to_owned();
            let asked = into.clone();
            let (both, _) = app.desk.look(move |look| both(look, OrganisationId(id), &asked)).await?;
            Ok(shell::answer(&wrong, page(&visitor, &both, &into, &wrong)))
        }
    }
}

async fn undo(State(app): State<App>, visitor: Visitor, Id(id): Id, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &[])?;
    let undone = shell::make(&app, &visitor, &fields, move |act, by| {
        merge::undo(act, by, OrganisationId(id)).map(|_| ())
    });
    match undone.await {
        // Pressed twice: it is as it should be.
        Ok(()) | Err(DeskError::Invalid { .. }) => {
            Ok(shell::done(&format!("/admin/organisations/{id}"), Done::Saved))
        }
        Err(error) => Err(error.into()),
    }
}

/// On the page of an organisation: which one it turned out to be, or the way to say so.
pub(super) fn section(visitor: &Visitor, organisation: &Organisation, into: Option<&str>) -> Markup {
    let words = t!(visitor.reader.locale, "organisations-merge-words");
    let merged = organisation.merged_into.zip(into);
    alike::section(visitor, Part::Organisations, &organisation.id, merged, words)
}
