//! My work: what to do next and why, and the queues of units: the views that come from the desk itself.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::view_counts::Counts;
use desk::{DeskError, Look};
use domain::id::{TicketId, UnitId};
use domain::permission::Viewer;
use domain::view::Sort;
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;
use store::catalogue::Catalogue;
use store::queue::{After, Entry};

use super::bulk_action;
use super::frame::{self, Frame, Here};
use super::listing::{Asks, Listing};
use super::on_behalf;
use super::rows::{self, On, Within};
use super::shown;
use super::views::bar::{self, Bar};
use super::views::side::{self, Side};
use crate::app::App;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::navigation;
use crate::visitor::Visitor;

/// Rows on one page.
const PAGE: i64 = 50;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/", Right::SignedIn, get(home)),
        Route::get("/units/{unit}/queue", Right::Unit, get(of_unit)),
    ]
}

/// Which list is asked for, and after which row it begins.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    view: Option<String>,
    after: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Next,
    Mine,
    Waiting,
    Snoozed,
    Done,
    Unit(UnitId),
}

/// What the page shows, read in one snapshot.
struct List {
    view: View,
    title: Option<String>,
    /// The same in the words of filters: to go on from there.
    asks: Asks,
    entries: Vec<Entry>,
    catalogue: Arc<Catalogue>,
    /// Not of a page of which only the list is wanted.
    side: Option<Side>,
    /// Where the page begins, as the address says it.
    after: Option<String>,
}

