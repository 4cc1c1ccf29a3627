//! A unit as a provider: its queue and load, the promises it kept, what it is charged with, who asks whom.

mod absences;
pub(crate) mod assignment;
mod charged;
mod promises;
mod reopening;

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::{DeskError, Look};
use domain::id::UnitId;
use domain::permission::Viewer;
use maud::{Markup, html};
use store::aside::Member;
use store::assignment::Unassigned;
use store::catalogue::Catalogue;
use store::queue::{After, Entry};
use store::tally::{self, Edge, Tally, Week};

use self::charged::Charged;
use self::promises::Promises;
use super::frame::{self, Frame, Here};
use super::rows;
use crate::app::App;
use crate::csv;
use crate::format::{self, Reader};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::badge::Tone;
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::navigation::Place;
use crate::ui::table::{self, figures, words};
use crate::ui::tile::{self, Tile};
use crate::ui::{badge, panel};
use crate::visitor::Visitor;

/// How far back the figures go.
const WEEKS: Week = 12;
/// Rows of the queue that are shown here.
const HEAD: i64 = 8;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/units/{unit}", Right::Unit, get(show)),
        Route::get("/units/{unit}/now", Right::Unit, get(now)),
        Route::get("/units/{unit}/promises", Right::Unit, get(promises_data)),
        Route::get("/units/{unit}/charges", Right::Unit, get(charges_data)),
        Route::get("/units/{unit}/assignment", Right::Unit, get(assignment::show)),
        Route::post("/units/{unit}/assignment", Right::Unit, post(assignment::change)),
        Route::get("/units/{unit}/reopening", Right::Unit, get(reopening::show)),
        Route::post("/units/{unit}/reopening", Right::Unit, post(reopening::change)),
        Route::post("/units/{unit}/people/{person}/terms", Right::Unit, post(assignment::change_terms)),
        Route::post("/units/{unit}/people/{person}/absences", Right::Unit, post(absences::plan)),
        Route::post("/units/{unit}/absences/{absence}/end", Right::Unit, post(absences::end)),
    ]
}

/// What changes from minute to minute, and is cheap to read: sums and the first rows of the queue.
struct Now {
    unit: UnitId,
    head: Vec<Entry>,
    open: i64,
    queued: i64,
    waiting: i64,
    promises: Promises,
    edges: Vec<Edge>,
    /// What could be given to nobody.
    unassigned: Vec<Unassigned>,
    catalogue: Arc<Catalogue>,
}

struct Page {
    name: String,
    kind: String,
    now: Now,
    charged: Charged,
    members: Vec<Member>,
}

/// `GET /units/{unit}`
async fn show(State(app): State<App>, visitor: Visitor, path: Unit) -> Result<Response, Refused> {
    let unit = seen(&visitor, path)?;
    let viewer = Arc::clone(&visitor.viewer);
    let page = app.desk.study(move |look| read(look, &viewer, unit)).await?;
    Ok(view(&visitor, &page).into_response())
}

/// `GET /units/{unit}/now`: the part of the page that follows what happens.
async fn now(State(app): State<App>, visitor: Visitor, path: Unit) -> Result<Markup, Refused> {
    let unit = seen(&visitor, path)?;
    let viewer = Arc::clone(&visitor.viewer);
    let now = app.desk.look(move |look| read_now(look, &viewer, unit)).await?;
    Ok(live(&visitor.reader, &now))
}

/// `GET /units/{unit}/promises`: both charts of promises as CSV.
async fn promises_data(State(app): State<App>, visitor: Visitor, path: Unit) -> Result<Response, Refused> {
    let unit = seen(&visitor, path)?;
    let promises =
        app.desk.look(move |look| existing(look, unit).and_then(|_| promises::read(look, unit))).await?;
    Ok(csv::answer("promises", &promises::COLUMNS, &promises::cells(&promises)))
}

/// `GET /units/{unit}/charges`: the tickets behind what the unit is charged with, as CSV.
async fn charges_data(State(app): State<App>, visitor: Visitor, path: Unit) -> Result<Response, Refused> {
    let unit = seen(&visitor, path)?;
    let viewer = Arc::clone(&visitor.viewer);
    let charged = app
        .desk
        .study(move |look| existing(look, unit).and_then(|_| charged::read(look, &viewer, unit)))
        .await?;
    Ok(csv::answer("charges", &charged::COLUMNS, &charged::cells(&charged)))
}

