//! The tickets a ledger reaches through hand-offs, children before parents, their facts in order.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::Timestamp;

use super::{LedgerError, Line, Lines, OwnerSpan, WaitFor};
use crate::id::TicketId;

/// Every ticket below one ticket; the ticket itself is the last.
pub(super) struct Chain<'a> {
    pub(super) nodes: Vec<Node<'a>>,
}

/// One ticket, ready to be walked.
pub(super) struct Node<'a> {
    pub(super) line: &'a Line,
    /// In order of time, disjoint, none empty.
    pub(super) lives: Vec<(Timestamp, Timestamp)>,
    /// In order of `from`; not empty when there is a life.
    pub(super) owners: Cow<'a, [OwnerSpan]>,
    /// Latest end first; then the longer, then the lower id.
    pub(super) waits: Vec<Piece>,
}

/// The part of a wait inside one life.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub(super) id: i64,
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
    pub(super) on: WaitFor,
    pub(super) life: usize,
    /// Position of the hand-off in the chain.
    pub(super) child: Option<usize>,
}

impl<'a> Chain<'a> {
    /// Depth first with a stack of its own, so that no depth of nesting exhausts the thread's.
    pub(super) fn below(lines: &'a impl Lines, ticket: TicketId) -> Result<Self, LedgerError> {
        let mut nodes = Vec::new();
        let mut seen: HashMap<TicketId, Option<usize>> = HashMap::new();
        let mut open = vec![(known(lines, ticket, None)?, 0)];
        seen.insert(ticket, None);
        while let Some((line, next)) = open.last_mut() {
            let line = *line;
            let Some(wait) = line.waits.get(*next) else {
                seen.insert(line.ticket, Some(nodes.len()));
                nodes.push(Node::of(line, &seen)?);
                open.pop();
                continue;
            };
            *next += 1;
            let WaitFor::Handoff(child) = wait.on else {
                continue;
            };
            match seen.get(&child) {
                Some(Some(_)) => {}
                Some(None) => return Err(circle(&open, child)),
                None => {
                    open.push((known(lines, child, Some(line.ticket))?, 0));
                    seen.insert(child, None);
                }
            }
        }
        Ok(Chain { nodes })
    }

    pub(super) fn root(&self) -> &Node<'a> {
        self.nodes.last().expect("a chain holds at least the ticket it was made for")
    }
}

impl<'a> Node<'a> {
    fn of(line: &'a Line, seen: &HashMap<TicketId, Option<usize>>) -> Result<Self, LedgerError> {
        let lives = lives_in_order(line);
        if line.owners.is_empty() && !lives.is_empty() {
            return Err(LedgerError::NoOwner { ticket: line.ticket });
        }
        let mut owners = Cow::Borrowed(line.owners.as_slice());
        let order = |owner: &OwnerSpan| (owner.from, owner.to, owner.unit, owner.person);
        if !owners.is_sorted_by_key(order) {
            owners.to_mut().sort_unstable_by_key(order);
        }
        let mut waits = Vec::with_capacity(line.waits.len());
        for wait in &line.waits {
            let child = match wait.on {
                WaitFor::Handoff(child) => seen.get(&child).copied().flatten(),
                WaitFor::Requester | WaitFor::Supplier(_) | WaitFor::Agreed => None,
            };
            for (life, &(opened, ended)) in lives.iter().enumerate() {
                let (from, to) = (wait.from.max(opened), wait.to.min(ended));
                if from < to {
                    waits.push(Piece { id: wait.id, from, to, on: wait.on, life, child });
                }
            }
        }
        waits.sort_unstable_by(|a, b| (b.to, a.from, a.id, a.on).cmp(&(a.to, b.from, b.id, b.on)));
        Ok(Node { line, lives, owners, waits })
    }
}

/// Sorted, without empty ones; should two overlap, the later begins where the earlier ends.
fn lives_in_order(line: &Line) -> Vec<(Timestamp, Timestamp)> {
    let mut lives = line.lives.clone();
    lives.sort_unstable();
    let mut ended = Timestamp::MIN;
    lives.retain_mut(|(from, to)| {
        *from = (*from).max(ended);
        ended = ended.max(*to);
        from < to
    });
    lives
}

fn known(lines: &impl Lines, ticket: TicketId, asked_by: Option<TicketId>) -> Result<&Line, LedgerError> {
    lines.line(ticket).ok_or(LedgerError::UnknownTicket { ticket, asked_by })
}

fn circle(open: &[(&Line, usize)], again: TicketId) -> LedgerError {
    let tickets = open.iter().map(|(line, _)| line.ticket);
    let mut path: Vec<TicketId> = tickets.skip_while(|ticket| *ticket != again).collect();
    path.push(again);
    LedgerError::Cycle { path }
}
