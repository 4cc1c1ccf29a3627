//! Time zones by name, and the changes of their offset from UTC.

use jiff::Timestamp;
use jiff::tz::{self, TimeZone};

use super::CalendarError;
use crate::nearest::edits;

/// From the second `at` on, local time is `offset` seconds ahead of UTC.
pub(super) struct Change {
    pub(super) at: i64,
    pub(super) offset: i64,
}

pub(super) struct Changes {
    /// The offset before the first change.
    pub(super) first_offset: i64,
    pub(super) list: Vec<Change>,
    /// Whether no change follows after the last one listed.
    pub(super) complete: bool,
}

pub(super) fn named(name: &str) -> Result<TimeZone, CalendarError> {
    let found = TimeZone::get(name).ok().filter(|zone| !zone.is_unknown());
    found.ok_or_else(|| CalendarError::UnknownTimeZone { name: name.to_owned(), nearest: nearest_name(name) })
}

/// Every change before `horizon`, oldest first; transitions that only rename are left out.
pub(super) fn changes(zone: &TimeZone, horizon: i64) -> Changes {
    let first_offset = i64::from(zone.to_offset(Timestamp::MIN).seconds());
    let mut changes = Changes { first_offset, list: Vec::new(), complete: true };
    let mut offset = first_offset;
    for transition in zone.following(Timestamp::MIN) {
        let at = transition.timestamp().as_second();
        if at >= horizon {
            changes.complete = false;
            break;
        }
        let next = i64::from(transition.offset().seconds());
        if next != offset {
            changes.list.push(Change { at, offset: next });
            offset = next;
        }
    }
    changes
}

/// The name that needs the fewest edits, or whose last part does: `Berlin` is `Europe/Berlin`.
fn nearest_name(name: &str) -> String {
    let wanted = name.trim().to_lowercase().replace(' ', "_");
    let names = tz::db().available().map(|known| known.to_string());
    let score = |known: &String| {
        let known = known.to_lowercase();
        let place = known.rsplit('/').next().unwrap_or(&known);
        let whole = edits(&wanted, &known);
        (whole.min(edits(&wanted, place) + 1), whole)
    };
    names.min_by_key(score).unwrap_or_else(|| "UTC".to_owned())
}
