//! Folds every ticket again from its events and holds the result against what is stored.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::custody::{self, Custody, Holder};
use domain::event::{Actor, Event};
use domain::id::TicketId;
use domain::ledger::{self, Line};
use domain::link::{self, Link};
use jiff::{SignedDuration, Timestamp};
use store::Tx;
use store::catalogue::Catalogue;
use store::check::{self, Kept};
use store::clock::Stored;
use store::event::Subject;
use store::tally::{self, Sum, Tally};

use crate::DeskError;
use crate::act::Desk;
use crate::derive::{self, Derived};

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub tickets: u64,
    pub events: u64,
    /// The first of them.
    pub differences: Vec<Difference>,
    /// All of them.
    pub total: u64,
    /// Tickets whose rows were written again; none by a check.
    pub repaired: u64,
}

/// Something stored that does not follow from the events, or events that contradict themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// `None` where it is about the log of events or a sum.
    pub ticket: Option<TicketId>,
    pub number: Option<i64>,
    /// The column or thing.
    pub what: String,
    pub stored: String,
    pub expected: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub tickets: u64,
}

const KEPT_DIFFERENCES: usize = 50;
const TICKETS_A_RANGE: i64 = 1000;

/// Compares everything derived with the events it is derived from: ticket rows, clocks, the order of
/// work, people, chains of units, sums; that the chain of hashes is whole, that custody covers each
/// ticket's life to the microsecond, and that ledgers sum to it. Changes nothing.
pub fn check(desk: &Desk, mut progress: impl FnMut(Progress) + Send + 'static) -> Result<Report, DeskError> {
    desk.look_now(move |look| {
        let catalogue = std::sync::Arc::clone(&look.catalogue);
        let mut walk = Walk::new(&catalogue, look.now);
        store::event::verify(look.tx)?;
        walk.all(look.tx, &mut progress)?;
        Ok(walk.report)
    })
}

/// [`check`], and writes again what differs, in one transaction with one event that tells of it.
/// Events are never changed: what contradicts itself there stays and is reported.
pub fn repair(desk: &Desk, mut progress: impl FnMut(Progress) + Send + 'static) -> Result<Report, DeskError> {
    desk.act_now(Actor::Desk, move |act| {
        let catalogue = std::sync::Arc::clone(&act.catalogue);
        let mut walk = Walk::new(&catalogue, act.now);
        store::event::verify(act.tx)?;
        walk.all(act.tx, &mut progress)?;
        for derived in &walk.wrong {
            write(act.tx, derived)?;
        }
        if walk.sums_differ {
            check::clear_tallies(act.tx)?;
            for (sum, n) in &walk.sums {
                tally::add(act.tx, *sum, *n)?;
            }
        }
        let mut report = walk.report;
        report.repaired = walk.wrong.len() as u64;
        if report.repaired > 0 || walk.sums_differ {
            let payload = serde_json::json!({ "tickets": report.repaired, "differences": report.total });
            act.record_change(Subject::Desk, "repaired", &payload)?;
        }
        Ok(report)
    })
}

fn write(tx: &mut Tx, derived: &Derived) -> Result<(), DeskError> {
    store::ticket::update(tx, &derived.placed)?;
    let clocks: Vec<Stored> = derived.clocks.iter().map(Stored::from).collect();
    check::replace_beside(tx, &derived.placed, &clocks, &derived.people, &derived.units)?;
    let ticket = derived.placed.ticket.id;
    Ok(store::link::replace(tx, ticket, &link::of(ticket, &derived.events))?)
}

fn links(derived: &Derived) -> BTreeMap<TicketId, Link> {
    let links = link::of(derived.placed.ticket.id, &derived.events);
    links.into_iter().map(|linked| (linked.ticket, linked.link)).collect()
}

struct Walk<'a> {
    catalogue: &'a Catalogue,
    now: Timestamp,
    report: Report,
    sums: BTreeMap<Tally, i64>,
    sums_differ: bool,
    wrong: Vec<Derived>,
    chains: Chains,
}

impl<'a> Walk<'a> {
    fn new(catalogue: &'a Catalogue, now: Timestamp) -> Self {
        Self {
            catalogue,
            now,
            report: Report::default(),
            sums: BTreeMap::new(),
            sums_differ: false,
            wrong: Vec::new(),
            chains: Chains::default(),
        }
    }

    fn all(&mut self, tx: &mut Tx, progress: &mut dyn FnMut(Progress)) -> Result<(), DeskError> {
        self.chains = Chains::of(check::handoffs(tx)?);
        let mut last = TicketId(i64::MIN);
        loop {
            let range = check::after(tx, last, TICKETS_A_RANGE)?;
            let Some(until) = range.until else { break };
            last = until;
            self.report.events += range.events.len() as u64;
            self.range(range);
            progress(Progress { tickets: self.report.tickets });
        }
        for chain in self.chains.unfinished() {
            self.chain(chain);
        }
        self.compare_sums(&tally::all(tx)?);
        Ok(())
    }

