//! Who serves whom: units in layers from the customer inwards, lines as wide as the traffic.

mod drawing;
mod layers;
mod routes;

use maud::{Markup, html};

use super::explain::Explain;
use super::picture::{Picture, picture};
use super::table::{self, figures, words};
use crate::format;
use crate::t;
use crate::text::Locale;

/// The map's content; edges name nodes by their place in `nodes`.
#[derive(Debug, Clone)]
pub struct ServiceMap {
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    pub csv: Option<String>,
    pub explain: Option<Explain>,
}

/// A unit, or one kind of customers.
#[derive(Debug, Clone)]
pub struct Node {
    pub label: String,
    pub href: Option<String>,
    /// Open tickets now.
    pub open: Option<u64>,
    /// Customers stand apart from units.
    pub outside: bool,
}

/// `from` asks, `to` serves.
#[derive(Debug, Clone)]
pub struct Edge {
    pub from: usize,
    pub to: usize,
    pub volume: u64,
    /// `None` while no promise came due.
    pub kept: Option<Kept>,
    pub href: Option<String>,
}

/// Promises that came due, and how many of them were kept; at least one came due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    pub kept: u64,
    pub due: u64,
}

impl Kept {
    #[must_use]
    pub fn of(kept: u64, due: u64) -> Option<Self> {
        (due > 0).then_some(Self { kept, due })
    }

    #[must_use]
    pub fn share(self) -> f64 {
        self.kept as f64 / self.due as f64
    }

    /// "81 % (74–87 %, n = 120)": never without how sure it is.
    #[must_use]
    pub fn words(self, locale: Locale) -> String {
        t!(
            locale,
            "map-kept-words",
            share = format::percent(locale, self.share()),
            basis = self.basis(locale)
        )
    }

    /// "74–87 %, n = 120": the 95% interval of the share, and of how many.
    #[must_use]
    pub fn basis(self, locale: Locale) -> String {
        let Some(interval) = domain::stats::wilson(self.kept, self.due) else { return String::new() };
        t!(
            locale,
            "map-kept-basis",
            low = format::decimal(locale, interval.low * 100.0, 0),
            high = format::percent(locale, interval.high),
            n = format::number(locale, i64::try_from(self.due).unwrap_or(i64::MAX))
        )
    }
}

/// From this share on the line counts as good, and as fair.
pub const GOOD: f64 = 0.95;
pub const FAIR: f64 = 0.85;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grade {
    Good,
    Fair,
    Poor,
    Unknown,
}

pub fn service_map(locale: Locale, view: &ServiceMap) -> Markup {
    let summary = t!(locale, "map-summary", units = view.nodes.len(), edges = view.edges.len());
    picture(
        locale,
        &Picture {
            title: t!(locale, "map-title"),
            summary: &summary,
            drawing: &drawing::drawing(locale, view),
            legend: Some(&legend(locale)),
            table: &rows(locale, view),
            csv: view.csv.as_deref(),
            explain: view.explain.as_ref(),
        },
    )
}

fn grade(kept: Option<Kept>) -> Grade {
    match kept.map(Kept::share) {
        None => Grade::Unknown,
        Some(kept) if kept >= GOOD => Grade::Good,
        Some(kept) if kept >= FAIR => Grade::Fair,
        Some(_) => Grade::Poor,
    }
}

const fn class(grade: Grade) -> &'static str {
    match grade {
        Grade::Good => "edge-good",
        Grade::Fair => "edge-fair",
        Grade::Poor => "edge-poor",
        Grade::Unknown => "edge-unknown",
    }
}

fn sentence(locale: Locale, view: &ServiceMap, edge: &Edge) -> String {
    let (from, to) = (view.nodes[edge.from].label.as_str(), view.nodes[edge.to].label.as_str());
    match edge.kept {
        Some(kept) => {
            t!(locale, "map-edge", from = from, to = to, volume = edge.volume, kept = kept.words(locale))
        }
        None => t!(locale, "map-edge-unknown", from = from, to = to, volume = edge.volume),
    }
}

fn rows(locale: Locale, view: &ServiceMap) -> Markup {
    let columns = [
        words(t!(locale, "map-asks")),
        words(t!(locale, "map-serves")),
        figures(t!(locale, "map-volume")),
        figures(t!(locale, "map-kept")),
    ];
    let rows: Vec<Vec<Markup>> = view
        .edges
        .iter()
        .map(|edge| {
            let volume = format::number(locale, i64::try_from(edge.volume).unwrap_or(i64::MAX));
            vec![
                html! { (view.nodes[edge.from].label) },
                html! { (view.nodes[edge.to].label) },
                html! { @match &edge.href { Some(href) => a href=(href) { (volume) }, None => (volume) } },
                html! { @match edge.kept { Some(kept) => (kept.words(locale)), None => "–" } },
            ]
        })
        .collect();
    table::table(t!(locale, "map-title"), &columns, &rows)
}

fn legend(locale: Locale) -> Markup {
    let share = |share: f64| format::percent(locale, share);
    let lines = [
        (Grade::Good, t!(locale, "map-legend-good", share = share(GOOD))),
        (Grade::Fair, t!(locale, "map-legend-fair", share = share(FAIR))),
        (Grade::Poor, t!(locale, "map-legend-poor").to_owned()),
        (Grade::Unknown, t!(locale, "map-legend-unknown").to_owned()),
    ];
    html! {
        ul.legend {
            @for (grade, words) in &lines {
                li {
                    svg.swatch width="24" height="16" aria-hidden="true" focusable="false" {
                        line class={ "edge-line " (class(*grade)) } x1="1" x2="23" y1="8" y2="8" stroke-width="3"
                            stroke-dasharray=[drawing::dashes(*grade, 3.0)] {}
                    }
                    (words)
                }
            }
            li { (t!(locale, "map-legend-width")) }
        }
    }
}

#[cfg(test)]
mod tests;
