//! The entries behind a sum of time spent, the latest first.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::routing::get;
use desk::spent::summed::{self, Key};
use domain::id::SpentId;
use domain::spent::{By, Month, written};
use maud::{Markup, html};
use serde::Deserialize;
use store::catalogue::Catalogue;
use store::spent::report::{self, Entry, Mark, Page};

use super::{Asked, Wanted, by_words, unit_link};
use crate::app::App;
use crate::pages::frame::{self, Frame, Here};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::navigation::{self, Place};
use crate::ui::panel;
use crate::ui::table::{self, figures, words};
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/time/entries", Right::Agent, get(show))]
}

const PAGE: usize = 50;
/// How an address says that there is no organisation.
const NONE: &str = "none";

#[derive(Debug, Clone, Default, Deserialize)]
struct Behind {
    by: Option<String>,
    months: Option<i64>,
    of: Option<String>,
    after: Option<String>,
}

pub(super) fn address(asked: Asked, key: Key) -> String {
    let of = key.number().map_or_else(|| NONE.to_owned(), |number| number.to_string());
    format!("/time/entries?{}&of={of}", asked.query())
}

/// `GET /time/entries?by=person&months=3&of=ID&after=DAY.ID`
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    behind: Result<Query<Behind>, QueryRejection>,
) -> Result<Markup, Refused> {
    let Query(behind) = behind?;
    let asked = Asked::of(&Wanted { by: behind.by.clone(), months: behind.months });
    let wanted = wanted(&visitor, asked, &behind)?;
    let after = behind.after.as_deref().map(|text| mark(text).ok_or(Refused::NotFound)).transpose()?;
    let viewer = Arc::clone(&visitor.viewer);
    let read = app.desk.study(move |look| {
        let page = report::page(look.tx, &viewer, &wanted, after, PAGE)?;
        Ok((page, Arc::clone(&look.catalogue)))
    });
    let (page, catalogue) = read.await?;
    Ok(view(&visitor, asked, &behind, &page, &catalogue))
}

/// What the address asks for, within the months of the report.
fn wanted(visitor: &Visitor, asked: Asked, behind: &Behind) -> Result<report::Wanted, Refused> {
    let (first, last) = asked.span(&visitor.reader);
    let all = summed::of_months(first, last).ok_or(Refused::NotFound)?;
    let Some(of) = behind.of.as_deref() else { return Ok(all) };
    let key = match of {
        NONE => None,
        number => Some(number.parse::<i64>().map_err(|_| Refused::NotFound)?),
    };
    match (asked.by, key) {
        (By::Month, Some(month)) if (first.0..=last.0).contains(&month) => {
            summed::of_months(Month(month), Month(month)).ok_or(Refused::NotFound)
        }
        (By::Unit | By::Person | By::Service, Some(_)) | (By::Organisation, _) => {
            Ok(report::Wanted { of: Some((asked.by, key)), ..all })
        }
        (By::Month, _) | (By::Unit | By::Person | By::Service, None) => Err(Refused::NotFound),
    }
}

fn mark(text: &str) -> Option<Mark> {
    let (day, id) = text.split_once('.')?;
    Some(Mark { day: day.parse().ok()?, id: SpentId(id.parse().ok()?) })
}

fn view(visitor: &Visitor, asked: Asked, behind: &Behind, page: &Page, catalogue: &Catalogue) -> Markup {
    let locale = visitor.reader.locale;
    let all = t!(locale, "spent-entries-title");
    let whose = behind.of.as_ref().and_then(|_| whose(asked.by, page, catalogue));
    let title = whose.map_or_else(|| all.to_owned(), |whose| format!("{all}: {whose}"));
    let title = title.as_str();
    let of = behind.of.as_ref().map(|of| format!("&of={of}")).unwrap_or_default();
    let here = format!("/time/entries?{}{of}", asked.query());
    let older = page.next.map(|Mark { day, id }| format!("{here}&after={day}.{id}"));
    let newest = behind.after.as_ref().map(|_| here.as_str());
    let report = format!("/time?{}", asked.query());
    let above = [Place::new(t!(locale, "spent-title"), &report)];
    let columns = [
        words(t!(locale, "edge-number")),
        words(t!(locale, "edge-subject")),
        words(by_words(locale, By::Unit)),
        words(by_words(locale, By::Person)),
        words(t!(locale, "time-day")),
        figures(t!(locale, "spent-hours")),
        words(t!(locale, "time-note")),
    ];
    let row = |entry: &Entry| {
        let day = domain::custom::date(entry.day).map(|day| day.to_string()).unwrap_or_default();
        vec![
            html! { a href={ "/tickets/" (entry.number) "#time" } { "#" (entry.number) } },
            html! { (entry.subject) },
            unit_link(visitor, entry.unit, catalogue.unit_name(entry.unit)),
            html! { (entry.person.1) },
            html! { (day) },
            html! { (written(entry.minutes)) },
            html! { (entry.note) },
        ]
    };
    let rows: Vec<Vec<Markup>> = page.entries.iter().map(row).collect();
    let content = html! {
        div.page-head { h1 { (title) } }
        p.muted { (t!(locale, "spent-entries-lead", months = asked.months)) }
        @if rows.is_empty() {
            (panel::empty(Icon::Clock, t!(locale, "spent-none"), t!(locale, "spent-none-words"), None))
        } @else { (table::table(title, &columns, &rows)) }
        (navigation::pages(locale, newest, older.as_deref()))
    };
    frame::show(visitor, &Frame { above: &above, ..Frame::new(title, Here::Elsewhere) }, &content)
}

/// What the entries have in common, by its name.
fn whose(by: By, page: &Page, catalogue: &Catalogue) -> Option<String> {
    let entry = page.entries.first()?;
    match by {
        By::Unit => Some(catalogue.unit_name(entry.unit).to_owned()),
        By::Person => Some(entry.person.1.clone()),
        By::Service => catalogue.services.get(&entry.service).map(|offer| offer.name.clone()),
        By::Organisation => entry.organisation.as_ref().map(|(_, name)| name.clone()),
        By::Month => domain::custom::date(entry.day).map(|day| Month::of(day).to_string()),
    }
}
