//! The people whom a ticket names: each must exist, and the one who names them may know them.

use domain::affiliation::Class;
use domain::id::{OrganisationId, PersonId};
use domain::permission::Viewer;
use store::{Tx, params};

use crate::act::Act;
use crate::{DeskError, Problem};

/// What a requester brings to a ticket.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Requester {
    pub class: Class,
    pub organisation: Option<OrganisationId>,
}

pub(crate) fn requester(act: &mut Act, person: PersonId) -> Result<Requester, DeskError> {
    store::access::standing(act.tx, person)?
        .map(|(class, organisation)| Requester { class, organisation })
        .ok_or_else(|| DeskError::invalid("requester", Problem::PersonUnknown))
}

/// Agents may name anybody; requesters themselves and people of their own organisation. Others are
/// unknown to them, and nothing about them is said.
pub(crate) fn known(
    act: &mut Act,
    viewer: &Viewer,
    person: PersonId,
    organisation: Option<OrganisationId>,
) -> Result<(), DeskError> {
    let unknown = || DeskError::invalid("beneficiary", Problem::PersonUnknown);
    let standing = store::access::standing(act.tx, person)?.ok_or_else(unknown)?;
    let same_side = match standing.1 {
        Some(theirs) => organisation == Some(theirs),
        None => false,
    };
    if person == viewer.person || viewer.is_agent() || same_side { Ok(()) } else { Err(unknown()) }
}

/// Whether a person serves in a unit today.
pub(crate) fn serves_in(tx: &mut Tx, person: PersonId, unit: domain::id::UnitId) -> Result<bool, DeskError> {
    Ok(tx.exists(
        "select 1 from membership m join person p on p.id = m.person_id \
         where m.person_id = $1 and m.unit_id = $2 and p.disabled_at is null",
        params![person, unit],
    )?)
}
