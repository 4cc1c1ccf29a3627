//! Makes ids: 63 bits, ordered by time, without asking the database.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// 2020-01-01T00:00:00Z in milliseconds; 41 bits of milliseconds from there reach the year 2089.
const EPOCH_MILLISECONDS: i64 = 1_577_836_800_000;
const NODE_BITS: u32 = 10;
const SEQUENCE_BITS: u32 = 12;

/// One per process. Ids grow strictly within a process, whatever the clock does;
/// two processes differ by a random node number.
#[derive(Debug)]
pub struct Ids {
    node: i64,
    last: AtomicI64,
}

impl Ids {
    pub fn new() -> Ids {
        let random = getrandom::u32().expect("the operating system has a source of randomness");
        Ids::of_node(i64::from(random) & ((1 << NODE_BITS) - 1))
    }

    /// Ids that a test can foresee.
    pub fn of_node(node: i64) -> Ids {
        assert!((0..1 << NODE_BITS).contains(&node), "a node number has {NODE_BITS} bits");
        Ids { node, last: AtomicI64::new(0) }
    }

    pub fn next(&self, now: Timestamp) -> i64 {
        let milliseconds = (now.as_millisecond() - EPOCH_MILLISECONDS).max(0);
        let earliest = milliseconds << SEQUENCE_BITS;
        // Time and sequence count as one number, so a spent millisecond borrows from the next.
        let follow = |last: i64| Some(earliest.max(last + 1));
        let last = self
            .last
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, follow)
            .expect("the step always gives a value");
        let ticks = earliest.max(last + 1);
        let (milliseconds, sequence) = (ticks >> SEQUENCE_BITS, ticks & ((1 << SEQUENCE_BITS) - 1));
        milliseconds << (NODE_BITS + SEQUENCE_BITS) | self.node << SEQUENCE_BITS | sequence
    }
}

impl Default for Ids {
    fn default() -> Ids {
        Ids::new()
    }
}

/// The instant within an id, to the millisecond.
pub fn made_at(id: i64) -> Timestamp {
    let milliseconds = (id >> (NODE_BITS + SEQUENCE_BITS)) + EPOCH_MILLISECONDS;
    Timestamp::from_millisecond(milliseconds)
        .expect("41 bits of milliseconds stay within the years jiff knows")
}

#[cfg(test)]
mod tests;
