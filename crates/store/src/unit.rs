//! Units of our own organisation, and the people who serve in them.

use std::collections::BTreeMap;

use domain::id::{PersonId, UnitId};
use jiff::Timestamp;

use crate::StoreError;
use crate::catalogue::Unit;
use crate::db::Tx;
use crate::params;

pub fn insert(tx: &mut Tx, unit: &Unit, created_at: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "insert into unit (id, name, parent_id, kind, calendar_id, created_at, ended_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        params![unit.id, unit.name, unit.parent, unit.kind, unit.calendar, created_at, unit.ended_at],
    )?;
    Ok(())
}

pub fn update(tx: &mut Tx, unit: &Unit) -> Result<(), StoreError> {
    tx.execute(
        "update unit set name = $2, parent_id = $3, kind = $4, calendar_id = $5, ended_at = $6 where id = $1",
        params![unit.id, unit.name, unit.parent, unit.kind, unit.calendar, unit.ended_at],
    )?;
    Ok(())
}

/// How many open tickets a unit owns; counting stops at `most`.
pub fn open_tickets(tx: &mut Tx, unit: UnitId, most: i64) -> Result<i64, StoreError> {
    Ok(tx.query_one(
        "select count(*) from (select 1 from ticket where unit_id = $1 and state = 'open' limit $2) as held",
        params![unit, most],
        |row| row.get(0),
    )?)
}

/// What somebody is in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Agent,
    Lead,
}

impl Role {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Lead => "lead",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Agent, Self::Lead].into_iter().find(|role| role.as_str() == word)
    }
}

crate::db::text_columns!(Role);

/// Somebody who serves in a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub person: PersonId,
    pub name: String,
    pub role: Role,
    pub disabled: bool,
}

/// The people of a unit, by name.
pub fn members(tx: &mut Tx, unit: UnitId) -> Result<Vec<Member>, StoreError> {
    Ok(tx.query(
        "select p.id, p.name, m.role, p.disabled_at from membership m join person p on p.id = m.person_id \
         where m.unit_id = $1 order by p.search_key, p.id",
        params![unit],
        |row| {
            Ok(Member {
                person: row.get(0)?,
                name: row.get(1)?,
                role: row.get(2)?,
                disabled: row.get::<Option<i64>>(3)?.is_some(),
            })
        },
    )?)
}

/// The units in which a person serves.
pub fn memberships(tx: &mut Tx, person: PersonId) -> Result<Vec<(UnitId, Role)>, StoreError> {
    Ok(tx.query(
        "select unit_id, role from membership where person_id = $1 order by unit_id",
        params![person],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

pub fn set_member(tx: &mut Tx, unit: UnitId, person: PersonId, role: Role) -> Result<(), StoreError> {
    tx.execute(
        "insert into membership (person_id, unit_id, role) values ($1, $2, $3) \
         on conflict (person_id, unit_id) do update set role = excluded.role",
        params![person, unit, role],
    )?;
    Ok(())
}

/// Whether there was such a membership.
pub fn remove_member(tx: &mut Tx, unit: UnitId, person: PersonId) -> Result<bool, StoreError> {
    let removed =
        tx.execute("delete from membership where person_id = $1 and unit_id = $2", params![person, unit])?;
    Ok(removed > 0)
}

/// How many people serve in each unit; units without anybody are not in it.
pub fn member_counts(tx: &mut Tx) -> Result<BTreeMap<UnitId, i64>, StoreError> {
    let counts = tx.query(
        "select m.unit_id, count(*) from membership m join person p on p.id = m.person_id \
         where p.disabled_at is null group by m.unit_id",
        params![],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(counts.into_iter().collect())
}
