//! Mail as it came in: kept once, worked through in its order, and set aside where somebody must decide.

mod carried;
mod copy;
mod trust;

use domain::id::{InboxId, MailId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::{DbError, Row, Tx};
use crate::params;

pub use carried::{Carried, carried, carry, move_carried, of_message};
pub use copy::{SaidBefore, Within, said_before};
pub use trust::{
    Check, Found, Peer, acknowledged, acknowledged_of_peer, acknowledged_to, brought_by, found, others_of_id,
    repeats,
};

/// How a mail came to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Imap,
    Listener,
    Pipe,
    File,
    Api,
}

impl Source {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Imap => "imap",
            Self::Listener => "listener",
            Self::Pipe => "pipe",
            Self::File => "file",
            Self::Api => "api",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Imap, Self::Listener, Self::Pipe, Self::File, Self::Api]
            .into_iter()
            .find(|source| source.as_str() == word)
    }
}

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Kept, not yet looked at.
    Waiting,
    /// It became a message, or told us something about one of ours.
    Done,
    /// Somebody has to decide.
    Suspended,
    /// It stands beside a ticket until an agent confirms who wrote it.
    Stranger,
    Deleted,
}

impl State {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Suspended => "suspended",
            Self::Stranger => "stranger",
            Self::Deleted => "deleted",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Waiting, Self::Done, Self::Suspended, Self::Stranger, Self::Deleted]
            .into_iter()
            .find(|state| state.as_str() == word)
    }
}

crate::db::text_columns!(Source, State);

/// A mail on its way into the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<'a> {
    pub id: MailId,
    pub inbox: InboxId,
    /// sha256 of the raw bytes.
    pub content: [u8; 32],
    pub arrived_at: Timestamp,
    pub source: Source,
    pub silent: bool,
    pub envelope_from: Option<&'a str>,
    pub envelope_to: Option<&'a str>,
    pub size: i64,
    /// zstd; `None` when the bytes lie in the attachment store.
    pub raw: Option<&'a [u8]>,
    pub until_at: Option<Timestamp>,
}

/// Keeps a mail as it came; `false` when this inbox has the same bytes already.
pub fn keep(tx: &mut Tx, mail: &Kept) -> Result<bool, StoreError> {
    let added = tx.execute(
        "insert into mail (id, inbox_id, content, arrived_at, source, silent, envelope_from, envelope_to, size, raw, state) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting') on conflict (inbox_id, content) do nothing",
        params![
            mail.id,
            mail.inbox,
            mail.content,
            mail.arrived_at,
            mail.source,
            i64::from(mail.silent),
            mail.envelope_from,
            mail.envelope_to,
            mail.size,
            mail.raw
        ],
    )?;
    Ok(added == 1)
}

/// Whether an inbox has the same bytes already.
pub fn is_known(tx: &mut Tx, inbox: InboxId, content: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(tx.exists("select 1 from mail where inbox_id = $1 and content = $2", params![inbox, *content])?)
}

/// A mail with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub id: MailId,
    pub inbox: InboxId,
    pub content: [u8; 32],
    pub arrived_at: Timestamp,
    pub source: Source,
    pub silent: bool,
    pub envelope_from: Option<String>,
    pub envelope_to: Option<String>,
    pub size: i64,
    pub state: State,
    pub attempts: i64,
    pub message_id: Option<String>,
    pub from_address: Option<String>,
    pub from_name: Option<String>,
    pub subject: Option<String>,
    pub ticket: Option<TicketId>,
    pub hint: Option<TicketId>,
    pub code: Option<String>,
    pub detail: Option<String>,
    pub until_at: Option<Timestamp>,
    pub peer: Option<Peer>,
    /// What our own check of the sender found, when there was one.
    pub found: Option<Found>,
    /// Another mail with the same Message-ID came before, with other content.
    pub repeats: bool,
}

const COLUMNS: &str = "id, inbox_id, content, arrived_at, source, silent, envelope_from, envelope_to, size, state, attempts, \
     message_id, from_address, from_name, subject, ticket_id, hint_ticket_id, code, detail, until_at, \
     peer, peer_name, dkim, spf, dmarc, repeats";

