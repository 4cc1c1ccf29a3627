//! Everything a ticket's page shows, read in one snapshot through the viewer's right.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use desk::files::Files;
use desk::{DeskError, Look};
use domain::clock::Clock;
use domain::event::{Actor, Detail, Event, Fact};
use domain::id::{EventId, OrganisationId, PersonId, TagId, TicketId, UnitId};
use domain::link::Linked;
use domain::notice::Stance;
use domain::origin::Origin;
use domain::permission::{Relation, Viewer};
use domain::service::Service;
use domain::ticket::Ticket;
use domain::ticket::offers::Deed;
use domain::ticket::rules::Refusal;
use jiff::Timestamp;
use store::Tx;
use store::access::{Granted, ReadInside, Seen};
use store::aside::{Affiliation, Member};
use store::attachment::Attachment;
use store::catalogue::Catalogue;
use store::checklist::Item;
use store::draft::{Draft, Writer};
use store::forward::Forward;
use store::history::Entry;
use store::link::Other;
use store::message::{Noted, Reason, Said};
use store::outgoing::Outgoing;
use store::sheet::{Blocking, Inside, Outside};
use store::spent::{Corrected, Spent};
use store::upload::Upload;

use super::fields::Answered;
use super::mails::Mails;
use super::merged;
use crate::t;
use crate::text::Locale;

/// A ticket as far as it exists for the viewer.
pub(super) enum Read {
    /// The viewer is on the requester's side: the portal shows it.
    Requesting,
    Asking(Box<Asking>),
    Inside(Box<View>),
}

/// What the serving side and overseers see.
pub(super) struct View {
    pub seen: Seen,
    pub sheet: Inside,
    pub messages: Vec<Said>,
    pub notes: Vec<Noted>,
    /// Notes that left as mails to somebody outside, or came as answers.
    pub forwards: Vec<Forward>,
    /// The mails that carried them.
    pub forwarded: Vec<Outgoing>,
    pub reasons: Vec<Reason>,
    pub handoffs: Vec<Blocking>,
    pub links: Vec<Linked>,
    /// The tickets at the other ends of links that are or were, as far as the viewer reads inside of them.
    pub others: BTreeMap<TicketId, Other>,
    pub events: Vec<Event>,
    /// What made the desk do some of it by itself.
    pub origins: BTreeMap<EventId, Origin>,
    pub ticket: Ticket,
    /// Units that cannot be asked, because they wait for this ticket.
    pub waiting_units: Vec<UnitId>,
    pub clocks: Vec<Clock>,
    pub names: BTreeMap<PersonId, String>,
    /// What the tags that its history names are called now.
    pub tag_names: BTreeMap<TagId, String>,
    pub answered: Answered,
    pub checklist: Vec<Item>,
    pub spent: Vec<Spent>,
    pub spent_before: Vec<Corrected>,
    pub recent: Vec<Entry>,
    pub affiliations: Vec<Affiliation>,
    pub members: Vec<Member>,
    pub drafts: Vec<Draft>,
    /// The files of what is being written.
    pub uploads: Vec<Upload>,
    /// Whether the viewer watches it, or wants to hear nothing of it.
    pub stance: Option<Stance>,
    /// Colleagues who are writing on it now.
    pub writers: Vec<Writer>,
    /// Colleagues who have it open, by name.
    pub lookers: Vec<String>,
    pub suppliers: Vec<(OrganisationId, String)>,
    pub mails: Mails,
    /// Tickets that were merged into it, as far as they exist for the viewer.
    pub took_in: Vec<Self>,
    /// The ticket that goes on with it, when that one exists for the viewer.
    pub goes_on: Option<Named>,
    /// It is shown on the page of the ticket that took it in.
    pub is_part: bool,
    /// The rules of its service, as the unit that has it keeps them.
    pub ruling: Option<Service>,
    pub catalogue: Arc<Catalogue>,
}

/// Another ticket, by what it is called.
pub(super) struct Named {
    pub number: i64,
    pub subject: String,
}

/// What the unit that asked a hand-off sees: what was said to it, and where it stands.
pub(super) struct Asking {
    pub sheet: Outside,
    pub ticket: Ticket,
    pub messages: Vec<Said>,
    /// The last event, for whoever answers now.
    pub until: EventId,
    pub files: Vec<Attachment>,
    pub reasons: Vec<Reason>,
    /// The ticket it is asked on behalf of.
    pub behalf: Option<i64>,
    /// Whether the viewer watches it, or wants to hear nothing of it.
    pub stance: Option<Stance>,
    pub drafts: Vec<Draft>,
    /// The files of what is being written.
    pub uploads: Vec<Upload>,
    pub catalogue: Arc<Catalogue>,
}

