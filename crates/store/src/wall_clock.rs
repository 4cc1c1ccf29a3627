//! The one place that asks the machine for the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// Gives the current instant in whole microseconds, as the database keeps it.
/// A fixed clock stands still until a test moves it; its clones move together.
#[derive(Debug, Clone)]
pub struct WallClock {
    fixed: Option<Arc<AtomicI64>>,
}

impl WallClock {
    pub fn system() -> WallClock {
        WallClock { fixed: None }
    }

    pub fn fixed(at: Timestamp) -> WallClock {
        WallClock { fixed: Some(Arc::new(AtomicI64::new(at.as_microsecond()))) }
    }

    pub fn now(&self) -> Timestamp {
        let microseconds = match &self.fixed {
            Some(at) => at.load(Ordering::SeqCst),
            #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else is given")]
            None => Timestamp::now().as_microsecond(),
        };
        Timestamp::from_microsecond(microseconds).expect("the clock stays within the years jiff knows")
    }

    /// Moves a fixed clock forward, or back with a negative span.
    pub fn advance(&self, by: SignedDuration) {
        let microseconds =
            i64::try_from(by.as_micros()).expect("a clock is moved by less than 292,000 years");
        self.fixed_cell().fetch_add(microseconds, Ordering::SeqCst);
    }

    pub fn set(&self, at: Timestamp) {
        self.fixed_cell().store(at.as_microsecond(), Ordering::SeqCst);
    }

    fn fixed_cell(&self) -> &AtomicI64 {
        self.fixed.as_ref().expect("only a fixed clock can be moved")
    }
}

#[cfg(test)]
mod tests;
