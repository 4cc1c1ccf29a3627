//! My work: what to do next and why, and the queues of units.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::{DeskError, Look};
use domain::id::{TicketId, UnitId};
use domain::permission::Viewer;
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;
use store::catalogue::Catalogue;
use store::queue::{After, Entry};
use store::ticket::Because;

use super::frame::{self, Frame, Here};
use super::shown;
use crate::app::App;
use crate::format::Reader;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::badge::Promise;
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::navigation::{self, Place};
use crate::ui::panel;
use crate::ui::queue::{self, Blocked, LastBy, Row};
use crate::visitor::Visitor;

/// Rows on one page.
const PAGE: i64 = 50;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/", Right::SignedIn, get(home)),
        Route::get("/units/{unit}/queue", Right::Unit, get(of_unit)),
    ]
}

/// Which list is asked for, and after which row it begins.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    view: Option<String>,
    after: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Next,
    Mine,
    Waiting,
    Done,
    Unit(UnitId),
}

/// What the page shows, read in one snapshot.
struct List {
    view: View,
    title: Option<String>,
    entries: Vec<Entry>,
    catalogue: Arc<Catalogue>,
    taken: i64,
    units: Vec<(UnitId, String, i64)>,
    /// Where the page begins, as the address says it.
    after: Option<String>,
}

/// `GET /?view=mine|waiting|done&after=DUE.ID`: people who serve in no unit have their portal.
async fn home(
    State(app): State<App>,
    visitor: Visitor,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refused> {
    if !visitor.viewer.is_agent() {
        return Ok(Redirect::to("/portal").into_response());
    }
    let Query(asked) = asked?;
    let view = match asked.view.as_deref() {
        None => View::Next,
        Some("mine") => View::Mine,
        Some("waiting") => View::Waiting,
        Some("done") => View::Done,
        Some(_) => return Err(Refused::NotFound),
    };
    show(&app, &visitor, view, asked.after.as_deref()).await
}

/// `GET /units/{unit}/queue?after=DUE.ID`
async fn of_unit(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refused> {
    let (Path(unit), Query(asked)) = (path?, asked?);
    let unit = UnitId(unit);
    if !visitor.viewer.sees_unit(unit) {
        return Err(Refused::NotFound);
    }
    show(&app, &visitor, View::Unit(unit), asked.after.as_deref()).await
}

async fn show(app: &App, visitor: &Visitor, view: View, after: Option<&str>) -> Result<Response, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let from = after.map(|text| place(text).ok_or(Refused::NotFound)).transpose()?;
    let mut list = app.desk.look(move |look| read(look, &viewer, view, from)).await?;
    list.after = after.map(str::to_owned);
    Ok(page(visitor, &list).into_response())
}

fn read(look: &mut Look, viewer: &Viewer, view: View, from: Option<After>) -> Result<List, DeskError> {
    let after = from.unwrap_or(After::START);
    let title = match view {
        View::Unit(unit) => {
            let unit = look.catalogue.units.get(&unit).ok_or(DeskError::NotFound)?;
            Some(unit.name.clone())
        }
        View::Next | View::Mine | View::Waiting | View::Done => None,
    };
    let entries = match view {
        View::Next => store::work::next(look.tx, viewer, after, PAGE)?,
        View::Mine => store::queue::of_person(look.tx, viewer, after, PAGE)?,
        View::Waiting => store::work::waiting(look.tx, viewer, after, PAGE)?,
        View::Done => {
            let before = from.map_or(Timestamp::MAX, |from| from.at);
            store::work::done(look.tx, viewer, before, PAGE)?
        }
        View::Unit(unit) => store::queue::of_unit(look.tx, viewer, unit, after, PAGE)?,
    };
    let mut shown = viewer.units.clone();
    shown.extend(viewer.oversees.iter().filter(|unit| !viewer.units.contains(unit)));
    if let View::Unit(unit) = view
        && !shown.contains(&unit)
    {
        shown.push(unit);
    }
    let mut units = Vec::with_capacity(shown.len());
    for unit in shown.into_iter().take(30) {
        let open = store::queue::counts(look.tx, viewer, unit)?.open;
        units.push((unit, look.catalogue.unit_name(unit).to_owned(), open));
    }
    let taken = store::work::taken(look.tx, viewer)?;
    Ok(List { view, title, entries, catalogue: Arc::clone(&look.catalogue), taken, units, after: None })
}

fn page(visitor: &Visitor, list: &List) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let (title, words) = match (&list.view, &list.title) {
        (View::Next, _) => (t!(locale, "work-next"), t!(locale, "work-next-words")),
        (View::Mine, _) => (t!(locale, "work-mine"), t!(locale, "work-mine-words")),
        (View::Waiting, _) => (t!(locale, "work-waiting"), t!(locale, "work-waiting-words")),
        (View::Done, _) => (t!(locale, "work-done"), t!(locale, "work-done-words")),
        (View::Unit(_), title) => (title.as_deref().unwrap_or_default(), t!(locale, "work-unit-words")),
    };
    let (live, unit) = match list.view {
        View::Unit(unit) => (format!("/live?unit={unit}"), Some(unit)),
        View::Next | View::Mine | View::Waiting | View::Done => ("/live".to_owned(), None),
    };
    let content = html! {
        header.page-head {
            div { h1 { (title) } p.muted { (words) } }
            @if let Some(unit) = unit {
                (button::link(Weight::Secondary, Some(Icon::Chart), t!(locale, "work-unit-page"), &format!("/units/{unit}")))
            }
        }
        div #queue data-refresh hx-get=(here(list)) hx-trigger="refresh" hx-select="#queue" hx-swap="outerMorph" {
            (rows(reader, &list.catalogue, &list.entries, title))
            (navigation::pages(locale, first_page(list).as_deref(), next_page(list).as_deref()))
        }
        (shown::shortcuts(locale))
    };
    let side = side(visitor, list);
    let frame = Frame { side: Some(&side), live: Some(&live), ..Frame::new(title, Here::Work) };
    frame::show(visitor, &frame, &content)
}

