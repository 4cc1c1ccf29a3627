//! How long nobody is asked again: longer each time, and not everybody at the same moment.

use std::time::Duration;

use mail::imap;

/// How often a server is asked, and how long it has to itself after a failure.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    pub waiting: imap::Pace,
    /// After the first failure; after each further one twice as long.
    pub shortest: Duration,
    pub longest: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            waiting: imap::Pace::default(),
            shortest: Duration::from_secs(5),
            longest: Duration::from_secs(5 * 60),
        }
    }
}

#[derive(Debug)]
pub(super) struct Backoff {
    pace: Pace,
    failures: u32,
}

impl Backoff {
    pub(super) fn new(pace: Pace) -> Self {
        Self { pace, failures: 0 }
    }

    pub(super) fn reset(&mut self) {
        self.failures = 0;
    }

    /// The shortest time, twice that, and so on up to the longest, less up to a quarter.
    pub(super) fn next(&mut self) -> Duration {
        let whole = self.pace.shortest.saturating_mul(1 << self.failures.min(10)).min(self.pace.longest);
        self.failures += 1;
        // Without randomness everybody waits the whole time, which is no harm.
        let part = crate::outbox::random::<1>().map_or(0, |[byte]| u32::from(byte));
        whole - whole * part / 1024
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_doubles_the_time_up_to_five_minutes() {
        let mut backoff = Backoff::new(Pace::default());
        for seconds in [5, 10, 20, 40, 80, 160, 300, 300] {
            let (most, waited) = (Duration::from_secs(seconds), backoff.next());
            assert!(waited <= most && waited >= most * 3 / 4, "{waited:?} of {most:?}");
        }
        backoff.reset();
        assert!(backoff.next() <= Duration::from_secs(5));
    }
}
