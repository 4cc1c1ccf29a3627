//! The first run: a code on the console makes the first administrator, once.

#[cfg(test)]
mod tests;

use domain::affiliation::Relation;
use domain::id::{OrganisationId, PersonId};
use serde_json::json;
use store::event::Subject;
use store::office::Office;
use subtle::ConstantTimeEq;

use crate::act::{Act, Look};
use crate::entitled::{self, ByDesk, Entitled};
use crate::password::Hash;
use crate::people::{self, Tie, affiliations};
use crate::{DeskError, Problem, organisations};

const CODE: &str = "setup_code";
const OWN_ORGANISATION: &str = "organisation";

/// Letters and digits that are not mistaken for each other; five bits each.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
const CODE_LENGTH: usize = 20;

/// Makes a one-time code when there is no administrator yet, for `serve` to print on its console;
/// an earlier code is worth nothing then. Only the hash is kept.
pub fn code(act: &mut Act) -> Result<Option<String>, DeskError> {
    ByDesk.check(act)?;
    if !store::office::administrators(act.tx)?.is_empty() {
        store::setting::remove(act.tx, CODE)?;
        return Ok(None);
    }
    let code = random_code();
    store::setting::set(act.tx, CODE, &digest(&code))?;
    Ok(Some(code))
}

/// Whether somebody may still become the first administrator; else the page does not exist.
pub fn is_open(look: &mut Look) -> Result<bool, DeskError> {
    Ok(store::setting::value(look.tx, CODE)?.is_some() && store::office::administrators(look.tx)?.is_empty())
}

/// What the first administrator says.
pub struct Claim {
    pub code: String,
    pub organisation: String,
    pub name: String,
    pub email: String,
    pub language: String,
    pub time_zone: String,
    /// Hashed before, by [`crate::sign_in::hash`].
    pub password: Hash,
}

/// Makes our own organisation and its first administrator. Of two, the second finds nothing.
pub fn claim(act: &mut Act, claim: &Claim) -> Result<PersonId, DeskError> {
    let kept = store::setting::value(act.tx, CODE)?.ok_or(DeskError::NotFound)?;
    if !store::office::administrators(act.tx)?.is_empty() {
        return Err(DeskError::NotFound);
    }
    let given = digest(&claim.code);
    if !bool::from(given.as_bytes().ct_eq(kept.as_bytes())) {
        return Err(DeskError::invalid("code", Problem::CodeWrong));
    }
    let organisation = own(act, &claim.organisation)?;
    let zone = people::time_zone(&claim.time_zone)?;
    store::setting::set(act.tx, affiliations::TIME_ZONE, &zone)?;
    let input = people::Input {
        email: Some(required_email(&claim.email)?),
        language: claim.language.clone(),
        time_zone: zone,
        organisation: Some(organisation),
        ..people::Input::named(&claim.name)
    };
    let from = affiliations::today(act)?;
    let tie = Tie { relation: Relation::Employee, class: None, from, until: None };
    let person = people::made(act, &input, &[tie])?;
    people::write_password(act, person, &claim.password, None)?;
    people::offices::give(act, person, Office::Administrator)?;
    store::setting::remove(act.tx, CODE)?;
    Ok(person)
}

/// Says which organisation is ours, and in which time zone its days begin.
pub fn set_own_organisation(
    act: &mut Act,
    by: &impl Entitled,
    id: OrganisationId,
    time_zone: &str,
) -> Result<(), DeskError> {
    by.check(act)?;
    store::organisation::by_id(act.tx, id)?.ok_or(DeskError::NotFound)?;
    let zone = people::time_zone(time_zone)?;
    store::setting::set(act.tx, affiliations::TIME_ZONE, &zone)?;
    name_own(act, id)
}

/// Our own organisation, once it is known.
pub fn own_organisation(look: &mut Look) -> Result<Option<OrganisationId>, DeskError> {
    let value = store::setting::value(look.tx, OWN_ORGANISATION)?;
    Ok(value.and_then(|id| id.parse().ok()).map(OrganisationId))
}

fn own(act: &mut Act, name: &str) -> Result<OrganisationId, DeskError> {
    let input = organisations::Input { name: name.to_owned(), shares_tickets: false };
    let id = organisations::insert(act, &input).map_err(|error| match error {
        DeskError::Invalid { problem, .. } => DeskError::invalid("organisation", problem),
        other => other,
    })?;
    name_own(act, id)?;
    Ok(id)
}

fn name_own(act: &mut Act, id: OrganisationId) -> Result<(), DeskError> {
    store::setting::set(act.tx, OWN_ORGANISATION, &id.to_string())?;
    entitled::record(act, Subject::Desk, "own organisation named", &json!({ "organisation": id }))
}

fn required_email(text: &str) -> Result<String, DeskError> {
    crate::words::EmailAddress::parse(text).map(|address| address.as_str().to_owned())
}

fn random_code() -> String {
    let mut bytes = [0_u8; CODE_LENGTH];
    getrandom::fill(&mut bytes).expect("the operating system has a source of randomness");
    let letters = bytes.map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// Spaces, dashes and capitals do not matter to whoever types it.
fn digest(code: &str) -> String {
    let plain: String = code.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    blake3::hash(plain.as_bytes()).to_hex().to_string()
}
