//! Where a ticket stands between those that wait for it and those it waits for.

use domain::id::{ServiceId, TicketId, UnitId};
use domain::ticket::State;

use super::{Due, due};
use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// Who owns a ticket, and the ticket that waits for it.
pub fn owner_and_parent(
    tx: &mut Tx,
    ticket: TicketId,
) -> Result<Option<(UnitId, Option<TicketId>)>, StoreError> {
    Ok(tx.query_opt("select unit_id, parent_id from ticket where id = $1", params![ticket], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?)
}

/// What a hand-off needs to know of the ticket it blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub state: State,
    pub parent: Option<TicketId>,
    pub service: ServiceId,
    pub unit: UnitId,
    pub due: Due,
}

pub fn place(tx: &mut Tx, ticket: TicketId) -> Result<Option<Place>, StoreError> {
    let Some(due) = due(tx, ticket)? else { return Ok(None) };
    Ok(tx.query_opt(
        "select state, parent_id, service_id, unit_id from ticket where id = $1",
        params![ticket],
        |row| {
            Ok(Place {
                state: row.get(0)?,
                parent: row.get(1)?,
                service: row.get(2)?,
                unit: row.get(3)?,
                due,
            })
        },
    )?)
}
