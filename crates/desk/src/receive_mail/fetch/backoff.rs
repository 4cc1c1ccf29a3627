//! How long nobody is asked again: longer each time, and not everybody at the same moment.

use std::time::Duration;

const SHORTEST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(5 * 60);

#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: u32,
}

impl Backoff {
    pub(super) fn reset(&mut self) {
        self.failures = 0;
    }

    /// 5 seconds, 10, 20 and so on up to 5 minutes, less up to a quarter.
    pub(super) fn next(&mut self) -> Duration {
        let whole = SHORTEST.saturating_mul(1 << self.failures.min(10)).min(LONGEST);
        self.failures += 1;
        // Without randomness everybody waits the whole time, which is no harm.
        let part = crate::outbox::random::<1>().map_or(0, |[byte]| u32::from(byte));
        whole - whole * part / 1024
    }
}
