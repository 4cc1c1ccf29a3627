//! Draws the placed map: boxes for units, curves for who asks whom, figures on the curves.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::routes::Point;
use super::{Edge, Grade, Node, ServiceMap, class, grade, layers, routes, sentence};
use crate::format;
use crate::t;
use crate::text::Locale;

pub(super) const BOX_WIDTH: f64 = 150.0;
pub(super) const BOX_HEIGHT: f64 = 46.0;
const COLUMN: f64 = 268.0;
const ROW: f64 = 74.0;
const MARGIN: f64 = 10.0;
/// Maps narrower than this keep their size; wider ones shrink with the page as far as they can be read.
const SHRINKS_FROM: f64 = 832.0;

pub(super) fn drawing(locale: Locale, view: &ServiceMap) -> Markup {
    let layout = layers::layout(view);
    let width = MARGIN * 2.0 + BOX_WIDTH + COLUMN * places(layout.layers.saturating_sub(1));
    let height = MARGIN * 2.0 + ROW * places(layout.tallest.max(1));
    let busiest = view.edges.iter().map(|edge| edge.volume).max().unwrap_or(1).max(1);
    let routes = routes::routes(view, &layout);
    let plates = routes::plates(view, &layout, &routes);
    html! {
        div.map-scroll tabindex="0" role="group" aria-label=(t!(locale, "picture-scroll")) {
            svg.map .map-small[width < SHRINKS_FROM] viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height) role="group" aria-label=(t!(locale, "map-title")) {
                @for (edge, route) in view.edges.iter().zip(&routes).filter(|(_, route)| !route.is_empty()) {
                    (line(locale, view, edge, route, busiest))
                }
                @for (node, place) in view.nodes.iter().zip(&layout.places) { (unit(locale, node, *place)) }
                @for (edge, plate) in view.edges.iter().zip(&plates) {
                    @if let Some(plate) = plate { (figure(locale, view, edge, *plate)) }
                }
            }
        }
    }
}

fn line(locale: Locale, view: &ServiceMap, edge: &Edge, route: &[Point], busiest: u64) -> Markup {
    let width = 1.5 + 7.5 * (edge.volume as f64 / busiest as f64).sqrt();
    let grade = grade(edge.kept);
    let class = class(grade);
    html! {
        g.edge {
            title { (sentence(locale, view, edge)) }
            path class={ "edge-line " (class) } d=(curve(route)) stroke-width=(tenths(width)) stroke-dasharray=[dashes(grade, width)] {}
            path class={ "edge-head " (class) } d=(head(route, width)) {}
        }
    }
}

// The figures come last and stand above every line and box.
fn figure(locale: Locale, view: &ServiceMap, edge: &Edge, (x, y): Point) -> Markup {
    let kept = edge.kept.map_or_else(|| "–".to_owned(), |kept| format::percent(locale, kept.share()));
    let words =
        format!("{} · {kept}", format::number(locale, i64::try_from(edge.volume).unwrap_or(i64::MAX)));
    let wide = routes::plate_width(words.chars().count());
    let content = html! {
        rect class="edge-plate" x=(tenths(x - wide / 2.0)) y=(tenths(y - routes::PLATE_HEIGHT / 2.0)) width=(tenths(wide)) height=(routes::PLATE_HEIGHT) rx="10" {}
        text class={ "edge-words " (class(grade(edge.kept))) } x=(tenths(x)) y=(tenths(y + 4.0)) text-anchor="middle" { (words) }
    };
    let told = sentence(locale, view, edge);
    html! {
        @match &edge.href {
            Some(href) => a.edge-figure href=(href) aria-label=(told) { title { (told) } (content) },
            None => g.edge-figure role="img" aria-label=(told) { title { (told) } (content) },
        }
    }
}

fn unit(locale: Locale, node: &Node, (layer, row): (usize, f64)) -> Markup {
    let (x, y) = (left(layer), middle(row) - BOX_HEIGHT / 2.0);
    let content = html! {
        rect class={ "node" @if node.outside { " node-outside" } } x=(tenths(x)) y=(tenths(y)) width=(BOX_WIDTH)
            height=(BOX_HEIGHT) rx=(if node.outside { BOX_HEIGHT / 2.0 } else { 8.0 }) {}
        text.node-words x=(tenths(x + BOX_WIDTH / 2.0)) y=(tenths(y + if node.open.is_some() { 20.0 } else { 28.0 })) text-anchor="middle" {
            (shortened(&node.label))
        }
        @if let Some(open) = node.open {
            text.node-about x=(tenths(x + BOX_WIDTH / 2.0)) y=(tenths(y + 36.0)) text-anchor="middle" {
                (t!(locale, "map-open", count = format::count(open)))
            }
        }
    };
    html! {
        @match &node.href {
            Some(href) => a href=(href) { title { (node.label) } (content) },
            None => g { title { (node.label) } (content) },
        }
    }
}

fn curve(route: &[Point]) -> String {
    let mut path = format!("M{:.1} {:.1}", route[0].0, route[0].1);
    for pair in route.windows(2) {
        let [_, (x1, y1), (x2, y2), (x3, y3)] = routes::bow(pair[0], pair[1]);
        write!(path, "C{x1:.1} {y1:.1} {x2:.1} {y2:.1} {x3:.1} {y3:.1}").expect("a string grows");
    }
    path
}

/// Colour alone must not tell the grades apart: fair lines are long dashes, poor ones short, unknown ones dots.
pub(super) fn dashes(grade: Grade, width: f64) -> Option<String> {
    match grade {
        Grade::Good => None,
        Grade::Fair => Some(format!("{:.0} 4", 10.0 + width * 2.0)),
        Grade::Poor => Some(format!("{:.0} {:.0}", 3.0 + width, 3.0 + width * 0.4)),
        Grade::Unknown => Some("1 4".to_owned()),
    }
}

fn head(route: &[Point], width: f64) -> String {
    let (end, before) = (route[route.len() - 1], route[route.len() - 2]);
    let back = if (end.0 - before.0).abs() < 1.0 || end.0 < before.0 { 1.0 } else { -1.0 };
    let (long, half) = (7.0 + width, 3.5 + width * 0.75);
    format!("M{:.1} {:.1}l{:.1} {:.1}v{:.1}z", end.0, end.1, long * back, -half, half * 2.0)
}

pub(super) fn left(layer: usize) -> f64 {
    MARGIN + COLUMN * places(layer)
}

pub(super) fn middle(row: f64) -> f64 {
    MARGIN + ROW * (row + 0.5)
}

fn shortened(label: &str) -> String {
    const MOST: usize = 21;
    if label.chars().count() <= MOST {
        return label.to_owned();
    }
    label.chars().take(MOST - 1).chain(['…']).collect()
}

fn tenths(value: f64) -> String {
    format!("{value:.1}")
}

pub(super) fn places(count: usize) -> f64 {
    count as f64
}
