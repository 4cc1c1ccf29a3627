//! The walk back from the end of each life, and its unfolding through the hand-offs.

use jiff::Timestamp;

use super::chain::{Chain, Node, Piece};
use super::{Because, Charge, Holder, Hop, LateAsk, WaitFor};

/// One stretch of a ticket's life on the path that decided its end.
#[derive(Clone, Copy)]
pub(super) struct Step {
    from: Timestamp,
    to: Timestamp,
    pub(super) what: What,
}

#[derive(Clone, Copy)]
pub(super) enum What {
    Own(Option<LateAsk>),
    /// Position in the node's waits.
    Wait(usize),
}

/// The path of one ticket, in order of time, covering its lives exactly.
pub(super) fn walk_back(node: &Node) -> Vec<Step> {
    let mut steps = Vec::with_capacity(2 * node.waits.len() + node.lives.len());
    let mut next = 0;
    for (life, &(opened, ended)) in node.lives.iter().enumerate().rev() {
        let mut t = ended;
        let mut asked = None;
        let mut running: Option<Piece> = None;
        while t > opened {
            while let Some(wait) = node.waits.get(next).filter(|w| w.life == life && w.to > t) {
                running = earlier_of(running, *wait);
                next += 1;
            }
            let Some(wait) = node.waits.get(next).filter(|wait| wait.life == life) else {
                gap(&mut steps, opened, t, asked, running);
                break;
            };
            gap(&mut steps, wait.to, t, asked, running);
            steps.push(Step { from: wait.from, to: wait.to, what: What::Wait(next) });
            running = earlier_of(running, *wait);
            asked = Some(wait.id);
            t = wait.from;
            next += 1;
        }
        next += node.waits[next..].iter().take_while(|wait| wait.life == life).count();
    }
    steps.reverse();
    steps
}

/// Whatever wait runs inside a gap also runs past its end, or the walk would have chosen it; so
/// the one that began first splits the gap into at most two stretches.
fn gap(steps: &mut Vec<Step>, from: Timestamp, to: Timestamp, asked: Option<i64>, running: Option<Piece>) {
    let overlap = running.filter(|wait| wait.from < to).zip(asked);
    let since = overlap.map_or(to, |(wait, _)| wait.from.max(from));
    if let Some((wait, asked)) = overlap
        && since < to
    {
        let late = LateAsk { asked, running: wait.id };
        steps.push(Step { from: since, to, what: What::Own(Some(late)) });
    }
    if from < since {
        steps.push(Step { from, to: since, what: What::Own(None) });
    }
}

fn earlier_of(running: Option<Piece>, wait: Piece) -> Option<Piece> {
    running.into_iter().chain([wait]).min_by_key(|w| (w.from, std::cmp::Reverse(w.to), w.id))
}

/// A ticket's path inside a window, being unfolded.
struct Frame {
    node: usize,
    /// The next step of the path to unfold.
    step: usize,
    /// Everything before is charged.
    cursor: Timestamp,
    to: Timestamp,
    hop: u32,
    /// Who waits here: its node, its hop and the wait.
    asker: Option<(usize, u32, i64)>,
}

/// The charges in order of time, and the hops their paths are made of.
pub(super) fn unfold(chain: &Chain, steps: &[Vec<Step>]) -> (Vec<Charge>, Vec<Hop>) {
    let root = chain.nodes.len() - 1;
    let ticket = chain.nodes[root].line.ticket;
    let mut book = Book { chain, charges: Vec::new(), hops: vec![Hop { ticket, under: None, depth: 0 }] };
    let (Some(first), Some(last)) = (steps[root].first(), steps[root].last()) else {
        return (book.charges, book.hops);
    };
    let mut open = vec![Frame { node: root, step: 0, cursor: first.from, to: last.to, hop: 0, asker: None }];
    while let Some(frame) = open.last_mut() {
        let step = steps[frame.node].get(frame.step).filter(|step| step.from < frame.to);
        let reached = step.map_or(frame.to, |step| step.from);
        if let Some((asker, hop, wait)) = frame.asker
            && frame.cursor < reached
        {
            book.own(asker, hop, (frame.cursor, reached), Because::Accepting { wait }, None);
        }
        let Some(step) = step else {
            open.pop();
            continue;
        };
        let (from, to) = (step.from.max(frame.cursor), step.to.min(frame.to));
        frame.cursor = to;
        frame.step += 1;
        let (node, hop) = (frame.node, frame.hop);
        match step.what {
            What::Own(late) => book.own(node, hop, (from, to), Because::Own, late),
            What::Wait(wait) => {
                let wait = chain.nodes[node].waits[wait];
                match wait.child {
                    Some(child) => {
                        let below = book.down(chain.nodes[child].line.ticket, hop);
                        let step = steps[child].partition_point(|step| step.to <= from);
                        let asker = Some((node, hop, wait.id));
                        open.push(Frame { node: child, step, cursor: from, to, hop: below, asker });
                    }
                    None => book.wait(hop, (from, to), &wait),
                }
            }
        }
    }
    (book.charges, book.hops)
}

struct Book<'a> {
    chain: &'a Chain<'a>,
    charges: Vec<Charge>,
    hops: Vec<Hop>,
}

impl Book<'_> {
    fn down(&mut self, ticket: crate::id::TicketId, under: u32) -> u32 {
        let depth = self.hops[under as usize].depth.saturating_add(1);
        self.hops.push(Hop { ticket, under: Some(under), depth });
        u32::try_from(self.hops.len() - 1).expect("fewer hand-offs than four thousand million")
    }

    /// Charges the window to whoever owned the node's ticket, owner by owner.
    fn own(
        &mut self,
        node: usize,
        hop: u32,
        (mut from, to): (Timestamp, Timestamp),
        because: Because,
        late: Option<LateAsk>,
    ) {
        let chain = self.chain;
        let owners = &chain.nodes[node].owners;
        let mut next = owners.partition_point(|owner| owner.from <= from).max(1);
        while from < to {
            let owner = &owners[next - 1];
            let until = owners.get(next).map_or(to, |following| following.from.min(to));
            let holder =
                Holder::Unit { unit: owner.unit, person: owner.person, queued: owner.person.is_none() };
            if from < until {
                self.push(hop, (from, until), holder, because, late);
            }
            (from, next) = (until, next + 1);
        }
    }

    fn wait(&mut self, hop: u32, window: (Timestamp, Timestamp), wait: &Piece) {
        let holder = match wait.on {
            WaitFor::Requester => Holder::Requester,
            WaitFor::Supplier(organisation) => Holder::Supplier(organisation),
            WaitFor::Agreed => Holder::Agreed,
            WaitFor::Handoff(_) => unreachable!("a hand-off has a line, or the chain is refused"),
        };
        self.push(hop, window, holder, Because::Waiting { wait: wait.id }, None);
    }

    fn push(
        &mut self,
        hop: u32,
        (from, to): (Timestamp, Timestamp),
        holder: Holder,
        because: Because,
        late: Option<LateAsk>,
    ) {
        let Hop { ticket, depth, .. } = self.hops[hop as usize];
        let charge = Charge { from, to, holder, ticket, depth, because, late, hop };
        match self.charges.last_mut() {
            Some(last) if *last == (Charge { from: last.from, to: from, ..charge }) => {
                last.to = to;
            }
            _ => self.charges.push(charge),
        }
    }
}
