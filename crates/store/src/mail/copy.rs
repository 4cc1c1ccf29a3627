//! What was said already under a Message-ID, for telling whether a mail is a second copy of it.

use domain::id::{InboxId, MessageId, TicketId};

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// Where a copy would say the same twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    Ticket(TicketId),
    Inbox(InboxId),
}

/// A mail that became a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidBefore {
    pub ticket: TicketId,
    pub full_text: String,
    pub html: Option<String>,
    /// By what they hold, in order.
    pub files: Vec<[u8; 32]>,
}

/// Messages that came under this Message-ID from this address.
pub fn said_before(
    tx: &mut Tx,
    within: Within,
    message_id: &str,
    from_address: &str,
) -> Result<Vec<SaidBefore>, StoreError> {
    let (place, id) = match within {
        Within::Ticket(ticket) => ("m.ticket_id", ticket.0),
        Within::Inbox(inbox) => ("m.inbox_id", inbox.0),
    };
    let sql = format!(
        "select s.id, s.ticket_id, c.full_text, c.html from mail m join message_mail c on c.mail_id = m.id \
         join message s on s.id = c.message_id where {place} = $1 and m.message_id = $2 and m.from_address = $3"
    );
    let found: Vec<(MessageId, SaidBefore)> =
        tx.query(&sql, params![id, message_id, from_address], |row| {
            let (ticket, full_text, html) = (row.get(1)?, row.get(2)?, row.get(3)?);
            Ok((row.get(0)?, SaidBefore { ticket, full_text, html, files: Vec::new() }))
        })?;
    let mut all = Vec::with_capacity(found.len());
    for (message, said) in found {
        all.push(SaidBefore { files: files(tx, message)?, ..said });
    }
    Ok(all)
}

fn files(tx: &mut Tx, message: MessageId) -> Result<Vec<[u8; 32]>, StoreError> {
    let sql = "select content from attachment where message_id = $1 order by content";
    let contents: Vec<Vec<u8>> = tx.query(sql, params![message], |row| row.get(0))?;
    Ok(contents.into_iter().map(|content| content.try_into().unwrap_or_default()).collect())
}
