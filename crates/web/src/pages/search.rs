//! One field for a number or words: it jumps to a ticket, or lists what the words lead to, and says what it searched.

mod hits;
mod line;

pub(crate) use self::hits::title;

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::search::{Behind, Found, Kind, Line, PATIENCE, Wanted, What, Within};
use desk::views::Place;
use desk::{DeskError, Look, Problem};
use domain::filter::Test;
use domain::permission::{Relation, Viewer};
use domain::view::{Grouping, Sort};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;
use store::access::Seen;
use store::catalogue::Catalogue;
use store::filtered;

use super::frame::{self, Frame, Here};
use super::{portal, rows};
use crate::app::App;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::visitor::Visitor;
use crate::{said, t};

/// Hits of each kind on the page of all kinds, and on the page of one.
const OF_EACH: usize = 5;
const OF_ONE: usize = 20;
/// Longer questions are cut; words of them sooner.
const LONGEST: usize = 2_000;
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
    /// With `words`, nothing in it is a filter.
    #[serde(rename = "as")]
    taken_as: Option<String>,
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
        Self { q: self.q.trim().chars().take(LONGEST).collect(), ..self }
    }

    fn is_plain(&self) -> bool {
        self.taken_as.as_deref() == Some("words")
    }
}

/// What the words lead to.
pub(crate) enum Answer {
    /// The visitor's page of that ticket.
    Ticket(String),
    /// A filter in it cannot be read.
    Wrong(Problem),
    Found(Box<Answered>),
}

pub(crate) struct Answered {
    /// A number without a ticket, or with one that is not for the visitor: nobody can tell which.
    pub(crate) no_ticket: Option<i64>,
    pub(crate) named: Vec<Named>,
    pub(crate) found: Found,
    pub(crate) within: Option<Within>,
    /// The first tickets of a filter without words, and whether there are more.
    pub(crate) listed: Option<filtered::Page>,
    doubt: Option<Problem>,
    catalogue: Arc<Catalogue>,
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
    let locale = visitor.reader.locale;
    Ok(match answer {
        Answer::Ticket(page) => Redirect::to(&page).into_response(),
        Answer::Wrong(problem) => {
            let wrong = said::problem(locale, &problem);
            let page = show(&visitor, &question, Some(&wrong), &line::as_words(locale, &question.q));
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
        Answer::Found(answered) => {
            let content = html! {
                @if let Some(doubt) = &answered.doubt { (line::doubted(locale, doubt)) }
                @if let Some(number) = answered.no_ticket {
                    p { (t!(locale, "search-no-ticket", number = number.to_string())) }
                }
                (list(&visitor, &question, &answered))
                p.muted { (line::searched(&visitor, &question.q, answered.within.as_ref())) }
            };
            show(&visitor, &question, None, &content).into_response()
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
    let zone = visitor.reader.zone.clone();
    app.desk.study(move |look| Ok((read(look, &search, (&viewer, &zone), &question)?, question))).await
}

fn read(
    look: &mut Look,
    search: &desk::search::Search,
    (viewer, zone): (&Viewer, &TimeZone),
    question: &Question,
) -> Result<Answer, DeskError> {
    let catalogue = Arc::clone(&look.catalogue);
    let place = Place { viewer, catalogue: &catalogue, now: look.now, zone };
    let line = if question.is_plain() {
        Ok(Line::plain(&question.q))
    } else {
        Line::read(look, search, &place, &question.q)
    };
    let line = match line {
        Err(DeskError::Invalid { problem, .. }) => return Ok(Answer::Wrong(problem)),
        line => line?,
    };
    if let Some(number) = line.asked.number
        && let Some(seen) = store::access::by_number(look.tx, viewer, number, look.now)?
    {
        return Ok(Answer::Ticket(goes_on(look, viewer, &seen)?));
    }
    let kind = question.kind();
    let mut wanted = Wanted {
        asked: &line.asked,
        kind,
        behind: question.behind(),
        most: if kind.is_some() { OF_ONE } else { OF_EACH },
        keep: &mut |_, _| Ok(true),
        within: line.test(),
        patience: PATIENCE,
    };
    let found = desk::search::find(look, search, viewer, &mut wanted)?;
    let names_any = kind.is_none() && line.within.is_none() && !line.asked.is_empty();
    let named = if names_any { named(look, viewer, &question.q).take(NAMED).collect() } else { Vec::new() };
    let alone = line.within.as_ref().filter(|within| within.words.is_empty());
    let listed = alone.map(|within| first(look, viewer, &within.test)).transpose()?;
    let Line { asked, within, doubt } = line;
    Ok(Answer::Found(Box::new(Answered {
        no_ticket: asked.number,
        named,
        found,
        within,
        listed,
        doubt,
        catalogue,
    })))
}

/// The first tickets of a filter.
fn first(look: &mut Look, viewer: &Viewer, test: &Test) -> Result<filtered::Page, DeskError> {
    let wanted = filtered::Wanted {
        test,
        sort: Sort::Due,
        grouping: Grouping::Nothing,
        after: None,
        limit: OF_ONE as i64,
        patience: filtered::MOST_LOOKED,
    };
    let catalogue = Arc::clone(&look.catalogue);
    Ok(filtered::page(look.tx, viewer, &catalogue, &wanted)?)
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

fn list(visitor: &Visitor, question: &Question, answered: &Answered) -> Markup {
    let locale = visitor.reader.locale;
    let Answered { no_ticket, named, found, within, listed, catalogue, .. } = answered;
    if question.q.is_empty() {
        return html! {};
    }
    let nothing = named.is_empty() && found.groups.is_empty();
    html! {
        @if found.is_coming { p { (t!(locale, "search-coming")) } }
        @if within.as_ref().is_some_and(|within| within.cut) {
            p.muted { (t!(locale, "views-words-cut", most = desk::search::MOST_AMONG)) }
        }
        @if let Some(page) = listed {
            div data-list { (rows::rows(&visitor.reader, catalogue, &page.entries, t!(locale, "search-tickets"))) }
        } @else if nothing {
            @if no_ticket.is_none() && !found.is_coming {
                (panel::empty(Icon::Search, t!(locale, "search-none"), t!(locale, "search-none-words"), None))
            }
        } @else {
            div.stack data-list {
                @for group in &found.groups { (hits::group(visitor, question, group)) }
                (hits::named(locale, named))
            }
        }
        @if let Some(within) = within { p { (line::as_list(locale, within)) } }
    }
}

fn show(visitor: &Visitor, question: &Question, wrong: Option<&str>, content: &Markup) -> Markup {
    let locale = visitor.reader.locale;
    let title = t!(locale, "search");
    let content = html! {
        div.page-head { h1 { (title) } }
        div.stack {
            form.form action="/search" {
                (line::field(visitor, &question.q, wrong))
                div { (button::submit(Weight::Primary, Some(Icon::Search), title)) }
            }
            (content)
        }
    };
    frame::show(visitor, &Frame::new(title, Here::Elsewhere), &content)
}
