//! A list of tickets by a filter: one that somebody just wrote, or a saved view.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use desk::search::MOST_AMONG;
use desk::view_counts::Counts;
use desk::views::{Place, Understood};
use desk::{DeskError, Look, Problem};
use domain::filter::reach::Reach;
use domain::id::ViewId;
use domain::permission::Viewer;
use domain::view::{Column, Grouping, Sort};
use maud::{Markup, html};
use serde::Deserialize;
use store::catalogue::Catalogue;
use store::filtered::{MOST_LOOKED, Mark, Page, Wanted};
use store::queue::Entry;
use store::view::View;

use super::bar::{self, Bar};
use super::side::{self, Side};
use crate::app::App;
use crate::format::Reader;
use crate::guard::urlencode;
use crate::pages::bulk_action;
use crate::pages::frame::{self, Frame, Here};
use crate::pages::listing::Listing;
use crate::pages::listing::reached::{self, mark};
use crate::pages::rows::{self, On, Within};
use crate::pages::shown;
use crate::refusal::Refused;
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::visitor::Visitor;
use crate::{format, said, t};

/// Rows on one page.
const PAGE: i64 = 50;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    sort: Option<String>,
    group: Option<String>,
    view: Option<i64>,
    after: Option<String>,
}

/// What a list is asked for.
struct Asking {
    filter: String,
    sort: Sort,
    grouping: Grouping,
    columns: Vec<Column>,
    after: Option<Mark>,
    /// The saved view, when the list is one.
    view: Option<View>,
    /// The saved view that a filter began with.
    began: Option<i64>,
}

/// What the page shows, read in one snapshot.
struct List {
    asking: Asking,
    found: Result<Found, Problem>,
    catalogue: Arc<Catalogue>,
    /// Not of a page of which only the list is wanted.
    side: Option<Side>,
}

struct Found {
    page: Page,
    reach: Reach,
    /// Its words fit more tickets than are listed.
    words_cut: bool,
}

/// `GET /views?q=FILTER&sort=due&group=unit&after=MARK`
pub(super) async fn filtered(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refused> {
    let Query(asked) = asked?;
    let asking = Asking {
        sort: asked.sort.as_deref().and_then(Sort::parse).unwrap_or(Sort::Due),
        grouping: asked.group.as_deref().and_then(Grouping::parse).unwrap_or(Grouping::Nothing),
        columns: Vec::new(),
        after: asked.after.as_deref().map(|text| mark(text).ok_or(Refused::NotFound)).transpose()?,
        view: None,
        began: asked.view,
        filter: asked.q,
    };
    show(&app, &visitor, side::is_wanted(&headers), move |_, _| Ok(asking)).await
}

/// `GET /views/{view}?after=MARK`
pub(super) async fn saved(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<i64>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refused> {
    let (Path(id), Query(asked)) = (path?, asked?);
    let after = asked.after.as_deref().map(|text| mark(text).ok_or(Refused::NotFound)).transpose()?;
    show(&app, &visitor, side::is_wanted(&headers), move |look, viewer| {
        let view = store::view::by_id(look.tx, viewer, ViewId(id))?.ok_or(DeskError::NotFound)?;
        Ok(Asking {
            filter: view.filter.clone(),
            sort: view.sort,
            grouping: view.grouping,
            columns: view.columns.clone(),
            after,
            began: Some(view.id.0),
            view: Some(view),
        })
    })
    .await
}

async fn show(
    app: &App,
    visitor: &Visitor,
    with_side: bool,
    asking: impl FnOnce(&mut Look, &Viewer) -> Result<Asking, DeskError> + Send + 'static,
) -> Result<Response, Refused> {
    let (viewer, zone) = (Arc::clone(&visitor.viewer), visitor.reader.zone.clone());
    let counts = with_side.then(|| Arc::clone(&app.desk.view_counts));
    let (who, calendar) = (Arc::clone(&viewer), zone.clone());
    let begun = app
        .desk
        .look(move |look| {
            let asking = asking(look, &who)?;
            let place = Place { viewer: &who, catalogue: &look.catalogue, now: look.now, zone: &calendar };
            let understood = match place.understand(&asking.filter) {
                Ok((_, test)) if test.has_words() => return Ok(Begun::Words(Box::new(asking), counts)),
                understood => understood.map(|(filter, test)| Understood { filter, test, cut: false }),
            };
            let list = read(look, &who, counts.as_deref(), asking, understood)?;
            Ok(Begun::Read(Box::new(list)))
        })
        .await?;
    let list = match begun {
        Begun::Read(list) => *list,
        // Texts are looked up on a thread that may take its time.
        Begun::Words(asking, counts) => {
            let search = app.desk.search.clone();
            let read = move |look: &mut Look| {
                let catalogue = Arc::clone(&look.catalogue);
                let place = Place { viewer: &viewer, catalogue: &catalogue, now: look.now, zone: &zone };
                let understood = place.understand_words(look, &search, &asking.filter);
                read(look, &viewer, counts.as_deref(), *asking, understood)
            };
            app.desk.study(read).await?
        }
    };
    side::recount(app, visitor, list.side.as_ref());
    let status = if list.found.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page(visitor, &list)).into_response())
}

