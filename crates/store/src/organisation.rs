//! Organisations: legal bodies outside or inside, our own among them.

use domain::id::{OrganisationId, PersonId};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::{DbError, Row, Tx};
use crate::page::{Names, key, shared};
use crate::params;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
    /// Its people see each other's tickets.
    pub shares_tickets: bool,
    pub created_at: Timestamp,
    /// Which one it turned out to be.
    pub merged_into: Option<OrganisationId>,
}

const COLUMNS: &str = "id, name, shares_tickets, created_at, merged_into_id";

pub fn insert(tx: &mut Tx, organisation: &Organisation) -> Result<(), StoreError> {
    tx.execute(
        "insert into organisation (id, name, shares_tickets, created_at, search_key) values ($1, $2, $3, $4, $5)",
        params![
            organisation.id,
            organisation.name,
            i64::from(organisation.shares_tickets),
            organisation.created_at,
            key(&organisation.name)
        ],
    )?;
    Ok(())
}

pub fn update(tx: &mut Tx, organisation: &Organisation) -> Result<(), StoreError> {
    tx.execute(
        "update organisation set name = $2, shares_tickets = $3, search_key = $4 where id = $1",
        params![
            organisation.id,
            organisation.name,
            i64::from(organisation.shares_tickets),
            key(&organisation.name)
        ],
    )?;
    Ok(())
}

pub fn by_id(tx: &mut Tx, organisation: OrganisationId) -> Result<Option<Organisation>, StoreError> {
    Ok(tx.query_opt(
        &format!("select {COLUMNS} from organisation where id = $1"),
        params![organisation],
        read,
    )?)
}

/// The oldest organisation of exactly this name.
pub fn by_name(tx: &mut Tx, name: &str) -> Result<Option<Organisation>, StoreError> {
    Ok(tx.query_opt(
        &format!("select {COLUMNS} from organisation where name = $1 order by id limit 1"),
        params![name],
        read,
    )?)
}

/// Organisations by name, from the index.
pub fn page(tx: &mut Tx, names: &Names) -> Result<Vec<Organisation>, StoreError> {
    let (from, to, after) = names.range();
    Ok(tx.query(
        &format!(
            "select {COLUMNS} from organisation where search_key >= $1 and search_key < $2 \
             and (search_key > $1 or id > $3) order by search_key, id limit $4"
        ),
        params![from, to, after, names.limit],
        read,
    )?)
}

/// Those that turned out to be this organisation, by name.
pub fn merged_into(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Organisation>, StoreError> {
    Ok(tx.query(
        &format!("select {COLUMNS} from organisation where merged_into_id = $1 order by search_key, id"),
        params![organisation],
        read,
    )?)
}

pub fn set_merged(
    tx: &mut Tx,
    organisation: OrganisationId,
    into: Option<OrganisationId>,
) -> Result<(), StoreError> {
    tx.execute("update organisation set merged_into_id = $2 where id = $1", params![organisation, into])?;
    Ok(())
}

/// Everybody who belongs to it, the oldest entry first.
pub fn people(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<PersonId>, StoreError> {
    Ok(tx.query(
        "select id from person where organisation_id = $1 order by id",
        params![organisation],
        |row| row.get(0),
    )?)
}

/// Keeps from where somebody was moved by a merge; the latest counts.
pub fn remember_moved(tx: &mut Tx, person: PersonId, from: OrganisationId) -> Result<(), StoreError> {
    tx.execute(
        "insert into organisation_moved (person_id, organisation_id) values ($1, $2) \
         on conflict (person_id) do update set organisation_id = $2",
        params![person, from],
    )?;
    Ok(())
}

/// Everybody whom a merge moved from it and who still is where they were moved, and forgets them.
pub fn take_moved(
    tx: &mut Tx,
    from: OrganisationId,
    into: OrganisationId,
) -> Result<Vec<PersonId>, StoreError> {
    let moved = tx.query(
        "select p.id from organisation_moved m join person p on p.id = m.person_id \
         where m.organisation_id = $1 and p.organisation_id = $2 order by p.id",
        params![from, into],
        |row| row.get(0),
    )?;
    tx.execute("delete from organisation_moved where organisation_id = $1", params![from])?;
    Ok(moved)
}

/// Names that several organisations have that were not merged, each as one of them writes it, after `after`.
pub fn shared_names(tx: &mut Tx, after: &str, limit: u16) -> Result<Vec<String>, StoreError> {
    shared(tx, "organisation", after, limit)
}

/// Organisations of this name, however they write it, that were not merged, the oldest first.
pub fn of_name(tx: &mut Tx, name: &str, limit: u16) -> Result<Vec<Organisation>, StoreError> {
    Ok(tx.query(
        &format!(
            "select {COLUMNS} from organisation where search_key = $1 and merged_into_id is null order by id limit $2"
        ),
        params![key(name), limit],
        read,
    )?)
}

fn read(row: &Row) -> Result<Organisation, DbError> {
    Ok(Organisation {
        id: row.get(0)?,
        name: row.get(1)?,
        shares_tickets: row.get::<i64>(2)? == 1,
        created_at: row.get(3)?,
        merged_into: row.get(4)?,
    })
}
