//! Mail on its way out: written where it is wanted, leased by one worker at a time, and never forgotten.

mod role;

use domain::id::{InboxId, MessageId, NoteId, OutgoingId, PersonId, TicketId};
use domain::notice::Subscription;
use jiff::{SignedDuration, Timestamp};

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::{DbError, Row, Tx};
use crate::params;

pub use role::Role;

/// How long a worker has a mail to itself.
pub const LEASE: SignedDuration = SignedDuration::from_mins(5);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What an agent wrote.
    Reply,
    /// "We have your message."
    Acknowledgement,
    /// Something happened that concerns its recipient.
    Notice,
    /// An administrator tries the inbox.
    Test,
    /// Something that somebody who serves is told, alone or among others; it is not part of a thread.
    Alert,
    /// What an agent passed on to somebody outside; it is not part of the conversation.
    Forward,
}

impl Kind {
    const ALL: [Self; 6] =
        [Self::Reply, Self::Acknowledgement, Self::Notice, Self::Test, Self::Alert, Self::Forward];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Acknowledgement => "acknowledgement",
            Self::Notice => "notice",
            Self::Test => "test",
            Self::Alert => "alert",
            Self::Forward => "forward",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It can be taken back until its time comes.
    Waiting,
    Sending,
    Sent,
    /// The server refused it for good, or it was tried for too long.
    Failed,
    /// A report came back.
    Bounced,
    /// Taken back.
    Cancelled,
}

impl State {
    const ALL: [Self; 6] =
        [Self::Waiting, Self::Sending, Self::Sent, Self::Failed, Self::Bounced, Self::Cancelled];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Bounced => "bounced",
            Self::Cancelled => "cancelled",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

crate::db::text_columns!(Kind, State);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub id: OutgoingId,
    pub inbox: InboxId,
    pub kind: Kind,
    pub ticket: Option<TicketId>,
    pub message: Option<MessageId>,
    pub person: Option<PersonId>,
    pub recipient: String,
    pub role: Role,
    /// The note that it carries.
    pub note: Option<NoteId>,
    /// The mail that went instead, under a mended address.
    pub replaced_by: Option<OutgoingId>,
    pub copies: Vec<String>,
    /// Of what is not a message of a ticket.
    pub subject: Option<String>,
    /// Markdown.
    pub body: Option<String>,
    pub internet_id: String,
    pub state: State,
    pub created_at: Timestamp,
    pub send_at: Timestamp,
    pub attempts: i64,
    /// Grows with each lease; what a worker does with an old one is refused.
    pub fence: i64,
    pub ended_at: Option<Timestamp>,
    pub answer: Option<String>,
    /// What its recipient can unsubscribe from.
    pub subscription: Option<Subscription>,
}

const COLUMNS: &str = "id, inbox_id, kind, ticket_id, message_id, person_id, recipient, copies, subject, body, internet_id, \
     state, created_at, send_at, attempts, fence, ended_at, answer, subscription, role, note_id, replaced_by";

pub fn insert(tx: &mut Tx, outgoing: &Outgoing) -> Result<(), StoreError> {
    let copies = serde_json::to_string(&outgoing.copies).map_err(StoreError::encoding)?;
    tx.execute(
        "insert into outgoing (id, inbox_id, kind, ticket_id, message_id, person_id, recipient, copies, subject, body, \
         internet_id, state, created_at, send_at, subscription, role, note_id) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        params![
            outgoing.id,
            outgoing.inbox,
            outgoing.kind,
            outgoing.ticket,
            outgoing.message,
            outgoing.person,
            outgoing.recipient,
            copies,
            outgoing.subject,
            outgoing.body,
            outgoing.internet_id,
            outgoing.state,
            outgoing.created_at,
            outgoing.send_at,
            outgoing.subscription,
            outgoing.role,
            outgoing.note
        ],
    )?;
    Ok(())
}

/// The inboxes that have mail whose time has come and that nobody holds.
pub fn due(tx: &mut Tx, now: Timestamp) -> Result<Vec<InboxId>, StoreError> {
    Ok(tx.query(
        "select distinct inbox_id from outgoing where state in ('waiting', 'sending') and send_at <= $1 \
         and (lease_until_at is null or lease_until_at <= $1) order by inbox_id",
        params![now],
        |row| row.get(0),
    )?)
}