/// The next mails to look at, in the order in which they came.
pub fn waiting(tx: &mut Tx, after: MailId, limit: i64) -> Result<Vec<Mail>, StoreError> {
    let sql = format!("select {COLUMNS} from mail where state = 'waiting' and id > $1 order by id limit $2");
    Ok(tx.query(&sql, params![after, limit], read)?)
}

pub fn by_id(tx: &mut Tx, mail: MailId) -> Result<Option<Mail>, StoreError> {
    Ok(tx.query_opt(&format!("select {COLUMNS} from mail where id = $1"), params![mail], read)?)
}

/// The raw bytes as they are stored: zstd, or `None` when they lie in the attachment store.
pub fn raw(tx: &mut Tx, mail: MailId) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(tx.query_opt("select raw from mail where id = $1", params![mail], |row| row.get(0))?.flatten())
}

/// What was read of a mail, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Became<'a> {
    pub state: State,
    pub message_id: Option<&'a str>,
    pub from_address: Option<&'a str>,
    pub from_name: Option<&'a str>,
    pub subject: Option<&'a str>,
    pub ticket: Option<TicketId>,
    pub hint: Option<TicketId>,
    pub code: Option<&'a str>,
    pub detail: Option<&'a str>,
    pub until_at: Option<Timestamp>,
}

pub fn became(tx: &mut Tx, mail: MailId, became: &Became) -> Result<(), StoreError> {
    tx.execute(
        "update mail set state = $2, message_id = $3, from_address = $4, from_name = $5, subject = $6, ticket_id = $7, \
         hint_ticket_id = $8, code = $9, detail = $10, until_at = $11, attempts = attempts + 1 where id = $1",
        params![
            mail,
            became.state,
            became.message_id,
            became.from_address,
            became.from_name,
            became.subject,
            became.ticket,
            became.hint,
            became.code,
            became.detail,
            became.until_at
        ],
    )?;
    Ok(())
}

/// A look at it failed; it is looked at again.
pub fn tried(tx: &mut Tx, mail: MailId, why: &str) -> Result<(), StoreError> {
    tx.execute("update mail set attempts = attempts + 1, detail = $2 where id = $1", params![mail, why])?;
    Ok(())
}

/// Puts it at the end of what is to be looked at.
pub fn wait_again(tx: &mut Tx, mail: MailId) -> Result<(), StoreError> {
    tx.execute(
        "update mail set state = 'waiting', attempts = 0, until_at = null where id = $1",
        params![mail],
    )?;
    Ok(())
}

/// It waits for somebody's decision until then.
pub fn set_aside(
    tx: &mut Tx,
    mail: MailId,
    code: &str,
    detail: &str,
    until: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "update mail set state = 'suspended', attempts = attempts + 1, code = $2, detail = $3, until_at = $4 where id = $1",
        params![mail, code, detail, until],
    )?;
    Ok(())
}

/// How many tickets an address opened by mail since then.
pub fn opened_by(tx: &mut Tx, address: &str, since: Timestamp) -> Result<i64, StoreError> {
    Ok(tx.query_one(
        "select count(*) from mail where from_address = $1 and arrived_at > $2 and state = 'done'",
        params![address, since],
        |row| row.get(0),
    )?)
}

/// The code of a mail that somebody let through: it is looked at again, and not held for the same reason.
pub const RELEASED: &str = "released";

/// Somebody decided that it may pass: it is looked at again, and says so.
pub fn release(tx: &mut Tx, mail: MailId) -> Result<(), StoreError> {
    wait_again(tx, mail)?;
    tx.execute("update mail set code = $2 where id = $1", params![mail, RELEASED])?;
    Ok(())
}

/// The first mail that came into an inbox under this Message-ID, written with or without its angle brackets.
pub fn by_message_id(tx: &mut Tx, inbox: InboxId, message_id: &str) -> Result<Option<Mail>, StoreError> {
    let bare = message_id.trim().trim_start_matches('<').trim_end_matches('>');
    let sql = format!(
        "select {COLUMNS} from mail where inbox_id = $1 and message_id in ($2, $3) order by id limit 1"
    );
    Ok(tx.query_opt(&sql, params![inbox, bare, format!("<{bare}>")], read)?)
}

