//! People: one row for each human being, whatever hats they wear.

use std::collections::BTreeMap;

use domain::affiliation::Class;
use domain::id::{OrganisationId, PersonId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::{DbError, Row, Tx};
use crate::page::{Names, key, shared};
use crate::params;

/// A person as the directory knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    /// In lower case.
    pub email: Option<String>,
    pub phone: Option<String>,
    pub language: String,
    pub time_zone: String,
    pub organisation: Option<OrganisationId>,
    /// The innermost class of today's affiliations.
    pub class: Class,
    pub created_at: Timestamp,
    pub disabled_at: Option<Timestamp>,
    /// Who they turned out to be.
    pub merged_into: Option<PersonId>,
}

const COLUMNS: &str = "id, name, email, phone, language, time_zone, organisation_id, class, created_at, disabled_at, merged_into_id";

pub fn insert(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    tx.execute(
        "insert into person (id, name, email, phone, language, time_zone, organisation_id, class, created_at, \
         disabled_at, search_key) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            person.id,
            person.name,
            person.email,
            person.phone,
            person.language,
            person.time_zone,
            person.organisation,
            person.class,
            person.created_at,
            person.disabled_at,
            key(&person.name)
        ],
    )?;
    Ok(())
}

/// Writes everything but the password and the day of creation.
pub fn update(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    tx.execute(
        "update person set name = $2, email = $3, phone = $4, language = $5, time_zone = $6, organisation_id = $7, \
         class = $8, disabled_at = $9, search_key = $10 where id = $1",
        params![
            person.id,
            person.name,
            person.email,
            person.phone,
            person.language,
            person.time_zone,
            person.organisation,
            person.class,
            person.disabled_at,
            key(&person.name)
        ],
    )?;
    Ok(())
}

pub fn by_id(tx: &mut Tx, person: PersonId) -> Result<Option<Person>, StoreError> {
    Ok(tx.query_opt(&format!("select {COLUMNS} from person where id = $1"), params![person], read)?)
}

/// The person with this address, which is given in lower case.
pub fn by_email(tx: &mut Tx, email: &str) -> Result<Option<Person>, StoreError> {
    Ok(tx.query_opt(&format!("select {COLUMNS} from person where email = $1"), params![email], read)?)
}

/// Whom this address, which is given in lower case, leads to: its person, or who they turned out to be.
pub fn behind_email(tx: &mut Tx, email: &str) -> Result<Option<Person>, StoreError> {
    let Some(mut person) = by_email(tx, email)? else { return Ok(None) };
    while let Some(into) = person.merged_into {
        let Some(next) = by_id(tx, into)? else { break };
        person = next;
    }
    Ok(Some(person))
}

/// Everybody who turned out to be somebody else, and who.
pub fn merged(tx: &mut Tx) -> Result<BTreeMap<PersonId, PersonId>, StoreError> {
    let pairs = tx.query(
        "select id, merged_into_id from person where merged_into_id is not null",
        params![],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(pairs.into_iter().collect())
}

/// Those who turned out to be this person, by name.
pub fn merged_into(tx: &mut Tx, person: PersonId) -> Result<Vec<Person>, StoreError> {
    Ok(tx.query(
        &format!("select {COLUMNS} from person where merged_into_id = $1 order by search_key, id"),
        params![person],
        read,
    )?)
}

pub fn set_merged(tx: &mut Tx, person: PersonId, into: Option<PersonId>) -> Result<(), StoreError> {
    tx.execute("update person set merged_into_id = $2 where id = $1", params![person, into])?;
    Ok(())
}

/// The tickets at the top of every chain that a person stands beside, in the order of their ids.
pub fn chains(tx: &mut Tx, person: PersonId) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(
        "select distinct t.root_id from ticket_person x join ticket t on t.id = x.ticket_id \
         where x.person_id = $1 order by t.root_id",
        params![person],
        |row| row.get(0),
    )?)
}

/// Names that several people have who were not merged, each as one of them writes it, in their order after `after`.
pub fn shared_names(tx: &mut Tx, after: &str, limit: u16) -> Result<Vec<String>, StoreError> {
    shared(tx, "person", after, limit)
}

/// People of this name, however they write it, who were not merged, the oldest first.
pub fn of_name(tx: &mut Tx, name: &str, limit: u16) -> Result<Vec<Person>, StoreError> {
    Ok(tx.query(
        &format!("select {COLUMNS} from person where search_key = $1 and merged_into_id is null order by id limit $2"),
        params![key(name), limit],
        read,
    )?)
}

/// The name of whoever has this address, or one that only has something after a `+` more.
pub fn name_behind(tx: &mut Tx, email: &str) -> Result<Option<String>, StoreError> {
    let (local, domain) = email.rsplit_once('@').unwrap_or((email, ""));
    let local = local.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let longer = format!("{local}+%@{}", domain.replace('_', "!_"));
    Ok(tx.query_opt(
        "select name from person where email = $1 or email like $2 escape '!' order by id limit 1",
        params![email, longer],
        |row| row.get(0),
    )?)
}

/// People by name, from the index.
pub fn page(tx: &mut Tx, names: &Names) -> Result<Vec<Person>, StoreError> {
    let (from, to, after) = names.range();
    Ok(tx.query(
        &format!(
            "select {COLUMNS} from person where search_key >= $1 and search_key < $2 \
             and (search_key > $1 or id > $3) order by search_key, id limit $4"
        ),
        params![from, to, after, names.limit],
        read,
    )?)
}

pub fn of_organisation(
    tx: &mut Tx,
    organisation: OrganisationId,
    limit: u16,
) -> Result<Vec<Person>, StoreError> {
    Ok(tx.query(
        &format!("select {COLUMNS} from person where organisation_id = $1 order by search_key, id limit $2"),
        params![organisation, limit],
        read,
    )?)
}

pub fn set_class(tx: &mut Tx, person: PersonId, class: Class) -> Result<(), StoreError> {
    tx.execute("update person set class = $2 where id = $1", params![person, class])?;
    Ok(())
}

/// What somebody signs in with.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    pub person: PersonId,
    /// A PHC string; `None` for those who do not sign in.
    pub password: Option<String>,
    pub disabled: bool,
}

/// How to check a password for this address, which is given in lower case.
pub fn credentials(tx: &mut Tx, email: &str) -> Result<Option<Credentials>, StoreError> {
    Ok(tx.query_opt(
        "select id, password, coalesce(disabled_at, merged_into_id) from person where email = $1",
        params![email],
        |row| {
            Ok(Credentials {
                person: row.get(0)?,
                password: row.get(1)?,
                disabled: row.get::<Option<i64>>(2)?.is_some(),
            })
        },
    )?)
}

/// The stored hash of somebody's password.
pub fn password(tx: &mut Tx, person: PersonId) -> Result<Option<String>, StoreError> {
    Ok(tx
        .query_opt("select password from person where id = $1", params![person], |row| row.get(0))?
        .flatten())
}

pub fn set_password(tx: &mut Tx, person: PersonId, hash: Option<&str>) -> Result<(), StoreError> {
    tx.execute("update person set password = $2 where id = $1", params![person, hash])?;
    Ok(())
}

fn read(row: &Row) -> Result<Person, DbError> {
    Ok(Person {
        id: row.get(0)?,
        name: row.get(1)?,
        email: row.get(2)?,
        phone: row.get(3)?,
        language: row.get(4)?,
        time_zone: row.get(5)?,
        organisation: row.get(6)?,
        class: row.get(7)?,
        created_at: row.get(8)?,
        disabled_at: row.get(9)?,
        merged_into: row.get(10)?,
    })
}
