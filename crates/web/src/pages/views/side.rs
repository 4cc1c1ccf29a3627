//! The side of the work pages: the desk's own views, saved ones with their numbers, and the units' queues.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use desk::view_counts::{Counts, Shown};
use desk::{DeskError, Look};
use domain::id::{UnitId, ViewId};
use domain::permission::Viewer;
use maud::{Markup, html};
use serde::Deserialize;
use store::view::{Owner, View};
use store::work::Own;

use crate::app::App;
use crate::format::{self, Reader};
use crate::pages::part;
use crate::refusal::Refused;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::navigation::{self, Place};
use crate::visitor::Visitor;

/// Units listed at the side.
const MOST_UNITS: usize = 30;

/// Which list the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    Next,
    Mine,
    Waiting,
    Snoozed,
    Done,
    Unit(UnitId),
    Saved(ViewId),
    /// A filter that nobody saved, or no list at all.
    Elsewhere,
}

/// Everything at the side, read with the page.
pub struct Side {
    here: Here,
    own: Own,
    units: Vec<(UnitId, String, i64)>,
    views: Vec<View>,
    shown: Shown,
}

impl Side {
    pub fn read(look: &mut Look, viewer: &Viewer, counts: &Counts, here: Here) -> Result<Self, DeskError> {
        let mut shown = viewer.units.clone();
        shown.extend(viewer.oversees.iter().filter(|unit| !viewer.units.contains(unit)));
        if let Here::Unit(unit) = here
            && !shown.contains(&unit)
        {
            shown.push(unit);
        }
        let mut units = Vec::with_capacity(shown.len());
        for unit in shown.into_iter().take(MOST_UNITS) {
            let open = store::queue::counts(look.tx, viewer, unit)?.open;
            units.push((unit, look.catalogue.unit_name(unit).to_owned(), open));
        }
        let views = store::view::of(look.tx, viewer)?;
        let shown = counts.shown(look, viewer, &views)?;
        Ok(Self { here, own: store::work::own(look.tx, viewer)?, units, views, shown })
    }

    pub fn show(&self, reader: &Reader) -> Markup {
        let locale = reader.locale;
        let own = [
            Place::new(t!(locale, "work-next"), "/").icon(Icon::Inbox).current_when(self.here == Here::Next),
            Place::new(t!(locale, "work-mine"), "/?view=mine")
                .icon(Icon::Person)
                .count(u64::try_from(self.own.taken).unwrap_or(0))
                .current_when(self.here == Here::Mine),
            Place::new(t!(locale, "work-waiting"), "/?view=waiting")
                .icon(Icon::Pause)
                .current_when(self.here == Here::Waiting),
            Place::new(t!(locale, "work-snoozed"), "/?view=snoozed")
                .icon(Icon::Moon)
                .current_when(self.here == Here::Snoozed),
            Place::new(t!(locale, "work-done"), "/?view=done")
                .icon(Icon::Check)
                .current_when(self.here == Here::Done),
        ];
        let mut more = vec![
            Place::new(t!(locale, "recurring"), "/recurring").icon(Icon::Calendar),
            Place::new(t!(locale, "spent-title"), "/time").icon(Icon::Clock),
        ];
        if self.own.acted_in_bulk {
            more.push(Place::new(t!(locale, "bulk-title"), "/bulk").icon(Icon::Bolt));
        }
        let hrefs: Vec<String> = self.units.iter().map(|(unit, ..)| format!("/units/{unit}/queue")).collect();
        let units: Vec<Place> = self
            .units
            .iter()
            .zip(&hrefs)
            .map(|((unit, name, open), href)| {
                Place::new(name, href)
                    .icon(Icon::Unit)
                    .count(u64::try_from(*open).unwrap_or(0))
                    .current_when(self.here == Here::Unit(*unit))
            })
            .collect();
        html! {
            (navigation::views(t!(locale, "work-views"), &own))
            (saved(reader, self.here, &self.views, &self.shown))
            @if !units.is_empty() { (navigation::views(t!(locale, "work-queues"), &units)) }
            (navigation::views(t!(locale, "work-more"), &more))
        }
    }
}

