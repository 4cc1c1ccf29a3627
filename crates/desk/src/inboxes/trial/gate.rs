//! How often servers are tried: a few at once, and not so often that it finds out what stands behind a firewall.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::id::PersonId;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::TrialError;

const AT_ONCE: usize = 4;
/// Of one administrator, within [`WITHIN`].
const MOST: usize = 10;
const WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// Shared by everybody who tries servers at one desk.
pub(crate) struct Gate {
    slots: Arc<Semaphore>,
    tried: Mutex<HashMap<PersonId, Vec<Timestamp>>>,
}

impl Default for Gate {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(AT_ONCE)), tried: Mutex::default() }
    }
}

impl Gate {
    /// Counts a trial, and gives a place that is free again when it is dropped.
    pub(in crate::inboxes) fn enter(
        &self,
        who: PersonId,
        now: Timestamp,
    ) -> Result<OwnedSemaphorePermit, TrialError> {
        let place = Arc::clone(&self.slots).try_acquire_owned().map_err(|_| TrialError::Busy)?;
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        let own = tried.entry(who).or_default();
        own.retain(|at| now.duration_since(*at) < WITHIN);
        if let Some(first) = own.first().filter(|_| own.len() >= MOST) {
            let wait = WITHIN - now.duration_since(*first);
            return Err(TrialError::TooMany { retry_after_seconds: wait.as_secs().max(1) });
        }
        own.push(now);
        Ok(place)
    }
}