    fn range(&mut self, range: check::Range) {
        let mut kept = range.kept;
        let mut events = range.events.into_iter().peekable();
        let mut complete: Vec<Chain> = Vec::new();
        while let Some((position, event)) = events.next() {
            let ticket = event.ticket;
            let mut own = vec![(position, event)];
            while let Some(next) = events.next_if(|(_, next)| next.ticket == ticket) {
                own.push(next);
            }
            let stored = kept.remove(&ticket).unwrap_or_default();
            complete.extend(self.chains.add(ticket, own, stored));
        }
        for (ticket, kept) in kept {
            self.differs(Some(ticket), None, "ticket", "a row", "no event that opens it");
            let _ = kept;
        }
        for chain in complete {
            self.chain(chain);
        }
    }

    fn chain(&mut self, mut chain: Chain) {
        chain.events.sort_unstable_by_key(|(position, _)| *position);
        let events: Vec<Event> = chain.events.into_iter().map(|(_, event)| event).collect();
        let derived = derive::tickets(self.catalogue, &events);
        self.lives(&derived);
        for one in derived {
            self.report.tickets += 1;
            for (sum, n) in tally::of(&one.placed.ticket, &one.clocks) {
                *self.sums.entry(sum).or_default() += n;
            }
            let stored = chain.kept.remove(&one.placed.ticket.id).unwrap_or_default();
            if self.compare(&one, &stored) {
                self.wrong.push(one);
            }
        }
        for ticket in chain.kept.into_keys() {
            self.differs(Some(ticket), None, "ticket", "events or a row", "an event that opens it");
        }
    }

    /// Whether anything stored about a ticket differs from what its events say.
    fn compare(&mut self, derived: &Derived, stored: &Kept) -> bool {
        let before = self.report.total;
        let id = Some(derived.placed.ticket.id);
        let number = Some(derived.placed.ticket.opening.number);
        let expected = check::expected(&derived.placed);
        if stored.cells.is_empty() {
            self.differs(id, number, "ticket", "no row", "a row");
            return false;
        }
        for ((column, stored), expected) in check::COLUMNS.iter().zip(&stored.cells).zip(&expected) {
            if stored != expected {
                self.differs(id, number, column, stored, expected);
            }
        }
        let mut clocks: Vec<Stored> = derived.clocks.iter().map(Stored::from).collect();
        clocks.sort_by_key(|clock| (clock.target, clock.stay));
        if clocks != stored.clocks {
            let different = clocks.iter().zip(&stored.clocks).find(|(fresh, kept)| fresh != kept);
            let (kept, fresh) = match different {
                Some((fresh, kept)) => (format!("{kept:?}"), format!("{fresh:?}")),
                None => (format!("{} clocks", stored.clocks.len()), format!("{} clocks", clocks.len())),
            };
            self.differs(id, number, "clock", &kept, &fresh);
        }
        if derived.people != stored.people {
            let (kept, fresh) = (format!("{:?}", stored.people), format!("{:?}", derived.people));
            self.differs(id, number, "people", &kept, &fresh);
        }
        if derived.units != stored.units {
            let (kept, fresh) = (format!("{:?}", stored.units), format!("{:?}", derived.units));
            self.differs(id, number, "units", &kept, &fresh);
        }
        let links = links(derived);
        if links != stored.links {
            self.differs(id, number, "links", &format!("{:?}", stored.links), &format!("{links:?}"));
        }
        self.report.total > before
    }

    /// Custody covers each life, and each ledger sums to it.
    fn lives(&mut self, derived: &[Derived]) {
        let custodies: Vec<Custody> = derived
            .iter()
            .filter_map(|one| custody::fold(one.placed.ticket.id, &one.events, self.now))
            .collect();
        let lines: BTreeMap<TicketId, Line> =
            custodies.iter().map(|custody| (custody.ticket, Line::from(custody))).collect();
        for (one, custody) in derived.iter().zip(&custodies) {
            let id = Some(custody.ticket);
            let number = Some(one.placed.ticket.opening.number);
            let life: SignedDuration = custody.lives.iter().map(|(from, to)| to.duration_since(*from)).sum();
            if let Some(gap) = uncovered(custody) {
                self.differs(id, number, "custody", &format!("not covered at {gap}"), "its whole life");
            }
            match ledger::charge(&lines, custody.ticket) {
                Ok(ledger) if ledger.elapsed() == life => {}
                Ok(ledger) => self.differs(id, number, "ledger", &ledger.elapsed(), &life),
                Err(error) => self.differs(id, number, "ledger", &error, &life),
            }
        }
    }

