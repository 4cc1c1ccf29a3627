//! A filter beside the words of a search: which of the hits are on tickets that pass it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use domain::filter::Test;
use domain::id::TicketId;
use domain::permission::Viewer;
use store::filtered;

use super::ranked::Ranked;
use crate::DeskError;
use crate::act::Look;

/// For each hit that may be looked at, so many tickets may be to find out whether only few pass at all.
const ROWS: usize = 3;

/// Lets through what is on a ticket that passes.
pub(crate) struct Sieve<'a> {
    test: &'a Test,
    /// Every ticket that passes, where that is little: then the index itself looks for nothing else.
    pub(crate) all: Option<Arc<HashSet<i64>>>,
    known: BTreeMap<TicketId, bool>,
}

impl<'a> Sieve<'a> {
    pub(crate) fn of(
        look: &mut Look,
        viewer: &Viewer,
        test: &'a Test,
        patience: usize,
    ) -> Result<Self, DeskError> {
        let catalogue = Arc::clone(&look.catalogue);
        let all = filtered::all_passing(look.tx, viewer, &catalogue, test, patience * ROWS)?;
        let all = all.map(|all| Arc::new(all.into_iter().map(|ticket| ticket.0).collect()));
        Ok(Self { test, all, known: BTreeMap::new() })
    }

    /// Keeps the hits that pass, by one statement for all of them.
    pub(crate) fn keep<'h>(
        &mut self,
        look: &mut Look,
        viewer: &Viewer,
        hits: impl Iterator<Item = &'h mut Vec<Ranked>>,
    ) -> Result<(), DeskError> {
        if self.all.is_some() {
            return Ok(());
        }
        let lists: Vec<&mut Vec<Ranked>> = hits.collect();
        let tickets = lists.iter().flat_map(|list| list.iter()).map(|hit| TicketId(hit.thing));
        let unknown: BTreeSet<TicketId> = tickets.filter(|ticket| !self.known.contains_key(ticket)).collect();
        let catalogue = Arc::clone(&look.catalogue);
        let passing = filtered::passing(look.tx, viewer, &catalogue, self.test, &unknown)?;
        self.known.extend(unknown.into_iter().map(|ticket| (ticket, passing.contains(&ticket))));
        for list in lists {
            list.retain(|hit| self.known.get(&TicketId(hit.thing)).copied().unwrap_or_default());
        }
        Ok(())
    }
}
