//! Fields of one's own: administrators define them, people answer them.

mod define;
mod judge;
mod settle;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::custom::{Answers, Custom, Needed, Of, Shown, Type, Value, asked, missing};
use domain::event::{Detail, Fact};
use domain::id::{OrganisationId, PersonId, ServiceId, TicketId};
use domain::permission::Viewer;
use domain::ticket::Ticket;
use serde_json::json;
use store::Tx;
use store::access::{Granted, Serve};
use store::catalogue::Catalogue;
use store::custom::Called;
use store::custom::kept::{self, Change};
use store::event::Subject;

use crate::act::Act;
use crate::entitled::Entitled;
use crate::problem::Clauses;
use crate::{DeskError, Problem, project};

pub use define::{Input, change, define, end};
pub use judge::{Judged, judge};
use settle::settle;

/// What was typed into fields, by their keys.
pub type Typed = BTreeMap<String, Vec<String>>;

/// One field whose answer is wrong or missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub key: String,
    pub name: String,
    pub problem: Problem,
}

/// Faults as one problem, for whoever has no place beside each field.
pub(crate) fn faulty(faults: Vec<Fault>) -> DeskError {
    let clauses = faults
        .into_iter()
        .map(|fault| Problem::CustomField { name: fault.name, problem: Box::new(fault.problem) });
    DeskError::invalid("fields", Problem::CustomFields { faults: Clauses(clauses.collect()) })
}

/// Fields in which somebody may answer.
#[must_use]
pub fn readable(customs: &[Custom], reads_inside: bool) -> Vec<Custom> {
    customs.iter().filter(|custom| reads_inside || custom.shown == Shown::Both).cloned().collect()
}

/// Fields that somebody who lists tickets may know of: those of services whose unit they see, and those of all.
#[must_use]
pub fn known_to(viewer: &Viewer, catalogue: &Catalogue) -> Vec<Custom> {
    let sees = |service: &ServiceId| {
        let offer = catalogue.services.get(service);
        offer.is_some_and(|offer| viewer.sees_unit(offer.service.unit))
    };
    let known = |custom: &&Custom| custom.services.is_empty() || custom.services.iter().any(sees);
    catalogue.customs.iter().filter(known).cloned().collect()
}

/// Keeps the answers with which a ticket begins.
pub(crate) fn begin(act: &mut Act, ticket: TicketId, answers: &Answers) -> Result<(), DeskError> {
    let catalogue = Arc::clone(&act.catalogue);
    for custom in &catalogue.customs {
        if let Some(value) = answers.get(&custom.id) {
            store::custom::write(act.tx, ticket.0, custom, Some(value))?;
        }
    }
    Ok(())
}

/// Answers one field of a ticket, or takes its answer away. What is not asked any more then keeps its answer out of
/// sight, until it is asked again.
pub fn answer(
    act: &mut Act,
    viewer: &Viewer,
    granted: Granted<Serve>,
    key: &str,
    typed: &[String],
) -> Result<(), DeskError> {
    set(act, Some(viewer), granted.ticket, key, typed).map(drop)
}

/// The same by the desk itself, when there is no viewer; whether anything changed.
pub(crate) fn set(
    act: &mut Act,
    viewer: Option<&Viewer>,
    ticket: TicketId,
    key: &str,
    typed: &[String],
) -> Result<bool, DeskError> {
    let catalogue = Arc::clone(&act.catalogue);
    let service = service(act, ticket)?;
    let before = store::custom::of(act.tx, ticket.0, &catalogue.customs)?;
    let mut answers = before.clone();
    let Some(custom) = changed(act.tx, viewer, (&catalogue, service), (key, typed), &mut answers)? else {
        return Ok(false);
    };
    store::custom::write(act.tx, ticket.0, custom, answers.get(&custom.id))?;
    let settled = settle(act.tx, &catalogue.customs, (Of::Ticket, ticket.0, Some(service)))?;
    let fact = Fact::Detailed(Detail::Answered { field: custom.id });
    let (_, event) = project::happens(act, ticket, |_, _| Ok(fact))?;
    let [was, became] = [&before, &answers].map(|answers| answers.get(&custom.id).cloned());
    let change = Change { field: custom.id, was, became, settled };
    kept::record(act.tx, event, ticket, custom, &change)?;
    Ok(true)
}

