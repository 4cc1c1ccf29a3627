//! The best hits of each kind behind a place: by score, then the latest, then the last made.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::columns::{Columns, OfSegment};
use super::index::Kind;

/// Where a hit stands among those of its kind; a page begins behind the last place of the one before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) score: f32,
    pub(crate) at: i64,
    pub(crate) id: i64,
}

impl Place {
    /// Before every hit.
    pub(crate) const START: Self = Self { score: f32::MAX, at: i64::MAX, id: i64::MAX };

    /// The better place is the greater one.
    fn order(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then(self.at.cmp(&other.at)).then(self.id.cmp(&other.id))
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.order(other) == Ordering::Equal
    }
}

/// A document that was found: what it is, and of what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ranked {
    pub(crate) place: Place,
    /// The ticket, person or organisation.
    pub(crate) thing: i64,
}

/// The best of each kind, each list with the best first.
pub(crate) type Best = [Vec<Ranked>; Kind::ALL.len()];

/// Collects so many hits of each kind; of a kind with a place, only those behind it.
#[derive(Default)]
pub(crate) struct Ranking {
    pub(crate) most: [usize; Kind::ALL.len()],
    pub(crate) behind: Option<Place>,
    pub(crate) without: Arc<HashSet<DocAddress>>,
    /// Only what belongs to one of these.
    pub(crate) only: Option<Arc<HashSet<i64>>>,
    pub(crate) columns: Arc<Columns>,
}

pub(crate) struct InSegment {
    segment: SegmentOrdinal,
    without: Arc<HashSet<DocAddress>>,
    only: Option<Arc<HashSet<i64>>>,
    most: [usize; Kind::ALL.len()],
    behind: Option<Place>,
    columns: Arc<OfSegment>,
    best: Best,
}

impl Collector for Ranking {
    type Fruit = Best;
    type Child = InSegment;

    fn for_segment(&self, ordinal: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<InSegment> {
        Ok(InSegment {
            segment: ordinal,
            without: Arc::clone(&self.without),
            only: self.only.clone(),
            most: self.most,
            behind: self.behind,
            columns: self.columns.of(segment)?,
            best: Best::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<Best>) -> tantivy::Result<Best> {
        let mut best = Best::default();
        for segment in segments {
            for ((all, of_segment), most) in best.iter_mut().zip(segment).zip(self.most) {
                for ranked in of_segment {
                    keep(all, most, ranked);
                }
            }
        }
        Ok(best)
    }
}

impl SegmentCollector for InSegment {
    type Fruit = Best;

    fn collect(&mut self, document: DocId, score: Score) {
        let kind = usize::try_from(self.columns.kind.get_val(document)).unwrap_or(usize::MAX);
        let (Some(best), Some(most)) = (self.best.get_mut(kind), self.most.get(kind).copied()) else {
            return;
        };
        if most == 0 || best.len() == most && best.last().is_some_and(|last| last.place.score > score) {
            return;
        }
        if self.only.as_ref().is_some_and(|only| !only.contains(&self.columns.thing.get_val(document))) {
            return;
        }
        if self.without.contains(&DocAddress::new(self.segment, document)) {
            return;
        }
        let place =
            Place { score, at: self.columns.at.get_val(document), id: self.columns.id.get_val(document) };
        if self.behind.is_some_and(|behind| place.order(&behind) != Ordering::Less) {
            return;
        }
        keep(best, most, Ranked { place, thing: self.columns.thing.get_val(document) });
    }

    fn harvest(self) -> Best {
        self.best
    }
}

/// Puts a hit in its place.
fn keep(best: &mut Vec<Ranked>, most: usize, ranked: Ranked) {
    let at = best.partition_point(|other| other.place.order(&ranked.place) != Ordering::Less);
    best.insert(at, ranked);
    best.truncate(most);
}
