//! The board of each person: what they are told at the desk, and a number of the unread that is kept while writing.

use domain::id::{EventId, PersonId, TicketId};
use domain::notice::Occasion;
use jiff::Timestamp;

use crate::StoreError;
use crate::db::{DbError, Row, Tx};
use crate::params;

/// A notice on somebody's board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Later ones are larger.
    pub id: i64,
    pub person: PersonId,
    pub occasion: Occasion,
    pub ticket: TicketId,
    /// `None` when time alone is behind it.
    pub event: Option<EventId>,
    pub by: Option<PersonId>,
    /// What happened, as the log names it.
    pub what: Option<String>,
    /// How often it happened until it was read.
    pub times: i64,
    /// On how many other tickets the same happened at the same time.
    pub others: i64,
    pub at: Timestamp,
    pub read_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, person_id, occasion, ticket_id, event_id, by_id, what, times, others, at, read_at";

/// Puts it on top. What is unread there of the same ticket and occasion becomes one with it.
pub fn put(tx: &mut Tx, shown: &Shown) -> Result<(), StoreError> {
    let before: i64 = tx.query_one(
        "select coalesce(sum(times), 0) from notice_shown \
         where person_id = $1 and ticket_id = $2 and occasion = $3 and read_at is null",
        params![shown.person, shown.ticket, shown.occasion],
        |row| row.get(0),
    )?;
    let joined = tx.execute(
        "delete from notice_shown where person_id = $1 and ticket_id = $2 and occasion = $3 and read_at is null",
        params![shown.person, shown.ticket, shown.occasion],
    )?;
    insert(tx, &Shown { times: before + shown.times, ..shown.clone() })?;
    shift(tx, shown.person, 1 - signed(joined))
}

/// The same on many tickets at once becomes one on top, together with what is unread of the same kind and the
/// same hand since then.
pub fn put_many(tx: &mut Tx, shown: &Shown, since: Timestamp) -> Result<(), StoreError> {
    let before = tx.query_opt(
        "select id, others from notice_shown where person_id = $1 and read_at is null and others > 0 \
         and occasion = $2 and coalesce(by_id, 0) = $3 and at > $4 order by id desc limit 1",
        params![shown.person, shown.occasion, shown.by.map_or(0, |by| by.0), since],
        |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)),
    )?;
    let Some((id, others)) = before else {
        insert(tx, shown)?;
        return shift(tx, shown.person, 1);
    };
    remove(tx, id)?;
    insert(tx, &Shown { others: others + shown.others + 1, ..shown.clone() })?;
    shift(tx, shown.person, 0)
}

fn insert(tx: &mut Tx, shown: &Shown) -> Result<(), StoreError> {
    tx.execute(
        "insert into notice_shown (id, person_id, occasion, ticket_id, event_id, by_id, what, times, others, at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            shown.id,
            shown.person,
            shown.occasion,
            shown.ticket,
            shown.event,
            shown.by,
            shown.what,
            shown.times,
            shown.others,
            shown.at
        ],
    )?;
    Ok(())
}

