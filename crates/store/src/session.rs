//! Sessions: somebody signed in on a browser; only the hash of the token is kept.

use domain::id::PersonId;
use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// blake3 of the token.
    pub token: [u8; 32],
    pub person: PersonId,
    pub csrf: String,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub expires_at: Timestamp,
}

pub fn insert(tx: &mut Tx, session: &Session) -> Result<(), StoreError> {
    tx.execute(
        "insert into session (token, person_id, csrf, created_at, seen_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6)",
        params![
            session.token,
            session.person,
            session.csrf,
            session.created_at,
            session.seen_at,
            session.expires_at
        ],
    )?;
    Ok(())
}

pub fn by_token(tx: &mut Tx, token: &[u8; 32]) -> Result<Option<Session>, StoreError> {
    Ok(tx.query_opt(
        "select person_id, csrf, created_at, seen_at, expires_at from session where token = $1",
        params![token],
        |row| {
            Ok(Session {
                token: *token,
                person: row.get(0)?,
                csrf: row.get(1)?,
                created_at: row.get(2)?,
                seen_at: row.get(3)?,
                expires_at: row.get(4)?,
            })
        },
    )?)
}

/// Writes that a session was used, and until when it lasts now.
pub fn touch(
    tx: &mut Tx,
    token: &[u8; 32],
    seen_at: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "update session set seen_at = $2, expires_at = $3 where token = $1 and seen_at < $2",
        params![token, seen_at, expires_at],
    )?;
    Ok(())
}

pub fn remove(tx: &mut Tx, token: &[u8; 32]) -> Result<(), StoreError> {
    tx.execute("delete from session where token = $1", params![token])?;
    Ok(())
}

/// Ends every session of a person, but `kept`.
pub fn remove_all(tx: &mut Tx, person: PersonId, kept: Option<&[u8; 32]>) -> Result<u64, StoreError> {
    let none = [0_u8; 32];
    let kept = kept.unwrap_or(&none);
    Ok(tx.execute("delete from session where person_id = $1 and token <> $2", params![person, kept])?)
}

/// Sweeps sessions that ended before `now`.
pub fn prune(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    Ok(tx.execute("delete from session where expires_at <= $1", params![now])?)
}
