//! Who has a ticket's page open, of those who serve it or oversee it; each node knows its own.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::id::{PersonId, TicketId};

/// How many windows each person has open on each ticket.
#[derive(Clone, Default)]
pub(super) struct Lookers(Arc<Mutex<BTreeMap<(TicketId, PersonId), usize>>>);

impl Lookers {
    pub(super) fn of(&self, ticket: TicketId) -> Vec<PersonId> {
        let everybody = (ticket, PersonId(i64::MIN))..=(ticket, PersonId(i64::MAX));
        self.lock().range(everybody).map(|((_, person), _)| *person).collect()
    }

    /// Whether this is their first window on it.
    pub(super) fn enter(&self, ticket: TicketId, person: PersonId) -> bool {
        let mut windows = self.lock();
        let open = windows.entry((ticket, person)).or_default();
        *open += 1;
        *open == 1
    }

    /// Whether it was their last window on it.
    pub(super) fn leave(&self, ticket: TicketId, person: PersonId) -> bool {
        let mut windows = self.lock();
        let Some(open) = windows.get_mut(&(ticket, person)) else { return false };
        *open -= 1;
        let last = *open == 0;
        if last {
            windows.remove(&(ticket, person));
        }
        last
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<(TicketId, PersonId), usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
