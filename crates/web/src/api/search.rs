//! `GET /api/v1/search`: the same search as the page, for programs and for lists of suggestions.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use desk::DeskError;
use desk::search::{Hit, Kind, Nearness, Piece, What};
use serde::Serialize;
use store::filtered;

use crate::app::App;
use crate::pages::search::{self, Answer, Answered, Named, Question};
use crate::refusal::Refused;
use crate::visitor::Visitor;

/// What was found, as far as it is for the caller.
#[derive(Debug, Default, Serialize)]
struct Searched {
    /// What was searched for.
    words: String,
    /// What the tickets have to be as well, where the question said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<String>,
    /// The page of the ticket, when the words are its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<String>,
    groups: Vec<Listed>,
    /// Units and services.
    named: Vec<Place>,
    /// The index is being made: words find nothing yet.
    coming: bool,
}

#[derive(Debug, Serialize)]
struct Listed {
    kind: &'static str,
    hits: Vec<Entry>,
    /// What to send as `after`, together with `kind`, for the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    /// So many hits were looked at and few of them pass the filter; there may be more behind `after`.
    #[serde(skip_serializing_if = "Option::is_none")]
    looked: Option<usize>,
}

#[derive(Debug, Serialize)]
struct Entry {
    page: String,
    title: Vec<Part>,
    /// The words around what was meant, or how somebody is reached.
    text: Vec<Part>,
    /// It only comes close to what was asked.
    close: bool,
}

/// A piece of a text, as plain text.
#[derive(Debug, Serialize)]
struct Part {
    text: String,
    marked: bool,
}

#[derive(Debug, Serialize)]
struct Place {
    page: String,
    name: String,
    about: String,
}

/// `q` is what is searched for; `kind` and `after` say which page of which kind.
pub(super) async fn search(
    State(app): State<App>,
    visitor: Visitor,
    question: Result<Query<Question>, QueryRejection>,
) -> Response {
    let question = question.map(|Query(question)| question).unwrap_or_default().trimmed();
    match search::answer(&app, &visitor, question).await {
        Err(error) => Refused::from(error).problem(),
        Ok((Answer::Wrong(problem), _)) => Refused::from(DeskError::invalid("q", problem)).problem(),
        Ok((Answer::Ticket(page), question)) => {
            Json(Searched { words: question.q, ticket: Some(page), ..Searched::default() }).into_response()
        }
        Ok((Answer::Found(answered), question)) => Json(told(*answered, question.q)).into_response(),
    }
}

fn told(answered: Answered, words: String) -> Searched {
    let Answered { named, found, within, listed, .. } = answered;
    let groups = found.groups.into_iter().map(|group| Listed {
        kind: group.kind.as_str(),
        after: group.more.map(|more| more.written()),
        hits: group.hits.into_iter().map(entry).collect(),
        looked: group.looked,
    });
    let named = named.into_iter().map(|Named { name, href, about, .. }| Place { page: href, name, about });
    Searched {
        words: within.as_ref().map_or(words, |within| within.words.clone()),
        filter: within.map(|within| within.filter.to_string()),
        ticket: None,
        groups: groups.chain(listed.map(of_list)).collect(),
        named: named.collect(),
        coming: found.is_coming,
    }
}

/// The first tickets of a filter without words; what is behind them, the list of the same filter shows.
fn of_list(page: filtered::Page) -> Listed {
    let hits = page.entries.into_iter().map(|row| Entry {
        page: format!("/tickets/{}", row.number),
        title: numbered(row.number, vec![plain(row.subject)]),
        text: vec![plain(row.requester)],
        close: false,
    });
    Listed { kind: Kind::Ticket.as_str(), hits: hits.collect(), after: None, looked: None }
}

fn entry(hit: Hit) -> Entry {
    let close = hit.nearness == Nearness::Close;
    let page = search::address(&hit.what);
    let (title, text) = match hit.what {
        What::Ticket { number, subject, requester, .. } => {
            (numbered(number, parts(subject)), parts(requester))
        }
        What::Message { number, subject, words, .. } | What::Note { number, subject, words, .. } => {
            (numbered(number, vec![plain(subject)]), parts(words))
        }
        What::Person { name, reached, .. } => (parts(name), parts(reached)),
        What::Organisation { name, .. } => (parts(name), Vec::new()),
    };
    Entry { page, title, text, close }
}

fn numbered(number: i64, mut title: Vec<Part>) -> Vec<Part> {
    title.insert(0, plain(format!("#{number} ")));
    title
}

fn parts(pieces: Vec<Piece>) -> Vec<Part> {
    pieces.into_iter().map(|Piece { text, marked }| Part { text, marked }).collect()
}

const fn plain(text: String) -> Part {
    Part { text, marked: false }
}
