//! The palette: one field that goes to a place, acts on the open ticket, or searches. Opened by a key on every page,
//! and a page of its own without scripts.

mod acts;
mod places;
mod rows;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::search::{Line, PATIENCE, Search, Wanted};
use desk::views::Place;
use desk::{DeskError, Look};
use domain::permission::Viewer;
use maud::{Markup, html};
use serde::Deserialize;

use self::rows::{Group, Row};
use super::frame::{self, Frame, Here};
use super::{part, search};
use crate::app::App;
use crate::format::Reader;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::{Icon, icon};
use crate::visitor::Visitor;

/// The most rows of each group, and hits of each kind.
const OF_EACH: usize = 6;
const HITS: usize = 4;
/// Longer words are cut: nobody types them into a palette.
const LONGEST: usize = 200;

pub fn routes() -> Vec<Route> {
    vec![Route::get("/palette", Right::SignedIn, get(palette))]
}

#[derive(Debug, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    q: String,
    /// The path of the page on which it was opened.
    #[serde(default)]
    at: String,
}

/// `GET /palette?q=..&at=/tickets/1042`: the rows alone for the script that asks with `hx-request`, else a page.
async fn palette(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    typed: Result<Query<Typed>, QueryRejection>,
) -> Result<Response, Refused> {
    let typed = typed.map(|Query(typed)| typed).unwrap_or_default();
    let q: String = typed.q.trim().chars().take(LONGEST).collect();
    let at = if typed.at.is_empty() { came_from(&headers).unwrap_or_default() } else { typed.at };
    let (viewer, index, words) = (Arc::clone(&visitor.viewer), app.desk.search.clone(), q.clone());
    let (reader, number) = (visitor.reader.clone(), open_ticket(&at));
    let locale = reader.locale;
    // A search takes longer than a request's own thread may be held.
    let groups = app.desk.study(move |look| read(look, &index, &viewer, (&reader, &words, number))).await?;
    if part::is_fetched(&headers) {
        return Ok(rows::list(locale, &groups).into_response());
    }
    Ok(page(&visitor, &q, &at, &groups).into_response())
}

/// The path of the page that led here; only pages of ours say it.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let referrer = headers.get(header::REFERER)?.to_str().ok()?;
    let (_, rest) = referrer.split_once("://")?;
    rest.find('/').map(|start| rest[start..].to_owned())
}

/// The number of the ticket on whose page it was opened.
fn open_ticket(at: &str) -> Option<i64> {
    let rest = at.strip_prefix("/tickets/")?;
    rest.split(['/', '?', '#']).next()?.parse().ok()
}

fn read(
    look: &mut Look,
    index: &Search,
    viewer: &Viewer,
    (reader, q, open): (&Reader, &str, Option<i64>),
) -> Result<Vec<Group>, DeskError> {
    let locale = reader.locale;
    let catalogue = Arc::clone(&look.catalogue);
    let place = Place { viewer, catalogue: &catalogue, now: look.now, zone: &reader.zone };
    // What is wrong with a filter is said where all of it is searched.
    let line = match Line::read(look, index, &place, q) {
        Err(DeskError::Invalid { .. }) => Line::plain(""),
        line => line?,
    };
    let mut groups = Vec::new();
    if let Some(number) = line.asked.number {
        let seen = store::access::by_number(look.tx, viewer, number, look.now)?;
        let found = seen.map(|seen| places::ticket(look, viewer, &seen)).transpose()?.flatten();
        groups.push(Group::new(t!(locale, "palette-number"), found.into_iter().collect()));
    }
    if let Some(number) = open {
        let title = t!(locale, "palette-act", number = number.to_string());
        groups.push(Group::new(title, picked(q, acts::offered(look, viewer, locale, (number, q))?)));
    }
    if q.is_empty() {
        groups.push(Group::new(t!(locale, "palette-own"), places::own(look, viewer, OF_EACH)?));
    }
    groups.push(Group::new(t!(locale, "palette-go"), picked(q, places::pages(look, viewer, locale)?)));
    if !q.is_empty() {
        groups.push(Group::new(t!(locale, "palette-views"), picked(q, places::views(look, viewer)?)));
        groups.push(Group::new(t!(locale, "palette-units"), picked(q, places::named(look, viewer))));
        let mut wanted = Wanted {
            asked: &line.asked,
            kind: None,
            behind: None,
            most: HITS,
            keep: &mut |_, _| Ok(true),
            within: line.test(),
            patience: PATIENCE,
        };
        let found = desk::search::find(look, index, viewer, &mut wanted)?;
        groups.extend(found.groups.iter().map(|group| {
            Group::new(search::title(locale, group.kind), group.hits.iter().map(Row::of_hit).collect())
        }));
        groups.push(Group::new(t!(locale, "search"), vec![places::everything(locale, q)]));
    }
    groups.retain(|group| !group.rows.is_empty());
    Ok(groups)
}

/// The rows whose words the typed ones begin, the best first, and no more than a few.
fn picked(q: &str, rows: Vec<Row>) -> Vec<Row> {
    let mut ranked: Vec<(u8, Row)> =
        rows.into_iter().filter_map(|row| Some((rank(&row.label, q)?, row))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let most = if q.is_empty() { usize::MAX } else { OF_EACH };
    ranked.into_iter().map(|(_, row)| row).take(most).collect()
}

/// How well a label fits: it begins so, its words begin so, or it has the words somewhere.
fn rank(label: &str, q: &str) -> Option<u8> {
    let (label, q) = (label.to_lowercase(), q.to_lowercase());
    if label.starts_with(&q) {
        return Some(0);
    }
    let mut words = q.split_whitespace();
    let mut own = label.split(|c: char| !c.is_alphanumeric());
    if words.clone().all(|word| own.any(|one| one.starts_with(word))) {
        return Some(1);
    }
    words.all(|word| label.contains(word)).then_some(2)
}

/// The palette as it opens over a page; its script asks for the rows.
pub(crate) fn dialog(locale: Locale) -> Markup {
    let title = t!(locale, "palette");
    html! {
        dialog.palette #palette aria-label=(title) {
            div.palette-field {
                (icon(Icon::Search))
                input type="text" role="combobox" aria-label=(t!(locale, "palette-hint")) placeholder=(t!(locale, "palette-hint"))
                    aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" autocomplete="off" spellcheck="false"
                    autocapitalize="none" maxlength=(LONGEST);
            }
            div #palette-list role="listbox" aria-label=(title) {}
            p.visually-hidden role="status" data-lost=(t!(locale, "palette-lost")) {}
            p.palette-foot {
                span { kbd { "↑" } " " kbd { "↓" } " " (t!(locale, "palette-walk")) }
                span { kbd { "Enter" } " " (t!(locale, "palette-choose")) }
                span { kbd { "Esc" } " " (t!(locale, "close")) }
            }
        }
    }
}

fn page(visitor: &Visitor, q: &str, at: &str, groups: &[Group]) -> Markup {
    let locale = visitor.reader.locale;
    let title = t!(locale, "palette");
    let field = Field::new("q", t!(locale, "palette-hint")).value(q);
    let content = html! {
        div.page-head { h1 { (title) } }
        div.stack {
            form.form action="/palette" {
                input type="hidden" name="at" value=(at);
                (field::input(locale, Kind::Search, &field))
                div { (button::submit(Weight::Primary, Some(Icon::Search), t!(locale, "palette-find"))) }
            }
            @if groups.is_empty() { p.muted { (t!(locale, "palette-none")) } }
            (rows::sections(groups))
        }
    };
    frame::show(visitor, &Frame::new(title, Here::Elsewhere), &content)
}
