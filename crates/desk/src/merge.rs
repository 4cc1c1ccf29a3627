//! Two tickets about one matter become one to work on, and are taken apart again. Nothing is moved.

use domain::clock::Clock;
use domain::event::{Actor, Event, Fact};
use domain::id::{EventId, TicketId};
use domain::permission::Viewer;
use domain::service::Service;
use domain::ticket::Ticket;
use domain::ticket::merge::{self, Both};
use domain::ticket::rules::Refusal;
use jiff::Timestamp;
use store::Tx;
use store::access::{Granted, ReadInside, Seen, Serve};
use store::catalogue::Catalogue;

use crate::act::{Act, Look};
use crate::{DeskError, Problem, project};

/// A ticket with what decides whether it can be merged.
struct Side<'a> {
    ticket: Ticket,
    events: Vec<Event>,
    service: &'a Service,
    clocks: Vec<Clock>,
}

impl<'a> Side<'a> {
    fn read(tx: &mut Tx, catalogue: &'a Catalogue, id: TicketId) -> Result<Self, DeskError> {
        let events = store::event::of_ticket(tx, id)?;
        let ticket = Ticket::fold(id, &events).ok_or(DeskError::NotFound)?;
        let clocks = project::clocks(catalogue, &ticket, &events);
        let service = catalogue.service(ticket.service).ok_or(DeskError::NotFound)?;
        Ok(Self { ticket, events, service, clocks })
    }

    fn decides(&self) -> merge::Side<'_> {
        merge::Side { ticket: &self.ticket, service: self.service, clocks: &self.clocks }
    }

    /// Its clocks, had this happened to it now.
    fn with(&self, catalogue: &Catalogue, now: Timestamp, fact: &Fact) -> Vec<Clock> {
        let at = now.max(self.ticket.changed_at);
        let (id, actor) = (EventId(i64::MAX), Actor::Desk);
        let event = Event { id, at, actor, ticket: self.ticket.id, parent: None, fact: fact.clone() };
        let mut ticket = self.ticket.clone();
        ticket.apply(&event);
        let mut events = self.events.clone();
        events.push(event);
        project::clocks(catalogue, &ticket, &events)
    }
}

/// Whether the first ticket may go into the second one now, and if not, why.
pub fn may(look: &mut Look, from: TicketId, into: TicketId) -> Result<(), DeskError> {
    facts(look.tx, &look.catalogue, from, into, look.now).map(drop)
}

fn facts(
    tx: &mut Tx,
    catalogue: &Catalogue,
    from: TicketId,
    into: TicketId,
    now: Timestamp,
) -> Result<Both, DeskError> {
    let (from, into) = (Side::read(tx, catalogue, from)?, Side::read(tx, catalogue, into)?);
    let who = |person| catalogue.who_became(person).last().unwrap_or(person);
    let after = |fact: &Fact| into.with(catalogue, now, fact);
    let both = merge::merge(from.decides(), into.decides(), now, who, after)?;
    if store::mail::has_strangers(tx, from.ticket.id)? {
        return Err(Refusal::MergesUndecided.into());
    }
    Ok(both)
}

/// The first ticket goes into the second one; whoever does it serves both.
pub fn run(act: &mut Act, from: Granted<Serve>, into: Granted<Serve>) -> Result<(), DeskError> {
    let catalogue = std::sync::Arc::clone(&act.catalogue);
    let (here, there) = facts(act.tx, &catalogue, from.ticket, into.ticket, act.now)?;
    project::happen(act, from.ticket, |_, _| Ok(here))?;
    project::happen(act, into.ticket, |_, _| Ok(there))?;
    Ok(())
}

/// The first ticket goes into the one of that number. One that whoever does it does not serve is like one that
/// does not exist.
pub fn into(act: &mut Act, viewer: &Viewer, from: Granted<Serve>, number: i64) -> Result<i64, DeskError> {
    let into = store::access::by_number(act.tx, viewer, number, act.now)?.and_then(Seen::serve);
    let into = into.ok_or_else(|| DeskError::invalid("into", Problem::ChooseOne))?;
    run(act, from, into)?;
    Ok(into.number)
}

/// The ticket is taken out of whatever it was merged into.
pub fn apart(act: &mut Act, viewer: &Viewer, from: Granted<Serve>) -> Result<(), DeskError> {
    let events = store::event::of_ticket(act.tx, from.ticket)?;
    let into = Ticket::fold(from.ticket, &events).and_then(|ticket| ticket.merged_into);
    let into = into.ok_or(Refusal::NotMerged)?;
    let into = store::access::by_id(act.tx, viewer, into, act.now)?.and_then(Seen::read_inside);
    undo(act, from, into.ok_or(DeskError::NotAllowed)?)
}

/// Both are as if they had never been merged; what was said on the second one since stays there. The first one
/// is served again by whoever does it, the second one they can read.
pub fn undo(act: &mut Act, from: Granted<Serve>, into: Granted<ReadInside>) -> Result<(), DeskError> {
    let catalogue = std::sync::Arc::clone(&act.catalogue);
    let one = Side::read(act.tx, &catalogue, from.ticket)?;
    let other = Side::read(act.tx, &catalogue, into.ticket)?;
    let (here, there) = merge::unmerge((&one.ticket, &one.events), (&other.ticket, &other.events))?;
    project::never_was(act, from.ticket, here)?;
    project::never_was(act, into.ticket, there)
}
