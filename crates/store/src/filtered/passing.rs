//! Whether tickets that were found another way pass a filter, within what the viewer may list.

use std::collections::BTreeSet;

use domain::filter::Test;
use domain::id::TicketId;
use domain::permission::Viewer;
use domain::view::{Grouping, Sort};

use super::clause::padded;
use super::few::{self, Few};
use super::lane;
use super::scope::Scope;
use super::walk::{End, Walk};
use crate::StoreError;
use crate::catalogue::Catalogue;
use crate::db::Tx;

/// The most tickets that are read as a whole, and that one statement asks about.
pub const MOST_PASSING: usize = 1_000;

/// Every ticket that passes; `None` when that takes more than a look at so many rows, or there are more than
/// [`MOST_PASSING`].
pub fn all_passing(
    tx: &mut Tx,
    viewer: &Viewer,
    catalogue: &Catalogue,
    test: &Test,
    patience: usize,
) -> Result<Option<BTreeSet<TicketId>>, StoreError> {
    let scope = Scope::of(viewer, catalogue, test);
    let sort = Sort::Due.fitting(test.reach());
    if let Some(marks) = few::marks(tx, &scope, test, sort, Grouping::Nothing)? {
        return Ok(Some(marks.iter().map(|mark| mark.id).collect()));
    }
    let mut walk = Walk::new(MOST_PASSING.min(patience), patience);
    Ok(match walk.merge(tx, &lane::lanes(&scope, test, sort), None)? {
        End::Reached => Some(walk.found.iter().map(|mark| mark.id).collect()),
        End::Full | End::Cut => None,
    })
}

/// Those of some tickets that pass, at most [`MOST_PASSING`] of them, by one statement.
pub fn passing(
    tx: &mut Tx,
    viewer: &Viewer,
    catalogue: &Catalogue,
    test: &Test,
    tickets: &BTreeSet<TicketId>,
) -> Result<BTreeSet<TicketId>, StoreError> {
    if tickets.is_empty() {
        return Ok(BTreeSet::new());
    }
    let scope = Scope::of(viewer, catalogue, test);
    let few = Few::Tickets(padded(tickets.iter().take(MOST_PASSING).map(|ticket| ticket.0)));
    let rows = lane::of_few(&scope, test, Sort::Due, &few).unordered(tx, MOST_PASSING)?;
    Ok(rows.into_iter().filter(|row| row.passes).map(|row| row.mark.id).collect())
}
