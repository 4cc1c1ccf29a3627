//! The directory of people: who they are, what ties them to us, and where they serve.

pub mod affiliations;
pub mod merge;
pub mod offices;
#[cfg(test)]
mod tests;

use domain::affiliation::{Affiliation, Class, Party, Relation};
use domain::id::{AffiliationId, OrganisationId, PersonId, UnitId};
use domain::permission::Viewer;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use store::event::Subject;
use store::person::Person;
use store::unit::Role;

use crate::act::Act;
use crate::entitled::{Entitled, differing};
use crate::password::Hash;
use crate::words::{EmailAddress, Name};
use crate::{DeskError, Problem};

/// The languages that pages speak.
pub const LANGUAGES: [&str; 2] = ["en", "de"];

/// What an administrator says about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub language: String,
    pub time_zone: String,
    pub organisation: Option<OrganisationId>,
}

impl Input {
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            email: None,
            phone: None,
            language: "en".to_owned(),
            time_zone: "UTC".to_owned(),
            organisation: None,
        }
    }
}

/// A tie between somebody and us; without a class it gets the one of its relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    pub relation: Relation,
    pub class: Option<Class>,
    pub from: Date,
    /// The first day on which it no longer holds.
    pub until: Option<Date>,
}

/// Adds a person with their ties.
pub fn create(act: &mut Act, by: &impl Entitled, input: &Input, ties: &[Tie]) -> Result<PersonId, DeskError> {
    by.check(act)?;
    made(act, input, ties)
}

pub(crate) fn made(act: &mut Act, input: &Input, ties: &[Tie]) -> Result<PersonId, DeskError> {
    let mut person = Person {
        id: PersonId(act.new_id()),
        name: String::new(),
        email: None,
        phone: None,
        language: String::new(),
        time_zone: String::new(),
        organisation: None,
        class: Class::External,
        created_at: act.now,
        disabled_at: None,
        merged_into: None,
    };
    fill(act, &mut person, input)?;
    let ties: Vec<Affiliation> = ties
        .iter()
        .map(|tie| affiliations::tied(act, Party::Person(person.id), tie))
        .collect::<Result<_, _>>()?;
    person.class = affiliations::class(act, &ties, person.organisation)?;
    store::person::insert(act.tx, &person)?;
    for tie in &ties {
        let id = AffiliationId(act.new_id());
        store::affiliation::insert(act.tx, id, tie)?;
    }
    act.record_change(Subject::Person(person.id.0), "created", &json!({ "ties": ties.len() }))?;
    Ok(person.id)
}

/// Changes what an administrator says about a person.
pub fn change(act: &mut Act, by: &impl Entitled, id: PersonId, input: &Input) -> Result<(), DeskError> {
    by.check(act)?;
    let before = known(act, id)?;
    let mut person = before.clone();
    fill(act, &mut person, input)?;
    if person.organisation != before.organisation {
        let ties = affiliations::own(act, id)?;
        person.class = affiliations::class(act, &ties, person.organisation)?;
    }
    save(act, &before, &person)
}

/// What everybody may change about themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    pub language: String,
    pub time_zone: String,
}

/// Changes the viewer's own profile.
pub fn change_profile(act: &mut Act, viewer: &Viewer, profile: &Profile) -> Result<(), DeskError> {
    let before = known(act, viewer.person)?;
    let person = Person {
        name: Name::parse(&profile.name)?.as_str().to_owned(),
        language: language(&profile.language)?,
        time_zone: time_zone(&profile.time_zone)?,
        ..before.clone()
    };
    save(act, &before, &person)
}

/// Shuts somebody out; their sessions end at once. What they did stays theirs.
pub fn disable(act: &mut Act, by: &impl Entitled, id: PersonId) -> Result<(), DeskError> {
    by.check(act)?;
    let person = known(act, id)?;
    if person.disabled_at.is_some() {
        return Ok(());
    }
    offices::refuse_the_last_administrator(act, id)?;
    store::person::update(act.tx, &Person { disabled_at: Some(act.now), ..person })?;
    store::session::remove_all(act.tx, id, None)?;
    act.record_change(Subject::Person(id.0), "disabled", &json!({}))?;
    Ok(())
}

/// Lets somebody in again.
pub fn enable(act: &mut Act, by: &impl Entitled, id: PersonId) -> Result<(), DeskError> {
    by.check(act)?;
    let person = known(act, id)?;
    if person.disabled_at.is_none() {
        return Ok(());
    }
    store::person::update(act.tx, &Person { disabled_at: None, ..person })?;
    act.record_change(Subject::Person(id.0), "enabled", &json!({}))?;
    Ok(())
}

/// Gives a password that was hashed before; every session of that person ends.
pub fn set_password(act: &mut Act, by: &impl Entitled, id: PersonId, hash: &Hash) -> Result<(), DeskError> {
    by.check(act)?;
    known(act, id)?;
    write_password(act, id, hash, None)
}

