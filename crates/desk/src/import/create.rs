//! The rows of people, units, services and suppliers that an import brings with it.

use domain::affiliation::{Affiliation, Class, Party, Relation};
use domain::event::Actor;
use domain::id::{AffiliationId, EventId, OrganisationId, PersonId, ServiceId, UnitId};
use domain::priority::Matrix;
use domain::service::{Audience, Service};
use jiff::{SignedDuration, Timestamp};
use store::catalogue::{Offer, Unit};
use store::event::{Entry, Subject};
use store::imported::Kind;

use crate::DeskError;
use crate::act::Act;

pub(super) fn unit(act: &mut Act, id: UnitId, name: &str) -> Result<(), DeskError> {
    let unit = Unit {
        id,
        name: name.to_owned(),
        parent: None,
        kind: "team".to_owned(),
        calendar: None,
        ended_at: None,
    };
    Ok(store::unit::insert(act.tx, &unit, act.now)?)
}

/// A service as a log tells of it.
pub(super) struct Told<'a> {
    pub id: ServiceId,
    pub name: &'a str,
    pub unit: UnitId,
    pub audience: Audience,
    pub confidential: bool,
    pub captive: bool,
}

pub(super) fn service(act: &mut Act, told: &Told) -> Result<(), DeskError> {
    let offer = Offer {
        service: Service {
            id: told.id,
            unit: told.unit,
            audience: told.audience,
            captive: told.captive,
            confidential: told.confidential,
            finishing_allowance: SignedDuration::ZERO,
            matrix: Matrix::default(),
            reopen_days: USUAL_DAYS,
            close_days: USUAL_DAYS,
            neutral_owner: None,
        },
        name: told.name.to_owned(),
        summary: String::new(),
        plan: None,
        ended_at: None,
    };
    Ok(store::service::insert(act.tx, &offer, act.now)?)
}

const USUAL_DAYS: u16 = 14;

/// Somebody without an address, with one tie to us since `since`.
pub(super) fn person(
    act: &mut Act,
    id: PersonId,
    name: &str,
    class: Class,
    since: Timestamp,
) -> Result<(), DeskError> {
    let person = store::person::Person {
        id,
        name: name.to_owned(),
        email: None,
        phone: None,
        language: "en".to_owned(),
        time_zone: "UTC".to_owned(),
        organisation: None,
        class,
        created_at: act.now,
        disabled_at: None,
        merged_into: None,
    };
    store::person::insert(act.tx, &person)?;
    let affiliation = Affiliation {
        party: Party::Person(id),
        relation: match class {
            Class::Internal => Relation::Employee,
            Class::Connected => Relation::Partner,
            Class::External => Relation::Buyer,
        },
        class,
        from: since.to_zoned(jiff::tz::TimeZone::UTC).date(),
        until: None,
    };
    Ok(store::affiliation::insert(act.tx, AffiliationId(act.new_id()), &affiliation)?)
}

pub(super) fn organisation(act: &mut Act, id: OrganisationId, name: &str) -> Result<(), DeskError> {
    let organisation = store::organisation::Organisation {
        id,
        name: name.to_owned(),
        shares_tickets: false,
        created_at: act.now,
        merged_into: None,
    };
    Ok(store::organisation::insert(act.tx, &organisation)?)
}

/// One event for each of them; their names stay in their rows, where they can be erased.
pub(super) fn record(act: &mut Act, source: &str, fresh: &[(Kind, i64)]) -> Result<(), DeskError> {
    let payload = serde_json::json!({ "source": source }).to_string();
    let entries: Vec<Entry> = fresh
        .iter()
        .map(|(kind, id)| Entry {
            id: EventId(act.new_id()),
            at: act.now,
            recorded_at: act.now,
            actor: Actor::Import,
            subject: match kind {
                Kind::Unit => Subject::Unit(*id),
                Kind::Service => Subject::Service(*id),
                Kind::Person | Kind::Requester => Subject::Person(*id),
                Kind::Supplier => Subject::Organisation(*id),
            },
            parent: None,
            kind: "imported",
            payload: &payload,
        })
        .collect();
    store::event::append_all(act.tx, &entries)?;
    if let Some(last) = entries.last() {
        store::catalogue::changed(act.tx, last.id)?;
    }
    Ok(())
}