/// Saved views. Their numbers come afterwards, so that no page waits for them.
fn saved(reader: &Reader, here: Here, views: &[View], shown: &Shown) -> Markup {
    let locale = reader.locale;
    let hrefs: Vec<String> = views.iter().map(|view| format!("/views/{}", view.id)).collect();
    let places: Vec<Place> = views
        .iter()
        .zip(&hrefs)
        .map(|(view, href)| {
            let place = Place::new(&view.name, href)
                .icon(icon_of(view.owner))
                .current_when(here == Here::Saved(view.id));
            match shown.counts.get(&view.id) {
                Some(count) if count.at_least => place.at_least(u64::try_from(count.found).unwrap_or(0)),
                Some(count) => place.count(u64::try_from(count.found).unwrap_or(0)),
                None => place,
            }
        })
        .collect();
    let again = match here {
        Here::Saved(view) => format!("/views/counts?here={view}"),
        _ => "/views/counts".to_owned(),
    };
    let when = if shown.stale { "load delay:250ms, refresh" } else { "refresh" };
    html! {
        div.views-saved #saved-views data-refresh[!places.is_empty()] hx-get=(again) hx-trigger=(when) hx-swap="outerHTML" {
            @if !places.is_empty() { (navigation::views(t!(locale, "views-title"), &places)) }
            p.views-foot {
                a href="/views/new" { (t!(locale, "views-new")) }
                @if let Some(at) = shown.counted_at.filter(|_| !places.is_empty()) {
                    " " span.muted.small { (t!(locale, "views-counted", time = format::relative(reader, at))) }
                }
            }
        }
    }
}

const fn icon_of(owner: Owner) -> Icon {
    match owner {
        Owner::Person(_) => Icon::Person,
        Owner::Unit(_) => Icon::Unit,
        Owner::Everybody => Icon::Star,
    }
}

/// A script that fetches a part of the list anew leaves the side of the page as it is.
pub fn is_wanted(headers: &HeaderMap) -> bool {
    !part::is_fetched(headers)
}

/// Lets the numbers be counted again, when they are old; the page is sent meanwhile.
pub fn recount(app: &App, visitor: &Visitor, side: Option<&Side>) {
    if !side.is_some_and(|side| side.shown.stale) {
        return;
    }
    let (desk, viewer, zone) = (app.desk.clone(), Arc::clone(&visitor.viewer), visitor.reader.zone.clone());
    tokio::spawn(async move {
        if let Err(cause) = desk::view_counts::refresh(&desk, &viewer, &zone).await {
            tracing::warn!(%cause, "the numbers beside views could not be counted");
        }
    });
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    here: Option<i64>,
}

/// `GET /views/counts?here=VIEW`: the saved views with fresh numbers, for the side of a page that is there.
pub(super) async fn counts(
    State(app): State<App>,
    visitor: Visitor,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Markup, Refused> {
    let Query(asked) = asked?;
    desk::view_counts::refresh(&app.desk, &visitor.viewer, &visitor.reader.zone).await?;
    let viewer = Arc::clone(&visitor.viewer);
    let counts = Arc::clone(&app.desk.view_counts);
    let (views, mut shown) = app
        .desk
        .look(move |look| {
            let views = store::view::of(look.tx, &viewer)?;
            let shown = counts.shown(look, &viewer, &views)?;
            Ok((views, shown))
        })
        .await?;
    // What is old now waits for the next change, not for another round.
    shown.stale = false;
    let here = asked.here.map_or(Here::Elsewhere, |view| Here::Saved(ViewId(view)));
    Ok(saved(&visitor.reader, here, &views, &shown))
}
