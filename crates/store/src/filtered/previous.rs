//! The row before a place: lists walk forward, and once in a while somebody goes back by one.

use domain::filter::Test;
use domain::permission::Viewer;
use domain::view::{Grouping, Sort};

use super::scope::Scope;
use super::walk::Walk;
use super::{Mark, Wanted, few, lane};
use crate::StoreError;
use crate::catalogue::Catalogue;
use crate::db::Tx;

/// The last row before `wanted.after`, when there is one among as many rows as a page looks at.
pub fn before(
    tx: &mut Tx,
    viewer: &Viewer,
    catalogue: &Catalogue,
    wanted: &Wanted<'_>,
) -> Result<Option<Mark>, StoreError> {
    let Some(after) = wanted.after else { return Ok(None) };
    let scope = Scope::of(viewer, catalogue, wanted.test);
    let sort = wanted.sort.fitting(wanted.test.reach());
    if let Some(marks) = few::marks(tx, &scope, wanted.test, sort, wanted.grouping)? {
        return Ok(few::before(&scope, sort, wanted.grouping, marks, after));
    }
    match wanted.grouping {
        Grouping::Nothing | Grouping::Order => {
            let mut walk = Walk::new(1, wanted.patience);
            let lanes: Vec<lane::Lane> =
                lane::lanes(&scope, wanted.test, sort).into_iter().map(lane::Lane::turned).collect();
            walk.merge(tx, &lanes, Some(after))?;
            Ok(walk.found.first().copied())
        }
        Grouping::Unit => unit_by_unit(tx, &scope, wanted.test, sort, after, wanted.patience),
    }
}

fn unit_by_unit(
    tx: &mut Tx,
    scope: &Scope,
    test: &Test,
    sort: Sort,
    after: Mark,
    patience: usize,
) -> Result<Option<Mark>, StoreError> {
    let Some(begun) = scope.units().iter().position(|(unit, _)| *unit == after.unit) else { return Ok(None) };
    for (unit, secret) in scope.units()[..=begun].iter().rev() {
        let lane = lane::of_unit(scope, test, sort, *unit, *secret).turned();
        let mut walk = Walk::new(1, patience);
        walk.merge(tx, std::slice::from_ref(&lane), Some(after).filter(|after| after.unit == *unit))?;
        if let Some(found) = walk.found.first() {
            return Ok(Some(*found));
        }
    }
    Ok(None)
}
