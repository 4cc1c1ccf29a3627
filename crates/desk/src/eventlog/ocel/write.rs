//! Writes tickets as OCEL 2.0 JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use serde_json::{Value, json};

use crate::eventlog::Error;
use crate::eventlog::export::{self, ExportEvent, ExportTicket, Relation};

/// The qualifier between an event and the ticket whose history it belongs to.
pub(super) const OWN_TICKET: &str = "ticket";

/// Writes every ticket; returns how many events. Events are streamed, objects are held until the end.
pub fn write(mut output: impl Write, tickets: impl IntoIterator<Item = ExportTicket>) -> Result<u64, Error> {
    let mut objects = Objects::default();
    let mut kinds = BTreeSet::new();
    let mut events = 0_u64;
    output.write_all(b"{\"events\":[").map_err(Error::Write)?;
    for ticket in tickets {
        if ticket.events.is_empty() {
            return Err(Error::NoEvents { key: ticket.key });
        }
        let mut head = Some(export::json(&ticket));
        for event in &ticket.events {
            let separator = if events == 0 { "\n" } else { ",\n" };
            write!(output, "{separator}{}", event_value(&ticket, event, head.take()))
                .map_err(Error::Write)?;
            objects.note(&event.relations);
            kinds.insert(event.kind.clone());
            events += 1;
        }
        objects.add(&ticket);
    }
    output.write_all(b"\n],\n\"objects\":[").map_err(Error::Write)?;
    let object_types = objects.write(&mut output)?;
    let event_types: Vec<Value> = kinds
        .into_iter()
        .map(|name| json!({"name": name, "attributes": string_attributes(&EVENT_ATTRIBUTES)}))
        .collect();
    write!(
        output,
        "\n],\n\"eventTypes\":{},\n\"objectTypes\":{}}}\n",
        Value::from(event_types),
        Value::from(object_types)
    )
    .map_err(Error::Write)?;
    output.flush().map_err(Error::Write)?;
    Ok(events)
}

const EVENT_ATTRIBUTES: [&str; 4] = ["org:resource", "org:group", export::EVENT, export::TICKET];
const TICKET_ATTRIBUTES: [&str; 4] = ["subject", "requester", "service", "priority"];

fn event_value(ticket: &ExportTicket, event: &ExportEvent, head: Option<String>) -> Value {
    let attributes: Vec<Value> = [
        ("org:resource", event.actor.clone()),
        ("org:group", event.unit.clone()),
        (export::EVENT, Some(export::json(event))),
        (export::TICKET, head),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some(json!({"name": name, "value": value?})))
    .collect();
    let own = json!({"objectId": object_id("ticket", &ticket.key), "qualifier": OWN_TICKET});
    let related = event.relations.iter().map(relationship);
    json!({
        "id": event.id,
        "type": event.kind,
        "time": event.at.to_string(),
        "attributes": attributes,
        "relationships": std::iter::once(own).chain(related).collect::<Vec<_>>(),
    })
}

/// The objects of the file; those that are only mentioned get an entry of their own too.
#[derive(Default)]
struct Objects {
    tickets: BTreeMap<String, Value>,
    mentioned: BTreeSet<(String, String)>,
}

impl Objects {
    fn add(&mut self, ticket: &ExportTicket) {
        self.note(&ticket.relations);
        let opened_at = ticket.opened_at.to_string();
        let priority = ticket.priority.map(|priority| priority.to_string());
        let attributes: Vec<Value> = [
            ("subject", Some(ticket.subject.clone())),
            ("requester", ticket.requester.clone()),
            ("service", ticket.service.clone()),
            ("priority", priority),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some(json!({"name": name, "time": opened_at, "value": value?})))
        .collect();
        let relationships: Vec<Value> = ticket.relations.iter().map(relationship).collect();
        let id = object_id("ticket", &ticket.key);
        let object = json!({
            "id": id,
            "type": "ticket",
            "attributes": attributes,
            "relationships": relationships,
        });
        self.tickets.insert(id, object);
    }

    fn note(&mut self, relations: &[Relation]) {
        for relation in relations {
            let key = (relation.kind.clone(), relation.id.clone());
            self.mentioned.insert(key);
        }
    }

    fn write(self, output: &mut impl Write) -> Result<Vec<Value>, Error> {
        let mut kinds: BTreeSet<&str> = BTreeSet::from(["ticket"]);
        let mentioned = self.mentioned.iter().filter_map(|(kind, id)| {
            kinds.insert(kind);
            let id = object_id(kind, id);
            let is_known = self.tickets.contains_key(&id);
            (!is_known).then(|| json!({"id": id, "type": kind, "attributes": [], "relationships": []}))
        });
        let mentioned: Vec<Value> = mentioned.collect();
        for (index, object) in self.tickets.values().chain(&mentioned).enumerate() {
            let separator = if index == 0 { "\n" } else { ",\n" };
            write!(output, "{separator}{object}").map_err(Error::Write)?;
        }
        Ok(kinds
            .into_iter()
            .map(|name| {
                let attributes = match name {
                    "ticket" => string_attributes(&TICKET_ATTRIBUTES),
                    _ => Vec::new(),
                };
                json!({"name": name, "attributes": attributes})
            })
            .collect())
    }
}

fn relationship(relation: &Relation) -> Value {
    json!({"objectId": object_id(&relation.kind, &relation.id), "qualifier": relation.qualifier})
}

fn object_id(kind: &str, id: &str) -> String {
    format!("{kind}:{id}")
}

fn string_attributes(names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| json!({"name": name, "type": "string"})).collect()
}
