//! Replies that can still be taken back: until then their readers outside do not have them.

use domain::id::{MessageId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// Its readers outside have the message from then on.
pub fn hold_until(tx: &mut Tx, message: MessageId, until: Timestamp) -> Result<(), StoreError> {
    tx.execute("update message set outside_at = $2 where id = $1", params![message, until])?;
    Ok(())
}

/// From when its readers outside have it; none when they had it from the beginning, or when it is gone.
pub fn outside_at(tx: &mut Tx, message: MessageId) -> Result<Option<Timestamp>, StoreError> {
    let sql = "select outside_at from message where id = $1";
    Ok(tx.query_opt(sql, params![message], |row| row.get(0))?.flatten())
}

/// The replies of a ticket that can still be taken back.
pub fn undoable(tx: &mut Tx, ticket: TicketId, now: Timestamp) -> Result<Vec<MessageId>, StoreError> {
    // As many as were written in the last seconds, so that the order of time is the cheaper way to them.
    let sql = "select id from message where outside_at > $2 and +ticket_id = $1";
    Ok(tx.query(sql, params![ticket, now], |row| row.get(0))?)
}

/// The tickets with such replies: as many as agents answered in the last seconds.
pub fn tickets_held(tx: &mut Tx, now: Timestamp) -> Result<Vec<TicketId>, StoreError> {
    let sql = "select ticket_id from message where outside_at > $1";
    Ok(tx.query(sql, params![now], |row| row.get(0))?)
}

/// Whether a message can still be taken back or is held, so that its readers outside do not have it yet.
pub fn is_held(tx: &mut Tx, message: MessageId, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "select 1 from message where id = $1 and outside_at > $2 \
         union all select 1 from message_held where message_id = $1";
    Ok(tx.exists(sql, params![message, now])?)
}

/// When the last reply of a ticket that can be taken back will be there for its readers outside.
pub fn undoable_until(
    tx: &mut Tx,
    ticket: TicketId,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let sql = "select max(outside_at) from message where outside_at > $2 and +ticket_id = $1";
    Ok(tx.query_one(sql, params![ticket, now], |row| row.get(0))?)
}
