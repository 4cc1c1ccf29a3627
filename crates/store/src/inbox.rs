//! Inboxes: an address, the unit that answers it, how its mail comes and goes, and how that is going.

mod health;

use domain::id::{InboxId, ServiceId, UnitId};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::{DbError, Row, Tx};
use crate::params;

pub use health::{
    Health, TextFailure, delivered, forget_text_failures, health, healths, set_breaker, text_failed,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    pub id: InboxId,
    pub name: String,
    /// In the form by which addresses are compared.
    pub address: String,
    pub unit: UnitId,
    /// What new tickets are about.
    pub service: ServiceId,
    pub language: String,
    /// Markdown.
    pub signature: String,
    /// JSON without secrets.
    pub incoming: Option<String>,
    pub outgoing: Option<String>,
    pub signing: Option<String>,
    /// The server whose Authentication-Results are believed.
    pub authority: Option<String>,
    /// Senders are checked by us.
    pub checks: bool,
    pub acknowledges: bool,
    pub undo_seconds: i64,
    pub created_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

const COLUMNS: &str = "i.id, i.name, i.address, i.unit_id, i.service_id, i.language, i.signature, i.incoming, \
     i.outgoing, i.authority, i.acknowledges, i.undo_seconds, i.created_at, i.ended_at, i.signing, i.checks";

pub fn insert(tx: &mut Tx, inbox: &Inbox) -> Result<(), StoreError> {
    tx.execute(
        "insert into inbox (id, name, address, unit_id, service_id, language, signature, incoming, outgoing, authority, \
         acknowledges, undo_seconds, created_at, ended_at, signing, checks) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        params![
            inbox.id,
            inbox.name,
            inbox.address,
            inbox.unit,
            inbox.service,
            inbox.language,
            inbox.signature,
            inbox.incoming,
            inbox.outgoing,
            inbox.authority,
            i64::from(inbox.acknowledges),
            inbox.undo_seconds,
            inbox.created_at,
            inbox.ended_at,
            inbox.signing,
            i64::from(inbox.checks)
        ],
    )?;
    tx.execute("insert into inbox_health (inbox_id) values ($1)", params![inbox.id])?;
    Ok(())
}

pub fn update(tx: &mut Tx, inbox: &Inbox) -> Result<(), StoreError> {
    tx.execute(
        "update inbox set name = $2, address = $3, unit_id = $4, service_id = $5, language = $6, signature = $7, \
         incoming = $8, outgoing = $9, authority = $10, acknowledges = $11, undo_seconds = $12, ended_at = $13, \
         signing = $14, checks = $15 where id = $1",
        params![
            inbox.id,
            inbox.name,
            inbox.address,
            inbox.unit,
            inbox.service,
            inbox.language,
            inbox.signature,
            inbox.incoming,
            inbox.outgoing,
            inbox.authority,
            i64::from(inbox.acknowledges),
            inbox.undo_seconds,
            inbox.ended_at,
            inbox.signing,
            i64::from(inbox.checks)
        ],
    )?;
    Ok(())
}

pub fn by_id(tx: &mut Tx, inbox: InboxId) -> Result<Option<Inbox>, StoreError> {
    Ok(tx.query_opt(&format!("select {COLUMNS} from inbox i where i.id = $1"), params![inbox], read)?)
}

/// The inbox that an address leads to, by its own address or an alias; ended ones included, because
/// an address that was ours is never anybody else's.
pub fn by_address(tx: &mut Tx, address: &str) -> Result<Option<Inbox>, StoreError> {
    let own = format!("select {COLUMNS} from inbox i where i.address = $1");
    if let Some(inbox) = tx.query_opt(&own, params![address], read)? {
        return Ok(Some(inbox));
    }
    let alias =
        format!("select {COLUMNS} from inbox_alias a join inbox i on i.id = a.inbox_id where a.address = $1");
    Ok(tx.query_opt(&alias, params![address], read)?)
}

/// Every inbox that has not ended, by name.
pub fn all(tx: &mut Tx) -> Result<Vec<Inbox>, StoreError> {
    let sql = format!("select {COLUMNS} from inbox i where i.ended_at is null order by i.name, i.id");
    Ok(tx.query(&sql, params![], read)?)
}

/// The inbox a ticket talks through: the one its customer wrote to, else the first of its unit.
pub fn of_ticket(
    tx: &mut Tx,
    ticket: domain::id::TicketId,
    unit: UnitId,
) -> Result<Option<Inbox>, StoreError> {
    let chosen = format!(
        "select {COLUMNS} from ticket_inbox t join inbox i on i.id = t.inbox_id where t.ticket_id = $1 and i.ended_at is null"
    );
    if let Some(inbox) = tx.query_opt(&chosen, params![ticket], read)? {
        return Ok(Some(inbox));
    }
    of_unit(tx, unit)
}

pub fn of_unit(tx: &mut Tx, unit: UnitId) -> Result<Option<Inbox>, StoreError> {
    let first = format!(
        "select {COLUMNS} from inbox i where i.unit_id = $1 and i.ended_at is null order by i.id limit 1"
    );
    Ok(tx.query_opt(&first, params![unit], read)?)
}