/// Takes mail of an inbox whose time has come and that nobody holds, for [`LEASE`].
pub fn lease(tx: &mut Tx, inbox: InboxId, now: Timestamp, limit: i64) -> Result<Vec<Outgoing>, StoreError> {
    let sql = format!(
        "select {COLUMNS} from outgoing where state in ('waiting', 'sending') and send_at <= $1 and inbox_id = $2 \
         and (lease_until_at is null or lease_until_at <= $1) order by send_at, id limit $3"
    );
    let mut due = tx.query(&sql, params![now, inbox, limit], read)?;
    for outgoing in &mut due {
        outgoing.fence += 1;
        outgoing.attempts += 1;
        outgoing.state = State::Sending;
        tx.execute(
            "update outgoing set state = 'sending', lease_until_at = $2, fence = $3, attempts = $4 where id = $1",
            params![outgoing.id, now + LEASE, outgoing.fence, outgoing.attempts],
        )?;
    }
    Ok(due)
}

/// Holds a mail for another [`LEASE`]; `false` when somebody else has it by now.
pub fn hold(tx: &mut Tx, outgoing: &Outgoing, now: Timestamp) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "update outgoing set lease_until_at = $3 where id = $1 and fence = $2 and state = 'sending'",
        params![outgoing.id, outgoing.fence, now + LEASE],
    )?;
    Ok(changed == 1)
}

/// Gives a mail back that no server was asked about: as if it had never been taken. One that was never tried
/// can be taken back by its writer again.
pub fn give_back(tx: &mut Tx, outgoing: &Outgoing, answer: &str) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "update outgoing set state = case when attempts <= 1 then 'waiting' else state end, attempts = attempts - 1, \
         answer = $3, lease_until_at = null where id = $1 and fence = $2 and state = 'sending'",
        params![outgoing.id, outgoing.fence, answer],
    )?;
    Ok(changed == 1)
}

/// How an attempt ended; `false` when the lease no longer held.
pub fn ended(
    tx: &mut Tx,
    outgoing: &Outgoing,
    state: State,
    at: Timestamp,
    answer: &str,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "update outgoing set state = $3, ended_at = $4, answer = $5, lease_until_at = null where id = $1 and fence = $2",
        params![outgoing.id, outgoing.fence, state, at, answer],
    )?;
    Ok(changed == 1)
}

/// It is tried again then; `false` when the lease no longer held.
pub fn later(tx: &mut Tx, outgoing: &Outgoing, send_at: Timestamp, answer: &str) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "update outgoing set send_at = $3, answer = $4, lease_until_at = null where id = $1 and fence = $2",
        params![outgoing.id, outgoing.fence, send_at, answer],
    )?;
    Ok(changed == 1)
}

/// Takes back what has not begun to leave; gives how many mails that were.
pub fn cancel(tx: &mut Tx, message: MessageId, at: Timestamp) -> Result<u64, StoreError> {
    Ok(tx.execute(
        "update outgoing set state = 'cancelled', ended_at = $2 where message_id = $1 and state = 'waiting'",
        params![message, at],
    )?)
}

/// Sends it once more from the start.
pub fn again(tx: &mut Tx, outgoing: OutgoingId, at: Timestamp) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "update outgoing set state = 'waiting', send_at = $2, attempts = 0, ended_at = null, answer = null, \
         lease_until_at = null where id = $1 and state in ('failed', 'bounced') and replaced_by is null",
        params![outgoing, at],
    )?;
    Ok(changed == 1)
}

/// Another mail goes instead of one that was lost.
pub fn replace(tx: &mut Tx, outgoing: OutgoingId, by: OutgoingId) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "update outgoing set replaced_by = $2 where id = $1 and state in ('failed', 'bounced') and replaced_by is null",
        params![outgoing, by],
    )?;
    Ok(changed == 1)
}

/// A report came back for a mail that was sent.
pub fn bounced(tx: &mut Tx, outgoing: OutgoingId, at: Timestamp, why: &str) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "update outgoing set state = 'bounced', ended_at = $2, answer = $3 where id = $1 and state in ('sent', 'sending')",
        params![outgoing, at, why],
    )?;
    Ok(changed == 1)
}

pub fn by_id(tx: &mut Tx, outgoing: OutgoingId) -> Result<Option<Outgoing>, StoreError> {
    Ok(tx.query_opt(&format!("select {COLUMNS} from outgoing where id = $1"), params![outgoing], read)?)
}

