//! What is known of a sender: who brought the mail, what our check found, and what was told to them.

use domain::id::{InboxId, MailId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::{DbError, Row, Tx};
use crate::params;

/// What one method of checking said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    Pass,
    Fail,
    /// The domain says nothing about it, or it was not looked at.
    None,
    /// It could not be found out.
    Unknown,
}

impl Check {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Pass, Self::Fail, Self::None, Self::Unknown].into_iter().find(|check| check.as_str() == word)
    }
}

crate::db::text_columns!(Check);

/// What our own check of a sender found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub dkim: Check,
    pub spf: Check,
    pub dmarc: Check,
}

/// The server that brought a mail to the one in front of us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    pub address: String,
    /// What it called itself; empty when nobody says.
    pub name: String,
}

pub fn brought_by(tx: &mut Tx, mail: MailId, peer: &Peer) -> Result<(), StoreError> {
    tx.execute(
        "update mail set peer = $2, peer_name = $3 where id = $1",
        params![mail, peer.address.as_str(), peer.name.as_str()],
    )?;
    Ok(())
}

/// Keeps what the check found, so that it is not asked again.
pub fn found(tx: &mut Tx, mail: MailId, found: &Found) -> Result<(), StoreError> {
    tx.execute(
        "update mail set dkim = $2, spf = $3, dmarc = $4 where id = $1",
        params![mail, found.dkim, found.spf, found.dmarc],
    )?;
    Ok(())
}

/// Says of a mail that another one had its Message-ID before, with other content.
pub fn repeats(tx: &mut Tx, mail: MailId) -> Result<(), StoreError> {
    tx.execute("update mail set repeats = 1 where id = $1", params![mail])?;
    Ok(())
}

/// Other mails of an inbox that came under the same Message-ID before, with the tickets they belong to.
pub fn others_of_id(
    tx: &mut Tx,
    inbox: InboxId,
    message_id: &str,
    before: MailId,
) -> Result<Vec<(MailId, Option<TicketId>)>, StoreError> {
    Ok(tx.query(
        "select id, ticket_id from mail where inbox_id = $1 and message_id = $2 and id < $3 order by id limit 20",
        params![inbox, message_id, before],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

/// Its sender is told that it came.
pub fn acknowledged(tx: &mut Tx, mail: MailId, address: &str, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "update mail set acknowledged_at = $2, from_address = $3 where id = $1",
        params![mail, at, address],
    )?;
    Ok(())
}

/// Acknowledgements to one address since then.
pub fn acknowledged_to(tx: &mut Tx, address: &str, since: Timestamp) -> Result<i64, StoreError> {
    Ok(tx.query_one(
        "select count(*) from mail where from_address = $1 and acknowledged_at > $2",
        params![address, since],
        |row| row.get(0),
    )?)
}

/// Acknowledgements since then of mails that one server brought.
pub fn acknowledged_of_peer(tx: &mut Tx, peer: &str, since: Timestamp) -> Result<i64, StoreError> {
    Ok(tx.query_one(
        "select count(*) from mail where peer = $1 and acknowledged_at > $2",
        params![peer, since],
        |row| row.get(0),
    )?)
}

pub(super) fn peer(row: &Row, at: usize) -> Result<Option<Peer>, DbError> {
    let (address, name): (Option<String>, Option<String>) = (row.get(at)?, row.get(at + 1)?);
    Ok(address.map(|address| Peer { address, name: name.unwrap_or_default() }))
}

pub(super) fn read(row: &Row, at: usize) -> Result<Option<Found>, DbError> {
    Ok(match (row.get(at)?, row.get(at + 1)?, row.get(at + 2)?) {
        (Some(dkim), Some(spf), Some(dmarc)) => Some(Found { dkim, spf, dmarc }),
        _ => None,
    })
}
