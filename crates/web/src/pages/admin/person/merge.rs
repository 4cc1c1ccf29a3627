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
use crate::guard::urlencode;
use crate::pages::admin::fields::{Fields, Sent, Wrong};
use crate::pages::admin::people::class_name;
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

/// Names on a page of people who may be one, and people of a name that are compared.
const NAMES: u16 = 25;
const PEOPLE: u16 = 10;

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
    let (groups, next) = app.desk.look(move |look| same_names(look, &after)).await?;
    let locale = visitor.reader.locale;
    let columns = [
        words(t!(locale, "admin-name")),
        words(t!(locale, "admin-email")),
        words(t!(locale, "admin-phone")),
        words(t!(locale, "admin-class")),
        words(t!(locale, "people-compare")),
    ];
    let next = next.map(|name| format!("?after={}", urlencode(&name)));
    let content = html! {
        (shell::head(t!(locale, "people-alike"), None))
        p.muted { (t!(locale, "people-alike-words")) }
        @if groups.is_empty() {
            (panel::panel(t!(locale, "people-alike"), None, &panel::empty(Icon::Check, t!(locale, "people-alike-none"), t!(locale, "people-alike-none-words"), None)))
        }
        @for group in &groups { (table(&group[0].name, &columns, &same_name(&visitor, group))) }
        (navigation::pages(locale, None, next.as_deref()))
    };
    Ok(shell::part(&visitor, Part::People, &came, &content).into_response())
}

/// People with the same name, name by name, and the name after which the next page begins.
fn same_names(look: &mut Look, after: &str) -> Result<(Vec<Vec<Person>>, Option<String>), DeskError> {
    let mut names = store::person::shared_names(look.tx, after, NAMES + 1)?;
    let more = names.len() > usize::from(NAMES);
    names.truncate(usize::from(NAMES));
    let mut groups = Vec::with_capacity(names.len());
    for name in &names {
        let people = store::person::of_name(look.tx, name, PEOPLE)?;
        if people.len() > 1 {
            groups.push(people);
        }
    }
    Ok((groups, names.pop().filter(|_| more)))
}

fn same_name(visitor: &Visitor, group: &[Person]) -> Vec<Vec<Markup>> {
    let locale = visitor.reader.locale;
    let oldest = &group[0];
    group
        .iter()
        .map(|person| {
            vec![
                html! { a href={ "/admin/people/" (person.id) } { (person.name) } },
                html! { (person.email.as_deref().unwrap_or("–")) },
                html! { (person.phone.as_deref().unwrap_or("–")) },
                html! { (class_name(locale, person.class)) },
                html! {
                    @if person.id == oldest.id { span.muted { (t!(locale, "people-oldest")) } }
                    @else {
                        a href={ "/admin/people/" (person.id) "/merge?into=" (oldest.id) } { (t!(locale, "people-compare-with-oldest")) }
                    }
                },
            ]
        })
        .collect()
}

/// Both, and why they cannot be made one, if so.
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
    let (both, wrong) = app.desk.look(move |look| both(look, PersonId(id), &typed)).await?;
    let wrong = match wrong {
        Some(problem) => Wrong::of(&visitor.reader, DeskError::invalid("into", problem))?,
        None => Wrong::default(),
    };
    Ok(shell::answer(&wrong, page(&visitor, &both, &into, &wrong)))
}

/// The other one is named by an address, or by their id in a link of ours.
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
    let here = format!("/admin/people/{}/merge", both.from.id);
    let choose = html! {
        form.form-line action=(here) {
            (field::input(locale, Kind::Text, &Field::new("into", t!(locale, "people-merge-into"))
                .value(typed).help(t!(locale, "people-merge-into-help")).error(wrong.about("into")).required()))
            (button::submit(Weight::Secondary, Some(Icon::Search), t!(locale, "people-compare")))
        }
    };
    let content = html! {
        (shell::head(&t!(locale, "people-merge-title", name = both.from.name.as_str()), None))
        (panel::panel(t!(locale, "people-merge-whom"), None, &choose))
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
    html! {
        ul {
            li { (t!(locale, "people-merge-shows", from = from.name.as_str(), into = into.name.as_str())) }
            li { (t!(locale, "people-merge-address", from = from.name.as_str(), into = into.name.as_str())) }
            li { (t!(locale, "people-merge-signs-in", from = from.name.as_str())) }
            li { (t!(locale, "people-merge-undo")) }
        }
        form method="post" action=(here) {
            (field::token(&visitor.csrf))
            input type="hidden" name="into" value=(into.id);
            (button::submit(Weight::Primary, Some(Icon::Check), &t!(locale, "people-merge", into = into.name.as_str())))
        }
    }
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
    let here = format!("/admin/people/{}/merge", person.id);
    html! {
        (field::error_summary(locale, &wrong.listed()))
        @if let Some((id, name)) = person.merged_into.zip(into) {
            p { (t!(locale, "people-merged-into")) " " a href={ "/admin/people/" (id) } { (name) } }
            (button::post(Weight::Secondary, None, t!(locale, "people-take-apart"), &format!("{here}/undo"), &visitor.csrf))
        } @else {
            p.muted { (t!(locale, "people-merge-words")) }
            a.button href=(here) { (t!(locale, "people-merge-choose")) }
        }
    }
}