/// A list that was read at once, or one with words in its filter.
enum Begun {
    Read(Box<List>),
    Words(Box<Asking>, Option<Arc<Counts>>),
}

fn read(
    look: &mut Look,
    viewer: &Viewer,
    counts: Option<&Counts>,
    asking: Asking,
    understood: Result<Understood, DeskError>,
) -> Result<List, DeskError> {
    let catalogue = Arc::clone(&look.catalogue);
    let found = match understood {
        Ok(Understood { test, cut: words_cut, .. }) => {
            let wanted = Wanted {
                test: &test,
                sort: asking.sort,
                grouping: asking.grouping,
                after: asking.after,
                limit: PAGE,
                patience: MOST_LOOKED,
            };
            let page = store::filtered::page(look.tx, viewer, &catalogue, &wanted)?;
            Ok(Found { page, reach: test.reach(), words_cut })
        }
        Err(DeskError::Invalid { problem, .. }) => Err(problem),
        Err(other) => return Err(other),
    };
    let here = asking.view.as_ref().map_or(side::Here::Elsewhere, |view| side::Here::Saved(view.id));
    let side = counts.map(|counts| Side::read(look, viewer, counts, here)).transpose()?;
    Ok(List { asking, found, catalogue, side })
}

fn page(visitor: &Visitor, list: &List) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let asking = &list.asking;
    let title = asking.view.as_ref().map_or(t!(locale, "views-filtered"), |view| view.name.as_str());
    let wrong = list.found.as_ref().err().map(|problem| said::problem(locale, problem));
    let reach = list.found.as_ref().map_or(Reach::Open, |found| found.reach);
    let bar = Bar {
        filter: &asking.filter,
        sort: asking.sort.fitting(reach),
        sorts: Sort::of(reach),
        grouping: asking.grouping,
        view: asking.began,
        wrong: wrong.as_deref(),
    };
    let content = html! {
        header.page-head {
            h1 { (title) }
            div.buttons { (actions(visitor, asking)) }
        }
        (bar::bar(locale, &bar))
        @if let Ok(found) = &list.found {
            @if found.words_cut { p.muted { (t!(locale, "views-words-cut", most = MOST_AMONG)) } }
            @if !found.page.entries.is_empty() { (bulk_action::bar(visitor, &listing(asking))) }
            (part(reader, list, found, title))
        }
        (shown::shortcuts(locale))
    };
    let side = list.side.as_ref().map(|side| side.show(reader));
    let frame = Frame { side: side.as_ref(), live: Some("/live"), ..Frame::new(title, Here::Work) };
    frame::show(visitor, &frame, &content)
}

fn actions(visitor: &Visitor, asking: &Asking) -> Markup {
    let locale = visitor.reader.locale;
    let query = format!(
        "q={}&sort={}&group={}",
        urlencode(&asking.filter),
        asking.sort.as_str(),
        asking.grouping.as_str()
    );
    match &asking.view {
        Some(view) if desk::views::may_keep(&visitor.viewer, view.owner) => button::link(
            Weight::Secondary,
            Some(Icon::Settings),
            t!(locale, "views-edit"),
            &format!("/views/{}/edit", view.id),
        ),
        Some(_) => button::link(
            Weight::Secondary,
            Some(Icon::Plus),
            t!(locale, "views-copy"),
            &format!("/views/new?{query}"),
        ),
        None => html! {
            @if let Some(view) = asking.began {
                (button::link(Weight::Quiet, None, t!(locale, "views-change-it"), &format!("/views/{view}/edit?{query}")))
            }
            (button::link(Weight::Secondary, Some(Icon::Plus), t!(locale, "views-save"), &format!("/views/new?{query}")))
        },
    }
}

