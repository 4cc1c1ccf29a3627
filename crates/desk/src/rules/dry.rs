//! A dry run: what a rule would have seen on past tickets, read from their events; nothing is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::event::{Event, Fact};
use domain::filter::Facts;
use domain::filter::facts::Somebody;
use domain::id::{PersonId, TicketId};
use domain::permission::Viewer;
use domain::rule::{Condition, Happening, Instants, Phrases, Texts, When, fires_at, waits_since};
use domain::ticket::Ticket;
use jiff::{SignedDuration, Timestamp};

use super::compiled;
use super::set_up::Input;
use super::timers::hours;
use crate::act::Look;
use crate::{DeskError, project};

/// Tickets that are looked at, the latest first.
pub const TICKETS: i64 = 1_000;
/// How far back.
pub const DAYS: i64 = 30;
/// Matches that are listed; the rest is counted.
const LISTED: usize = 50;

/// What a rule would have done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dry {
    /// Tickets of the viewer that were looked at.
    pub tickets: usize,
    /// How often the rule would have looked at one.
    pub looked: usize,
    /// How often it would have acted.
    pub matched: usize,
    /// The latest tickets on which, with when.
    pub listed: Vec<Match>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    pub number: i64,
    pub subject: String,
    pub at: Timestamp,
}

/// Holds a rule, saved or not, against what happened on tickets that the viewer may read from the inside.
pub fn run(look: &mut Look, viewer: &Viewer, input: &Input) -> Result<Dry, DeskError> {
    let catalogue = Arc::clone(&look.catalogue);
    let names = compiled::Names::of(&catalogue);
    let mut people = BTreeMap::new();
    let mut dry = Dry::default();
    let since = look.now - SignedDuration::from_hours(24 * DAYS);
    for ticket in store::rule::latest(look.tx, since, TICKETS)? {
        let seen = store::access::by_id(look.tx, viewer, ticket, look.now)?;
        if seen.and_then(store::access::Seen::read_inside).is_none() {
            continue;
        }
        dry.tickets += 1;
        let Some(past) = Past::read(look, ticket, &mut people)? else { continue };
        let subject = store::rule::subject(look.tx, ticket)?;
        for (at, facts, message) in past.looks(&catalogue, input, look.now) {
            if input.unit.is_some_and(|unit| unit != facts.unit) {
                continue;
            }
            dry.looked += 1;
            // A filter that speaks of time speaks of the time at which the rule looks.
            let read = names.read(&input.filter, at);
            let (_, test) = read.map_err(|faults| crate::views::problem(&input.filter, &faults))?;
            let condition = Condition { test, phrases: Phrases::parse(&input.phrases) };
            let said = match message.filter(|_| !condition.phrases.is_empty()) {
                Some(message) => store::rule::said(look.tx, message)?,
                None => String::new(),
            };
            if condition.holds(&facts, &Texts::of([subject.as_str(), said.as_str()])) {
                dry.matched += 1;
                if dry.listed.len() < LISTED {
                    dry.listed.push(Match { number: facts.number, subject: subject.clone(), at });
                }
            }
        }
    }
    Ok(dry)
}

/// A ticket with its events, and what never changes on it.
struct Past<'a> {
    id: TicketId,
    events: Vec<Event>,
    now: Facts,
    people: &'a BTreeMap<PersonId, Somebody>,
}

type Looked = (Timestamp, Facts, Option<domain::id::MessageId>);

impl<'a> Past<'a> {
    fn read(
        look: &mut Look,
        id: TicketId,
        people: &'a mut BTreeMap<PersonId, Somebody>,
    ) -> Result<Option<Self>, DeskError> {
        let Some(now) = store::filtered::facts(look.tx, id)? else { return Ok(None) };
        let events = store::event::of_ticket(look.tx, id)?;
        for event in &events {
            if let Fact::Assigned { person: Some(person) } | Fact::Transferred { person: Some(person), .. } =
                &event.fact
                && !people.contains_key(person)
                && let Some(found) = store::person::by_id(look.tx, *person)?
            {
                let somebody = Somebody { id: *person, name: found.name, address: found.email };
                people.insert(*person, somebody);
            }
        }
        Ok(Some(Self { id, events, now, people }))
    }

    /// When the rule would have looked, and what the ticket was then.
    fn looks(&self, catalogue: &store::catalogue::Catalogue, input: &Input, now: Timestamp) -> Vec<Looked> {
        let mut looks = Vec::new();
        let mut begun: Option<Timestamp> = None;
        for (last, event) in self.events.iter().enumerate() {
            let events = &self.events[..=last];
            let Some((ticket, facts)) = self.then(catalogue, events) else { continue };
            match input.when {
                When::Happens(happening) => {
                    let own = event.ticket == self.id;
                    if own && Happening::of(&event.fact, event.parent.is_some()) == Some(happening) {
                        looks.push((event.at, facts, message(&event.fact)));
                    }
                }
                When::Passes { since, by, working } => {
                    let instants = Instants::of(&facts, waits_since(&ticket, events));
                    let Some(anchor) = instants.anchor(since) else {
                        begun = None;
                        continue;
                    };
                    let hours = if working { hours(catalogue, facts.unit) } else { None };
                    let at = fires_at(since, anchor, by, hours).max(event.at);
                    let until = self.events.get(last + 1).map_or(now, |next| next.at);
                    if begun != Some(anchor) && at < until {
                        begun = Some(anchor);
                        looks.push((at, facts, None));
                    }
                }
            }
        }
        looks
    }

    /// The ticket as the first of its events left it.
    fn then(&self, catalogue: &store::catalogue::Catalogue, events: &[Event]) -> Option<(Ticket, Facts)> {
        let ticket = Ticket::fold(self.id, events)?;
        let clocks = project::clocks(catalogue, &ticket, events);
        let facts = Facts {
            state: ticket.state,
            unit: ticket.unit,
            holder: ticket.person.and_then(|person| self.people.get(&person).cloned()),
            service: ticket.service,
            priority: ticket.priority,
            due_at: domain::order::promise(&clocks).map(|promise| promise.due_at),
            changed_at: ticket.changed_at,
            solved_at: ticket.solved_at,
            unanswered_since: ticket.unanswered_since,
            waiting: ticket.waiting,
            handoffs_open: u32::try_from(ticket.handoffs.len()).unwrap_or(u32::MAX),
            escalated: ticket.escalated,
            reopened: ticket.reopened > 0,
            rating: ticket.rating,
            status: ticket.status.map(|stands| stands.id),
            snoozed: ticket.snoozed_until.is_some(),
            merged: ticket.merged_into.is_some(),
            bounced: ticket.is_bounced(),
            ..self.now.clone()
        };
        Some((ticket, facts))
    }
}

const fn message(fact: &Fact) -> Option<domain::id::MessageId> {
    match fact {
        Fact::Opened(opening) | Fact::Asked(opening) => opening.message,
        Fact::Replied { message, .. } => Some(*message),
        Fact::Solved { message, .. } => *message,
        _ => None,
    }
}
