//! Messages that the requester's side does not see until an agent releases them.

use std::collections::BTreeSet;

use domain::id::{MessageId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::Tx;
use crate::params;

pub fn hold(tx: &mut Tx, message: MessageId, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "insert into message_held (message_id, held_at) values ($1, $2) on conflict (message_id) do nothing",
        params![message, at],
    )?;
    Ok(())
}

/// `false` when it was not held.
pub fn release(tx: &mut Tx, message: MessageId) -> Result<bool, StoreError> {
    Ok(tx.execute("delete from message_held where message_id = $1", params![message])? == 1)
}

/// The messages of a ticket that are held: only with the right to read inside.
pub fn held(tx: &mut Tx, granted: &Granted<ReadInside>) -> Result<BTreeSet<MessageId>, StoreError> {
    Ok(ids(tx, granted.ticket)?.into_iter().collect())
}

pub(super) fn ids(tx: &mut Tx, ticket: TicketId) -> Result<Vec<MessageId>, StoreError> {
    Ok(tx.query(
        "select h.message_id from message m join message_held h on h.message_id = m.id where m.ticket_id = $1",
        params![ticket],
        |row| row.get(0),
    )?)
}

/// The copy of a message on another ticket is held when the message is.
pub fn move_hold(tx: &mut Tx, from: MessageId, to: MessageId) -> Result<(), StoreError> {
    tx.execute("update message_held set message_id = $2 where message_id = $1", params![from, to])?;
    Ok(())
}
