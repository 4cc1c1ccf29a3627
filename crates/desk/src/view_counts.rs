//! The numbers beside saved views: counted away from pages, by a bounded scan, and kept with their age.
//!
//! A number belongs to one viewer, because each sees their own tickets of a view. It is shown only
//! while the viewer's rights and the view are those it was counted under.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::id::{PersonId, ViewId};
use domain::permission::Viewer;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use store::filtered::Count;
use store::view::View;

use crate::DeskError;
use crate::act::{Desk, Look};
use crate::search::Search;
use crate::views::Place;

/// How long a number may be shown while nothing happened: time alone changes what is due.
const FRESH: SignedDuration = SignedDuration::from_secs(60);
/// How soon the same viewer's numbers are counted again, however much happens.
const REST: SignedDuration = SignedDuration::from_secs(5);
/// Viewers whose numbers are kept.
const MOST_VIEWERS: usize = 10_000;

/// What this process counted, by viewer.
#[derive(Debug, Default)]
pub struct Counts {
    kept: Mutex<BTreeMap<PersonId, Kept>>,
    /// Whoever counts for a viewer holds this meanwhile.
    turns: Mutex<BTreeMap<PersonId, Arc<Turn>>>,
}

type Turn = tokio::sync::Mutex<()>;

#[derive(Debug)]
struct Kept {
    /// What the viewer held when this was counted.
    viewer: Viewer,
    /// The last position of the log that was counted.
    position: i64,
    begun_at: Timestamp,
    /// Each view's filter with its number; none when the filter was not understood.
    counted: Counted,
    counted_at: Option<Timestamp>,
}

/// The numbers that can be shown now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub counts: BTreeMap<ViewId, Count>,
    pub counted_at: Option<Timestamp>,
    /// Something happened since, or time went by: [`refresh`] would count again.
    pub stale: bool,
}

impl Counts {
    /// The numbers of a viewer's views, as they were last counted.
    pub fn shown(&self, look: &mut Look, viewer: &Viewer, views: &[View]) -> Result<Shown, DeskError> {
        let head = store::event::head(look.tx)?.0;
        let all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(kept) = all.get(&viewer.person).filter(|kept| kept.viewer == *viewer) else {
            return Ok(Shown { stale: !views.is_empty(), ..Shown::default() });
        };
        let known: Vec<(ViewId, Option<Count>)> = views
            .iter()
            .filter_map(|view| {
                let (filter, count) = kept.counted.get(&view.id)?;
                (*filter == view.filter).then_some((view.id, *count))
            })
            .collect();
        let missing = known.len() < views.len();
        let counts = known.into_iter().filter_map(|(view, count)| Some((view, count?))).collect();
        let old = kept.position != head || look.now.duration_since(kept.begun_at) > FRESH;
        let rested = look.now.duration_since(kept.begun_at) >= REST;
        Ok(Shown { counts, counted_at: kept.counted_at, stale: rested && (old || missing) })
    }

    fn turn(&self, viewer: &Viewer) -> Arc<Turn> {
        let mut all = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_VIEWERS && !all.contains_key(&viewer.person) {
            all.clear();
        }
        Arc::clone(all.entry(viewer.person).or_default())
    }

    /// Whether nobody counted for this viewer just now; marks that the caller does.
    fn begin(&self, viewer: &Viewer, now: Timestamp) -> bool {
        let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_VIEWERS && !all.contains_key(&viewer.person) {
            all.clear();
        }
        match all.get_mut(&viewer.person) {
            Some(kept) if kept.viewer == *viewer => {
                if now.duration_since(kept.begun_at) < REST {
                    return false;
                }
                kept.begun_at = now;
            }
            _ => {
                let kept = Kept {
                    viewer: viewer.clone(),
                    position: 0,
                    begun_at: now,
                    counted: BTreeMap::new(),
                    counted_at: None,
                };
                all.insert(viewer.person, kept);
            }
        }
        true
    }

    fn keep(&self, viewer: &Viewer, (position, at, counted): (i64, Timestamp, Counted)) {
        let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = all.get_mut(&viewer.person).filter(|kept| kept.viewer == *viewer) {
            kept.position = position;
            kept.counted = counted;
            kept.counted_at = Some(at);
        }
    }
}

type Counted = BTreeMap<ViewId, (String, Option<Count>)>;

/// Counts a viewer's views on a reader thread, unless that was done just now. Whoever comes while somebody
/// counts waits for those numbers; no page does.
pub async fn refresh(desk: &Desk, viewer: &Viewer, zone: &TimeZone) -> Result<(), DeskError> {
    let turn = desk.view_counts.turn(viewer);
    let _counting = turn.lock().await;
    if !desk.view_counts.begin(viewer, desk.clock.now()) {
        return Ok(());
    }
    let (who, zone) = (viewer.clone(), zone.clone());
    let search = desk.search.clone();
    let counted = desk.study(move |look| count(look, &search, &who, &zone)).await?;
    desk.view_counts.keep(viewer, counted);
    Ok(())
}

fn count(
    look: &mut Look,
    search: &Search,
    viewer: &Viewer,
    zone: &TimeZone,
) -> Result<(i64, Timestamp, Counted), DeskError> {
    let position = store::event::head(look.tx)?.0;
    let catalogue = Arc::clone(&look.catalogue);
    let place = Place { viewer, catalogue: &catalogue, now: look.now, zone };
    let mut counted = Counted::new();
    for view in store::view::of(look.tx, viewer)? {
        // A view that is not understood from here has no number; its page says why.
        let count = match place.understand_words(look, search, &view.filter) {
            Ok(understood) => {
                let mut count = store::filtered::count(look.tx, viewer, &catalogue, &understood.test)?;
                count.at_least |= understood.cut;
                Some(count)
            }
            Err(DeskError::Store(error)) => return Err(error.into()),
            Err(_) => None,
        };
        counted.insert(view.id, (view.filter, count));
    }
    Ok((position, look.now, counted))
}
