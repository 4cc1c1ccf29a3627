//! Macros on a ticket: which are offered, everything that one would do, and doing all of it or nothing.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::action::{self, Stopped};
use desk::macros::{self, Prepared, Said};
use desk::{DeskError, Look, Problem, reply};
use domain::action::Action;
use domain::event::{Actor, seen_until};
use domain::id::{EventId, MacroId, PersonId};
use maud::{Markup, html};
use serde::Deserialize;
use store::catalogue::Catalogue;
use store::macros::Macro;

use super::done::Done;
use crate::app::App;
use crate::form::Posted;
use crate::pages::frame::{self, Frame, Here};
use crate::pages::macros::owned_by;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::said::action::Named;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field};
use crate::ui::icon::{Icon, icon};
use crate::ui::navigation::Place;
use crate::ui::panel;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/tickets/{number}/macros", Right::Ticket, get(list)),
        Route::get("/tickets/{number}/macros/{macro}", Right::Ticket, get(look_at)),
        Route::post("/tickets/{number}/macros/{macro}", Right::Ticket, post(run)),
    ]
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
}

/// `GET /tickets/{number}/macros?q=WORDS`
async fn list(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refused> {
    let (Path(number), Query(asked)) = (path?, asked?);
    let viewer = Arc::clone(&visitor.viewer);
    let offered = app.desk.look(move |look| {
        let seen =
            store::access::by_number(look.tx, &viewer, number, look.now)?.ok_or(DeskError::NotFound)?;
        seen.annotate().ok_or(DeskError::NotAllowed)?;
        Ok((macros::offered(look, &viewer, seen.ticket)?, Arc::clone(&look.catalogue)))
    });
    let (offered, catalogue) = offered.await?;
    let words = asked.q.to_lowercase();
    let called = |each: &&Macro| !each.is_canned() && each.name.to_lowercase().contains(words.trim());
    let offered: Vec<&Macro> = offered.iter().filter(called).collect();
    Ok(offers(&visitor, number, &asked.q, &offered, &catalogue).into_response())
}

fn offers(visitor: &Visitor, number: i64, q: &str, offered: &[&Macro], catalogue: &Catalogue) -> Markup {
    let locale = visitor.reader.locale;
    let title = t!(locale, "macros-run");
    let action = format!("/tickets/{number}/macros");
    let content = html! {
        div.page-head {
            h1 { (title) }
            (button::link(Weight::Secondary, Some(Icon::Plus), t!(locale, "macros-title"), "/macros"))
        }
        p { (t!(locale, "macros-run-words")) }
        form.form-line method="get" action=(action) role="search" {
            (field::input(locale, field::Kind::Search, &Field::new("q", t!(locale, "macros-name")).value(q)))
            (button::submit(Weight::Secondary, Some(Icon::Search), t!(locale, "canned-find")))
        }
        @if offered.is_empty() { p.muted { (t!(locale, "macros-none-here")) } }
        ul.macro-list role="list" {
            @for each in offered {
                li {
                    a href={ (action) "/" (each.id) } { strong { (each.name) } }
                    p.muted { (owned_by(locale, catalogue, each.owner)) " · " (t!(locale, "macros-uses", count = each.uses)) }
                }
            }
        }
    };
    on_ticket(visitor, number, title, &content)
}

/// What a macro would do, with everything that its page says.
struct Seen {
    prepared: Prepared,
    /// What would refuse, if anything would.
    may: Result<Vec<action::Done>, Stopped>,
    catalogue: Arc<Catalogue>,
    people: Vec<(PersonId, String)>,
    requester: String,
    shown: EventId,
}

impl Seen {
    fn named(&self) -> Named<'_> {
        Named { catalogue: &self.catalogue, people: &self.people }
    }
}

/// `GET /tickets/{number}/macros/{macro}`
async fn look_at(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<(i64, i64)>, PathRejection>,
) -> Result<Response, Refused> {
    let Path((number, id)) = path?;
    match read(&app, &visitor, number, id).await {
        Ok(seen) => Ok(page(&visitor, number, &seen, None, None).into_response()),
        Err(error @ DeskError::Invalid { .. }) => Ok(cannot(&visitor, number, &error)),
        Err(error) => Err(error.into()),
    }
}

async fn read(app: &App, visitor: &Visitor, number: i64, id: i64) -> Result<Seen, DeskError> {
    let viewer = Arc::clone(&visitor.viewer);
    let read = move |look: &mut Look| {
        let seen =
            store::access::by_number(look.tx, &viewer, number, look.now)?.ok_or(DeskError::NotFound)?;
        let prepared = macros::prepare(look, &viewer, seen, MacroId(id))?;
        let actions = prepared.actions();
        let may = action::may(look, &viewer, seen.ticket, &actions);
        let mut people = Vec::new();
        for person in actions.iter().filter_map(Action::person) {
            people.extend(store::person::by_id(look.tx, person)?.map(|found| (person, found.name)));
        }
        let events = store::event::of_ticket(look.tx, seen.ticket)?;
        let granted = seen.read_inside().ok_or(DeskError::NotAllowed)?;
        Ok(Seen {
            prepared,
            may,
            catalogue: Arc::clone(&look.catalogue),
            people,
            requester: store::sheet::inside(look.tx, &granted)?.requester.name,
            shown: seen_until(&events, seen.ticket),
        })
    };
    app.desk.look(read).await
}

