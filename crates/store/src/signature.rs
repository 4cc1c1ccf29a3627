//! What stands below a person's replies by mail.

use domain::id::{InboxId, PersonId};

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// The usual one, wherever no inbox has its own.
const USUAL: InboxId = InboxId(0);

/// All of a person: the usual one has no inbox.
pub fn of(tx: &mut Tx, person: PersonId) -> Result<Vec<(Option<InboxId>, String)>, StoreError> {
    Ok(tx.query(
        "select inbox_id, text from signature where person_id = $1 order by inbox_id",
        params![person],
        |row| Ok((Some(row.get::<InboxId>(0)?).filter(|inbox| *inbox != USUAL), row.get(1)?)),
    )?)
}

/// The one that a person's mail through an inbox carries; empty when there is none.
pub fn for_mail(tx: &mut Tx, person: PersonId, inbox: InboxId) -> Result<String, StoreError> {
    let found = tx.query_opt(
        "select text from signature where person_id = $1 and inbox_id in (0, $2) order by inbox_id desc limit 1",
        params![person, inbox],
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or_default())
}

/// Keeps one; an empty text removes it.
pub fn set(tx: &mut Tx, person: PersonId, inbox: Option<InboxId>, text: &str) -> Result<(), StoreError> {
    let inbox = inbox.unwrap_or(USUAL);
    if text.is_empty() {
        tx.execute("delete from signature where person_id = $1 and inbox_id = $2", params![person, inbox])?;
        return Ok(());
    }
    tx.execute(
        "insert into signature (person_id, inbox_id, text) values ($1, $2, $3) \
         on conflict (person_id, inbox_id) do update set text = excluded.text",
        params![person, inbox, text],
    )?;
    Ok(())
}
