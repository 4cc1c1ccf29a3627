//! What people chose for themselves: one row a person and name; without a row the usual holds.

use domain::id::PersonId;
use domain::preference::{Preference, Preferences};

use crate::StoreError;
use crate::db::Tx;
use crate::params;

pub fn of(tx: &mut Tx, person: PersonId) -> Result<Preferences, StoreError> {
    let kept: Vec<(String, String)> =
        tx.query("select name, value from preference where person_id = $1", params![person], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let known = kept.iter().filter_map(|(name, value)| Preference::parse(name, value));
    Ok(known.fold(Preferences::default(), Preferences::with))
}

pub fn choose(tx: &mut Tx, person: PersonId, chosen: Preference) -> Result<(), StoreError> {
    tx.execute(
        "insert into preference (person_id, name, value) values ($1, $2, $3) \
         on conflict (person_id, name) do update set value = excluded.value",
        params![person, chosen.name(), chosen.value()],
    )?;
    Ok(())
}
