//! Who looks at senders' signatures and policies, within bounds: how many at once, and how long.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use mail::authentic::{Arrival, Authenticate, Verdict};
use tokio::sync::Semaphore;

/// Checks at the same time; further ones wait, and their waiting counts.
const AT_ONCE: usize = 16;

/// How long name servers may take for one mail.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long they may take while they answer nobody: mail goes on, and what does answer is still heard.
const HURRY: Duration = Duration::from_secs(1);

/// Mails in a row whose check took too long, after which there is a hurry.
const SILENCES: u32 = 4;

/// Clones share the bounds.
#[derive(Clone)]
pub struct Senders {
    asked: Option<Arc<dyn Authenticate>>,
    places: Arc<Semaphore>,
    silences: Arc<AtomicU32>,
    patience: Duration,
    hurry: Duration,
}

impl Senders {
    /// Nobody is asked, so that nothing is known of any sender.
    #[must_use]
    pub fn unchecked() -> Self {
        Self {
            asked: None,
            places: Arc::new(Semaphore::new(AT_ONCE)),
            silences: Arc::default(),
            patience: PATIENCE,
            hurry: HURRY,
        }
    }

    #[must_use]
    pub fn checked_by(asked: Arc<dyn Authenticate>) -> Self {
        Self { asked: Some(asked), ..Self::unchecked() }
    }

    /// The same with other times.
    #[must_use]
    pub fn within(self, patience: Duration, hurry: Duration) -> Self {
        Self { patience, hurry, ..self }
    }

    /// What was found about a mail. A check that takes too long found nothing this time, which is neither a
    /// yes nor a no. `None` when nobody can be asked.
    pub async fn check(&self, arrival: Arrival<'_>) -> Option<Verdict> {
        let asked = self.asked.as_ref()?;
        let checking = async {
            // The places are never closed.
            let _place = self.places.acquire().await.ok()?;
            Some(asked.check(arrival).await)
        };
        match tokio::time::timeout(self.patience_now(), checking).await {
            Ok(found) => {
                self.silences.store(0, Ordering::Relaxed);
                found
            }
            Err(_) => {
                self.silences.fetch_add(1, Ordering::Relaxed);
                tracing::warn!("name servers took too long to check a sender; the mail goes on unproven");
                Some(Verdict::TEMPORARY)
            }
        }
    }

    fn patience_now(&self) -> Duration {
        let hurries = self.silences.load(Ordering::Relaxed) >= SILENCES;
        if hurries { self.hurry } else { self.patience }
    }
}

impl std::fmt::Debug for Senders {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.asked.is_some() { "Senders(checked)" } else { "Senders(unchecked)" })
    }
}

#[cfg(test)]
mod tests;