type Unit = Result<Path<i64>, PathRejection>;

fn seen(visitor: &Visitor, path: Unit) -> Result<UnitId, Refused> {
    let Path(unit) = path?;
    Some(UnitId(unit)).filter(|unit| visitor.viewer.sees_unit(*unit)).ok_or(Refused::NotFound)
}

fn existing(look: &Look, unit: UnitId) -> Result<(String, String), DeskError> {
    let found = look.catalogue.units.get(&unit).ok_or(DeskError::NotFound)?;
    Ok((found.name.clone(), found.kind.clone()))
}

fn read(look: &mut Look, viewer: &Viewer, unit: UnitId) -> Result<Page, DeskError> {
    let (name, kind) = existing(look, unit)?;
    Ok(Page {
        name,
        kind,
        now: read_now(look, viewer, unit)?,
        charged: charged::read(look, viewer, unit)?,
        members: store::aside::members(look.tx, unit)?,
    })
}

fn read_now(look: &mut Look, viewer: &Viewer, unit: UnitId) -> Result<Now, DeskError> {
    existing(look, unit)?;
    let this_week = tally::week(look.now);
    Ok(Now {
        unit,
        head: store::queue::of_unit(look.tx, viewer, unit, After::START, HEAD)?,
        open: tally::read(look.tx, Tally::Open(unit))?,
        queued: tally::read(look.tx, Tally::Queued(unit))?,
        waiting: tally::read(look.tx, Tally::Waiting(unit))?,
        promises: promises::read(look, unit)?,
        edges: tally::edges(look.tx, this_week - WEEKS + 1, this_week + 1)?
            .into_iter()
            .filter(|edge| (edge.from == unit || edge.to == unit) && edge.asked > 0)
            .collect(),
        unassigned: assignment::unassigned(look, viewer, unit)?,
        catalogue: Arc::clone(&look.catalogue),
    })
}

fn view(visitor: &Visitor, page: &Page) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let queue = format!("/units/{}/queue", page.now.unit);
    let spent = format!("/time/entries?by=unit&of={}", page.now.unit);
    let giving = format!("/units/{}/assignment", page.now.unit);
    let leads = desk::assignment::may_set_up(&visitor.viewer, page.now.unit);
    let reopening = format!("/units/{}/reopening", page.now.unit);
    let content = html! {
        header.page-head {
            div { h1 { (page.name) } p.muted { (kind(locale, &page.kind)) } }
            div.buttons {
                (button::link(Weight::Secondary, Some(Icon::Return), t!(locale, "reopening"), &reopening))
                (button::link(Weight::Secondary, Some(Icon::Person), t!(locale, "assignment"), &giving))
                @if leads { (button::link(Weight::Secondary, Some(Icon::Bolt), t!(locale, "rules"), "/rules")) }
                @if visitor.viewer.serves_in(page.now.unit) { (button::link(Weight::Secondary, Some(Icon::Calendar), t!(locale, "recurring"), "/recurring")) }
                (button::link(Weight::Secondary, Some(Icon::Clock), t!(locale, "spent-title"), &spent))
                (button::link(Weight::Secondary, Some(Icon::Inbox), t!(locale, "unit-queue"), &queue))
            }
        }
        div.stack {
            (live(reader, &page.now))
            div { (charged::causes(reader, page.now.unit, &page.charged)) }
            (panel::panel(t!(locale, "unit-charged-tickets"), None, &charged::tickets(reader, &page.charged)))
            (panel::panel(t!(locale, "unit-members"), None, &members(locale, page)))
        }
    };
    let above = [Place::new(t!(locale, "place-work"), "/")];
    let live = format!("/live?unit={}", page.now.unit);
    let frame = Frame { above: &above, live: Some(&live), ..Frame::new(&page.name, Here::Work) };
    frame::show(visitor, &frame, &content)
}

