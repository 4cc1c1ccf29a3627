//! What the headers of a mail lead to, for the decision where it belongs.

use domain::id::{MailId, TicketId};
use domain::permission::Relation;
use domain::threading::{self, Closeness, Evidence, Mark, Named, Number};
use mail::address::EmailAddress;
use mail::thread;
use store::inbox::Inbox;
use store::mail::Mail;
use store::person::Person;

use super::place::seen;
use super::read::Understood;
use super::sender;
use crate::act::Act;
use crate::{DeskError, outbox};

pub(super) fn gathered(
    act: &mut Act,
    mail: &Mail,
    inbox: &Inbox,
    understood: &Understood,
    from: &str,
) -> Result<Evidence, DeskError> {
    let message = &understood.message;
    let marks = match outbox::kept_key(act.tx)? {
        Some(key) => thread::tags(message, &key),
        None => Vec::new(),
    };
    let marks = marks.iter().filter(|tag| tag.ticket != TicketId(0));
    let marks = marks.map(|tag| Mark { ticket: tag.ticket, recipient: tag.recipient }).collect();
    let mut tokens = Vec::new();
    if let Ok(own) = EmailAddress::parse(&inbox.address) {
        let envelope = mail.envelope_to.as_deref().and_then(|to| EmailAddress::parse(to).ok());
        let in_envelope = envelope.and_then(|to| thread::PlusToken::read(&to, &own));
        for token in thread::tokens(message, &own).into_iter().chain(in_envelope) {
            let given = store::mail_thread::of_token(act.tx, &token.hash().0)?;
            tokens.extend(given.map(|given| Mark { ticket: given.ticket, recipient: given.person }));
        }
    }
    let sender = sender::known(act, from)?;
    let mut named = Vec::new();
    let ids: Vec<&str> = thread::answered(message).take(MOST_IDS).collect();
    // The newest that is known decides.
    for id in ids {
        if let Some(found) = named_by(act, inbox, id, sender.as_ref())? {
            named.push(found);
            break;
        }
    }
    let words = message.subject.as_deref().unwrap_or_default();
    let number = match number_in(words).map(|number| store::mail_thread::of_number(act.tx, number)) {
        Some(ticket) => ticket?,
        None => None,
    };
    let number = match number {
        Some(ticket) => Some(Number { ticket, sender: closeness(act, sender.as_ref(), ticket)? }),
        None => None,
    };
    let subject = match named.first() {
        Some(named) => subject_of(act, named.ticket, words)?,
        None => threading::Subject::Kept,
    };
    Ok(Evidence { marks, tokens, named, number, subject })
}

/// The ticket that a Message-ID leads to. Anybody can use an id that another's mail will have: when several
/// mails had it, it is the one on which the sender is.
fn named_by(
    act: &mut Act,
    inbox: &Inbox,
    id: &str,
    sender: Option<&Person>,
) -> Result<Option<Named>, DeskError> {
    let Some(first) = store::mail_thread::of_message_id(act.tx, inbox.id, id)? else { return Ok(None) };
    let first = Named { ticket: first, sender: closeness(act, sender, first)? };
    if sender.is_none() || first.sender != Closeness::Stranger {
        return Ok(Some(first));
    }
    for (_, ticket) in store::mail::others_of_id(act.tx, inbox.id, id, MailId(i64::MAX))? {
        let Some(ticket) = ticket.filter(|ticket| *ticket != first.ticket) else { continue };
        let other = closeness(act, sender, ticket)?;
        if other != Closeness::Stranger {
            return Ok(Some(Named { ticket, sender: other }));
        }
    }
    Ok(Some(first))
}

/// More references than any mail program writes are not looked up.
const MOST_IDS: usize = 100;

/// `[#1234]` in a subject.
fn number_in(subject: &str) -> Option<i64> {
    let (digits, _) = subject.split_once("[#")?.1.split_once(']')?;
    digits.parse().ok()
}

fn closeness(act: &mut Act, sender: Option<&Person>, ticket: TicketId) -> Result<Closeness, DeskError> {
    let Some(person) = sender else { return Ok(Closeness::Stranger) };
    let Some(seen) = seen(act, person, ticket)? else { return Ok(Closeness::Stranger) };
    Ok(match seen.relation {
        Relation::Requesting => Closeness::Participant,
        Relation::Serving => Closeness::SameOrganisation,
        Relation::Nothing | Relation::Asking | Relation::Overseeing | Relation::Chain => Closeness::Stranger,
    })
}

/// Whether the subject is still the ticket's, whatever mail programs put before it.
fn subject_of(act: &mut Act, ticket: TicketId, words: &str) -> Result<threading::Subject, DeskError> {
    let Some((subject, ..)) = store::ticket::fixed(act.tx, ticket)? else {
        return Ok(threading::Subject::Changed);
    };
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let is_kept = plain(words).contains(&plain(&subject));
    Ok(if is_kept { threading::Subject::Kept } else { threading::Subject::Changed })
}
