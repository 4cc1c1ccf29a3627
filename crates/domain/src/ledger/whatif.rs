//! What if a wait had taken another time: the ticket's facts recomputed forward.

use jiff::{SignedDuration, Timestamp};

use super::chain::{Chain, Node};
use super::{LedgerError, Lines, WaitFor};
use crate::id::TicketId;

/// Recomputes forward with these waits at these durations.
///
/// Each wait starts at `max(end of the waits that had ended by its start) + the same gap`, and
/// `solved` follows likewise; a reopening keeps its distance from the solution before it. A
/// hand-off's wait follows what happens to that ticket, to any depth, unless a change names it:
/// then its duration is the one given. When two changes name one wait, the later one counts.
///
/// A provisional ticket is recomputed as if it were solved now.
///
/// # Errors
/// Those of [`charge`](super::charge), and [`LedgerError::NothingToChange`].
pub fn with(lines: &impl Lines, ticket: TicketId, changes: &[Change]) -> Result<Outcome, LedgerError> {
    let chain = Chain::below(lines, ticket)?;
    let orders: Vec<Order> = chain.nodes.iter().map(Order::of).collect();
    let mut resolved = Vec::with_capacity(changes.len());
    for (position, change) in changes.iter().enumerate() {
        resolved.push(resolve(&chain, change, position)?);
    }
    let before = chain.root().lives.last().map_or(Timestamp::UNIX_EPOCH, |life| life.1);
    let moved = |chosen: &[Vec<Given>]| forward(&chain, &orders, chosen);
    let saving = -moved(&resolved);
    let alone = resolved.iter().map(|one| -moved(std::slice::from_ref(one))).collect();
    Ok(Outcome { solved: later(before, -saving), saving, alone })
}

/// One thing that takes another time than it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is changed.
    pub target: Target,
    /// Its new duration, elapsed, inside the lives of the ticket that waits; below zero is zero.
    /// Where the wait has several parts (cut by a reopening, or asked again), the earlier parts
    /// keep their time as far as it goes and the last takes the rest.
    pub duration: SignedDuration,
}

/// What a change names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One wait of one ticket: of the ticket asked about, or of a hand-off below it.
    Wait {
        /// The ticket that waits.
        ticket: TicketId,
        /// The wait's id in that ticket.
        wait: i64,
    },
    /// Every wait for this hand-off.
    Handoff(TicketId),
}

/// What would have come of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// When the ticket would have been solved.
    pub solved: Timestamp,
    /// How much earlier that is, elapsed, all changes together; negative when later.
    pub saving: SignedDuration,
    /// What each change would have saved alone, in the order given. They do not add up to `saving`.
    pub alone: Vec<SignedDuration>,
}

/// A thousand years: sums of such durations stay far from any overflow.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 366 * 1_000);

/// A piece of a wait with the duration a change gives it.
struct Given {
    node: usize,
    piece: usize,
    duration: SignedDuration,
}

fn resolve(chain: &Chain, change: &Change, position: usize) -> Result<Vec<Given>, LedgerError> {
    let mut given = Vec::new();
    let mut known = false;
    for (node, facts) in chain.nodes.iter().enumerate() {
        let named = |id: i64, on: WaitFor| match change.target {
            Target::Wait { ticket, wait } => ticket == facts.line.ticket && wait == id,
            Target::Handoff(ticket) => on == WaitFor::Handoff(ticket),
        };
        known |= facts.line.waits.iter().any(|wait| named(wait.id, wait.on));
        let mut rest = change.duration.clamp(SignedDuration::ZERO, LONGEST);
        let own = given.len();
        for (piece, wait) in facts.waits.iter().enumerate().rev() {
            if named(wait.id, wait.on) {
                let duration = wait.to.duration_since(wait.from).min(rest);
                rest -= duration;
                given.push(Given { node, piece, duration });
            }
        }
        if let Some(last) = given[own..].last_mut() {
            last.duration += rest;
        }
    }
    if known { Ok(given) } else { Err(LedgerError::NothingToChange { change: position }) }
}

/// The waits of a node in the two orders a forward pass needs.
struct Order {
    by_start: Vec<usize>,
}

