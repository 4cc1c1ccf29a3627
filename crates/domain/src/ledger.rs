//! The charge ledger: who is charged for each moment between a ticket's opening and its solution.

mod chain;
mod facts;
mod path;
mod slack;
#[cfg(test)]
mod story;
mod sums;
#[cfg(test)]
mod sweep;
#[cfg(test)]
mod tests;
pub mod whatif;

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use jiff::{SignedDuration, Timestamp};

use crate::custody::Custody;
use crate::id::{OrganisationId, PersonId, TicketId, UnitId};
use chain::Chain;

pub use crate::custody::{OwnerSpan, Wait, WaitFor};
pub use facts::lines;
pub use sums::Spent;

/// Charges every moment of the ticket's lives to exactly one holder.
///
/// Walks back from the end of each life: the wait that ended last is charged to whom it waited
/// for, the gap after it to the owner at the time. A hand-off is charged by that ticket's own
/// ledger, to any depth. From its delivery (its `solved`) until its acceptance, and wherever else
/// it was not open although it was waited for, the owner of the *asking* ticket is charged:
/// accepting is the asker's move. If it was returned and reopened, its own ledger resumes.
///
/// # Errors
/// [`LedgerError::Cycle`] when a hand-off waits for one of its askers, anywhere below `ticket`;
/// [`LedgerError::UnknownTicket`] and [`LedgerError::NoOwner`] when facts are missing.
pub fn charge(lines: &impl Lines, ticket: TicketId) -> Result<Ledger, LedgerError> {
    let chain = Chain::below(lines, ticket)?;
    let steps: Vec<Vec<path::Step>> = chain.nodes.iter().map(path::walk_back).collect();
    let root = chain.root();
    let (charges, hops) = path::unfold(&chain, &steps);
    Ok(Ledger {
        ticket,
        charges,
        slack: slack::of(root, &steps[steps.len() - 1]),
        provisional: root.line.provisional,
        hops,
    })
}

/// Who is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// The owner: a unit, perhaps a person in it; `queued` while nobody there had taken it.
    Unit {
        /// The unit that owned the ticket.
        unit: UnitId,
        /// The person assigned at the time, if any.
        person: Option<PersonId>,
        /// Nobody was assigned: the unit's queue.
        queued: bool,
    },
    /// The requester, who had been asked something.
    Requester,
    /// An outside party that is not a ticket of ours.
    Supplier(OrganisationId),
    /// A date both sides agreed on.
    Agreed,
}

/// The facts of one ticket, in any order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The ticket.
    pub ticket: TicketId,
    /// `[opened, solved)`, and one more after each reopening; the last may end `now`.
    pub lives: Vec<(Timestamp, Timestamp)>,
    /// Not solved: the last life ends `now`.
    pub provisional: bool,
    /// The owner history; without a person it is the unit's queue. Spans are contiguous; should
    /// one be missing, its time belongs to the owner before it (before the first: to the first).
    pub owners: Vec<OwnerSpan>,
    /// What it waited for. Waits may overlap. What lies outside the lives is cut off, and a wait
    /// of no length is ignored. Ids are unique within the ticket.
    pub waits: Vec<Wait>,
}

impl From<&Custody> for Line {
    fn from(custody: &Custody) -> Self {
        Line {
            ticket: custody.ticket,
            lives: custody.lives.clone(),
            provisional: custody.running,
            owners: custody.owners.clone(),
            waits: custody.waits.clone(),
        }
    }
}

/// Where the facts of a ticket and of the hand-offs below it are found.
pub trait Lines {
    /// The facts of this ticket, or `None` when they were not loaded.
    fn line(&self, ticket: TicketId) -> Option<&Line>;
}

impl<S: BuildHasher> Lines for HashMap<TicketId, Line, S> {
    fn line(&self, ticket: TicketId) -> Option<&Line> {
        self.get(&ticket)
    }
}

impl Lines for BTreeMap<TicketId, Line> {
    fn line(&self, ticket: TicketId) -> Option<&Line> {
        self.get(&ticket)
    }
}

/// The charges of one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    /// Whose ledger this is.
    pub ticket: TicketId,
    /// In order of time, disjoint, covering the lives exactly.
    pub charges: Vec<Charge>,
    /// One entry for each wait of the ticket itself, in order of wait id.
    pub slack: Vec<Slack>,
    /// The ticket is not solved yet; open waits were taken to end now.
    pub provisional: bool,
    /// The way down to each hand-off; see [`Ledger::via`].
    hops: Vec<Hop>,
}

/// One holder's time, half-open `[from, to)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charge {
    /// Start of the time charged.
    pub from: Timestamp,
    /// End of the time charged.
    pub to: Timestamp,
    /// Who is charged.
    pub holder: Holder,
    /// In whose custody the time was spent: the ticket itself or a hand-off below it.
    pub ticket: TicketId,
    /// Steps down from the ledger's ticket; 0 is the ticket itself.
    pub depth: u16,
    /// Why this holder.
    pub because: Because,
    /// Set where the owner is charged although another wait was running.
    pub late: Option<LateAsk>,
    hop: u32,
}

/// Why a charge fell on its holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Because {
    /// The owner's own work, queue, or asking late.
    Own,
    /// This wait of `Charge::ticket` was running.
    Waiting {
        /// The wait.
        wait: i64,
    },
    /// The hand-off of this wait of `Charge::ticket` was not open: delivered, not yet accepted.
    Accepting {
        /// The wait.
        wait: i64,
    },
}

/// A wait that was asked while another was already running, and then decided the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LateAsk {
    /// The wait that was asked late; it starts where the charge (or its continuation) ends.
    pub asked: i64,
    /// The wait that was running meanwhile.
    pub running: i64,
}

/// How much longer a wait could have taken without moving `solved`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slack {
    /// The wait.
    pub wait: i64,
    /// Whom it waited for.
    pub on: WaitFor,
    /// Zero for every wait on the path. Never negative.
    pub slack: SignedDuration,
    /// Some of its time is charged.
    pub on_path: bool,
}

/// Why a ledger could not be made. Nothing was changed; the facts must be put right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// A hand-off waits, at some depth, for the ticket that asked for it.
    #[error("tickets wait for each other in a circle ({}); end one of these waits", arrows(.path))]
    Cycle {
        /// From a ticket back to itself: first and last are the same.
        path: Vec<TicketId>,
    },
    /// The facts of a ticket were not given.
    #[error("nothing is known of ticket {}; load it together with its askers", .ticket.0)]
    UnknownTicket {
        /// The ticket that is missing.
        ticket: TicketId,
        /// Who waits for it, when it is not the ledger's own ticket.
        asked_by: Option<TicketId>,
    },
    /// A ticket lived, and nobody owned it.
    #[error("ticket {} never had an owner; give it to a unit", .ticket.0)]
    NoOwner {
        /// The ticket.
        ticket: TicketId,
    },
    /// A what-if names a wait that the ticket and its hand-offs do not have.
    #[error("change {} names a wait that this ticket and its hand-offs do not have", .change + 1)]
    NothingToChange {
        /// Position of the change, from 0.
        change: usize,
    },
}

/// One step down from an asking ticket to its hand-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Hop {
    ticket: TicketId,
    under: Option<u32>,
    depth: u16,
}

fn arrows(path: &[TicketId]) -> String {
    let numbers: Vec<String> = path.iter().map(|ticket| ticket.0.to_string()).collect();
    numbers.join(" -> ")
}
