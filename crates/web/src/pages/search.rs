//! One field for a number or words: it jumps to a ticket, or lists what the words lead to, and says what it searched.

mod hits;

pub(crate) use self::hits::title;

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::search::{Asked, Behind, Found, Kind, Wanted, What};
use desk::{DeskError, Look};
use domain::permission::{Relation, Viewer};
use maud::{Markup, html};
use serde::Deserialize;
use store::access::Seen;

use super::frame::{self, Frame, Here};
use super::portal;
use crate::app::App;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind as FieldKind};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::visitor::Visitor;

/// Hits of each kind on the page of all kinds, and on the page of one.
const OF_EACH: usize = 5;
const OF_ONE: usize = 20;
/// The most units and services that are listed.
const NAMED: usize = 20;

pub fn routes() -> Vec<Route> {
    vec![Route::get("/search", Right::SignedIn, get(search))]
}

/// A question, as it stands in an address.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Question {
    #[serde(default)]
    pub(crate) q: String,
    kind: Option<String>,
    after: Option<String>,
}

impl Question {
    /// A kind or a place that does not exist is as if it had not been said.
    pub(crate) fn kind(&self) -> Option<Kind> {
        self.kind.as_deref().and_then(Kind::parse)
    }

    fn behind(&self) -> Option<Behind> {
        self.kind()?;
        self.after.as_deref().and_then(Behind::parse)
    }

    pub(crate) fn trimmed(self) -> Self {
        Self { q: self.q.trim().chars().take(200).collect(), ..self }
    }
}

/// What the words lead to.
pub(crate) enum Answer {
    /// The visitor's page of that ticket.
    Ticket(String),
    Found {
        /// A number without a ticket, or with one that is not for the visitor: nobody can tell which.
        no_ticket: Option<i64>,
        named: Vec<Named>,
        found: Found,
    },
}

/// A unit or a service.
pub(crate) struct Named {
    pub(crate) icon: Icon,
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) about: String,
}

/// `GET /search?q=1042`, with or without `#`; `kind` and `after` say which page of which kind.
async fn search(
    State(app): State<App>,
    visitor: Visitor,
    question: Result<Query<Question>, QueryRejection>,
) -> Result<Response, Refused> {
    let question = question.map(|Query(question)| question).unwrap_or_default().trimmed();
    let (answer, question) = answer(&app, &visitor, question).await?;
    Ok(match answer {
        Answer::Ticket(page) => Redirect::to(&page).into_response(),
        Answer::Found { no_ticket, named, found } => {
            let content = html! {
                @if let Some(number) = no_ticket {
                    p { (t!(visitor.reader.locale, "search-no-ticket", number = number.to_string())) }
                }
                (list(&visitor, &question, (&named, &found), no_ticket.is_none()))
            };
            page(&visitor, &question, &content).into_response()
        }
    })
}

/// Searches on a thread of the database: it takes longer than a request's own thread may be held.
pub(crate) async fn answer(
    app: &App,
    visitor: &Visitor,
    question: Question,
) -> Result<(Answer, Question), DeskError> {
    let (viewer, search) = (Arc::clone(&visitor.viewer), app.desk.search.clone());
    app.desk.study(move |look| Ok((read(look, &search, &viewer, &question)?, question))).await
}

fn read(
    look: &mut Look,
    search: &desk::search::Search,
    viewer: &Viewer,
    question: &Question,
) -> Result<Answer, DeskError> {
    let asked = Asked::parse(&question.q);
    if let Some(number) = asked.number
        && let Some(seen) = store::access::by_number(look.tx, viewer, number, look.now)?
    {
        return Ok(Answer::Ticket(goes_on(look, viewer, &seen)?));
    }
    let kind = question.kind();
    let mut wanted = Wanted {
        asked: &asked,
        kind,
        behind: question.behind(),
        most: if kind.is_some() { OF_ONE } else { OF_EACH },
        keep: &mut |_, _| Ok(true),
    };
    let found = desk::search::find(look, search, viewer, &mut wanted)?;
    let named = if kind.is_none() && !asked.is_empty() {
        named(look, viewer, &question.q).take(NAMED).collect()
    } else {
        Vec::new()
    };
    Ok(Answer::Found { no_ticket: asked.number, named, found })
}

