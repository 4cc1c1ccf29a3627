//! A line without axes, for the end of a table row; the figures stand beside it.

use maud::{Markup, html};

/// The values from oldest to newest; `words` says what the line shows.
pub fn spark(words: &str, values: &[f64]) -> Markup {
    let (low, high) =
        values.iter().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(*value), high.max(*value)));
    let height = (high - low).max(f64::EPSILON);
    let step = 100.0 / values.len().saturating_sub(1).max(1) as f64;
    let points: Vec<String> = values
        .iter()
        .enumerate()
        .map(|(position, value)| {
            format!("{:.1},{:.1}", position as f64 * step, 18.0 - (value - low) / height * 16.0)
        })
        .collect();
    html! {
        svg.spark viewBox="0 0 100 20" preserveAspectRatio="none" role="img" aria-label=(words) {
            title { (words) }
            @if values.len() > 1 { polyline points=(points.join(" ")) vector-effect="non-scaling-stroke" {} }
        }
    }
}
