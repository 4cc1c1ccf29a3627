//! The units, people and services that a log names: found by name, or created once for each import.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use domain::affiliation::Class;
use domain::event::Actor;
use domain::id::{OrganisationId, PersonId, ServiceId, UnitId};
use domain::service::Audience;
use jiff::Timestamp;
use store::imported::{self, Kind};

use super::create;
use crate::DeskError;
use crate::act::{Act, Desk};
use crate::eventlog::{Case, Means};

/// Collects every name that the cases use.
pub(super) fn gather(source: &str, class: Class, cases: &[Case]) -> Names {
    let mut names = Names {
        source: source.to_owned(),
        class,
        first_at: cases.iter().map(|case| case.opened_at).min(),
        wanted: BTreeMap::new(),
        members: BTreeSet::new(),
    };
    names.want(Kind::Unit, names.nobody_unit());
    for case in cases {
        let service = case.service.clone().unwrap_or_else(|| names.any_service());
        names.want(Kind::Service, service);
        let requester = case.requester.clone().unwrap_or_else(|| names.unknown_person());
        names.want(names.requester_kind(), requester);
        let mut unit: Option<&Arc<str>> = None;
        let mut last: (Option<*const u8>, Option<*const u8>) = (None, None);
        for step in &case.steps {
            unit = step.unit.as_ref().or(unit);
            if step.means == Means::WaitSupplier {
                names.want(Kind::Supplier, names.unknown_supplier());
            }
            // Words of a log are shared, so the same pointer is the same word.
            let pointers =
                (unit.map(|unit| unit.as_ptr()), step.person.as_ref().map(|person| person.as_ptr()));
            if pointers == last {
                continue;
            }
            last = pointers;
            if let Some(unit) = unit {
                names.want(Kind::Unit, Arc::clone(unit));
            }
            if let Some(person) = &step.person {
                names.want(Kind::Person, Arc::clone(person));
                if let Some(unit) = unit {
                    names.members.insert((Arc::clone(person), Arc::clone(unit)));
                }
            }
        }
    }
    names
}

/// The names a log uses.
pub(super) struct Names {
    source: String,
    class: Class,
    first_at: Option<Timestamp>,
    wanted: BTreeMap<Kind, BTreeSet<Arc<str>>>,
    members: BTreeSet<(Arc<str>, Arc<str>)>,
}

impl Names {
    fn want(&mut self, kind: Kind, name: Arc<str>) {
        self.wanted.entry(kind).or_default().insert(name);
    }

    /// Owns the services of the log, and the cases that never name a unit.
    fn nobody_unit(&self) -> Arc<str> {
        format!("No unit named ({})", self.source).into()
    }

    fn any_service(&self) -> Arc<str> {
        format!("Imported ({})", self.source).into()
    }

    fn unknown_person(&self) -> Arc<str> {
        format!("Unknown ({})", self.source).into()
    }

    fn unknown_supplier(&self) -> Arc<str> {
        format!("Unknown supplier ({})", self.source).into()
    }

    /// Inside, a name is the same human being on both sides of a ticket; a customer is somebody else.
    fn requester_kind(&self) -> Kind {
        match self.class {
            Class::Internal => Kind::Person,
            Class::Connected | Class::External => Kind::Requester,
        }
    }
}

/// Names of what was created, or would have been.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Created {
    pub units: Vec<String>,
    pub services: Vec<String>,
    pub people: Vec<String>,
    pub suppliers: Vec<String>,
}

/// What the names of a log stand for here.
#[derive(Debug)]
pub(super) struct Directory {
    ids: BTreeMap<Kind, HashMap<Arc<str>, i64>>,
    requester_kind: Kind,
    pub class: Class,
    nobody_unit: Arc<str>,
    any_service: Arc<str>,
    unknown_person: Arc<str>,
    unknown_supplier: Arc<str>,
}

impl Directory {
    fn id(&self, kind: Kind, name: &str) -> i64 {
        let found = self.ids.get(&kind).and_then(|ids| ids.get(name));
        *found.expect("every name was gathered before the cases are planned")
    }

    pub(super) fn unit(&self, name: Option<&Arc<str>>) -> UnitId {
        UnitId(self.id(Kind::Unit, name.unwrap_or(&self.nobody_unit)))
    }

    pub(super) fn service(&self, name: Option<&Arc<str>>) -> ServiceId {
        ServiceId(self.id(Kind::Service, name.unwrap_or(&self.any_service)))
    }

    pub(super) fn requester(&self, name: Option<&Arc<str>>) -> PersonId {
        PersonId(self.id(self.requester_kind, name.unwrap_or(&self.unknown_person)))
    }

    pub(super) fn person(&self, name: &Arc<str>) -> PersonId {
        PersonId(self.id(Kind::Person, name))
    }

    pub(super) fn supplier(&self) -> OrganisationId {
        OrganisationId(self.id(Kind::Supplier, &self.unknown_supplier))
    }
}

