//! Waiting for what has to come: looked at often, and given up so late that no machine is too busy for it.

use std::time::{Duration, Instant};

/// Only a test that fails waits so long.
pub const PATIENCE: Duration = Duration::from_secs(60);

const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Whether it comes.
pub fn comes(mut done: impl FnMut() -> bool) -> bool {
    let began = Instant::now();
    while !done() {
        if began.elapsed() > PATIENCE {
            return false;
        }
        std::thread::sleep(LOOK_AGAIN);
    }
    true
}

/// [`comes`] for a test with a runtime, whose other tasks go on meanwhile.
pub async fn comes_about(mut done: impl FnMut() -> bool) -> bool {
    let began = Instant::now();
    while !done() {
        if began.elapsed() > PATIENCE {
            return false;
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    true
}
