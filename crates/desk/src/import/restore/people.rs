//! The people, units, services and suppliers of our own files, by the ids they had there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::event::Actor;
use domain::id::{OrganisationId, PersonId, ServiceId, UnitId};
use store::imported::{self, Kind};

use super::Told;
use crate::DeskError;
use crate::act::{Act, Desk, Look};
use crate::export::Head;
use crate::import::{Created, create};

/// What the ids of a file stand for here.
#[derive(Debug, Default)]
pub(super) struct Directory(HashMap<(Kind, i64), i64>);

impl Directory {
    pub(super) fn person(&self, id: PersonId) -> PersonId {
        PersonId(self.here(Kind::Person, id.0))
    }

    pub(super) fn unit(&self, id: UnitId) -> UnitId {
        UnitId(self.here(Kind::Unit, id.0))
    }

    pub(super) fn service(&self, id: ServiceId) -> ServiceId {
        ServiceId(self.here(Kind::Service, id.0))
    }

    pub(super) fn organisation(&self, id: OrganisationId) -> OrganisationId {
        OrganisationId(self.here(Kind::Supplier, id.0))
    }

    fn here(&self, kind: Kind, id: i64) -> i64 {
        self.0.get(&(kind, id)).copied().unwrap_or(id)
    }
}

/// Finds everybody and everything the tickets name, and creates what is missing, in one transaction.
pub(super) fn open<'a>(
    desk: &Desk,
    source: &str,
    told: impl Iterator<Item = &'a Told>,
    dry_run: bool,
) -> Result<(Directory, Created), DeskError> {
    let mut named = Named { source: source.to_owned(), ..Named::default() };
    for told in told {
        named.note(told.head());
        named.note_members(told);
    }
    if dry_run {
        return desk.look_now(move |look| {
            let missing = named.missing(look)?;
            Ok((Directory::default(), missing.created()))
        });
    }
    desk.act_now(Actor::Import, move |act| {
        let catalogue = std::sync::Arc::clone(&act.catalogue);
        let missing = named.missing(&mut Look { tx: act.tx, now: act.now, catalogue })?;
        let created = missing.created();
        let directory = missing.create(act, &named)?;
        Ok((directory, created))
    })
}

#[derive(Default)]
struct Named {
    source: String,
    all: BTreeMap<(Kind, i64), String>,
    heads: HashMap<i64, crate::export::NamedPerson>,
    services: BTreeMap<ServiceId, crate::export::Service>,
    members: BTreeSet<(PersonId, UnitId)>,
}

impl Named {
    fn note(&mut self, head: &Head) {
        for person in &head.people {
            self.all.insert((Kind::Person, person.id.0), person.name.clone());
            self.heads.insert(person.id.0, person.clone());
        }
        for (unit, name) in &head.units {
            self.all.insert((Kind::Unit, unit.0), name.clone());
        }
        for service in &head.services {
            self.all.insert((Kind::Service, service.id.0), service.name.clone());
            self.services.insert(service.id, service.clone());
        }
        for (organisation, name) in &head.organisations {
            self.all.insert((Kind::Supplier, organisation.0), name.clone());
        }
    }

    /// Whoever had a ticket serves in the unit that owned it.
    fn note_members(&mut self, told: &Told) {
        let mut owner = None;
        for payload in told.payloads() {
            owner = payload.fact.owner().or(owner);
            self.members.extend(payload.fact.holder().zip(owner));
        }
    }

    fn missing(&self, look: &mut Look) -> Result<Missing, DeskError> {
        let noted = imported::names(look.tx, &self.source)?;
        let catalogue = std::sync::Arc::clone(&look.catalogue);
        let mut missing = Missing::default();
        for ((kind, id), name) in &self.all {
            let here = match noted.get(&(*kind, id.to_string())) {
                Some(here) => Some(*here),
                None => match kind {
                    Kind::Unit => catalogue.units.get(&UnitId(*id)).map(|unit| unit.id.0).or_else(|| {
                        catalogue.units.values().find(|unit| unit.name == *name).map(|unit| unit.id.0)
                    }),
                    Kind::Service => {
                        catalogue.service(ServiceId(*id)).map(|service| service.id.0).or_else(|| {
                            let named = catalogue.services.values().find(|offer| offer.name == *name);
                            named.map(|offer| offer.service.id.0)
                        })
                    }
                    Kind::Person | Kind::Requester => {
                        store::person::by_id(look.tx, PersonId(*id))?.map(|person| person.id.0)
                    }
                    Kind::Supplier => store::organisation::by_id(look.tx, OrganisationId(*id))?.map(|_| *id),
                },
            };
            match here {
                Some(here) => drop(missing.directory.0.insert((*kind, *id), here)),
                None => missing.fresh.push((*kind, *id, name.clone())),
            }
        }
        Ok(missing)
    }
}

#[derive(Default)]
struct Missing {
    directory: Directory,
    /// In order of kind, so that units come before the services they own.
    fresh: Vec<(Kind, i64, String)>,
}

impl Missing {
    fn created(&self) -> Created {
        let mut created = Created::default();
        for (kind, _, name) in &self.fresh {
            let list = match kind {
                Kind::Unit => &mut created.units,
                Kind::Service => &mut created.services,
                Kind::Person | Kind::Requester => &mut created.people,
                Kind::Supplier => &mut created.suppliers,
            };
            list.push(name.clone());
        }
        created
    }

    fn create(self, act: &mut Act, named: &Named) -> Result<Directory, DeskError> {
        let Self { directory, fresh } = self;
        for (kind, id, name) in &fresh {
            match kind {
                Kind::Unit => create::unit(act, UnitId(*id), name)?,
                Kind::Service => {
                    let Some(service) = named.services.get(&ServiceId(*id)) else { continue };
                    let told = create::Told {
                        id: service.id,
                        name,
                        unit: directory.unit(service.unit),
                        audience: service.audience,
                        confidential: service.confidential,
                        captive: service.captive,
                    };
                    create::service(act, &told)?;
                }
                Kind::Person | Kind::Requester => {
                    let Some(person) = named.heads.get(id) else { continue };
                    create::person(act, person.id, name, person.class, act.now)?;
                }
                Kind::Supplier => create::organisation(act, OrganisationId(*id), name)?,
            }
        }
        let texts: Vec<(Kind, String, i64)> =
            fresh.iter().map(|(kind, id, _)| (*kind, id.to_string(), *id)).collect();
        let names = texts.iter().map(|(kind, name, id)| (*kind, name.as_str(), *id));
        imported::insert_names(act.tx, &named.source, names)?;
        let members: Vec<(PersonId, UnitId)> = named
            .members
            .iter()
            .map(|(person, unit)| (directory.person(*person), directory.unit(*unit)))
            .collect();
        imported::insert_members(act.tx, &members)?;
        let kinds: Vec<(Kind, i64)> = fresh.iter().map(|(kind, id, _)| (*kind, *id)).collect();
        create::record(act, &named.source, &kinds)?;
        Ok(directory)
    }
}
