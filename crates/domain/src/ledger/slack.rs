//! How much longer each wait of a ticket could have taken without moving the end.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::chain::{Node, Piece};
use super::path::{Step, What};
use super::{Slack, WaitFor};

/// One entry for each wait, in order of id. A wait cut into pieces by a reopening has the least
/// slack of its pieces.
pub(super) fn of(node: &Node, steps: &[Step]) -> Vec<Slack> {
    let mut on_path = vec![false; node.waits.len()];
    for step in steps {
        match step.what {
            What::Own(_) => {}
            What::Wait(wait) => on_path[wait] = true,
        }
    }
    let mut found: BTreeMap<(i64, WaitFor), Slack> = BTreeMap::new();
    for (wait, (slack, on_path)) in node.waits.iter().zip(latest(node).into_iter().zip(on_path)) {
        let one = Slack { wait: wait.id, on: wait.on, slack, on_path };
        let entry = found.entry((wait.id, wait.on)).or_insert(one);
        entry.slack = entry.slack.min(slack);
        entry.on_path |= on_path;
    }
    found.into_values().collect()
}

/// The slack of each piece: its latest end that moves nothing, less its end.
///
/// What follows a wait are those that started after its end, and the end of the life; each keeps
/// its own gap to the last wait that had ended before it. Taken from the last to the first, every
/// follower's latest start is known when it is needed.
fn latest(node: &Node) -> Vec<SignedDuration> {
    let mut slack = vec![SignedDuration::ZERO; node.waits.len()];
    let mut begin = 0;
    for life in node.waits.chunk_by(|a, b| a.life == b.life) {
        let end = begin + life.len();
        latest_in_life(life, &mut slack[begin..end]);
        begin = end;
    }
    slack
}

/// `waits` come latest end first.
fn latest_in_life(waits: &[Piece], slack: &mut [SignedDuration]) {
    let mut by_start: Vec<usize> = (0..waits.len()).collect();
    by_start.sort_unstable_by_key(|&wait| std::cmp::Reverse(waits[wait].from));
    let mut limit: Timestamp = waits[0].to;
    let mut followers = by_start.into_iter().peekable();
    for wait in 0..waits.len() {
        while let Some(next) = followers.next_if(|&next| waits[next].from >= waits[wait].to) {
            // Measured in original time: the last end before it may be as late as its slack.
            let follows = waits.partition_point(|other| other.to > waits[next].from);
            limit = limit.min(waits[follows].to + slack[next]);
        }
        slack[wait] = limit.duration_since(waits[wait].to);
    }
}
