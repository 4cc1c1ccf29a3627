//! The outcomes of writes, by the key that their client chose.

use domain::id::PersonId;
use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// What came of a write, and which request it answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub key: String,
    pub person: Option<PersonId>,
    pub at: Timestamp,
    /// blake3 of the request.
    pub request: [u8; 32],
    pub outcome: String,
}

pub fn by_key(tx: &mut Tx, key: &str) -> Result<Option<Outcome>, StoreError> {
    Ok(tx.query_opt(
        "select person_id, at, request, outcome from idempotency where key = $1",
        params![key],
        |row| {
            Ok(Outcome {
                key: key.to_owned(),
                person: row.get(0)?,
                at: row.get(1)?,
                request: row.get(2)?,
                outcome: row.get(3)?,
            })
        },
    )?)
}

pub fn insert(tx: &mut Tx, outcome: &Outcome) -> Result<(), StoreError> {
    tx.execute(
        "insert into idempotency (key, person_id, at, request, outcome) values ($1, $2, $3, $4, $5)",
        params![outcome.key, outcome.person, outcome.at, outcome.request, outcome.outcome],
    )?;
    Ok(())
}

/// Forgets outcomes older than `before`.
pub fn prune(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    Ok(tx.execute("delete from idempotency where at < $1", params![before])?)
}