/// Finds everybody and everything the log names, and creates what is missing, in one transaction.
pub(super) fn open(desk: &Desk, names: Names, dry_run: bool) -> Result<(Arc<Directory>, Created), DeskError> {
    let found = if dry_run {
        desk.look_now(move |look| {
            let known = known(look.tx, &look.catalogue, &names)?;
            let mut next = 0;
            Ok(settle(&names, known, || {
                next -= 1;
                next
            }))
        })?
    } else {
        desk.act_now(Actor::Import, move |act| {
            let catalogue = Arc::clone(&act.catalogue);
            let known = known(act.tx, &catalogue, &names)?;
            let settled = settle(&names, known, || act.new_id());
            create(act, &names, &settled)?;
            Ok(settled)
        })?
    };
    Ok((Arc::new(found.directory), found.created))
}

struct Settled {
    directory: Directory,
    created: Created,
    /// New here: kind, name, id.
    fresh: Vec<(Kind, Arc<str>, i64)>,
    /// Not met in this log before: the fresh ones, and units and services that existed.
    unnoted: Vec<(Kind, Arc<str>, i64)>,
}

type Known = (HashMap<(Kind, String), i64>, HashMap<(Kind, String), i64>);

/// What this source's names stood for before, and the units and services there are by name.
fn known(
    tx: &mut store::Tx,
    catalogue: &store::catalogue::Catalogue,
    names: &Names,
) -> Result<Known, DeskError> {
    let units = catalogue.units.values().map(|unit| ((Kind::Unit, unit.name.clone()), unit.id.0));
    let services =
        catalogue.services.values().map(|offer| ((Kind::Service, offer.name.clone()), offer.service.id.0));
    Ok((imported::names(tx, &names.source)?, units.chain(services).collect()))
}

fn settle(names: &Names, (noted, existing): Known, mut new_id: impl FnMut() -> i64) -> Settled {
    let mut ids: BTreeMap<Kind, HashMap<Arc<str>, i64>> = BTreeMap::new();
    let (mut fresh, mut unnoted) = (Vec::new(), Vec::new());
    let mut created = Created::default();
    for (kind, wanted) in &names.wanted {
        for name in wanted {
            let key = (*kind, name.to_string());
            let id = noted.get(&key).copied().unwrap_or_else(|| {
                let id = existing.get(&key).copied().unwrap_or_else(|| {
                    let id = new_id();
                    fresh.push((*kind, Arc::clone(name), id));
                    let list = match kind {
                        Kind::Unit => &mut created.units,
                        Kind::Service => &mut created.services,
                        Kind::Person | Kind::Requester => &mut created.people,
                        Kind::Supplier => &mut created.suppliers,
                    };
                    list.push(name.to_string());
                    id
                });
                unnoted.push((*kind, Arc::clone(name), id));
                id
            });
            ids.entry(*kind).or_default().insert(Arc::clone(name), id);
        }
    }
    let directory = Directory {
        ids,
        requester_kind: names.requester_kind(),
        class: names.class,
        nobody_unit: names.nobody_unit(),
        any_service: names.any_service(),
        unknown_person: names.unknown_person(),
        unknown_supplier: names.unknown_supplier(),
    };
    Settled { directory, created, fresh, unnoted }
}

fn create(act: &mut Act, names: &Names, settled: &Settled) -> Result<(), DeskError> {
    let since = names.first_at.unwrap_or(act.now).min(act.now);
    for (kind, name, id) in &settled.fresh {
        match kind {
            Kind::Unit => create::unit(act, UnitId(*id), name)?,
            Kind::Service => {
                let told = create::Told {
                    id: ServiceId(*id),
                    name,
                    unit: settled.directory.unit(None),
                    audience: audience(names.class),
                    confidential: false,
                    captive: false,
                };
                create::service(act, &told)?;
            }
            Kind::Person => create::person(act, PersonId(*id), name, Class::Internal, since)?,
            Kind::Requester => create::person(act, PersonId(*id), name, names.class, since)?,
            Kind::Supplier => create::organisation(act, OrganisationId(*id), name)?,
        }
    }
    let unnoted = settled.unnoted.iter().map(|(kind, name, id)| (*kind, &**name, *id));
    imported::insert_names(act.tx, &names.source, unnoted)?;
    let members: Vec<(PersonId, UnitId)> = names
        .members
        .iter()
        .map(|(person, unit)| (settled.directory.person(person), settled.directory.unit(Some(unit))))
        .collect();
    imported::insert_members(act.tx, &members)?;
    let fresh: Vec<(Kind, i64)> = settled.fresh.iter().map(|(kind, _, id)| (*kind, *id)).collect();
    create::record(act, &names.source, &fresh)
}

fn audience(class: Class) -> Audience {
    Audience { internal: true, connected: class == Class::Connected, external: class == Class::External }
}
