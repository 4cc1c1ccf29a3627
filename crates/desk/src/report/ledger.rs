//! Charge ledgers summed up: who held the time of many tickets, each minute of each ticket once.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::affiliation::Class;
use domain::agreement::Metric;
use domain::calendar::Calendar;
use domain::event::{Event, Fact};
use domain::id::{OrganisationId, TicketId, UnitId};
use domain::ledger::{self, Charge, Holder};
use domain::priority::Priority;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use store::catalogue::{Catalogue, Promised};
use store::report::Line;

use super::{Filter, Group, hours, service_name, unit_name};
use crate::DeskError;
use crate::act::Look;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Each unit, each supplier, the requesters, agreed dates.
    Holder,
    /// Units; what nobody of ours held is one row without a unit.
    Unit,
    /// The service of the ticket at the top of the chain.
    Service,
}

/// One holder, unit or service.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    #[serde(flatten)]
    pub group: Group,
    /// Tickets (tops of chains) of which some time is charged here; all tickets of a service.
    pub tickets: u64,
    #[serde(rename = "elapsed_hours", serialize_with = "as_hours")]
    pub elapsed: SignedDuration,
    /// Working time in the calendar of each ticket's resolution promise; `None` where no ticket has one.
    #[serde(rename = "working_hours", serialize_with = "as_optional_hours")]
    pub working: Option<SignedDuration>,
    /// Of `tickets`, those without a resolution promise: they are not part of the working time.
    pub without_promise: u64,
}

/// The rows and what they sum to.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub rows: Vec<Row>,
    /// Tickets whose ledgers were summed.
    pub tickets: u64,
    /// The time from opening to solution of all of them; exactly the sum of the rows.
    pub elapsed: SignedDuration,
    /// Tickets whose ledger could not be made, with the reason.
    pub failed: Vec<(TicketId, String)>,
}

/// Sums the ledgers of solved tickets that are no hand-offs themselves: of one class of requesters, or of all.
pub fn run(look: &mut Look, filter: &Filter, by: By, class: Option<Class>) -> Result<Report, DeskError> {
    super::must_know_source(look, filter)?;
    let mut tops: HashMap<TicketId, Line> = HashMap::new();
    store::report::tickets(look.tx, filter, |line| {
        let counts = line.root == line.id && line.solved_at.is_some();
        if counts && class.is_none_or(|class| class == line.class) {
            tops.insert(line.id, line);
        }
    })?;
    let suppliers: BTreeMap<OrganisationId, String> =
        store::report::organisations(look.tx)?.into_iter().collect();
    let mut sums = Sums::new(by, look);
    each_chain(look, &tops, |line, events| sums.add(line, events))?;
    Ok(sums.finish(look, &suppliers))
}

/// Hands the events of each ticket with all its hand-offs to `take`, reading the log once. Only
/// chains with hand-offs are kept in memory until they are complete.
fn each_chain(
    look: &mut Look,
    tops: &HashMap<TicketId, Line>,
    mut take: impl FnMut(&Line, &[Event]),
) -> Result<(), DeskError> {
    let top_of: HashMap<TicketId, TicketId> = store::report::chained(look.tx)?.into_iter().collect();
    let mut chains: HashMap<TicketId, Vec<(i64, Event)>> = HashMap::new();
    let mut alone: Vec<Event> = Vec::new();
    store::event::each_by_ticket(look.tx, |position, event| {
        if let Some(top) = top_of.get(&event.ticket) {
            if tops.contains_key(top) {
                chains.entry(*top).or_default().push((position, event));
            }
            return;
        }
        if alone.last().is_some_and(|last| last.ticket != event.ticket) {
            if let Some(line) = tops.get(&alone[0].ticket) {
                take(line, &alone);
            }
            alone.clear();
        }
        alone.push(event);
    })?;
    if let Some(line) = alone.first().and_then(|first| tops.get(&first.ticket)) {
        take(line, &alone);
    }
    for (top, mut chain) in chains {
        chain.sort_by_key(|(position, _)| *position);
        let events: Vec<Event> = chain.into_iter().map(|(_, event)| event).collect();
        take(&tops[&top], &events);
    }
    Ok(())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    Unit(UnitId),
    Supplier(OrganisationId),
    Requester,
    Agreed,
    Nobody,
    Service(i64),
}

#[derive(Default)]
struct Sum {
    tickets: u64,
    without_promise: u64,
    elapsed: SignedDuration,
    working: Option<SignedDuration>,
}

struct Sums {
    by: By,
    now: Timestamp,
    catalogue: std::sync::Arc<Catalogue>,
    sums: BTreeMap<Key, Sum>,
    tickets: u64,
    failed: Vec<(TicketId, String)>,
}

