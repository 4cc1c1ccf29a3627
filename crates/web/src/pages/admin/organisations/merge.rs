//! Two organisations that may be one: found by their names, shown beside each other, merged, and taken apart again.

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::organisations::merge;
use desk::{DeskError, Look};
use domain::id::OrganisationId;
use maud::{Markup, html};
use store::organisation::Organisation;

use crate::app::App;
use crate::guard::urlencode;
use crate::pages::admin::fields::{Fields, Sent, Wrong};
use crate::pages::admin::people;
use crate::pages::admin::shell::{self, Came, Done, Id, Part};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::table::{table, words};
use crate::ui::{navigation, panel};
use crate::visitor::Visitor;

/// Names on a page of organisations that may be one, and organisations of a name that are compared.
const NAMES: u16 = 25;
const OF_A_NAME: u16 = 10;

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
    let (groups, next) = app.desk.look(move |look| same_names(look, &after)).await?;
    let locale = visitor.reader.locale;
    let columns = [
        words(t!(locale, "admin-name")),
        words(t!(locale, "people-since")),
        words(t!(locale, "people-compare")),
    ];
    let next = next.map(|name| format!("?after={}", urlencode(&name)));
    let content = html! {
        (shell::head(t!(locale, "organisations-alike"), None))
        p.muted { (t!(locale, "organisations-alike-words")) }
        @if groups.is_empty() {
            (panel::panel(t!(locale, "organisations-alike"), None, &panel::empty(Icon::Check, t!(locale, "people-alike-none"), t!(locale, "organisations-alike-none-words"), None)))
        }
        @for group in &groups { (table(&group[0].name, &columns, &same_name(&visitor, group))) }
        (navigation::pages(locale, None, next.as_deref()))
    };
    Ok(shell::part(&visitor, Part::Organisations, &came, &content).into_response())
}

fn same_names(look: &mut Look, after: &str) -> Result<(Vec<Vec<Organisation>>, Option<String>), DeskError> {
    let mut names = store::organisation::shared_names(look.tx, after, NAMES + 1)?;
    let more = names.len() > usize::from(NAMES);
    names.truncate(usize::from(NAMES));
    let mut groups = Vec::with_capacity(names.len());
    for name in &names {
        let organisations = store::organisation::of_name(look.tx, name, OF_A_NAME)?;
        if organisations.len() > 1 {
            groups.push(organisations);
        }
    }
    Ok((groups, names.pop().filter(|_| more)))
}

fn same_name(visitor: &Visitor, group: &[Organisation]) -> Vec<Vec<Markup>> {
    let locale = visitor.reader.locale;
    let oldest = &group[0];
    group
        .iter()
        .map(|one| {
            vec![
                html! { a href={ "/admin/organisations/" (one.id) } { (one.name) } },
                html! { (crate::format::date(&visitor.reader, one.created_at)) },
                html! {
                    @if one.id == oldest.id { span.muted { (t!(locale, "people-oldest")) } }
                    @else {
                        a href={ "/admin/organisations/" (one.id) "/merge?into=" (oldest.id) } { (t!(locale, "people-compare-with-oldest")) }
                    }
                },
            ]
        })
        .collect()
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
    let (both, error) = app.desk.look(move |look| both(look, OrganisationId(id), &typed)).await?;
    let wrong = match error {
        Some(error) => Wrong::of(&visitor.reader, error)?,
        None => Wrong::default(),
    };
    Ok(shell::answer(&wrong, page(&visitor, &both, &into, &wrong)))
}

/// The other one is named by what it is called, or by its id in a link of ours.
fn both(look: &mut Look, from: OrganisationId, into: &str) -> Result<(Both, Option<DeskError>), DeskError> {
    let from = store::organisation::by_id(look.tx, from)?.ok_or(DeskError::NotFound)?;
    let people = store::organisation::people(look.tx, from.id)?.len();
    let into = into.trim();
    let (other, error) = match into.parse::<i64>() {
        Ok(id) => (store::organisation::by_id(look.tx, OrganisationId(id))?, None),
        Err(_) if into.is_empty() => (None, None),
        Err(_) => match people::organisation(look, into) {
            Ok(id) => (store::organisation::by_id(look.tx, id)?, None),
            Err(DeskError::Invalid { problem, .. }) => (None, Some(DeskError::invalid("into", problem))),
            Err(error) => return Err(error),
        },
    };
    let refusal = match &other {
        Some(other) => merge::refusal(look.tx, &from, other)?,
        None => None,
    };
    let error = error.or(refusal.map(|problem| DeskError::invalid("into", problem)));
    Ok((Both { from, into: other, people }, error))
}

fn page(visitor: &Visitor, both: &Both, typed: &str, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let here = format!("/admin/organisations/{}/merge", both.from.id);
    let choose = html! {
        form.form-line action=(here) {
            (field::input(locale, Kind::Text, &Field::new("into", t!(locale, "organisations-merge-into"))
                .value(typed).help(t!(locale, "organisations-merge-into-help")).error(wrong.about("into")).required()))
            (button::submit(Weight::Secondary, Some(Icon::Search), t!(locale, "people-compare")))
        }
    };
    let content = html! {
        (shell::head(&t!(locale, "people-merge-title", name = both.from.name.as_str()), None))
        (panel::panel(t!(locale, "organisations-merge-which"), None, &choose))
        @if let Some(into) = both.into.as_ref().filter(|_| *wrong == Wrong::default()) {
            (panel::panel(t!(locale, "organisations-merge-what"), None, &confirmation(visitor, &here, both, into)))
        }
    };
    shell::below(visitor, Part::Organisations, &both.from.name, &Came::default(), &content)
}

fn confirmation(visitor: &Visitor, here: &str, both: &Both, into: &Organisation) -> Markup {
    let locale = visitor.reader.locale;
    let (from, into_name) = (both.from.name.as_str(), into.name.as_str());
    html! {
        ul {
            li { (t!(locale, "organisations-merge-people", count = both.people, into = into_name)) }
            li { (t!(locale, "organisations-merge-tickets", from = from, into = into_name)) }
            li { (t!(locale, "organisations-merge-shares")) }
            li { (t!(locale, "people-merge-undo")) }
        }
        form method="post" action=(here) {
            (field::token(&visitor.csrf))
            input type="hidden" name="into" value=(into.id);
            (button::submit(Weight::Primary, Some(Icon::Check), &t!(locale, "people-merge", into = into_name)))
        }
    }
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
    let locale = visitor.reader.locale;
    let here = format!("/admin/organisations/{}/merge", organisation.id);
    html! {
        @if let Some((id, name)) = organisation.merged_into.zip(into) {
            p { (t!(locale, "people-merged-into")) " " a href={ "/admin/organisations/" (id) } { (name) } }
            (button::post(Weight::Secondary, None, t!(locale, "people-take-apart"), &format!("{here}/undo"), &visitor.csrf))
        } @else {
            p.muted { (t!(locale, "organisations-merge-words")) }
            a.button href=(here) { (t!(locale, "people-merge-choose")) }
        }
    }
}
