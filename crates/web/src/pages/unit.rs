//! A unit as a provider: its queue and load, the promises it kept, what it is charged with, who asks whom.

mod charged;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::{DeskError, Look};
use domain::id::UnitId;
use domain::permission::Viewer;
use maud::{Markup, html};
use store::aside::Member;
use store::catalogue::Catalogue;
use store::queue::{After, Entry};
use store::tally::{self, Edge, Kept, Tally, Week};

use self::charged::Charged;
use super::frame::{self, Frame, Here};
use super::work;
use crate::app::App;
use crate::format::{self, Reader};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::badge::Tone;
use crate::ui::bars::{self, Columns, Point};
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
    vec![Route::get("/units/{unit}", Right::Unit, get(show))]
}

struct Page {
    unit: UnitId,
    name: String,
    kind: String,
    head: Vec<Entry>,
    open: i64,
    queued: i64,
    waiting: i64,
    this_week: Week,
    promises: BTreeMap<Week, Kept>,
    edges: Vec<Edge>,
    charged: Charged,
    members: Vec<Member>,
    catalogue: Arc<Catalogue>,
}

/// `GET /units/{unit}`
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
) -> Result<Response, Refused> {
    let Path(unit) = path?;
    let unit = UnitId(unit);
    let viewer = Arc::clone(&visitor.viewer);
    if !viewer.sees_unit(unit) {
        return Err(Refused::NotFound);
    }
    let page = app.desk.study(move |look| read(look, &viewer, unit)).await?;
    Ok(view(&visitor, &page).into_response())
}

fn read(look: &mut Look, viewer: &Viewer, unit: UnitId) -> Result<Page, DeskError> {
    let catalogue = Arc::clone(&look.catalogue);
    let found = catalogue.units.get(&unit).ok_or(DeskError::NotFound)?;
    let this_week = tally::week(look.now);
    let from = this_week - WEEKS + 1;
    Ok(Page {
        unit,
        name: found.name.clone(),
        kind: found.kind.clone(),
        head: store::queue::of_unit(look.tx, viewer, unit, After::START, HEAD)?,
        open: tally::read(look.tx, Tally::Open(unit))?,
        queued: tally::read(look.tx, Tally::Queued(unit))?,
        waiting: tally::read(look.tx, Tally::Waiting(unit))?,
        this_week,
        promises: tally::promises(look.tx, unit, from)?,
        edges: tally::edges(look.tx, from, this_week + 1)?
            .into_iter()
            .filter(|edge| (edge.from == unit || edge.to == unit) && edge.asked > 0)
            .collect(),
        charged: charged::read(look, viewer, unit)?,
        members: store::aside::members(look.tx, unit)?,
        catalogue: Arc::clone(&catalogue),
    })
}

fn view(visitor: &Visitor, page: &Page) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let queue = format!("/units/{}/queue", page.unit);
    let all = button::link(Weight::Quiet, Some(Icon::ArrowForward), t!(locale, "unit-whole-queue"), &queue);
    let asked_of = |edge: &&Edge| edge.to == page.unit;
    let content = html! {
        header.page-head {
            div { h1 { (page.name) } p.muted { (kind(locale, &page.kind)) } }
            (button::link(Weight::Secondary, Some(Icon::Inbox), t!(locale, "unit-queue"), &queue))
        }
        div.stack {
            (tiles(reader, page))
            section aria-label=(t!(locale, "unit-head")) {
                div.section-head { h2 { (t!(locale, "unit-head")) } (all) }
                (work::rows(reader, &page.catalogue, &page.head, t!(locale, "unit-head")))
            }
            div.halves {
                (promises(reader, page))
                div { (charged::causes(reader, &page.charged)) }
            }
            (panel::panel(t!(locale, "unit-charged-tickets"), None, &charged::tickets(reader, &page.charged)))
            div.halves {
                (panel::panel(t!(locale, "unit-asked-of"), None, &edges(locale, page, page.edges.iter().filter(asked_of), true)))
                (panel::panel(t!(locale, "unit-asked-by"), None, &edges(locale, page, page.edges.iter().filter(|edge| edge.from == page.unit), false)))
            }
            (panel::panel(t!(locale, "unit-members"), None, &members(locale, page)))
        }
    };
    let above = [Place::new(t!(locale, "place-work"), "/")];
    frame::show(visitor, &Frame { above: &above, ..Frame::new(&page.name, Here::Work) }, &content)
}