impl Order {
    fn of(node: &Node) -> Self {
        let mut by_start: Vec<usize> = (0..node.waits.len()).collect();
        by_start.sort_unstable_by_key(|&wait| node.waits[wait].from);
        Order { by_start }
    }
}

/// How far the end of the last ticket in the chain moves: positive is later.
fn forward(chain: &Chain, orders: &[Order], chosen: &[Vec<Given>]) -> SignedDuration {
    let mut given: Vec<Vec<(usize, SignedDuration)>> = vec![Vec::new(); chain.nodes.len()];
    for one in chosen.iter().flatten() {
        given[one.node].push((one.piece, one.duration));
    }
    let mut moved: Vec<Moved> = Vec::with_capacity(chain.nodes.len());
    for (position, node) in chain.nodes.iter().enumerate() {
        let mut grown: Vec<SignedDuration> = Vec::with_capacity(node.waits.len());
        grown.extend(node.waits.iter().map(|wait| match wait.child {
            Some(child) => {
                let below = &moved[child];
                let grown = below.at(&chain.nodes[child], wait.to) - below.at(&chain.nodes[child], wait.from);
                grown.max(wait.from.duration_since(wait.to))
            }
            None => SignedDuration::ZERO,
        }));
        for &(piece, duration) in &given[position] {
            let wait = node.waits[piece];
            grown[piece] = duration - wait.to.duration_since(wait.from);
        }
        moved.push(Moved::of(node, &orders[position].by_start, &grown));
    }
    moved.last().and_then(|root| root.lives.last()).map_or(SignedDuration::ZERO, |life| life.1)
}

/// How far the instants of one ticket move, positive is later.
struct Moved {
    /// Of the start and the end of each life.
    lives: Vec<(SignedDuration, SignedDuration)>,
    /// Of an instant that follows this wait and no later one: what the last end moves by.
    after: Vec<SignedDuration>,
}

impl Moved {
    /// `grown`: how much longer each wait of the node takes.
    fn of(node: &Node, by_start: &[usize], grown: &[SignedDuration]) -> Self {
        let mut after = vec![SignedDuration::ZERO; node.waits.len()];
        let mut end_moved = vec![SignedDuration::ZERO; node.waits.len()];
        let mut lives = Vec::with_capacity(node.lives.len());
        let mut start_moved = SignedDuration::ZERO;
        let mut starts = by_start.iter().copied().peekable();
        let mut ends = (0..node.waits.len()).rev().peekable();
        for (life, &(opened, ended)) in node.lives.iter().enumerate() {
            // The latest new end so far, and what an instant behind the last old end moves by.
            let mut latest: Option<SignedDuration> = None;
            let mut behind = start_moved;
            let mut pass = |until: Timestamp, end_moved: &[SignedDuration]| {
                while let Some(wait) = ends.next_if(|&wait| node.waits[wait].to <= until) {
                    let old = node.waits[wait].to.duration_since(opened);
                    let new = (old + end_moved[wait]).max(latest.unwrap_or(SignedDuration::MIN));
                    latest = Some(new);
                    behind = new - old;
                    after[wait] = behind;
                }
                behind
            };
            while let Some(wait) = starts.next_if(|&wait| node.waits[wait].life == life) {
                end_moved[wait] = pass(node.waits[wait].from, &end_moved) + grown[wait];
            }
            let ended_moved = pass(ended, &end_moved);
            lives.push((start_moved, ended_moved));
            start_moved = ended_moved;
        }
        Moved { lives, after }
    }

    /// Any instant is tied to the last wait that had ended by then, by the same gap.
    fn at(&self, node: &Node, instant: Timestamp) -> SignedDuration {
        let Some(life) = node.lives.partition_point(|life| life.0 <= instant).checked_sub(1) else {
            return SignedDuration::ZERO;
        };
        let (opened, ended) = node.lives[life];
        if instant >= ended {
            return self.lives[life].1;
        }
        let follows = node.waits.partition_point(|wait| wait.to > instant);
        match node.waits.get(follows) {
            Some(wait) if wait.to > opened => self.after[follows],
            Some(_) | None => self.lives[life].0,
        }
    }
}

fn later(instant: Timestamp, by: SignedDuration) -> Timestamp {
    instant.saturating_add(by).expect("a signed duration has no calendar units")
}
