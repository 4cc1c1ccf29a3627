//! Who watches a ticket, whether the visitor does, and the names that a note can call.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::{DeskError, Look, Problem};
use domain::event::Actor;
use domain::notice::Stance;
use domain::permission::{Relation, Viewer};
use maud::{Markup, html};
use serde::Deserialize;
use store::access::Seen;
use store::message::Noted;

use super::view::{Asking, View};
use crate::app::App;
use crate::form::Posted;
use crate::pages::part;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field;
use crate::ui::icon::{Icon, icon};
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/tickets/{number}/watchers", Right::Ticket, get(watchers)),
        Route::get("/tickets/{number}/names", Right::Ticket, get(names)),
        Route::post("/tickets/{number}/watch", Right::Ticket, post(choose)),
    ]
}

/// The word for no stance, in the form.
const NONE: &str = "none";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    q: String,
}

#[derive(Debug, Deserialize)]
struct Chosen {
    #[serde(default)]
    stance: String,
}

/// `GET /tickets/{number}/watchers`: who watches it and may read it, as a part of the page or alone.
async fn watchers(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<i64>, PathRejection>,
) -> Result<Markup, Refused> {
    let Path(number) = path?;
    let viewer = Arc::clone(&visitor.viewer);
    let names = app.desk.look(move |look| {
        let seen = inside(look, &viewer, number)?;
        desk::watch::watchers(look, seen)
    });
    let (names, locale) = (names.await?, visitor.reader.locale);
    let list = html! {
        @if names.is_empty() { p.muted { (t!(locale, "watch-nobody")) } }
        @else {
            p.muted { (t!(locale, "watch-who")) }
            ul.plain-list { @for name in &names { li { (icon(Icon::Eye)) " " bdi { (name) } } } }
        }
    };
    if part::is_fetched(&headers) {
        return Ok(list);
    }
    Ok(part::of_ticket(&visitor, number, t!(locale, "watch"), &list))
}

/// `GET /tickets/{number}/names?q=`: people whom a note can call, one a line of a list.
async fn names(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    typed: Result<Query<Typed>, QueryRejection>,
) -> Result<Markup, Refused> {
    let (Path(number), Query(typed)) = (path?, typed?);
    let viewer = Arc::clone(&visitor.viewer);
    let prefix: String = typed.q.chars().take(100).collect();
    let names = app.desk.look(move |look| {
        let seen = inside(look, &viewer, number)?;
        let granted = seen.annotate().ok_or(DeskError::NotFound)?;
        desk::mention::offered(look, granted, &prefix)
    });
    let names = names.await?;
    Ok(html! { @for name in &names { li role="option" aria-selected="false" { (name) } } })
}

/// `POST /tickets/{number}/watch`.
async fn choose(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Chosen>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), Posted(chosen)) = (path?, posted?);
    let viewer = Arc::clone(&visitor.viewer);
    let actor = Actor::Person(viewer.person);
    let acted = app.desk.act(actor, move |act| {
        let seen = store::access::by_number(act.tx, &viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
        let stance = match Stance::parse(&chosen.stance) {
            None if chosen.stance != NONE => return Err(DeskError::invalid("", Problem::ChooseOne)),
            stance => stance,
        };
        desk::watch::choose(act, seen, stance)
    });
    acted.await?;
    Ok(Redirect::to(&format!("/tickets/{number}")).into_response())
}

fn inside(look: &mut Look, viewer: &Viewer, number: i64) -> Result<Seen, DeskError> {
    let seen = store::access::by_number(look.tx, viewer, number, look.now)?;
    seen.filter(|seen| seen.relation.reads_inside()).ok_or(DeskError::NotFound)
}

