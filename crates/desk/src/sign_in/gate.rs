//! What stands between the network and the hashing of passwords: counters and a short queue.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use tokio::sync::Semaphore;

use super::SignInError;

const AT_ONCE: usize = 2;
const MOST_WAITING: usize = 50;

const PER_ADDRESS: Rate = Rate { burst: 10.0, seconds_each: 60.0 };
const PER_PEER: Rate = Rate { burst: 40.0, seconds_each: 5.0 };
const MOST_BUCKETS: usize = 20_000;

/// Shared by everybody who signs in at one desk.
pub(crate) struct Gate {
    slots: Arc<Semaphore>,
    waiting: AtomicUsize,
    addresses: Mutex<Buckets>,
    peers: Mutex<Buckets>,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            slots: Arc::new(Semaphore::new(AT_ONCE)),
            waiting: AtomicUsize::new(0),
            addresses: Mutex::new(Buckets::new(PER_ADDRESS)),
            peers: Mutex::new(Buckets::new(PER_PEER)),
        }
    }
}

impl Gate {
    /// Counts an attempt; it is given back when it succeeds.
    pub(super) fn reserve(&self, address: &str, peer: IpAddr, now: Timestamp) -> Result<(), SignInError> {
        take(&self.peers, key(&network(peer)), now)?;
        take(&self.addresses, key(address.as_bytes()), now)
    }

    pub(super) fn give_back(&self, address: &str, peer: IpAddr) {
        give(&self.peers, key(&network(peer)));
        give(&self.addresses, key(address.as_bytes()));
    }

    /// Runs slow work on a thread of its own, two at a time; the work goes on when nobody waits
    /// for it any more, and keeps its slot.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, SignInError> {
        let place = Place::take(&self.waiting)?;
        let slot = Arc::clone(&self.slots).acquire_owned().await.map_err(|_| SignInError::Busy)?;
        drop(place);
        let done = tokio::task::spawn_blocking(move || {
            let _slot = slot;
            work()
        });
        done.await.map_err(|_| SignInError::Busy)
    }
}

/// A place in the queue, free again when it is dropped.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Result<Self, SignInError> {
        if waiting.fetch_add(1, Ordering::SeqCst) >= MOST_WAITING {
            waiting.fetch_sub(1, Ordering::SeqCst);
            return Err(SignInError::Busy);
        }
        Ok(Self(waiting))
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// So many at once, and then one every so many seconds.
#[derive(Clone, Copy)]
struct Rate {
    burst: f64,
    seconds_each: f64,
}

#[derive(Clone, Copy)]
struct Bucket {
    left: f64,
    at: Timestamp,
}

struct Buckets {
    rate: Rate,
    kept: HashMap<u64, Bucket>,
}

impl Buckets {
    fn new(rate: Rate) -> Self {
        Self { rate, kept: HashMap::new() }
    }

    fn take(&mut self, key: u64, now: Timestamp) -> Result<(), SignInError> {
        self.make_room(now);
        let left = self.left(key, now);
        if left < 1.0 {
            let wait = ((1.0 - left) * self.rate.seconds_each).ceil().max(1.0);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few seconds")]
            return Err(SignInError::TooMany { retry_after_seconds: wait as u64 });
        }
        self.kept.insert(key, Bucket { left: left - 1.0, at: now });
        Ok(())
    }

    fn left(&self, key: u64, now: Timestamp) -> f64 {
        self.kept.get(&key).map_or(self.rate.burst, |bucket| {
            let passed = now.duration_since(bucket.at).as_secs_f64().max(0.0);
            (bucket.left + passed / self.rate.seconds_each).min(self.rate.burst)
        })
    }

    /// Forgets those that are full again, and when that is not enough the half that is nearest to it.
    fn make_room(&mut self, now: Timestamp) {
        if self.kept.len() < MOST_BUCKETS {
            return;
        }
        let mut left: Vec<(u64, f64)> = self.kept.keys().map(|key| (*key, self.left(*key, now))).collect();
        left.sort_by(|one, other| one.1.total_cmp(&other.1));
        for (place, (key, left)) in left.into_iter().enumerate() {
            if place >= MOST_BUCKETS / 2 || left >= self.rate.burst {
                self.kept.remove(&key);
            }
        }
    }
}

fn take(buckets: &Mutex<Buckets>, key: u64, now: Timestamp) -> Result<(), SignInError> {
    buckets.lock().unwrap_or_else(PoisonError::into_inner).take(key, now)
}

fn give(buckets: &Mutex<Buckets>, key: u64) {
    let mut buckets = buckets.lock().unwrap_or_else(PoisonError::into_inner);
    let burst = buckets.rate.burst;
    if let Some(bucket) = buckets.kept.get_mut(&key) {
        bucket.left = (bucket.left + 1.0).min(burst);
    }
}

fn key(bytes: &[u8]) -> u64 {
    let hash = blake3::hash(bytes);
    let first = hash.as_bytes().first_chunk().expect("a hash has 32 bytes");
    u64::from_le_bytes(*first)
}

/// One household has one IPv4 address, or a whole /64 of IPv6.
fn network(peer: IpAddr) -> Vec<u8> {
    match peer.to_canonical() {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets()[..8].to_vec(),
    }
}
