//! Broken glass: an administrator reads one confidential ticket for a while, with the reason kept.

use domain::id::{PersonId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// The ticket of that number when it is confidential.
pub fn confidential(tx: &mut Tx, number: i64) -> Result<Option<TicketId>, StoreError> {
    Ok(tx.query_opt(
        "select id from ticket where number = $1 and confidential = 1",
        params![number],
        |row| row.get(0),
    )?)
}

/// Opens it to that person until then; a second time replaces the first.
pub fn open(
    tx: &mut Tx,
    person: PersonId,
    ticket: TicketId,
    until: Timestamp,
    reason: &str,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into broken_glass (person_id, ticket_id, until_at, reason) values ($1, $2, $3, $4) \
         on conflict (person_id, ticket_id) do update set until_at = excluded.until_at, reason = excluded.reason",
        params![person, ticket, until, reason],
    )?;
    Ok(())
}

/// Takes it back, as if it had never been opened.
pub fn remove(tx: &mut Tx, person: PersonId, ticket: TicketId) -> Result<(), StoreError> {
    tx.execute("delete from broken_glass where person_id = $1 and ticket_id = $2", params![person, ticket])?;
    Ok(())
}

/// The tickets a person may read through broken glass now: number and until when.
pub fn open_to(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<Vec<(i64, Timestamp)>, StoreError> {
    Ok(tx.query(
        "select t.number, b.until_at from broken_glass b join ticket t on t.id = b.ticket_id \
         where b.person_id = $1 and b.until_at > $2 order by b.until_at",
        params![person, now],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}
