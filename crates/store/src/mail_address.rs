//! What is known of a mail address: trusted, blocked, or dead because mail bounced.

use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Trusted,
    Blocked,
}

impl Standing {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Blocked => "blocked",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Trusted, Self::Blocked].into_iter().find(|standing| standing.as_str() == word)
    }
}

crate::db::text_columns!(Standing);

/// Hard bounces after which mail to an address is no longer tried.
pub const DEAD_AFTER: i64 = 2;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub standing: Option<Standing>,
    pub hard_bounces: i64,
}

impl Known {
    #[must_use]
    pub const fn is_dead(&self) -> bool {
        self.hard_bounces >= DEAD_AFTER
    }
}

pub fn of(tx: &mut Tx, address: &str) -> Result<Known, StoreError> {
    let found = tx.query_opt(
        "select standing, hard_bounces from mail_address where address = $1",
        params![address],
        |row| Ok(Known { standing: row.get(0)?, hard_bounces: row.get(1)? }),
    )?;
    Ok(found.unwrap_or_default())
}

pub fn set_standing(
    tx: &mut Tx,
    address: &str,
    standing: Option<Standing>,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "insert into mail_address (address, standing, changed_at) values ($1, $2, $3) \
         on conflict (address) do update set standing = $2, changed_at = $3",
        params![address, standing, at],
    )?;
    Ok(())
}

pub fn bounced_hard(tx: &mut Tx, address: &str, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "insert into mail_address (address, hard_bounces, bounced_at, changed_at) values ($1, 1, $2, $2) \
         on conflict (address) do update set hard_bounces = mail_address.hard_bounces + 1, bounced_at = $2, changed_at = $2",
        params![address, at],
    )?;
    Ok(())
}

/// Mail from there, or somebody's word: it lives.
pub fn alive(tx: &mut Tx, address: &str, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "update mail_address set hard_bounces = 0, bounced_at = null, changed_at = $2 where address = $1 and hard_bounces > 0",
        params![address, at],
    )?;
    Ok(())
}
