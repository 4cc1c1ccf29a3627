//! What people are to be told, how they want to be told, and what unsubscribes them.

pub mod board;

use domain::id::{EventId, PersonId, TargetId, TicketId, UnitId};
use domain::notice::{Choice, Course, Occasion, Subscription, Way};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::{DbError, Row, Tx};
use crate::params;

/// Something that one person is to be told when its time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub id: i64,
    pub person: PersonId,
    pub occasion: Occasion,
    pub course: Course,
    pub ticket: TicketId,
    /// `None` when time alone is behind it.
    pub event: Option<EventId>,
    pub due_at: Timestamp,
}

pub fn want(tx: &mut Tx, notice: &Notice) -> Result<(), StoreError> {
    tx.execute(
        "insert into notice (id, person_id, occasion, way, ticket_id, event_id, due_at) values ($1, $2, $3, $4, $5, $6, $7)",
        params![
            notice.id,
            notice.person,
            notice.occasion,
            notice.course,
            notice.ticket,
            notice.event,
            notice.due_at
        ],
    )?;
    Ok(())
}

/// Somebody who is to be told something by now.
pub fn next_person(tx: &mut Tx, now: Timestamp) -> Result<Option<PersonId>, StoreError> {
    Ok(tx.query_opt(
        "select person_id from notice where due_at <= $1 order by due_at, person_id limit 1",
        params![now],
        |row| row.get(0),
    )?)
}

/// What somebody is to be told by now, oldest first.
pub fn due(tx: &mut Tx, person: PersonId, now: Timestamp, limit: i64) -> Result<Vec<Notice>, StoreError> {
    Ok(tx.query(
        "select id, person_id, occasion, way, ticket_id, event_id, due_at from notice \
         where person_id = $1 and due_at <= $2 order by id limit $3",
        params![person, now, limit],
        read,
    )?)
}

pub fn remove(tx: &mut Tx, notice: &Notice) -> Result<(), StoreError> {
    tx.execute("delete from notice where id = $1", params![notice.id])?;
    Ok(())
}

/// It waits for the digest of that time.
pub fn postpone(tx: &mut Tx, notice: &Notice, to: Timestamp) -> Result<(), StoreError> {
    tx.execute("update notice set way = 'digest', due_at = $2 where id = $1", params![notice.id, to])?;
    Ok(())
}

/// It waits until then, as it was wanted.
pub fn wait_until(tx: &mut Tx, notice: &Notice, until: Timestamp) -> Result<(), StoreError> {
    tx.execute("update notice set due_at = $2 where id = $1", params![notice.id, until])?;
    Ok(())
}

/// What somebody chose; everything else is told in its usual way.
pub fn choices(tx: &mut Tx, person: PersonId) -> Result<Vec<(Occasion, Choice)>, StoreError> {
    Ok(tx.query(
        "select occasion, way, on_board from notice_choice where person_id = $1 order by occasion",
        params![person],
        |row| Ok((row.get(0)?, Choice { mail: row.get(1)?, board: row.get::<i64>(2)? == 1 })),
    )?)
}

/// How somebody is told of something.
pub fn choice(tx: &mut Tx, person: PersonId, occasion: Occasion) -> Result<Choice, StoreError> {
    let chosen = tx.query_opt(
        "select way, on_board from notice_choice where person_id = $1 and occasion = $2",
        params![person, occasion],
        |row| Ok(Choice { mail: row.get(0)?, board: row.get::<i64>(1)? == 1 }),
    )?;
    Ok(chosen.unwrap_or(occasion.usual()))
}

/// How somebody is told of something by mail.
pub fn way(tx: &mut Tx, person: PersonId, occasion: Occasion) -> Result<Way, StoreError> {
    Ok(choice(tx, person, occasion)?.mail)
}

pub fn choose(tx: &mut Tx, person: PersonId, occasion: Occasion, choice: Choice) -> Result<(), StoreError> {
    tx.execute(
        "insert into notice_choice (person_id, occasion, way, on_board) values ($1, $2, $3, $4) \
         on conflict (person_id, occasion) do update set way = $3, on_board = $4",
        params![person, occasion, choice.mail, i64::from(choice.board)],
    )?;
    Ok(())
}

/// Those who serve in a unit and chose to be told of something that usually nobody is told of.
pub fn choosers(tx: &mut Tx, unit: UnitId, occasion: Occasion) -> Result<Vec<PersonId>, StoreError> {
    Ok(tx.query(
        "select m.person_id from membership m join notice_choice c on c.person_id = m.person_id and c.occasion = $2 \
         where m.unit_id = $1 and (c.on_board = 1 or c.way <> 'never') order by m.person_id",
        params![unit, occasion],
        |row| row.get(0),
    )?)
}

/// A promise that runs on an open ticket which somebody holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    pub ticket: TicketId,
    pub target: TargetId,
    pub stay: i64,
    pub person: PersonId,
}

/// Promises that end until then and whose holder was not told so.
pub fn promises(
    tx: &mut Tx,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Promise>, StoreError> {
    Ok(tx.query(
        "select c.ticket_id, c.target_id, c.stay, t.person_id from clock c join ticket t on t.id = c.ticket_id \
         where c.outcome = 'running' and c.due_at > $1 and c.due_at <= $2 and t.state = 'open' and t.person_id is not null \
         and not exists (select 1 from notice_promise n where n.ticket_id = c.ticket_id and n.target_id = c.target_id \
         and n.stay = c.stay and n.person_id = t.person_id) order by c.due_at, c.ticket_id limit $3",
        params![now, until, limit],
        |row| Ok(Promise { ticket: row.get(0)?, target: row.get(1)?, stay: row.get(2)?, person: row.get(3)? }),
    )?)
}

pub fn promise_told(tx: &mut Tx, promise: &Promise) -> Result<(), StoreError> {
    tx.execute(
        "insert into notice_promise (ticket_id, target_id, stay, person_id) values ($1, $2, $3, $4) \
         on conflict (ticket_id, target_id, stay, person_id) do nothing",
        params![promise.ticket, promise.target, promise.stay, promise.person],
    )?;
    Ok(())
}

/// Keeps the hash of a token that unsubscribes one person from one kind of mail.
pub fn give(
    tx: &mut Tx,
    token: &[u8; 32],
    (person, subscription): (PersonId, Subscription),
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into notice_token (token, person_id, subscription, created_at) values ($1, $2, $3, $4)",
        params![&token[..], person, subscription, at],
    )?;
    Ok(())
}

/// Whom a token given after `since` unsubscribes, and from what.
pub fn of_token(
    tx: &mut Tx,
    token: &[u8; 32],
    since: Timestamp,
) -> Result<Option<(PersonId, Subscription)>, StoreError> {
    Ok(tx.query_opt(
        "select person_id, subscription from notice_token where token = $1 and created_at > $2",
        params![&token[..], since],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

/// Tokens that nothing can be done with any more.
pub fn forget_tokens(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    Ok(tx.execute("delete from notice_token where created_at <= $1", params![before])?)
}

fn read(row: &Row) -> Result<Notice, DbError> {
    Ok(Notice {
        id: row.get(0)?,
        person: row.get(1)?,
        occasion: row.get(2)?,
        course: row.get(3)?,
        ticket: row.get(4)?,
        event: row.get(5)?,
        due_at: row.get(6)?,
    })
}