impl Asking {
    pub(super) fn may(&self, deed: Deed, now: Timestamp) -> bool {
        self.catalogue
            .service(self.ticket.service)
            .is_some_and(|service| self.ticket.may(deed, service, now).is_ok())
    }
}

impl View {
    /// Whether a deed could be done now, and if not, why.
    pub(super) fn may(&self, deed: Deed, now: Timestamp) -> Result<(), Refusal> {
        self.ruling.as_ref().map_or(Err(Refusal::NoChange), |service| self.ticket.may(deed, service, now))
    }

    /// Who else has it open, but for those who are said to write.
    pub(super) fn is_looked_at_by(
        &mut self,
        look: &mut Look,
        people: Vec<PersonId>,
    ) -> Result<(), DeskError> {
        let others = people.into_iter().filter(|person| *person != self.seen.viewer);
        self.lookers = store::aside::people(look.tx, others)?.into_values().collect();
        self.lookers.retain(|name| self.writers.iter().all(|writer| writer.name != *name));
        Ok(())
    }

    /// The unit that was asked; of a confidential matter only the unit that asks knows that.
    pub(super) fn asked<'a>(&'a self, locale: Locale, handoff: &Blocking) -> &'a str {
        if handoff.subject.is_some() || self.seen.serve().is_some() {
            self.catalogue.unit_name(handoff.unit)
        } else {
            t!(locale, "handoff-confidential")
        }
    }
}

/// The ticket whose page an agent acts on: for its requester's side there is nothing there.
pub(in crate::pages) fn for_the_desk(
    tx: &mut Tx,
    viewer: &Viewer,
    number: i64,
    now: Timestamp,
) -> Result<Seen, DeskError> {
    store::access::by_number(tx, viewer, number, now)?
        .filter(|seen| seen.relation != Relation::Requesting)
        .ok_or(DeskError::NotFound)
}

pub(super) fn read(look: &mut Look, files: &Files, viewer: &Viewer, number: i64) -> Result<Read, DeskError> {
    let seen = store::access::by_number(look.tx, viewer, number, look.now)?.ok_or(DeskError::NotFound)?;
    match seen.relation {
        Relation::Nothing => Err(DeskError::NotFound),
        Relation::Requesting => Ok(Read::Requesting),
        Relation::Asking => asking(look, viewer, seen).map(|view| Read::Asking(Box::new(view))),
        Relation::Overseeing | Relation::Chain | Relation::Serving => {
            let granted = seen.read_inside().ok_or(DeskError::NotFound)?;
            let mut view = inside(look, files, viewer, seen, &granted)?;
            view.took_in = merged::took_in(look, files, viewer, &view.ticket)?;
            Ok(Read::Inside(Box::new(view)))
        }
    }
}

pub(super) fn inside(
    look: &mut Look,
    files: &Files,
    viewer: &Viewer,
    seen: Seen,
    granted: &Granted<ReadInside>,
) -> Result<View, DeskError> {
    let mut sheet = store::sheet::inside(look.tx, granted)?;
    let handoffs = store::sheet::handoffs(look.tx, granted, look.now)?;
    sheet.handoffs_open += i64::try_from(handoffs.iter().filter(|handoff| handoff.held).count()).unwrap_or(0);
    let mut events = store::event::of_ticket(look.tx, granted.ticket)?;
    let ticket = Ticket::fold(granted.ticket, &events).ok_or(DeskError::NotFound)?;
    // Who delivers a hand-off or writes on it is told on that hand-off, to whoever may read it.
    let blocks = |fact: &Fact| matches!(fact, Fact::Asked(_) | Fact::Closed { .. });
    events.retain(|event| event.ticket == granted.ticket || blocks(&event.fact));
    let clocks = desk::project::clocks(&look.catalogue, &ticket, &events);
    let (links, others) = desk::link::seen(look, viewer, granted.ticket, &mut events)?;
    let serves = seen.serve().is_some();
    let waiting_units = if serves { desk::handoff::waiting_units(look.tx, &ticket)? } else { Vec::new() };
    // Only the desk itself has reasons to look for.
    let by_itself = events.iter().any(|event| event.actor == Actor::Desk);
    let origins = if by_itself { store::origin::of_ticket(look.tx, granted)? } else { BTreeMap::new() };
    let named: BTreeSet<PersonId> = events.iter().flat_map(people).collect();
    let tags: Vec<TagId> = events.iter().filter_map(tag).collect::<BTreeSet<_>>().into_iter().collect();
    let messages = store::message::of_ticket(look.tx, granted)?;
    let notes = store::message::notes(look.tx, granted)?;
    let forwards = if notes.is_empty() { Vec::new() } else { store::forward::of_ticket(look.tx, granted)? };
    let forwarded =
        if forwards.is_empty() { Vec::new() } else { store::outgoing::of_forwards(look.tx, granted)? };
    let (drafts, uploads) = written(look, granted)?;
    let has_steps = |event: &Event| matches!(event.fact, Fact::Detailed(Detail::Ticked { .. }));
    let checklist = if events.iter().any(has_steps) {
        store::checklist::of_ticket(look.tx, granted)?
    } else {
        Vec::new()
    };
    let (spent, spent_before) = spent(look, granted, &events)?;
    Ok(View {
        seen,
        checklist,
        spent,
        spent_before,
        mails: Mails::read(look, files, viewer, (seen, granted), (&sheet, &messages))?,
        messages,
        notes,
        forwards,
        forwarded,
        reasons: store::message::reasons(look.tx, granted)?,
        handoffs,
        names: store::aside::people(look.tx, named)?,
        answered: Answered::read(look, granted, &sheet, &events)?,
        tag_names: store::tag::names(look.tx, &tags)?.into_iter().collect(),
        recent: store::history::latest(look.tx, viewer, sheet.requester.id, sheet.id, 5)?,
        affiliations: store::aside::affiliations(look.tx, sheet.requester.id)?,
        members: if serves { store::aside::members(look.tx, sheet.unit)? } else { Vec::new() },
        drafts,
        uploads,
        stance: store::watch::stance(look.tx, granted.ticket, granted.viewer)?,
        took_in: Vec::new(),
        goes_on: merged::goes_on(look, viewer, &ticket)?,
        is_part: false,
        lookers: Vec::new(),
        writers: store::draft::others(look.tx, granted, look.now - desk::draft::WRITES_FOR)?,
        suppliers: if serves { store::aside::suppliers(look.tx)? } else { Vec::new() },
        ruling: look.catalogue.ruling(&ticket),
        catalogue: Arc::clone(&look.catalogue),
        sheet,
        links,
        others,
        origins,
        events,
        ticket,
        waiting_units,
        clocks,
    })
}

