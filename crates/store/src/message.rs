//! What was said on a ticket: public messages in one table, internal notes in another.

mod held;
mod undoable;
mod versions;

use domain::event::Side;
use domain::id::{MessageId, NoteId, PersonId, ReasonId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::{DbError, Row, Tx};
use crate::params;

pub use held::{held, hold, move_hold, release};
pub use undoable::{hold_until, is_held, outside_at, tickets_held, undoable, undoable_until};
pub use versions::{Version, author_of_note, note, rewrite_note, versions};

/// How a message came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Portal,
    Agent,
    Api,
    Phone,
    InPerson,
    Mail,
    Import,
}

impl Channel {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Agent => "agent",
            Self::Api => "api",
            Self::Phone => "phone",
            Self::InPerson => "in-person",
            Self::Mail => "mail",
            Self::Import => "import",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Portal, Self::Agent, Self::Api, Self::Phone, Self::InPerson, Self::Mail, Self::Import]
            .into_iter()
            .find(|channel| channel.as_str() == word)
    }
}

crate::db::text_columns!(Channel);

/// A public message: both sides read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    pub ticket: TicketId,
    pub at: Timestamp,
    pub side: Side,
    pub person: Option<PersonId>,
    pub automatic: bool,
    pub channel: Channel,
    /// What a hand-off hands back.
    pub deliverable: bool,
    /// Markdown.
    pub body: String,
}

/// An internal note: the serving side alone reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub id: NoteId,
    pub ticket: TicketId,
    pub at: Timestamp,
    pub person: Option<PersonId>,
    pub body: String,
}

/// The words behind an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub id: ReasonId,
    pub ticket: TicketId,
    pub at: Timestamp,
    pub person: Option<PersonId>,
    /// Both sides may read it.
    pub shown: bool,
    pub body: String,
}

pub fn insert(tx: &mut Tx, message: &Message) -> Result<(), StoreError> {
    tx.execute(
        "insert into message (id, ticket_id, at, side, person_id, automatic, channel, deliverable, body) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            message.id,
            message.ticket,
            message.at,
            message.side,
            message.person,
            i64::from(message.automatic),
            message.channel,
            i64::from(message.deliverable),
            message.body
        ],
    )?;
    Ok(())
}

pub fn insert_note(tx: &mut Tx, note: &Note) -> Result<(), StoreError> {
    tx.execute(
        "insert into note (id, ticket_id, at, person_id, body) values ($1, $2, $3, $4, $5)",
        params![note.id, note.ticket, note.at, note.person, note.body],
    )?;
    Ok(())
}

pub fn insert_reason(tx: &mut Tx, reason: &Reason) -> Result<(), StoreError> {
    tx.execute(
        "insert into reason (id, ticket_id, at, person_id, shown, body) values ($1, $2, $3, $4, $5, $6)",
        params![reason.id, reason.ticket, reason.at, reason.person, i64::from(reason.shown), reason.body],
    )?;
    Ok(())
}

/// A public message with the name of who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub message: Message,
    pub name: Option<String>,
    /// From when its readers outside have it; none when they had it from the beginning.
    pub outside_at: Option<Timestamp>,
}

/// The public messages of a ticket, oldest first, for anybody who may read it.
pub fn of_ticket<Act>(tx: &mut Tx, granted: &Granted<Act>) -> Result<Vec<Said>, StoreError> {
    Ok(tx.query(
        "select m.id, m.ticket_id, m.at, m.side, m.person_id, m.automatic, m.channel, m.deliverable, m.body, p.name, \
         m.outside_at from message m left join person p on p.id = m.person_id where m.ticket_id = $1 order by m.at, m.id",
        params![granted.ticket],
        |row| Ok(Said { message: one(row)?, name: row.get(9)?, outside_at: row.get(10)? }),
    )?)
}

/// The public messages that the requester's side reads: a reply that can still be taken back is not among
/// them, and neither is a message that is held until an agent releases it.
pub fn of_ticket_outside<Act>(
    tx: &mut Tx,
    granted: &Granted<Act>,
    now: Timestamp,
) -> Result<Vec<Said>, StoreError> {
    let mut held = undoable(tx, granted.ticket, now)?;
    held.extend(held::ids(tx, granted.ticket)?);
    let mut said = of_ticket(tx, granted)?;
    said.retain(|said| !held.contains(&said.message.id));
    Ok(said)
}

/// What somebody of the requester's side wrote last, as far as its readers outside have it.
pub fn latest_of_requester(tx: &mut Tx, ticket: TicketId) -> Result<Option<MessageId>, StoreError> {
    Ok(tx.query_opt(
        "select m.id from message m where m.ticket_id = $1 and m.side = 'requesting' and m.automatic = 0 \
         and m.person_id is not null and not exists (select 1 from message_held h where h.message_id = m.id) \
         order by m.id desc limit 1",
        params![ticket],
        |row| row.get(0),
    )?)
}

