//! Acting once: a client that sends the same write again gets the outcome of the first time.

#[cfg(test)]
mod tests;

use domain::event::Actor;
use domain::id::PersonId;
use jiff::SignedDuration;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::StoreError;
use store::idempotency::Outcome;

use crate::act::{Act, Desk};
use crate::{DeskError, Problem};

/// How long an outcome is remembered.
pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Desk {
    /// [`Desk::act`], but the same `key` of the same person never acts twice: the outcome is kept
    /// in the transaction of the write. `request` is everything the client asked, in bytes.
    pub async fn act_once<T, F>(
        &self,
        key: &str,
        person: Option<PersonId>,
        request: &[u8],
        actor: Actor,
        intention: F,
    ) -> Result<T, DeskError>
    where
        F: FnOnce(&mut Act) -> Result<T, DeskError> + Send + 'static,
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        let key = scoped(key, person)?;
        let request = *blake3::hash(request).as_bytes();
        self.act(actor, move |act| once(act, key, person, request, intention)).await
    }

    /// [`Desk::act_once`] for the command line and tests: blocks the calling thread.
    pub fn act_once_now<T, F>(
        &self,
        key: &str,
        person: Option<PersonId>,
        request: &[u8],
        actor: Actor,
        intention: F,
    ) -> Result<T, DeskError>
    where
        F: FnOnce(&mut Act) -> Result<T, DeskError> + Send + 'static,
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        let key = scoped(key, person)?;
        let request = *blake3::hash(request).as_bytes();
        self.act_now(actor, move |act| once(act, key, person, request, intention))
    }
}

/// A new key, for a form that may be sent twice by mistake.
#[must_use]
pub fn new_key() -> String {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).expect("the operating system has a source of randomness");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The key of what a form says: sent again unchanged it is the same, with other words another one.
#[must_use]
pub fn form_key(once: &str, said: &[u8]) -> String {
    format!("form:{once}:{}", blake3::hash(said).to_hex())
}

/// Once a day: forgets old outcomes. Gives how many.
pub fn prune(act: &mut Act) -> Result<u64, DeskError> {
    Ok(store::idempotency::prune(act.tx, act.now - REMEMBERED)?)
}

fn once<T: Serialize + DeserializeOwned>(
    act: &mut Act,
    key: String,
    person: Option<PersonId>,
    request: [u8; 32],
    intention: impl FnOnce(&mut Act) -> Result<T, DeskError>,
) -> Result<T, DeskError> {
    let unreadable = |cause: serde_json::Error| StoreError::Encoding(cause.to_string());
    if let Some(known) = store::idempotency::by_key(act.tx, &key)? {
        if known.request != request {
            return Err(DeskError::Conflict(Problem::KeyUsed));
        }
        return Ok(serde_json::from_str(&known.outcome).map_err(unreadable)?);
    }
    let answer = intention(act)?;
    let outcome = serde_json::to_string(&answer).map_err(unreadable)?;
    store::idempotency::insert(act.tx, &Outcome { key, person, at: act.now, request, outcome })?;
    Ok(answer)
}

/// Two people who choose the same key never see each other's outcome.
fn scoped(key: &str, person: Option<PersonId>) -> Result<String, DeskError> {
    let shaped = (1..=200).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if !shaped {
        return Err(DeskError::invalid("idempotency_key", Problem::KeyMalformed));
    }
    Ok(match person {
        Some(person) => format!("{person}:{key}"),
        None => format!("-:{key}"),
    })
}
