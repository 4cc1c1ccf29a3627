//! How far fetching came in an inbox, since when, and which process does it.

use domain::id::InboxId;
use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// How far fetching came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Uid validity and last uid; none before the first connection.
    pub cursor: Option<(i64, i64)>,
    pub began_at: Option<Timestamp>,
}

pub fn progress(tx: &mut Tx, inbox: InboxId) -> Result<Progress, StoreError> {
    let found = tx.query_opt(
        "select uid_validity, last_uid, began_at from inbox_health where inbox_id = $1",
        params![inbox],
        |row| {
            let (validity, last): (Option<i64>, Option<i64>) = (row.get(0)?, row.get(1)?);
            Ok(Progress { cursor: validity.zip(last), began_at: row.get(2)? })
        },
    )?;
    Ok(found.unwrap_or_default())
}

/// The first connection: reading begins at this cursor.
pub fn begun(tx: &mut Tx, inbox: InboxId, cursor: (i64, i64), at: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "update inbox_health set uid_validity = $2, last_uid = $3, began_at = $4 where inbox_id = $1",
        params![inbox, cursor.0, cursor.1, at],
    )?;
    Ok(())
}

/// Another folder is read from now on; numbers of the old one mean nothing there.
pub fn begin_anew(tx: &mut Tx, inbox: InboxId) -> Result<(), StoreError> {
    tx.execute(
        "update inbox_health set uid_validity = null, last_uid = null, began_at = null, behind = 0, fetched_at = null, \
         fetch_failed_at = null, fetch_failure = null where inbox_id = $1",
        params![inbox],
    )?;
    Ok(())
}

/// A fetch that began at `since` went well up to here; `false` when another folder is read by now.
pub fn fetched(
    tx: &mut Tx,
    inbox: InboxId,
    since: Timestamp,
    (uid_validity, last_uid): (i64, i64),
    behind: i64,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "update inbox_health set uid_validity = $2, last_uid = $3, behind = $4, fetched_at = $5, fetch_failure = null, \
         fetch_failed_at = null where inbox_id = $1 and began_at = $6",
        params![inbox, uid_validity, last_uid, behind, at, since],
    )?;
    Ok(changed == 1)
}

pub fn failed(tx: &mut Tx, inbox: InboxId, why: &str, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "update inbox_health set fetch_failed_at = $2, fetch_failure = $3 where inbox_id = $1",
        params![inbox, at, why],
    )?;
    Ok(())
}

/// Takes an inbox for a process until then, or holds it longer; `false` while another one has it.
pub fn claim(
    tx: &mut Tx,
    inbox: InboxId,
    process: i64,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "update inbox_health set fetcher = $2, fetcher_until_at = $4 where inbox_id = $1 \
         and (fetcher is null or fetcher = $2 or fetcher_until_at is null or fetcher_until_at <= $3)",
        params![inbox, process, now, until],
    )?;
    Ok(changed == 1)
}

/// A process that stops leaves its inboxes to the others at once.
pub fn leave(tx: &mut Tx, process: i64) -> Result<(), StoreError> {
    tx.execute(
        "update inbox_health set fetcher = null, fetcher_until_at = null where fetcher = $1",
        params![process],
    )?;
    Ok(())
}
