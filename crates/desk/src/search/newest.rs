//! The newest tickets that fit, each once, however many of its texts do.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use domain::id::TicketId;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::columns::{Columns, OfSegment};
use super::index::Kind;

/// Collects so many tickets.
pub(crate) struct Newest {
    pub(crate) most: usize,
    pub(crate) columns: Arc<Columns>,
}

pub(crate) struct InSegment {
    most: usize,
    columns: Arc<OfSegment>,
    found: Vec<(i64, i64)>,
}

impl Collector for Newest {
    /// Tickets, the newest first.
    type Fruit = Vec<(i64, i64)>;
    type Child = InSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<InSegment> {
        Ok(InSegment { most: self.most, columns: self.columns.of(segment)?, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<(i64, i64)>>) -> tantivy::Result<Vec<(i64, i64)>> {
        let mut all: Vec<(i64, i64)> = segments.into_iter().flatten().collect();
        keep_newest(&mut all, self.most);
        Ok(all)
    }
}

impl SegmentCollector for InSegment {
    type Fruit = Vec<(i64, i64)>;

    fn collect(&mut self, document: DocId, _: Score) {
        let kind = usize::try_from(self.columns.kind.get_val(document)).unwrap_or(usize::MAX);
        let of_ticket = [Kind::Ticket, Kind::Message, Kind::Note].iter().any(|one| one.place() == kind);
        if !of_ticket {
            return;
        }
        self.found.push((self.columns.at.get_val(document), self.columns.thing.get_val(document)));
        // So rarely that putting them in order costs little for each.
        if self.found.len() >= self.most * 8 {
            keep_newest(&mut self.found, self.most);
        }
    }

    fn harvest(mut self) -> Vec<(i64, i64)> {
        keep_newest(&mut self.found, self.most);
        self.found
    }
}

/// Each ticket once, by the newest of its texts.
fn keep_newest(found: &mut Vec<(i64, i64)>, most: usize) {
    found.sort_unstable_by(|left, right| right.cmp(left));
    let mut known = HashSet::with_capacity(most);
    found.retain(|(_, thing)| known.len() < most && known.insert(*thing));
}

/// The tickets of what was collected, at most `most`, and whether there were more.
pub(crate) fn tickets(found: &[(i64, i64)], most: usize) -> (BTreeSet<TicketId>, bool) {
    let tickets = found.iter().take(most).map(|(_, thing)| TicketId(*thing)).collect();
    (tickets, found.len() > most)
}

#[cfg(test)]
mod tests;
