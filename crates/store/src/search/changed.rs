//! Which tickets, people and organisations the next events concern, for whoever keeps an index of their texts.

use std::collections::BTreeSet;

use domain::id::{OrganisationId, PersonId, TicketId};

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// What a stretch of the log changed, and where it ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    pub position: i64,
    /// The hash of the event at that position: it tells one log from another.
    pub hash: Vec<u8>,
    pub tickets: BTreeSet<TicketId>,
    pub people: BTreeSet<PersonId>,
    pub organisations: BTreeSet<OrganisationId>,
}

/// What the next events changed; `None` when there are none. A gap in the positions is damage and is
/// said, never stepped over.
pub fn after(tx: &mut Tx, position: i64, limit: i64) -> Result<Option<Changed>, StoreError> {
    let events = tx.query(
        "select position, hash, ticket_id, parent_id, kind, subject_kind, subject_id, \
         case when ticket_id is null then payload else '' end from event \
         where position > $1 order by position limit $2",
        params![position, limit],
        |row| {
            Ok(Line {
                position: row.get(0)?,
                hash: row.get(1)?,
                ticket: row.get(2)?,
                parent: row.get(3)?,
                kind: row.get(4)?,
                subject: (row.get(5)?, row.get(6)?),
                payload: row.get(7)?,
            })
        },
    )?;
    let Some(last) = events.last() else { return Ok(None) };
    let mut changed = Changed { position: last.position, hash: last.hash.clone(), ..Changed::default() };
    let mut waiting = BTreeSet::new();
    for (expected, event) in (position + 1..).zip(&events) {
        if event.position != expected {
            return Err(StoreError::Chain { position: expected });
        }
        // Units that come into a chain may read what waits for it, and who asks follows from who owns.
        if let Some(parent) = event.parent
            && waiting.insert(parent)
        {
            changed.tickets.extend(above(tx, parent)?);
        }
        concern(tx, event, &mut changed)?;
    }
    Ok(Some(changed))
}

/// The hash of an event; `None` when the log does not reach that far.
pub fn event_hash(tx: &mut Tx, position: i64) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(tx.query_opt("select hash from event where position = $1", params![position], |row| row.get(0))?)
}

struct Line {
    position: i64,
    hash: Vec<u8>,
    ticket: Option<TicketId>,
    parent: Option<TicketId>,
    kind: String,
    subject: (String, i64),
    payload: String,
}

fn concern(tx: &mut Tx, event: &Line, changed: &mut Changed) -> Result<(), StoreError> {
    if let Some(ticket) = event.ticket {
        changed.tickets.insert(ticket);
        if matches!(event.kind.as_str(), "transferred" | "escalated") {
            changed.tickets.extend(below(tx, ticket)?);
        }
        return Ok(());
    }
    let id = event.subject.1;
    let names = |field: &str| event.payload.contains(&format!("\"{field}\""));
    match event.subject.0.as_str() {
        "person" => {
            changed.people.insert(PersonId(id));
            if ["name", "email", "phone", "language"].into_iter().any(names) {
                changed.tickets.extend(tickets(tx, "requester_id = $1", id)?);
            }
            if matches!(event.kind.as_str(), "merged" | "merge undone") {
                let theirs = "id in (select ticket_id from ticket_person where person_id = $1)";
                changed.tickets.extend(tickets(tx, theirs, id)?);
            }
        }
        "organisation" => {
            let organisation = OrganisationId(id);
            changed.organisations.insert(organisation);
            if names("name") {
                changed.tickets.extend(tickets(tx, "organisation_id = $1", id)?);
                changed.people.extend(people(tx, organisation)?);
            }
        }
        "field" if ["shown", "choices"].into_iter().any(names) => {
            changed.tickets.extend(tickets_answering(tx, id)?);
        }
        "tag" => changed.tickets.extend(tickets_tagged(tx, id)?),
        "service" if names("confidential") => {
            changed.tickets.extend(tickets(tx, "service_id = $1", id)?);
        }
        _ => {}
    }
    Ok(())
}

fn above(tx: &mut Tx, ticket: TicketId) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(
        "with recursive line (id) as (select cast($1 as bigint) union select t.parent_id from line cross join ticket t \
         where t.id = line.id and t.parent_id is not null) select id from line",
        params![ticket],
        |row| row.get(0),
    )?)
}

fn below(tx: &mut Tx, ticket: TicketId) -> Result<Vec<TicketId>, StoreError> {
    tickets(tx, "parent_id = $1", ticket.0)
}

fn tickets_answering(tx: &mut Tx, field: i64) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(
        "select distinct v.thing_id from custom_value v join ticket t on t.id = v.thing_id where v.field_id = $1",
        params![field],
        |row| row.get(0),
    )?)
}

fn tickets_tagged(tx: &mut Tx, tag: i64) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query("select ticket_id from ticket_tag where tag_id = $1", params![tag], |row| row.get(0))?)
}

fn tickets(tx: &mut Tx, which: &'static str, id: i64) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(&format!("select id from ticket where {which}"), params![id], |row| row.get(0))?)
}

fn people(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<PersonId>, StoreError> {
    Ok(tx
        .query("select id from person where organisation_id = $1", params![organisation], |row| row.get(0))?)
}
