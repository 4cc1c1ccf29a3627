//! What ties people and organisations to us, and the class that follows from it each day.

use domain::affiliation::{Affiliation, Class, Party, Relation, class_on};
use domain::id::{AffiliationId, OrganisationId, PersonId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use store::event::Subject;

use super::Tie;
use crate::act::Act;
use crate::entitled::{self, Entitled};
use crate::{DeskError, Problem};

/// The setting that holds the time zone of the organisation; UTC without it.
pub const TIME_ZONE: &str = "time_zone";

const CLASSES_UNTIL: &str = "classes_until";

/// Ties a person or an organisation to us.
pub fn add(act: &mut Act, by: &impl Entitled, party: Party, tie: &Tie) -> Result<AffiliationId, DeskError> {
    by.check(act)?;
    let subject = existing(act, party)?;
    let affiliation = tied(act, party, tie)?;
    let id = AffiliationId(act.new_id());
    store::affiliation::insert(act.tx, id, &affiliation)?;
    let payload = json!({ "affiliation": id, "relation": tie.relation.as_str() });
    act.record_change(subject, "affiliated", &payload)?;
    classify_party(act, party)?;
    Ok(id)
}

/// Ends a tie: `until` is the first day on which it no longer holds.
pub fn end(act: &mut Act, by: &impl Entitled, id: AffiliationId, until: Date) -> Result<(), DeskError> {
    by.check(act)?;
    let affiliation = store::affiliation::by_id(act.tx, id)?.ok_or(DeskError::NotFound)?;
    if until < affiliation.from {
        return Err(DeskError::invalid(
            "until",
            Problem::TieEndsTooEarly { from: affiliation.from.to_string() },
        ));
    }
    let subject = existing(act, affiliation.party)?;
    store::affiliation::set_end(act.tx, id, until)?;
    act.record_change(
        subject,
        "affiliation ended",
        &json!({ "affiliation": id, "until": until.to_string() }),
    )?;
    classify_party(act, affiliation.party)
}

/// Sets on which side of the line a relation stands, for the ties that followed it and new ones.
pub fn set_relation_class(
    act: &mut Act,
    by: &impl Entitled,
    relation: Relation,
    class: Class,
) -> Result<(), DeskError> {
    by.check(act)?;
    let before = class_of(act, relation);
    if before == class {
        return Ok(());
    }
    store::affiliation::set_relation_class(act.tx, relation, before, class)?;
    let payload = json!({ "relation": relation.as_str(), "class": class.as_str() });
    entitled::record(act, Subject::Desk, "relation class changed", &payload)?;
    let people = store::affiliation::people_related(act.tx, relation)?;
    people.into_iter().try_for_each(|person| classify(act, person).map(|_| ()))
}

/// Once a day: the class of everybody for whom a tie began or ended. Gives how many changed.
pub fn classes_of_day(act: &mut Act) -> Result<usize, DeskError> {
    let today = today(act)?;
    let known = store::setting::value(act.tx, CLASSES_UNTIL)?;
    let from = known.and_then(|day| day.parse().ok()).unwrap_or(Date::constant(1, 1, 1));
    if from >= today {
        return Ok(0);
    }
    let mut changed = 0;
    for person in store::affiliation::people_changing(act.tx, from, today)? {
        changed += usize::from(classify(act, person)?);
    }
    store::setting::set(act.tx, CLASSES_UNTIL, &today.to_string())?;
    Ok(changed)
}

/// The day it is for the organisation.
pub(crate) fn today(act: &mut Act) -> Result<Date, DeskError> {
    let name = store::setting::value(act.tx, TIME_ZONE)?;
    let zone = name.and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC);
    Ok(act.now.to_zoned(zone).date())
}

/// The class of somebody with these ties of their own in this organisation, today.
pub(super) fn class(
    act: &mut Act,
    own: &[Affiliation],
    organisation: Option<OrganisationId>,
) -> Result<Class, DeskError> {
    let mut all = own.to_vec();
    if let Some(organisation) = organisation {
        let shared = store::affiliation::of_organisation(act.tx, organisation)?;
        all.extend(shared.into_iter().map(|(_, affiliation)| affiliation));
    }
    Ok(class_on(&all, today(act)?))
}

pub(super) fn own(act: &mut Act, person: PersonId) -> Result<Vec<Affiliation>, DeskError> {
    let ties = store::affiliation::of_person(act.tx, person)?;
    Ok(ties.into_iter().map(|(_, affiliation)| affiliation).collect())
}

pub(super) fn tied(act: &Act, party: Party, tie: &Tie) -> Result<Affiliation, DeskError> {
    if tie.until.is_some_and(|until| until < tie.from) {
        return Err(DeskError::invalid("until", Problem::TieEndsBeforeItBegins));
    }
    Ok(Affiliation {
        party,
        relation: tie.relation,
        class: tie.class.unwrap_or_else(|| class_of(act, tie.relation)),
        from: tie.from,
        until: tie.until,
    })
}

fn class_of(act: &Act, relation: Relation) -> Class {
    act.catalogue.classes.get(&relation).copied().unwrap_or_else(|| relation.usual_class())
}

fn existing(act: &mut Act, party: Party) -> Result<Subject, DeskError> {
    match party {
        Party::Person(person) => super::known(act, person).map(|_| Subject::Person(person.0)),
        Party::Organisation(organisation) => store::organisation::by_id(act.tx, organisation)?
            .map(|_| Subject::Organisation(organisation.0))
            .ok_or(DeskError::NotFound),
    }
}

fn classify_party(act: &mut Act, party: Party) -> Result<(), DeskError> {
    match party {
        Party::Person(person) => classify(act, person).map(|_| ()),
        Party::Organisation(organisation) => {
            let people = store::person::of_organisation(act.tx, organisation, u16::MAX)?;
            people.into_iter().try_for_each(|person| classify(act, person.id).map(|_| ()))
        }
    }
}

fn classify(act: &mut Act, person: PersonId) -> Result<bool, DeskError> {
    let known = super::known(act, person)?;
    let ties = own(act, person)?;
    let class = class(act, &ties, known.organisation)?;
    if class == known.class {
        return Ok(false);
    }
    store::person::set_class(act.tx, person, class)?;
    act.record_change(Subject::Person(person.0), "class changed", &json!({ "class": class.as_str() }))?;
    Ok(true)
}
