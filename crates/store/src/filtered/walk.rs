//! Walking several indexes at once, in one order, until a page is full or enough was looked at.

use domain::filter::Test;
use domain::view::Sort;

use super::Mark;
use super::lane::{self, Lane};
use super::scope::Scope;
use crate::StoreError;
use crate::db::Tx;

/// How a walk came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// There is nothing more.
    Reached,
    Full,
    /// Enough was looked at.
    Cut,
}

pub(super) struct Walk {
    pub(super) found: Vec<Mark>,
    /// The last row that was looked at.
    pub(super) last: Option<Mark>,
    looked: usize,
    limit: usize,
    patience: usize,
}

impl Walk {
    /// The most rows of one lane that are read by one statement.
    const WIDEST: usize = 1_000;

    pub(super) const fn new(limit: usize, patience: usize) -> Self {
        Self { found: Vec::new(), last: None, looked: 0, limit, patience }
    }

    /// Rows of all lanes in their common order. Each lane is read in windows; what lies behind the end of
    /// the shortest window waits for the next round, because another lane may still come before it.
    pub(super) fn merge(
        &mut self,
        tx: &mut Tx,
        lanes: &[Lane],
        mut after: Option<Mark>,
    ) -> Result<End, StoreError> {
        let mut window = self.limit + 1;
        loop {
            let mut rows = Vec::new();
            let mut known_to: Option<Mark> = None;
            for lane in lanes {
                let found = lane.rows(tx, after, window)?;
                if let Some(last) = found.last().filter(|_| found.len() == window) {
                    known_to = Some(known_to.map_or(last.mark, |to| lane.first_of(to, last.mark)));
                }
                rows.extend(found.into_iter().map(|row| (lane.order(row.mark), row)));
            }
            rows.sort_by_key(|(order, _)| *order);
            for (order, row) in rows {
                if known_to.is_some_and(|to| lanes[0].order(to) < order) {
                    break;
                }
                if row.passes && self.found.len() == self.limit {
                    return Ok(End::Full);
                }
                if row.passes {
                    self.found.push(row.mark);
                }
                self.looked += 1;
                self.last = Some(row.mark);
            }
            if known_to.is_none() {
                return Ok(End::Reached);
            }
            if self.looked >= self.patience {
                return Ok(End::Cut);
            }
            after = known_to;
            window = (window * 4).min(Self::WIDEST);
        }
    }

    /// Every unit's rows, one unit after the other.
    pub(super) fn unit_by_unit(
        &mut self,
        tx: &mut Tx,
        scope: &Scope,
        test: &Test,
        sort: Sort,
        after: Option<Mark>,
    ) -> Result<End, StoreError> {
        let begun = |after: Mark| scope.units().iter().position(|(unit, _)| *unit == after.unit);
        let first = after.and_then(begun).unwrap_or(0);
        for (unit, secret) in &scope.units()[first..] {
            let lane = lane::of_unit(scope, test, sort, *unit, *secret);
            let after = after.filter(|after| after.unit == *unit);
            match self.merge(tx, std::slice::from_ref(&lane), after)? {
                End::Reached if self.looked >= self.patience => return Ok(End::Cut),
                End::Reached => {}
                end => return Ok(end),
            }
        }
        Ok(End::Reached)
    }
}
