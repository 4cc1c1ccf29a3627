//! Mail is handed to a server: leased, composed, sent, and what the server said is written down.

use std::future::Future;

use domain::event::Actor;
use domain::id::{InboxId, PersonId, TicketId};
use jiff::{SignedDuration, Timestamp};
use mail::address::{DisplayName, EmailAddress, Mailbox};
use mail::compose::{self, HeaderText, Nature};
use mail::smtp::{Envelope, Outcome};
use mail::thread::PlusToken;
use store::inbox::Inbox;
use store::mail_thread::Given;
use store::outgoing::{Kind, Outgoing, State};

use crate::act::{Act, Desk};
use crate::{DeskError, Problem};

/// Mails taken at once.
const AT_ONCE: i64 = 16;

/// A mail that no server took in this time failed.
const PATIENCE: SignedDuration = SignedDuration::from_hours(48);

/// Whoever hands a finished mail to the server of an inbox.
pub trait Courier: Send {
    fn send(
        &mut self,
        inbox: InboxId,
        envelope: &Envelope,
        bytes: &[u8],
    ) -> impl Future<Output = Outcome> + Send;
}

/// Sends what is due; gives how many mails were tried.
pub async fn deliver_due(desk: &Desk, courier: &mut impl Courier) -> Result<usize, DeskError> {
    let due = desk.act(Actor::Desk, |act| Ok(store::outgoing::lease(act.tx, act.now, AT_ONCE)?)).await?;
    let tried = due.len();
    for outgoing in due {
        one(desk, courier, outgoing).await?;
    }
    Ok(tried)
}

async fn one(desk: &Desk, courier: &mut impl Courier, outgoing: Outgoing) -> Result<(), DeskError> {
    let letter = outgoing.clone();
    let composed = desk.act(Actor::Desk, move |act| composed(act, &letter)).await;
    let (state, words) = match composed {
        Ok((envelope, bytes)) => verdict(courier.send(outgoing.inbox, &envelope, &bytes).await),
        // What cannot be composed cannot be by waiting either.
        Err(error @ DeskError::Store(_)) => return Err(error),
        Err(error) => (State::Failed, error.to_string()),
    };
    desk.act(Actor::Desk, move |act| settle(act, &outgoing, state, &words)).await
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
    let late = act.now.duration_since(outgoing.created_at) >= PATIENCE;
    let held = match state {
        State::Waiting if !late => {
            store::outgoing::later(act.tx, outgoing, next_try(act.now, outgoing.attempts), words)?
        }
        State::Waiting => store::outgoing::ended(act.tx, outgoing, State::Failed, act.now, words)?,
        ended => store::outgoing::ended(act.tx, outgoing, ended, act.now, words)?,
    };
    let failure = (state != State::Sent).then_some(words);
    if held {
        store::inbox::delivered(act.tx, outgoing.inbox, failure, act.now)?;
    }
    Ok(())
}

/// After 1, 2, 4 minutes and so on, up to 6 hours.
fn next_try(now: Timestamp, attempts: i64) -> Timestamp {
    let minutes = 1_i64 << (attempts - 1).clamp(0, 9);
    now + SignedDuration::from_mins(minutes.min(360))
}

/// The mail as it leaves, and to whom. Its answer address is made anew each time, because only the hash of
/// one is kept.
fn composed(act: &mut Act, outgoing: &Outgoing) -> Result<(Envelope, Vec<u8>), DeskError> {
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
        loop_mark: HeaderText::cleaned("1"),
        unsubscribe,
    };
    let bytes = compose::build(&mail)
        .map_err(|error| DeskError::Conflict(Problem::MailNotBuilt { cause: error.to_string() }))?;
    // Nobody answers what the desk writes by itself with a report to a person.
    let from = match outgoing.kind {
        Kind::Reply | Kind::Test => Some(own.as_str().to_owned()),
        Kind::Acknowledgement | Kind::Notice | Kind::Alert => None,
    };
    Ok((Envelope { from, to: vec![recipient.as_str().to_owned()] }, bytes))
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
