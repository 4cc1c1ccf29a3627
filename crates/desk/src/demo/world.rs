//! The organisation as it was set up, by the names that stories use.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::calendar::Calendar;
use domain::id::{OrganisationId, PersonId, ServiceId, UnitId};

use super::company::Unit;
use super::names::{Language, Market};
use super::offers::Offer;

/// Ids of everything that tickets are about.
#[derive(Debug, Default)]
pub(super) struct World {
    pub units: BTreeMap<Unit, UnitId>,
    pub services: BTreeMap<Offer, ServiceId>,
    pub staff: BTreeMap<Unit, Vec<PersonId>>,
    pub calendars: BTreeMap<Unit, Arc<Calendar>>,
    pub suppliers: Vec<OrganisationId>,
    pub people: Vec<Somebody>,
}

/// A person who asks for things.
#[derive(Debug)]
pub(super) struct Somebody {
    pub person: PersonId,
    pub name: String,
    pub given: String,
    pub group: Group,
    pub language: Language,
    pub market: Market,
    pub organisation: Option<OrganisationId>,
}

/// Why somebody has to do with the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Private,
    Business,
    Employee,
    Supplier,
    Shareholder,
}

impl World {
    /// The person of that name.
    pub(super) fn named(&self, name: &str) -> Option<&Somebody> {
        self.people.iter().find(|somebody| somebody.name == name)
    }
}
