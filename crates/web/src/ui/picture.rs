//! The frame around every picture: title, text alternative, the same content as a table.

use maud::{Markup, html};

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
    /// Where the figures are taken apart.
    pub explain: Option<&'a str>,
}

pub fn picture(locale: Locale, picture: &Picture<'_>) -> Markup {
    html! {
        figure.picture {
            figcaption.picture-head {
                h3 { (picture.title) }
                @if let Some(href) = picture.explain { a.picture-link href=(href) { (icon(Icon::Info)) (t!(locale, "explain")) } }
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