fn side(visitor: &Visitor, list: &List) -> Markup {
    let locale = visitor.reader.locale;
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    let own = [
        Place::new(t!(locale, "work-next"), "/").icon(Icon::Inbox).current_when(list.view == View::Next),
        Place::new(t!(locale, "work-mine"), "/?view=mine")
            .icon(Icon::Person)
            .count(count(list.taken))
            .current_when(list.view == View::Mine),
        Place::new(t!(locale, "work-waiting"), "/?view=waiting")
            .icon(Icon::Pause)
            .current_when(list.view == View::Waiting),
        Place::new(t!(locale, "work-done"), "/?view=done")
            .icon(Icon::Check)
            .current_when(list.view == View::Done),
    ];
    let hrefs: Vec<String> = list.units.iter().map(|(unit, ..)| format!("/units/{unit}/queue")).collect();
    let units: Vec<Place> = list
        .units
        .iter()
        .zip(&hrefs)
        .map(|((unit, name, open), href)| {
            Place::new(name, href)
                .icon(Icon::Unit)
                .count(count(*open))
                .current_when(list.view == View::Unit(*unit))
        })
        .collect();
    html! {
        (navigation::views(t!(locale, "work-views"), &own))
        (navigation::views(t!(locale, "work-queues"), &units))
    }
}

/// Tickets as a queue shows them.
pub(super) fn rows(reader: &Reader, catalogue: &Catalogue, entries: &[Entry], title: &str) -> Markup {
    let locale = reader.locale;
    if entries.is_empty() {
        return panel::empty(Icon::Check, t!(locale, "work-empty"), t!(locale, "work-empty-words"), None);
    }
    let lines: Vec<Line> = entries.iter().map(|entry| Line::of(reader, catalogue, entry)).collect();
    let rows: Vec<Row> = lines.iter().map(Line::row).collect();
    queue::queue(reader, title, &rows)
}

/// The texts of a row, kept while it is drawn.
struct Line<'a> {
    entry: &'a Entry,
    href: String,
    number: String,
    requester: String,
    blocks: Option<(String, String)>,
    promise: Promise<'static>,
    reason: Option<String>,
}

impl<'a> Line<'a> {
    fn of(reader: &Reader, catalogue: &Catalogue, entry: &'a Entry) -> Self {
        let done = entry.solved_at.is_some();
        Self {
            entry,
            href: format!("/tickets/{}", entry.number),
            number: format!("#{}", entry.number),
            requester: match entry.asking {
                Some(asking) => format!("{} · {}", catalogue.unit_name(asking), entry.requester),
                None => entry.requester.clone(),
            },
            blocks: entry.blocks.map(|number| (format!("#{number}"), format!("/tickets/{number}"))),
            promise: match entry.because {
                _ if done => Promise::None,
                Because::Age => Promise::None,
                Because::Own | Because::Blocks => shown::due(reader.now, entry.due_at),
            },
            reason: (!done).then(|| shown::place(reader, entry.because, entry.due_at, entry.due_number)),
        }
    }

    fn row(&self) -> Row<'_> {
        let entry = self.entry;
        Row {
            href: &self.href,
            number: &self.number,
            subject: &entry.subject,
            requester: &self.requester,
            organisation: entry.organisation.as_deref(),
            last_by: match entry.last_side {
                Some(domain::event::Side::Serving) => LastBy::Us,
                Some(domain::event::Side::Requesting) => LastBy::Them,
                None => LastBy::Nobody,
            },
            unanswered_since: entry.unanswered_since,
            promise: self.promise,
            priority: shown::priority(entry.priority),
            holder: entry.person.as_ref().map(|(_, name)| name.as_str()),
            unread: false,
            draft: false,
            blocks: self.blocks.as_ref().map(|(number, href)| Blocked { number, href }),
            waits_for: u32::try_from(entry.handoffs_open).unwrap_or(0),
            reason: self.reason.as_deref(),
        }
    }
}

fn address(view: View) -> String {
    match view {
        View::Next => "/".to_owned(),
        View::Mine => "/?view=mine".to_owned(),
        View::Waiting => "/?view=waiting".to_owned(),
        View::Done => "/?view=done".to_owned(),
        View::Unit(unit) => format!("/units/{unit}/queue"),
    }
}

fn here(list: &List) -> String {
    list.after.as_deref().map_or_else(|| address(list.view), |after| paged(list.view, after))
}

fn first_page(list: &List) -> Option<String> {
    list.after.is_some().then(|| address(list.view))
}

fn next_page(list: &List) -> Option<String> {
    let last = list.entries.last().filter(|_| list.entries.len() as i64 == PAGE)?;
    let at = if list.view == View::Done { last.solved_at? } else { last.due_at };
    Some(paged(list.view, &format!("{}.{}", at.as_microsecond(), last.id)))
}

fn paged(view: View, after: &str) -> String {
    let address = address(view);
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}after={after}")
}

fn place(text: &str) -> Option<After> {
    let (at, id) = text.split_once('.')?;
    Some(After { at: Timestamp::from_microsecond(at.parse().ok()?).ok()?, id: TicketId(id.parse().ok()?) })
}
