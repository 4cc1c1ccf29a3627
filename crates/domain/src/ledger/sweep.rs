//! The ledger a second time, minute by minute and straight from the text, to hold the first against.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use proptest::prelude::{Strategy, any};

use super::{Because, Holder, LateAsk, Line, OwnerSpan, Wait, WaitFor};
use crate::id::{OrganisationId, PersonId, TicketId, UnitId};

/// A minute as an instant.
pub(super) fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(minute * 60).unwrap()
}

/// A ticket on small whole minutes; hand-offs point at later positions only.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) lives: Vec<(i64, i64)>,
    owners: Vec<(i64, i64)>,
    waits: Vec<(i64, i64, i64, WaitFor)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Minute {
    pub(super) holder: Holder,
    pub(super) ticket: TicketId,
    pub(super) depth: u16,
    pub(super) because: Because,
    pub(super) late: Option<LateAsk>,
}

/// One to five tickets with reopenings, owner changes, parallel and nested waits.
pub(super) fn chains() -> impl Strategy<Value = Vec<Facts>> {
    proptest::collection::vec(any::<u8>(), 0..180).prop_map(|bytes| {
        let mut tape = bytes.into_iter().map(i64::from).chain(std::iter::repeat(1));
        let mut draw = |below: i64| tape.next().unwrap() % below;
        let tickets = 1 + draw(5);
        (0..tickets).map(|ticket| facts(ticket, tickets, &mut draw)).collect()
    })
}

fn facts(ticket: i64, tickets: i64, draw: &mut impl FnMut(i64) -> i64) -> Facts {
    let mut lives = Vec::new();
    let mut t = draw(6);
    for _ in 0..1 + draw(5) / 2 {
        let ended = t + 1 + draw(16);
        lives.push((t, ended));
        t = ended + draw(4);
    }
    let mut owners = vec![(draw(4), 0)];
    for unit in 1..1 + draw(4) {
        owners.push((owners[owners.len() - 1].0 + draw(9), unit));
    }
    let mut waits = Vec::new();
    for id in 0..draw(8) {
        let from = draw(26);
        let to = from + draw(14);
        let on = match draw(8) {
            0 => WaitFor::Requester,
            1 => WaitFor::Agreed,
            2 => WaitFor::Supplier(OrganisationId(7)),
            other if ticket + 1 < tickets => {
                WaitFor::Handoff(TicketId(ticket + 1 + other % (tickets - ticket - 1)))
            }
            other => WaitFor::Supplier(OrganisationId(other)),
        };
        waits.push((id, from, to, on));
    }
    Facts { lives, owners, waits }
}

/// The same facts as the ledger takes them.
pub(super) fn lines(chain: &[Facts]) -> HashMap<TicketId, Line> {
    chain.iter().zip(0..).map(|(facts, ticket)| (TicketId(ticket), line(facts, ticket))).collect()
}

fn line(facts: &Facts, ticket: i64) -> Line {
    let ends = facts.owners.iter().skip(1).map(|owner| owner.0).chain([1_000]);
    let owners = facts.owners.iter().zip(ends).map(|(&(from, unit), to)| OwnerSpan {
        from: at(from),
        to: at(to),
        unit: UnitId(100 * ticket + unit),
        person: taken_by(unit),
    });
    let waits = facts.waits.iter().map(|&(id, from, to, on)| Wait {
        id,
        from: at(from),
        to: at(to),
        open: false,
        on,
    });
    Line {
        ticket: TicketId(ticket),
        lives: facts.lives.iter().map(|life| (at(life.0), at(life.1))).collect(),
        provisional: false,
        owners: owners.collect(),
        waits: waits.collect(),
    }
}

fn taken_by(unit: i64) -> Option<PersonId> {
    (unit % 2 == 0).then_some(PersonId(unit))
}

/// Who is charged for each minute of the ticket's lives.
pub(super) fn minutes(chain: &[Facts], ticket: i64) -> BTreeMap<i64, Minute> {
    let facts = &chain[usize::try_from(ticket).unwrap()];
    let mut found = BTreeMap::new();
    for &(opened, ended) in &facts.lives {
        let waits = inside(facts, opened, ended);
        let mut on: Option<(i64, i64, i64, WaitFor)> = None;
        let mut asked = None;
        for minute in (opened..ended).rev() {
            if on.is_none_or(|wait| wait.1 > minute) {
                let ending = waits.iter().filter(|wait| wait.2 == minute + 1);
                on = ending.min_by_key(|wait| (wait.1, wait.0)).copied();
                asked = on.map(|wait| wait.0).or(asked);
            }
            let one = match on {
                Some(wait) => waiting(chain, ticket, wait, minute),
                None => {
                    let running = waits.iter().filter(|w| w.1 <= minute && minute < w.2);
                    let running = running.min_by_key(|w| (w.1, Reverse(w.2), w.0));
                    let late = running.map(|w| LateAsk { asked: asked.unwrap(), running: w.0 });
                    Minute { late, ..own(facts, ticket, minute, Because::Own) }
                }
            };
            found.insert(minute, one);
        }
    }
    found
}

