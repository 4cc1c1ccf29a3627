//! Settings: one row a name.

use crate::StoreError;
use crate::db::Tx;
use crate::params;

pub fn value(tx: &mut Tx, name: &str) -> Result<Option<String>, StoreError> {
    Ok(tx.query_opt("select value from setting where name = $1", params![name], |row| row.get(0))?)
}

pub fn set(tx: &mut Tx, name: &str, value: &str) -> Result<(), StoreError> {
    tx.execute(
        "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value",
        params![name, value],
    )?;
    Ok(())
}

/// Whether it was there.
pub fn remove(tx: &mut Tx, name: &str) -> Result<bool, StoreError> {
    Ok(tx.execute("delete from setting where name = $1", params![name])? > 0)
}