/// What setting a field does to the answers of a ticket; `None` where it was so before.
pub(crate) fn changed<'a>(
    tx: &mut Tx,
    viewer: Option<&Viewer>,
    (catalogue, service): (&'a Catalogue, ServiceId),
    (key, typed): (&str, &[String]),
    answers: &mut Answers,
) -> Result<Option<&'a Custom>, DeskError> {
    let customs = &catalogue.customs;
    let custom = asked(customs, Of::Ticket, Some(service), answers)
        .into_iter()
        .find(|custom| custom.key == key)
        .ok_or_else(|| not_asked(viewer, catalogue, key))?;
    let held = answers.get(&custom.id).cloned();
    let value = judge::one(tx, viewer, custom, typed, held.as_ref())?
        .map_err(|problem| faulty(vec![fault(custom, problem)]))?;
    if value == held {
        return Ok(None);
    }
    match value {
        Some(value) => drop(answers.insert(custom.id, value)),
        None => drop(answers.remove(&custom.id)),
    }
    Ok(Some(custom))
}

/// A field that there is, but not here, is called by its name to those who may know of it.
fn not_asked(viewer: Option<&Viewer>, catalogue: &Catalogue, key: &str) -> DeskError {
    let known = viewer.map_or_else(|| catalogue.customs.clone(), |viewer| known_to(viewer, catalogue));
    let known = known.iter().find(|custom| custom.key == key && custom.of == Of::Ticket);
    let problem = known.map_or_else(
        || Problem::CustomUnknown { key: key.to_owned() },
        |custom| Problem::CustomNotAsked { name: custom.name.clone() },
    );
    DeskError::invalid("fields", problem)
}

/// Refuses to keep that a field is set which no ticket has as far as somebody knows, or to what it never takes.
pub(crate) fn could_be(known: &[Custom], key: &str, typed: &[String]) -> Result<(), DeskError> {
    let of_tickets = |custom: &&Custom| custom.key == key && custom.is_asked_of(Of::Ticket);
    let custom = known.iter().find(of_tickets);
    let unknown = || DeskError::invalid("fields", Problem::CustomUnknown { key: key.to_owned() });
    let custom = custom.ok_or_else(unknown)?;
    match custom.holds {
        // Who is known is asked when it is done.
        Type::Person | Type::Organisation => Ok(()),
        _ => match domain::custom::read(custom, typed, None) {
            Ok(_) => Ok(()),
            Err(wrong) => Err(faulty(vec![fault(custom, judge::problem(wrong))])),
        },
    }
}

/// What was answered in some fields of a ticket, as it would be typed; nothing where it has no such field.
pub(crate) fn typed(
    act: &mut Act,
    ticket: TicketId,
    keys: impl Iterator<Item = String>,
) -> Result<Typed, DeskError> {
    let keys: Vec<String> = keys.collect();
    if keys.is_empty() {
        return Ok(Typed::new());
    }
    let catalogue = Arc::clone(&act.catalogue);
    let answers = store::custom::of(act.tx, ticket.0, &catalogue.customs)?;
    let names = store::custom::names(act.tx, &answers)?;
    let written = |key: &str| -> Vec<String> {
        let custom = catalogue.customs.iter().find(|custom| custom.key == key);
        let value = custom.and_then(|custom| Some((custom, answers.get(&custom.id)?)));
        value.map(|(custom, value)| as_typed(custom, value, &names)).unwrap_or_default()
    };
    Ok(keys.into_iter().map(|key| (key.clone(), written(&key))).collect())
}

/// People by their address, organisations by their name.
fn as_typed(custom: &Custom, value: &Value, names: &BTreeMap<i64, Called>) -> Vec<String> {
    let id = match value {
        Value::Person(person) => person.0,
        Value::Organisation(organisation) => organisation.0,
        Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::YesNo(_) | Value::Choices(_) => {
            return value.written(custom);
        }
    };
    names
        .get(&id)
        .map(|(name, address)| address.clone().unwrap_or_else(|| name.clone()))
        .into_iter()
        .collect()
}

