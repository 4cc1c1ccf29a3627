//! The portal: what I asked for, from whichever side of the organisation I ask.

mod acts;
mod answer;
mod begun;
mod conversation;
mod drafts;
mod escalation;
mod follows;
mod kinds;
mod merged;
mod new_ticket;
mod preview;
mod services;
mod standing;
mod ticket;

pub(super) use self::new_ticket::address as asking_for;

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::routing::get;
use desk::{DeskError, Look};
use domain::id::TicketId;
use domain::permission::Viewer;
use maud::{Markup, html};
use serde::Deserialize;
use store::queue::{self, Mine};

use self::standing::Standing;
use super::frame::{self, Frame, Here};
use crate::app::App;
use crate::format;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::badge;
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::navigation::{self, Place};
use crate::ui::panel;
use crate::visitor::Visitor;

const PAGE: i64 = 50;

pub fn routes() -> Vec<Route> {
    let own = vec![Route::get("/portal", Right::SignedIn, get(index))];
    [
        own,
        services::routes(),
        new_ticket::routes(),
        preview::routes(),
        ticket::routes(),
        acts::routes(),
        drafts::routes(),
        begun::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Which list, and where its page begins.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Wanted {
    #[serde(default)]
    list: List,
    before: Option<i64>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum List {
    #[default]
    Mine,
    Organisation,
}

struct Lists {
    waiting: Vec<Mine>,
    rest: Vec<Mine>,
    older: Option<TicketId>,
}

/// `GET /portal`.
async fn index(
    State(app): State<App>,
    visitor: Visitor,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Markup, Refused> {
    let Query(wanted) = wanted?;
    let viewer = Arc::clone(&visitor.viewer);
    let looked = app.desk.look(move |look| {
        let begun = store::draft::opening(look.tx, viewer.person)?;
        Ok((read(look, &viewer, wanted)?, begun, Arc::clone(&look.catalogue)))
    });
    let (lists, begun, catalogue) = looked.await?;
    let begun = begun::list(&visitor, &catalogue, &begun);
    let named = |mine: &Mine| {
        catalogue.services.get(&mine.service).map_or_else(String::new, |offer| offer.name.clone())
    };
    Ok(page(&visitor, wanted, &lists, (&begun, &named)))
}

fn read(look: &mut Look, viewer: &Viewer, wanted: Wanted) -> Result<Lists, DeskError> {
    let before = TicketId(wanted.before.unwrap_or(i64::MAX));
    let mut found = match wanted.list {
        List::Mine => queue::mine(look.tx, viewer, before, PAGE + 1)?,
        List::Organisation => queue::shared(look.tx, viewer, before, PAGE + 1)?,
    };
    let more = found.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    if more {
        found.pop();
    }
    let older = found.last().filter(|_| more).map(|last| last.id);
    let waiting = match wanted.list {
        List::Mine => queue::waiting_for_me(look.tx, viewer, PAGE)?,
        List::Organisation => Vec::new(),
    };
    let mut waiting = desk::outside::listed(look, waiting)?;
    waiting.retain(desk::outside::waits);
    let mut found = desk::outside::listed(look, found)?;
    let above: BTreeSet<TicketId> = waiting.iter().map(|mine| mine.id).collect();
    found.retain(|mine| !above.contains(&mine.id));
    let waiting = if wanted.before.is_none() { waiting } else { Vec::new() };
    Ok(Lists { waiting, rest: found, older })
}

fn page(
    visitor: &Visitor,
    wanted: Wanted,
    lists: &Lists,
    (begun, named): (&Markup, &dyn Fn(&Mine) -> String),
) -> Markup {
    let locale = visitor.reader.locale;
    let title = t!(locale, "portal-title");
    let older = lists.older.map(|last| older(wanted.list, last));
    let newest = wanted.before.map(|_| address(wanted.list));
    let content = html! {
        div.page-head {
            h1 { (title) }
            (button::link(Weight::Primary, Some(Icon::Plus), t!(locale, "portal-ask"), "/portal/services"))
        }
        @if visitor.viewer.organisation.is_some() { (lists_of(visitor, wanted.list)) }
        div.stack {
            (begun)
            div.stack #tickets data-refresh hx-get=(address(wanted.list)) hx-trigger="refresh" hx-select="#tickets" hx-swap="outerHTML" {
                @if !lists.waiting.is_empty() {
                    section.asked-first {
                        h2 { (t!(locale, "portal-waits-for-you")) }
                        (rows(visitor, &lists.waiting, named))
                    }
                }
                @if !lists.rest.is_empty() {
                    section {
                        @if !lists.waiting.is_empty() { h2 { (t!(locale, "portal-others")) } }
                        (rows(visitor, &lists.rest, named))
                    }
                }
                @if lists.waiting.is_empty() && lists.rest.is_empty() { (nothing(visitor, wanted)) }
                (navigation::pages(locale, newest.as_deref(), older.as_deref()))
            }
        }
    };
    let frame =
        Frame { live: wanted.before.is_none().then_some("/live"), ..Frame::new(title, Here::MyTickets) };
    frame::show(visitor, &frame, &content)
}

fn lists_of(visitor: &Visitor, list: List) -> Markup {
    let locale = visitor.reader.locale;
    navigation::tabs(
        t!(locale, "portal-lists"),
        &[
            Place::new(t!(locale, "portal-list-mine"), "/portal").current_when(list == List::Mine),
            Place::new(t!(locale, "portal-list-organisation"), "/portal?list=organisation")
                .icon(Icon::Organisation)
                .current_when(list == List::Organisation),
        ],
    )
}

fn rows(visitor: &Visitor, tickets: &[Mine], named: &dyn Fn(&Mine) -> String) -> Markup {
    let reader = &visitor.reader;
    html! {
        ul.asked {
            @for mine in tickets {
                li.asked-row {
                    span.asked-number { "#" (mine.number) }
                    div.asked-what {
                        a.asked-subject href={ "/portal/tickets/" (mine.number) } { (mine.subject) }
                        p.asked-about {
                            span { (named(mine)) }
                            @if mine.draft { (badge::badge(badge::Tone::Quiet, Some(Icon::Note), t!(reader.locale, "row-draft"))) }
                            @if let Some(by) = &mine.by { span { (t!(reader.locale, "portal-asked-by", name = by.as_str())) } }
                            span { (t!(reader.locale, "portal-changed", time = format::relative(reader, mine.changed_at))) }
                        }
                    }
                    div.asked-state { (Standing::of(mine.state, mine.merged, mine.waits_for_me, mine.agreed_until_at).badge(reader, mine.status.as_deref())) }
                }
            }
        }
    }
}

fn nothing(visitor: &Visitor, wanted: Wanted) -> Markup {
    let locale = visitor.reader.locale;
    if wanted.before.is_some() {
        return panel::empty(
            Icon::Inbox,
            t!(locale, "portal-no-older"),
            t!(locale, "portal-no-older-words"),
            Some(&button::link(Weight::Secondary, None, t!(locale, "portal-newest"), &address(wanted.list))),
        );
    }
    let ask = button::link(Weight::Primary, Some(Icon::Plus), t!(locale, "portal-ask"), "/portal/services");
    match wanted.list {
        List::Mine => panel::empty(
            Icon::Inbox,
            t!(locale, "portal-empty"),
            t!(locale, "portal-empty-words"),
            Some(&ask),
        ),
        List::Organisation => panel::empty(
            Icon::Organisation,
            t!(locale, "portal-empty-organisation"),
            t!(locale, "portal-empty-organisation-words"),
            Some(&ask),
        ),
    }
}

const fn name(list: List) -> &'static str {
    match list {
        List::Mine => "mine",
        List::Organisation => "organisation",
    }
}

fn address(list: List) -> String {
    match list {
        List::Mine => "/portal".to_owned(),
        List::Organisation => format!("/portal?list={}", name(list)),
    }
}

fn older(list: List, last: TicketId) -> String {
    format!("/portal?list={}&before={}", name(list), last.0)
}
