//! How inboxes are doing: when mail last came and went, what fails, and what stops automatic mail.

use domain::id::InboxId;
use jiff::Timestamp;

use super::{Inbox, all};
use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// How an inbox is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    pub uid_validity: Option<i64>,
    pub last_uid: Option<i64>,
    pub fetched_at: Option<Timestamp>,
    pub fetch_failed_at: Option<Timestamp>,
    pub fetch_failure: Option<String>,
    /// Mails the server still has for us.
    pub behind: i64,
    pub sent_at: Option<Timestamp>,
    pub send_failed_at: Option<Timestamp>,
    pub send_failure: Option<String>,
    /// Automatic mail stopped, and goes on after this.
    pub broken_until_at: Option<Timestamp>,
    /// A text of the desk's own could not be made: when, which one, and why.
    pub text_failure: Option<TextFailure>,
}

/// Why a mail that the desk writes by itself was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFailure {
    pub at: Timestamp,
    /// The word of the template.
    pub template: String,
    pub why: String,
}

impl Health {
    /// The last fetch did not work.
    #[must_use]
    pub const fn fetch_fails(&self) -> bool {
        self.fetch_failed_at.is_some()
    }

    /// The last delivery did not work.
    #[must_use]
    pub const fn send_fails(&self) -> bool {
        self.send_failed_at.is_some()
    }

    /// Whether automatic mail is stopped at this time.
    #[must_use]
    pub fn is_broken(&self, now: Timestamp) -> bool {
        self.broken_until_at.is_some_and(|until| until > now)
    }

    /// Whether somebody should look at it.
    #[must_use]
    pub fn is_in_trouble(&self, now: Timestamp) -> bool {
        self.fetch_fails() || self.send_fails() || self.is_broken(now) || self.text_failure.is_some()
    }
}

pub fn health(tx: &mut Tx, inbox: InboxId) -> Result<Health, StoreError> {
    let found = tx.query_opt(
        "select uid_validity, last_uid, fetched_at, fetch_failed_at, fetch_failure, behind, sent_at, send_failed_at, \
         send_failure, broken_until_at, text_failed_at, text_template, text_failure from inbox_health where inbox_id = $1",
        params![inbox],
        |row| {
            Ok(Health {
                uid_validity: row.get(0)?,
                last_uid: row.get(1)?,
                fetched_at: row.get(2)?,
                fetch_failed_at: row.get(3)?,
                fetch_failure: row.get(4)?,
                behind: row.get(5)?,
                sent_at: row.get(6)?,
                send_failed_at: row.get(7)?,
                send_failure: row.get(8)?,
                broken_until_at: row.get(9)?,
                text_failure: match (row.get(10)?, row.get(11)?, row.get(12)?) {
                    (Some(at), Some(template), Some(why)) => Some(TextFailure { at, template, why }),
                    _ => None,
                },
            })
        },
    )?;
    Ok(found.unwrap_or_default())
}

/// Every inbox that has not ended with how it is doing, by name.
pub fn healths(tx: &mut Tx) -> Result<Vec<(Inbox, Health)>, StoreError> {
    let inboxes = all(tx)?;
    let mut found = Vec::with_capacity(inboxes.len());
    for inbox in inboxes {
        let health = health(tx, inbox.id)?;
        found.push((inbox, health));
    }
    Ok(found)
}

/// A delivery went well, or did not: then `failure` says why.
pub fn delivered(
    tx: &mut Tx,
    inbox: InboxId,
    failure: Option<&str>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let sql = match failure {
        None => {
            "update inbox_health set sent_at = $2, send_failure = $3, send_failed_at = null where inbox_id = $1"
        }
        Some(_) => "update inbox_health set send_failed_at = $2, send_failure = $3 where inbox_id = $1",
    };
    tx.execute(sql, params![inbox, at, failure])?;
    Ok(())
}

/// Stops automatic mail until then; `None` lets it go on.
pub fn set_breaker(tx: &mut Tx, inbox: InboxId, until: Option<Timestamp>) -> Result<(), StoreError> {
    tx.execute("update inbox_health set broken_until_at = $2 where inbox_id = $1", params![inbox, until])?;
    Ok(())
}

/// A text could not be made, so its mail was not sent.
pub fn text_failed(tx: &mut Tx, inbox: InboxId, failure: &TextFailure) -> Result<(), StoreError> {
    tx.execute(
        "update inbox_health set text_failed_at = $2, text_template = $3, text_failure = $4 where inbox_id = $1",
        params![inbox, failure.at, failure.template, failure.why],
    )?;
    Ok(())
}

/// Somebody changed a text: whether it can be made now shows with the next mail.
pub fn forget_text_failures(tx: &mut Tx, template: &str) -> Result<(), StoreError> {
    tx.execute(
        "update inbox_health set text_failed_at = null, text_template = null, text_failure = null where text_template = $1",
        params![template],
    )?;
    Ok(())
}
