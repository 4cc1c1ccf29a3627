//! What an agent wants beside a ticket: names, colleagues, the requester's ties and other tickets.

use std::collections::BTreeMap;

use domain::affiliation::{Class, Relation as Tie};
use domain::id::{OrganisationId, PersonId, ServiceId, TicketId, UnitId};
use domain::priority::Priority;
use domain::ticket::State;
use jiff::Timestamp;

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::{ToParam, Tx};
use crate::params;

/// The names of people, as many at once as a page needs.
pub fn people(
    tx: &mut Tx,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<BTreeMap<PersonId, String>, StoreError> {
    let mut ids: Vec<PersonId> = people.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let Some(last) = ids.last().copied() else { return Ok(BTreeMap::new()) };
    // Few lengths make few statements.
    ids.resize(ids.len().next_power_of_two(), last);
    let sql = format!("select id, name from person where id in ({})", places(ids.len()));
    let params: Vec<&dyn ToParam> = ids.iter().map(|id| id as &dyn ToParam).collect();
    Ok(tx.query(&sql, &params, |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
}

/// Somebody who serves in a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub person: PersonId,
    pub name: String,
    pub lead: bool,
    /// Open tickets of this unit that they have taken.
    pub open: i64,
}

/// Everybody who serves in a unit today, by name.
pub fn members(tx: &mut Tx, unit: UnitId) -> Result<Vec<Member>, StoreError> {
    Ok(tx.query(
        "select p.id, p.name, m.role, coalesce((select n from tally where name = 'taken' and one = $1 and two = p.id \
         and week = 0), 0) from membership m join person p on p.id = m.person_id \
         where m.unit_id = $1 and p.disabled_at is null order by p.name, p.id",
        params![unit],
        |row| {
            Ok(Member {
                person: row.get(0)?,
                name: row.get(1)?,
                lead: row.get::<&str>(2)? == "lead",
                open: row.get(3)?,
            })
        },
    )?)
}

/// Organisations that a ticket can wait for, by name.
pub fn suppliers(tx: &mut Tx) -> Result<Vec<(OrganisationId, String)>, StoreError> {
    Ok(tx.query(
        "select o.id, o.name from organisation o where exists \
         (select 1 from affiliation a where a.organisation_id = o.id and a.relation = 'supplier') \
         order by o.name limit 200",
        params![],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

/// A tie of a person to us, or to an organisation that has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affiliation {
    pub relation: Option<Tie>,
    pub organisation: Option<String>,
    pub from_day: String,
    pub until_day: Option<String>,
}

pub fn affiliations(tx: &mut Tx, person: PersonId) -> Result<Vec<Affiliation>, StoreError> {
    Ok(tx.query(
        "select a.relation, o.name, a.from_day, a.until_day from affiliation a \
         left join organisation o on o.id = a.organisation_id where a.person_id = $1 order by a.from_day desc, a.id",
        params![person],
        |row| {
            Ok(Affiliation {
                relation: Tie::parse(row.get(0)?),
                organisation: row.get(1)?,
                from_day: row.get(2)?,
                until_day: row.get(3)?,
            })
        },
    )?)
}

/// The units in the chains of tickets.
pub(crate) fn chains(
    tx: &mut Tx,
    mut ids: Vec<TicketId>,
) -> Result<BTreeMap<TicketId, Vec<UnitId>>, StoreError> {
    let Some(last) = ids.last().copied() else { return Ok(BTreeMap::new()) };
    ids.resize(ids.len().next_power_of_two(), last);
    let sql =
        format!("select ticket_id, unit_id from ticket_unit where ticket_id in ({})", places(ids.len()));
    let params: Vec<&dyn ToParam> = ids.iter().map(|id| id as &dyn ToParam).collect();
    let mut chains: BTreeMap<TicketId, Vec<UnitId>> = BTreeMap::new();
    for (ticket, unit) in tx.query(&sql, &params, |row| Ok((row.get(0)?, row.get(1)?)))? {
        chains.entry(ticket).or_default().push(unit);
    }
    Ok(chains)
}

/// A ticket of a chain: the outer one, or a hand-off at any depth below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    pub id: TicketId,
    pub number: i64,
    pub parent: Option<TicketId>,
    /// `None` when it is about a confidential service.
    pub subject: Option<String>,
    pub confidential: bool,
    pub unit: UnitId,
    pub state: State,
    pub service: ServiceId,
    pub class: Class,
    pub asking: Option<UnitId>,
    pub priority: Option<Priority>,
    pub opened_at: Timestamp,
    pub rating: Option<i64>,
}

/// A ticket and every hand-off below it, in the order in which they began.
pub fn tree(tx: &mut Tx, granted: &Granted<ReadInside>) -> Result<Vec<Branch>, StoreError> {
    Ok(tx.query(
        "with recursive tree (id) as (select cast($1 as bigint) union select t.id from tree cross join ticket t where t.parent_id = tree.id) \
         select t.id, t.number, t.parent_id, case when t.confidential = 0 or t.id = $1 then t.subject end, t.confidential, \
         t.unit_id, t.state, t.service_id, t.class, t.asking_unit_id, t.priority, t.opened_at, t.rating \
         from tree cross join ticket t where t.id = tree.id order by t.id",
        params![granted.ticket],
        |row| {
            Ok(Branch {
                id: row.get(0)?,
                number: row.get(1)?,
                parent: row.get(2)?,
                subject: row.get(3)?,
                confidential: row.get::<i64>(4)? == 1,
                unit: row.get(5)?,
                state: row.get(6)?,
                service: row.get(7)?,
                class: row.get(8)?,
                asking: row.get(9)?,
                priority: u8::try_from(row.get::<i64>(10)?).ok().and_then(|n| Priority::try_from(n).ok()),
                opened_at: row.get(11)?,
                rating: row.get(12)?,
            })
        },
    )?)
}

pub(crate) fn places(count: usize) -> String {
    (1..=count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}
