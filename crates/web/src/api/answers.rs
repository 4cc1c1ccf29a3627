//! Answers to fields of one's own, as programs send and read them.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use desk::{DeskError, Look, custom};
use domain::custom::{Custom, Type, Value as Answer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::access::Seen;

use super::acting::{once, serving};
use crate::app::App;
use crate::form::Sent;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::post("/api/v1/tickets/{number}/fields", Right::Ticket, post(answer))]
}

/// Answers by the keys of their fields; nothing takes one away.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewAnswers {
    fields: BTreeMap<String, Value>,
}

/// What stands in the fields then.
#[derive(Debug, Serialize)]
struct Answered {
    fields: BTreeMap<String, Value>,
}

/// `POST /api/v1/tickets/{number}/fields`: all of the answers, or none where one is wrong.
async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    path: Result<Path<i64>, PathRejection>,
    sent: Result<Sent<NewAnswers>, Refused>,
) -> Response {
    let (number, NewAnswers { fields }) = match (path, sent) {
        (Ok(Path(number)), Ok(Sent(new))) => (number, new),
        (Err(_), _) => return Refused::NotFound.problem(),
        (_, Err(refused)) => return refused.problem(),
    };
    let request = format!("fields {number} {fields:?}");
    let typed = fields.into_iter().map(|(key, value)| (key, self::typed(value))).collect();
    let done = once(&app, &visitor, &headers, request, move |act, viewer| {
        let granted = serving(act, viewer, number)?;
        custom::answer_all(act, viewer, granted, &typed)
    });
    match done.await {
        Ok(()) => now(&app, &visitor, number).await,
        Err(refused) => refused.problem(),
    }
}

async fn now(app: &App, visitor: &Visitor, number: i64) -> Response {
    let viewer = std::sync::Arc::clone(&visitor.viewer);
    let fields = app.desk.look(move |look| {
        let seen = store::access::by_number(look.tx, &viewer, number, look.now)?;
        read(look, &seen.ok_or(DeskError::NotFound)?)
    });
    match fields.await {
        Ok(fields) => Json(Answered { fields }).into_response(),
        Err(error) => Refused::from(error).problem(),
    }
}

/// What a program sent, as somebody would have typed it.
pub(super) fn typed(value: Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Bool(yes) => vec![if yes { "yes" } else { "no" }.to_owned()],
        Value::Number(number) => vec![number.to_string()],
        Value::String(text) => vec![text],
        Value::Array(values) => values.into_iter().flat_map(typed).collect(),
        // Its words are no answer to any field.
        Value::Object(_) => vec![value.to_string()],
    }
}

/// The answers about a ticket that the caller reads, by their keys.
pub(super) fn read(look: &mut Look, seen: &Seen) -> Result<BTreeMap<String, Value>, DeskError> {
    let customs = std::sync::Arc::clone(&look.catalogue);
    let answers = match seen.read_inside() {
        Some(granted) => store::custom::inside(look.tx, &granted, &customs.customs)?,
        None => store::custom::outside(look.tx, &seen.read(), &customs.customs)?,
    };
    let names = store::custom::names(look.tx, &answers)?;
    let told = |custom: &Custom| {
        let answer = answers.get(&custom.id)?;
        let told = match answer {
            Answer::YesNo(yes) => Value::Bool(*yes),
            Answer::Number(number) => serde_json::from_str(&number.to_string()).unwrap_or(Value::Null),
            Answer::Choices(_) if custom.holds == Type::Several => answer.written(custom).into(),
            Answer::Person(person) => called(&names, person.0),
            Answer::Organisation(organisation) => called(&names, organisation.0),
            Answer::Text(_) | Answer::Date(_) | Answer::Choices(_) => {
                answer.written(custom).pop().map_or(Value::Null, Value::String)
            }
        };
        Some((custom.key.clone(), told))
    };
    Ok(customs.customs.iter().filter_map(told).collect())
}

fn called(names: &BTreeMap<i64, store::custom::Called>, id: i64) -> Value {
    names.get(&id).map_or(Value::Null, |(name, _)| Value::String(name.clone()))
}
