//! What mail carried a message of a ticket.

use domain::id::{MailId, MessageId, TicketId};

use super::{COLUMNS, Mail, read};
use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::{DbError, Row, Tx};
use crate::params;

/// What mail carried a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    pub message: MessageId,
    pub mail: MailId,
    /// Plain text with its quotes and signature.
    pub full_text: String,
    /// Sanitised.
    pub html: Option<String>,
    pub proven: bool,
}

pub fn carry(tx: &mut Tx, carried: &Carried) -> Result<(), StoreError> {
    tx.execute(
        "insert into message_mail (message_id, mail_id, full_text, html, proven) values ($1, $2, $3, $4, $5)",
        params![carried.message, carried.mail, carried.full_text, carried.html, i64::from(carried.proven)],
    )?;
    Ok(())
}

/// The mails that carried the messages of a ticket, for anybody who may read those.
pub fn carried<Act>(tx: &mut Tx, granted: &Granted<Act>) -> Result<Vec<(Carried, Mail)>, StoreError> {
    let sql = format!("{} where s.ticket_id = $1 order by s.id", carrying());
    Ok(tx.query(&sql, params![granted.ticket], read_carried)?)
}

/// The mail that carried one message of a ticket: only with the right to read inside.
pub fn of_message(
    tx: &mut Tx,
    granted: &Granted<ReadInside>,
    message: MessageId,
) -> Result<Option<(Carried, Mail)>, StoreError> {
    let sql = format!("{} where s.ticket_id = $1 and s.id = $2", carrying());
    Ok(tx.query_opt(&sql, params![granted.ticket, message], read_carried)?)
}

fn carrying() -> String {
    let columns: Vec<String> = COLUMNS.split(", ").map(|column| format!("m.{}", column.trim())).collect();
    format!(
        "select {}, c.message_id, c.full_text, c.html, c.proven from message s join message_mail c on c.message_id = s.id \
         join mail m on m.id = c.mail_id",
        columns.join(", ")
    )
}

fn read_carried(row: &Row) -> Result<(Carried, Mail), DbError> {
    let mail = read(row)?;
    let carried = Carried {
        message: row.get(26)?,
        mail: mail.id,
        full_text: row.get(27)?,
        html: row.get(28)?,
        proven: row.get::<i64>(29)? == 1,
    };
    Ok((carried, mail))
}

/// What carried a message carries its copy on another ticket from here on.
pub fn move_carried(tx: &mut Tx, from: MessageId, to: MessageId, ticket: TicketId) -> Result<(), StoreError> {
    tx.execute(
        "update mail set ticket_id = $2, hint_ticket_id = null where id = (select mail_id from message_mail where message_id = $1)",
        params![from, ticket],
    )?;
    tx.execute(
        "update mail_thread set ticket_id = $2 where exists (select 1 from message_mail c join mail m on m.id = c.mail_id \
         where c.message_id = $1 and m.inbox_id = mail_thread.inbox_id and m.message_id = mail_thread.message_id)",
        params![from, ticket],
    )?;
    tx.execute("update message_mail set message_id = $2 where message_id = $1", params![from, to])?;
    tx.execute(
        "update attachment set message_id = $2, ticket_id = $3 where message_id = $1",
        params![from, to, ticket],
    )?;
    Ok(())
}
