//! Calendars: working hours, holidays and a time zone, under a name.

use domain::calendar::CalendarSpec;
use domain::id::CalendarId;
use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

pub fn insert(
    tx: &mut Tx,
    id: CalendarId,
    name: &str,
    spec: &CalendarSpec,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into calendar (id, name, spec, changed_at) values ($1, $2, $3, $4)",
        params![id, name, text(spec)?, at],
    )?;
    Ok(())
}

pub fn update(
    tx: &mut Tx,
    id: CalendarId,
    name: &str,
    spec: &CalendarSpec,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "update calendar set name = $2, spec = $3, changed_at = $4 where id = $1",
        params![id, name, text(spec)?, at],
    )?;
    Ok(())
}

fn text(spec: &CalendarSpec) -> Result<String, StoreError> {
    serde_json::to_string(spec).map_err(StoreError::encoding)
}