pub fn by_internet_id(tx: &mut Tx, internet_id: &str) -> Result<Option<Outgoing>, StoreError> {
    Ok(tx.query_opt(
        &format!("select {COLUMNS} from outgoing where internet_id = $1"),
        params![internet_id],
        read,
    )?)
}

/// The latest mail with which somebody tried an inbox.
pub fn last_test(tx: &mut Tx, inbox: InboxId) -> Result<Option<Outgoing>, StoreError> {
    Ok(tx.query_opt(
        &format!(
            "select {COLUMNS} from outgoing where inbox_id = $1 and kind = 'test' order by id desc limit 1"
        ),
        params![inbox],
        read,
    )?)
}

/// The mails of a message, whatever became of them.
pub fn of_message(tx: &mut Tx, message: MessageId) -> Result<Vec<Outgoing>, StoreError> {
    Ok(tx.query(
        &format!("select {COLUMNS} from outgoing where message_id = $1 order by id"),
        params![message],
        read,
    )?)
}

/// Whom the mails of a message name in their headers: nobody who gets it unseen.
pub fn shown_recipients(tx: &mut Tx, message: MessageId) -> Result<Vec<(Role, String)>, StoreError> {
    Ok(tx.query(
        "select role, recipient from outgoing where message_id = $1 and role <> 'bcc' and replaced_by is null order by id",
        params![message],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

/// The mails that carried the messages of a ticket, for anybody who may read it.
pub fn of_ticket<Act>(tx: &mut Tx, granted: &Granted<Act>) -> Result<Vec<Outgoing>, StoreError> {
    let columns: Vec<String> = COLUMNS.split(", ").map(|column| format!("o.{}", column.trim())).collect();
    let sql = format!(
        "select {} from message m join outgoing o on o.message_id = m.id where m.ticket_id = $1 order by o.id",
        columns.join(", ")
    );
    Ok(tx.query(&sql, params![granted.ticket], read)?)
}

/// The mails that carried what was passed on from a ticket: only with the right to read inside.
pub fn of_forwards(tx: &mut Tx, granted: &Granted<ReadInside>) -> Result<Vec<Outgoing>, StoreError> {
    let columns: Vec<String> = COLUMNS.split(", ").map(|column| format!("o.{}", column.trim())).collect();
    let sql = format!(
        "select {} from forward f join outgoing o on o.note_id = f.note_id where f.ticket_id = $1 order by o.id",
        columns.join(", ")
    );
    Ok(tx.query(&sql, params![granted.ticket], read)?)
}

/// Automatic mail of an inbox since then, counted no further than `most`.
pub fn automatic_of_inbox(
    tx: &mut Tx,
    inbox: InboxId,
    since: Timestamp,
    most: i64,
) -> Result<i64, StoreError> {
    Ok(tx.query_one(
        "select count(*) from (select 1 from outgoing where inbox_id = $1 and kind not in ('reply', 'forward') and created_at > $2 limit $3) as sent",
        params![inbox, since, most],
        |row| row.get(0),
    )?)
}

/// Automatic mail to an address since then, about one ticket or any.
pub fn automatic_to(
    tx: &mut Tx,
    recipient: &str,
    ticket: Option<TicketId>,
    since: Timestamp,
) -> Result<i64, StoreError> {
    Ok(tx.query_one(
        "select count(*) from outgoing where recipient = $1 and kind not in ('reply', 'forward') and created_at > $2 \
         and (cast($3 as bigint) is null or ticket_id = $3)",
        params![recipient, since, ticket],
        |row| row.get(0),
    )?)
}

fn read(row: &Row) -> Result<Outgoing, DbError> {
    let copies: &str = row.get(7)?;
    Ok(Outgoing {
        id: row.get(0)?,
        inbox: row.get(1)?,
        kind: row.get(2)?,
        ticket: row.get(3)?,
        message: row.get(4)?,
        person: row.get(5)?,
        recipient: row.get(6)?,
        copies: serde_json::from_str(copies).unwrap_or_default(),
        subject: row.get(8)?,
        body: row.get(9)?,
        internet_id: row.get(10)?,
        state: row.get(11)?,
        created_at: row.get(12)?,
        send_at: row.get(13)?,
        attempts: row.get(14)?,
        fence: row.get(15)?,
        ended_at: row.get(16)?,
        answer: row.get(17)?,
        subscription: row.get(18)?,
        role: row.get(19)?,
        note: row.get(20)?,
        replaced_by: row.get(21)?,
    })
}
