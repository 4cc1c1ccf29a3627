//! Tickets as their requester's side lists them.

use domain::event::Side;
use domain::id::{ServiceId, TicketId};
use domain::permission::Viewer;
use domain::ticket::{Kind, State};
use jiff::Timestamp;

use super::MOST;
use crate::StoreError;
use crate::db::{ToParam, Tx};
use crate::params;

/// A ticket as its requester's side lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    pub id: TicketId,
    pub number: i64,
    pub subject: String,
    pub kind: Kind,
    pub service: ServiceId,
    pub state: State,
    /// The ball is with the requester.
    pub waits_for_me: bool,
    /// Both sides agreed to wait until then.
    pub agreed_until_at: Option<Timestamp>,
    pub last_side: Option<Side>,
    pub opened_at: Timestamp,
    pub changed_at: Timestamp,
    /// Somebody else of the same organisation asked.
    pub by: Option<String>,
    /// Another ticket goes on with it.
    pub merged: bool,
    /// What its status is called for them, when that has such words.
    pub status: Option<String>,
    /// The viewer began to write on it.
    pub draft: bool,
}

/// Tickets on whose requester's side the viewer is, latest first. Hand-offs are a unit's, not a person's.
pub fn mine(tx: &mut Tx, viewer: &Viewer, before: TicketId, limit: i64) -> Result<Vec<Mine>, StoreError> {
    mine_where(
        tx,
        "ticket_person x join ticket t on t.id = x.ticket_id",
        "x.person_id = $1 and x.side = 'requesting' and t.asking_unit_id is null and x.ticket_id < $2",
        "t.id desc",
        params![viewer.person, before, limit.min(MOST)],
    )
}

/// Tickets on whose requester's side the viewer is and that cannot go on without them: somebody
/// asked them something, or wants to hear that it is solved. Longest waiting first.
pub fn waiting_for_me(tx: &mut Tx, viewer: &Viewer, limit: i64) -> Result<Vec<Mine>, StoreError> {
    mine_where(
        tx,
        "ticket_person x join ticket t on t.id = x.ticket_id",
        "x.person_id = $1 and x.live = 1 and x.side = 'requesting' and t.asking_unit_id is null and x.ticket_id > $2 \
         and (t.state = 'solved' or t.state = 'open' and t.waiting = 'requester')",
        "t.changed_at, t.id",
        params![viewer.person, TicketId(0), limit.min(MOST)],
    )
}

/// Tickets of the viewer's organisation, when it shares them among its people.
pub fn shared(tx: &mut Tx, viewer: &Viewer, before: TicketId, limit: i64) -> Result<Vec<Mine>, StoreError> {
    let Some(organisation) = viewer.organisation else { return Ok(Vec::new()) };
    mine_where(
        tx,
        "ticket t",
        "t.organisation_id = $4 and t.asking_unit_id is null and t.id < $2 and t.confidential = 0",
        "t.id desc",
        params![viewer.person, before, limit.min(MOST), organisation],
    )
}

fn mine_where(
    tx: &mut Tx,
    from: &str,
    which: &str,
    order: &str,
    params: &[&dyn ToParam],
) -> Result<Vec<Mine>, StoreError> {
    let sql = format!(
        "select t.id, t.number, t.subject, t.kind, t.service_id, t.state, t.waiting, t.last_side, t.opened_at, \
         t.changed_at, case when t.requester_id <> $1 then r.name end, t.waiting_until_at, t.merged_into_id is not null, {}, {} from {from} join person r on r.id = t.requester_id \
         where {which} order by {order} limit $3",
        crate::status::outside!(),
        crate::news::drafted("$1")
    );
    Ok(tx.query(&sql, params, |row| {
        Ok(Mine {
            id: row.get(0)?,
            number: row.get(1)?,
            subject: row.get(2)?,
            kind: row.get(3)?,
            service: row.get(4)?,
            state: row.get(5)?,
            waits_for_me: row.get::<Option<&str>>(6)? == Some("requester"),
            last_side: row.get(7)?,
            opened_at: row.get(8)?,
            changed_at: row.get(9)?,
            by: row.get(10)?,
            agreed_until_at: row.get(11)?,
            merged: row.get(12)?,
            status: row.get(13)?,
            draft: row.get(14)?,
        })
    })?)
}
