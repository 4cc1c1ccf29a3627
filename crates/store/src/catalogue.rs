//! What the organisation has set up (units, services, agreements, calendars), read as one value.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::affiliation::{Class, Relation};
use domain::agreement::{AgreementKind, Pauses, Target, applicable};
use domain::assignment::Skills;
use domain::calendar::{Calendar, CalendarSpec};
use domain::custom::Custom;
use domain::id::{AgreementId, CalendarId, EventId, PersonId, ServiceId, StatusId, UnitId};
use domain::priority::Priority;
use domain::service::{Audience, Service};
use domain::status::Status;
use domain::ticket::Ticket;
use jiff::{SignedDuration, Timestamp};

use crate::StoreError;
use crate::assignment::{self, Giving};
use crate::db::{Row, Tx};
use crate::params;
use crate::rule::{self, Rule};

/// The set-up at one version. Small enough to stay in memory, and read again when it changed.
#[derive(Debug, Default)]
pub struct Catalogue {
    pub version: i64,
    pub units: BTreeMap<UnitId, Unit>,
    pub services: BTreeMap<ServiceId, Offer>,
    pub calendars: BTreeMap<CalendarId, NamedCalendar>,
    pub agreements: Vec<Agreement>,
    pub classes: BTreeMap<Relation, Class>,
    /// People who turned out to be somebody else.
    pub merged: BTreeMap<PersonId, PersonId>,
    /// What the desk does by itself, in order.
    pub rules: Vec<Rule>,
    /// Units that do not give their tickets by hand.
    pub givings: BTreeMap<UnitId, Giving>,
    /// Days after solving, of units that say for how long their tickets can be reopened.
    pub reopenings: BTreeMap<UnitId, u16>,
    /// What the tickets of a service need of whoever gets them.
    pub needs: BTreeMap<ServiceId, Skills>,
    /// Fields of one's own in their order, those that ended included.
    pub customs: Vec<Custom>,
    /// Statuses of one's own in their order, those that are retired included.
    pub statuses: Vec<Status>,
    /// The steps that are usual for a service, one in each line.
    pub usual_steps: BTreeMap<ServiceId, String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub id: UnitId,
    pub name: String,
    pub parent: Option<UnitId>,
    pub kind: String,
    pub calendar: Option<CalendarId>,
    pub ended_at: Option<Timestamp>,
}

/// A service with the words of its catalogue page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub service: Service,
    pub name: String,
    pub summary: String,
    /// The usual plan as JSON: own work and hand-offs.
    pub plan: Option<String>,
    pub ended_at: Option<Timestamp>,
}

#[derive(Clone, Debug)]
pub struct NamedCalendar {
    pub id: CalendarId,
    pub name: String,
    /// The newest version.
    pub calendar: Arc<Calendar>,
    /// Every version, oldest first; at least one.
    pub versions: Vec<CalendarVersion>,
}

/// The hours of a calendar for tickets opened from an instant on.
#[derive(Clone, Debug)]
pub struct CalendarVersion {
    pub version: i64,
    /// `None` for the first one, which has held since ever.
    pub valid_from: Option<Timestamp>,
    pub calendar: Arc<Calendar>,
}

impl NamedCalendar {
    /// The version that held at an instant.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> Option<&CalendarVersion> {
        self.versions.iter().rev().find(|version| version.valid_from.is_none_or(|from| from <= at))
    }
}

/// One version of a promise, with its targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    pub id: AgreementId,
    pub name: String,
    pub kind: AgreementKind,
    pub service: ServiceId,
    pub class: Option<Class>,
    pub asking: Option<UnitId>,
    pub version: i64,
    pub previous: Option<AgreementId>,
    pub valid_from: Timestamp,
    pub valid_until: Option<Timestamp>,
    pub override_reason: Option<String>,
    pub targets: Vec<Target>,
}

/// What decides which promises apply to a ticket.
#[derive(Clone, Copy, Debug)]
pub struct Promised {
    pub service: ServiceId,
    pub class: Class,
    pub asking: Option<UnitId>,
    pub priority: Priority,
    pub opened_at: Timestamp,
}

impl Catalogue {
    /// The targets that apply to a ticket: of the agreements that held when it was opened.
    ///
    /// An SLA binds tickets of requesters, an OLA hand-offs (or, when it names a class, tickets of
    /// that class), a UC the waits for suppliers on either.
    #[must_use]
    pub fn targets(&self, promised: &Promised) -> Vec<&Target> {
        self.agreements
            .iter()
            .filter(|agreement| agreement.binds(promised))
            .flat_map(|agreement| applicable(&agreement.targets, promised.priority))
            .collect()
    }

    /// A calendar as it is now: for what begins now.
    #[must_use]
    pub fn calendar(&self, id: CalendarId) -> Option<&Calendar> {
        self.calendars.get(&id).map(|named| &*named.calendar)
    }