/// One page of the list, and the way on.
fn part(reader: &Reader, list: &List, found: &Found, title: &str) -> Markup {
    let locale = reader.locale;
    let asking = &list.asking;
    let Page { entries, next, cut } = &found.page;
    let next = next.map(|mark| address(asking, Some(mark)));
    let listing = listing(asking);
    let began = asking.after.map(reached::written);
    let within = Within { listing: &listing, sort: asking.sort.fitting(found.reach), page: began.as_deref() };
    let rows = |title: &str, entries: &[Entry]| {
        rows::with(reader, &list.catalogue, entries, title, &asking.columns, Some(within))
    };
    let content = html! {
        @if entries.is_empty() && *cut {
            (panel::empty(Icon::Search, t!(locale, "views-not-yet"), t!(locale, "views-not-yet-words"), None))
        } @else if asking.grouping == Grouping::Nothing || entries.is_empty() {
            (rows(title, entries))
        } @else {
            @for group in grouped(reader, list, found) {
                section.queue-group {
                    h2 { (group.title) }
                    (rows(&group.title, group.entries))
                }
            }
        }
    };
    let cut_words = (!entries.is_empty()).then(|| t!(locale, "views-cut-words"));
    let on = next.as_deref().map(|href| if *cut { On::Look(href, cut_words) } else { On::Next(href) });
    rows::page(locale, &address(asking, asking.after), on, &content)
}

struct Group<'a> {
    title: String,
    entries: &'a [Entry],
}

/// Neighbours with the same heading.
fn grouped<'a>(reader: &Reader, list: &'a List, found: &'a Found) -> Vec<Group<'a>> {
    let sort = list.asking.sort.fitting(found.reach);
    let heading = |entry: &Entry| match list.asking.grouping {
        Grouping::Nothing => String::new(),
        Grouping::Unit => list.catalogue.unit_name(entry.unit).to_owned(),
        Grouping::Order => by_order(reader, sort, entry),
    };
    found
        .page
        .entries
        .chunk_by(|left, right| heading(left) == heading(right))
        .map(|entries| Group { title: entries.first().map(heading).unwrap_or_default(), entries })
        .collect()
}

fn by_order(reader: &Reader, sort: Sort, entry: &Entry) -> String {
    let locale = reader.locale;
    let at = match sort {
        Sort::Priority => return shown::priority_words(locale, entry.priority).to_owned(),
        Sort::Due => entry.due_at,
        Sort::Unanswered => entry.unanswered_since.unwrap_or(entry.opened_at),
        Sort::Opened => entry.opened_at,
        Sort::Changed => entry.changed_at,
        Sort::Solved => entry.solved_at.unwrap_or(entry.changed_at),
    };
    let day = reader.local(at).date();
    let today = reader.local(reader.now).date();
    if day == today {
        t!(locale, "day-today").to_owned()
    } else if today.tomorrow().is_ok_and(|tomorrow| tomorrow == day) {
        t!(locale, "day-tomorrow").to_owned()
    } else if today.yesterday().is_ok_and(|yesterday| yesterday == day) {
        t!(locale, "day-yesterday").to_owned()
    } else {
        format::date(reader, at)
    }
}

/// Which list it is, as the pages of its tickets carry it.
fn listing(asking: &Asking) -> Listing {
    match &asking.view {
        Some(view) => Listing::Saved(view.id),
        None => Listing::Filter { text: asking.filter.clone(), sort: asking.sort, grouping: asking.grouping },
    }
}

/// The address of a page of this list.
fn address(asking: &Asking, after: Option<Mark>) -> String {
    let began = asking.began.filter(|_| asking.view.is_none()).map(|view| format!("view={view}"));
    let after = after.map(|mark| format!("after={}", reached::written(mark)));
    let more: Vec<String> = [began, after].into_iter().flatten().collect();
    let listing = listing(asking);
    if more.is_empty() { listing.address() } else { listing.address_with(&more.join("&")) }
}
