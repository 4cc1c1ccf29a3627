//! A mail on its way out as it leaves: written from its rows, then built with its files and signed.

use mail::address::{DisplayName, EmailAddress, Mailbox};
use mail::compose::{self, HeaderText, Nature};
use mail::secret::Secret;
use mail::smtp::{self, Envelope};
use mail::thread::PlusToken;
use store::inbox::{Inbox, Purpose};
use store::mail_thread::Given;
use store::outgoing::{Kind, Outgoing, Role};

use super::enclosed::{self, Enclosing};
use crate::act::Act;
use crate::files::{FileError, Files};
use crate::inboxes::Signing;
use crate::{DeskError, Problem, signature};

/// Everything that a mail is made of, but for the bytes of its files.
pub(super) struct Draft {
    envelope: Envelope,
    mail: compose::Outgoing,
    enclosing: Enclosing,
    signing: Option<(Signing, Secret<String>)>,
}

/// Why a mail was not built.
pub(super) enum Unbuilt {
    /// Its files cannot be read at the moment.
    Later(FileError),
    Never(DeskError),
}

impl Draft {
    /// The bytes as they go over the line. Reading files, building and signing take a while, so this is done
    /// outside of any transaction; what is signed is what goes over the line.
    pub(super) fn built(self, files: &Files) -> Result<(Envelope, Vec<u8>), Unbuilt> {
        let Self { envelope, mut mail, enclosing, signing } = self;
        (mail.inline, mail.attachments) = enclosing.read(files).map_err(|error| match error {
            FileError::Missing(_) => not_built(error),
            FileError::Store(_) => Unbuilt::Later(error),
        })?;
        let bytes = compose::build(&mail).map_err(not_built)?;
        drop(mail);
        let bytes = smtp::canonical(&bytes);
        let Some((signing, key)) = signing else { return Ok((envelope, bytes)) };
        let signer = signing.signer(&key).map_err(Unbuilt::Never)?;
        Ok((envelope, signer.sign(&bytes).map_err(not_built)?))
    }
}

pub(super) fn not_built(cause: impl std::fmt::Display) -> Unbuilt {
    Unbuilt::Never(DeskError::Conflict(Problem::MailNotBuilt { cause: cause.to_string() }))
}

/// The mail as it leaves, unless somebody else has it by now. Its answer address is made anew each time, because only the hash of
/// one is kept.
pub(super) fn composed(act: &mut Act, outgoing: &Outgoing) -> Result<Option<Draft>, DeskError> {
    if !store::outgoing::hold(act.tx, outgoing, act.now)? {
        return Ok(None);
    }
    let inbox = store::inbox::by_id(act.tx, outgoing.inbox)?.ok_or(DeskError::NotFound)?;
    let own = address(&inbox.address)?;
    let recipient = address(&outgoing.recipient)?;
    let (subject, mut markdown) = words(act, &inbox, outgoing)?;
    let enclosing = enclosed::of(act, &inbox, outgoing, &mut markdown)?;
    if let Some(asked) = crate::rate::links(act, &inbox, outgoing)? {
        markdown.push_str(&format!("\n\n---\n\n{asked}"));
    }
    let unsubscribe = match (outgoing.subscription, outgoing.person) {
        (Some(subscription), Some(person)) => {
            let footer = crate::notices::footer(act, person, subscription)?;
            markdown = format!("{markdown}\n\n{}", footer.markdown);
            footer.header
        }
        _ => None,
    };
    let threaded = outgoing.ticket.filter(|_| outgoing.kind != Kind::Alert);
    let thread = match threaded {
        Some(_) if outgoing.kind == Kind::Forward => beside(act, outgoing)?,
        Some(ticket) => store::mail_thread::chain(act.tx, inbox.id, ticket, &outgoing.internet_id)?,
        None => Vec::new(),
    };
    let reply_to = match (threaded, outgoing.person) {
        (Some(ticket), Some(person)) => {
            Some(answer_address(act, &own, Given { ticket, person, inbox: inbox.id, note: outgoing.note })?)
        }
        _ => None,
    };
    let (to, cc) = header(act, outgoing, &recipient)?;
    let mail = compose::Outgoing {
        message_id: outgoing.internet_id.clone(),
        from: named(&inbox.name, own.clone()),
        reply_to: reply_to.map(Mailbox::bare),
        to,
        cc,
        bcc: Vec::new(),
        subject: HeaderText::cleaned(&subject),
        date: outgoing.created_at.as_second(),
        in_reply_to: thread.last().cloned(),
        references: thread,
        markdown,
        inline: Vec::new(),
        attachments: Vec::new(),
        nature: nature(outgoing.kind),
        loop_mark: HeaderText::cleaned(&super::mark(act)?),
        unsubscribe,
    };
    // Nobody answers what the desk writes by itself with a report to a person.
    let from = match outgoing.kind {
        Kind::Reply | Kind::Test | Kind::Forward => Some(own.as_str().to_owned()),
        Kind::Acknowledgement | Kind::Notice | Kind::Alert => None,
    };
    let envelope = Envelope { from, to: vec![recipient.as_str().to_owned()] };
    Ok(Some(Draft { envelope, mail, enclosing, signing: signing(act, &inbox)? }))
}

