//! The running tickets that would count otherwise in the hours that hold now: seen first, then renewed.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::renew::{self, Change, List};
use domain::id::CalendarId;
use jiff::Timestamp;
use maud::{Markup, html};
use store::catalogue::Catalogue;

use super::known;
use crate::app::App;
use crate::format::{self, Reader};
use crate::pages::admin::fields::{Fields, Sent, Wrong};
use crate::pages::admin::shell::{self, Came, Done, Id, Part};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field;
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::table::{table, words};
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/calendars/{calendar}/running", Right::Administrator, get(list)),
        Route::post("/admin/calendars/{calendar}/running", Right::Administrator, post(run)),
    ]
}

async fn list(State(app): State<App>, visitor: Visitor, came: Came, Id(id): Id) -> Result<Response, Refused> {
    show(&app, &visitor, came, id, &Wrong::default()).await
}

async fn run(State(app): State<App>, visitor: Visitor, Id(id): Id, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &["mark"])?;
    let mark = fields.text("mark").to_owned();
    let verb = move |act: &mut desk::Act, by: &domain::permission::Viewer| {
        renew::run(act, by, CalendarId(id), &mark)
    };
    match shell::make(&app, &visitor, &fields, verb).await {
        Ok(_) => Ok(shell::done(&format!("/admin/calendars/{id}/running"), Done::Saved)),
        Err(error) => show(&app, &visitor, Came::default(), id, &Wrong::of(&visitor.reader, error)?).await,
    }
}

async fn show(app: &App, visitor: &Visitor, came: Came, id: i64, wrong: &Wrong) -> Result<Response, Refused> {
    let named = known(app, id).await?;
    let viewer = Arc::clone(&visitor.viewer);
    let (list, catalogue) = app
        .desk
        .study(move |look| {
            Ok((renew::of_calendar(look, &viewer, CalendarId(id))?, Arc::clone(&look.catalogue)))
        })
        .await?;
    let locale = visitor.reader.locale;
    let title = t!(locale, "admin-running", name = named.name.as_str());
    let content = html! {
        (shell::head(&title, None))
        (field::error_summary(locale, &wrong.listed()))
        (view(visitor, &catalogue, id, &list))
        p { a href={ "/admin/calendars/" (id) } { (named.name) } }
    };
    let page = shell::below(visitor, Part::Calendars, &title, &came, &content);
    Ok(shell::answer(wrong, page).into_response())
}

fn view(visitor: &Visitor, catalogue: &Catalogue, id: i64, list: &List) -> Markup {
    let locale = visitor.reader.locale;
    let count = list.tickets.len() + list.hidden;
    if count == 0 {
        return panel::empty(
            Icon::Check,
            t!(locale, "admin-running-none"),
            t!(locale, "admin-running-none-words"),
            None,
        );
    }
    let title = t!(locale, "admin-running-title");
    let columns = [
        words(t!(locale, "queue-number")),
        words(t!(locale, "beside-unit")),
        words(t!(locale, "admin-running-due")),
        words(t!(locale, "admin-running-then")),
    ];
    let rows: Vec<Vec<Markup>> =
        list.tickets.iter().map(|change| row(&visitor.reader, catalogue, change)).collect();
    html! {
        p { (t!(locale, "admin-running-words")) }
        (table(title, &columns, &rows))
        @if list.hidden > 0 { p.muted { (t!(locale, "admin-running-hidden", count = list.hidden)) } }
        @if list.more { p.muted { (t!(locale, "admin-running-more")) } }
        form.form method="post" action={ "/admin/calendars/" (id) "/running" } {
            (field::token_once(&visitor.csrf))
            input type="hidden" name="mark" value=(list.mark);
            div { (button::submit(Weight::Primary, Some(Icon::Calendar), &t!(locale, "admin-running-do", count = count))) }
        }
    }
}

fn row(reader: &Reader, catalogue: &Catalogue, change: &Change) -> Vec<Markup> {
    let due = |at: Option<Timestamp>| match at {
        Some(at) => html! { (format::absolute(reader, at)) },
        None => html! { "–" },
    };
    vec![
        html! { a href={ "/tickets/" (change.number) } { "#" (change.number) } },
        html! { (catalogue.unit_name(change.unit)) },
        due(change.due),
        due(change.then),
    ]
}
