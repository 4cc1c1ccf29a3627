//! How a list of tickets is shown: in which order, in which groups, with what of each.

use crate::filter::reach::Reach;
use crate::word::words;

/// The order of a list; every one of them can be read page by page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// The order of work: what is due first.
    Due,
    /// Most pressing first, and in it the order of work.
    Priority,
    /// Whose oldest unanswered message lies there longest; what is answered is not in it.
    Unanswered,
    /// Oldest first.
    Opened,
    /// What changed last comes first.
    Changed,
    /// What was solved last comes first.
    Solved,
}

words!(Sort {
    Due = "due",
    Priority = "priority",
    Unanswered = "unanswered",
    Opened = "opened",
    Changed = "changed",
    Solved = "solved",
});

impl Sort {
    /// The orders in which tickets of a reach can be read.
    #[must_use]
    pub const fn of(reach: Reach) -> &'static [Self] {
        match reach {
            Reach::Open => &[Self::Due, Self::Priority, Self::Unanswered, Self::Opened, Self::Changed],
            Reach::Done => &[Self::Solved, Self::Changed],
            Reach::All => &[Self::Changed],
        }
    }

    /// This order where there is such a one, else the usual one.
    #[must_use]
    pub fn fitting(self, reach: Reach) -> Self {
        let known = Self::of(reach);
        if known.contains(&self) { self } else { known[0] }
    }
}

/// What stands together under one heading. Groups follow the order of the list, so that a page never
/// has to know the pages after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grouping {
    Nothing,
    /// By what it is sorted by: days, or priorities.
    Order,
    /// Unit after unit, each in the order of the list.
    Unit,
}

words!(Grouping { Nothing = "nothing", Order = "order", Unit = "unit" });

/// What a row shows more than every row does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Unit,
    Service,
    Kind,
    Class,
    State,
    Status,
    Opened,
    Changed,
}

words!(Column {
    Unit = "unit",
    Service = "service",
    Kind = "kind",
    Class = "class",
    State = "state",
    Status = "status",
    Opened = "opened",
    Changed = "changed",
});

#[cfg(test)]
mod tests;