fn kind(locale: Locale, kind: &str) -> &str {
    match kind {
        "department" => t!(locale, "unit-department"),
        "branch" => t!(locale, "unit-branch"),
        "team" => t!(locale, "unit-team"),
        other => other,
    }
}

fn tiles(reader: &Reader, page: &Page) -> Markup {
    let locale = reader.locale;
    let (kept, missed) =
        page.promises.values().fold((0, 0), |(kept, missed), week| (kept + week.kept, missed + week.missed));
    let n = kept + missed;
    let share = kept as f64 / n as f64;
    let count = |n: i64| format::count(u64::try_from(n).unwrap_or(0));
    let (open, queued, waiting) = (count(page.open), count(page.queued), count(page.waiting));
    let kept = format::percent(locale, share);
    let basis = t!(locale, "unit-kept-basis", count = n, weeks = WEEKS);
    let tone = match share {
        share if share >= 0.9 => Tone::Good,
        share if share >= 0.75 => Tone::Soon,
        share if share >= 0.0 => Tone::Bad,
        _ => Tone::Quiet,
    };
    let quiet = |label, value, basis| Tile { label, value, basis, tone: Tone::Quiet, explain: None };
    html! {
        div.tiles {
            (tile::tile(locale, &quiet(t!(locale, "unit-open"), &open, t!(locale, "unit-open-basis"))))
            (tile::tile(locale, &quiet(t!(locale, "unit-queued"), &queued, t!(locale, "unit-queued-basis"))))
            (tile::tile(locale, &quiet(t!(locale, "unit-waiting"), &waiting, t!(locale, "unit-waiting-basis"))))
            (tile::tile(locale, &Tile { label: t!(locale, "unit-kept"), value: &kept, basis: &basis, tone, explain: None }))
        }
    }
}

fn promises(reader: &Reader, page: &Page) -> Markup {
    let locale = reader.locale;
    let points = (0..WEEKS).map(|back| {
        let week = page.this_week - WEEKS + 1 + back;
        let Kept { kept, missed } = page.promises.get(&week).copied().unwrap_or_default();
        let n = kept + missed;
        let monday = tally::monday(week).to_zoned(jiff::tz::TimeZone::UTC);
        Point {
            label: format!("{}.{}.", monday.day(), monday.month()),
            value: (n > 0).then(|| 100.0 * kept as f64 / n as f64),
            n: u64::try_from(n).unwrap_or(0),
            href: None,
        }
    });
    let columns = Columns {
        title: t!(locale, "unit-kept-weeks").to_owned(),
        unit: t!(locale, "unit-kept-unit").to_owned(),
        points: points.collect(),
        target: None,
        places: 0,
        csv: None,
        explain: None,
    };
    bars::columns(locale, &columns)
}

/// Who asks, or is asked, how often; how much of it was promised and kept, and what came back.
fn edges<'a>(locale: Locale, page: &Page, edges: impl Iterator<Item = &'a Edge>, provider: bool) -> Markup {
    let mut edges: Vec<&Edge> = edges.collect();
    edges.sort_by_key(|edge| std::cmp::Reverse(edge.asked));
    if edges.is_empty() {
        return html! { p.muted { (t!(locale, "unit-no-handoffs", weeks = WEEKS)) } };
    }
    let columns = [
        words(t!(locale, "beside-unit")),
        figures(t!(locale, "unit-handoffs")),
        figures(t!(locale, "unit-kept")),
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
