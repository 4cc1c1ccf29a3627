//! One figure with its unit, its n, and a way to the rows behind it.

use maud::{Markup, html};

use super::badge::Tone;
use crate::t;
use crate::text::Locale;

#[derive(Debug, Clone, Copy)]
pub struct Tile<'a> {
    pub label: &'a str,
    pub value: &'a str,
    /// Sample size, period or comparison: what the figure rests on.
    pub basis: &'a str,
    pub tone: Tone,
    /// Where the figure is taken apart.
    pub explain: Option<&'a str>,
}

pub fn tile(locale: Locale, tile: &Tile<'_>) -> Markup {
    html! {
        div class={ "tile " (class(tile.tone)) } {
            p.tile-label { (tile.label) }
            p.tile-value { (tile.value) }
            p.tile-basis {
                (tile.basis)
                @if let Some(href) = tile.explain {
                    " " a href=(href) aria-label={ (t!(locale, "explain")) ": " (tile.label) } { (t!(locale, "explain")) }
                }
            }
        }
    }
}

const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Quiet | Tone::Accent => "",
        Tone::Good => "tile-good",
        Tone::Soon | Tone::Waiting => "tile-soon",
        Tone::Bad => "tile-bad",
    }
}
