//! Time that people say they spent on a ticket.

pub mod report;

use domain::id::{PersonId, SpentId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::Tx;
use crate::params;

/// One entry as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    pub id: SpentId,
    pub person: PersonId,
    pub name: String,
    /// Days since 1970.
    pub day: i64,
    pub minutes: i64,
    pub note: String,
    pub corrected_at: Option<Timestamp>,
}

/// The entries of a ticket in the order in which they were written.
pub fn of_ticket(tx: &mut Tx, granted: &Granted<ReadInside>) -> Result<Vec<Spent>, StoreError> {
    Ok(tx.query(
        "select s.id, s.person_id, p.name, s.day, s.minutes, s.note, s.corrected_at from time_spent s \
         join person p on p.id = s.person_id where s.ticket_id = $1 order by s.id",
        params![granted.ticket],
        |row| {
            Ok(Spent {
                id: row.get(0)?,
                person: row.get(1)?,
                name: row.get(2)?,
                day: row.get(3)?,
                minutes: row.get(4)?,
                note: row.get(5)?,
                corrected_at: row.get(6)?,
            })
        },
    )?)
}

/// Who worked on a ticket on which day, and for how many minutes: for files of those who may read everything.
pub fn told(tx: &mut Tx, ticket: TicketId) -> Result<Vec<(String, i64, i64)>, StoreError> {
    Ok(tx.query(
        "select p.name, s.day, s.minutes from time_spent s join person p on p.id = s.person_id \
         where s.ticket_id = $1 and s.minutes > 0 order by s.id",
        params![ticket],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?)
}

/// What an entry said before: day, minutes, note, and until when.
pub type Corrected = (SpentId, i64, i64, String, Timestamp);

/// What entries said before they were corrected, the latest first.
pub fn before(tx: &mut Tx, granted: &Granted<ReadInside>) -> Result<Vec<Corrected>, StoreError> {
    Ok(tx.query(
        "select b.entry_id, b.day, b.minutes, b.note, b.until_at from time_spent s \
         join time_spent_before b on b.entry_id = s.id where s.ticket_id = $1 order by b.until_at desc",
        params![granted.ticket],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
    )?)
}

/// What somebody says of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub day: i64,
    pub minutes: i64,
    pub note: String,
}

pub fn insert(
    tx: &mut Tx,
    (id, ticket, person): (SpentId, TicketId, PersonId),
    said: &Said,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into time_spent (id, ticket_id, person_id, day, minutes, note, at, corrected_at) \
         values ($1, $2, $3, $4, $5, $6, $7, null)",
        params![id, ticket, person, said.day, said.minutes, said.note, at],
    )?;
    Ok(())
}

/// Keeps what an entry said and writes what it says now; whether it is the person's own on that ticket.
pub fn correct(
    tx: &mut Tx,
    (id, ticket, person): (SpentId, TicketId, PersonId),
    said: &Said,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let kept = tx.execute(
        "insert into time_spent_before (entry_id, until_at, day, minutes, note) \
         select id, $4, day, minutes, note from time_spent where id = $1 and ticket_id = $2 and person_id = $3",
        params![id, ticket, person, at],
    )?;
    if kept == 0 {
        return Ok(false);
    }
    tx.execute(
        "update time_spent set day = $2, minutes = $3, note = $4, corrected_at = $5 where id = $1",
        params![id, said.day, said.minutes, said.note, at],
    )?;
    Ok(true)
}
