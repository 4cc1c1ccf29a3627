//! Statuses of one's own: their list in its order, making one, calling one otherwise, and offering it no more.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::DeskError;
use desk::status::{self, Input};
use domain::id::StatusId;
use domain::place::Step;
use domain::status::{Category, Status};
use domain::ticket;
use maud::{Markup, html};
use store::catalogue::Catalogue;

use super::fields::{Fields, Sent, Wrong};
use super::shell::{self, Came, Done, Id, Part};
use crate::app::App;
use crate::pages::shown;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::table::{table, words};
use crate::visitor::Visitor;

const NAMES: &[&str] = &["name", "kind", "category", "outside", "retired"];

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/statuses", Right::Administrator, get(list)),
        Route::get("/admin/statuses/new", Right::Administrator, get(new)),
        Route::post("/admin/statuses/new", Right::Administrator, post(create)),
        Route::get("/admin/statuses/{status}", Right::Administrator, get(open)),
        Route::post("/admin/statuses/{status}", Right::Administrator, post(change)),
        Route::post("/admin/statuses/{status}/place", Right::Administrator, post(place)),
    ]
}

async fn list(State(app): State<App>, visitor: Visitor, came: Came) -> Result<Response, Refused> {
    let locale = visitor.reader.locale;
    let catalogue = catalogue(&app).await?;
    let add =
        button::link(Weight::Primary, Some(Icon::Plus), t!(locale, "status-new"), "/admin/statuses/new");
    let columns = [
        words(t!(locale, "status-name")),
        words(t!(locale, "status-kind")),
        words(t!(locale, "status-category")),
        words(t!(locale, "status-outside")),
        words(t!(locale, "status-place")),
    ];
    let rows: Vec<Vec<Markup>> = catalogue.statuses.iter().map(|status| row(&visitor, status)).collect();
    let content = html! {
        (shell::head(t!(locale, "statuses"), Some(&add)))
        p.muted { (t!(locale, "status-words")) }
        @if rows.is_empty() {
            (panel::panel(t!(locale, "statuses"), None, &panel::empty(Icon::Note, t!(locale, "status-none-anywhere"), t!(locale, "status-none-words"), None)))
        } @else {
            (table(t!(locale, "statuses"), &columns, &rows))
        }
    };
    Ok(shell::part(&visitor, Part::Statuses, &came, &content).into_response())
}

fn row(visitor: &Visitor, status: &Status) -> Vec<Markup> {
    let locale = visitor.reader.locale;
    let address = format!("/admin/statuses/{}", status.id);
    vec![
        html! {
            a href=(address) { (status.name) }
            @if status.retired { " " span.muted { "(" (t!(locale, "status-retired-short")) ")" } }
        },
        html! { (kind(locale, status.kind)) },
        html! { (shown::category(locale, status.category)) },
        html! { (status.outside.as_deref().unwrap_or("–")) },
        html! {
            form.inline method="post" action={ (address) "/place" } {
                (field::token(&visitor.csrf))
                button.button.button-quiet name="step" value="up" aria-label=(t!(locale, "status-up", name = status.name.as_str())) { "↑" }
                button.button.button-quiet name="step" value="down" aria-label=(t!(locale, "status-down", name = status.name.as_str())) { "↓" }
            }
        },
    ]
}

async fn new(visitor: Visitor) -> Result<Markup, Refused> {
    let blank = Fields::default().with("category", Category::Open.as_str());
    Ok(page(&visitor, None, &Came::default(), &blank, &Wrong::default()))
}

async fn create(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, NAMES)?;
    let made = match input(&fields) {
        Ok(input) => {
            shell::make(&app, &visitor, &fields, move |act, by| status::define(act, by, &input)).await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(_) => Ok(shell::done("/admin/statuses", Done::Added)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            Ok(shell::answer(&wrong, page(&visitor, None, &Came::default(), &fields, &wrong)))
        }
    }
}

async fn open(State(app): State<App>, visitor: Visitor, came: Came, Id(id): Id) -> Result<Response, Refused> {
    let catalogue = catalogue(&app).await?;
    let status = known(&catalogue, id)?;
    let fields = Fields::default()
        .with("name", status.name.as_str())
        .with("outside", status.outside.as_deref().unwrap_or_default())
        .ticked_when("retired", status.retired);
    Ok(page(&visitor, Some(status), &came, &fields, &Wrong::default()).into_response())
}

