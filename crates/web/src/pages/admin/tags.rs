//! Tags: the list of those in use, and calling one otherwise or merging it with another.

use std::sync::Arc;

use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::tag::{self, Taken};
use domain::id::TagId;
use maud::{Markup, html};
use store::tag::{MOST_COUNTED, Used};

use super::fields::{Fields, Sent, Wrong};
use super::shell::{self, Came, Done, Id, Part};
use crate::app::App;
use crate::guard::urlencode;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::table::{table, words};
use crate::ui::{navigation, panel};
use crate::visitor::Visitor;

const FIELDS: &[&str] = &["name", "merge"];
const PAGE: usize = 100;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/tags", Right::Administrator, get(list)),
        Route::get("/admin/tags/{tag}", Right::Administrator, get(open)),
        Route::post("/admin/tags/{tag}", Right::Administrator, post(change)),
    ]
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    came: Came,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refused> {
    let locale = visitor.reader.locale;
    let after = shell::query_value(&uri, "after").unwrap_or_default();
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX);
    let viewer = Arc::clone(&visitor.viewer);
    let mut found =
        app.desk.look(move |look| Ok(store::tag::page(look.tx, &viewer, &after, most + 1)?)).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next =
        found.last().filter(|_| more).map(|last| format!("/admin/tags?after={}", urlencode(&last.name)));
    let columns =
        [words(t!(locale, "tags-name")), words(t!(locale, "tags-on")), words(t!(locale, "tags-others"))];
    let rows: Vec<Vec<Markup>> = found.iter().map(|tag| row(&visitor, tag)).collect();
    let content = html! {
        (shell::head(t!(locale, "tags"), None))
        p.muted { (t!(locale, "tags-admin-words")) }
        @if rows.is_empty() {
            (panel::panel(t!(locale, "tags"), None, &panel::empty(Icon::Note, t!(locale, "tags-none-anywhere"), t!(locale, "tags-none-words"), None)))
        } @else {
            (table(t!(locale, "tags"), &columns, &rows))
        }
        (navigation::pages(locale, None, next.as_deref()))
    };
    Ok(shell::part(&visitor, Part::Tags, &came, &content).into_response())
}

fn row(visitor: &Visitor, tag: &Used) -> Vec<Markup> {
    let count = if tag.tickets >= MOST_COUNTED {
        t!(visitor.reader.locale, "tags-many", count = MOST_COUNTED)
    } else {
        tag.tickets.to_string()
    };
    vec![
        html! { a href={ "/admin/tags/" (tag.id) } { (tag.name) } },
        html! { (count) },
        html! { (tag.others.join(", ")) },
    ]
}

async fn open(State(app): State<App>, visitor: Visitor, came: Came, Id(id): Id) -> Result<Response, Refused> {
    let name = known(&app, &visitor, id).await?;
    let fields = Fields::default().with("name", name.as_str());
    Ok(page(&visitor, came, id, &name, &fields, &Wrong::default()).into_response())
}

async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let fields = Fields::read(sent, FIELDS)?;
    let (text, taken) =
        (fields.text("name").to_owned(), if fields.ticked("merge") { Taken::Merged } else { Taken::Refused });
    let verb = move |act: &mut desk::Act, by: &domain::permission::Viewer| {
        tag::rename(act, by, TagId(id), &tag::parse("name", &text)?, taken)
    };
    match shell::act(&app, &visitor, verb).await {
        Ok(tag) => Ok(shell::done(&format!("/admin/tags/{tag}"), Done::Saved)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let name = known(&app, &visitor, id).await?;
            Ok(shell::answer(&wrong, page(&visitor, Came::default(), id, &name, &fields, &wrong)))
        }
    }
}

async fn known(app: &App, visitor: &Visitor, id: i64) -> Result<String, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let found = app
        .desk
        .look(move |look| store::tag::name(look.tx, &viewer, TagId(id))?.ok_or(desk::DeskError::NotFound));
    Ok(found.await?)
}

fn page(visitor: &Visitor, came: Came, id: i64, name: &str, fields: &Fields, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let form = html! {
        (field::input(locale, Kind::Text, &Field::new("name", t!(locale, "tags-name")).value(fields.text("name")).error(wrong.about("name")).help(t!(locale, "tags-name-help")).required()))
        (field::checkbox(&Field::new("merge", t!(locale, "tags-merge")).value(if fields.ticked("merge") { "yes" } else { "" }).help(t!(locale, "tags-merge-help"))))
    };
    let content = html! {
        (shell::head(name, None))
        (panel::panel(t!(locale, "tags-rename"), None,
            &shell::form(visitor, &format!("/admin/tags/{id}"), wrong, t!(locale, "admin-save"), &form)))
    };
    shell::below(visitor, Part::Tags, name, &came, &content)
}
