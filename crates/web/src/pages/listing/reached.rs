//! How a ticket was reached: the list, its place there, and the page on which it stood. Whoever opens it from a
//! list carries that along in the address, and comes back by it.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::DeskError;
use desk::views::Place;
use domain::id::{TicketId, UnitId};
use maud::{Markup, html};
use serde::Deserialize;
use store::filtered::{MOST_LOOKED, Mark, Wanted};

use super::Listing;
use crate::app::App;
use crate::guard::urlencode;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::icon::{Icon, icon};
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/list/next", Right::Agent, get(next)),
        Route::get("/list/previous", Right::Agent, get(previous)),
    ]
}

/// A place in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    pub listing: Listing,
    pub at: Mark,
    /// Where the page of the list began, as its address says it.
    pub page: Option<String>,
}

/// What an address carries of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Carried {
    r#in: Option<String>,
    at: Option<String>,
    page: Option<String>,
}

impl Carried {
    /// `None` when nothing is carried, or nothing that could be read.
    #[must_use]
    pub fn read(self) -> Option<Reached> {
        let listing = Listing::parse(&self.r#in?)?;
        Some(Reached { listing, at: mark(&self.at?)?, page: self.page.filter(|page| is_plain(page)) })
    }
}

/// Places are numbers with dots; nothing else goes back into an address.
fn is_plain(page: &str) -> bool {
    page.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-')
}

/// A place as addresses say it.
#[must_use]
pub fn written(mark: Mark) -> String {
    format!("{}.{}.{}.{}", mark.first, mark.second, mark.id, mark.unit)
}

/// A place as it was written.
#[must_use]
pub fn mark(text: &str) -> Option<Mark> {
    let parts: Vec<i64> = text.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [first, second, id, unit] = parts[..] else { return None };
    Some(Mark { first, second, id: TicketId(id), unit: UnitId(unit) })
}

impl Reached {
    /// What stands behind the question mark of an address.
    #[must_use]
    pub fn query(&self) -> String {
        Carries::of(&self.listing, self.page.as_deref()).query(self.at)
    }

    /// The list again, as it was, with the ticket in sight.
    #[must_use]
    pub fn back(&self, number: i64) -> String {
        let list = match &self.page {
            Some(page) => self.listing.address_with(&format!("after={page}")),
            None => self.listing.address(),
        };
        format!("{list}#ticket-{number}")
    }

    /// The way to a neighbour; which one it is, is found out when somebody goes there.
    #[must_use]
    pub fn neighbour(&self, way: &str) -> String {
        format!("/list/{way}?{}", self.query())
    }

    /// Buttons to the neighbours and back.
    pub fn walk(&self, visitor: &Visitor, number: i64) -> Markup {
        let locale = visitor.reader.locale;
        let link = |href: &str, which: Icon, label: &str, does: &str| {
            html! {
                a.button.button-quiet href=(href) title=(label) aria-label=(label) data-do=(does) { (icon(which)) }
            }
        };
        html! {
            nav.list-walk aria-label=(t!(locale, "list-walk")) {
                (link(&self.back(number), Icon::Return, t!(locale, "list-back"), "list-back"))
                (link(&self.neighbour("previous"), Icon::ArrowBack, t!(locale, "list-previous"), "list-previous"))
                (link(&self.neighbour("next"), Icon::ArrowForward, t!(locale, "list-next"), "list-next"))
            }
        }
    }
}

/// What the addresses of all tickets of one page of a list carry alike.
pub struct Carries {
    listing: String,
    page: String,
}

impl Carries {
    #[must_use]
    pub fn of(listing: &Listing, page: Option<&str>) -> Self {
        Self {
            listing: urlencode(&listing.written()),
            page: page.map(|page| format!("&page={page}")).unwrap_or_default(),
        }
    }

    /// What stands behind the question mark of the address of one of them.
    #[must_use]
    pub fn query(&self, at: Mark) -> String {
        format!("in={}&at={}{}", self.listing, written(at), self.page)
    }
}

/// Adds what is carried to the address of a ticket, or of something on it.
#[must_use]
pub fn carrying(address: &str, reached: Option<&Reached>) -> String {
    let Some(reached) = reached else { return address.to_owned() };
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{}", reached.query())
}

#[derive(Debug, Clone, Copy)]
enum Way {
    Next,
    Previous,
}

/// `GET /list/next?in=LIST&at=PLACE`: the ticket behind a place, or the list when there is none.
async fn next(
    State(app): State<App>,
    visitor: Visitor,
    carried: Result<Query<Carried>, QueryRejection>,
) -> Result<Response, Refused> {
    lead(&app, &visitor, carried?.0, Way::Next).await
}

/// `GET /list/previous?in=LIST&at=PLACE`
async fn previous(
    State(app): State<App>,
    visitor: Visitor,
    carried: Result<Query<Carried>, QueryRejection>,
) -> Result<Response, Refused> {
    lead(&app, &visitor, carried?.0, Way::Previous).await
}

async fn lead(app: &App, visitor: &Visitor, carried: Carried, way: Way) -> Result<Response, Refused> {
    let reached = carried.read().ok_or(Refused::NotFound)?;
    let (viewer, zone, from) = (Arc::clone(&visitor.viewer), visitor.reader.zone.clone(), reached.clone());
    let search = app.desk.search.clone();
    let found: Option<(i64, Mark)> = app
        .desk
        .study(move |look| {
            let asks = from.listing.asks(look, &viewer)?;
            let catalogue = Arc::clone(&look.catalogue);
            let place = Place { viewer: &viewer, catalogue: &catalogue, now: look.now, zone: &zone };
            let test = place.understand_words(look, &search, &asks.filter)?.test;
            let wanted = Wanted {
                test: &test,
                sort: asks.sort,
                grouping: asks.grouping,
                after: Some(from.at),
                limit: 1,
                patience: MOST_LOOKED,
            };
            let mark = match way {
                Way::Next => {
                    let page = store::filtered::page(look.tx, &viewer, &catalogue, &wanted)?;
                    let sort = asks.sort.fitting(test.reach());
                    let first = page.entries.first();
                    return Ok(first.map(|entry| (entry.number, Mark::of(entry, sort))));
                }
                Way::Previous => store::filtered::before(look.tx, &viewer, &catalogue, &wanted)?,
            };
            let Some(mark) = mark else { return Ok(None) };
            let seen =
                store::access::by_id(look.tx, &viewer, mark.id, look.now)?.ok_or(DeskError::NotFound)?;
            Ok(Some((seen.number, mark)))
        })
        .await?;
    Ok(match found {
        Some((number, at)) => {
            let there = Reached { at, ..reached };
            Redirect::to(&carrying(&format!("/tickets/{number}"), Some(&there))).into_response()
        }
        None => Redirect::to(&reached.back(0)).into_response(),
    })
}
