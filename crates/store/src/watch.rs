//! Who wants to hear of a ticket, and who wants to hear nothing of it.

use domain::id::{PersonId, TicketId};
use domain::notice::Stance;
use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

pub fn stance(tx: &mut Tx, ticket: TicketId, person: PersonId) -> Result<Option<Stance>, StoreError> {
    Ok(tx.query_opt(
        "select stance from watch where ticket_id = $1 and person_id = $2",
        params![ticket, person],
        |row| row.get(0),
    )?)
}

/// Somebody takes another stance, or none.
pub fn choose(
    tx: &mut Tx,
    ticket: TicketId,
    person: PersonId,
    stance: Option<Stance>,
    at: Timestamp,
) -> Result<(), StoreError> {
    match stance {
        None => tx.execute(
            "delete from watch where ticket_id = $1 and person_id = $2",
            params![ticket, person],
        )?,
        Some(stance) => tx.execute(
            "insert into watch (ticket_id, person_id, stance, since_at) values ($1, $2, $3, $4) \
             on conflict (ticket_id, person_id) do update set stance = excluded.stance, since_at = excluded.since_at",
            params![ticket, person, stance, at],
        )?,
    };
    Ok(())
}

/// Somebody watches from here on, unless they chose something themselves.
pub fn begin(tx: &mut Tx, ticket: TicketId, person: PersonId, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "insert into watch (ticket_id, person_id, stance, since_at) values ($1, $2, 'watching', $3) \
         on conflict (ticket_id, person_id) do nothing",
        params![ticket, person, at],
    )?;
    Ok(())
}

/// Who watches a ticket, longest first; whether they may still read it is not asked here.
pub fn watchers(tx: &mut Tx, ticket: TicketId) -> Result<Vec<(PersonId, String)>, StoreError> {
    Ok(tx.query(
        "select w.person_id, p.name from watch w join person p on p.id = w.person_id \
         where w.ticket_id = $1 and w.stance = 'watching' order by w.since_at, w.person_id",
        params![ticket],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}
