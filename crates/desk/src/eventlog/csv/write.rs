//! Writes tickets as a CSV event log, one row per event, safe to open in a spreadsheet.

use std::io::Write;

use crate::eventlog::Error;
use crate::eventlog::export::{self, ExportEvent, ExportTicket};

/// Writes every event of every ticket; returns how many rows.
pub fn write(output: impl Write, tickets: impl IntoIterator<Item = ExportTicket>) -> Result<u64, Error> {
    let mut writer = ::csv::Writer::from_writer(output);
    writer.write_record(COLUMNS).map_err(Error::write_csv)?;
    let mut rows = 0;
    for ticket in tickets {
        if ticket.events.is_empty() {
            return Err(Error::NoEvents { key: ticket.key });
        }
        let mut head = export::json(&ticket);
        for event in &ticket.events {
            let cells = cells(&ticket, event, std::mem::take(&mut head));
            writer
                .write_record(cells.iter().map(|cell| export::guarded(cell).into_owned()))
                .map_err(Error::write_csv)?;
            rows += 1;
        }
    }
    writer.flush().map_err(Error::Write)?;
    Ok(rows)
}

const COLUMNS: [&str; 13] = [
    "case:concept:name",
    "concept:name",
    "time:timestamp",
    "org:resource",
    "org:group",
    "lifecycle:transition",
    "subject",
    "requester",
    "service",
    "priority",
    "opened_at",
    export::EVENT,
    export::TICKET,
];

fn cells(ticket: &ExportTicket, event: &ExportEvent, head: String) -> [String; COLUMNS.len()] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        ticket.key.clone(),
        event.kind.clone(),
        event.at.to_string(),
        text(&event.actor),
        text(&event.unit),
        "complete".into(),
        ticket.subject.clone(),
        text(&ticket.requester),
        text(&ticket.service),
        ticket.priority.map(|priority| priority.to_string()).unwrap_or_default(),
        ticket.opened_at.to_string(),
        export::json(event),
        head,
    ]
}
