//! Tickets that a change of the set-up concerns.

use domain::id::{ServiceId, TicketId, UnitId};

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// Every ticket of a service becomes confidential, or no longer is: rights follow at once.
pub fn set_confidential(tx: &mut Tx, service: ServiceId, confidential: bool) -> Result<u64, StoreError> {
    tx.execute(
        "update ticket_tag set confidential = $2 where ticket_id in (select id from ticket where service_id = $1)",
        params![service, i64::from(confidential)],
    )?;
    Ok(tx.execute(
        "update ticket set confidential = $2 where service_id = $1 and confidential <> $2",
        params![service, i64::from(confidential)],
    )?)
}

/// Open tickets of a service that wait for hand-offs.
pub fn blocked_of_service(tx: &mut Tx, service: ServiceId) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(
        "select id from ticket where state = 'open' and handoffs_open > 0 and service_id = $1 order by id",
        params![service],
        |row| row.get(0),
    )?)
}

/// Open tickets of a unit that wait for hand-offs.
pub fn blocked_of_unit(tx: &mut Tx, unit: UnitId) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(
        "select id from ticket where state = 'open' and handoffs_open > 0 and unit_id = $1 order by id",
        params![unit],
        |row| row.get(0),
    )?)
}
