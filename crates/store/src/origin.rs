//! What made the desk do something by itself, beside the event that tells of it.

use std::collections::BTreeMap;

use domain::id::{EventId, TicketId};
use domain::origin::Origin;

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::Tx;
use crate::params;

pub fn insert(tx: &mut Tx, event: EventId, ticket: TicketId, origin: &Origin) -> Result<(), StoreError> {
    let origin = serde_json::to_string(origin).map_err(StoreError::encoding)?;
    tx.execute(
        "insert into event_origin (event_id, ticket_id, origin) values ($1, $2, $3)",
        params![event, ticket, origin],
    )?;
    Ok(())
}

/// What stands behind one event.
pub fn of_event(tx: &mut Tx, event: EventId) -> Result<Option<Origin>, StoreError> {
    let found =
        tx.query_opt("select origin from event_origin where event_id = $1", params![event], |row| {
            row.get::<String>(0)
        })?;
    found.map(|text| read(event, &text)).transpose()
}

/// What stands behind the events of a ticket.
pub fn of_ticket(
    tx: &mut Tx,
    granted: &Granted<ReadInside>,
) -> Result<BTreeMap<EventId, Origin>, StoreError> {
    let rows = tx.query(
        "select event_id, origin from event_origin where ticket_id = $1 order by event_id",
        params![granted.ticket],
        |row| Ok((row.get::<EventId>(0)?, row.get::<String>(1)?)),
    )?;
    rows.into_iter().map(|(event, text)| Ok((event, read(event, &text)?))).collect()
}

fn read(event: EventId, text: &str) -> Result<Origin, StoreError> {
    serde_json::from_str(text).map_err(|cause| StoreError::row("event_origin", event.0, cause))
}