impl Sums {
    fn new(by: By, look: &Look) -> Self {
        let catalogue = std::sync::Arc::clone(&look.catalogue);
        Self { by, now: look.now, catalogue, sums: BTreeMap::new(), tickets: 0, failed: Vec::new() }
    }

    fn add(&mut self, line: &Line, events: &[Event]) {
        let lines = ledger::lines(events, self.now);
        let ledger = match ledger::charge(&lines, line.id) {
            Ok(ledger) => ledger,
            Err(cause) => {
                self.failed.push((line.id, cause.to_string()));
                return;
            }
        };
        self.tickets += 1;
        let catalogue = std::sync::Arc::clone(&self.catalogue);
        let renewed =
            events.iter().rev().find(|event| event.ticket == line.id && event.fact == Fact::Renewed);
        let calendar = calendar(&catalogue, line, renewed.map_or(line.opened_at, |event| event.at));
        let mut touched: HashSet<Key> = HashSet::new();
        if self.by == By::Service {
            // A ticket solved at the instant of its opening has no time to charge, but is one of the service's.
            let key = Key::Service(line.service.0);
            touched.insert(key);
            let sum = self.sums.entry(key).or_default();
            sum.tickets += 1;
            sum.without_promise += u64::from(calendar.is_none());
        }
        for charge in &ledger.charges {
            let key = self.key(line, charge);
            let first = touched.insert(key);
            let sum = self.sums.entry(key).or_default();
            sum.tickets += u64::from(first);
            sum.without_promise += u64::from(first && calendar.is_none());
            sum.elapsed += charge.elapsed();
            if let Some(calendar) = calendar {
                *sum.working.get_or_insert_default() += calendar.between(charge.from, charge.to);
            }
        }
    }

    fn key(&self, line: &Line, charge: &Charge) -> Key {
        match (self.by, charge.holder) {
            (By::Service, _) => Key::Service(line.service.0),
            (By::Holder | By::Unit, Holder::Unit { unit, .. }) => Key::Unit(unit),
            (By::Unit, Holder::Requester | Holder::Supplier(_) | Holder::Agreed) => Key::Nobody,
            (By::Holder, Holder::Requester) => Key::Requester,
            (By::Holder, Holder::Supplier(supplier)) => Key::Supplier(supplier),
            (By::Holder, Holder::Agreed) => Key::Agreed,
        }
    }

    fn finish(self, look: &Look, suppliers: &BTreeMap<OrganisationId, String>) -> Report {
        let elapsed = self.sums.values().map(|sum| sum.elapsed).sum();
        let by = self.by;
        let mut rows: Vec<Row> = self
            .sums
            .into_iter()
            .map(|(key, sum)| Row {
                group: group(look, by, key, suppliers),
                tickets: sum.tickets,
                elapsed: sum.elapsed,
                working: sum.working,
                without_promise: sum.without_promise,
            })
            .collect();
        rows.sort_by(|a, b| b.elapsed.cmp(&a.elapsed).then_with(|| a.group.cmp(&b.group)));
        Report { rows, tickets: self.tickets, elapsed, failed: self.failed }
    }
}

/// The calendar of the resolution promise made to the requester, else to the unit that asked.
fn calendar<'a>(catalogue: &'a Catalogue, line: &Line, promised_at: Timestamp) -> Option<&'a Calendar> {
    let promised = Promised {
        service: line.service,
        class: line.class,
        asking: None,
        priority: Priority::try_from(line.priority).ok()?,
        opened_at: promised_at,
    };
    let targets = catalogue.targets(&promised);
    let resolution = targets.iter().filter(|target| target.metric == Metric::Resolution);
    let target = resolution.min_by_key(|target| target.kind)?;
    catalogue.calendar_for(target.calendar, promised_at)
}

fn group(look: &Look, by: By, key: Key, suppliers: &BTreeMap<OrganisationId, String>) -> Group {
    let holder = match key {
        Key::Service(service) => {
            return Group::Service(service_name(look, domain::id::ServiceId(service)));
        }
        Key::Nobody => return Group::Unit(None),
        Key::Unit(unit) if by == By::Unit => return Group::Unit(Some(unit_name(look, unit))),
        Key::Unit(unit) => unit_name(look, unit),
        Key::Supplier(supplier) => {
            let name = suppliers.get(&supplier).map_or("unknown", String::as_str);
            format!("supplier: {name}")
        }
        Key::Requester => "requester".to_owned(),
        Key::Agreed => "agreed date".to_owned(),
    };
    Group::Holder(holder)
}

fn as_hours<S: serde::Serializer>(duration: &SignedDuration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_f64(hours(*duration))
}

fn as_optional_hours<S: serde::Serializer>(
    duration: &Option<SignedDuration>,
    to: S,
) -> Result<S::Ok, S::Error> {
    duration.map(hours).serialize(to)
}
