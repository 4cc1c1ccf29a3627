//! Reads and writes our own tickets as OCEL 2.0 JSON: events beside the objects they touch.

mod write;

use jiff::tz::TimeZone;
use serde::Deserialize;

pub use write::write;

use super::fields::{Kind, Values};
use super::mapping::Mapping;
use super::{Entry, Error, Reject, Source, csv, timestamp};

/// Reads an OCEL file of ours. A record's line is the number of its event in the file.
///
/// Foreign OCEL has no single case per event; its events without our attributes are rejected.
pub fn read(
    source: Source,
    mapping: &Mapping,
    zone: &TimeZone,
) -> Result<impl Iterator<Item = Result<Entry, Error>> + Send + use<>, Error> {
    let name = source.name().to_owned();
    let log: Log = serde_json::from_reader(source.into_reader()).map_err(|cause| Error::Malformed {
        name: name.clone(),
        line: cause.line() as u64,
        rows_kept: 0,
        reason: cause.to_string(),
    })?;
    let timestamps = timestamp::Reader::new("rfc3339", zone)?;
    let mapping = mapping.clone();
    let mut shapes = Vec::new();
    let events = log.events.into_iter().zip(1..);
    Ok(events.map(move |(event, line)| Ok(entry(event, line, &mapping, &name, &timestamps, &mut shapes))))
}

#[derive(Deserialize)]
struct Log {
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    time: String,
    #[serde(default)]
    attributes: Vec<Attribute>,
    #[serde(default)]
    relationships: Vec<Relationship>,
}

#[derive(Deserialize)]
struct Attribute {
    name: String,
    value: serde_json::Value,
}

#[derive(Deserialize)]
struct Relationship {
    #[serde(rename = "objectId")]
    object_id: String,
    qualifier: String,
}

type SharedShapes = Vec<(Vec<String>, std::sync::Arc<super::Shape>)>;

fn entry(
    event: Event,
    line: u64,
    mapping: &Mapping,
    name: &str,
    timestamps: &timestamp::Reader,
    shapes: &mut SharedShapes,
) -> Entry {
    let mut pairs = vec![("concept:name".to_owned(), event.kind), ("time:timestamp".to_owned(), event.time)];
    let own = event.relationships.into_iter().find(|relation| relation.qualifier == write::OWN_TICKET);
    if let Some(relation) = own {
        let key = relation.object_id.strip_prefix("ticket:").map(str::to_owned);
        pairs.push(("case:concept:name".to_owned(), key.unwrap_or(relation.object_id)));
    }
    pairs.extend(event.attributes.into_iter().map(|attribute| {
        let text = match attribute.value {
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        };
        (attribute.name, text)
    }));
    let mut values = Values::default();
    for (_, value) in &pairs {
        values.push(value);
    }
    let fields = values.into_fields(shape(pairs, mapping, name, shapes));
    let raw = super::raw::delta(None, &fields).into_bytes();
    csv::place(line, fields, mapping, timestamps).map_err(|reason| Reject { line, reason, raw })
}

fn shape(
    pairs: Vec<(String, String)>,
    mapping: &Mapping,
    name: &str,
    shapes: &mut SharedShapes,
) -> std::sync::Arc<super::Shape> {
    let names: Vec<String> = pairs.into_iter().map(|(name, _)| name).collect();
    if let Some((_, shape)) = shapes.iter().find(|(known, _)| *known == names) {
        return std::sync::Arc::clone(shape);
    }
    let typed = names.iter().map(|name| (std::sync::Arc::from(name.as_str()), Kind::Text)).collect();
    let shape = std::sync::Arc::new(super::Shape::new(typed, mapping, name));
    shapes.push((names, std::sync::Arc::clone(&shape)));
    shape
}

#[cfg(test)]
mod tests;
