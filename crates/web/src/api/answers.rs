//! Answers to fields of one's own, as programs send and read them.

use std::collections::BTreeMap;

use desk::{DeskError, Look};
use domain::custom::{Custom, Type, Value as Answer};
use serde_json::Value;
use store::access::Seen;

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
