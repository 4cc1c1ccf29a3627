//! Tickets whose time has come.

use domain::id::TicketId;
use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// Open tickets whose agreed date has passed.
pub fn agreed_before(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(
        "select id from ticket where waiting_until_at is not null and waiting_until_at <= $1 \
         order by waiting_until_at, id limit $2",
        params![now, limit],
        |row| row.get(0),
    )?)
}

/// Tickets that were out of sight until now.
pub fn snoozed_before(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(
        "select id from ticket where snoozed_until_at is not null and snoozed_until_at <= $1 \
         order by snoozed_until_at, id limit $2",
        params![now, limit],
        |row| row.get(0),
    )?)
}

/// Solved tickets, other than hand-offs, whose time for objections has passed. `before` is the
/// latest instant of solving that any service would close now, so that the index ends the search.
pub fn to_close(
    tx: &mut Tx,
    now: Timestamp,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(
        "select t.id from ticket t join service s on s.id = t.service_id \
         where t.state = 'solved' and t.solved_at <= $2 and t.asking_unit_id is null \
         and t.solved_at + s.close_days * 86400000000 <= $1 order by t.solved_at, t.id limit $3",
        params![now, before, limit],
        |row| row.get(0),
    )?)
}

/// Hand-offs that were delivered and whose acceptance is overdue.
pub fn delivered_past_acceptance(
    tx: &mut Tx,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(
        "select c.ticket_id from clock c join ticket t on t.id = c.ticket_id \
         where c.outcome = 'running' and c.due_at <= $1 and c.metric = 'acceptance' and t.state = 'solved' \
         order by c.due_at, c.ticket_id limit $2",
        params![now, limit],
        |row| row.get(0),
    )?)
}
