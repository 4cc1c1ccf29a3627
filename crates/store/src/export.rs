//! Tickets with their events and raw fields, page by page, for files.

use domain::event::Event;
use domain::id::TicketId;

use crate::StoreError;
use crate::db::Tx;
use crate::imported::Raw;
use crate::params;

/// Some tickets that follow on one another by id.
#[derive(Debug, Default)]
pub struct Page {
    /// The last ticket of the page; the next page begins after it. `None` when there are no more.
    pub until: Option<TicketId>,
    pub subjects: Vec<(TicketId, String)>,
    /// In order of ticket and position.
    pub events: Vec<(i64, Event)>,
    pub raws: Vec<Raw>,
}

/// The next `limit` tickets after `after`.
pub fn after(tx: &mut Tx, after: TicketId, limit: i64) -> Result<Page, StoreError> {
    let subjects: Vec<(TicketId, String)> = tx.query(
        "select id, subject from ticket where id > $1 order by id limit $2",
        params![after, limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let Some(until) = subjects.last().map(|(id, _)| *id) else { return Ok(Page::default()) };
    let events = crate::event::of_range(tx, after, until)?;
    let raws = tx.query(
        "select r.position, r.line, r.activity, r.fields from event e join event_raw r on r.position = e.position \
         where e.ticket_id > $1 and e.ticket_id <= $2",
        params![after, until],
        |row| Ok(Raw { position: row.get(0)?, line: row.get(1)?, activity: row.get(2)?, fields: row.get(3)? }),
    )?;
    Ok(Page { until: Some(until), subjects, events, raws })
}

/// A ticket's number.
pub fn number(tx: &mut Tx, ticket: TicketId) -> Result<Option<i64>, StoreError> {
    Ok(tx.query_opt("select number from ticket where id = $1", params![ticket], |row| row.get(0))?)
}
