//! People who get copies of a ticket's replies: an agent adds them, a header only suggests them.

use domain::event::Fact;
use domain::id::PersonId;
use domain::ticket::Ticket;
use mail::Limits;
use mail::address::Mailbox;
use mail::parse;
use store::Tx;
use store::access::{Granted, Serve};
use store::mail::Mail;

use crate::act::Act;
use crate::files::Files;
use crate::words::EmailAddress;
use crate::{DeskError, Problem, inboxes, mail_raw, people, project};

/// Addresses suggested at once.
const MOST: usize = 5;

/// From the next reply on, whoever has this address gets a copy; they are added to the directory when it
/// knows nobody of that address. It gives them no right to the ticket.
pub fn add(
    act: &mut Act,
    granted: Granted<Serve>,
    address: &str,
    name: Option<&str>,
) -> Result<PersonId, DeskError> {
    let (person, address, requester) = reached(act, granted, address, name)?;
    if person == requester {
        return Err(DeskError::invalid("address", Problem::CopyToRequester { address }));
    }
    if store::mail_thread::add_copy(act.tx, granted.ticket, person, act.now)? {
        project::happen(act, granted.ticket, |_, _| Ok(Fact::CopyAdded { person }))?;
    }
    Ok(person)
}

/// Whoever has this address, for one reply alone of which nobody else is told.
pub(crate) fn unseen(
    act: &mut Act,
    granted: Granted<Serve>,
    address: &str,
    name: Option<&str>,
) -> Result<PersonId, DeskError> {
    reached(act, granted, address, name).map(|(person, ..)| person)
}

/// Somebody to whom mail of the ticket may go, their address, and the ticket's requester.
fn reached(
    act: &mut Act,
    granted: Granted<Serve>,
    address: &str,
    name: Option<&str>,
) -> Result<(PersonId, String, PersonId), DeskError> {
    let refused = |problem| DeskError::invalid("address", problem);
    let address = EmailAddress::parse(address)
        .map_err(|_| refused(Problem::NotAnAddress { text: address.trim().to_owned() }))?;
    let events = store::event::of_ticket(act.tx, granted.ticket)?;
    let ticket = Ticket::fold(granted.ticket, &events).ok_or(DeskError::NotFound)?;
    if ticket.is_handoff() {
        return Err(refused(Problem::CopyOfHandoff));
    }
    let (_, _, confidential) = store::ticket::fixed(act.tx, granted.ticket)?.ok_or(DeskError::NotFound)?;
    if confidential {
        return Err(refused(Problem::CopyOfConfidential));
    }
    let text = || address.as_str().to_owned();
    if let Some(inbox) = inboxes::leading_from(act.tx, address.as_str())? {
        return Err(refused(Problem::AddressOfInbox { address: text(), inbox: inbox.name }));
    }
    let person = known_or_new(act, &address, name, ticket.requester())?;
    Ok((person, text(), ticket.requester()))
}

/// They get no more copies.
pub fn end(act: &mut Act, granted: Granted<Serve>, person: PersonId) -> Result<(), DeskError> {
    if !store::mail_thread::end_copy(act.tx, granted.ticket, person)? {
        return Err(DeskError::NotFound);
    }
    project::happen(act, granted.ticket, |_, _| Ok(Fact::CopyEnded { person }))?;
    Ok(())
}

/// Addresses that were in copy of these mails, newest first, without our own and those in `known`.
pub fn suggested<'a>(
    tx: &mut Tx,
    files: &Files,
    mails: impl IntoIterator<Item = &'a Mail>,
    known: &[String],
) -> Result<Vec<Mailbox>, DeskError> {
    let mut suggested: Vec<Mailbox> = Vec::new();
    for mail in mails {
        // A mail whose bytes are gone suggests nobody.
        let Ok(start) = mail_raw::start(tx, files, mail) else { continue };
        let Ok(head) = parse::headers(&start, &Limits::default()) else { continue };
        for mailbox in head.cc {
            let key = mailbox.address.key();
            let is_known = known.iter().any(|known| known == key)
                || suggested.iter().any(|before| before.address == mailbox.address);
            if suggested.len() < MOST && !is_known && inboxes::leading_from(tx, key)?.is_none() {
                suggested.push(mailbox);
            }
        }
    }
    Ok(suggested)
}

/// Whoever has the address, in the requester's language when they are new.
pub(crate) fn known_or_new(
    act: &mut Act,
    address: &EmailAddress,
    name: Option<&str>,
    requester: PersonId,
) -> Result<PersonId, DeskError> {
    if let Some(person) = store::person::behind_email(act.tx, address.as_str())? {
        let is_gone = person.disabled_at.is_some();
        return if is_gone {
            Err(DeskError::invalid("address", Problem::PersonUnknown))
        } else {
            Ok(person.id)
        };
    }
    let language = people::known(act, requester)?.language;
    let name = name.map(str::trim).filter(|name| !name.is_empty()).unwrap_or(address.as_str());
    let name: String = name.chars().take(100).collect();
    let input =
        people::Input { email: Some(address.as_str().to_owned()), language, ..people::Input::named(&name) };
    people::made(act, &input, &[])
}
