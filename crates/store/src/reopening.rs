//! For how long units let their tickets be reopened, where they say so themselves.

use std::collections::BTreeMap;

use domain::id::UnitId;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// Days after solving, by unit; of the others each service says so.
pub fn all(tx: &mut Tx) -> Result<BTreeMap<UnitId, u16>, StoreError> {
    let rows = tx.query("select unit_id, days from reopening", params![], |row| {
        Ok((row.get(0)?, u16::try_from(row.get::<i64>(1)?).unwrap_or(u16::MAX)))
    })?;
    Ok(rows.into_iter().collect())
}

/// Without days, each service says so from here on.
pub fn set(tx: &mut Tx, unit: UnitId, days: Option<u16>) -> Result<(), StoreError> {
    match days {
        Some(days) => tx.execute(
            "insert into reopening (unit_id, days) values ($1, $2) on conflict (unit_id) do update set days = $2",
            params![unit, i64::from(days)],
        )?,
        None => tx.execute("delete from reopening where unit_id = $1", params![unit])?,
    };
    Ok(())
}
