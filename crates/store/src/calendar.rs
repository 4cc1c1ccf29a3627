//! Calendars: a name, and versions of working hours, holidays and a time zone.

use domain::calendar::CalendarSpec;
use domain::id::CalendarId;
use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// A new calendar, whose first version has held since ever: it counts for tickets of any age.
pub fn insert(
    tx: &mut Tx,
    id: CalendarId,
    name: &str,
    spec: &CalendarSpec,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute("insert into calendar (id, name, changed_at) values ($1, $2, $3)", params![id, name, at])?;
    insert_version(tx, id, 1, spec, None)
}

pub fn rename(tx: &mut Tx, id: CalendarId, name: &str, at: Timestamp) -> Result<(), StoreError> {
    tx.execute("update calendar set name = $2, changed_at = $3 where id = $1", params![id, name, at])?;
    Ok(())
}

/// Tickets opened from `valid_from` on count in this version.
pub fn insert_version(
    tx: &mut Tx,
    id: CalendarId,
    version: i64,
    spec: &CalendarSpec,
    valid_from: Option<Timestamp>,
) -> Result<(), StoreError> {
    let spec = serde_json::to_string(spec).map_err(StoreError::encoding)?;
    tx.execute(
        "insert into calendar_version (calendar_id, version, spec, valid_from_at) values ($1, $2, $3, $4)",
        params![id, version, spec, valid_from],
    )?;
    Ok(())
}
