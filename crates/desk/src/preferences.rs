//! Somebody says how they want the desk to look and to act for them.

#[cfg(test)]
mod tests;

use domain::calendar::Interval;
use domain::id::PersonId;
use domain::permission::Viewer;
use domain::preference::{Days, Preference, Preferences, QuietHours, UndoSeconds};
use serde_json::json;
use store::event::Subject;

use crate::act::Act;
use crate::{DeskError, Problem};

/// Keeps what differs from what was chosen before.
pub fn choose(act: &mut Act, viewer: &Viewer, wanted: &[Preference]) -> Result<(), DeskError> {
    let before = store::preference::of(act.tx, viewer.person)?;
    let mut changed = Vec::new();
    for one in wanted.iter().copied() {
        if before.with(one) != before {
            store::preference::choose(act.tx, viewer.person, one)?;
            changed.push(one.name());
        }
    }
    if !changed.is_empty() {
        let payload = json!({ "fields": changed });
        act.record_change(Subject::Person(viewer.person.0), "preferences chosen", &payload)?;
    }
    Ok(())
}

/// Keeps what was chosen on the way, such as what was sent together with a reply. It is no change of the
/// set-up that somebody may ask about later.
pub fn remember(act: &mut Act, person: PersonId, chosen: Preference) -> Result<(), DeskError> {
    let before = store::preference::of(act.tx, person)?;
    if before.with(chosen) != before {
        store::preference::choose(act.tx, person, chosen)?;
    }
    Ok(())
}

/// What somebody chose, for those who act while they are not there.
pub fn of(act: &mut Act, person: PersonId) -> Result<Preferences, DeskError> {
    Ok(store::preference::of(act.tx, person)?)
}

/// The seconds that were typed; nothing means as each inbox says.
pub fn undo(typed: &str) -> Result<Option<UndoSeconds>, DeskError> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let number: i64 = text
        .parse()
        .map_err(|_| DeskError::invalid("undo", Problem::NotANumber { text: text.to_owned() }))?;
    let most = i64::from(UndoSeconds::MOST);
    let seconds = u8::try_from(number).ok().and_then(UndoSeconds::new);
    seconds.map(Some).ok_or_else(|| DeskError::invalid("undo", Problem::UndoTooLong { most }))
}

/// The quiet hours that were typed; without times there are none.
pub fn quiet(from: &str, until: &str, days: &[String]) -> Result<Option<QuietHours>, DeskError> {
    let (from, until) = (from.trim(), until.trim());
    let field = match (from.is_empty(), until.is_empty()) {
        (true, true) => return Ok(None),
        (true, false) => "quiet_from",
        (false, _) => "quiet_until",
    };
    let interval =
        Interval::parse(from, until).map_err(|error| DeskError::invalid(field, Problem::from(error)))?;
    let named = days.iter().try_fold(Days::default(), |all, word| Some(all.with(Days::day(word)?)));
    let named = named.ok_or_else(|| DeskError::invalid("quiet_day", Problem::ChooseOne))?;
    let hours = QuietHours::new(interval, named);
    hours.map(Some).ok_or_else(|| DeskError::invalid("quiet_day", Problem::QuietDaysMissing))
}
