//! Mail is handed to a server: leased, composed, signed, sent, and what the server said is written down.

use std::future::Future;
use std::time::Duration;

use domain::event::Actor;
use domain::id::{InboxId, PersonId, TicketId};
use jiff::{SignedDuration, Timestamp};
use mail::address::{DisplayName, EmailAddress, Mailbox};
use mail::compose::{self, HeaderText, Nature};
use mail::secret::Secret;
use mail::smtp::{self, Envelope, Outcome, Why};
use mail::thread::PlusToken;
use store::inbox::{Inbox, Purpose};
use store::mail_thread::Given;
use store::outgoing::{Kind, Outgoing, State};

use crate::act::{Act, Desk};
use crate::inboxes::Signing;
use crate::{DeskError, Problem};

/// Mails taken at once.
const AT_ONCE: i64 = 16;

/// A mail that no server took in this time failed.
const PATIENCE: SignedDuration = SignedDuration::from_hours(48);

/// A mail under way is held anew this often, well within its lease.
const HOLD_EVERY: Duration = Duration::from_secs(120);

/// How often what a server said is written down, before it is given up and the mail is sent again.
const WRITES: u32 = 5;

/// Whoever hands a finished mail to the server of an inbox.
pub trait Courier: Send {
    fn send(
        &mut self,
        inbox: InboxId,
        envelope: &Envelope,
        bytes: &[u8],
    ) -> impl Future<Output = Outcome> + Send;
}

/// How the way to a server was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// So many mails were tried over it.
    Open(usize),
    /// It is closed to all mail at the moment; what was taken for it was given back.
    Closed,
}

/// Sends what is due in every inbox, one after the other; gives how many mails were tried.
pub async fn deliver_due(desk: &Desk, courier: &mut impl Courier) -> Result<usize, DeskError> {
    let mut tried = 0;
    for inbox in desk.look(|look| Ok(store::outgoing::due(look.tx, look.now)?)).await? {
        if let Way::Open(mails) = deliver(desk, inbox, courier).await? {
            tried += mails;
        }
    }
    Ok(tried)
}

/// Sends what is due in one inbox, as long as its server can be reached.
pub async fn deliver(desk: &Desk, inbox: InboxId, courier: &mut impl Courier) -> Result<Way, DeskError> {
    let due = desk
        .act(Actor::Desk, move |act| Ok(store::outgoing::lease(act.tx, inbox, act.now, AT_ONCE)?))
        .await?;
    let mut due = due.into_iter();
    let mut tried = 0;
    while let Some(outgoing) = due.next() {
        if let Some(words) = one(desk, courier, &outgoing).await? {
            let rest = std::iter::once(outgoing).chain(due).collect();
            close(desk, inbox, rest, words).await?;
            return Ok(Way::Closed);
        }
        tried += 1;
    }
    Ok(Way::Open(tried))
}

/// Sends one mail; gives the words for it when no mail can go this way now.
async fn one(
    desk: &Desk,
    courier: &mut impl Courier,
    outgoing: &Outgoing,
) -> Result<Option<String>, DeskError> {
    let letter = outgoing.clone();
    let composed = desk.act(Actor::Desk, move |act| composed(act, &letter)).await;
    let (state, words) = match composed.and_then(|letter| letter.map(signed).transpose()) {
        // Somebody else has it by now.
        Ok(None) => return Ok(None),
        Ok(Some((envelope, bytes))) => match send(desk, courier, outgoing, &envelope, &bytes).await {
            Outcome::Later { why: why @ Why::Server(_) } => return Ok(Some(why.to_string())),
            outcome => verdict(outcome),
        },
        // What cannot be composed cannot be by waiting either.
        Err(error @ DeskError::Store(_)) => return Err(error),
        Err(error) => (State::Failed, error.to_string()),
    };
    write_down(desk, outgoing, state, &words).await?;
    Ok(None)
}

