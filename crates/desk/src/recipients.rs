//! To whom a reply goes: the requester and whom else its writer names, each once and none of our own addresses.

use std::collections::BTreeMap;

use domain::id::{InboxId, PersonId};
use domain::ticket::Ticket;
use mail::address::{DisplayName, EmailAddress, Mailbox};
use serde_json::json;
use store::access::{Granted, Serve};
use store::draft::Addressed;
use store::event::Subject;
use store::outgoing::{Outgoing, Role};

use crate::act::{Act, Look};
use crate::entitled::Entitled;
use crate::{DeskError, Problem, copies, inboxes, outbox};

/// A reply to more people than this asks whether all of them are meant.
pub const ASKED_ABOVE: usize = 10;

/// The fields of a reply, and for how many people its writer said that all of them are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipients {
    pub addressed: Addressed,
    pub agreed: usize,
}

/// One of them, whom the directory knows by now.
pub(crate) struct Recipient {
    pub person: PersonId,
    pub address: String,
    pub role: Role,
}

/// Those whom the fields name. Whoever stands in To or Cc gets copies of the ticket from here on, as if they
/// had been added by hand; who stands in Bcc gets this reply alone. None of them gets a right to the ticket.
pub(crate) fn settled(
    act: &mut Act,
    granted: Granted<Serve>,
    recipients: &Recipients,
) -> Result<Vec<Recipient>, DeskError> {
    let events = store::event::of_ticket(act.tx, granted.ticket)?;
    let ticket = Ticket::fold(granted.ticket, &events).ok_or(DeskError::NotFound)?;
    let Some(inbox) = outbox::inbox_of(act, &ticket)?.filter(|_| !ticket.is_handoff()) else {
        return Ok(Vec::new());
    };
    let named = named(&recipients.addressed)?;
    let most = usize::try_from(store::inbox::most_recipients(act.tx, inbox.id)?).unwrap_or_default();
    if named.len() > most {
        let count = named.len();
        return Err(DeskError::invalid("to", Problem::RecipientsTooMany { count, most }));
    }
    if named.len() > ASKED_ABOVE && recipients.agreed != named.len() {
        return Err(DeskError::Conflict(Problem::RecipientsMany { count: named.len() }));
    }
    let requester = store::person::by_id(act.tx, ticket.requester())?.ok_or(DeskError::NotFound)?;
    let told = |one: &Named| requester.email.as_deref() == Some(one.mailbox.address.key());
    if let Some(address) = requester.email.clone()
        && !named.iter().any(|one| told(one) && one.role != Role::Bcc)
    {
        return Err(DeskError::invalid("to", Problem::RequesterLeftOut { address }));
    }
    let copied = store::mail_thread::copies(act.tx, granted.ticket)?;
    let copied: BTreeMap<String, PersonId> =
        copied.into_iter().filter_map(|(person, _, address)| Some((address?, person))).collect();
    let mut settled = Vec::with_capacity(named.len());
    for one in named {
        let address = one.mailbox.address.key().to_owned();
        let name = one.mailbox.name.as_ref().map(DisplayName::as_str);
        let person = match (copied.get(&address), one.role) {
            _ if told(&one) => requester.id,
            (Some(person), _) => *person,
            (None, Role::To | Role::Cc) => copies::add(act, granted, &address, name)?,
            (None, Role::Bcc) => copies::unseen(act, granted, &address, name)?,
        };
        settled.push(Recipient { person, address, role: one.role });
    }
    Ok(settled)
}

/// The fields of a reply whose mails these are.
pub(crate) fn of(mails: &[Outgoing]) -> Addressed {
    let list = |role: Role| {
        let addresses: Vec<&str> =
            mails.iter().filter(|mail| mail.role == role).map(|mail| mail.recipient.as_str()).collect();
        addresses.join(", ")
    };
    Addressed { to: list(Role::To), cc: list(Role::Cc), bcc: list(Role::Bcc) }
}

struct Named {
    mailbox: Mailbox,
    role: Role,
}

/// Each address once, where most people see it.
fn named(addressed: &Addressed) -> Result<Vec<Named>, DeskError> {
    let mut named: Vec<Named> = Vec::new();
    let fields = [
        ("to", "To", Role::To, &addressed.to),
        ("cc", "Cc", Role::Cc, &addressed.cc),
        ("bcc", "Bcc", Role::Bcc, &addressed.bcc),
    ];
    for (field, told, role, text) in fields {
        for (place, text) in pieces(text).into_iter().enumerate() {
            let mailbox = mailbox(&text).ok_or_else(|| {
                let place = place + 1;
                DeskError::invalid(
                    field,
                    Problem::RecipientNotAnAddress { text, place, field: told.to_owned() },
                )
            })?;
            if !named.iter().any(|before| before.mailbox.address == mailbox.address) {
                named.push(Named { mailbox, role });
            }
        }
    }
    Ok(named)
}

/// `Bo Berg <bo@example.org>` or the address alone.
fn mailbox(text: &str) -> Option<Mailbox> {
    let (name, address) = match text.rsplit_once('<') {
        Some((name, rest)) => (name.trim().trim_matches('"'), rest.trim_end().strip_suffix('>')?),
        None => ("", text),
    };
    let address = EmailAddress::parse(address).ok()?;
    Some(Mailbox { name: DisplayName::cleaned(name), address })
}

/// What stands between commas, semicolons and ends of lines that are not inside of quotes.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut quoted = false;
    for sign in text.chars() {
        quoted ^= sign == '"';
        if !quoted && matches!(sign, ',' | ';' | '\n') {
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push(sign);
        }
    }
    let pieces = pieces.into_iter().map(|piece| piece.trim().to_owned());
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// Whoever stands first in To, with their name as it was written.
pub(crate) fn first(addressed: &Addressed) -> Result<(String, Option<String>), DeskError> {
    let first = named(addressed)?.into_iter().find(|one| one.role == Role::To);
    let first = first.ok_or_else(|| DeskError::invalid("to", Problem::RecipientMissing))?;
    let name = first.mailbox.name.map(|name| name.as_str().to_owned());
    Ok((first.mailbox.address.key().to_owned(), name))
}

/// How many people one reply through an inbox may go to.
pub fn most(look: &mut Look, inbox: InboxId) -> Result<i64, DeskError> {
    Ok(store::inbox::most_recipients(look.tx, inbox)?)
}

/// The most that an administrator may allow.
const MOST: i64 = 1000;

pub fn set_most(act: &mut Act, by: &impl Entitled, inbox: InboxId, people: i64) -> Result<(), DeskError> {
    by.check(act)?;
    inboxes::live(act, inbox)?;
    if !(1..=MOST).contains(&people) {
        return Err(DeskError::invalid("recipients", Problem::RecipientsOutOfRange { most: MOST }));
    }
    if store::inbox::most_recipients(act.tx, inbox)? == people {
        return Ok(());
    }
    store::inbox::set_most_recipients(act.tx, inbox, people)?;
    let told = json!({ "fields": ["most_recipients"] });
    act.record_change(Subject::Inbox(inbox.0), "changed", &told)?;
    Ok(())
}

#[cfg(test)]
mod tests;
