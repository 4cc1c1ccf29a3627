//! The frame around every picture: title, text alternative, the same content as a table.

use maud::{Markup, html};

use super::explain::{Explain, explain};
use super::icon::{Icon, icon};
use crate::t;
use crate::text::Locale;

#[derive(Debug, Clone, Copy)]
pub struct Picture<'a> {
    pub title: &'a str,
    /// What the picture shows, in a sentence or two: read out instead of it.
    pub summary: &'a str,
    pub drawing: &'a Markup,
    pub legend: Option<&'a Markup>,
    pub table: &'a Markup,
    /// Address of the same content as CSV.
    pub csv: Option<&'a str>,
    /// How the figures are formed.
    pub explain: Option<&'a Explain>,
}

pub fn picture(locale: Locale, picture: &Picture<'_>) -> Markup {
    html! {
        figure.picture {
            figcaption.picture-head {
                h3 { (picture.title) }
                @if let Some(formed) = picture.explain { (explain(locale, picture.title, formed)) }
                @if let Some(href) = picture.csv {
                    a.picture-link href=(href) download { (icon(Icon::Download)) (t!(locale, "download-data")) }
                }
            }
            p.picture-summary { (picture.summary) }
            (picture.drawing)
            @if let Some(legend) = picture.legend { (legend) }
            details.picture-data {
                summary { (icon(Icon::ArrowForward)) (t!(locale, "data")) }
                (picture.table)
            }
        }
    }
}
