//! Writes tickets as XES 1.0: a trace per ticket, our own events whole in attributes of our own.

use std::io::Write;

use crate::eventlog::Error;
use crate::eventlog::export::{self, ExportEvent, ExportTicket};

/// Writes every ticket; returns how many events.
pub fn write(mut output: impl Write, tickets: impl IntoIterator<Item = ExportTicket>) -> Result<u64, Error> {
    let mut events = 0;
    output.write_all(HEAD.as_bytes()).map_err(Error::Write)?;
    let mut text = String::new();
    for ticket in tickets {
        if ticket.events.is_empty() {
            return Err(Error::NoEvents { key: ticket.key });
        }
        text.clear();
        push_trace(&mut text, &ticket);
        events += ticket.events.len() as u64;
        output.write_all(text.as_bytes()).map_err(Error::Write)?;
    }
    output.write_all(b"</log>\n").map_err(Error::Write)?;
    output.flush().map_err(Error::Write)?;
    Ok(events)
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xes.features="" xmlns="http://www.xes-standard.org/">
	<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
	<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
	<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
	<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
	<global scope="trace">
		<string key="concept:name" value=""/>
	</global>
	<global scope="event">
		<string key="concept:name" value=""/>
		<date key="time:timestamp" value="1970-01-01T00:00:00Z"/>
		<string key="lifecycle:transition" value="complete"/>
	</global>
	<classifier name="Activity" keys="concept:name"/>
	<string key="lifecycle:model" value="standard"/>
"#;

fn push_trace(text: &mut String, ticket: &ExportTicket) {
    text.push_str("\t<trace>\n");
    push(text, 2, "string", "concept:name", &ticket.key);
    push(text, 2, "string", "subject", &ticket.subject);
    push(text, 2, "date", "opened_at", &ticket.opened_at.to_string());
    push_known(text, 2, "requester", ticket.requester.as_deref());
    push_known(text, 2, "service", ticket.service.as_deref());
    if let Some(priority) = ticket.priority {
        push(text, 2, "int", "priority", &priority.to_string());
    }
    let head = export::json(ticket);
    let mut first = Some(head.as_str());
    for event in &ticket.events {
        push_event(text, event, first.take());
    }
    text.push_str("\t</trace>\n");
}

fn push_event(text: &mut String, event: &ExportEvent, ticket: Option<&str>) {
    text.push_str("\t\t<event>\n");
    push(text, 3, "string", "concept:name", &event.kind);
    push(text, 3, "date", "time:timestamp", &event.at.to_string());
    push(text, 3, "string", "lifecycle:transition", "complete");
    push(text, 3, "id", "throughline:id", &event.id);
    push_known(text, 3, "org:resource", event.actor.as_deref());
    push_known(text, 3, "org:group", event.unit.as_deref());
    push(text, 3, "string", export::EVENT, &export::json(event));
    push_known(text, 3, export::TICKET, ticket);
    text.push_str("\t\t</event>\n");
}

fn push_known(text: &mut String, depth: usize, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        push(text, depth, "string", key, value);
    }
}

fn push(text: &mut String, depth: usize, element: &str, key: &str, value: &str) {
    text.extend(std::iter::repeat_n('\t', depth));
    text.push('<');
    text.push_str(element);
    text.push_str(" key=\"");
    text.push_str(key);
    text.push_str("\" value=\"");
    let is_json = key == export::EVENT || key == export::TICKET;
    for letter in value.chars() {
        match letter {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\n' => text.push_str("&#10;"),
            '\r' => text.push_str("&#13;"),
            '\t' => text.push_str("&#9;"),
            // XML has no way to write these; JSON has, and only the JSON is read back.
            '\u{fffe}' | '\u{ffff}' if is_json => {
                text.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => text.push('\u{fffd}'),
            letter => text.push(letter),
        }
    }
    text.push_str("\"/>\n");
}
