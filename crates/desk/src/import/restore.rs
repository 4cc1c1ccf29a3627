//! Our own export becomes the same tickets again, with their ids where those are free.

mod links;
mod people;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::event::{Actor, Event};
use domain::id::{EventId, TicketId};
use store::imported;
use store::ticket::Whole;

use super::answers;
use super::batch::{Batch, RawRow, Row};
use super::{Outcome, Progress, Restore};
use crate::act::Desk;
use crate::eventlog::Reject;
use crate::eventlog::export::{ExportEvent, ExportTicket};
use crate::export::{EventPayload, Head, Id, each_id};
use crate::{DeskError, derive};
use people::Directory;

/// Writes the tickets of our own export. People, units and services keep their ids, or are those
/// of this desk that have the same id or, for units and services, the same name. Tickets keep their
/// numbers where nobody has them. A ticket whose id is here already is refused, unless it came from
/// an earlier import of the same file.
pub fn restore(
    desk: &Desk,
    restore: Restore,
    progress: &mut dyn FnMut(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Outcome, DeskError> {
    let Restore { source, tickets, rejects, dry_run } = restore;
    let mut outcome = Outcome { rejects, ..Outcome::default() };
    let of_cases = tickets.len() as u64;
    let read: Vec<Told> = tickets
        .into_iter()
        .filter_map(|ticket| Told::read(ticket).map_err(|reject| outcome.rejects.push(reject)).ok())
        .collect();
    let linked = links::linked(&read);
    let (fresh, mut here) = unknown(desk, &source, read, &mut outcome)?;
    let mut chains = chains(fresh, &mut outcome.rejects);
    here.extend(chains.iter().flatten().map(|ticket| ticket.head.id));
    links::leave_out_what_is_elsewhere(&mut chains, &here, &mut outcome.rejects);
    let (directory, created) = people::open(desk, &source, chains.iter().flatten(), dry_run)?;
    outcome.created = created;
    let catalogue = desk.look_now(|look| Ok(std::sync::Arc::clone(&look.catalogue)))?;
    let mut batch = Batch::of(&source, desk.clock.now());
    let mut seen = outcome.cases_known;
    let last = chains.len();
    for (place, chain) in chains.into_iter().enumerate() {
        seen += chain.len() as u64;
        add(&mut batch, &directory, &catalogue, chain);
        if batch.events_of_new() < EVENTS_A_BATCH && place + 1 < last {
            continue;
        }
        if cancelled() {
            outcome.cancelled = true;
            break;
        }
        let full = std::mem::replace(&mut batch, Batch::of(&source, desk.clock.now()));
        outcome.cases_new += full.cases_new();
        outcome.rows += full.rows();
        outcome.events += full.events_of_new();
        if !dry_run {
            desk.act_now(Actor::Import, move |act| full.write_new(act))?;
        }
        progress(Progress::Writing { cases: seen, of_cases, events: outcome.events });
    }
    if !dry_run {
        links::write(desk, &linked)?;
    }
    Ok(outcome)
}

const EVENTS_A_BATCH: u64 = 8_000;

/// A ticket as its file tells of it.
pub(super) struct Told {
    key: String,
    subject: String,
    head: Head,
    /// With the position each event had, and the row it came from.
    events: Vec<(EventId, jiff::Timestamp, EventPayload)>,
    fingerprint: [u8; 32],
}

impl Told {
    fn read(ticket: ExportTicket) -> Result<Self, Reject> {
        let ExportTicket { key, subject, payload, events, .. } = ticket;
        let refused = |reason: String| Reject { line: 0, reason, raw: key.clone().into_bytes() };
        let mut hasher = blake3::Hasher::new();
        let mut read = Vec::with_capacity(events.len());
        for event in &events {
            let text = event.payload.to_string();
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
            read.push(
                read_event(event).map_err(|cause| refused(format!("an event cannot be read: {cause}")))?,
            );
        }
        let head = Head::deserialize_from(payload)
            .map_err(|cause| refused(format!("the ticket cannot be read: {cause}")))?;
        let fingerprint = *hasher.finalize().as_bytes();
        Ok(Self { subject, head, events: read, fingerprint, key })
    }

    pub(super) fn head(&self) -> &Head {
        &self.head
    }

    pub(super) fn payloads(&self) -> impl Iterator<Item = &EventPayload> {
        self.events.iter().map(|(_, _, payload)| payload)
    }
}

fn read_event(event: &ExportEvent) -> Result<(EventId, jiff::Timestamp, EventPayload), String> {
    let id = event.id.parse().map_err(|_| format!("{:?} is no id of an event", event.id))?;
    let payload = serde_json::from_value(event.payload.clone()).map_err(|cause| cause.to_string())?;
    Ok((id, event.at, payload))
}

/// Those that are not here yet, and which came from this file before.
fn unknown(
    desk: &Desk,
    source: &str,
    told: Vec<Told>,
    outcome: &mut Outcome,
) -> Result<(Vec<Told>, BTreeSet<TicketId>), DeskError> {
    let ids: Vec<TicketId> = told.iter().map(|ticket| ticket.head.id).collect();
    let source = source.to_owned();
    let (known, here) = desk.look_now(move |look| {
        let mut here = BTreeSet::new();
        for id in ids {
            if store::export::number(look.tx, id)?.is_some() {
                here.insert(id);
            }
        }
        Ok((imported::cases(look.tx, &source)?, here))
    })?;
    let (mut fresh, mut before) = (Vec::new(), BTreeSet::new());
    for ticket in told {
        let reason = match known.get(&ticket.key) {
            Some(case) if case.fingerprint == ticket.fingerprint => {
                outcome.cases_known += 1;
                before.insert(ticket.head.id);
                continue;
            }
            Some(_) => "this ticket was imported before with other events; it was left as it is",
            None if here.contains(&ticket.head.id) => {
                "a ticket with this id is here already; it was left as it is"
            }
            None => {
                fresh.push(ticket);
                continue;
            }
        };
        outcome.rejects.push(Reject { line: 0, reason: reason.to_owned(), raw: ticket.key.into_bytes() });
    }
    Ok((fresh, before))
}

/// Tickets that block each other are written together. One whose blocked ticket is not in the file
/// cannot be placed, and with it all that it waits for.
fn chains(told: Vec<Told>, rejects: &mut Vec<Reject>) -> Vec<Vec<Told>> {
    let parent_of: HashMap<TicketId, Option<TicketId>> =
        told.iter().map(|ticket| (ticket.head.id, ticket.head.parent)).collect();
    let mut chains: BTreeMap<TicketId, Vec<Told>> = BTreeMap::new();
    for ticket in told {
        let mut root = Some(ticket.head.id);
        for _ in 0..=parent_of.len() {
            match root.and_then(|root| parent_of.get(&root)) {
                Some(None) => break,
                Some(Some(parent)) => root = Some(*parent),
                None => root = None,
            }
        }
        match root.filter(|root| parent_of.get(root) == Some(&None)) {
            Some(root) => chains.entry(root).or_default().push(ticket),
            None => rejects.push(Reject {
                line: 0,
                reason: "the ticket it blocks is not in this file; export both together".to_owned(),
                raw: ticket.key.into_bytes(),
            }),
        }
    }
    chains.into_values().collect()
}

fn add(batch: &mut Batch, directory: &Directory, catalogue: &store::catalogue::Catalogue, chain: Vec<Told>) {
    let mut subjects: HashMap<TicketId, String> = HashMap::new();
    let (mut events, mut answered) = (Vec::new(), HashMap::new());
    for told in chain {
        answered.insert(told.head.id, answers::told(catalogue, &told.head.answers));
        let case = imported::Case {
            ticket: told.head.id,
            rows: i64::try_from(told.events.len()).unwrap_or(i64::MAX),
            fingerprint: told.fingerprint,
            kept: told.head.kept,
        };
        batch.cases.push((told.key, case));
        subjects.insert(told.head.id, told.subject);
        for (id, at, payload) in told.events {
            let EventPayload { position, mut actor, parent, mut fact, raw, said: _ } = payload;
            each_id(&mut actor, &mut fact, &mut |id| match id {
                Id::Person(id) => *id = directory.person(*id),
                Id::Unit(id) => *id = directory.unit(*id),
                Id::Service(id) => *id = directory.service(*id),
                Id::Organisation(id) => *id = directory.organisation(*id),
            });
            let fact = told.head.with_status_of(catalogue, fact);
            events.push((position, Event { id, at, actor, ticket: told.head.id, parent, fact }, raw));
        }
    }
    events.sort_unstable_by_key(|(position, _, _)| *position);
    let plain: Vec<Event> = events.iter().map(|(_, event, _)| event.clone()).collect();
    for derived in derive::tickets(catalogue, &plain) {
        let (ticket, service) = (derived.placed.ticket.id, derived.placed.ticket.service);
        let subject = subjects.remove(&ticket).unwrap_or_default();
        batch.answer(ticket, service, answered.remove(&ticket).unwrap_or_default());
        let whole = Whole { placed: derived.placed, subject, people: derived.people, units: derived.units };
        batch.hold(whole, derived.clocks);
    }
    for (_, event, raw) in events {
        if let Some(raw) = raw {
            let event = batch.events.len();
            batch.raws.push(RawRow {
                event,
                line: raw.line,
                activity: raw.activity.into(),
                fields: raw.fields,
            });
        }
        batch.events.push(Row::of(event));
    }
}
