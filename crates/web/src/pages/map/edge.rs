//! The hand-offs behind one connection of the map, and why some of them are not listed.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::routing::get;
use desk::{DeskError, Look};
use domain::id::{TicketId, UnitId};
use domain::permission::Viewer;
use domain::ticket::State as TicketState;
use maud::{Markup, html};
use serde::Deserialize;
use store::queue::{self, Handed};
use store::tally;

use super::super::frame::{self, Frame, Here};
use super::{count, span, spans, weeks};
use crate::app::App;
use crate::format;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::badge::{self, State as Shown, Tone};
use crate::ui::icon::Icon;
use crate::ui::navigation::{self, Place};
use crate::ui::panel;
use crate::ui::servicemap::Kept;
use crate::ui::table::{self, words};
use crate::ui::tile::{self, Tile};
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/map/{from}/{to}", Right::Agent, get(show))]
}

const PAGE: i64 = 50;

#[derive(Debug, Clone, Copy, Deserialize)]
struct Wanted {
    weeks: Option<i64>,
    before: Option<i64>,
}

struct Behind {
    from: (UnitId, String),
    to: (UnitId, String),
    edge: Option<tally::Edge>,
    listed: Vec<Handed>,
    older: Option<TicketId>,
}

/// `GET /map/{from}/{to}`; without the right to see either unit, it does not exist.
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    units: Result<Path<(i64, i64)>, PathRejection>,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Markup, Refused> {
    let (Path((from, to)), Query(wanted)) = (units?, wanted?);
    let viewer = Arc::clone(&visitor.viewer);
    let behind = app.desk.look(move |look| read(look, &viewer, (UnitId(from), UnitId(to)), wanted)).await?;
    Ok(page(&visitor, &behind, wanted))
}

fn read(
    look: &mut Look,
    viewer: &Viewer,
    (from, to): (UnitId, UnitId),
    wanted: Wanted,
) -> Result<Behind, DeskError> {
    let catalogue = Arc::clone(&look.catalogue);
    let named = |unit: UnitId| {
        catalogue.units.get(&unit).map(|found| (unit, found.name.clone())).ok_or(DeskError::NotFound)
    };
    if !viewer.sees_unit(from) && !viewer.sees_unit(to) {
        return Err(DeskError::NotFound);
    }
    let (first, until) = weeks(look, span(wanted.weeks));
    let edge =
        tally::edges(look.tx, first, until)?.into_iter().find(|edge| (edge.from, edge.to) == (from, to));
    let before = TicketId(wanted.before.unwrap_or(i64::MAX));
    let span = (tally::monday(first), look.now);
    let found = queue::between(look.tx, viewer, (from, to), span, before, PAGE)?;
    Ok(Behind { from: named(from)?, to: named(to)?, edge, listed: found.listed, older: found.older })
}

fn page(visitor: &Visitor, behind: &Behind, wanted: Wanted) -> Markup {
    let locale = visitor.reader.locale;
    let span = span(wanted.weeks);
    let (from, to) = (behind.from.1.as_str(), behind.to.1.as_str());
    let title = t!(locale, "edge-title", from = from, to = to);
    let path = format!("/map/{}/{}", behind.from.0.0, behind.to.0.0);
    let map = format!("/map?weeks={span}");
    let above = [Place::new(t!(locale, "map-page"), &map)];
    let older = behind.older.map(|last| format!("{path}?weeks={span}&before={}", last.0));
    let newest = wanted.before.map(|_| format!("{path}?weeks={span}"));
    let content = html! {
        div.page-head { h1 { (title) } }
        (spans(visitor, span, &path))
        div.stack {
            @if let Some(edge) = &behind.edge { (figures(visitor, edge)) }
            @if behind.listed.is_empty() {
                (panel::empty(Icon::Handoff, t!(locale, "edge-none"), t!(locale, "edge-none-words"), None))
            } @else {
                (table::table(&title, &[
                    words(t!(locale, "edge-number")), words(t!(locale, "edge-subject")), words(t!(locale, "edge-asked-at")),
                    words(t!(locale, "edge-state")), words(t!(locale, "edge-blocks")),
                ], &behind.listed.iter().map(|entry| row(visitor, entry)).collect::<Vec<_>>()))
            }
            p.muted { (shown_of_total(visitor, behind, wanted)) }
            (navigation::pages(locale, newest.as_deref(), older.as_deref()))
        }
    };
    frame::show(visitor, &Frame { above: &above, ..Frame::new(&title, Here::Map) }, &content)
}

fn figures(visitor: &Visitor, edge: &tally::Edge) -> Markup {
    let locale = visitor.reader.locale;
    let due = edge.kept + edge.missed;
    let kept = Kept::of(count(edge.kept), count(due));
    let asked = format::number(locale, edge.asked);
    let returned = format::number(locale, edge.returned);
    let share = kept.map_or_else(|| "–".to_owned(), |kept| format::percent(locale, kept.share()));
    let sure = kept.map_or_else(|| t!(locale, "edge-no-promise").to_owned(), |kept| kept.basis(locale));
    let of_asked = t!(locale, "edge-returned-basis", n = asked.as_str());
    let figure = |label, value, basis, tone| Tile { label, value, basis, tone, explain: None };
    html! {
        div.tiles {
            (tile::tile(locale, &figure(t!(locale, "edge-asked"), &asked, t!(locale, "edge-asked-basis"), Tone::Quiet)))
            (tile::tile(locale, &figure(t!(locale, "edge-returned"), &returned, &of_asked, Tone::Quiet)))
            (tile::tile(locale, &figure(t!(locale, "map-kept"), &share, &sure, Tone::Quiet)))
        }
    }
}

fn row(visitor: &Visitor, handed: &Handed) -> Vec<Markup> {
    let reader = &visitor.reader;
    let state = match handed.state {
        TicketState::Open => Shown::Open,
        TicketState::Solved => Shown::Delivered,
        TicketState::Closed => Shown::Closed,
    };
    vec![
        html! { a href={ "/tickets/" (handed.number) } { "#" (handed.number) } },
        html! { (handed.subject) },
        format::stamp(reader, handed.opened_at),
        badge::state(reader.locale, state),
        html! { @match handed.blocks { Some(number) => a href={ "/tickets/" (number) } { "#" (number) }, None => "–" } },
    ]
}

/// How many are listed, of how many, and where the others are.
fn shown_of_total(visitor: &Visitor, behind: &Behind, wanted: Wanted) -> String {
    let locale = visitor.reader.locale;
    let total = behind.edge.map_or(0, |edge| edge.asked);
    let shown = i64::try_from(behind.listed.len()).unwrap_or(i64::MAX);
    let (listed, all) = (format::number(locale, shown), format::number(locale, total));
    if behind.older.is_some() || wanted.before.is_some() {
        return t!(locale, "edge-shown-page", shown = listed, total = all);
    }
    if shown < total {
        return t!(locale, "edge-shown-fewer", shown = listed, total = all);
    }
    t!(locale, "edge-shown-all", total = all)
}