/// Answers several fields, all or none: each once it is asked, which can depend on another answer.
pub fn answer_all(
    act: &mut Act,
    viewer: &Viewer,
    granted: Granted<Serve>,
    typed: &Typed,
) -> Result<(), DeskError> {
    let catalogue = Arc::clone(&act.catalogue);
    let customs = &catalogue.customs;
    let service = service(act, granted.ticket)?;
    let depends = |key: &str| customs.iter().any(|custom| custom.key == key && custom.when.is_some());
    let mut left: Vec<(&String, &Vec<String>)> = typed.iter().collect();
    left.sort_by_key(|(key, _)| depends(key));
    while !left.is_empty() {
        let answers = store::custom::of(act.tx, granted.ticket.0, customs)?;
        let asked = asked(customs, Of::Ticket, Some(service), &answers);
        let next = left.iter().position(|(key, _)| asked.iter().any(|custom| custom.key == **key));
        let (key, values) = left.remove(next.unwrap_or(0));
        answer(act, viewer, granted, key, values)?;
    }
    Ok(())
}

/// What has to be answered before the serving side is done.
pub(crate) fn complete(act: &mut Act, ticket: &Ticket) -> Result<(), DeskError> {
    let catalogue = Arc::clone(&act.catalogue);
    let customs = &catalogue.customs;
    if customs.iter().all(|custom| custom.needed != Needed::Solving || custom.ended) {
        return Ok(());
    }
    let answers = store::custom::of(act.tx, ticket.id.0, customs)?;
    let asked = asked(customs, Of::Ticket, Some(ticket.service), &answers);
    let missing: Vec<Fault> = missing(&asked, &answers, Needed::Solving)
        .into_iter()
        .map(|custom| fault(custom, Problem::CustomMissing))
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(faulty(missing)) }
}

/// Answers the fields of a person.
pub fn of_person(act: &mut Act, viewer: &Viewer, person: PersonId, typed: &Typed) -> Result<(), DeskError> {
    viewer.check(act)?;
    store::person::by_id(act.tx, person)?.ok_or(DeskError::NotFound)?;
    directory(act, viewer, (Of::Person, person.0, Subject::Person(person.0)), typed)
}

/// Answers the fields of an organisation.
pub fn of_organisation(
    act: &mut Act,
    viewer: &Viewer,
    organisation: OrganisationId,
    typed: &Typed,
) -> Result<(), DeskError> {
    viewer.check(act)?;
    store::organisation::by_id(act.tx, organisation)?.ok_or(DeskError::NotFound)?;
    let subject = Subject::Organisation(organisation.0);
    directory(act, viewer, (Of::Organisation, organisation.0, subject), typed)
}

fn directory(
    act: &mut Act,
    viewer: &Viewer,
    (of, thing, subject): (Of, i64, Subject),
    typed: &Typed,
) -> Result<(), DeskError> {
    let catalogue = Arc::clone(&act.catalogue);
    let held = store::custom::of(act.tx, thing, &catalogue.customs)?;
    let judged = judge(act.tx, viewer, &catalogue.customs, (of, None), typed, &held, Needed::Never)?;
    if !judged.faults.is_empty() {
        return Err(faulty(judged.faults));
    }
    let was_asked = asked(&catalogue.customs, of, None, &held);
    let mut changed = Vec::new();
    for custom in asked(&catalogue.customs, of, None, &judged.answers) {
        let value = judged.answers.get(&custom.id);
        // Left empty where nobody was asked before, it has what it had then.
        let is_new = value.is_none() && was_asked.iter().all(|own| own.id != custom.id);
        if !is_new && held.get(&custom.id) != value {
            store::custom::write(act.tx, thing, custom, value)?;
            changed.push(custom.key.as_str());
        }
    }
    let settled = settle(act.tx, &catalogue.customs, (of, thing, None))?;
    let moved =
        |custom: &&Custom| settled.rested.contains(&custom.id) || settled.returned.contains(&custom.id);
    changed.extend(catalogue.customs.iter().filter(moved).map(|custom| custom.key.as_str()));
    if !changed.is_empty() {
        act.record_change(subject, "fields answered", &json!({ "fields": changed }))?;
    }
    Ok(())
}

fn service(act: &mut Act, ticket: TicketId) -> Result<ServiceId, DeskError> {
    let place = store::ticket::place(act.tx, ticket)?.ok_or(DeskError::NotFound)?;
    Ok(place.service)
}

fn fault(custom: &Custom, problem: Problem) -> Fault {
    Fault { key: custom.key.clone(), name: custom.name.clone(), problem }
}