/// Gives the viewer another password; their other sessions end, the one in `kept` goes on.
/// The password before is checked by [`crate::sign_in::change_password`].
pub(crate) fn write_password(
    act: &mut Act,
    id: PersonId,
    hash: &Hash,
    kept: Option<&[u8; 32]>,
) -> Result<(), DeskError> {
    store::person::set_password(act.tx, id, Some(hash.as_str()))?;
    store::session::remove_all(act.tx, id, kept)?;
    act.record_change(Subject::Person(id.0), "password changed", &json!({}))?;
    Ok(())
}

/// Makes somebody serve in a unit, or changes as what.
pub fn join_unit(
    act: &mut Act,
    by: &impl Entitled,
    id: PersonId,
    unit: UnitId,
    role: Role,
) -> Result<(), DeskError> {
    by.check(act)?;
    known(act, id)?;
    crate::units::live(act, "unit", unit)?;
    store::unit::set_member(act.tx, unit, id, role)?;
    let payload = json!({ "unit": unit, "role": role.as_str() });
    act.record_change(Subject::Person(id.0), "joined unit", &payload)?;
    Ok(())
}

/// Ends somebody's service in a unit. Tickets they hold stay with the unit.
pub fn leave_unit(act: &mut Act, by: &impl Entitled, id: PersonId, unit: UnitId) -> Result<(), DeskError> {
    by.check(act)?;
    known(act, id)?;
    if store::unit::remove_member(act.tx, unit, id)? {
        act.record_change(Subject::Person(id.0), "left unit", &json!({ "unit": unit }))?;
    }
    Ok(())
}

/// Somebody is of that organisation from here on, with the class that follows.
pub(crate) fn belongs_to(act: &mut Act, id: PersonId, organisation: OrganisationId) -> Result<(), DeskError> {
    let before = known(act, id)?;
    let ties = affiliations::own(act, id)?;
    let class = affiliations::class(act, &ties, Some(organisation))?;
    save(act, &before, &Person { organisation: Some(organisation), class, ..before.clone() })
}

pub(crate) fn known(act: &mut Act, id: PersonId) -> Result<Person, DeskError> {
    store::person::by_id(act.tx, id)?.ok_or(DeskError::NotFound)
}

fn fill(act: &mut Act, person: &mut Person, input: &Input) -> Result<(), DeskError> {
    Name::parse(&input.name)?.as_str().clone_into(&mut person.name);
    person.email = email(act, person.id, input.email.as_deref())?;
    person.phone = phone(input.phone.as_deref())?;
    person.language = language(&input.language)?;
    person.time_zone = time_zone(&input.time_zone)?;
    person.organisation = input.organisation;
    if let Some(organisation) = input.organisation
        && store::organisation::by_id(act.tx, organisation)?.is_none()
    {
        return Err(DeskError::invalid("organisation", Problem::OrganisationUnknown));
    }
    Ok(())
}

fn save(act: &mut Act, before: &Person, person: &Person) -> Result<(), DeskError> {
    let changed = differing(&[
        ("name", before.name != person.name),
        ("email", before.email != person.email),
        ("phone", before.phone != person.phone),
        ("language", before.language != person.language),
        ("time_zone", before.time_zone != person.time_zone),
        ("organisation", before.organisation != person.organisation),
        ("class", before.class != person.class),
    ]);
    if changed.is_empty() {
        return Ok(());
    }
    store::person::update(act.tx, person)?;
    act.record_change(Subject::Person(person.id.0), "changed", &json!({ "fields": changed }))?;
    Ok(())
}

fn email(act: &mut Act, person: PersonId, text: Option<&str>) -> Result<Option<String>, DeskError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let address = EmailAddress::parse(text)?;
    if let Some(inbox) = crate::inboxes::leading_from(act.tx, address.as_str())? {
        return Err(DeskError::invalid(
            "email",
            Problem::AddressOfInbox { address: address.as_str().to_owned(), inbox: inbox.name },
        ));
    }
    match store::person::by_email(act.tx, address.as_str())? {
        Some(other) if other.id != person => Err(DeskError::invalid(
            "email",
            Problem::EmailTaken { email: address.as_str().to_owned(), name: other.name },
        )),
        Some(_) | None => Ok(Some(address.as_str().to_owned())),
    }
}

fn phone(text: Option<&str>) -> Result<Option<String>, DeskError> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let shaped = text.len() <= 40
        && text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || " +-/().,#*".contains(c));
    if shaped { Ok(Some(text.to_owned())) } else { Err(DeskError::invalid("phone", Problem::NotAPhone)) }
}

pub(crate) fn language(text: &str) -> Result<String, DeskError> {
    LANGUAGES.iter().find(|known| **known == text).map(|known| (*known).to_owned()).ok_or_else(|| {
        DeskError::invalid(
            "language",
            Problem::LanguageUnknown { text: text.to_owned(), known: LANGUAGES.join(", ") },
        )
    })
}

pub(crate) fn time_zone(text: &str) -> Result<String, DeskError> {
    if TimeZone::get(text).is_ok() {
        return Ok(text.to_owned());
    }
    match domain::calendar::Calendar::always(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(DeskError::invalid("time_zone", error.into())),
    }
}
