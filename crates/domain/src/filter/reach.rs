//! How far a filter reaches, told from itself: which states, which units, whose. Queries begin there.

use std::collections::BTreeSet;

use super::Flag;
use super::bind::{Called, Test};
use super::linked::End;
use crate::id::{PersonId, StatusId, TicketId, UnitId};
use crate::tag::Tag;
use crate::ticket::State;

/// The states that tickets of a filter can have, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    Open,
    /// Solved or closed.
    Done,
    All,
}

/// Something that only few tickets have, and that an index knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor<'a> {
    RequestedBy(&'a Called),
    Organisation(&'a Called),
    /// Numbers, both ends included.
    Numbers(i64, i64),
    Tickets(&'a BTreeSet<TicketId>),
    Tagged(&'a Tag),
    Statuses(&'a BTreeSet<StatusId>),
    Linked(End),
    /// What went out last did not arrive.
    Bounced,
}

/// The most numbers that are few.
const FEW_NUMBERS: i64 = 1_000;

impl Test {
    /// Anchors of which every found ticket has at least one; `None` when it need not have any.
    #[must_use]
    pub fn anchors(&self) -> Option<Vec<Anchor<'_>>> {
        match self {
            Self::RequestedBy(called) => Some(vec![Anchor::RequestedBy(called)]),
            Self::Organisation(called) => Some(vec![Anchor::Organisation(called)]),
            Self::Number(least, most) => {
                let few = most.saturating_sub(*least) < FEW_NUMBERS;
                few.then(|| vec![Anchor::Numbers(*least, *most)])
            }
            Self::Among(tickets) => Some(vec![Anchor::Tickets(tickets)]),
            Self::Tagged(tag) => Some(vec![Anchor::Tagged(tag)]),
            Self::Status(statuses) => Some(vec![Anchor::Statuses(statuses)]),
            Self::Linked(end, _) => Some(vec![Anchor::Linked(*end)]),
            Self::Is(Flag::Bounced, _) => Some(vec![Anchor::Bounced]),
            Self::Every(tests) => tests.iter().find_map(Self::anchors),
            Self::Either(tests) => {
                let each: Option<Vec<Vec<Anchor<'_>>>> = tests.iter().map(Self::anchors).collect();
                each.map(|each| each.into_iter().flatten().collect())
            }
            _ => None,
        }
    }

    /// Never less than what the filter finds.
    #[must_use]
    pub fn reach(&self) -> Reach {
        let states = states(self);
        match (
            states.contains(&State::Open),
            states.contains(&State::Solved) || states.contains(&State::Closed),
        ) {
            (true, false) => Reach::Open,
            (false, true) => Reach::Done,
            (true, true) | (false, false) => Reach::All,
        }
    }

    /// The units that all found tickets belong to; `None` when it names none.
    #[must_use]
    pub fn units(&self) -> Option<BTreeSet<UnitId>> {
        match self {
            Self::Unit(units) => Some(units.clone()),
            Self::Every(tests) => tests
                .iter()
                .filter_map(Self::units)
                .reduce(|left, right| left.intersection(&right).copied().collect()),
            Self::Either(tests) => {
                let each: Option<Vec<BTreeSet<UnitId>>> = tests.iter().map(Self::units).collect();
                each.map(|each| each.into_iter().flatten().collect())
            }
            _ => None,
        }
    }

    /// The one person who holds every found ticket.
    #[must_use]
    pub fn holder(&self) -> Option<PersonId> {
        match self {
            Self::Held(person) => Some(*person),
            Self::Every(tests) => tests.iter().find_map(Self::holder),
            _ => None,
        }
    }

    /// Whether every found ticket is out of sight until a time; or none is.
    #[must_use]
    pub fn is_snoozed(&self) -> Option<bool> {
        match self {
            Self::Is(Flag::Snoozed, _) => Some(true),
            Self::Not(inner) => match &**inner {
                Self::Is(Flag::Snoozed, _) => Some(false),
                _ => None,
            },
            Self::Every(tests) => tests.iter().find_map(Self::is_snoozed),
            _ => None,
        }
    }

    /// Whether nobody holds any found ticket.
    #[must_use]
    pub fn is_untaken(&self) -> bool {
        match self {
            Self::Untaken => true,
            Self::Every(tests) => tests.iter().any(Self::is_untaken),
            _ => false,
        }
    }
}

fn states(test: &Test) -> BTreeSet<State> {
    let every = || State::ALL.iter().copied();
    match test {
        Test::State(states) => states.iter().copied().collect(),
        Test::Waiting(_) | Test::Is(Flag::Snoozed, _) => BTreeSet::from([State::Open]),
        Test::Is(Flag::Merged, _) => BTreeSet::from([State::Closed]),
        // Each part is looked at once: filters may be nested deeply.
        Test::Every(tests) => tests.iter().map(states).fold(every().collect(), |left, right| &left & &right),
        Test::Either(tests) => tests.iter().flat_map(states).collect(),
        Test::Not(inner) => match &**inner {
            Test::State(states) => every().filter(|state| !states.contains(state)).collect(),
            _ => every().collect(),
        },
        _ => every().collect(),
    }
}
