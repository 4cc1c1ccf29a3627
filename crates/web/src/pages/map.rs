//! The service map: who serves whom, how much, how well, and the hand-offs behind each figure.

mod edge;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::{DeskError, Look};
use domain::id::UnitId;
use domain::permission::Viewer;
use domain::stats;
use maud::{Markup, html};
use serde::Deserialize;
use store::catalogue::Catalogue;
use store::tally::{self, Tally, Week};

use super::frame::{self, Frame, Here};
use crate::app::App;
use crate::csv::{self, Cell};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::explain::Explain;
use crate::ui::icon::Icon;
use crate::ui::navigation::{self, Place};
use crate::ui::panel;
use crate::ui::servicemap::{self, Edge, Kept, Node, ServiceMap};
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    let own =
        vec![Route::get("/map", Right::Agent, get(show)), Route::get("/map/data", Right::Agent, get(data))];
    own.into_iter().chain(edge::routes()).collect()
}

/// The spans that may be looked at, in weeks.
const SPANS: [i64; 3] = [4, 13, 26];

#[derive(Debug, Clone, Copy, Deserialize)]
struct Wanted {
    weeks: Option<i64>,
}

/// Anything but one of the spans is the one in the middle.
fn span(weeks: Option<i64>) -> i64 {
    weeks.filter(|weeks| SPANS.contains(weeks)).unwrap_or(SPANS[1])
}

/// The weeks of a span that ends with the current one: the first, and the one after the last.
fn weeks(look: &Look, span: i64) -> (Week, Week) {
    let this = tally::week(look.now);
    (this - span + 1, this + 1)
}

struct Seen {
    edges: Vec<tally::Edge>,
    open: BTreeMap<UnitId, i64>,
    catalogue: Arc<Catalogue>,
}

/// The connections of units that the viewer may see.
fn read(look: &mut Look, viewer: &Viewer, span: i64) -> Result<Seen, DeskError> {
    let (from, until) = weeks(look, span);
    let edges: Vec<tally::Edge> = tally::edges(look.tx, from, until)?
        .into_iter()
        .filter(|edge| edge.asked > 0 && (viewer.sees_unit(edge.from) || viewer.sees_unit(edge.to)))
        .collect();
    let mut open = BTreeMap::new();
    for unit in edges.iter().flat_map(|edge| [edge.from, edge.to]) {
        if viewer.sees_unit(unit) && !open.contains_key(&unit) {
            open.insert(unit, tally::read(look.tx, Tally::Open(unit))?);
        }
    }
    Ok(Seen { edges, open, catalogue: Arc::clone(&look.catalogue) })
}

/// `GET /map`.
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Markup, Refused> {
    let span = span(wanted?.weeks);
    let viewer = Arc::clone(&visitor.viewer);
    let seen = app.desk.look(move |look| read(look, &viewer, span)).await?;
    let locale = visitor.reader.locale;
    let title = t!(locale, "map-page");
    let content = html! {
        div.page-head { h1 { (title) } }
        (spans(&visitor, span, "/map"))
        div.stack {
            @if seen.edges.is_empty() {
                (panel::empty(Icon::Map, t!(locale, "map-none"), t!(locale, "map-none-words"), None))
            } @else {
                (servicemap::service_map(locale, &drawn(locale, &seen, span)))
                p.muted { (t!(locale, "map-lead", weeks = span)) " " (t!(locale, "map-interval")) }
            }
        }
    };
    Ok(frame::show(&visitor, &Frame::new(title, Here::Map), &content))
}

/// `GET /map/data`: the same as CSV.
async fn data(
    State(app): State<App>,
    visitor: Visitor,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, Refused> {
    let span = span(wanted?.weeks);
    let viewer = Arc::clone(&visitor.viewer);
    let seen = app.desk.look(move |look| read(look, &viewer, span)).await?;
    Ok(csv::answer("service-map", &COLUMNS, &cells(&seen)))
}

const COLUMNS: [&str; 8] = ["from", "to", "asked", "returned", "kept", "missed", "kept_low", "kept_high"];

fn cells(seen: &Seen) -> Vec<Vec<Cell>> {
    let row = |edge: &tally::Edge| {
        let mut row = vec![
            Cell::text(seen.catalogue.unit_name(edge.from)),
            Cell::text(seen.catalogue.unit_name(edge.to)),
        ];
        row.extend([edge.asked, edge.returned, edge.kept, edge.missed].map(Cell::Number));
        row.extend(match stats::wilson(count(edge.kept), count(edge.kept + edge.missed)) {
            Some(ends) => [Cell::Share(ends.low), Cell::Share(ends.high)],
            None => [Cell::Nothing, Cell::Nothing],
        });
        row
    };
    seen.edges.iter().map(row).collect()
}

fn drawn(locale: Locale, seen: &Seen, span: i64) -> ServiceMap {
    let mut units: Vec<UnitId> = seen.edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
    units.sort_unstable();
    units.dedup();
    let place = |unit: UnitId| units.binary_search(&unit).unwrap_or(0);
    ServiceMap {
        nodes: units
            .iter()
            .map(|unit| Node {
                label: seen.catalogue.unit_name(*unit).to_owned(),
                href: seen.open.contains_key(unit).then(|| format!("/units/{}", unit.0)),
                open: seen.open.get(unit).map(|open| count(*open)),
                outside: false,
            })
            .collect(),
        edges: seen
            .edges
            .iter()
            .map(|edge| Edge {
                from: place(edge.from),
                to: place(edge.to),
                volume: count(edge.asked),
                kept: Kept::of(count(edge.kept), count(edge.kept + edge.missed)),
                href: Some(format!("/map/{}/{}?weeks={span}", edge.from.0, edge.to.0)),
            })
            .collect(),
        csv: Some(format!("/map/data?weeks={span}")),
        explain: Some(Explain {
            formula: t!(locale, "map-formula").to_owned(),
            rows: t!(locale, "map-rows", weeks = span),
            n: count(seen.edges.iter().map(|edge| edge.asked).sum()),
            href: None,
        }),
    }
}

/// The choice of spans, leading to the same page with another one.
fn spans(visitor: &Visitor, chosen: i64, path: &str) -> Markup {
    let locale = visitor.reader.locale;
    let shown =
        SPANS.map(|span| (span, t!(locale, "map-weeks", weeks = span), format!("{path}?weeks={span}")));
    let places: Vec<Place<'_>> = shown
        .iter()
        .map(|(span, label, href)| Place::new(label, href).current_when(*span == chosen))
        .collect();
    navigation::tabs(t!(locale, "map-span"), &places)
}

fn count(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}
