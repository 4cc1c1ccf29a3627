//! Tickets that another one goes on with.

use domain::id::TicketId;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// The ticket that goes on with this one, at the end of a chain of merges; itself, when it was not merged.
///
/// No rule makes a circle. Where a damaged log has one, or names a ticket that is not here, it is the ticket itself.
pub fn goes_on_as(tx: &mut Tx, ticket: TicketId) -> Result<TicketId, StoreError> {
    const LONGEST: usize = 100;
    let mut last = ticket;
    for _ in 0..LONGEST {
        let next = tx.query_opt(
            "select o.id from ticket t join ticket o on o.id = t.merged_into_id where t.id = $1",
            params![last],
            |row| row.get(0),
        )?;
        match next {
            Some(next) => last = next,
            None => return Ok(last),
        }
    }
    Ok(ticket)
}