/// From here on the ticket talks through this inbox.
pub fn choose(tx: &mut Tx, ticket: domain::id::TicketId, inbox: InboxId) -> Result<(), StoreError> {
    tx.execute(
        "insert into ticket_inbox (ticket_id, inbox_id) values ($1, $2) on conflict (ticket_id) do nothing",
        params![ticket, inbox],
    )?;
    Ok(())
}

pub fn aliases(tx: &mut Tx, inbox: InboxId) -> Result<Vec<String>, StoreError> {
    Ok(tx.query(
        "select address from inbox_alias where inbox_id = $1 order by address",
        params![inbox],
        |row| row.get(0),
    )?)
}

pub fn set_aliases(tx: &mut Tx, inbox: InboxId, addresses: &[String]) -> Result<(), StoreError> {
    tx.execute("delete from inbox_alias where inbox_id = $1", params![inbox])?;
    for address in addresses {
        tx.execute("insert into inbox_alias (address, inbox_id) values ($1, $2)", params![address, inbox])?;
    }
    Ok(())
}

/// What a secret of an inbox opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Incoming,
    Outgoing,
    Signing,
}

impl Purpose {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Incoming => "incoming",
            Self::Outgoing => "outgoing",
            Self::Signing => "signing",
        }
    }
}

/// A secret, for the connection that needs it; no page reads it.
pub fn secret(tx: &mut Tx, inbox: InboxId, purpose: Purpose) -> Result<Option<String>, StoreError> {
    Ok(tx.query_opt(
        "select value from inbox_secret where inbox_id = $1 and purpose = $2",
        params![inbox, purpose.as_str()],
        |row| row.get(0),
    )?)
}

/// Whether there is one: all that a page may know.
pub fn has_secret(tx: &mut Tx, inbox: InboxId, purpose: Purpose) -> Result<bool, StoreError> {
    Ok(tx
        .query_opt(
            "select 1 from inbox_secret where inbox_id = $1 and purpose = $2",
            params![inbox, purpose.as_str()],
            |row| row.get::<i64>(0),
        )?
        .is_some())
}

pub fn set_secret(
    tx: &mut Tx,
    inbox: InboxId,
    purpose: Purpose,
    value: Option<&str>,
) -> Result<(), StoreError> {
    match value {
        Some(value) => tx.execute(
            "insert into inbox_secret (inbox_id, purpose, value) values ($1, $2, $3) \
             on conflict (inbox_id, purpose) do update set value = $3",
            params![inbox, purpose.as_str(), value],
        )?,
        None => tx.execute(
            "delete from inbox_secret where inbox_id = $1 and purpose = $2",
            params![inbox, purpose.as_str()],
        )?,
    };
    Ok(())
}

/// The inbox that the desk writes from when a unit has none of its own: the oldest that can send.
pub fn first_sending(tx: &mut Tx) -> Result<Option<Inbox>, StoreError> {
    let first = format!(
        "select {COLUMNS} from inbox i where i.outgoing is not null and i.ended_at is null order by i.id limit 1"
    );
    Ok(tx.query_opt(&first, params![], read)?)
}

/// The largest mail that leaves through an inbox, in bytes as they go over the line.
pub fn most_bytes(tx: &mut Tx, inbox: InboxId) -> Result<i64, StoreError> {
    Ok(tx.query_one("select most_bytes from inbox where id = $1", params![inbox], |row| row.get(0))?)
}

pub fn set_most_bytes(tx: &mut Tx, inbox: InboxId, bytes: i64) -> Result<(), StoreError> {
    tx.execute("update inbox set most_bytes = $2 where id = $1", params![inbox, bytes])?;
    Ok(())
}

/// Whether mails that tell of a solution ask how it went.
pub fn asks_rating(tx: &mut Tx, inbox: InboxId) -> Result<bool, StoreError> {
    let asks: i64 =
        tx.query_one("select asks_rating from inbox where id = $1", params![inbox], |row| row.get(0))?;
    Ok(asks == 1)
}

pub fn set_asks_rating(tx: &mut Tx, inbox: InboxId, asks: bool) -> Result<(), StoreError> {
    tx.execute("update inbox set asks_rating = $2 where id = $1", params![inbox, i64::from(asks)])?;
    Ok(())
}

/// To how many people one reply may go.
pub fn most_recipients(tx: &mut Tx, inbox: InboxId) -> Result<i64, StoreError> {
    Ok(tx.query_one("select most_recipients from inbox where id = $1", params![inbox], |row| row.get(0))?)
}

pub fn set_most_recipients(tx: &mut Tx, inbox: InboxId, people: i64) -> Result<(), StoreError> {
    tx.execute("update inbox set most_recipients = $2 where id = $1", params![inbox, people])?;
    Ok(())
}

fn read(row: &Row) -> Result<Inbox, DbError> {
    Ok(Inbox {
        id: row.get(0)?,
        name: row.get(1)?,
        address: row.get(2)?,
        unit: row.get(3)?,
        service: row.get(4)?,
        language: row.get(5)?,
        signature: row.get(6)?,
        incoming: row.get(7)?,
        outgoing: row.get(8)?,
        authority: row.get(9)?,
        acknowledges: row.get::<i64>(10)? == 1,
        undo_seconds: row.get(11)?,
        created_at: row.get(12)?,
        ended_at: row.get(13)?,
        signing: row.get(14)?,
        checks: row.get::<i64>(15)? == 1,
    })
}
