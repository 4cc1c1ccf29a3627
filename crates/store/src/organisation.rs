//! Organisations: legal bodies outside or inside, our own among them.

use domain::id::OrganisationId;
use jiff::Timestamp;

use crate::StoreError;
use crate::db::{DbError, Row, Tx};
use crate::page::{Names, key};
use crate::params;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
    /// Its people see each other's tickets.
    pub shares_tickets: bool,
    pub created_at: Timestamp,
}

const COLUMNS: &str = "id, name, shares_tickets, created_at";

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

fn read(row: &Row) -> Result<Organisation, DbError> {
    Ok(Organisation {
        id: row.get(0)?,
        name: row.get(1)?,
        shares_tickets: row.get::<i64>(2)? == 1,
        created_at: row.get(3)?,
    })
}