/// The button beside the ticket's subject: what the visitor hears of it, and who watches.
pub(super) fn button(visitor: &Visitor, view: &View) -> Markup {
    let locale = visitor.reader.locale;
    let number = view.sheet.number;
    let words = match view.stance {
        None => t!(locale, "watch-not-words"),
        Some(Stance::Watching) => t!(locale, "watch-is-words"),
        Some(Stance::Muted) => t!(locale, "watch-muted-words"),
    };
    let may_watch = !(view.sheet.confidential && view.seen.relation == Relation::Overseeing);
    let others = html! {
        div data-opened hx-get={ "/tickets/" (number) "/watchers" } hx-trigger="opened" {
            a href={ "/tickets/" (number) "/watchers" } { (t!(locale, "watch-who-watches")) }
        }
    };
    popover(visitor, number, (view.stance, may_watch), words, &others)
}

/// The same for the unit that asked: it hears of what both sides read, and not of who else watches.
pub(super) fn asking(visitor: &Visitor, view: &Asking) -> Markup {
    let locale = visitor.reader.locale;
    let words = match view.stance {
        None => t!(locale, "watch-asking-not-words"),
        Some(Stance::Watching) => t!(locale, "watch-asking-is-words"),
        Some(Stance::Muted) => t!(locale, "watch-asking-muted-words"),
    };
    popover(visitor, view.sheet.number, (view.stance, true), words, &html! {})
}

fn popover(
    visitor: &Visitor,
    number: i64,
    (stance, may_watch): (Option<Stance>, bool),
    words: &str,
    others: &Markup,
) -> Markup {
    let locale = visitor.reader.locale;
    let (which, label) = match stance {
        None => (Icon::Eye, t!(locale, "watch-not")),
        Some(Stance::Watching) => (Icon::Eye, t!(locale, "watch-is")),
        Some(Stance::Muted) => (Icon::Bell, t!(locale, "watch-muted")),
    };
    html! {
        details.popover.popover-end.watch data-popover data-loads {
            summary { span.button { (icon(which)) (label) } }
            div.popover-panel {
                p { (words) }
                form.buttons method="post" action={ "/tickets/" (number) "/watch" } {
                    (field::token(&visitor.csrf))
                    @match stance {
                        None => {
                            @if may_watch { (press(Weight::Primary, t!(locale, "watch-begin"), Some(Stance::Watching))) }
                            (press(Weight::Secondary, t!(locale, "watch-mute"), Some(Stance::Muted)))
                        }
                        Some(Stance::Watching) => {
                            (press(Weight::Secondary, t!(locale, "watch-end"), None))
                            (press(Weight::Secondary, t!(locale, "watch-mute"), Some(Stance::Muted)))
                        }
                        Some(Stance::Muted) => (press(Weight::Secondary, t!(locale, "watch-unmute"), None)),
                    }
                }
                (others)
            }
        }
    }
}

/// The palette presses it by its id.
fn press(weight: Weight, words: &str, stance: Option<Stance>) -> Markup {
    let stance = stance.map_or(NONE, |stance| stance.as_str());
    html! { span #{ "do-watch-" (stance) } data-press { (button::submit_as(weight, None, words, "stance", stance)) } }
}

/// What somebody could choose who hears so much of a ticket now, in the order of the page, with the place of each.
pub(in crate::pages) fn choices(
    locale: Locale,
    stance: Option<Stance>,
    may_watch: bool,
) -> Vec<(Icon, &'static str, String)> {
    let place =
        |stance: Option<Stance>| format!("do-watch-{}", stance.map_or(NONE, |stance| stance.as_str()));
    let watch = (Icon::Eye, t!(locale, "watch-begin"), place(Some(Stance::Watching)));
    let mute = (Icon::Bell, t!(locale, "watch-mute"), place(Some(Stance::Muted)));
    match stance {
        None if may_watch => vec![watch, mute],
        None => vec![mute],
        Some(Stance::Watching) => vec![(Icon::Eye, t!(locale, "watch-end"), place(None)), mute],
        Some(Stance::Muted) => vec![(Icon::Bell, t!(locale, "watch-unmute"), place(None))],
    }
}

/// Who was named in a note and cannot read it.
pub(super) fn not_reached(locale: Locale, noted: &Noted) -> Markup {
    html! {
        @if let Some(names) = &noted.not_reached {
            p.mention-missed { (icon(Icon::Warning)) " " (t!(locale, "mention-missed", names = names.as_str())) }
        }
    }
}