/// What the viewer is writing, and the files of it.
fn written<Act>(look: &mut Look, granted: &Granted<Act>) -> Result<(Vec<Draft>, Vec<Upload>), DeskError> {
    let drafts = store::draft::own(look.tx, granted)?;
    let mut uploads = Vec::new();
    for draft in &drafts {
        uploads.extend(store::upload::all_of_person(look.tx, &draft.files, granted.viewer)?);
    }
    Ok((drafts, uploads))
}

/// Time that colleagues say they spent. Most tickets have none, and their events say so.
fn spent(
    look: &mut Look,
    granted: &Granted<ReadInside>,
    events: &[Event],
) -> Result<(Vec<Spent>, Vec<Corrected>), DeskError> {
    if !events.iter().any(|event| matches!(event.fact, Fact::Detailed(Detail::Spent { .. }))) {
        return Ok((Vec::new(), Vec::new()));
    }
    let spent = store::spent::of_ticket(look.tx, granted)?;
    let corrected = spent.iter().any(|entry| entry.corrected_at.is_some());
    let before = if corrected { store::spent::before(look.tx, granted)? } else { Vec::new() };
    Ok((spent, before))
}

fn asking(look: &mut Look, viewer: &Viewer, seen: Seen) -> Result<Asking, DeskError> {
    let granted = seen.read();
    let behalf = match store::ticket::owner_and_parent(look.tx, seen.ticket)?.and_then(|(_, parent)| parent) {
        Some(parent) => store::access::by_id(look.tx, viewer, parent, look.now)?.map(|seen| seen.number),
        None => None,
    };
    let known = desk::outside::known(look, &granted)?;
    let (drafts, uploads) = written(look, &granted)?;
    Ok(Asking {
        drafts,
        uploads,
        stance: store::watch::stance(look.tx, seen.ticket, seen.viewer)?,
        ticket: known.ticket,
        until: domain::event::seen_until(&known.events, seen.ticket),
        sheet: known.sheet,
        messages: store::message::of_ticket_outside(look.tx, &granted, look.now)?,
        files: store::attachment::of_messages(look.tx, &granted)?,
        reasons: store::message::shown_reasons(look.tx, &granted)?,
        behalf,
        catalogue: Arc::clone(&look.catalogue),
    })
}

const fn tag(event: &Event) -> Option<TagId> {
    match event.fact {
        Fact::Detailed(Detail::TagAdded { tag } | Detail::TagRemoved { tag }) => Some(tag),
        _ => None,
    }
}

/// The people an event names.
fn people(event: &Event) -> impl Iterator<Item = PersonId> {
    let actor = match event.actor {
        Actor::Person(person) => Some(person),
        Actor::Desk | Actor::Import => None,
    };
    let copied = match event.fact {
        Fact::CopyAdded { person } | Fact::CopyEnded { person } => Some(person),
        _ => None,
    };
    [actor, event.fact.holder(), copied].into_iter().flatten()
}
