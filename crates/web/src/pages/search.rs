//! One field for a number or words: it jumps to a ticket, or lists what the words name, and says what it looked at.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::{DeskError, Look};
use domain::permission::{Relation, Viewer};
use maud::{Markup, html};
use serde::Deserialize;
use store::page::Names;

use super::frame::{self, Frame, Here};
use super::portal;
use crate::app::App;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel;
use crate::visitor::Visitor;

/// The most of each kind that is listed.
const MOST: u16 = 20;

pub fn routes() -> Vec<Route> {
    vec![Route::get("/search", Right::SignedIn, get(search))]
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    q: String,
}

/// What the words lead to.
enum Found {
    /// The visitor's page of that ticket.
    Ticket(String),
    /// A number without a ticket, or with one that is not for the visitor: nobody can tell which.
    NoTicket(i64),
    Named(Vec<Hit>),
}

struct Hit {
    icon: Icon,
    name: String,
    href: String,
    about: String,
}

/// `GET /search?q=1042`, with or without `#`.
async fn search(
    State(app): State<App>,
    visitor: Visitor,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, Refused> {
    let q: String =
        wanted.map(|Query(wanted)| wanted.q).unwrap_or_default().trim().chars().take(200).collect();
    let (viewer, words) = (Arc::clone(&visitor.viewer), q.clone());
    Ok(match app.desk.look(move |look| read(look, &viewer, &words)).await? {
        Found::Ticket(page) => Redirect::to(&page).into_response(),
        Found::NoTicket(number) => {
            let words = t!(visitor.reader.locale, "search-no-ticket", number = number.to_string());
            page(&visitor, &q, &html! { p { (words) } }).into_response()
        }
        Found::Named(hits) => page(&visitor, &q, &list(&visitor, &q, &hits)).into_response(),
    })
}

fn read(look: &mut Look, viewer: &Viewer, q: &str) -> Result<Found, DeskError> {
    if let Ok(number) = q.trim_start_matches('#').parse::<i64>() {
        let seen = store::access::by_number(look.tx, viewer, number, look.now)?;
        return Ok(seen.map_or(Found::NoTicket(number), |seen| {
            Found::Ticket(match seen.relation {
                Relation::Requesting | Relation::Nothing => format!("/portal/tickets/{number}"),
                Relation::Asking | Relation::Overseeing | Relation::Chain | Relation::Serving => {
                    format!("/tickets/{number}")
                }
            })
        }));
    }
    if q.is_empty() {
        return Ok(Found::Named(Vec::new()));
    }
    let mut hits = catalogued(look, viewer, q);
    if viewer.administrator {
        hits.extend(directory(look, q)?);
    }
    Ok(Found::Named(hits))
}

/// Units that the viewer sees and services that are offered to them: few, and in memory.
fn catalogued(look: &Look, viewer: &Viewer, q: &str) -> Vec<Hit> {
    let q = q.to_lowercase();
    let named = |name: &str| name.to_lowercase().contains(&q);
    let units = look.catalogue.units.values().filter(|unit| {
        unit.ended_at.is_none() && viewer.is_agent() && viewer.sees_unit(unit.id) && named(&unit.name)
    });
    let units = units.map(|unit| Hit {
        icon: Icon::Unit,
        name: unit.name.clone(),
        href: format!("/units/{}", unit.id),
        about: String::new(),
    });
    let services = desk::services::offered(&look.catalogue, viewer);
    let services = services.into_iter().filter(|offer| named(&offer.name)).map(|offer| Hit {
        icon: Icon::Service,
        name: offer.name.clone(),
        href: portal::asking_for(offer.service.id),
        about: look.catalogue.unit_name(offer.service.unit).to_owned(),
    });
    units.chain(services).take(usize::from(MOST)).collect()
}

/// The directory is for administrators; its index knows how names begin.
fn directory(look: &mut Look, q: &str) -> Result<Vec<Hit>, DeskError> {
    let names = Names::first(q, MOST);
    let people = store::person::page(look.tx, &names)?.into_iter().map(|person| Hit {
        icon: Icon::Person,
        href: format!("/admin/people/{}", person.id),
        about: person.email.unwrap_or_default(),
        name: person.name,
    });
    let organisations = store::organisation::page(look.tx, &names)?.into_iter().map(|organisation| Hit {
        icon: Icon::Organisation,
        href: format!("/admin/organisations/{}", organisation.id),
        about: String::new(),
        name: organisation.name,
    });
    Ok(people.chain(organisations).collect())
}

fn list(visitor: &Visitor, q: &str, hits: &[Hit]) -> Markup {
    let locale = visitor.reader.locale;
    if q.is_empty() {
        return html! {};
    }
    if hits.is_empty() {
        return panel::empty(Icon::Search, t!(locale, "search-none"), t!(locale, "search-none-words"), None);
    }
    html! {
        ul.hits data-list {
            @for hit in hits {
                li { (icon(hit.icon)) a.queue-subject href=(hit.href) { (hit.name) } span.muted { (hit.about) } }
            }
        }
    }
}

fn page(visitor: &Visitor, q: &str, found: &Markup) -> Markup {
    let locale = visitor.reader.locale;
    let title = t!(locale, "search");
    let looked_at = match (visitor.viewer.administrator, visitor.viewer.is_agent()) {
        (true, _) => t!(locale, "search-looked-at-all"),
        (false, true) => t!(locale, "search-looked-at-agent"),
        (false, false) => t!(locale, "search-looked-at"),
    };
    let content = html! {
        div.page-head { h1 { (title) } }
        div.stack {
            form.form action="/search" {
                (field::input(locale, Kind::Text, &Field::new("q", t!(locale, "search-hint")).value(q).required()))
                div { (button::submit(Weight::Primary, Some(Icon::Search), title)) }
            }
            (found)
            p.muted { (looked_at) }
        }
    };
    frame::show(visitor, &Frame::new(title, Here::Elsewhere), &content)
}
