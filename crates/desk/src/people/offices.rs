//! Who administers and who oversees.

use domain::id::PersonId;
use serde_json::json;
use store::event::Subject;
use store::office::Office;

use crate::act::Act;
use crate::entitled::Entitled;
use crate::{DeskError, Problem};

/// Gives somebody an office.
pub fn appoint(act: &mut Act, by: &impl Entitled, id: PersonId, office: Office) -> Result<(), DeskError> {
    by.check(act)?;
    super::known(act, id)?;
    give(act, id, office)
}

/// Takes an office from somebody; the last administrator keeps theirs.
pub fn dismiss(act: &mut Act, by: &impl Entitled, id: PersonId, office: Office) -> Result<(), DeskError> {
    by.check(act)?;
    super::known(act, id)?;
    match office {
        Office::Administrator => refuse_the_last_administrator(act, id)?,
        Office::Overseer(_) => {}
    }
    if store::office::remove(act.tx, id, office)? {
        act.record_change(Subject::Person(id.0), "dismissed", &payload(office))?;
    }
    Ok(())
}

pub(crate) fn give(act: &mut Act, id: PersonId, office: Office) -> Result<(), DeskError> {
    match office {
        Office::Administrator | Office::Overseer(None) => {}
        Office::Overseer(Some(unit)) => crate::units::live(act, "unit", unit).map(|_| ())?,
    }
    if store::office::of_person(act.tx, id)?.contains(&office) {
        return Ok(());
    }
    let row = act.new_id();
    store::office::insert(act.tx, row, id, office)?;
    act.record_change(Subject::Person(id.0), "appointed", &payload(office))?;
    Ok(())
}

pub(super) fn refuse_the_last_administrator(act: &mut Act, id: PersonId) -> Result<(), DeskError> {
    if store::office::administrators(act.tx)? == [id] {
        return Err(DeskError::Conflict(Problem::LastAdministrator));
    }
    Ok(())
}

fn payload(office: Office) -> serde_json::Value {
    match office {
        Office::Administrator => json!({ "office": "administrator" }),
        Office::Overseer(unit) => json!({ "office": "overseer", "unit": unit }),
    }
}
