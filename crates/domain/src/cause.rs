//! Why an item waited inside a unit or with a person: the waiting time split by cause.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

/// Splits the wait `[enabled_at, started_at)` into disjoint parts that cover it exactly, in order
/// of time, neighbours with the same cause joined.
///
/// Where several causes hold at once the first in the order of [`Cause`] is taken. `others` is the
/// work of the same resource on other items; `off_hours` and `batches` are intervals, in any
/// order, which may overlap. O(n log n) in the number of intervals. A wait of no length, or that
/// ends before it begins, has no parts.
///
/// Source: waiting-time analysis by Lashkevich, Milani, Chapela-Campa, Suvorau and Dumas.
pub fn split(
    enabled_at: Timestamp,
    started_at: Timestamp,
    others: &[Work],
    off_hours: &[(Timestamp, Timestamp)],
    batches: &[(Timestamp, Timestamp)],
) -> Vec<Part> {
    if started_at <= enabled_at {
        return Vec::new();
    }
    let busy = others.iter().map(|work| {
        let later = work.enabled_at > enabled_at;
        (if later { Cause::Prioritisation } else { Cause::Contention }, work.from, work.to)
    });
    let off = off_hours.iter().map(|&(from, to)| (Cause::OffHours, from, to));
    let batch = batches.iter().map(|&(from, to)| (Cause::Batch, from, to));
    let mut edges = vec![(enabled_at, Cause::Other, 0), (started_at, Cause::Other, 0)];
    for (cause, from, to) in busy.chain(off).chain(batch) {
        let (from, to) = (from.max(enabled_at), to.min(started_at));
        if from < to {
            edges.extend([(from, cause, 1), (to, cause, -1)]);
        }
    }
    edges.sort_unstable();
    sweep(&edges)
}

/// The sum of each cause; causes that took no time are missing.
pub fn sums(parts: &[Part]) -> BTreeMap<Cause, SignedDuration> {
    let mut sums = BTreeMap::new();
    for part in parts {
        *sums.entry(part.cause).or_default() += part.to.duration_since(part.from);
    }
    sums
}

/// What the resource was doing while the item waited, in the order in which it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Items were being collected to be worked on together.
    Batch,
    /// Busy with work that came earlier, or at the same instant.
    Contention,
    /// Busy with work that came later.
    Prioritisation,
    /// Outside its working hours.
    OffHours,
    /// None of these.
    Other,
}

/// Work of the same resource on another item, half-open `[from, to)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// When that item could first have been worked on.
    pub enabled_at: Timestamp,
    /// When the work began.
    pub from: Timestamp,
    /// When it ended.
    pub to: Timestamp,
}

/// A stretch of the wait with one cause, half-open `[from, to)`, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Start of the stretch.
    pub from: Timestamp,
    /// End of the stretch.
    pub to: Timestamp,
    /// Its cause.
    pub cause: Cause,
}

/// `edges` in order of time: where a cause begins (1) and ends (-1).
fn sweep(edges: &[(Timestamp, Cause, i32)]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut running = [0; 4];
    for pair in edges.windows(2) {
        let (from, cause, step) = pair[0];
        let to = pair[1].0;
        if let Some(count) = running.get_mut(cause as usize) {
            *count += step;
        }
        if from == to {
            continue;
        }
        let order = [Cause::Batch, Cause::Contention, Cause::Prioritisation, Cause::OffHours];
        let first = order.into_iter().find(|&cause| running[cause as usize] > 0);
        let cause = first.unwrap_or(Cause::Other);
        match parts.last_mut() {
            Some(last) if last.cause == cause => last.to = to,
            Some(_) | None => parts.push(Part { from, to, cause }),
        }
    }
    parts
}