/// One of its texts says nothing here: which, and the way back.
fn cannot(visitor: &Visitor, number: i64, error: &DeskError) -> Response {
    let title = t!(visitor.reader.locale, "macros-run");
    let content = html! {
        div.page-head { h1 { (title) } }
        p.field-error role="alert" { (said::error(&visitor.reader, error)) }
        (button::link(Weight::Secondary, None, t!(visitor.reader.locale, "macros-others"), &format!("/tickets/{number}/macros")))
    };
    (StatusCode::UNPROCESSABLE_ENTITY, on_ticket(visitor, number, title, &content)).into_response()
}

fn page(visitor: &Visitor, number: i64, seen: &Seen, typed: Option<&Typed>, refused: Option<&str>) -> Markup {
    let locale = visitor.reader.locale;
    let Prepared { kept, reply, note, .. } = &seen.prepared;
    let stopped =
        seen.may.as_ref().err().map(|stopped| said::action::stopped(&visitor.reader, &seen.named(), stopped));
    let content = html! {
        div.page-head { h1 { (kept.name) } }
        @if let Some(words) = refused.or(stopped.as_deref()) { p.field-error role="alert" { (words) } }
        form.stack method="post" action={ "/tickets/" (number) "/macros/" (kept.id) } {
            (field::token_once(&visitor.csrf))
            input type="hidden" name="seen" value=(seen.shown);
            @if let Some(reply) = reply {
                div.macro-says.macro-reply {
                    p.composer-audience { (icon(Icon::Eye)) (t!(locale, "composer-reply-seen-by", name = seen.requester.as_str())) }
                    (field::area(locale, &Field::new("reply", t!(locale, "composer-reply-text")).value(typed.map_or(reply, |typed| &typed.reply)).required(), 6))
                }
            }
            @if let Some(note) = note {
                div.macro-says.macro-note {
                    p.composer-audience { (icon(Icon::Lock)) (t!(locale, "composer-note-seen-by")) }
                    (field::area(locale, &Field::new("note", t!(locale, "composer-note-text")).value(typed.map_or(note, |typed| &typed.note)).required(), 4))
                }
            }
            (panel::panel(t!(locale, "macros-does"), None, &steps(visitor, seen)))
            div.buttons {
                @if stopped.is_none() { (button::submit(Weight::Primary, Some(Icon::Wand), t!(locale, "macros-do"))) }
                (button::link(Weight::Quiet, None, t!(locale, "macros-others"), &format!("/tickets/{number}/macros")))
            }
        }
    };
    on_ticket(visitor, number, &kept.name, &content)
}

/// Everything in its order, and where nothing would change.
fn steps(visitor: &Visitor, seen: &Seen) -> Markup {
    let locale = visitor.reader.locale;
    html! {
        ol.macro-steps {
            @for (place, action) in seen.prepared.actions().iter().enumerate() {
                li {
                    (said::action::sentence(locale, &seen.named(), action))
                    @match &seen.may {
                        Ok(done) if done.get(place) == Some(&action::Done::Already) => { " " span.muted { (t!(locale, "macros-already")) } },
                        Err(stopped) if stopped.place == place => { " " span.field-error { (t!(locale, "macros-refused")) } },
                        Ok(_) | Err(_) => {},
                    }
                }
            }
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Typed {
    reply: String,
    note: String,
    seen: i64,
}

/// `POST /tickets/{number}/macros/{macro}`
async fn run(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<(i64, i64)>, PathRejection>,
    posted: Result<Posted<Typed>, Refused>,
) -> Result<Response, Refused> {
    let (Path((number, id)), Posted(typed)) = (path?, posted?);
    let (viewer, sent) = (Arc::clone(&visitor.viewer), typed.clone());
    let ran = app.desk.act(Actor::Person(viewer.person), move |act| {
        let seen = store::access::by_number(act.tx, &viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
        if reply::would_pass_by(act, seen, EventId(sent.seen))? {
            return Err(DeskError::Conflict(Problem::AnsweredMeanwhile));
        }
        macros::run(act, &viewer, seen, MacroId(id), &Said { reply: sent.reply, note: sent.note })
    });
    let (status, stopped) = match ran.await {
        Ok(Ok(_)) => {
            return Ok(
                Redirect::to(&format!("/tickets/{number}?done={}", Done::MacroRan.code())).into_response()
            );
        }
        Ok(Err(stopped)) => (StatusCode::CONFLICT, Err(stopped)),
        Err(error @ (DeskError::Conflict(_) | DeskError::Refused(_))) => (StatusCode::CONFLICT, Ok(error)),
        Err(error @ DeskError::Invalid { .. }) => (StatusCode::UNPROCESSABLE_ENTITY, Ok(error)),
        Err(error) => return Err(error.into()),
    };
    let seen = match read(&app, &visitor, number, id).await {
        Ok(seen) => seen,
        Err(error @ DeskError::Invalid { .. }) => return Ok(cannot(&visitor, number, &error)),
        Err(error) => return Err(error.into()),
    };
    let words = match &stopped {
        Err(stopped) => said::action::stopped(&visitor.reader, &seen.named(), stopped),
        Ok(error) => said::error(&visitor.reader, error),
    };
    Ok((status, page(&visitor, number, &seen, Some(&typed), Some(&words))).into_response())
}

fn on_ticket(visitor: &Visitor, number: i64, title: &str, content: &Markup) -> Markup {
    let ticket = (format!("#{number}"), format!("/tickets/{number}"));
    let work = t!(visitor.reader.locale, "place-work");
    let above = [Place::new(work, "/"), Place::new(&ticket.0, &ticket.1)];
    frame::show(visitor, &Frame { above: &above, ..Frame::new(title, Here::Work) }, content)
}
