//! Tickets with their events and raw fields, page by page, for files.

use std::collections::HashMap;

use domain::event::Event;
use domain::id::{MessageId, NoteId, ReasonId, TicketId};

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

/// What was said on some tickets; what the requester's side may read apart from what it may not.
#[derive(Debug, Default)]
pub struct Texts {
    pub messages: HashMap<MessageId, String>,
    pub notes: HashMap<NoteId, String>,
    /// Those that both sides may read.
    pub shown_reasons: HashMap<ReasonId, String>,
    pub inner_reasons: HashMap<ReasonId, String>,
}

/// The texts of a page of tickets: those after `after`, up to `until`.
pub fn texts(tx: &mut Tx, after: TicketId, until: TicketId) -> Result<Texts, StoreError> {
    let range = params![after, until];
    let messages =
        tx.query("select id, body from message where ticket_id > $1 and ticket_id <= $2", range, |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let notes =
        tx.query("select id, body from note where ticket_id > $1 and ticket_id <= $2", range, |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let reasons = tx.query(
        "select id, body, shown from reason where ticket_id > $1 and ticket_id <= $2",
        range,
        |row| Ok(((row.get::<ReasonId>(0)?, row.get::<String>(1)?), row.get::<i64>(2)? == 1)),
    )?;
    let (shown, inner): (Vec<_>, Vec<_>) = reasons.into_iter().partition(|(_, shown)| *shown);
    Ok(Texts {
        messages: messages.into_iter().collect(),
        notes: notes.into_iter().collect(),
        shown_reasons: shown.into_iter().map(|(reason, _)| reason).collect(),
        inner_reasons: inner.into_iter().map(|(reason, _)| reason).collect(),
    })
}
