//! What is open on this node and how often: the streams of a person, the windows on a ticket.

use std::collections::BTreeMap;
use std::ops::RangeBounds;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(super) struct Open<What>(Arc<Mutex<BTreeMap<What, usize>>>);

impl<What: Ord + Copy> Open<What> {
    /// How often it is open now, this time included.
    pub(super) fn enter(&self, what: What) -> usize {
        let mut open = self.lock();
        let times = open.entry(what).or_default();
        *times += 1;
        *times
    }

    /// How often it still is; `None` when it was not open.
    pub(super) fn leave(&self, what: What) -> Option<usize> {
        let mut open = self.lock();
        let times = open.get_mut(&what)?;
        *times -= 1;
        let left = *times;
        if left == 0 {
            open.remove(&what);
        }
        Some(left)
    }

    pub(super) fn within(&self, range: impl RangeBounds<What>) -> Vec<What> {
        self.lock().range(range).map(|(what, _)| *what).collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<What, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<What> Clone for Open<What> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<What> Default for Open<What> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

#[cfg(test)]
mod tests;