/// A page of somebody's board, newest first, from below an id on.
pub fn page(
    tx: &mut Tx,
    person: PersonId,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Shown>, StoreError> {
    let sql = format!(
        "select {COLUMNS} from notice_shown where person_id = $1 and id < $2 order by id desc limit $3"
    );
    Ok(tx.query(&sql, params![person, before.unwrap_or(i64::MAX), limit], read)?)
}

/// What somebody has not read, newest first.
pub fn unread(tx: &mut Tx, person: PersonId, limit: i64) -> Result<Vec<Shown>, StoreError> {
    let sql = format!(
        "select {COLUMNS} from notice_shown where person_id = $1 and read_at is null order by id desc limit $2"
    );
    Ok(tx.query(&sql, params![person, limit], read)?)
}

/// Whether somebody has not read something about the ticket of that number.
pub fn is_unread(tx: &mut Tx, person: PersonId, number: i64) -> Result<bool, StoreError> {
    Ok(tx.exists(
        "select 1 from notice_shown n where n.person_id = $1 and n.read_at is null \
         and n.ticket_id = (select id from ticket where number = $2)",
        params![person, number],
    )?)
}

/// Everything about a ticket was read.
pub fn read_ticket(tx: &mut Tx, person: PersonId, number: i64, now: Timestamp) -> Result<(), StoreError> {
    let read = tx.execute(
        "update notice_shown set read_at = $3 where person_id = $1 and read_at is null \
         and ticket_id = (select id from ticket where number = $2)",
        params![person, number, now],
    )?;
    went(tx, person, read)
}

/// One was read; somebody else's is not touched.
pub fn read_one(tx: &mut Tx, person: PersonId, id: i64, now: Timestamp) -> Result<(), StoreError> {
    let read = tx.execute(
        "update notice_shown set read_at = $3 where id = $2 and person_id = $1 and read_at is null",
        params![person, id, now],
    )?;
    went(tx, person, read)
}

/// Everything was read up to the newest one that was shown.
pub fn read_all(tx: &mut Tx, person: PersonId, newest: i64, now: Timestamp) -> Result<(), StoreError> {
    let read = tx.execute(
        "update notice_shown set read_at = $3 where person_id = $1 and id <= $2 and read_at is null",
        params![person, newest, now],
    )?;
    went(tx, person, read)
}

/// What was taken back was never told.
pub fn take_back(tx: &mut Tx, event: EventId) -> Result<(), StoreError> {
    let of = tx.query(
        "select id, person_id, read_at from notice_shown where event_id = $1 and times = 1 and others = 0",
        params![event],
        |row| Ok((row.get::<i64>(0)?, row.get::<PersonId>(1)?, row.get::<Option<Timestamp>>(2)?)),
    )?;
    // What else is told in the same line stays, without saying who was the last and with what.
    tx.execute(
        "update notice_shown set event_id = null, by_id = null, what = null, \
         times = case when times > 1 then times - 1 else times end where event_id = $1 and (times > 1 or others > 0)",
        params![event],
    )?;
    for (id, person, read_at) in of {
        remove(tx, id)?;
        if read_at.is_none() {
            shift(tx, person, -1)?;
        }
    }
    Ok(())
}

/// Who may read a ticket or its hand-offs has changed.
pub fn doubt_ticket(tx: &mut Tx, ticket: TicketId) -> Result<(), StoreError> {
    tx.execute(
        "update notice_board set in_doubt = 1, moved = (select coalesce(max(moved), 0) + 1 from notice_board) \
         where person_id in (select person_id from notice_shown where read_at is null and (ticket_id = $1 \
         or ticket_id in (select id from ticket where parent_id = $1)))",
        params![ticket],
    )?;
    Ok(())
}

/// What somebody may read has changed.
pub fn doubt_person(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    tx.execute(
        "update notice_board set in_doubt = 1, moved = (select coalesce(max(moved), 0) + 1 from notice_board) \
         where person_id = $1 and unread > 0",
        params![person],
    )?;
    Ok(())
}

/// What many may read has changed.
pub fn doubt_all(tx: &mut Tx) -> Result<(), StoreError> {
    tx.execute(
        "update notice_board set in_doubt = 1, moved = (select coalesce(max(moved), 0) + 1 from notice_board) \
         where unread > 0",
        params![],
    )?;
    Ok(())
}

/// Somebody whose number is in doubt.
pub fn next_in_doubt(tx: &mut Tx) -> Result<Option<PersonId>, StoreError> {
    Ok(tx.query_opt(
        "select person_id from notice_board where in_doubt = 1 order by person_id limit 1",
        params![],
        |row| row.get(0),
    )?)
}

/// Takes one off the board without a trace.
pub fn remove(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    tx.execute("delete from notice_shown where id = $1", params![id])?;
    Ok(())
}

/// On how many other tickets something happened is no longer known to be somebody's to know.
pub fn forget_others(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    tx.execute("update notice_shown set others = 0 where person_id = $1 and others > 0", params![person])?;
    Ok(())
}

/// Counts somebody's unread notices anew; the number is not in doubt any more.
pub fn count(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    tx.execute(
        "update notice_board set in_doubt = 0, \
         unread = (select count(*) from notice_shown where person_id = $1 and read_at is null), \
         moved = (select coalesce(max(moved), 0) + 1 from notice_board) where person_id = $1",
        params![person],
    )?;
    Ok(())
}

/// The number of somebody's unread notices as it is kept, and whether it is in doubt.
pub fn number(tx: &mut Tx, person: PersonId) -> Result<(i64, bool), StoreError> {
    let kept = tx.query_opt(
        "select unread, in_doubt from notice_board where person_id = $1",
        params![person],
        |row| Ok((row.get(0)?, row.get::<i64>(1)? == 1)),
    )?;
    Ok(kept.unwrap_or((0, false)))
}

/// How often boards have changed until now.
pub fn moved(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(tx.query_one("select coalesce(max(moved), 0) from notice_board", params![], |row| row.get(0))?)
}

/// Whose boards have changed since.
pub fn moved_after(tx: &mut Tx, moved: i64) -> Result<Vec<(i64, PersonId)>, StoreError> {
    Ok(tx.query(
        "select moved, person_id from notice_board where moved > $1 order by moved",
        params![moved],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

/// Forgets what is so old; gives how many.
pub fn forget(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let people = tx.query(
        "select distinct person_id from notice_shown where at <= $1 and read_at is null",
        params![before],
        |row| row.get::<PersonId>(0),
    )?;
    let forgotten = tx.execute("delete from notice_shown where at <= $1", params![before])?;
    people.into_iter().try_for_each(|person| count(tx, person))?;
    Ok(forgotten)
}

fn went(tx: &mut Tx, person: PersonId, read: u64) -> Result<(), StoreError> {
    if read == 0 { Ok(()) } else { shift(tx, person, -signed(read)) }
}

fn shift(tx: &mut Tx, person: PersonId, by: i64) -> Result<(), StoreError> {
    tx.execute(
        "insert into notice_board (person_id, unread, in_doubt, moved) \
         values ($1, $2, 0, (select coalesce(max(moved), 0) + 1 from notice_board)) \
         on conflict (person_id) do update set unread = notice_board.unread + $2, moved = excluded.moved",
        params![person, by],
    )?;
    Ok(())
}

fn signed(rows: u64) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

fn read(row: &Row) -> Result<Shown, DbError> {
    Ok(Shown {
        id: row.get(0)?,
        person: row.get(1)?,
        occasion: row.get(2)?,
        ticket: row.get(3)?,
        event: row.get(4)?,
        by: row.get(5)?,
        what: row.get(6)?,
        times: row.get(7)?,
        others: row.get(8)?,
        at: row.get(9)?,
        read_at: row.get(10)?,
    })
}