/// What waits for somebody's decision, latest first.
pub fn suspended(tx: &mut Tx, before: MailId, limit: i64) -> Result<Vec<Mail>, StoreError> {
    let sql =
        format!("select {COLUMNS} from mail where state = 'suspended' and id < $1 order by id desc limit $2");
    Ok(tx.query(&sql, params![before, limit], read)?)
}

/// Suspended mails, counted no further than `most`.
pub fn count_suspended(tx: &mut Tx, most: i64) -> Result<i64, StoreError> {
    Ok(tx.query_one(
        "select count(*) from (select 1 from mail where state = 'suspended' limit $1) as held",
        params![most],
        |row| row.get(0),
    )?)
}

/// Kept mails not yet looked at, counted no further than `most`.
pub fn count_waiting(tx: &mut Tx, most: i64) -> Result<i64, StoreError> {
    Ok(tx.query_one(
        "select count(*) from (select 1 from mail where state = 'waiting' limit $1) as held",
        params![most],
        |row| row.get(0),
    )?)
}

/// Mail of strangers beside a ticket, oldest first: only with the right to read inside.
pub fn of_strangers(tx: &mut Tx, granted: &Granted<ReadInside>) -> Result<Vec<Mail>, StoreError> {
    let sql = format!("select {COLUMNS} from mail where state = 'stranger' and ticket_id = $1 order by id");
    Ok(tx.query(&sql, params![granted.ticket], read)?)
}

/// Whether somebody has still to decide about mail that is kept beside a ticket.
pub fn has_strangers(tx: &mut Tx, ticket: TicketId) -> Result<bool, StoreError> {
    Ok(tx.exists("select 1 from mail where state = 'stranger' and ticket_id = $1", params![ticket])?)
}

/// Ended retention: suspended mail whose time is over.
pub fn over(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Mail>, StoreError> {
    let sql = format!(
        "select {COLUMNS} from mail where until_at is not null and until_at <= $1 order by until_at, id limit $2"
    );
    Ok(tx.query(&sql, params![now, limit], read)?)
}

/// Forgets the bytes; that a mail came, from whom and why it went stays.
pub fn forget(tx: &mut Tx, mail: MailId) -> Result<(), StoreError> {
    tx.execute(
        "update mail set state = 'deleted', raw = null, until_at = null where id = $1",
        params![mail],
    )?;
    Ok(())
}

/// Whether the bytes of a mail lie in the attachment store under this name.
pub fn names_file(tx: &mut Tx, content: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(tx.exists(
        "select 1 from mail where content = $1 and raw is null and state <> 'deleted' limit 1",
        params![*content],
    )?)
}

/// A hint was wrong: the mail belongs where it is.
pub fn forget_hint(tx: &mut Tx, mail: MailId) -> Result<(), StoreError> {
    tx.execute("update mail set hint_ticket_id = null where id = $1", params![mail])?;
    Ok(())
}

fn read(row: &Row) -> Result<Mail, DbError> {
    let content: Vec<u8> = row.get(2)?;
    Ok(Mail {
        id: row.get(0)?,
        inbox: row.get(1)?,
        content: content.try_into().unwrap_or_default(),
        arrived_at: row.get(3)?,
        source: row.get(4)?,
        silent: row.get::<i64>(5)? == 1,
        envelope_from: row.get(6)?,
        envelope_to: row.get(7)?,
        size: row.get(8)?,
        state: row.get(9)?,
        attempts: row.get(10)?,
        message_id: row.get(11)?,
        from_address: row.get(12)?,
        from_name: row.get(13)?,
        subject: row.get(14)?,
        ticket: row.get(15)?,
        hint: row.get(16)?,
        code: row.get(17)?,
        detail: row.get(18)?,
        until_at: row.get(19)?,
        peer: trust::peer(row, 20)?,
        found: trust::read(row, 22)?,
        repeats: row.get::<i64>(25)? == 1,
    })
}
