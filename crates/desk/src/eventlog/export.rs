//! What our own log files carry, and how they become the same tickets again.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Entry, Error, Reject};

/// Puts the tickets of our own files together again, in the order of the file.
pub fn restore(
    entries: impl IntoIterator<Item = Result<Entry, Error>>,
) -> Result<(Vec<ExportTicket>, Vec<Reject>), Error> {
    let mut tickets: Vec<ExportTicket> = Vec::new();
    let mut index_of_key = std::collections::HashMap::new();
    let mut rejects = Vec::new();
    for entry in entries {
        let row = match entry? {
            Ok(row) => row,
            Err(reject) => {
                rejects.push(reject);
                continue;
            }
        };
        let mut refused = |reason: String| {
            rejects.push(Reject {
                line: row.line,
                reason,
                raw: super::raw::delta(None, &row.fields).into_bytes(),
            });
        };
        if let Some(text) = own(&row.fields, TICKET) {
            match serde_json::from_str::<ExportTicket>(text) {
                Ok(ticket) => {
                    index_of_key.insert(row.fields.case_key(), tickets.len());
                    tickets.push(ticket);
                }
                Err(cause) => {
                    refused(format!("{TICKET} cannot be read: {cause}"));
                    continue;
                }
            }
        }
        let Some(index) = index_of_key.get(&row.fields.case_key()) else {
            refused(format!("no row of this case before it carries {TICKET}"));
            continue;
        };
        match own(&row.fields, EVENT).map(serde_json::from_str::<ExportEvent>) {
            Some(Ok(event)) => tickets[*index].events.push(event),
            Some(Err(cause)) => refused(format!("{EVENT} cannot be read: {cause}")),
            None => refused(format!("the row carries no {EVENT}")),
        }
    }
    Ok((tickets, rejects))
}

/// The attribute that carries a whole event as JSON.
pub const EVENT: &str = "throughline:event";
/// The attribute that carries a whole ticket without its events; in CSV on its first row only.
pub const TICKET: &str = "throughline:ticket";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportTicket {
    /// Unique in the file; the ticket's number.
    pub key: String,
    pub opened_at: Timestamp,
    pub subject: String,
    pub requester: Option<String>,
    pub service: Option<String>,
    /// 1 (highest) .. 4.
    pub priority: Option<u8>,
    /// Whatever else the importer needs to make the same ticket.
    pub payload: Value,
    /// Other objects of the ticket itself, for OCEL: its unit, the ticket it serves.
    pub relations: Vec<Relation>,
    /// In the ticket's order; never empty.
    #[serde(skip)]
    pub events: Vec<ExportEvent>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportEvent {
    /// Unique in the file.
    pub id: String,
    pub at: Timestamp,
    /// What happened, for people and process miners: "solved", "handoff asked".
    pub kind: String,
    pub actor: Option<String>,
    /// The unit that owns the ticket from here on.
    pub unit: Option<String>,
    /// The event as the store keeps it.
    pub payload: Value,
    pub relations: Vec<Relation>,
}

/// A link to an object: `unit` "Support" as "owner", `ticket` "17" as "blocks".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    pub kind: String,
    pub id: String,
    pub qualifier: String,
}

pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("export types have string keys only")
}

/// Prefixed with `'` where a spreadsheet would run the cell as a formula; reversible for every text.
pub(super) fn guarded(cell: &str) -> std::borrow::Cow<'_, str> {
    if is_formula(cell.trim_start_matches('\'')) {
        return format!("'{cell}").into();
    }
    cell.into()
}

pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        Some(_) | None => cell,
    }
}

fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn own<'a>(fields: &'a super::Fields, name: &str) -> Option<&'a str> {
    fields.by_name(name).or_else(|| fields.by_name(&format!("case:{name}"))).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
