//! The tickets of a filter, within the viewer's scope, page by page and at a bounded cost.
//!
//! What only few tickets can have is read whole. Everything else is a walk along the indexes of the
//! units in scope, in the order of the list, and each row is asked whether it passes. A page ends when
//! it is full, or when it has looked at [`MOST_LOOKED`] rows: then the next page begins where this one
//! stopped looking, however many tickets there are.

mod clause;
mod directory;
mod facts;
mod few;
mod lane;
mod linked;
mod passing;
mod previous;
mod scope;
mod walk;

use domain::filter::Test;
use domain::id::{TicketId, UnitId};
use domain::permission::Viewer;
use domain::view::{Grouping, Sort};

use crate::StoreError;
use crate::catalogue::Catalogue;
use crate::db::{ToParam, Tx};
use crate::queue::{self, Entry, MOST, entry};

pub use directory::directory;
pub use facts::{facts, facts_for};
pub use passing::{MOST_PASSING, all_passing, passing};
pub use previous::before;
use scope::Scope;
use walk::{End, Walk};

/// The most rows that one page looks at.
pub const MOST_LOOKED: usize = 3_000;

/// The most rows that a count looks at, and the most that it says.
pub const MOST_COUNTED: i64 = 1_000;

/// What a list shows, and in which order.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub test: &'a Test,
    /// One that the filter's reach does not know becomes its usual one.
    pub sort: Sort,
    pub grouping: Grouping,
    pub after: Option<Mark>,
    pub limit: i64,
    /// After how many rows a page stops looking; usually [`MOST_LOOKED`].
    pub patience: usize,
}

/// A place in a list: the key of a row, and the unit whose turn it is when units follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub unit: UnitId,
    pub first: i64,
    pub second: i64,
    pub id: TicketId,
}

impl Mark {
    /// The place of a row in a list of that order, which has to be one that its reach knows.
    #[must_use]
    pub fn of(entry: &Entry, sort: Sort) -> Self {
        let at = |at: jiff::Timestamp| at.as_microsecond();
        let (first, second) = match sort {
            Sort::Due => (at(entry.due_at), 0),
            Sort::Priority => (entry.priority, at(entry.due_at)),
            Sort::Unanswered => (at(entry.unanswered_since.unwrap_or(entry.opened_at)), 0),
            Sort::Opened => (at(entry.opened_at), 0),
            Sort::Changed => (at(entry.changed_at), 0),
            Sort::Solved => (at(entry.solved_at.unwrap_or(entry.changed_at)), 0),
        };
        Self { unit: entry.unit, first, second, id: entry.id }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub entries: Vec<Entry>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<Mark>,
    /// It ends because enough rows were looked at, not because it is full.
    pub cut: bool,
}

/// Tickets that pass, in the order of the list: those whose unit the viewer serves in or oversees, as
/// in every queue. Their own, and what those wait for, are never among them.
pub fn page(
    tx: &mut Tx,
    viewer: &Viewer,
    catalogue: &Catalogue,
    wanted: &Wanted<'_>,
) -> Result<Page, StoreError> {
    let Tickets { ids, next, cut } = tickets(tx, viewer, catalogue, wanted)?;
    Ok(Page { entries: entries(tx, viewer, &ids)?, next, cut })
}

/// Which tickets stand on a page, without what it shows of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tickets {
    pub ids: Vec<TicketId>,
    pub next: Option<Mark>,
    pub cut: bool,
}

/// The tickets of a [`page`] alone.
pub fn tickets(
    tx: &mut Tx,
    viewer: &Viewer,
    catalogue: &Catalogue,
    wanted: &Wanted<'_>,
) -> Result<Tickets, StoreError> {
    let scope = Scope::of(viewer, catalogue, wanted.test);
    let limit = usize::try_from(wanted.limit.clamp(1, MOST)).unwrap_or(1);
    let sort = wanted.sort.fitting(wanted.test.reach());
    if let Some(marks) = few::marks(tx, &scope, wanted.test, sort, wanted.grouping)? {
        let (marks, next) = few::page(&scope, sort, wanted.grouping, marks, wanted.after, limit);
        return Ok(Tickets { ids: marks.iter().map(|mark| mark.id).collect(), next, cut: false });
    }
    let mut walk = Walk::new(limit, wanted.patience);
    let end = match wanted.grouping {
        Grouping::Nothing | Grouping::Order => {
            walk.merge(tx, &lane::lanes(&scope, wanted.test, sort), wanted.after)?
        }
        Grouping::Unit => walk.unit_by_unit(tx, &scope, wanted.test, sort, wanted.after)?,
    };
    let next = match end {
        End::Reached => None,
        End::Full => walk.found.last().copied(),
        End::Cut => walk.last,
    };
    let ids: Vec<TicketId> = walk.found.iter().map(|mark| mark.id).collect();
    let cut = end == End::Cut && ids.len() < limit;
    Ok(Tickets { ids, next, cut })
}

/// How many tickets pass, as far as [`MOST_COUNTED`] rows tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub found: i64,
    /// There may be more: not every row was looked at.
    pub at_least: bool,
}

/// Counts the tickets of a filter by a bounded scan: for a number beside a view, away from any page.
pub fn count(tx: &mut Tx, viewer: &Viewer, catalogue: &Catalogue, test: &Test) -> Result<Count, StoreError> {
    let scope = Scope::of(viewer, catalogue, test);
    let sort = Sort::Due.fitting(test.reach());
    if let Some(marks) = few::marks(tx, &scope, test, sort, Grouping::Nothing)? {
        return Ok(Count { found: i64::try_from(marks.len()).unwrap_or(i64::MAX), at_least: false });
    }
    let mut count = Count::default();
    let mut left = MOST_COUNTED;
    for lane in lane::lanes(&scope, test, sort) {
        if left == 0 {
            count.at_least = true;
            break;
        }
        let (looked, found) = lane.count(tx, left)?;
        left -= looked;
        count.found += found;
        // The last row that may be looked at tells nothing about those behind it.
        count.at_least |= left == 0;
    }
    Ok(count)
}

/// The rows of tickets, in the order of their ids here. Few sizes, so that few statements are prepared.
pub(crate) fn entries(tx: &mut Tx, viewer: &Viewer, ids: &[TicketId]) -> Result<Vec<Entry>, StoreError> {
    const AT_ONCE: usize = 64;
    let places: Vec<String> = (2..AT_ONCE + 2).map(|place| format!("${place}")).collect();
    let sql = format!(
        "{} where t.id in ({}) \
         and not exists (select 1 from ticket_person x where x.person_id = $1 and x.ticket_id = t.id)",
        queue::entries("$1"),
        places.join(", ")
    );
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(AT_ONCE) {
        let Some(last) = part.last() else { continue };
        let padded = part.iter().chain(std::iter::repeat(last)).take(AT_ONCE);
        let params: Vec<&dyn ToParam> = std::iter::once(&viewer.person as &dyn ToParam)
            .chain(padded.map(|id| id as &dyn ToParam))
            .collect();
        let mut rows = tx.query(&sql, &params, entry)?;
        rows.sort_by_key(|row| part.iter().position(|id| *id == row.id));
        found.extend(rows);
    }
    Ok(found)
}