    /// A calendar as it counts for a ticket: the version that held when the ticket was opened.
    #[must_use]
    pub fn calendar_for(&self, id: CalendarId, opened_at: Timestamp) -> Option<&Calendar> {
        self.calendars.get(&id)?.at(opened_at).map(|version| &*version.calendar)
    }

    #[must_use]
    pub fn service(&self, id: ServiceId) -> Option<&Service> {
        self.services.get(&id).map(|offer| &offer.service)
    }

    /// The rules of a ticket's service, as the unit that has the ticket keeps them.
    #[must_use]
    pub fn ruling(&self, ticket: &Ticket) -> Option<Service> {
        let service = self.service(ticket.service)?;
        let reopen_days = ticket.reopen_days(service, self.reopenings.get(&ticket.unit).copied());
        Some(Service { reopen_days, ..service.clone() })
    }

    /// Who a person turned out to be, and who that one did, and so on; nobody for most people.
    pub fn who_became(&self, person: PersonId) -> impl Iterator<Item = PersonId> {
        std::iter::successors(self.merged.get(&person), |next| self.merged.get(next)).copied()
    }

    #[must_use]
    pub fn status(&self, id: StatusId) -> Option<&Status> {
        self.statuses.iter().find(|status| status.id == id)
    }

    #[must_use]
    pub fn unit_name(&self, id: UnitId) -> &str {
        self.units.get(&id).map_or("unknown unit", |unit| &unit.name)
    }
}

impl Agreement {
    fn binds(&self, promised: &Promised) -> bool {
        self.service == promised.service
            && self.valid_from <= promised.opened_at
            && self.valid_until.is_none_or(|until| promised.opened_at < until)
            && self.class.is_none_or(|class| class == promised.class)
            && self.asking.is_none_or(|asking| Some(asking) == promised.asking)
            && match self.kind {
                AgreementKind::Sla => promised.asking.is_none(),
                AgreementKind::Ola => promised.asking.is_some() || self.class.is_some(),
                AgreementKind::Uc => true,
            }
    }
}

/// Keeps the last version read, for every thread of the process.
#[derive(Debug, Default)]
pub struct Cache(RwLock<Arc<Catalogue>>);

impl Cache {
    /// The set-up as this transaction sees it: one row is read, everything else only when it changed.
    pub fn current(&self, tx: &mut Tx) -> Result<Arc<Catalogue>, StoreError> {
        let version = version(tx)?;
        let kept = Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner));
        if kept.version == version {
            return Ok(kept);
        }
        let fresh = Arc::new(load(tx, version)?);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&fresh);
        Ok(fresh)
    }
}

/// 0 before anything was set up.
pub fn version(tx: &mut Tx) -> Result<i64, StoreError> {
    let value = tx.query_opt("select value from setting where name = 'catalogue'", params![], |row| {
        row.get::<String>(0)
    })?;
    Ok(value.and_then(|value| value.parse().ok()).unwrap_or(0))
}

/// Tells every process that the set-up changed. The new version is the id of the event that
/// tells of it, so that a version that was rolled back never names another set-up.
pub fn changed(tx: &mut Tx, event: EventId) -> Result<(), StoreError> {
    tx.execute(
        "insert into setting (name, value) values ('catalogue', $1) on conflict (name) do update set value = $1",
        params![event.0.to_string()],
    )?;
    Ok(())
}

fn load(tx: &mut Tx, version: i64) -> Result<Catalogue, StoreError> {
    Ok(Catalogue {
        version,
        units: units(tx)?,
        services: services(tx)?,
        calendars: calendars(tx)?,
        agreements: agreements(tx)?,
        classes: classes(tx)?,
        merged: crate::person::merged(tx)?,
        rules: rule::all(tx)?,
        givings: assignment::givings(tx)?,
        reopenings: crate::reopening::all(tx)?,
        needs: assignment::needs(tx)?,
        customs: crate::custom::all(tx)?,
        statuses: crate::status::all(tx)?,
        usual_steps: crate::checklist::usual(tx)?,
    })
}

fn units(tx: &mut Tx) -> Result<BTreeMap<UnitId, Unit>, StoreError> {
    let units =
        tx.query("select id, name, parent_id, kind, calendar_id, ended_at from unit", params![], |row| {
            Ok(Unit {
                id: row.get(0)?,
                name: row.get(1)?,
                parent: row.get(2)?,
                kind: row.get(3)?,
                calendar: row.get(4)?,
                ended_at: row.get(5)?,
            })
        })?;
    Ok(units.into_iter().map(|unit| (unit.id, unit)).collect())
}

fn services(tx: &mut Tx) -> Result<BTreeMap<ServiceId, Offer>, StoreError> {
    let offers = tx.query(
        "select id, name, summary, unit_id, audience_internal, audience_connected, audience_external, captive, \
         confidential, finishing_allowance_seconds, matrix, reopen_days, close_days, neutral_unit_id, plan, ended_at \
         from service",
        params![],
        |row| Ok(offer(row)),
    )?;
    offers.into_iter().map(|offer| offer.map(|offer| (offer.service.id, offer))).collect()
}

