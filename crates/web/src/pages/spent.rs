//! The time that people say they spent: summed, as CSV, and the entries behind each sum.

mod entries;

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::spent::summed::{self, Key, Line};
use domain::id::UnitId;
use domain::spent::{By, Month, written};
use maud::{Markup, html};
use serde::Deserialize;

use super::frame::{self, Frame, Here};
use crate::app::App;
use crate::csv::{self, Cell};
use crate::format::{self, Reader};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::explain::{Explain, explain};
use crate::ui::icon::{Icon, icon};
use crate::ui::navigation::{self, Place};
use crate::ui::panel;
use crate::ui::table::{self, figures, words};
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    let own =
        vec![Route::get("/time", Right::Agent, get(show)), Route::get("/time/data", Right::Agent, get(data))];
    own.into_iter().chain(entries::routes()).collect()
}

/// The spans that may be looked at, in months; each ends with the current one.
const SPANS: [i64; 3] = [1, 3, 12];

#[derive(Debug, Clone, Default, Deserialize)]
struct Wanted {
    by: Option<String>,
    months: Option<i64>,
}

/// What an address asks for; anything that is no choice is the usual one.
#[derive(Debug, Clone, Copy)]
struct Asked {
    by: By,
    months: i64,
}

impl Asked {
    fn of(wanted: &Wanted) -> Self {
        let by = wanted.by.as_deref().and_then(By::parse).unwrap_or(By::Unit);
        let months = wanted.months.filter(|months| SPANS.contains(months)).unwrap_or(SPANS[1]);
        Self { by, months }
    }

    /// The first month and the last, on the clocks of whoever looks.
    fn span(self, reader: &Reader) -> (Month, Month) {
        let this = Month::of(reader.local(reader.now).date());
        (this.before(self.months - 1), this)
    }

    fn query(self) -> String {
        format!("by={}&months={}", self.by.as_str(), self.months)
    }
}

/// `GET /time?by=person&months=3`
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Markup, Refused> {
    let asked = Asked::of(&wanted?.0);
    let lines = read(&app, &visitor, asked).await?;
    let locale = visitor.reader.locale;
    let title = t!(locale, "spent-title");
    let content = html! {
        div.page-head {
            h1 { (title) }
            @if !lines.is_empty() { (more(locale, asked, &lines)) }
        }
        p.muted { (t!(locale, "spent-lead")) }
        (choice(locale, asked))
        @if lines.is_empty() {
            (panel::empty(Icon::Clock, t!(locale, "spent-none"), t!(locale, "spent-none-words"), None))
        } @else { (sums(&visitor, asked, &lines)) }
    };
    Ok(frame::show(&visitor, &Frame::new(title, Here::Elsewhere), &content))
}

/// `GET /time/data?by=person&months=3`: the same as CSV.
async fn data(
    State(app): State<App>,
    visitor: Visitor,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, Refused> {
    let asked = Asked::of(&wanted?.0);
    let lines = read(&app, &visitor, asked).await?;
    let row = |line: &Line| {
        let name = line.name.as_deref().map_or(Cell::Nothing, Cell::text);
        let counts = [line.entries, line.tickets].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        std::iter::once(name).chain([line.minutes, counts[0], counts[1]].map(Cell::Number)).collect()
    };
    let rows: Vec<Vec<Cell>> = lines.iter().map(row).collect();
    Ok(csv::answer("time-spent", &[asked.by.as_str(), "minutes", "entries", "tickets"], &rows))
}

async fn read(app: &App, visitor: &Visitor, asked: Asked) -> Result<Vec<Line>, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let span = asked.span(&visitor.reader);
    Ok(app.desk.study(move |look| summed::run(look, &viewer, asked.by, span)).await?)
}

