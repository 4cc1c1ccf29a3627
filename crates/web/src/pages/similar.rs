//! Open tickets that could be about the same matter, offered while one is opened and beside one that is worked on.
//! They are read when the page is there already, so that no page waits for them.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::routing::get;
use desk::DeskError;
use desk::similar::{self, Similar};
use domain::id::PersonId;
use domain::permission::Relation;
use maud::{Markup, html};
use serde::Deserialize;

use super::{part, search};
use crate::app::App;
use crate::format::{self, Reader};
use crate::pages::ticket::for_the_desk;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::panel;
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/tickets/{number}/similar", Right::Ticket, get(beside)),
        Route::get("/tickets/similar", Right::Agent, get(before_writing)),
        Route::get("/portal/tickets/similar", Right::SignedIn, get(before_asking)),
    ]
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    subject: String,
    to: String,
    person: i64,
    reached: String,
}

/// `GET /tickets/{number}/similar`: what could be merged with it, as a part of its page or alone.
async fn beside(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<i64>, PathRejection>,
) -> Result<Markup, Refused> {
    let Path(number) = path?;
    let viewer = Arc::clone(&visitor.viewer);
    let found = app.desk.look(move |look| {
        let seen = for_the_desk(look.tx, &viewer, number, look.now)?;
        let granted = seen.read_inside().ok_or(DeskError::NotAllowed)?;
        Ok((similar::to_ticket(look, &viewer, &granted)?, seen.serve().is_some()))
    });
    let (found, serves) = found.await?;
    let (locale, reader) = (visitor.reader.locale, &visitor.reader);
    let list = html! {
        ul.plain-list {
            @for one in &found {
                li {
                    (line(reader, one))
                    @if serves && one.seen.serve().is_some() {
                        // The younger one goes into the older one.
                        @let (from, into) = (number.max(one.seen.number), number.min(one.seen.number));
                        " · " a href={ "/tickets/" (from) "/merge?into=" (into) } { (t!(locale, "similar-merge")) }
                    }
                }
            }
        }
    };
    let title = t!(locale, "similar-title");
    if part::is_fetched(&headers) {
        return Ok(html! { @if !found.is_empty() { (panel::panel(title, None, &list)) } });
    }
    let content = html! { (list) @if found.is_empty() { p.muted { (t!(locale, "similar-none")) } } };
    Ok(part::of_ticket(&visitor, number, title, &content))
}

/// `GET /tickets/similar?to=ADDRESS&subject=WORDS`, or `person=ID&reached=ADDRESS`: what whoever is written to, or whom
/// a ticket is opened for, asked before.
async fn before_writing(
    State(app): State<App>,
    visitor: Visitor,
    typed: Result<Query<Typed>, QueryRejection>,
) -> Result<Markup, Refused> {
    let Query(typed) = typed?;
    let viewer = Arc::clone(&visitor.viewer);
    let found = app.desk.look(move |look| {
        let person = if typed.to.is_empty() {
            match desk::on_behalf::found(look.tx, &viewer, PersonId(typed.person), &typed.reached) {
                Err(DeskError::NotFound) => None,
                other => Some(other?),
            }
        } else {
            store::person::behind_email(look.tx, &first(&typed.to))?
        };
        let Some(person) = person else { return Ok(Vec::new()) };
        similar::to_words(look, &viewer, person.id, &typed.subject)
    });
    let found = found.await?;
    Ok(offered(&visitor, t!(visitor.reader.locale, "similar-theirs"), &found))
}

/// `GET /portal/tickets/similar?subject=WORDS`: what the visitor asked before, on their own behalf.
async fn before_asking(
    State(app): State<App>,
    visitor: Visitor,
    typed: Result<Query<Typed>, QueryRejection>,
) -> Result<Markup, Refused> {
    let Query(typed) = typed?;
    let viewer = Arc::clone(&visitor.viewer);
    let found =
        app.desk.look(move |look| similar::to_words(look, &viewer, viewer.person, &typed.subject)).await?;
    let own: Vec<Similar> =
        found.into_iter().filter(|one| one.seen.relation == Relation::Requesting).collect();
    Ok(offered(&visitor, t!(visitor.reader.locale, "similar-yours"), &own))
}

/// The first address of a list, with its name or without.
fn first(list: &str) -> String {
    let one = list.split(',').next().unwrap_or_default();
    let address = one.rsplit_once('<').map_or(one, |(_, address)| address.trim_end_matches([' ', '>']));
    address.trim().to_lowercase()
}

fn offered(visitor: &Visitor, words: &str, found: &[Similar]) -> Markup {
    html! {
        @if !found.is_empty() {
            p { (words) }
            ul.plain-list { @for one in found { li { (line(&visitor.reader, one)) } } }
        }
    }
}

fn line(reader: &Reader, one: &Similar) -> Markup {
    html! {
        a href=(search::ticket(one.seen.relation, one.seen.number)) { "#" (one.seen.number) " " (one.subject) }
        " " span.muted { (one.requester) " · " (format::date(reader, one.opened_at)) }
    }
}

/// Where what was found is shown, below the field of that id; without scripts nothing is looked for.
pub fn while_typing(from: &str, field: &str) -> Markup {
    html! {
        div.similar aria-live="polite" hx-get=(from) hx-include="closest form" hx-trigger={ "change from:#" (field) }
            hx-params="subject,to,person,reached" {}
    }
}