/// `GET /?view=mine|waiting|snoozed|done&after=DUE.ID`: people who serve in no unit have their portal.
async fn home(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refused> {
    if !visitor.viewer.is_agent() {
        return Ok(Redirect::to("/portal").into_response());
    }
    let Query(asked) = asked?;
    let view = match asked.view.as_deref() {
        None => View::Next,
        Some("mine") => View::Mine,
        Some("waiting") => View::Waiting,
        Some("snoozed") => View::Snoozed,
        Some("done") => View::Done,
        Some(_) => return Err(Refused::NotFound),
    };
    show(&app, &visitor, view, asked.after.as_deref(), side::is_wanted(&headers)).await
}

/// `GET /units/{unit}/queue?after=DUE.ID`
async fn of_unit(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<i64>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refused> {
    let (Path(unit), Query(asked)) = (path?, asked?);
    let unit = UnitId(unit);
    if !visitor.viewer.sees_unit(unit) {
        return Err(Refused::NotFound);
    }
    show(&app, &visitor, View::Unit(unit), asked.after.as_deref(), side::is_wanted(&headers)).await
}

async fn show(
    app: &App,
    visitor: &Visitor,
    view: View,
    after: Option<&str>,
    with_side: bool,
) -> Result<Response, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let from = after.map(|text| place(text).ok_or(Refused::NotFound)).transpose()?;
    let counts = with_side.then(|| Arc::clone(&app.desk.view_counts));
    let mut list = app.desk.look(move |look| read(look, &viewer, counts.as_deref(), view, from)).await?;
    list.after = after.map(str::to_owned);
    side::recount(app, visitor, list.side.as_ref());
    Ok(page(visitor, &list).into_response())
}

fn read(
    look: &mut Look,
    viewer: &Viewer,
    counts: Option<&Counts>,
    view: View,
    from: Option<After>,
) -> Result<List, DeskError> {
    let after = from.unwrap_or(After::START);
    let title = match view {
        View::Unit(unit) => {
            let unit = look.catalogue.units.get(&unit).ok_or(DeskError::NotFound)?;
            Some(unit.name.clone())
        }
        View::Next | View::Mine | View::Waiting | View::Snoozed | View::Done => None,
    };
    let entries = match view {
        View::Next => store::work::next(look.tx, viewer, after, PAGE)?,
        View::Mine => store::queue::of_person(look.tx, viewer, after, PAGE)?,
        View::Waiting => store::work::waiting(look.tx, viewer, after, PAGE)?,
        View::Snoozed => store::work::snoozed(look.tx, viewer, after, PAGE)?,
        View::Done => store::work::done(look.tx, viewer, from.unwrap_or(After::END), PAGE)?,
        View::Unit(unit) => store::queue::of_unit(look.tx, viewer, unit, after, PAGE)?,
    };
    let side = counts.map(|counts| Side::read(look, viewer, counts, here_of(view))).transpose()?;
    let asks = listing(view).asks(look, viewer)?;
    Ok(List { view, title, asks, entries, catalogue: Arc::clone(&look.catalogue), side, after: None })
}

const fn here_of(view: View) -> side::Here {
    match view {
        View::Next => side::Here::Next,
        View::Mine => side::Here::Mine,
        View::Waiting => side::Here::Waiting,
        View::Snoozed => side::Here::Snoozed,
        View::Done => side::Here::Done,
        View::Unit(unit) => side::Here::Unit(unit),
    }
}

const fn listing(view: View) -> Listing {
    match view {
        View::Next => Listing::Next,
        View::Mine => Listing::Mine,
        View::Waiting => Listing::Waiting,
        View::Snoozed => Listing::Snoozed,
        View::Done => Listing::Done,
        View::Unit(unit) => Listing::Unit(unit),
    }
}

fn page(visitor: &Visitor, list: &List) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let (title, words) = match (&list.view, &list.title) {
        (View::Next, _) => (t!(locale, "work-next"), t!(locale, "work-next-words")),
        (View::Mine, _) => (t!(locale, "work-mine"), t!(locale, "work-mine-words")),
        (View::Waiting, _) => (t!(locale, "work-waiting"), t!(locale, "work-waiting-words")),
        (View::Snoozed, _) => (t!(locale, "work-snoozed"), t!(locale, "work-snoozed-words")),
        (View::Done, _) => (t!(locale, "work-done"), t!(locale, "work-done-words")),
        (View::Unit(_), title) => (title.as_deref().unwrap_or_default(), t!(locale, "work-unit-words")),
    };
    let (live, unit) = match list.view {
        View::Unit(unit) => (format!("/live?unit={unit}"), Some(unit)),
        View::Next | View::Mine | View::Waiting | View::Snoozed | View::Done => ("/live".to_owned(), None),
    };
    let listing = listing(list.view);
    let within = Within {
        listing: &listing,
        sort: if list.view == View::Done { Sort::Solved } else { Sort::Due },
        page: list.after.as_deref(),
    };
    let content = html! {
        header.page-head {
            div { h1 { (title) } p.muted { (words) } }
            @if on_behalf::may_open(&visitor.viewer) {
                (button::link(Weight::Secondary, Some(Icon::Plus), t!(locale, "write-title"), "/tickets/new"))
            }
            @if let Some(unit) = unit {
                (button::link(Weight::Secondary, Some(Icon::Chart), t!(locale, "work-unit-page"), &format!("/units/{unit}")))
            }
        }
        (bar::bar(locale, &Bar { filter: &list.asks.filter, ..Bar::default() }))
        @if !list.entries.is_empty() { (bulk_action::bar(visitor, &listing)) }
        (navigation::pages(locale, first_page(list).as_deref(), None))
        (rows::page(locale, &here(list), next_page(list).as_deref().map(On::Next), &rows::with(reader, &list.catalogue, &list.entries, title, &[], Some(within))))
        (shown::shortcuts(locale))
    };
    let side = list.side.as_ref().map(|side| side.show(&visitor.reader));
    let frame = Frame { side: side.as_ref(), live: Some(&live), ..Frame::new(title, Here::Work) };
    frame::show(visitor, &frame, &content)
}

fn address(view: View) -> String {
    listing(view).address()
}

fn here(list: &List) -> String {
    list.after.as_deref().map_or_else(|| address(list.view), |after| paged(list.view, after))
}

fn first_page(list: &List) -> Option<String> {
    list.after.is_some().then(|| address(list.view))
}

fn next_page(list: &List) -> Option<String> {
    let last = list.entries.last().filter(|_| list.entries.len() as i64 == PAGE)?;
    let at = if list.view == View::Done { last.solved_at? } else { last.due_at };
    Some(paged(list.view, &format!("{}.{}", at.as_microsecond(), last.id)))
}

fn paged(view: View, after: &str) -> String {
    listing(view).address_with(&format!("after={after}"))
}

fn place(text: &str) -> Option<After> {
    let (at, id) = text.split_once('.')?;
    Some(After { at: Timestamp::from_microsecond(at.parse().ok()?).ok()?, id: TicketId(id.parse().ok()?) })
}
