//! Canned replies on a ticket: found by words, seen as they would read here, and put where somebody writes.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::draft::Writing;
use desk::{DeskError, draft, macros};
use domain::draft::Text;
use domain::event::Actor;
use domain::id::MacroId;
use maud::{Markup, html};
use serde::Deserialize;
use store::macros::Macro;

use super::doing::Done;
use crate::app::App;
use crate::form::Posted;
use crate::markdown;
use crate::pages::frame::{self, Frame, Here};
use crate::pages::macros::{excerpt, owned_by};
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::said;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::navigation::Place;
use crate::ui::panel;
use crate::visitor::Visitor;

/// So many are offered at once; more words find the others.
const MOST: usize = 20;

/// A script wants a part of the page, or words alone.
const BY_SCRIPT: &str = "x-canned";

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/tickets/{number}/canned", Right::Ticket, get(list)),
        Route::post("/tickets/{number}/canned", Right::Ticket, post(put)),
    ]
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    /// `note` for the note; else the reply.
    r#for: String,
}

/// One that is offered, and how it would read on the ticket.
struct Offered {
    canned: Macro,
    owner: String,
    reads: Result<String, String>,
}

/// `GET /tickets/{number}/canned?q=WORDS`
async fn list(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<i64>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refused> {
    let (Path(number), Query(asked)) = (path?, asked?);
    let (viewer, reader, words) = (Arc::clone(&visitor.viewer), visitor.reader.clone(), asked.q.clone());
    let offered = app.desk.look(move |look| {
        let seen =
            store::access::by_number(look.tx, &viewer, number, look.now)?.ok_or(DeskError::NotFound)?;
        let granted = seen.annotate().and_then(|_| seen.read_inside()).ok_or(DeskError::NotAllowed)?;
        let values = macros::values(look.tx, &look.catalogue, &granted)?;
        let found = found(store::macros::of(look.tx, &viewer)?, &words);
        let offered = found.into_iter().map(|canned| Offered {
            owner: owned_by(reader.locale, &look.catalogue, canned.owner),
            reads: macros::fill("macro", &canned.reply, &values)
                .map_err(|error| said::error(&reader, &error)),
            canned,
        });
        Ok(offered.collect::<Vec<_>>())
    });
    let offered = offered.await?;
    if headers.contains_key(BY_SCRIPT) {
        return Ok(options(&visitor, &offered).into_response());
    }
    Ok(page(&visitor, number, &asked, &offered).into_response())
}

/// Canned replies in which all words stand; those that are called so come first.
fn found(all: Vec<Macro>, words: &str) -> Vec<Macro> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let canned = all.into_iter().filter(Macro::is_canned);
    let mut found: Vec<(bool, Macro)> = canned
        .filter_map(|canned| {
            let name = canned.name.to_lowercase();
            let called = words.iter().all(|word| name.contains(word));
            let text = canned.reply.to_lowercase();
            let says = words.iter().all(|word| name.contains(word) || text.contains(word));
            says.then_some((!called, canned))
        })
        .collect();
    found.sort_by_key(|(not_called, _)| *not_called);
    found.into_iter().map(|(_, canned)| canned).take(MOST).collect()
}

/// The choices below a text field, for a script.
fn options(visitor: &Visitor, offered: &[Offered]) -> Markup {
    let locale = visitor.reader.locale;
    html! {
        @if offered.is_empty() { li.canned-none { (t!(locale, "canned-none")) } }
        @for Offered { canned, owner, reads } in offered {
            li.canned-option role="option" id={ "canned-" (canned.id) } data-macro=(canned.id) aria-selected="false" {
                span.canned-name { strong { (canned.name) } " " span.muted { (owner) } }
                @match reads {
                    Ok(text) => span.canned-text { (excerpt(text)) },
                    Err(why) => span.canned-text.field-error { (why) },
                }
            }
        }
    }
}

fn page(visitor: &Visitor, number: i64, asked: &Asked, offered: &[Offered]) -> Markup {
    let locale = visitor.reader.locale;
    let title = t!(locale, "canned-title");
    let action = format!("/tickets/{number}/canned");
    let content = html! {
        div.page-head {
            h1 { (title) }
            (button::link(Weight::Secondary, Some(Icon::Plus), t!(locale, "macros-title"), "/macros"))
        }
        form.form-line method="get" action=(action) role="search" {
            input type="hidden" name="for" value=(asked.r#for);
            (field::input(locale, Kind::Search, &Field::new("q", t!(locale, "canned-search")).value(&asked.q)))
            (button::submit(Weight::Secondary, Some(Icon::Search), t!(locale, "canned-find")))
        }
        @if offered.is_empty() { p.muted { (t!(locale, "canned-none")) } }
        @for Offered { canned, owner, reads } in offered {
            (panel::panel(&canned.name, None, &html! {
                p.muted { (owner) }
                @match reads {
                    Ok(text) => {
                        div.prose { (markdown::render(text)) }
                        form method="post" action=(action) {
                            (field::token(&visitor.csrf))
                            input type="hidden" name="macro" value=(canned.id);
                            input type="hidden" name="for" value=(asked.r#for);
                            (button::submit(Weight::Primary, None, t!(locale, "canned-put")))
                        }
                    },
                    Err(why) => p.field-error { (why) },
                }
            }))
        }
    };
    let ticket = (format!("#{number}"), format!("/tickets/{number}"));
    let above = [Place::new(t!(locale, "place-work"), "/"), Place::new(&ticket.0, &ticket.1)];
    frame::show(visitor, &Frame { above: &above, ..Frame::new(title, Here::Work) }, &content)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Chosen {
    r#macro: i64,
    r#for: String,
}

/// `POST /tickets/{number}/canned`: a script gets the words for the place of the cursor; without one they
/// are put below what is being written.
async fn put(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<Posted<Chosen>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), Posted(chosen)) = (path?, posted?);
    let by_script = headers.contains_key(BY_SCRIPT);
    let viewer = Arc::clone(&visitor.viewer);
    let put = app.desk.act(Actor::Person(viewer.person), move |act| {
        let seen = store::access::by_number(act.tx, &viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
        let text = macros::put(act, &viewer, seen, MacroId(chosen.r#macro))?;
        if !by_script {
            draft::add(act, Writing::on(seen, which(&chosen.r#for))?, &text)?;
        }
        Ok(text)
    });
    match put.await {
        Ok(text) if by_script => Ok(text.into_response()),
        Ok(_) => {
            let done = Done::DraftKept.code();
            Ok(Redirect::to(&format!("/tickets/{number}?done={done}#composer")).into_response())
        }
        Err(DeskError::Invalid { problem, .. }) if by_script => {
            let words = said::problem(visitor.reader.locale, &problem);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, words).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn which(word: &str) -> Text {
    if word == "note" { Text::Note } else { Text::Reply }
}

#[cfg(test)]
mod tests;