async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, NAMES)?;
    let (name, outside) = (fields.text("name").to_owned(), fields.text("outside").to_owned());
    let retired = fields.ticked("retired");
    let verb = move |act: &mut desk::Act, by: &domain::permission::Viewer| {
        status::rename(act, by, StatusId(id), &name, &outside)?;
        status::retire(act, by, StatusId(id), retired)
    };
    match shell::act(&app, &visitor, verb).await {
        Ok(()) => Ok(shell::done(&format!("/admin/statuses/{id}"), Done::Saved)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let catalogue = catalogue(&app).await?;
            let status = known(&catalogue, id)?;
            Ok(shell::answer(&wrong, page(&visitor, Some(status), &Came::default(), &fields, &wrong)))
        }
    }
}

async fn place(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &["step"])?;
    let step = if fields.has("step", "up") { Step::Up } else { Step::Down };
    shell::act(&app, &visitor, move |act, by| status::reorder(act, by, StatusId(id), step)).await?;
    Ok(shell::done("/admin/statuses", Done::Saved))
}

async fn catalogue(app: &App) -> Result<Arc<Catalogue>, Refused> {
    Ok(app.desk.look(|look| Ok(Arc::clone(&look.catalogue))).await?)
}

fn known(catalogue: &Catalogue, id: i64) -> Result<&Status, Refused> {
    catalogue.status(StatusId(id)).ok_or_else(|| DeskError::NotFound.into())
}

fn input(fields: &Fields) -> Result<Input, DeskError> {
    let choose = |field| DeskError::invalid(field, desk::Problem::ChooseOne);
    let kind = match fields.text("kind") {
        "" => None,
        word => Some(ticket::Kind::parse(word).ok_or_else(|| choose("kind"))?),
    };
    Ok(Input {
        name: fields.text("name").to_owned(),
        kind,
        category: Category::parse(fields.text("category")).ok_or_else(|| choose("category"))?,
        outside: fields.text("outside").to_owned(),
    })
}

fn page(visitor: &Visitor, status: Option<&Status>, came: &Came, fields: &Fields, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let form = form(locale, status, fields, wrong);
    let (title, content) = match status {
        None => {
            let title = t!(locale, "status-new");
            (title, shell::making(visitor, "/admin/statuses/new", wrong, t!(locale, "admin-add"), &form))
        }
        Some(status) => {
            let action = format!("/admin/statuses/{}", status.id);
            (status.name.as_str(), shell::form(visitor, &action, wrong, t!(locale, "admin-save"), &form))
        }
    };
    let content = html! { (shell::head(title, None)) (content) };
    shell::below(visitor, Part::Statuses, title, came, &content)
}

fn form(locale: Locale, status: Option<&Status>, fields: &Fields, wrong: &Wrong) -> Markup {
    let text = |name: &'static str, label: &'static str| {
        Field::new(name, label).value(fields.text(name)).error(wrong.about(name))
    };
    html! {
        (field::input(locale, Kind::Text, &text("name", t!(locale, "status-name")).required()))
        @match status {
            None => {
                (field::select(locale, &text("kind", t!(locale, "status-kind")), &kinds(locale)))
                (field::radios(&text("category", t!(locale, "status-category")).required(), &categories(locale)))
            }
            Some(status) => p.muted { (kind(locale, status.kind)) " · " (shown::category(locale, status.category)) },
        }
        (field::input(locale, Kind::Text, &text("outside", t!(locale, "status-outside")).help(t!(locale, "status-outside-help"))))
        @if status.is_some() {
            (field::checkbox(&Field::new("retired", t!(locale, "status-retired")).value(if fields.ticked("retired") { "yes" } else { "" }).help(t!(locale, "status-retired-help"))))
        }
    }
}

fn kinds(locale: Locale) -> Vec<Choice<'static>> {
    let every = Choice { value: "", label: t!(locale, "status-kind-every"), help: None };
    let each = ticket::Kind::ALL.iter();
    let each =
        each.map(|kind| Choice { value: kind.as_str(), label: shown::kind(locale, *kind), help: None });
    std::iter::once(every).chain(each).collect()
}

fn categories(locale: Locale) -> Vec<Choice<'static>> {
    let help = |category| match category {
        Category::Open => t!(locale, "status-open-help"),
        Category::Requester => t!(locale, "status-requester-help"),
        Category::Others => t!(locale, "status-others-help"),
        Category::Solved => t!(locale, "status-solved-help"),
    };
    let choice = |category: &Category| Choice {
        value: category.as_str(),
        label: shown::category(locale, *category),
        help: Some(help(*category)),
    };
    Category::ALL.iter().map(choice).collect()
}

fn kind(locale: Locale, kind: Option<ticket::Kind>) -> &'static str {
    kind.map_or(t!(locale, "status-kind-every"), |kind| shown::kind(locale, kind))
}
