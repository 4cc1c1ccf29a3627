//! Offices: administrators set up, overseers read what units serve.

use domain::id::{PersonId, UnitId};

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// What somebody may do beyond their units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Office {
    Administrator,
    /// Reads what a unit and those below it serve; without a unit: everything.
    Overseer(Option<UnitId>),
}

impl Office {
    const fn columns(self) -> (&'static str, Option<UnitId>) {
        match self {
            Self::Administrator => ("administrator", None),
            Self::Overseer(unit) => ("overseer", unit),
        }
    }
}

pub fn insert(tx: &mut Tx, id: i64, person: PersonId, office: Office) -> Result<(), StoreError> {
    let (word, unit) = office.columns();
    tx.execute(
        "insert into office (id, person_id, office, unit_id) values ($1, $2, $3, $4)",
        params![id, person, word, unit],
    )?;
    Ok(())
}

/// Whether the person held it.
pub fn remove(tx: &mut Tx, person: PersonId, office: Office) -> Result<bool, StoreError> {
    let (word, unit) = office.columns();
    let removed = match unit {
        Some(unit) => tx.execute(
            "delete from office where person_id = $1 and office = $2 and unit_id = $3",
            params![person, word, unit],
        )?,
        None => tx.execute(
            "delete from office where person_id = $1 and office = $2 and unit_id is null",
            params![person, word],
        )?,
    };
    Ok(removed > 0)
}

pub fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Office>, StoreError> {
    Ok(tx.query(
        "select office, unit_id from office where person_id = $1 order by id",
        params![person],
        |row| {
            let unit: Option<UnitId> = row.get(1)?;
            Ok(match row.get::<&str>(0)? {
                "administrator" => Office::Administrator,
                _ => Office::Overseer(unit),
            })
        },
    )?)
}

/// Administrators who can still sign in.
pub fn administrators(tx: &mut Tx) -> Result<Vec<PersonId>, StoreError> {
    Ok(tx.query(
        "select distinct o.person_id from office o join person p on p.id = o.person_id \
         where o.office = 'administrator' and p.disabled_at is null order by o.person_id",
        params![],
        |row| row.get(0),
    )?)
}
