//! By what a mail finds its ticket: Message-IDs known in its inbox, and random plus-addresses.

use domain::id::{InboxId, NoteId, PersonId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// A Message-ID belongs to a ticket from here on; the first ticket keeps it.
pub fn know(tx: &mut Tx, inbox: InboxId, message_id: &str, ticket: TicketId) -> Result<bool, StoreError> {
    let added = tx.execute(
        "insert into mail_thread (inbox_id, message_id, ticket_id) values ($1, $2, $3) \
         on conflict (inbox_id, message_id) do nothing",
        params![inbox, message_id, ticket],
    )?;
    Ok(added == 1)
}

/// The ticket for which a Message-ID is known in this inbox.
pub fn of_message_id(tx: &mut Tx, inbox: InboxId, message_id: &str) -> Result<Option<TicketId>, StoreError> {
    Ok(tx.query_opt(
        "select ticket_id from mail_thread where inbox_id = $1 and message_id = $2",
        params![inbox, message_id],
        |row| row.get(0),
    )?)
}

/// The Message-IDs of what was said on a ticket by mail, oldest first, but for one that is about to leave.
pub fn chain(tx: &mut Tx, inbox: InboxId, ticket: TicketId, except: &str) -> Result<Vec<String>, StoreError> {
    Ok(tx.query(
        "select said.id from (select message_id as id, arrived_at as at from mail m \
           where ticket_id = $1 and inbox_id = $2 and state = 'done' and message_id is not null \
           and not exists (select 1 from forward f where f.mail_id = m.id) \
         union all select internet_id as id, created_at as at from outgoing \
           where ticket_id = $1 and inbox_id = $2 and kind = 'reply' and state = 'sent' and internet_id <> $3) as said \
         order by said.at",
        params![ticket, inbox, except],
        |row| row.get(0),
    )?)
}

/// To whom a plus-address was given, on which ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    pub ticket: TicketId,
    pub person: PersonId,
    pub inbox: InboxId,
    /// What was passed on with this note is answered, and not the conversation.
    pub note: Option<NoteId>,
}

/// `token` is the hash of what stands in the address.
pub fn give(tx: &mut Tx, token: &[u8; 32], given: &Given, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "insert into mail_token (token, ticket_id, person_id, inbox_id, created_at, note_id) values ($1, $2, $3, $4, $5, $6) \
         on conflict (token) do nothing",
        params![token, given.ticket, given.person, given.inbox, at, given.note],
    )?;
    Ok(())
}

pub fn of_token(tx: &mut Tx, token: &[u8; 32]) -> Result<Option<Given>, StoreError> {
    Ok(tx.query_opt(
        "select ticket_id, person_id, inbox_id, note_id from mail_token where token = $1",
        params![token],
        |row| Ok(Given { ticket: row.get(0)?, person: row.get(1)?, inbox: row.get(2)?, note: row.get(3)? }),
    )?)
}

/// The number by which people name a ticket.
pub fn number_of(tx: &mut Tx, ticket: TicketId) -> Result<Option<i64>, StoreError> {
    Ok(tx.query_opt("select number from ticket where id = $1", params![ticket], |row| row.get(0))?)
}

/// The ticket of a number, for a hint in a subject; what may be done with it is decided elsewhere.
pub fn of_number(tx: &mut Tx, number: i64) -> Result<Option<TicketId>, StoreError> {
    Ok(tx.query_opt("select id from ticket where number = $1", params![number], |row| row.get(0))?)
}

/// People who get copies of a ticket's replies, with when that began.
pub fn copies(tx: &mut Tx, ticket: TicketId) -> Result<Vec<(PersonId, String, Option<String>)>, StoreError> {
    Ok(tx.query(
        "select c.person_id, p.name, p.email from ticket_copy c join person p on p.id = c.person_id \
         where c.ticket_id = $1 and p.disabled_at is null order by c.since_at, c.person_id",
        params![ticket],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?)
}

pub fn add_copy(tx: &mut Tx, ticket: TicketId, person: PersonId, at: Timestamp) -> Result<bool, StoreError> {
    let added = tx.execute(
        "insert into ticket_copy (ticket_id, person_id, since_at) values ($1, $2, $3) \
         on conflict (ticket_id, person_id) do nothing",
        params![ticket, person, at],
    )?;
    Ok(added == 1)
}

pub fn end_copy(tx: &mut Tx, ticket: TicketId, person: PersonId) -> Result<bool, StoreError> {
    let ended = tx.execute(
        "delete from ticket_copy where ticket_id = $1 and person_id = $2",
        params![ticket, person],
    )?;
    Ok(ended == 1)
}
