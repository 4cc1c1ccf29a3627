//! Ties of people and organisations to us, with their dates, and the class of each relation.

use domain::affiliation::{Affiliation, Class, Party, Relation};
use domain::id::{AffiliationId, OrganisationId, PersonId};
use jiff::civil::Date;

use crate::StoreError;
use crate::db::{Row, Tx};
use crate::params;

const COLUMNS: &str = "id, person_id, organisation_id, relation, class, from_day, until_day";

pub fn insert(tx: &mut Tx, id: AffiliationId, affiliation: &Affiliation) -> Result<(), StoreError> {
    let (person, organisation) = match affiliation.party {
        Party::Person(person) => (Some(person), None),
        Party::Organisation(organisation) => (None, Some(organisation)),
    };
    tx.execute(
        "insert into affiliation (id, person_id, organisation_id, relation, class, from_day, until_day) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        params![
            id,
            person,
            organisation,
            affiliation.relation,
            affiliation.class,
            affiliation.from.to_string(),
            affiliation.until.map(|day| day.to_string())
        ],
    )?;
    Ok(())
}

/// Sets the first day on which a tie no longer holds.
pub fn set_end(tx: &mut Tx, id: AffiliationId, until: Date) -> Result<(), StoreError> {
    tx.execute("update affiliation set until_day = $2 where id = $1", params![id, until.to_string()])?;
    Ok(())
}

pub fn by_id(tx: &mut Tx, id: AffiliationId) -> Result<Option<Affiliation>, StoreError> {
    let found = rows(tx, "id = $1", id.0)?;
    Ok(found.into_iter().next().map(|(_, affiliation)| affiliation))
}

/// A person's own ties, oldest first.
pub fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<(AffiliationId, Affiliation)>, StoreError> {
    rows(tx, "person_id = $1", person.0)
}

/// The ties of an organisation as a whole, oldest first.
pub fn of_organisation(
    tx: &mut Tx,
    organisation: OrganisationId,
) -> Result<Vec<(AffiliationId, Affiliation)>, StoreError> {
    rows(tx, "organisation_id = $1", organisation.0)
}

/// People whose own ties, or whose organisation's, begin or end after `from` and not after `to`.
pub fn people_changing(tx: &mut Tx, from: Date, to: Date) -> Result<Vec<PersonId>, StoreError> {
    Ok(tx.query(
        "select person_id from affiliation where person_id is not null \
         and (from_day > $1 and from_day <= $2 or until_day > $1 and until_day <= $2) \
         union select p.id from affiliation a join person p on p.organisation_id = a.organisation_id \
         where a.from_day > $1 and a.from_day <= $2 or a.until_day > $1 and a.until_day <= $2",
        params![from.to_string(), to.to_string()],
        |row| row.get(0),
    )?)
}

/// Everybody who is tied to us in one relation, themselves or through their organisation.
pub fn people_related(tx: &mut Tx, relation: Relation) -> Result<Vec<PersonId>, StoreError> {
    Ok(tx.query(
        "select person_id from affiliation where person_id is not null and relation = $1 \
         union select p.id from affiliation a join person p on p.organisation_id = a.organisation_id \
         where a.relation = $1",
        params![relation],
        |row| row.get(0),
    )?)
}

/// Sets the class of a relation, and of the ties that followed the old one.
pub fn set_relation_class(
    tx: &mut Tx,
    relation: Relation,
    before: Class,
    class: Class,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into relation_class (relation, class) values ($1, $2) \
         on conflict (relation) do update set class = excluded.class",
        params![relation, class],
    )?;
    tx.execute(
        "update affiliation set class = $3 where relation = $1 and class = $2",
        params![relation, before, class],
    )?;
    Ok(())
}

fn rows(tx: &mut Tx, which: &str, key: i64) -> Result<Vec<(AffiliationId, Affiliation)>, StoreError> {
    let sql = format!("select {COLUMNS} from affiliation where {which} order by from_day, id");
    tx.query(&sql, params![key], |row| Ok(read(row)))?.into_iter().collect()
}

fn read(row: &Row) -> Result<(AffiliationId, Affiliation), StoreError> {
    let id: AffiliationId = row.get(0)?;
    let day = |text: &str| text.parse::<Date>().map_err(|cause| StoreError::row("affiliation", id.0, cause));
    let person: Option<PersonId> = row.get(1)?;
    let organisation: Option<OrganisationId> = row.get(2)?;
    let party = match (person, organisation) {
        (Some(person), None) => Party::Person(person),
        (None, Some(organisation)) => Party::Organisation(organisation),
        (None, None) | (Some(_), Some(_)) => {
            return Err(StoreError::row("affiliation", id.0, "it names not exactly one party"));
        }
    };
    let until: Option<&str> = row.get(6)?;
    Ok((
        id,
        Affiliation {
            party,
            relation: row.get(3)?,
            class: row.get(4)?,
            from: day(row.get(5)?)?,
            until: until.map(day).transpose()?,
        },
    ))
}
