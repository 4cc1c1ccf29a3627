//! What a file of ours carries beside the events, so that an empty desk can make the same tickets of it.

use std::collections::{BTreeMap, BTreeSet};

use domain::affiliation::Class;
use domain::event::{Actor, Detail, Event, Fact, Opening, WaitOn};
use domain::id::{OrganisationId, PersonId, ServiceId, StatusId, TicketId, UnitId};
use domain::service::Audience;
use serde::{Deserialize, Serialize};
use store::catalogue::{Catalogue, Offer};

/// Of a ticket: who and what its events name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Head {
    pub id: TicketId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<TicketId>,
    pub people: Vec<NamedPerson>,
    pub units: Vec<(UnitId, String)>,
    pub services: Vec<Service>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<(OrganisationId, String)>,
    /// The verdict of the log it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<bool>,
    /// What stands in its fields of one's own, by their keys.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Vec<String>>,
    /// Who worked on it on which day, and for how many minutes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spent: Vec<(String, jiff::civil::Date, i64)>,
    /// What the statuses that it had are called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<(StatusId, String)>,
    /// What has to be done on it, step by step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checklist: Vec<Step>,
}

/// One step of a checklist, and by whom and when it was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Step {
    pub words: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<(String, jiff::Timestamp)>,
}

impl Head {
    /// The same fact with the status of that name here; a step that changes nothing when there is none.
    pub(crate) fn with_status_of(&self, catalogue: &Catalogue, fact: Fact) -> Fact {
        let Fact::Detailed(Detail::StatusSet { stands, with }) = &fact else { return fact };
        let named = self.statuses.iter().find(|(id, _)| *id == stands.id);
        let known = catalogue.statuses.iter().find(|status| {
            named.is_some_and(|(_, name)| *name == status.name)
                && (status.category, status.kind) == (stands.category, stands.kind)
        });
        known.map_or(Fact::Logged, |status| {
            Fact::Detailed(Detail::StatusSet { stands: status.stands(), with: *with })
        })
    }

    pub(crate) fn deserialize_from(payload: serde_json::Value) -> Result<Self, serde_json::Error> {
        serde_json::from_value(payload)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct NamedPerson {
    pub id: PersonId,
    pub name: String,
    pub class: Class,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Service {
    pub id: ServiceId,
    pub name: String,
    pub unit: UnitId,
    pub audience: Audience,
    pub confidential: bool,
    pub captive: bool,
}

impl Service {
    pub(crate) fn of(offer: &Offer) -> Self {
        let service = &offer.service;
        Self {
            id: service.id,
            name: offer.name.clone(),
            unit: service.unit,
            audience: service.audience,
            confidential: service.confidential,
            captive: service.captive,
        }
    }
}

/// Of an event: the event itself, and the row of a log it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct EventPayload {
    /// Where it stood in the log; events of tickets that block each other are told apart by it.
    pub position: i64,
    pub actor: Actor,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<TicketId>,
    pub fact: Fact,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<RawFields>,
    /// What was said with it, where the file carries words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<super::Said>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RawFields {
    pub line: u64,
    pub activity: String,
    pub fields: String,
}

/// Who and what some events name.
#[derive(Debug, Default)]
pub(crate) struct Actors {
    pub people: BTreeSet<PersonId>,
    pub units: BTreeSet<UnitId>,
    pub services: BTreeSet<ServiceId>,
    pub organisations: BTreeSet<OrganisationId>,
}

impl Actors {
    pub(crate) fn note(&mut self, event: &Event) {
        let (mut actor, mut fact) = (event.actor, event.fact.clone());
        each_id(&mut actor, &mut fact, &mut |id| match id {
            Id::Person(person) => drop(self.people.insert(*person)),
            Id::Unit(unit) => drop(self.units.insert(*unit)),
            Id::Service(service) => drop(self.services.insert(*service)),
            Id::Organisation(organisation) => drop(self.organisations.insert(*organisation)),
        });
    }
}

/// An id inside an event that a directory gives a meaning to.
pub(crate) enum Id<'a> {
    Person(&'a mut PersonId),
    Unit(&'a mut UnitId),
    Service(&'a mut ServiceId),
    Organisation(&'a mut OrganisationId),
}

/// Shows every such id to `visit`, which may put another one in its place.
pub(crate) fn each_id(actor: &mut Actor, fact: &mut Fact, visit: &mut dyn FnMut(Id)) {
    if let Actor::Person(person) = actor {
        visit(Id::Person(person));
    }
    match fact {
        Fact::Opened(opening) | Fact::Asked(opening) => each_of_opening(opening, visit),
        Fact::Transferred { unit, person, .. } => {
            visit(Id::Unit(unit));
            each_person(person.as_mut(), visit);
        }
        Fact::Assigned { person } => each_person(person.as_mut(), visit),
        Fact::CopyAdded { person } | Fact::CopyEnded { person } => visit(Id::Person(person)),
        Fact::Detailed(Detail::NoteChanged { named, .. }) => {
            named.iter_mut().for_each(|person| visit(Id::Person(person)));
        }
        Fact::Detailed(Detail::Told { people }) => {
            people.iter_mut().for_each(|person| visit(Id::Person(person)));
        }
        Fact::WaitStarted { on: WaitOn::Supplier(organisation), .. } => visit(Id::Organisation(organisation)),
        Fact::ServiceChanged { service } => visit(Id::Service(service)),
        Fact::Escalated { unit, .. } => visit(Id::Unit(unit)),
        Fact::WaitStarted { on: WaitOn::Requester | WaitOn::Agreed { .. }, .. }
        | Fact::Replied { .. }
        | Fact::Noted { .. }
        | Fact::Rated { .. }
        | Fact::WaitEnded
        | Fact::Solved { .. }
        | Fact::Reopened { .. }
        | Fact::Closed { .. }
        | Fact::PriorityChanged { .. }
        | Fact::TakenBack { .. }
        | Fact::Undone { .. }
        | Fact::StrangerWrote { .. }
        | Fact::Released { .. }
        | Fact::Bounced { .. }
        | Fact::Snoozed { .. }
        | Fact::Woken
        | Fact::MergedInto { .. }
        | Fact::Unmerged { .. }
        | Fact::TookIn { .. }
        | Fact::GaveBack { .. }
        | Fact::Renewed
        | Fact::Detailed(
            Detail::TagAdded { .. }
            | Detail::TagRemoved { .. }
            | Detail::Answered { .. }
            | Detail::Spent { .. }
            | Detail::Ticked { .. }
            | Detail::StatusSet { .. }
            | Detail::StatusCleared
            | Detail::KindChanged { .. }
            | Detail::SentAgain { .. }
            | Detail::MacroRan { .. }
            | Detail::Linked { .. }
            | Detail::Unlinked { .. },
        )
        | Fact::Logged => {}
    }
}

fn each_of_opening(opening: &mut Opening, visit: &mut dyn FnMut(Id)) {
    visit(Id::Service(&mut opening.service));
    visit(Id::Unit(&mut opening.unit));
    visit(Id::Person(&mut opening.requester));
    visit(Id::Person(&mut opening.beneficiary));
    each_person(opening.person.as_mut(), visit);
    each_person(opening.payer.as_mut(), visit);
    if let Some(organisation) = &mut opening.organisation {
        visit(Id::Organisation(organisation));
    }
    if let Some(unit) = &mut opening.asking_unit {
        visit(Id::Unit(unit));
    }
}

fn each_person(person: Option<&mut PersonId>, visit: &mut dyn FnMut(Id)) {
    if let Some(person) = person {
        visit(Id::Person(person));
    }
}
