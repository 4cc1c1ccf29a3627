//! How much raw mail is in our hands at once, over all inboxes.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Kilobytes.
const ALL: u32 = 32 * 1024;

/// Room for raw mail. Clones share it.
#[derive(Clone, Debug)]
pub struct Room(Arc<Semaphore>);

impl Default for Room {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(ALL as usize)))
    }
}

impl Room {
    /// Waits until there is room for so many bytes; what is larger than all of it has it alone.
    pub(super) async fn take(&self, bytes: u64) -> Option<OwnedSemaphorePermit> {
        let kilobytes = u32::try_from(bytes.div_ceil(1024)).unwrap_or(ALL).min(ALL);
        Arc::clone(&self.0).acquire_many_owned(kilobytes).await.ok()
    }
}