/// Where a hit leads.
pub(crate) fn address(what: &What) -> String {
    match what {
        What::Ticket { number, relation, .. } => ticket(*relation, *number),
        What::Message { number, relation, message, .. } => {
            format!("{}#message-{message}", ticket(*relation, *number))
        }
        What::Note { number, note, .. } => format!("/tickets/{number}#note-{note}"),
        What::Person { person, .. } => format!("/admin/people/{person}"),
        What::Organisation { organisation, .. } => format!("/admin/organisations/{organisation}"),
    }
}

/// The page of a ticket for somebody who is that to it.
pub(crate) fn ticket(relation: Relation, number: i64) -> String {
    match relation {
        Relation::Requesting | Relation::Nothing => format!("/portal/tickets/{number}"),
        Relation::Asking | Relation::Overseeing | Relation::Chain | Relation::Serving => {
            format!("/tickets/{number}")
        }
    }
}

/// The page of a ticket, or of the one that goes on with it when that one exists for the viewer.
pub(crate) fn goes_on(look: &mut Look, viewer: &Viewer, seen: &Seen) -> Result<String, DeskError> {
    let last = store::ticket::goes_on_as(look.tx, seen.ticket)?;
    let onward =
        if last == seen.ticket { None } else { store::access::by_id(look.tx, viewer, last, look.now)? };
    let leads = onward.as_ref().unwrap_or(seen);
    Ok(ticket(leads.relation, leads.number))
}

/// Units that the viewer sees and services that are offered to them: few, and in memory.
pub(crate) fn named<'a>(look: &'a Look, viewer: &'a Viewer, q: &str) -> impl Iterator<Item = Named> + 'a {
    let q = q.to_lowercase();
    let has = move |name: &str| name.to_lowercase().contains(&q);
    let has_too = has.clone();
    let units = look.catalogue.units.values().filter(move |unit| {
        unit.ended_at.is_none() && viewer.is_agent() && viewer.sees_unit(unit.id) && has(&unit.name)
    });
    let units = units.map(|unit| Named {
        icon: Icon::Unit,
        name: unit.name.clone(),
        href: format!("/units/{}", unit.id),
        about: String::new(),
    });
    let services = desk::services::offered(&look.catalogue, viewer);
    let services = services.into_iter().filter(move |offer| has_too(&offer.name)).map(|offer| Named {
        icon: Icon::Service,
        name: offer.name.clone(),
        href: portal::asking_for(offer.service.id),
        about: look.catalogue.unit_name(offer.service.unit).to_owned(),
    });
    units.chain(services)
}

fn list(
    visitor: &Visitor,
    question: &Question,
    (named, found): (&[Named], &Found),
    says_nothing: bool,
) -> Markup {
    let locale = visitor.reader.locale;
    if question.q.is_empty() {
        return html! {};
    }
    html! {
        @if found.is_coming { p { (t!(locale, "search-coming")) } }
        @if named.is_empty() && found.groups.is_empty() {
            @if says_nothing && !found.is_coming {
                (panel::empty(Icon::Search, t!(locale, "search-none"), t!(locale, "search-none-words"), None))
            }
        } @else {
            div.stack data-list {
                @for group in &found.groups { (hits::group(visitor, question, group)) }
                (hits::named(locale, named))
            }
        }
    }
}

fn page(visitor: &Visitor, question: &Question, content: &Markup) -> Markup {
    let locale = visitor.reader.locale;
    let (title, q) = (t!(locale, "search"), question.q.as_str());
    let searched = match (visitor.viewer.administrator, visitor.viewer.is_agent(), q.is_empty()) {
        (true, _, true) => t!(locale, "search-searches-all").to_owned(),
        (false, true, true) => t!(locale, "search-searches-agent").to_owned(),
        (false, false, true) => t!(locale, "search-searches").to_owned(),
        (true, _, false) => t!(locale, "search-searched-all", words = q.to_owned()),
        (false, true, false) => t!(locale, "search-searched-agent", words = q.to_owned()),
        (false, false, false) => t!(locale, "search-searched", words = q.to_owned()),
    };
    let field = Field::new("q", t!(locale, "search-hint")).value(q).required();
    let content = html! {
        div.page-head { h1 { (title) } }
        div.stack {
            form.form action="/search" {
                (field::input(locale, FieldKind::Text, &field))
                div { (button::submit(Weight::Primary, Some(Icon::Search), title)) }
            }
            (content)
            p.muted { (searched) }
        }
    };
    frame::show(visitor, &Frame::new(title, Here::Elsewhere), &content)
}
