//! Reads for reports: one pass over rows by index, each handed on and none kept.

use domain::affiliation::Class;
use domain::id::{OrganisationId, ServiceId, TicketId, UnitId};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// Which tickets a report is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Opened at this instant or later.
    pub since: Timestamp,
    /// Opened before this instant.
    pub until: Timestamp,
    /// Imported from the log of this name.
    pub source: Option<String>,
}

impl Default for Filter {
    fn default() -> Self {
        Self { since: Timestamp::MIN, until: Timestamp::MAX, source: None }
    }
}

/// What reports say about a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: TicketId,
    /// The ticket at the top of its chain; itself unless it is a hand-off.
    pub root: TicketId,
    pub service: ServiceId,
    pub priority: u8,
    pub unit: UnitId,
    pub class: Class,
    pub opened_at: Timestamp,
    pub changed_at: Timestamp,
    pub solved_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// The verdict of the log that it was imported from.
    pub imported_kept: Option<bool>,
}

/// Hands every ticket of the filter to `take`; what was merged is part of the ticket that goes on with it.
pub fn tickets(tx: &mut Tx, filter: &Filter, mut take: impl FnMut(Line)) -> Result<(), StoreError> {
    tx.each(
        "select t.id, t.root_id, t.service_id, t.priority, t.unit_id, t.class, t.opened_at, t.changed_at, t.solved_at, \
         t.closed_at, i.kept from ticket t left join imported_case i on i.ticket_id = t.id \
         where t.opened_at >= $1 and t.opened_at < $2 and (cast($3 as text) is null or i.source = $3) \
         and t.merged_into_id is null",
        params![filter.since, filter.until, filter.source.as_deref()],
        |row| {
            take(Line {
                id: row.get(0)?,
                root: row.get(1)?,
                service: row.get(2)?,
                priority: u8::try_from(row.get::<i64>(3)?).unwrap_or(u8::MAX),
                unit: row.get(4)?,
                class: row.get(5)?,
                opened_at: row.get(6)?,
                changed_at: row.get(7)?,
                solved_at: row.get(8)?,
                closed_at: row.get(9)?,
                imported_kept: row.get::<Option<i64>>(10)?.map(|kept| kept == 1),
            });
            Ok(())
        },
    )?;
    Ok(())
}

/// Hands the outcome of each stopped resolution clock (SLA and OLA) to `take`: whether it was met.
pub fn resolutions(tx: &mut Tx, mut take: impl FnMut(TicketId, bool)) -> Result<(), StoreError> {
    tx.each(
        "select ticket_id, outcome from clock \
         where metric = 'resolution' and kind in ('sla', 'ola') and outcome in ('met', 'missed')",
        params![],
        |row| {
            take(row.get(0)?, row.get::<&str>(1)? == "met");
            Ok(())
        },
    )?;
    Ok(())
}

/// The tickets that asked for a hand-off, or are one, each with the top of its chain.
pub fn chained(tx: &mut Tx) -> Result<Vec<(TicketId, TicketId)>, StoreError> {
    Ok(tx.query(
        "select id, root_id from ticket where parent_id is not null \
         union select root_id, root_id from ticket where parent_id is not null",
        params![],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

/// Organisations by name, for the suppliers that a ledger charges.
pub fn organisations(tx: &mut Tx) -> Result<Vec<(OrganisationId, String)>, StoreError> {
    Ok(tx.query("select id, name from organisation", params![], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// The logs that tickets were imported from.
pub fn sources(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    Ok(tx.query("select distinct source from imported_case order by source", params![], |row| row.get(0))?)
}