/// Hands a mail over, and holds it meanwhile, however long the server takes.
async fn send(
    desk: &Desk,
    courier: &mut impl Courier,
    outgoing: &Outgoing,
    envelope: &Envelope,
    bytes: &[u8],
) -> Outcome {
    let sending = courier.send(outgoing.inbox, envelope, bytes);
    tokio::pin!(sending);
    loop {
        tokio::select! {
            outcome = &mut sending => return outcome,
            () = tokio::time::sleep(HOLD_EVERY) => {
                let held = outgoing.clone();
                let held = desk.act(Actor::Desk, move |act| Ok(store::outgoing::hold(act.tx, &held, act.now)?));
                if let Err(error) = held.await {
                    tracing::warn!(%error, outgoing = %outgoing.id, "a mail under way could not be held");
                }
            }
        }
    }
}

/// What a server took must be written down, or it is sent twice: so this is tried more than once.
async fn write_down(desk: &Desk, outgoing: &Outgoing, state: State, words: &str) -> Result<(), DeskError> {
    let mut tries = 0;
    loop {
        let (mail, answer) = (outgoing.clone(), words.to_owned());
        let written = desk.act(Actor::Desk, move |act| settle(act, &mail, state, &answer)).await;
        tries += 1;
        match written {
            Err(error) if tries < WRITES => {
                tracing::warn!(%error, outgoing = %outgoing.id, "what became of a mail was not written down yet");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            written => return written,
        }
    }
}

/// No mail of the inbox can leave now. None of them counts as tried; those that waited too long fail.
async fn close(desk: &Desk, inbox: InboxId, taken: Vec<Outgoing>, words: String) -> Result<(), DeskError> {
    desk.act(Actor::Desk, move |act| {
        for outgoing in &taken {
            if is_late(act, outgoing) {
                store::outgoing::ended(act.tx, outgoing, State::Failed, act.now, &words)?;
            } else {
                store::outgoing::give_back(act.tx, outgoing, &words)?;
            }
        }
        Ok(store::inbox::delivered(act.tx, inbox, Some(&words), act.now)?)
    })
    .await
}

fn is_late(act: &Act, outgoing: &Outgoing) -> bool {
    act.now.duration_since(outgoing.created_at) >= PATIENCE
}

/// `Waiting` means that it is tried again.
fn verdict(outcome: Outcome) -> (State, String) {
    match outcome {
        Outcome::Delivered { words } => (State::Sent, words),
        Outcome::Refused { why } => (State::Failed, why.to_string()),
        // The same Message-ID goes again: whoever has it already can drop it.
        Outcome::Later { why } | Outcome::Unknown { why } => (State::Waiting, why.to_string()),
    }
}

fn settle(act: &mut Act, outgoing: &Outgoing, state: State, words: &str) -> Result<(), DeskError> {
    let held = match state {
        State::Waiting if !is_late(act, outgoing) => {
            store::outgoing::later(act.tx, outgoing, next_try(act.now, outgoing.attempts), words)?
        }
        State::Waiting => store::outgoing::ended(act.tx, outgoing, State::Failed, act.now, words)?,
        ended => store::outgoing::ended(act.tx, outgoing, ended, act.now, words)?,
    };
    // What a server says about one recipient stands on that mail, and is no trouble of the inbox.
    if held && state == State::Sent {
        store::inbox::delivered(act.tx, outgoing.inbox, None, act.now)?;
    }
    Ok(())
}

/// After 1, 2, 4 minutes and so on, up to 6 hours.
fn next_try(now: Timestamp, attempts: i64) -> Timestamp {
    let minutes = 1_i64 << (attempts - 1).clamp(0, 9);
    now + SignedDuration::from_mins(minutes.min(360))
}

/// A mail as it leaves, to whom, and what it is signed with.
struct Letter {
    envelope: Envelope,
    bytes: Vec<u8>,
    signing: Option<(Signing, Secret<String>)>,
}

/// Signing takes a while, so it is done outside of the transaction; what is signed is what goes over the line.
fn signed(letter: Letter) -> Result<(Envelope, Vec<u8>), DeskError> {
    let bytes = smtp::canonical(&letter.bytes);
    let Some((signing, key)) = letter.signing else { return Ok((letter.envelope, bytes)) };
    let signed = signing
        .signer(&key)?
        .sign(&bytes)
        .map_err(|error| DeskError::Conflict(Problem::MailNotBuilt { cause: error.to_string() }))?;
    Ok((letter.envelope, signed))
}

/// The mail as it leaves, unless somebody else has it by now. Its answer address is made anew each time, because only the hash of
/// one is kept.
fn composed(act: &mut Act, outgoing: &Outgoing) -> Result<Option<Letter>, DeskError> {
    if !store::outgoing::hold(act.tx, outgoing, act.now)? {
        return Ok(None);
    }
    let inbox = store::inbox::by_id(act.tx, outgoing.inbox)?.ok_or(DeskError::NotFound)?;
    let own = address(&inbox.address)?;
    let recipient = address(&outgoing.recipient)?;
    let (subject, mut markdown) = words(act, &inbox, outgoing)?;
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
        Some(ticket) => store::mail_thread::chain(act.tx, inbox.id, ticket, &outgoing.internet_id)?,
        None => Vec::new(),
    };
    let reply_to = match (threaded, outgoing.person) {
        (Some(ticket), Some(person)) => Some(answer_address(act, &inbox, &own, ticket, person)?),
        _ => None,
    };
    let mail = compose::Outgoing {
        message_id: outgoing.internet_id.clone(),
        from: named(&inbox.name, own.clone()),
        reply_to: reply_to.map(Mailbox::bare),
        to: vec![Mailbox::bare(recipient.clone())],
        cc: Vec::new(),
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
    let bytes = compose::build(&mail)
        .map_err(|error| DeskError::Conflict(Problem::MailNotBuilt { cause: error.to_string() }))?;
    // Nobody answers what the desk writes by itself with a report to a person.
    let from = match outgoing.kind {
        Kind::Reply | Kind::Test => Some(own.as_str().to_owned()),
        Kind::Acknowledgement | Kind::Notice | Kind::Alert => None,
    };
    let envelope = Envelope { from, to: vec![recipient.as_str().to_owned()] };
    Ok(Some(Letter { envelope, bytes, signing: signing(act, &inbox)? }))
}

fn signing(act: &mut Act, inbox: &Inbox) -> Result<Option<(Signing, Secret<String>)>, DeskError> {
    let Some(signing) = inbox.signing.as_deref().and_then(Signing::read) else { return Ok(None) };
    let key = store::inbox::secret(act.tx, inbox.id, Purpose::Signing)?.map(Secret::new);
    Ok(key.map(|key| (signing, key)))
}

const fn nature(kind: Kind) -> Nature {
    match kind {
        Kind::Reply | Kind::Test => Nature::Personal,
        Kind::Acknowledgement => Nature::AutoReply,
        Kind::Notice | Kind::Alert => Nature::Generated,
    }
}

/// Subject and Markdown: a reply with the inbox's signature, or what the desk wrote.
fn words(act: &mut Act, inbox: &Inbox, outgoing: &Outgoing) -> Result<(String, String), DeskError> {
    let (Some(ticket), Some(message)) = (outgoing.ticket, outgoing.message) else {
        let subject = outgoing.subject.clone().unwrap_or_default();
        return Ok((subject, outgoing.body.clone().unwrap_or_default()));
    };
    let said = store::message::by_id(act.tx, message, ticket)?.ok_or(DeskError::NotFound)?;
    let (subject, ..) = store::ticket::fixed(act.tx, ticket)?.ok_or(DeskError::NotFound)?;
    let number = store::mail_thread::number_of(act.tx, ticket)?.ok_or(DeskError::NotFound)?;
    let mut markdown = said.body;
    if !inbox.signature.is_empty() {
        markdown.push_str("\n\n");
        markdown.push_str(&inbox.signature);
    }
    Ok((format!("Re: {subject} [#{number}]"), markdown))
}

fn answer_address(
    act: &mut Act,
    inbox: &Inbox,
    own: &EmailAddress,
    ticket: TicketId,
    person: PersonId,
) -> Result<EmailAddress, DeskError> {
    let token = PlusToken::new(super::random()?);
    let given = Given { ticket, person, inbox: inbox.id };
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
