//! Who is there: away by their own word, or absent for some days with somebody who stands in for them.

use domain::id::{AbsenceId, PersonId, UnitId};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::{Row, Tx};
use crate::params;

/// Since when somebody is away; `None` for who is present.
pub fn away_since(tx: &mut Tx, person: PersonId) -> Result<Option<Timestamp>, StoreError> {
    Ok(tx.query_opt("select away_since_at from presence where person_id = $1", params![person], |row| {
        row.get(0)
    })?)
}

pub fn leave(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "insert into presence (person_id, away_since_at) values ($1, $2) on conflict (person_id) do nothing",
        params![person, now],
    )?;
    Ok(())
}

pub fn come_back(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    tx.execute("delete from presence where person_id = $1", params![person])?;
    Ok(())
}

/// The time in which somebody is absent, half-open `[from, until)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    pub id: AbsenceId,
    pub person: PersonId,
    pub substitute: Option<PersonId>,
    pub from: Timestamp,
    pub until: Timestamp,
    pub made_by: Option<PersonId>,
}

pub fn insert(tx: &mut Tx, absence: &Absence) -> Result<(), StoreError> {
    tx.execute(
        "insert into absence (id, person_id, substitute_id, from_at, until_at, made_by) values ($1, $2, $3, $4, $5, $6)",
        params![absence.id, absence.person, absence.substitute, absence.from, absence.until, absence.made_by],
    )?;
    Ok(())
}

/// It ends earlier than was said.
pub fn end(tx: &mut Tx, absence: AbsenceId, until: Timestamp) -> Result<(), StoreError> {
    tx.execute("update absence set until_at = $2 where id = $1 and until_at > $2", params![absence, until])?;
    Ok(())
}

pub fn by_id(tx: &mut Tx, absence: AbsenceId) -> Result<Option<Absence>, StoreError> {
    let sql = format!("{ABSENCES} where id = $1");
    Ok(tx.query_opt(&sql, params![absence], read)?)
}

/// Absences of a person that are not over, the next one first.
pub fn of_person(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<Vec<Absence>, StoreError> {
    let sql = format!("{ABSENCES} where person_id = $1 and until_at > $2 order by from_at, id limit 50");
    Ok(tx.query(&sql, params![person, now], read)?)
}

/// Absences of people who serve in a unit that are not over, the next one first.
pub fn of_unit(tx: &mut Tx, unit: UnitId, now: Timestamp) -> Result<Vec<Absence>, StoreError> {
    Ok(tx.query(
        "select a.id, a.person_id, a.substitute_id, a.from_at, a.until_at, a.made_by from membership m \
         join absence a on a.person_id = m.person_id where m.unit_id = $1 and a.until_at > $2 \
         order by a.from_at, a.id limit 500",
        params![unit, now],
        read,
    )?)
}

/// For whom a person stands in now.
pub fn stands_in_for(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<Vec<Absence>, StoreError> {
    let sql = format!(
        "{ABSENCES} where substitute_id = $1 and substitute_id is not null and until_at > $2 and from_at <= $2 \
         order by until_at, id limit 50"
    );
    Ok(tx.query(&sql, params![person, now], read)?)
}

/// Who stands in for a person in a unit now.
pub fn substitute(
    tx: &mut Tx,
    person: PersonId,
    unit: UnitId,
    now: Timestamp,
) -> Result<Option<PersonId>, StoreError> {
    Ok(tx.query_opt(
        "select a.substitute_id from absence a join membership m on m.person_id = a.substitute_id and m.unit_id = $2 \
         join person p on p.id = a.substitute_id where a.person_id = $1 and a.until_at > $3 and a.from_at <= $3 \
         and p.disabled_at is null order by a.until_at desc, a.id desc limit 1",
        params![person, unit, now],
        |row| row.get(0),
    )?)
}

/// Others who serve where a person does, by name.
pub fn colleagues(tx: &mut Tx, person: PersonId) -> Result<Vec<(PersonId, String)>, StoreError> {
    Ok(tx.query(
        "select distinct p.id, p.name from membership own join membership m on m.unit_id = own.unit_id \
         join person p on p.id = m.person_id where own.person_id = $1 and p.id <> $1 and p.disabled_at is null \
         order by p.name, p.id limit 500",
        params![person],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

const ABSENCES: &str = "select id, person_id, substitute_id, from_at, until_at, made_by from absence";

fn read(row: &Row) -> Result<Absence, crate::DbError> {
    Ok(Absence {
        id: row.get(0)?,
        person: row.get(1)?,
        substitute: row.get(2)?,
        from: row.get(3)?,
        until: row.get(4)?,
        made_by: row.get(5)?,
    })
}