/// Whom the header names. A mail that went to nobody else, or that names none of us, names its own recipient.
fn header(
    act: &mut Act,
    outgoing: &Outgoing,
    recipient: &EmailAddress,
) -> Result<(Vec<Mailbox>, Vec<Mailbox>), DeskError> {
    let shown = match outgoing.message {
        Some(message) => store::outgoing::shown_recipients(act.tx, message)?,
        None => Vec::new(),
    };
    let in_role = |role: Role| -> Vec<Mailbox> {
        let addresses = shown.iter().filter(|(shown, _)| *shown == role);
        addresses.filter_map(|(_, text)| EmailAddress::parse(text).ok()).map(Mailbox::bare).collect()
    };
    let (mut to, cc) = (in_role(Role::To), in_role(Role::Cc));
    if to.is_empty() && !cc.iter().any(|mailbox| mailbox.address == *recipient) {
        to.push(Mailbox::bare(recipient.clone()));
    }
    Ok((to, cc))
}

fn signing(act: &mut Act, inbox: &Inbox) -> Result<Option<(Signing, Secret<String>)>, DeskError> {
    let Some(signing) = inbox.signing.as_deref().and_then(Signing::read) else { return Ok(None) };
    let key = store::inbox::secret(act.tx, inbox.id, Purpose::Signing)?.map(Secret::new);
    Ok(key.map(|key| (signing, key)))
}

const fn nature(kind: Kind) -> Nature {
    match kind {
        Kind::Reply | Kind::Test | Kind::Forward => Nature::Personal,
        Kind::Acknowledgement => Nature::AutoReply,
        Kind::Notice | Kind::Alert => Nature::Generated,
    }
}

/// Subject and Markdown: a reply with what stands below it, or what the desk wrote.
fn words(act: &mut Act, inbox: &Inbox, outgoing: &Outgoing) -> Result<(String, String), DeskError> {
    let (Some(ticket), Some(message)) = (outgoing.ticket, outgoing.message) else {
        let subject = outgoing.subject.clone().unwrap_or_default();
        let body = outgoing.body.clone().unwrap_or_default();
        if outgoing.kind != Kind::Forward {
            return Ok((subject, body));
        }
        let author = match outgoing.note {
            Some(note) => store::message::author_of_note(act.tx, note)?,
            None => None,
        };
        return Ok((subject, signature::below(act, inbox, outgoing.ticket, author, body)?));
    };
    let said = store::message::by_id(act.tx, message, ticket)?.ok_or(DeskError::NotFound)?;
    let (subject, ..) = store::ticket::fixed(act.tx, ticket)?.ok_or(DeskError::NotFound)?;
    let number = store::mail_thread::number_of(act.tx, ticket)?.ok_or(DeskError::NotFound)?;
    let re = if store::message::is_first(act.tx, message, ticket)? { "" } else { "Re: " };
    let markdown = signature::below(act, inbox, Some(ticket), said.person, said.body)?;
    Ok((format!("{re}{subject} [#{number}]"), markdown))
}

/// What was passed on is a thread of its own: nothing of it names a mail of the conversation.
fn beside(act: &mut Act, outgoing: &Outgoing) -> Result<Vec<String>, DeskError> {
    let Some(note) = outgoing.note else { return Ok(Vec::new()) };
    let Some(forward) = store::forward::of_note(act.tx, note)? else { return Ok(Vec::new()) };
    Ok(store::forward::chain(act.tx, forward.thread, &outgoing.internet_id)?)
}

fn answer_address(act: &mut Act, own: &EmailAddress, given: Given) -> Result<EmailAddress, DeskError> {
    let token = PlusToken::new(super::random()?);
    store::mail_thread::give(act.tx, &token.hash().0, &given, act.now)?;
    address(&token.address(own))
}

fn named(name: &str, address: EmailAddress) -> Mailbox {
    Mailbox { name: DisplayName::cleaned(name), address }
}

fn address(text: &str) -> Result<EmailAddress, DeskError> {
    EmailAddress::parse(text)
        .map_err(|error| DeskError::Conflict(Problem::MailNotBuilt { cause: error.to_string() }))
}