fn choice(locale: Locale, asked: Asked) -> Markup {
    let bys = By::ALL.map(|by| (by == asked.by, by_words(locale, by), Asked { by, ..asked }));
    let spans = SPANS.map(|months| {
        (months == asked.months, t!(locale, "spent-months", months = months), Asked { months, ..asked })
    });
    let bys = bys.map(|(here, label, to)| (here, label.to_owned(), format!("/time?{}", to.query())));
    let spans = spans.map(|(here, label, to)| (here, label, format!("/time?{}", to.query())));
    let tabs = |label: &str, choices: &[(bool, String, String)]| {
        let places: Vec<Place<'_>> =
            choices.iter().map(|(here, label, href)| Place::new(label, href).current_when(*here)).collect();
        navigation::tabs(label, &places)
    };
    html! { (tabs(t!(locale, "spent-by"), &bys)) (tabs(t!(locale, "spent-span"), &spans)) }
}

/// How the sums are formed, and the file.
fn more(locale: Locale, asked: Asked, lines: &[Line]) -> Markup {
    let title = t!(locale, "spent-title");
    let entries: usize = lines.iter().map(|line| line.entries).sum();
    let formed = Explain {
        formula: t!(locale, "spent-formula").to_owned(),
        rows: t!(locale, "spent-rows", months = asked.months),
        n: u64::try_from(entries).unwrap_or(u64::MAX),
        href: Some(format!("/time/entries?months={}", asked.months)),
    };
    html! {
        div.buttons {
            (explain(locale, title, &formed))
            a.picture-link href={ "/time/data?" (asked.query()) } download { (icon(Icon::Download)) (t!(locale, "download-data")) }
        }
    }
}

fn sums(visitor: &Visitor, asked: Asked, lines: &[Line]) -> Markup {
    let locale = visitor.reader.locale;
    let columns = [
        words(by_words(locale, asked.by)),
        figures(t!(locale, "spent-hours")),
        figures(t!(locale, "spent-entries")),
        figures(t!(locale, "spent-tickets")),
    ];
    let count = |count: usize| format::number(locale, i64::try_from(count).unwrap_or(i64::MAX));
    let mut rows: Vec<Vec<Markup>> = lines
        .iter()
        .map(|line| {
            let behind = entries::address(asked, line.key);
            vec![
                named(visitor, line),
                html! { a href=(behind) { (written(line.minutes)) } },
                html! { a href=(behind) { (count(line.entries)) } },
                html! { (count(line.tickets)) },
            ]
        })
        .collect();
    let minutes = lines.iter().map(|line| line.minutes).sum();
    // A ticket may stand in several lines, so their numbers have no sum.
    rows.push(vec![
        html! { strong { (t!(locale, "spent-all")) } },
        html! { strong { (written(minutes)) } },
        html! { strong { (count(lines.iter().map(|line| line.entries).sum())) } },
        html! { "–" },
    ]);
    table::table(t!(locale, "spent-title"), &columns, &rows)
}

/// Units whose pages are not the viewer's are named without a way there, as on the service map.
fn named(visitor: &Visitor, line: &Line) -> Markup {
    let locale = visitor.reader.locale;
    let name = line.name.as_deref().unwrap_or_else(|| match line.key {
        Key::Organisation(_) => t!(locale, "spent-no-organisation"),
        Key::Unit(_) | Key::Person(_) | Key::Service(_) | Key::Month(_) => t!(locale, "does-gone"),
    });
    match line.key {
        Key::Unit(unit) => unit_link(visitor, unit, name),
        Key::Organisation(Some(id)) => html! { a href={ "/organisations/" (id) } { (name) } },
        Key::Person(_) | Key::Service(_) | Key::Organisation(None) | Key::Month(_) => html! { (name) },
    }
}

fn unit_link(visitor: &Visitor, unit: UnitId, name: &str) -> Markup {
    html! {
        @if visitor.viewer.sees_unit(unit) { a href={ "/units/" (unit) } { (name) } } @else { (name) }
    }
}

fn by_words(locale: Locale, by: By) -> &'static str {
    match by {
        By::Unit => t!(locale, "spent-unit"),
        By::Person => t!(locale, "spent-person"),
        By::Service => t!(locale, "spent-service"),
        By::Organisation => t!(locale, "spent-organisation"),
        By::Month => t!(locale, "spent-month"),
    }
}
