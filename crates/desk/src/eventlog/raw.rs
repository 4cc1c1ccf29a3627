//! The raw fields of a step as JSON changes to the step before it, so that nothing is kept twice.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::Error;
use super::fields::{Fields, Kind};

/// The changes that turn `previous` into `current`, as one line of JSON: `{"column":"new value"}`.
///
/// A typed value is `{"column":["int","5"]}`, a field that is gone `{"column":null}`; no change is `{}`.
pub fn delta(previous: Option<&Fields>, current: &Fields) -> String {
    let mut output = String::from("{");
    match previous {
        Some(previous) if Arc::ptr_eq(previous.shape(), current.shape()) => {
            same_shape(previous, current, &mut output);
        }
        Some(previous) => other_shape(previous, current, &mut output),
        None => {
            for (name, kind, value) in current.iter() {
                push(&mut output, name, Some((kind, value)));
            }
        }
    }
    output.push('}');
    output
}

/// All raw fields of a step by name.
pub type Snapshot = BTreeMap<String, (Kind, String)>;

/// Applies one step's changes; from the first step on this gives every step's fields back.
pub fn restore(snapshot: &mut Snapshot, delta: &str) -> Result<(), Error> {
    let refused =
        |reason: String| Error::Mapping { reason: format!("raw fields cannot be restored: {reason}") };
    let changes: serde_json::Map<String, Value> =
        serde_json::from_str(delta).map_err(|cause| refused(cause.to_string()))?;
    for (name, change) in changes {
        match typed(change) {
            Some(Some(cell)) => {
                snapshot.insert(name, cell);
            }
            Some(None) => {
                snapshot.remove(&name);
            }
            None => return Err(refused(format!("{name:?} holds no text"))),
        }
    }
    Ok(())
}

/// What `restore` gives for these fields.
pub fn snapshot(fields: &Fields) -> Snapshot {
    fields.iter().map(|(name, kind, value)| (name.to_string(), (kind, value.to_owned()))).collect()
}

fn same_shape(previous: &Fields, current: &Fields, output: &mut String) {
    for index in 0..previous.len().max(current.len()) {
        let now = current.at(index);
        if previous.at(index) != now {
            let (name, kind) = current.name_and_kind(index);
            push(output, name, now.map(|value| (kind, value)));
        }
    }
}

fn other_shape(previous: &Fields, current: &Fields, output: &mut String) {
    let before: BTreeMap<&str, (Kind, &str)> =
        previous.iter().map(|(name, kind, value)| (&**name, (kind, value))).collect();
    let mut gone = before.clone();
    for (name, kind, value) in current.iter() {
        gone.remove(&**name);
        if before.get(&**name) != Some(&(kind, value)) {
            push(output, name, Some((kind, value)));
        }
    }
    for name in gone.keys() {
        push(output, name, None);
    }
}

fn push(output: &mut String, name: &str, cell: Option<(Kind, &str)>) {
    if output.len() > 1 {
        output.push(',');
    }
    push_text(output, name);
    output.push(':');
    match cell {
        None => output.push_str("null"),
        Some((Kind::Text, value)) => push_text(output, value),
        Some((kind, value)) => {
            output.push('[');
            push_text(output, kind.element());
            output.push(',');
            push_text(output, value);
            output.push(']');
        }
    }
}

/// The plain texts of a log need no escapes; only the others go through the JSON writer.
fn push_text(output: &mut String, text: &str) {
    let is_plain = |byte: u8| byte >= 0x20 && byte != b'"' && byte != b'\\';
    if text.bytes().all(is_plain) {
        output.push('"');
        output.push_str(text);
        output.push('"');
    } else {
        output.push_str(&Value::from(text).to_string());
    }
}

fn typed(change: Value) -> Option<Option<(Kind, String)>> {
    match change {
        Value::Null => Some(None),
        Value::String(value) => Some(Some((Kind::Text, value))),
        Value::Array(parts) => match <[Value; 2]>::try_from(parts).ok()? {
            [Value::String(element), Value::String(value)] => {
                Some(Some((Kind::of_element(&element)?, value)))
            }
            _ => None,
        },
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests;
