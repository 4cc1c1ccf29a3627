//! Ctrl-C for long work outside the server: the first press finishes what is under way, the second ends at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::failure::Failure;
use crate::say;

/// Whether somebody asked to stop; clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stop(Arc<AtomicBool>);

impl Stop {
    pub(crate) fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Listens from here on, on a thread of its own.
pub(crate) fn listen() -> Result<Stop, Failure> {
    let stop = Stop::default();
    let seen = stop.clone();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("signals cannot be listened to: {error}")))?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            asked_to_stop().await;
            seen.0.store(true, Ordering::Relaxed);
            say::aside("Stopping after the batch under way; press Ctrl-C again to stop at once.");
            asked_to_stop().await;
            std::process::exit(1);
        });
    });
    Ok(stop)
}

#[cfg(unix)]
async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

#[cfg(not(unix))]
async fn asked_to_stop() {
    let _ = tokio::signal::ctrl_c().await;
}
