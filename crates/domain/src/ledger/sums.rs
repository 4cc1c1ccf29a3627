//! A ledger summed up: by holder, by ticket or by anything else a charge says.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::{Charge, Holder, Ledger};
use crate::id::TicketId;

/// Time spent, measured twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// By the clock on the wall.
    pub elapsed: SignedDuration,
    /// Working time in the calendar of the promise it is charged against.
    pub counted: SignedDuration,
}

impl Charge {
    /// The time between its two ends.
    pub fn elapsed(&self) -> SignedDuration {
        self.to.duration_since(self.from)
    }
}

impl Ledger {
    /// The sum of all charges, which is the sum of the lives.
    pub fn elapsed(&self) -> SignedDuration {
        self.charges.iter().map(Charge::elapsed).sum()
    }

    /// The tickets from the ledger's own down to the one in whose custody the charge was spent.
    pub fn via(&self, charge: &Charge) -> Vec<TicketId> {
        let mut path = Vec::with_capacity(usize::from(charge.depth) + 1);
        let mut next = Some(charge.hop);
        while let Some(hop) = next.and_then(|hop| self.hops.get(hop as usize)) {
            path.push(hop.ticket);
            next = hop.under;
        }
        path.reverse();
        path
    }

    /// What each holder is charged. `counted` measures one charge in the calendar of its promise.
    pub fn by_holder(&self, counted: impl FnMut(&Charge) -> SignedDuration) -> BTreeMap<Holder, Spent> {
        self.sum_by(|charge| charge.holder, counted)
    }

    /// The same sums by any key: the unit, the hand-off at depth one, whether it was asked late.
    pub fn sum_by<K: Ord>(
        &self,
        key: impl Fn(&Charge) -> K,
        mut counted: impl FnMut(&Charge) -> SignedDuration,
    ) -> BTreeMap<K, Spent> {
        let mut sums: BTreeMap<K, Spent> = BTreeMap::new();
        for charge in &self.charges {
            let spent = sums.entry(key(charge)).or_default();
            spent.elapsed += charge.elapsed();
            spent.counted += counted(charge);
        }
        sums
    }
}