fn live(reader: &Reader, now: &Now) -> Markup {
    let locale = reader.locale;
    let queue = format!("/units/{}/queue", now.unit);
    let all = button::link(Weight::Quiet, Some(Icon::ArrowForward), t!(locale, "unit-whole-queue"), &queue);
    let edges = |provider: bool| {
        let one = move |edge: &&Edge| if provider { edge.to == now.unit } else { edge.from == now.unit };
        edges(locale, now, now.edges.iter().filter(one), provider)
    };
    html! {
        div.stack #now data-refresh hx-get={ "/units/" (now.unit) "/now" } hx-trigger="refresh" hx-swap="outerMorph" {
            (tiles(reader, now))
            @if !now.unassigned.is_empty() {
                (panel::panel(t!(locale, "assignment-unassigned"), None, &assignment::list(reader, &now.unassigned)))
            }
            section aria-label=(t!(locale, "unit-head")) {
                div.section-head { h2 { (t!(locale, "unit-head")) } (all) }
                (rows::rows(reader, &now.catalogue, &now.head, t!(locale, "unit-head")))
            }
            (promises::charts(reader, &now.promises))
            div.halves {
                (panel::panel(t!(locale, "unit-asked-of"), None, &edges(true)))
                (panel::panel(t!(locale, "unit-asked-by"), None, &edges(false)))
            }
        }
    }
}

fn kind(locale: Locale, kind: &str) -> &str {
    match kind {
        "department" => t!(locale, "unit-department"),
        "branch" => t!(locale, "unit-branch"),
        "team" => t!(locale, "unit-team"),
        other => other,
    }
}

fn tiles(reader: &Reader, now: &Now) -> Markup {
    let locale = reader.locale;
    let count = |n: i64| format::count(u64::try_from(n).unwrap_or(0));
    let (open, queued, waiting) = (count(now.open), count(now.queued), count(now.waiting));
    let quiet = |label, value, basis| Tile { label, value, basis, tone: Tone::Quiet, explain: None };
    html! {
        div.tiles {
            (tile::tile(locale, &quiet(t!(locale, "unit-open"), &open, t!(locale, "unit-open-basis"))))
            (tile::tile(locale, &quiet(t!(locale, "unit-queued"), &queued, t!(locale, "unit-queued-basis"))))
            (tile::tile(locale, &quiet(t!(locale, "unit-waiting"), &waiting, t!(locale, "unit-waiting-basis"))))
            (promises::tiles(reader, &now.promises))
        }
    }
}

/// Who asks, or is asked, how often; how much of it was promised and kept, and what came back.
fn edges<'a>(locale: Locale, page: &Now, edges: impl Iterator<Item = &'a Edge>, provider: bool) -> Markup {
    let mut edges: Vec<&Edge> = edges.collect();
    edges.sort_by_key(|edge| std::cmp::Reverse(edge.asked));
    if edges.is_empty() {
        return html! { p.muted { (t!(locale, "unit-no-handoffs", weeks = WEEKS)) } };
    }
    let columns = [
        words(t!(locale, "beside-unit")),
        figures(t!(locale, "unit-handoffs")),
        figures(t!(locale, "unit-handoffs-kept")),
        figures(t!(locale, "unit-returned")),
    ];
    let rows: Vec<Vec<Markup>> = edges
        .into_iter()
        .map(|edge| {
            let other = if provider { edge.from } else { edge.to };
            let n = edge.kept + edge.missed;
            vec![
                html! { (page.catalogue.unit_name(other)) },
                html! { a href={ "/map/" (edge.from) "/" (edge.to) } { (edge.asked) } },
                html! {
                    @if n > 0 { (format::percent(locale, edge.kept as f64 / n as f64)) " " span.muted { "n = " (n) } }
                    @else { "–" }
                },
                html! { (edge.returned) },
            ]
        })
        .collect();
    table::table(t!(locale, "unit-handoffs"), &columns, &rows)
}

fn members(locale: Locale, page: &Page) -> Markup {
    if page.members.is_empty() {
        return html! { p.muted { (t!(locale, "unit-no-members")) } };
    }
    let columns = [words(t!(locale, "beside-name")), figures(t!(locale, "unit-has"))];
    let rows: Vec<Vec<Markup>> = page
        .members
        .iter()
        .map(|member| {
            vec![
                html! { (member.name) " " @if member.lead { (badge::badge(Tone::Accent, None, t!(locale, "unit-lead"))) } },
                html! { (member.open) },
            ]
        })
        .collect();
    table::table(t!(locale, "unit-members"), &columns, &rows)
}
