//! Writes tickets as event logs: CSV, XES or OCEL 2.0 JSON, ticket by ticket.
//!
//! A file carries what events carry: who did what when, with the names of people, units and services
//! and with the raw fields of imported rows. The texts of messages, notes and reasons are written when
//! they are asked for; agreements are left out, whose clocks can be made again from the events.

mod beside;
mod head;
mod said;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write;
use std::sync::mpsc::{SyncSender, sync_channel};

use domain::custom::Value;
use domain::event::{Actor, Detail, Event, Fact};
use domain::id::{OrganisationId, PersonId, StatusId, TicketId, UnitId};
use domain::link::{self, Linked};
use domain::ticket::Ticket;
use store::catalogue::Catalogue;
use store::export::Texts;
use store::imported::Raw;

use crate::act::{Desk, Look};
use crate::eventlog::export::{ExportEvent, ExportTicket, Relation};
use crate::eventlog::{self, Format};
use crate::{DeskError, Problem};

pub(crate) use head::{Actors, EventPayload, Head, Id, NamedPerson, RawFields, Service, each_id};
pub(crate) use said::Said;

/// Which tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    #[default]
    All,
    /// These, with the hand-offs below them and the tickets they block left out unless named.
    These(BTreeSet<TicketId>),
}

/// Whether what was said goes into the file. Importers of ours pass over it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Words {
    #[default]
    LeftOut,
    /// Messages, notes and reasons, of confidential tickets too; each says who may read it.
    Written,
}

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Log(#[from] eventlog::Error),
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// Writes the chosen tickets, in the order of their ids; gives how many events. Only for those who
/// may read everything: nothing is held back for a viewer.
pub fn run(
    desk: &Desk,
    format: Format,
    choice: Choice,
    words: Words,
    output: impl Write,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, ExportError> {
    let (ready, tickets) = sync_channel(64);
    std::thread::scope(|scope| {
        let reading = scope.spawn(move || desk.look_now(move |look| read(look, &choice, words, &ready)));
        let mut count = 0;
        let tickets = tickets.into_iter().inspect(|_| {
            count += 1;
            progress(count);
        });
        let written = match format {
            Format::Csv => eventlog::csv::write(output, tickets),
            Format::Xes => eventlog::xes::write(output, tickets),
            Format::Ocel => eventlog::ocel::write(output, tickets),
        };
        // A writer that stopped early has let the reader go; one that ran dry may owe it to an error.
        let read = reading.join().map_err(|_| DeskError::Conflict(Problem::ReadingFailed))?;
        let events = written?;
        read?;
        Ok(events)
    })
}

const TICKETS_A_PAGE: i64 = 500;

fn read(
    look: &mut Look,
    choice: &Choice,
    words: Words,
    ready: &SyncSender<ExportTicket>,
) -> Result<(), DeskError> {
    let mut names = Names::default();
    let mut last = TicketId(i64::MIN);
    loop {
        let page = store::export::after(look.tx, last, TICKETS_A_PAGE)?;
        let Some(until) = page.until else { return Ok(()) };
        let mut texts = match words {
            Words::LeftOut => Texts::default(),
            Words::Written => store::export::texts(look.tx, last, until)?,
        };
        last = until;
        let mut raws: HashMap<i64, Raw> = page.raws.into_iter().map(|raw| (raw.position, raw)).collect();
        let mut events: BTreeMap<TicketId, Vec<(i64, Event)>> = BTreeMap::new();
        for (position, event) in page.events {
            events.entry(event.ticket).or_default().push((position, event));
        }
        for (ticket, subject) in page.subjects {
            let wanted = match choice {
                Choice::All => true,
                Choice::These(these) => these.contains(&ticket),
            };
            let Some(events) = events.remove(&ticket).filter(|_| wanted) else { continue };
            let one = names.ticket(look, ticket, subject, &events, &mut raws, &mut texts)?;
            if let Some(one) = one
                && ready.send(one).is_err()
            {
                return Ok(());
            }
        }
    }
}

/// People are looked up once.
#[derive(Default)]
struct Names {
    people: HashMap<PersonId, NamedPerson>,
    organisations: HashMap<i64, String>,
}

impl Names {
    fn ticket(
        &mut self,
        look: &mut Look,
        id: TicketId,
        subject: String,
        events: &[(i64, Event)],
        raws: &mut HashMap<i64, Raw>,
        texts: &mut Texts,
    ) -> Result<Option<ExportTicket>, DeskError> {
        let own: Vec<Event> = events.iter().map(|(_, event)| event.clone()).collect();
        let Some(ticket) = Ticket::fold(id, &own) else { return Ok(None) };
        let head = self.head(look, &ticket, &own)?;
        let parent = match ticket.parent {
            Some(parent) => store::export::number(look.tx, parent)?,
            None => None,
        };
        let mut unit = ticket.opening.unit;
        let mut rows = Vec::with_capacity(events.len());
        for (position, event) in events {
            unit = event.fact.owner().unwrap_or(unit);
            let said = said::with(&event.fact, texts);
            let mut row = self.event(look, (*position, event), unit, parent, raws.remove(position), said);
            row.relations.extend(linked(look, link::other(&event.fact))?);
            rows.push(row);
        }
        let service = look.catalogue.services.get(&ticket.service).map(|offer| offer.name.clone());
        let mut relations = vec![relation("unit", look.catalogue.unit_name(ticket.unit), "owner")];
        relations.extend(parent.map(|parent| relation("ticket", &parent.to_string(), "blocks")));
        for end in link::of(id, &own) {
            relations.extend(linked(look, Some(end))?);
        }
        Ok(Some(ExportTicket {
            key: ticket.opening.number.to_string(),
            opened_at: ticket.opened_at,
            subject,
            requester: self.people.get(&ticket.requester()).map(|person| person.name.clone()),
            service,
            priority: Some(ticket.priority.number()),
            payload: serde_json::to_value(head).expect("a head has string keys only"),
            relations,
            events: rows,
        }))
    }

    /// Everything the ticket's events name, so that each ticket of a file stands for itself.
    fn head(&mut self, look: &mut Look, ticket: &Ticket, events: &[Event]) -> Result<Head, DeskError> {
        let mut actors = Actors::default();
        for event in events {
            actors.note(event);
        }
        let catalogue = std::sync::Arc::clone(&look.catalogue);
        // Services name units too.
        let services: Vec<_> = actors
            .services
            .iter()
            .filter_map(|id| catalogue.services.get(id))
            .map(head::Service::of)
            .collect();
        actors.units.extend(services.iter().map(|service| service.unit));
        let units = actors.units.iter().map(|id| (*id, catalogue.unit_name(*id).to_owned())).collect();
        let mut people = Vec::new();
        for id in actors.people {
            if !self.people.contains_key(&id)
                && let Some(person) = store::person::by_id(look.tx, id)?
            {
                self.people.insert(id, NamedPerson { id, name: person.name, class: person.class });
            }
            people.extend(self.people.get(&id).cloned());
        }
        let mut organisations = Vec::new();
        for id in actors.organisations {
            if !self.organisations.contains_key(&id.0)
                && let Some(organisation) = store::organisation::by_id(look.tx, id)?
            {
                self.organisations.insert(id.0, organisation.name);
            }
            organisations.extend(self.organisations.get(&id.0).map(|name| (id, name.clone())));
        }
        let kept = store::imported::kept(look.tx, ticket.id)?;
        let answers = self.answers(look, ticket.id)?;
        let spent = beside::spent(look, ticket.id, events)?;
        let checklist = beside::checklist(look, ticket.id, events)?;
        let statuses = statuses(&catalogue, events);
        let (id, parent) = (ticket.id, ticket.parent);
        Ok(Head {
            id,
            parent,
            people,
            units,
            services,
            organisations,
            kept,
            answers,
            spent,
            statuses,
            checklist,
        })
    }

    /// People and organisations by their names, so that a file stands for itself.
    fn answers(&self, look: &mut Look, ticket: TicketId) -> Result<BTreeMap<String, Vec<String>>, DeskError> {
        let catalogue = std::sync::Arc::clone(&look.catalogue);
        let answers = store::custom::of(look.tx, ticket.0, &catalogue.customs)?;
        let names = store::custom::names(look.tx, &answers)?;
        let called = |id: &i64| names.get(id).map(|(name, _)| name.clone()).into_iter().collect();
        let written = |custom: &domain::custom::Custom| {
            let written = match answers.get(&custom.id)? {
                Value::Person(PersonId(id)) | Value::Organisation(OrganisationId(id)) => called(id),
                value => value.written(custom),
            };
            Some((custom.key.clone(), written))
        };
        Ok(catalogue.customs.iter().filter_map(written).collect())
    }

    fn event(
        &self,
        look: &Look,
        (position, event): (i64, &Event),
        unit: UnitId,
        parent: Option<i64>,
        raw: Option<Raw>,
        said: Vec<Said>,
    ) -> ExportEvent {
        let actor = match event.actor {
            Actor::Person(person) => self.people.get(&person).map(|person| person.name.clone()),
            Actor::Desk | Actor::Import => None,
        };
        let raw = raw.map(|Raw { line, activity, fields, .. }| RawFields { line, activity, fields });
        let payload = EventPayload {
            position,
            actor: event.actor,
            parent: event.parent,
            fact: event.fact.clone(),
            raw,
            said,
        };
        let unit_name = look.catalogue.unit_name(unit).to_owned();
        let mut relations = vec![relation("unit", &unit_name, "owner")];
        relations.extend(actor.iter().map(|name| relation("person", name, "actor")));
        if matches!(event.fact, Fact::Asked(_) | Fact::Closed { .. }) {
            relations.extend(parent.map(|parent| relation("ticket", &parent.to_string(), "blocks")));
        }
        let status = status(&event.fact).and_then(|id| look.catalogue.status(id));
        relations.extend(status.map(|status| relation("status", &status.name, "set")));
        if let Fact::MergedInto { ticket } | Fact::TookIn { ticket, .. } = &event.fact {
            let qualifier =
                if matches!(event.fact, Fact::TookIn { .. }) { "merged from" } else { "merged into" };
            relations.push(relation("ticket", &ticket.to_string(), qualifier));
        }
        ExportEvent {
            id: event.id.0.to_string(),
            at: event.at,
            kind: words(event).to_owned(),
            actor,
            unit: Some(unit_name),
            payload: serde_json::to_value(payload).expect("an event has string keys only"),
            relations,
        }
    }
}

/// What the statuses are called that some events name.
fn statuses(catalogue: &Catalogue, events: &[Event]) -> Vec<(StatusId, String)> {
    let named = events.iter().filter_map(|event| status(&event.fact)).collect::<BTreeSet<_>>();
    named.into_iter().filter_map(|id| Some((id, catalogue.status(id)?.name.clone()))).collect()
}

const fn status(fact: &Fact) -> Option<StatusId> {
    match fact {
        Fact::Detailed(Detail::StatusSet { stands, .. }) => Some(stands.id),
        _ => None,
    }
}

fn relation(kind: &str, id: &str, qualifier: &str) -> Relation {
    Relation { kind: kind.to_owned(), id: id.to_owned(), qualifier: qualifier.to_owned() }
}

/// The ticket at the other end of a link, while it is here.
fn linked(look: &mut Look, end: Option<Linked>) -> Result<Option<Relation>, DeskError> {
    let Some(Linked { link, ticket, .. }) = end else { return Ok(None) };
    let number = store::export::number(look.tx, ticket)?;
    Ok(number.map(|number| relation("ticket", &number.to_string(), link.as_str())))
}

/// What happened, for people and for programs that mine processes.
fn words(event: &Event) -> &'static str {
    let is_handoff = event.parent.is_some();
    match (&event.fact, is_handoff) {
        (Fact::Asked(_), _) => "handoff asked",
        (Fact::Solved { .. }, true) => "handoff delivered",
        (Fact::Reopened { .. }, true) => "handoff returned",
        (Fact::Closed { how: domain::event::Closing::Withdrawn, .. }, true) => "handoff withdrawn",
        (Fact::Closed { .. }, true) => "handoff accepted",
        (Fact::WaitStarted { .. }, _) => "wait started",
        (Fact::WaitEnded, _) => "wait ended",
        (Fact::Detailed(Detail::Linked { .. }), _) => "linked",
        (Fact::Detailed(Detail::MacroRan { .. }), _) => "macro run",
        (Fact::Detailed(Detail::Told { .. }), _) => "told to look",
        (Fact::Detailed(Detail::SentAgain { .. }), _) => "mail sent again",
        (Fact::Bounced { given_up: true, .. }, _) => "mail given up",
        (Fact::Detailed(Detail::NoteChanged { .. }), _) => "note changed",
        (Fact::Detailed(Detail::Unlinked { .. }), _) => "unlinked",
        (Fact::Detailed(Detail::StatusSet { .. }), _) => "status set",
        (Fact::Detailed(Detail::StatusCleared), _) => "status cleared",
        (Fact::Detailed(Detail::KindChanged { .. }), _) => "kind changed",
        (Fact::PriorityChanged { .. }, _) => "priority changed",
        (Fact::ServiceChanged { .. }, _) => "service changed",
        (Fact::MergedInto { .. }, _) => "merged into another",
        (Fact::TookIn { .. }, _) => "took another in",
        (fact, _) => fact.name(),
    }
}