    fn compare_sums(&mut self, stored: &[Sum]) {
        let key = |(name, one, two, week, n): &Sum| ((name.clone(), *one, *two, *week), *n);
        let kept: BTreeMap<_, i64> = stored.iter().map(key).collect();
        let fresh: BTreeMap<_, i64> = self
            .sums
            .iter()
            .filter(|(_, n)| **n != 0)
            .map(|(sum, n)| {
                let (name, one, two, week) = tally::key(*sum);
                ((name.to_owned(), one, two, week), *n)
            })
            .collect();
        let names: BTreeSet<_> = kept.keys().chain(fresh.keys()).cloned().collect();
        for name in names {
            let (old, new) = (kept.get(&name).unwrap_or(&0), fresh.get(&name).unwrap_or(&0));
            if old != new {
                self.sums_differ = true;
                self.differs(None, None, &format!("sum {name:?}"), old, new);
            }
        }
    }

    fn differs(
        &mut self,
        ticket: Option<TicketId>,
        number: Option<i64>,
        what: &str,
        stored: &(impl ToString + ?Sized),
        expected: &(impl ToString + ?Sized),
    ) {
        self.report.total += 1;
        if self.report.differences.len() < KEPT_DIFFERENCES {
            let (stored, expected) = (stored.to_string(), expected.to_string());
            let what = what.to_owned();
            self.report.differences.push(Difference { ticket, number, what, stored, expected });
        }
    }
}

/// The first instant of a life that no segment of custody covers, or that two cover.
fn uncovered(custody: &Custody) -> Option<Timestamp> {
    let mut segments =
        custody.segments.iter().filter(|segment| segment.holder != Holder::Administrative).peekable();
    for (from, to) in joined(&custody.lives) {
        let mut covered_to = from;
        while let Some(segment) = segments.next_if(|segment| segment.from < to) {
            if segment.from != covered_to {
                return Some(covered_to);
            }
            covered_to = segment.to;
        }
        if covered_to != to {
            return Some(covered_to);
        }
    }
    segments.next().map(|segment| segment.from)
}

/// Solved and reopened within one instant, two lives have no time between them.
fn joined(lives: &[(Timestamp, Timestamp)]) -> Vec<(Timestamp, Timestamp)> {
    let mut joined: Vec<(Timestamp, Timestamp)> = Vec::new();
    for (from, to) in lives.iter().copied().filter(|(from, to)| from < to) {
        match joined.last_mut() {
            Some(last) if last.1 == from => last.1 = to,
            Some(_) | None => joined.push((from, to)),
        }
    }
    joined
}

/// Tickets that block each other are looked at together; their events may lie far apart.
#[derive(Default)]
struct Chains {
    root_of: HashMap<TicketId, TicketId>,
    missing: HashMap<TicketId, usize>,
    begun: HashMap<TicketId, Chain>,
}

#[derive(Default)]
struct Chain {
    events: Vec<(i64, Event)>,
    kept: BTreeMap<TicketId, Kept>,
}

impl Chains {
    fn of(handoffs: Vec<(TicketId, TicketId)>) -> Self {
        let parent_of: HashMap<TicketId, TicketId> = handoffs.into_iter().collect();
        let members: BTreeSet<TicketId> =
            parent_of.iter().flat_map(|(child, parent)| [*child, *parent]).collect();
        let mut chains = Self::default();
        for member in members {
            let mut root = member;
            // No chain is deeper than there are hand-offs; damaged events must not turn in a circle.
            for _ in 0..=parent_of.len() {
                match parent_of.get(&root) {
                    Some(parent) => root = *parent,
                    None => break,
                }
            }
            chains.root_of.insert(member, root);
            *chains.missing.entry(root).or_default() += 1;
        }
        chains
    }

    /// The chain, when this was the last of its tickets.
    fn add(&mut self, ticket: TicketId, events: Vec<(i64, Event)>, kept: Kept) -> Option<Chain> {
        let Some(root) = self.root_of.get(&ticket).copied() else {
            return Some(Chain { events, kept: BTreeMap::from([(ticket, kept)]) });
        };
        let chain = self.begun.entry(root).or_default();
        chain.events.extend(events);
        chain.kept.insert(ticket, kept);
        let missing = self.missing.get_mut(&root)?;
        *missing -= 1;
        if *missing == 0 { self.begun.remove(&root) } else { None }
    }

    fn unfinished(&mut self) -> Vec<Chain> {
        std::mem::take(&mut self.begun).into_values().collect()
    }
}
