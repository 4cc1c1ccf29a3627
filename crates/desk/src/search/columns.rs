//! The numbers that lie beside each document, opened once for each segment.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::columnar::ColumnValues;
use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader};

/// Opening a column reads its whole table of blocks: with millions of documents that is most of a search.
#[derive(Default)]
pub(crate) struct Columns(Mutex<HashMap<SegmentId, Arc<OfSegment>>>);

pub(crate) struct OfSegment {
    pub(crate) kind: Arc<dyn ColumnValues<u64>>,
    pub(crate) id: Arc<dyn ColumnValues<i64>>,
    pub(crate) thing: Arc<dyn ColumnValues<i64>>,
    pub(crate) at: Arc<dyn ColumnValues<i64>>,
}

impl Columns {
    /// What was written into a segment stays as it is; only which of its documents count may change.
    pub(crate) fn of(&self, segment: &SegmentReader) -> tantivy::Result<Arc<OfSegment>> {
        let id = segment.segment_id();
        let known = self.opened().get(&id).map(Arc::clone);
        if let Some(known) = known {
            return Ok(known);
        }
        let columns = segment.fast_fields();
        let opened = Arc::new(OfSegment {
            kind: columns.u64("kind")?.first_or_default_col(0),
            id: columns.i64("id")?.first_or_default_col(0),
            thing: columns.i64("thing")?.first_or_default_col(0),
            at: columns.i64("at")?.first_or_default_col(0),
        });
        self.opened().insert(id, Arc::clone(&opened));
        Ok(opened)
    }

    /// Lets go of segments that were merged into others.
    pub(crate) fn keep(&self, searcher: &Searcher) {
        let live: HashSet<SegmentId> =
            searcher.segment_readers().iter().map(SegmentReader::segment_id).collect();
        self.opened().retain(|id, _| live.contains(id));
    }

    fn opened(&self) -> std::sync::MutexGuard<'_, HashMap<SegmentId, Arc<OfSegment>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
