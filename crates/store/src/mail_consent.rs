//! Administrators on their way to a provider, who is asked for a mailbox: each comes back once.

use domain::id::{InboxId, PersonId};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    pub inbox: InboxId,
    pub person: PersonId,
    /// Hash of the session's token.
    pub session: [u8; 32],
    /// How the inbox signs in, as JSON, when this began.
    pub signing_in: String,
    pub verifier: String,
    pub redirect_uri: String,
    pub until_at: Timestamp,
}

/// `state` is the hash of the word that goes along.
pub fn begin(tx: &mut Tx, state: &[u8; 32], consent: &Consent) -> Result<(), StoreError> {
    tx.execute(
        "insert into mail_consent (state, inbox_id, person_id, session, signing_in, verifier, redirect_uri, until_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            state,
            consent.inbox,
            consent.person,
            consent.session,
            consent.signing_in,
            consent.verifier,
            consent.redirect_uri,
            consent.until_at
        ],
    )?;
    Ok(())
}

/// Takes what was begun under this word: whoever comes a second time finds nothing.
pub fn take(tx: &mut Tx, state: &[u8; 32]) -> Result<Option<Consent>, StoreError> {
    let found = tx.query_opt(
        "select inbox_id, person_id, session, signing_in, verifier, redirect_uri, until_at from mail_consent \
         where state = $1",
        params![state],
        |row| {
            let session: Vec<u8> = row.get(2)?;
            Ok(Consent {
                inbox: row.get(0)?,
                person: row.get(1)?,
                session: session.try_into().unwrap_or_default(),
                signing_in: row.get(3)?,
                verifier: row.get(4)?,
                redirect_uri: row.get(5)?,
                until_at: row.get(6)?,
            })
        },
    )?;
    tx.execute("delete from mail_consent where state = $1", params![state])?;
    Ok(found)
}

/// Forgets those who did not come back in time.
pub fn forget_over(tx: &mut Tx, now: Timestamp) -> Result<(), StoreError> {
    tx.execute("delete from mail_consent where until_at <= $1", params![now])?;
    Ok(())
}
