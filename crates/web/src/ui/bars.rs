//! Charges as one stacked bar, measures over time as columns, and a line small enough for a table cell.

mod columns;
mod spark;

use jiff::SignedDuration;
use maud::{Markup, html};

pub use self::columns::{Columns, Point, columns};
pub use self::spark::spark;
use super::explain::Explain;
use super::picture::{Picture, picture};
use super::table::{self, figures, words};
use crate::format;
use crate::t;
use crate::text::Locale;

/// A whole that is divided among holders.
#[derive(Debug, Clone)]
pub struct Stacked {
    pub title: String,
    pub parts: Vec<Part>,
    /// How many tickets the sum was formed over.
    pub tickets: u64,
    pub csv: Option<String>,
    pub explain: Option<Explain>,
}

/// What one holder is charged with.
#[derive(Debug, Clone)]
pub struct Part {
    pub label: String,
    pub href: Option<String>,
    pub elapsed: SignedDuration,
    pub working: Option<SignedDuration>,
}

const SERIES: usize = 8;

/// The parts in the order given, each with its share in words below the bar.
pub fn stacked(locale: Locale, view: &Stacked) -> Markup {
    let total: i64 = view.parts.iter().map(|part| part.elapsed.as_secs().max(0)).sum();
    let summary = summary(locale, view, total);
    picture(
        locale,
        &Picture {
            title: &view.title,
            summary: &summary,
            drawing: &bar(locale, view, total),
            legend: Some(&legend(locale, view, total)),
            table: &rows(locale, view, total),
            csv: view.csv.as_deref(),
            explain: view.explain.as_ref(),
        },
    )
}

fn summary(locale: Locale, view: &Stacked, total: i64) -> String {
    let time = format::duration(locale, SignedDuration::from_secs(total));
    format!("{} {time} · {}", t!(locale, "bars-total"), t!(locale, "bars-n", count = view.tickets))
}

fn bar(locale: Locale, view: &Stacked, total: i64) -> Markup {
    let starts = view.parts.iter().scan(0.0, |sum, part| {
        let start = *sum;
        *sum += share(part, total);
        Some(start)
    });
    html! {
        svg.stacked width="100%" height="34" role="img" aria-label=(view.title) {
            @for (position, (part, x)) in view.parts.iter().zip(starts).enumerate() {
                @let share = share(part, total);
                g {
                    title { (part.label) ": " (format::duration(locale, part.elapsed)) ", " (format::percent(locale, share)) }
                    svg x={ (written(x)) "%" } width={ (written(share)) "%" } height="34" {
                        rect class={ "stacked-part series-" (position % SERIES) } width="100%" height="34" {}
                        @if share > 0.07 {
                            text class={ "stacked-words words-" (position % SERIES) } x="8" y="22" { (format::percent(locale, share)) }
                        }
                    }
                }
            }
        }
    }
}

fn legend(locale: Locale, view: &Stacked, total: i64) -> Markup {
    html! {
        ul.legend.legend-wide {
            @for (position, part) in view.parts.iter().enumerate() {
                li {
                    svg.swatch width="12" height="12" aria-hidden="true" focusable="false" {
                        rect class={ "series-" (position % SERIES) } width="12" height="12" rx="2" {}
                    }
                    @match &part.href {
                        Some(href) => a href=(href) { (part.label) },
                        None => span { (part.label) },
                    }
                    span.muted { (format::duration(locale, part.elapsed)) " · " (format::percent(locale, share(part, total))) }
                }
            }
        }
    }
}

fn rows(locale: Locale, view: &Stacked, total: i64) -> Markup {
    let columns = [
        words(t!(locale, "bars-holder")),
        figures(t!(locale, "waterfall-elapsed")),
        figures(t!(locale, "waterfall-working")),
        figures(t!(locale, "bars-share")),
    ];
    let rows: Vec<Vec<Markup>> = view
        .parts
        .iter()
        .map(|part| {
            vec![
                html! { (part.label) },
                html! { (format::duration(locale, part.elapsed)) },
                html! { @if let Some(working) = part.working { (format::duration(locale, working)) } @else { "–" } },
                html! { (format::percent(locale, share(part, total))) },
            ]
        })
        .collect();
    table::table(&view.title, &columns, &rows)
}

fn share(part: &Part, total: i64) -> f64 {
    if total == 0 { 0.0 } else { part.elapsed.as_secs().max(0) as f64 / total as f64 }
}

fn written(share: f64) -> String {
    format!("{:.3}", share * 100.0)
}
