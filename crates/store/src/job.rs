//! Work to be done later, written in the transaction that wants it; leased, fenced and retried.

use jiff::{SignedDuration, Timestamp};

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// A job is tried this often before it is laid aside for people to look at.
pub const TRIES: i64 = 25;

/// How long a worker has a job to itself.
pub const LEASE: SignedDuration = SignedDuration::from_mins(5);

/// A job in the hands of one worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leased {
    pub id: i64,
    pub kind: String,
    pub payload: String,
    pub attempts: i64,
    /// Grows with each lease: a worker that was paused past its lease has an old one, and what it
    /// does then is refused.
    pub fence: i64,
}

/// A job on its way into the list.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub id: i64,
    pub kind: &'a str,
    pub payload: &'a str,
    /// A job with the same key is wanted once.
    pub key: Option<&'a str>,
    pub run_at: Timestamp,
}

/// Adds a job to the transaction of whoever wants it; `false` when its key is already there.
pub fn enqueue(tx: &mut Tx, job: &Wanted) -> Result<bool, StoreError> {
    let added = tx.execute(
        "insert into job (id, kind, payload, key, run_at) values ($1, $2, $3, $4, $5) on conflict (key) do nothing",
        params![job.id, job.kind, job.payload, job.key, job.run_at],
    )?;
    Ok(added == 1)
}

/// Takes the jobs that are due and that nobody holds, at most `limit`, for [`LEASE`].
pub fn lease(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Leased>, StoreError> {
    let due = tx.query(
        "select id, kind, payload, attempts, fence from job where dead_at is null and run_at <= $1 \
         and (lease_until_at is null or lease_until_at <= $1) order by run_at, id limit $2",
        params![now, limit],
        |row| {
            Ok(Leased {
                id: row.get(0)?,
                kind: row.get(1)?,
                payload: row.get(2)?,
                attempts: row.get::<i64>(3)? + 1,
                fence: row.get::<i64>(4)? + 1,
            })
        },
    )?;
    for job in &due {
        tx.execute(
            "update job set lease_until_at = $2, attempts = $3, fence = $4 where id = $1",
            params![job.id, now + LEASE, job.attempts, job.fence],
        )?;
    }
    Ok(due)
}

/// Whether a lease still holds; asked in the transaction that has the job's effect, so that a
/// worker woken too late has none.
pub fn holds(tx: &mut Tx, job: &Leased) -> Result<bool, StoreError> {
    Ok(tx.exists("select 1 from job where id = $1 and fence = $2", params![job.id, job.fence])?)
}

/// The job is done and leaves the list; `false` when the lease no longer held.
pub fn done(tx: &mut Tx, job: &Leased) -> Result<bool, StoreError> {
    Ok(tx.execute("delete from job where id = $1 and fence = $2", params![job.id, job.fence])? == 1)
}

/// The job failed: it is tried again later and later, and laid aside after [`TRIES`].
/// `false` when the lease no longer held.
pub fn failed(tx: &mut Tx, job: &Leased, now: Timestamp, why: &str) -> Result<bool, StoreError> {
    let dead_at = (job.attempts >= TRIES).then_some(now);
    let changed = tx.execute(
        "update job set lease_until_at = null, run_at = $3, last_error = $4, dead_at = $5 where id = $1 and fence = $2",
        params![job.id, job.fence, now + pause(job.attempts), why, dead_at],
    )?;
    Ok(changed == 1)
}

/// A job that was laid aside, with its last error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dead {
    pub id: i64,
    pub kind: String,
    pub attempts: i64,
    pub last_error: Option<String>,
    pub dead_at: Timestamp,
}

/// Jobs that were laid aside, latest first.
pub fn dead(tx: &mut Tx, limit: i64) -> Result<Vec<Dead>, StoreError> {
    Ok(tx.query(
        "select id, kind, attempts, last_error, dead_at from job where dead_at is not null order by dead_at desc limit $1",
        params![limit],
        |row| {
            Ok(Dead {
                id: row.get(0)?,
                kind: row.get(1)?,
                attempts: row.get(2)?,
                last_error: row.get(3)?,
                dead_at: row.get(4)?,
            })
        },
    )?)
}

/// Tries a job that was laid aside once more.
pub fn revive(tx: &mut Tx, job: i64, now: Timestamp) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "update job set dead_at = null, attempts = 0, run_at = $2, lease_until_at = null where id = $1 and dead_at is not null",
        params![job, now],
    )?;
    Ok(changed == 1)
}

/// 10 seconds, doubling up to 6 hours.
fn pause(attempts: i64) -> SignedDuration {
    let doubled = 10_i64 << (attempts - 1).clamp(0, 12);
    SignedDuration::from_secs(doubled.min(6 * 3600))
}
