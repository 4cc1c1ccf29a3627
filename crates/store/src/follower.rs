//! Followers of the log: each reads by position with a cursor of its own, and skips nothing.

use crate::StoreError;
use crate::db::Tx;
use crate::event::{self, Notice};
use crate::params;

/// How far a follower has read; 0 when it has just begun.
pub fn position(tx: &mut Tx, name: &str) -> Result<i64, StoreError> {
    let found =
        tx.query_opt("select position from follower where name = $1", params![name], |row| row.get(0))?;
    Ok(found.unwrap_or(0))
}

/// A follower that has never read anything begins at the end of the log; gives whether it did.
pub fn begin_at_the_end(tx: &mut Tx, name: &str) -> Result<bool, StoreError> {
    let begun = tx.execute(
        "insert into follower (name, position) select $1, coalesce(max(position), 0) from event \
         where true on conflict (name) do nothing",
        params![name],
    )?;
    Ok(begun == 1)
}

/// Whether there is something that a follower has not read, or whether it has never begun.
pub fn is_behind(tx: &mut Tx, name: &str) -> Result<bool, StoreError> {
    Ok(!tx.exists(
        "select 1 from follower where name = $1 and position >= (select coalesce(max(position), 0) from event)",
        params![name],
    )?)
}

/// The next notices for a follower. Positions have no gaps and commit in their order, so a gap
/// here is damage and is said, never stepped over.
pub fn next(tx: &mut Tx, name: &str, limit: i64) -> Result<Vec<Notice>, StoreError> {
    let from = position(tx, name)?;
    let notices = event::after(tx, from, limit)?;
    for (expected, notice) in (from + 1..).zip(&notices) {
        if notice.position != expected {
            return Err(StoreError::Chain { position: expected });
        }
    }
    Ok(notices)
}

/// Writes down how far a follower has come, in the transaction that has the effect of what it read.
/// It never goes back.
pub fn advance(tx: &mut Tx, name: &str, to: i64) -> Result<(), StoreError> {
    tx.execute(
        "insert into follower (name, position) values ($1, $2) \
         on conflict (name) do update set position = case when follower.position < $2 then $2 else follower.position end",
        params![name, to],
    )?;
    Ok(())
}