/// One message of a ticket, without its author's name.
pub fn by_id(tx: &mut Tx, message: MessageId, ticket: TicketId) -> Result<Option<Message>, StoreError> {
    Ok(tx.query_opt(
        "select id, ticket_id, at, side, person_id, automatic, channel, deliverable, body from message \
         where id = $1 and ticket_id = $2",
        params![message, ticket],
        one,
    )?)
}

/// Whether nothing was said on the ticket before.
pub fn is_first(tx: &mut Tx, message: MessageId, ticket: TicketId) -> Result<bool, StoreError> {
    Ok(!tx
        .exists("select 1 from message where ticket_id = $1 and id < $2 limit 1", params![ticket, message])?)
}

/// Removes a message that was taken back before anybody read it; the mails that would have carried it
/// stay, cancelled.
pub fn remove(tx: &mut Tx, message: MessageId) -> Result<(), StoreError> {
    tx.execute("update outgoing set message_id = null where message_id = $1", params![message])?;
    tx.execute("delete from message where id = $1", params![message])?;
    Ok(())
}

fn one(row: &Row) -> Result<Message, DbError> {
    Ok(Message {
        id: row.get(0)?,
        ticket: row.get(1)?,
        at: row.get(2)?,
        side: row.get(3)?,
        person: row.get(4)?,
        automatic: row.get::<i64>(5)? == 1,
        channel: row.get(6)?,
        deliverable: row.get::<i64>(7)? == 1,
        body: row.get(8)?,
    })
}

/// A note with the name of who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    pub note: Note,
    pub name: Option<String>,
    /// Who is named in it and could not read it.
    pub not_reached: Option<String>,
    /// The names and addresses of those who are named in it and were told, one a line.
    pub reached: Option<String>,
}

const NOTED: &str = "select n.id, n.ticket_id, n.at, n.person_id, n.body, p.name, \
    (select string_agg(q.name, ', ') from mention m join person q on q.id = m.person_id \
    where m.note_id = n.id and m.reached = 0), \
    (select string_agg(q.name || '\n' || coalesce(q.email, ''), '\n') from mention m \
    join person q on q.id = m.person_id where m.note_id = n.id and m.reached = 1) \
    from note n left join person p on p.id = n.person_id";

/// The internal notes of a ticket, oldest first: only with the right to read inside.
pub fn notes(tx: &mut Tx, granted: &Granted<ReadInside>) -> Result<Vec<Noted>, StoreError> {
    let sql = format!("{NOTED} where n.ticket_id = $1 order by n.at, n.id");
    Ok(tx.query(&sql, params![granted.ticket], noted)?)
}

fn noted(row: &Row) -> Result<Noted, DbError> {
    let note = Note {
        id: row.get(0)?,
        ticket: row.get(1)?,
        at: row.get(2)?,
        person: row.get(3)?,
        body: row.get(4)?,
    };
    Ok(Noted { note, name: row.get(5)?, not_reached: row.get(6)?, reached: row.get(7)? })
}

/// The reasons of a ticket that both sides may read.
pub fn shown_reasons<Act>(tx: &mut Tx, granted: &Granted<Act>) -> Result<Vec<Reason>, StoreError> {
    reasons_where(tx, granted.ticket, "shown = 1")
}

/// Every reason of a ticket: only with the right to read inside.
pub fn reasons(tx: &mut Tx, granted: &Granted<ReadInside>) -> Result<Vec<Reason>, StoreError> {
    reasons_where(tx, granted.ticket, "true")
}

/// Whether a message stands on a ticket: what an act refers to must belong to it.
pub fn belongs(tx: &mut Tx, message: MessageId, ticket: TicketId) -> Result<bool, StoreError> {
    Ok(tx.exists("select 1 from message where id = $1 and ticket_id = $2", params![message, ticket])?)
}

fn reasons_where(tx: &mut Tx, ticket: TicketId, which: &'static str) -> Result<Vec<Reason>, StoreError> {
    let sql = format!(
        "select id, ticket_id, at, person_id, shown, body from reason where ticket_id = $1 and {which} order by at, id"
    );
    Ok(tx.query(&sql, params![ticket], |row| {
        Ok(Reason {
            id: row.get(0)?,
            ticket: row.get(1)?,
            at: row.get(2)?,
            person: row.get(3)?,
            shown: row.get::<i64>(4)? == 1,
            body: row.get(5)?,
        })
    })?)
}
