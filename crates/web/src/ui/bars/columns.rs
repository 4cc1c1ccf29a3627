//! Columns over an axis, each with its n, and a line for the target.

use maud::{Markup, html};

use super::super::explain::Explain;
use super::super::picture::{Picture, picture};
use super::super::table::{self, figures, words};
use crate::format;
use crate::t;
use crate::text::Locale;

/// A measure over time or over categories.
#[derive(Debug, Clone)]
pub struct Columns {
    pub title: String,
    /// What the axis counts: "hours", "% kept".
    pub unit: String,
    pub points: Vec<Point>,
    pub target: Option<(f64, String)>,
    /// Decimal places of the values.
    pub places: usize,
    pub csv: Option<String>,
    pub explain: Option<Explain>,
}

/// One column; a value that could not be formed is `None` and leaves a gap.
#[derive(Debug, Clone)]
pub struct Point {
    pub label: String,
    pub value: Option<f64>,
    pub n: u64,
    pub href: Option<String>,
}

const HEIGHT: f64 = 150.0;
const TOP: f64 = 10.0;

pub fn columns(locale: Locale, view: &Columns) -> Markup {
    let total: u64 = view.points.iter().map(|point| point.n).sum();
    let summary = format!("{} · {}", view.unit, t!(locale, "bars-n", count = total));
    picture(
        locale,
        &Picture {
            title: &view.title,
            summary: &summary,
            drawing: &drawing(locale, view),
            legend: None,
            table: &rows(locale, view),
            csv: view.csv.as_deref(),
            explain: view.explain.as_ref(),
        },
    )
}

fn drawing(locale: Locale, view: &Columns) -> Markup {
    let highest =
        view.points.iter().filter_map(|point| point.value).chain(view.target.iter().map(|(value, _)| *value));
    let step = step_for(highest.fold(0.0, f64::max));
    let ceiling = step * 4.0;
    let y = |value: f64| format!("{:.1}", TOP + HEIGHT - value.clamp(0.0, ceiling) / ceiling * HEIGHT);
    let places = if step < 1.0 { 1 } else { 0 };
    html! {
        div.columns-chart {
            svg.columns-axis width="44" height="190" aria-hidden="true" focusable="false" {
                @for line in 0..=4_u8 {
                    @let value = step * f64::from(line);
                    text x="38" y=(y(value)) dy="4" text-anchor="end" { (format::decimal(locale, value, places)) }
                }
            }
            div.columns-scroll {
                svg.columns-plot width="100%" height="190" role="img" aria-label=(view.title) {
                    @for line in 0..=4_u8 {
                        @let height = y(step * f64::from(line));
                        line.grid x1="0" x2="100%" y1=(height) y2=(height) {}
                    }
                    @for (position, point) in view.points.iter().enumerate() { (column(locale, view, position, point, &y)) }
                    @if let Some((value, label)) = &view.target {
                        line.target x1="0" x2="100%" y1=(y(*value)) y2=(y(*value)) {}
                        text.target-words x="100%" y=(y(*value)) dy="-4" text-anchor="end" { (label) }
                    }
                }
            }
        }
    }
}

fn column(
    locale: Locale,
    view: &Columns,
    position: usize,
    point: &Point,
    y: &dyn Fn(f64) -> String,
) -> Markup {
    let (start, width) =
        (position as f64 / view.points.len() as f64 * 100.0, 100.0 / view.points.len() as f64);
    let told = t!(locale, "bars-n", count = point.n);
    let value =
        point.value.map_or_else(|| "–".to_owned(), |value| format::decimal(locale, value, view.places));
    html! {
        g {
            title { (point.label) ": " (value) " " (view.unit) ", " (told) }
            svg x={ (format!("{start:.3}")) "%" } width={ (format!("{width:.3}")) "%" } height="190" {
                @if let Some(value) = point.value {
                    @let top = y(value);
                    @let high = TOP + HEIGHT - top.parse::<f64>().unwrap_or(TOP);
                    rect.column x="18%" width="64%" y=(top) height={ (format!("{high:.1}")) } rx="2" {}
                }
                text.column-words x="50%" y="184" text-anchor="middle" { (point.label) }
            }
        }
    }
}

fn rows(locale: Locale, view: &Columns) -> Markup {
    let columns = [words(t!(locale, "chart-when")), figures(&view.unit), figures("n")];
    let rows: Vec<Vec<Markup>> = view
        .points
        .iter()
        .map(|point| {
            let value = point.value.map_or_else(|| "–".to_owned(), |value| format::decimal(locale, value, view.places));
            vec![
                html! { @match &point.href { Some(href) => a href=(href) { (point.label) }, None => (point.label) } },
                html! { (value) },
                html! { (point.n) },
            ]
        })
        .collect();
    table::table(&view.title, &columns, &rows)
}

/// A quarter of the axis: the next of 1, 2, 2.5, 5 times a power of ten that reaches the highest value in four steps.
fn step_for(highest: f64) -> f64 {
    if highest <= 0.0 || !highest.is_finite() {
        return 1.0;
    }
    let power = 10_f64.powf((highest / 4.0).log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| step * 4.0 >= highest)
        .unwrap_or(highest)
}