fn offer(row: &Row) -> Result<Offer, StoreError> {
    let id: ServiceId = row.get(0)?;
    let yes = |column: usize| row.get::<i64>(column).map(|value| value == 1);
    let matrix: &str = row.get(10)?;
    let service = Service {
        id,
        unit: row.get(3)?,
        audience: Audience { internal: yes(4)?, connected: yes(5)?, external: yes(6)? },
        captive: yes(7)?,
        confidential: yes(8)?,
        finishing_allowance: SignedDuration::from_secs(row.get(9)?),
        matrix: serde_json::from_str(matrix).map_err(|cause| StoreError::row("service", id.0, cause))?,
        reopen_days: u16::try_from(row.get::<i64>(11)?).unwrap_or(u16::MAX),
        close_days: u16::try_from(row.get::<i64>(12)?).unwrap_or(u16::MAX),
        neutral_owner: row.get(13)?,
    };
    Ok(Offer { service, name: row.get(1)?, summary: row.get(2)?, plan: row.get(14)?, ended_at: row.get(15)? })
}

fn calendars(tx: &mut Tx) -> Result<BTreeMap<CalendarId, NamedCalendar>, StoreError> {
    let rows = tx.query(
        "select c.id, c.name, v.version, v.spec, v.valid_from_at from calendar c \
         join calendar_version v on v.calendar_id = c.id order by c.id, v.version",
        params![],
        |row| {
            let named: (CalendarId, String) = (row.get(0)?, row.get(1)?);
            Ok((named, row.get::<i64>(2)?, row.get::<String>(3)?, row.get::<Option<Timestamp>>(4)?))
        },
    )?;
    let mut calendars: BTreeMap<CalendarId, NamedCalendar> = BTreeMap::new();
    for ((id, name), version, spec, valid_from) in rows {
        let spec: CalendarSpec =
            serde_json::from_str(&spec).map_err(|cause| StoreError::row("calendar", id.0, cause))?;
        let calendar = Calendar::new(spec).map_err(|cause| StoreError::row("calendar", id.0, cause))?;
        let calendar = Arc::new(calendar);
        let named = calendars.entry(id).or_insert_with(|| NamedCalendar {
            id,
            name,
            calendar: Arc::clone(&calendar),
            versions: Vec::new(),
        });
        named.calendar = Arc::clone(&calendar);
        named.versions.push(CalendarVersion { version, valid_from, calendar });
    }
    Ok(calendars)
}

fn agreements(tx: &mut Tx) -> Result<Vec<Agreement>, StoreError> {
    let mut agreements = tx.query(
        "select id, name, kind, service_id, class, asking_unit_id, version, previous_id, valid_from_at, valid_until_at, \
         override_reason from agreement order by id",
        params![],
        |row| {
            Ok(Agreement {
                id: row.get(0)?,
                name: row.get(1)?,
                kind: row.get(2)?,
                service: row.get(3)?,
                class: row.get(4)?,
                asking: row.get(5)?,
                version: row.get(6)?,
                previous: row.get(7)?,
                valid_from: row.get(8)?,
                valid_until: row.get(9)?,
                override_reason: row.get(10)?,
                targets: Vec::new(),
            })
        },
    )?;
    let kinds: BTreeMap<AgreementId, usize> =
        agreements.iter().enumerate().map(|(place, agreement)| (agreement.id, place)).collect();
    let targets = tx.query(
        "select id, agreement_id, metric, priority, within_seconds, calendar_id, quantile, pause_requester, \
         pause_supplier, pause_agreed from target order by id",
        params![],
        |row| Ok(target(row)),
    )?;
    for target in targets {
        let mut target = target?;
        if let Some(place) = kinds.get(&target.agreement) {
            target.kind = agreements[*place].kind;
            agreements[*place].targets.push(target);
        }
    }
    Ok(agreements)
}

fn target(row: &Row) -> Result<Target, StoreError> {
    let yes = |column: usize| row.get::<i64>(column).map(|value| value == 1);
    let priority = row
        .get::<Option<i64>>(3)?
        .map(|number| Priority::try_from(u8::try_from(number).unwrap_or(0)))
        .transpose()
        .map_err(|cause| StoreError::row("target", row.get(0).unwrap_or(0), cause))?;
    Ok(Target {
        id: row.get(0)?,
        agreement: row.get(1)?,
        kind: AgreementKind::Sla,
        metric: row.get(2)?,
        priority,
        within: SignedDuration::from_secs(row.get(4)?),
        calendar: row.get(5)?,
        quantile: row.get(6)?,
        pauses: Pauses { requester: yes(7)?, supplier: yes(8)?, agreed: yes(9)? },
    })
}

fn classes(tx: &mut Tx) -> Result<BTreeMap<Relation, Class>, StoreError> {
    let set = tx.query("select relation, class from relation_class", params![], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    let usual = Relation::ALL.iter().map(|relation| (*relation, relation.usual_class()));
    Ok(usual.chain(set).collect())
}
