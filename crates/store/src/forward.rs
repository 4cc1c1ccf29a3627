//! Mail beside a ticket: what was passed on to somebody outside, and what came back. Each stands on a note.

use domain::id::{MailId, MessageId, NoteId, PersonId, TicketId};

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::{DbError, Row, Tx};
use crate::params;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Out,
    In,
}

impl Direction {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::In => "in",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Out, Self::In].into_iter().find(|direction| direction.as_str() == word)
    }
}

crate::db::text_columns!(Direction);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forward {
    pub note: NoteId,
    pub ticket: TicketId,
    /// The note with which it began.
    pub thread: NoteId,
    pub direction: Direction,
    /// To whom it went, or who wrote it as far as the directory knows.
    pub person: Option<PersonId>,
    pub address: String,
    pub subject: String,
    /// The message that was passed on.
    pub message: Option<MessageId>,
    pub mail: Option<MailId>,
}

const COLUMNS: &str =
    "note_id, ticket_id, thread_id, direction, person_id, address, subject, message_id, mail_id";

pub fn insert(tx: &mut Tx, forward: &Forward) -> Result<(), StoreError> {
    tx.execute(
        "insert into forward (note_id, ticket_id, thread_id, direction, person_id, address, subject, message_id, mail_id) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            forward.note,
            forward.ticket,
            forward.thread,
            forward.direction,
            forward.person,
            forward.address,
            forward.subject,
            forward.message,
            forward.mail
        ],
    )?;
    Ok(())
}

/// What was passed on from a ticket and what came back: only with the right to read inside.
pub fn of_ticket(tx: &mut Tx, granted: &Granted<ReadInside>) -> Result<Vec<Forward>, StoreError> {
    let sql = format!("select {COLUMNS} from forward where ticket_id = $1 order by note_id");
    Ok(tx.query(&sql, params![granted.ticket], read)?)
}

/// Where an answer to a mail of ours belongs.
pub fn of_note(tx: &mut Tx, note: NoteId) -> Result<Option<Forward>, StoreError> {
    let sql = format!("select {COLUMNS} from forward where note_id = $1");
    Ok(tx.query_opt(&sql, params![note], read)?)
}

/// The Message-IDs of what was passed on and answered since a note, oldest first, but for one about to leave.
pub fn chain(tx: &mut Tx, thread: NoteId, except: &str) -> Result<Vec<String>, StoreError> {
    Ok(tx.query(
        "select said.id from (select o.internet_id as id, o.created_at as at from forward f \
           join outgoing o on o.note_id = f.note_id where f.thread_id = $1 and o.state = 'sent' and o.internet_id <> $2 \
         union all select m.message_id as id, m.arrived_at as at from forward f \
           join mail m on m.id = f.mail_id where f.thread_id = $1 and m.message_id is not null) as said order by said.at",
        params![thread, except],
        |row| row.get(0),
    )?)
}

fn read(row: &Row) -> Result<Forward, DbError> {
    Ok(Forward {
        note: row.get(0)?,
        ticket: row.get(1)?,
        thread: row.get(2)?,
        direction: row.get(3)?,
        person: row.get(4)?,
        address: row.get(5)?,
        subject: row.get(6)?,
        message: row.get(7)?,
        mail: row.get(8)?,
    })
}