fn waiting(chain: &[Facts], ticket: i64, wait: (i64, i64, i64, WaitFor), minute: i64) -> Minute {
    let because = Because::Waiting { wait: wait.0 };
    let facts = &chain[usize::try_from(ticket).unwrap()];
    let holder = match wait.3 {
        WaitFor::Requester => Holder::Requester,
        WaitFor::Agreed => Holder::Agreed,
        WaitFor::Supplier(organisation) => Holder::Supplier(organisation),
        WaitFor::Handoff(child) => {
            return match minutes(chain, child.0).get(&minute) {
                Some(below) => Minute { depth: below.depth + 1, ..*below },
                None => own(facts, ticket, minute, Because::Accepting { wait: wait.0 }),
            };
        }
    };
    Minute { holder, ticket: TicketId(ticket), depth: 0, because, late: None }
}

fn own(facts: &Facts, ticket: i64, minute: i64, because: Because) -> Minute {
    let before = facts.owners.iter().rfind(|owner| owner.0 <= minute);
    let unit = before.unwrap_or(&facts.owners[0]).1;
    let person = taken_by(unit);
    let queued = person.is_none();
    let holder = Holder::Unit { unit: UnitId(100 * ticket + unit), person, queued };
    Minute { holder, ticket: TicketId(ticket), depth: 0, because, late: None }
}

/// The waits cut to a life, without the empty ones.
fn inside(facts: &Facts, opened: i64, ended: i64) -> Vec<(i64, i64, i64, WaitFor)> {
    let cut = facts.waits.iter().map(|w| (w.0, w.1.max(opened), w.2.min(ended), w.3));
    cut.filter(|wait| wait.1 < wait.2).collect()
}

/// The forward recomputation, asked about one instant at a time.
pub(super) struct Forward<'a> {
    pub(super) chain: &'a [Facts],
    /// Durations of the waits for a hand-off.
    pub(super) handoff: Option<(TicketId, i64)>,
    known: HashMap<(i64, i64), i64>,
}

impl<'a> Forward<'a> {
    pub(super) fn new(chain: &'a [Facts], handoff: Option<(TicketId, i64)>) -> Self {
        Forward { chain, handoff, known: HashMap::new() }
    }

    /// By how many minutes this instant of this ticket moves.
    pub(super) fn moved(&mut self, ticket: i64, instant: i64) -> i64 {
        if let Some(&known) = self.known.get(&(ticket, instant)) {
            return known;
        }
        let moved = self.computed(ticket, instant);
        self.known.insert((ticket, instant), moved);
        moved
    }

    fn computed(&mut self, ticket: i64, instant: i64) -> i64 {
        let lives = &self.chain[usize::try_from(ticket).unwrap()].lives;
        match lives.iter().rposition(|life| life.0 <= instant) {
            Some(life) => self.in_life(ticket, life, instant.min(lives[life].1)),
            None => 0,
        }
    }

    fn in_life(&mut self, ticket: i64, life: usize, instant: i64) -> i64 {
        let facts = &self.chain[usize::try_from(ticket).unwrap()];
        let mut over = inside(facts, facts.lives[life].0, facts.lives[life].1);
        over.retain(|wait| wait.2 <= instant);
        let Some(last) = over.iter().map(|wait| wait.2).max() else {
            return match life.checked_sub(1) {
                Some(before) => self.in_life(ticket, before, facts.lives[before].1),
                None => 0,
            };
        };
        let ends = over.into_iter().map(|w| w.2 + self.in_life(ticket, life, w.1) + self.grown(ticket, w));
        ends.max().unwrap() - last
    }

    fn grown(&mut self, ticket: i64, wait: (i64, i64, i64, WaitFor)) -> i64 {
        let WaitFor::Handoff(child) = wait.3 else {
            return 0;
        };
        let duration = wait.2 - wait.1;
        if let Some((changed, total)) = self.handoff
            && changed == child
        {
            return self.share(ticket, wait, total) - duration;
        }
        (self.moved(child.0, wait.2) - self.moved(child.0, wait.1)).max(-duration)
    }

    /// Earlier pieces keep their time as far as the total goes; the last takes the rest.
    fn share(&self, ticket: i64, wait: (i64, i64, i64, WaitFor), total: i64) -> i64 {
        let facts = &self.chain[usize::try_from(ticket).unwrap()];
        let mut pieces: Vec<_> = facts.lives.iter().flat_map(|life| inside(facts, life.0, life.1)).collect();
        pieces.retain(|piece| piece.3 == wait.3);
        pieces.sort_by_key(|piece| (piece.2, Reverse(piece.1), Reverse(piece.0)));
        let place = pieces.iter().position(|piece| *piece == wait).unwrap();
        let before: i64 = pieces[..place].iter().map(|piece| piece.2 - piece.1).sum();
        let rest = (total - before).max(0);
        if place + 1 == pieces.len() { rest } else { rest.min(wait.2 - wait.1) }
    }
}
