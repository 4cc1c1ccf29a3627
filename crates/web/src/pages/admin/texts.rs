//! The texts that the desk writes by itself: the list with whose own there are, and where links in mail lead.

pub mod names;
pub mod one;

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::template::{Place, Template};
use maud::{Markup, html};
use store::catalogue::Catalogue;

use super::fields::{Fields, Sent, Wrong};
use super::shell::{self, Came, Done, Part};
use crate::app::App;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::table::{table, words};
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    let right = Right::Administrator;
    vec![
        Route::get("/admin/texts", right, get(list)),
        Route::post("/admin/texts", right, post(change_base_url)),
        Route::get("/admin/texts/{text}", right, get(one::open)),
        Route::post("/admin/texts/{text}", right, post(one::change)),
        Route::post("/admin/texts/{text}/preview", right, post(one::preview)),
        Route::post("/admin/texts/{text}/reset", right, post(one::reset)),
    ]
}

struct Seen {
    catalogue: Arc<Catalogue>,
    own: Vec<Place>,
    base_url: String,
}

async fn list(State(app): State<App>, visitor: Visitor, came: Came) -> Result<Response, Refused> {
    let seen = seen(&app, &visitor).await?;
    let fields = Fields::default().with("base_url", seen.base_url.as_str());
    Ok(page(&visitor, came, &seen, &fields, &Wrong::default()).into_response())
}

/// Says where people reach the desk.
async fn change_base_url(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &["base_url"])?;
    let url = fields.text("base_url").to_owned();
    match shell::act(&app, &visitor, move |act, by| desk::base_url::set(act, by, &url)).await {
        Ok(()) => Ok(shell::done("/admin/texts", Done::Saved)),
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            let seen = seen(&app, &visitor).await?;
            Ok(shell::answer(&wrong, page(&visitor, Came::default(), &seen, &fields, &wrong)))
        }
    }
}

async fn seen(app: &App, visitor: &Visitor) -> Result<Seen, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let read = app.desk.look(move |look| {
        Ok(Seen {
            catalogue: Arc::clone(&look.catalogue),
            own: desk::template::every_place(look, &viewer)?,
            base_url: desk::base_url::current(look)?.unwrap_or_default(),
        })
    });
    Ok(read.await?)
}

fn page(visitor: &Visitor, came: Came, seen: &Seen, fields: &Fields, wrong: &Wrong) -> Markup {
    let locale = visitor.reader.locale;
    let columns =
        [words(t!(locale, "texts-text")), words(t!(locale, "texts-when")), words(t!(locale, "texts-own"))];
    let rows: Vec<Vec<Markup>> = Template::all()
        .map(|template| {
            let when = html! { (names::occasion(locale, template)) };
            vec![named(locale, template), when, own(locale, seen, template)]
        })
        .collect();
    let address = html! {
        (field::input(locale, Kind::Url, &Field::new("base_url", t!(locale, "texts-base-url"))
            .help(t!(locale, "texts-base-url-help")).value(fields.text("base_url")).error(wrong.about("base_url"))))
    };
    let content = html! {
        (shell::head(t!(locale, "texts-title"), None))
        p.lead { (t!(locale, "texts-lead")) }
        (table(t!(locale, "texts-title"), &columns, &rows))
        div.stack.after {
            (panel::panel(t!(locale, "texts-base-url-title"), None, &html! {
                (shell::form(visitor, "/admin/texts", wrong, t!(locale, "admin-save"), &address))
            }))
        }
    };
    shell::part(visitor, Part::Texts, &came, &content)
}

fn named(locale: Locale, template: Template) -> Markup {
    html! {
        a href={ "/admin/texts/" (template.as_str()) "?language=" (locale.tag()) } { (names::title(locale, template)) }
    }
}

/// Links to the texts of an administrator's own; the usual one needs none.
fn own(locale: Locale, seen: &Seen, template: Template) -> Markup {
    let places: Vec<&Place> = seen.own.iter().filter(|place| place.template == template).collect();
    html! {
        @if places.is_empty() { span.muted { (t!(locale, "texts-usual")) } }
        @for (position, place) in places.iter().enumerate() {
            @if position > 0 { " · " }
            a href=(one::address(place)) {
                (place.unit.map_or(t!(locale, "texts-everywhere"), |unit| seen.catalogue.unit_name(unit)))
                ", " (Locale::from_tag(&place.language).unwrap_or_default().own_name())
            }
        }
    }
}

/// A link to the list, for pages that tell of a text that could not be made.
pub fn link_to(locale: Locale, word: &str) -> Markup {
    match Template::parse(word) {
        Some(template) => {
            html! { a href={ "/admin/texts/" (template.as_str()) } { (names::title(locale, template)) } }
        }
        None => button::link(Weight::Quiet, Some(Icon::Reply), t!(locale, "texts-title"), "/admin/texts"),
    }
}
