//! The links of tickets as rows, and the tickets at their other ends, as far as somebody reads inside of them.

use std::collections::BTreeMap;

use domain::id::{TicketId, UnitId};
use domain::link::Linked;
use domain::permission::{About, Viewer, relation};
use domain::ticket::State;
use jiff::Timestamp;

use crate::StoreError;
use crate::aside::chains;
use crate::db::{DbError, Row, ToParam, Tx};
use crate::params;

/// A ticket at the other end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    pub id: TicketId,
    pub number: i64,
    pub subject: String,
    pub state: State,
    pub unit: UnitId,
    /// It is a hand-off.
    pub handoff: bool,
}

/// Replaces the links of a ticket by those that its events say.
pub fn replace(tx: &mut Tx, ticket: TicketId, links: &[Linked]) -> Result<(), StoreError> {
    tx.execute("delete from ticket_link where ticket_id = $1", params![ticket])?;
    for linked in links {
        tx.execute(
            "insert into ticket_link (ticket_id, other_id, link) values ($1, $2, $3)",
            params![ticket, linked.ticket, linked.link],
        )?;
    }
    Ok(())
}

/// Those of the tickets that the viewer reads inside; of the others nobody learns that they are there. Without
/// tickets nothing is asked.
pub fn others(
    tx: &mut Tx,
    viewer: &Viewer,
    tickets: &[TicketId],
    now: Timestamp,
) -> Result<BTreeMap<TicketId, Other>, StoreError> {
    let Some(last) = tickets.last() else { return Ok(BTreeMap::new()) };
    // The same statement for many lengths, so that it is prepared once.
    let mut ids = tickets.to_vec();
    ids.resize(ids.len().next_power_of_two(), *last);
    let places: Vec<String> = (3..ids.len() + 3).map(|place| format!("${place}")).collect();
    let sql = format!(
        "select t.id, t.number, t.subject, t.state, t.unit_id, t.parent_id, t.confidential, \
         coalesce(b.unit_id, t.asking_unit_id), case when o.shares_tickets = 1 then o.id end, x.side, \
         exists (select 1 from broken_glass g where g.ticket_id = t.id and g.person_id = $1 and g.until_at > $2) \
         from ticket t left join organisation o on o.id = t.organisation_id \
         left join ticket b on b.id = t.parent_id \
         left join ticket_person x on x.person_id = $1 and x.ticket_id = t.id where t.id in ({})",
        places.join(", ")
    );
    let mut params: Vec<&dyn ToParam> = vec![&viewer.person, &now];
    params.extend(ids.iter().map(|id| id as &dyn ToParam));
    let read = tx.query(&sql, &params, |row| candidate(viewer, row))?;
    let mut chains = chains(tx, read.iter().map(|(_, other)| other.id).collect())?;
    let inside = read.into_iter().filter_map(|(about, other)| {
        let about = About { chain: chains.remove(&other.id).unwrap_or_default(), ..about };
        relation(viewer, &about).reads_inside().then_some((other.id, other))
    });
    Ok(inside.collect())
}

fn candidate(viewer: &Viewer, row: &Row) -> Result<(About, Other), DbError> {
    let side: Option<String> = row.get(9)?;
    let on = |name: &str| if side.as_deref() == Some(name) { vec![viewer.person] } else { Vec::new() };
    let other = Other {
        id: row.get(0)?,
        number: row.get(1)?,
        subject: row.get(2)?,
        state: row.get(3)?,
        unit: row.get(4)?,
        handoff: row.get::<Option<TicketId>>(5)?.is_some(),
    };
    let about = About {
        requesting: on("requesting"),
        upstream: on("upstream"),
        sharing: row.get(8)?,
        asking: row.get(7)?,
        owner: other.unit,
        chain: Vec::new(),
        confidential: row.get::<i64>(6)? == 1,
        glass_broken: row.get(10)?,
    };
    Ok((about, other))
}
