//! What of a ticket somebody has not read: its last news that is not their own, and up to where they read it.

use domain::id::EventId;

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::Tx;
use crate::params;

/// The last news of `t`, a row of `ticket`, that is not the viewer's own.
pub(crate) fn newest(viewer: &str) -> String {
    format!("case when t.news_person_id = {viewer} then t.news_before_id else t.news_id end")
}

/// Whether there is any that the viewer did not read.
pub(crate) fn unread(viewer: &str) -> String {
    format!(
        "coalesce({}, 0) > coalesce((select max(m.event_id) from read_mark m \
         where m.person_id = {viewer} and m.ticket_id = t.id), 0)",
        newest(viewer)
    )
}

/// Whether the viewer began to write on it.
pub(crate) fn drafted(viewer: &str) -> String {
    format!("exists (select 1 from draft w where w.ticket_id = t.id and w.person_id = {viewer})")
}

/// The viewer has read everything up to an event.
pub fn read(tx: &mut Tx, granted: &Granted<ReadInside>, up_to: EventId) -> Result<(), StoreError> {
    let is_known = tx.exists(
        "select 1 from read_mark where person_id = $1 and ticket_id = $2 and event_id >= $3",
        params![granted.viewer, granted.ticket, up_to],
    )?;
    if is_known {
        return Ok(());
    }
    forget(tx, granted)?;
    tx.execute(
        "insert into read_mark (person_id, ticket_id, event_id) values ($1, $2, $3)",
        params![granted.viewer, granted.ticket, up_to],
    )?;
    Ok(())
}

/// To the viewer everything of others is unread again.
pub fn forget(tx: &mut Tx, granted: &Granted<ReadInside>) -> Result<(), StoreError> {
    tx.execute(
        "delete from read_mark where person_id = $1 and ticket_id = $2",
        params![granted.viewer, granted.ticket],
    )?;
    Ok(())
}
