//! Where a mail belongs: a ticket it answers, a new one, or nowhere that nobody decided about.

use std::collections::BTreeSet;

use domain::affiliation::Class;
use domain::event::{Closing, Fact, Side};
use domain::id::{MessageId, PersonId, TicketId};
use domain::permission::{Relation, Viewer};
use domain::threading::{self, Decision};
use domain::ticket::rules::Refusal;
use jiff::SignedDuration;
use mail::thread::Tag;
use store::access::Seen;
use store::attachment::On;
use store::inbox::Inbox;
use store::mail::{Carried, Mail, Within};
use store::mail_address::Standing;
use store::message::{Channel, Message};
use store::person::Person;

use super::read::Understood;
use super::{
    MOST_NEW_IN_AN_HOUR, OPENS, Outcome, Suspended, acknowledge, copy, evidence, forwarded, held, report,
    sender, stranger,
};
use crate::act::Act;
use crate::follow_up::{self, Late};
use crate::words::{Body, Subject};
use crate::{DeskError, inboxes, outbox, project, reply};

/// The longest subject of a ticket.
const SUBJECT: usize = 200;

pub(super) fn run(act: &mut Act, mail: &Mail, understood: &Understood) -> Result<Outcome, DeskError> {
    let released = mail.code.as_deref() == Some(store::mail::RELEASED);
    let inbox = store::inbox::by_id(act.tx, mail.inbox)?.ok_or(DeskError::NotFound)?;
    if let Some(trouble) = &understood.trouble
        && !released
    {
        let code = if trouble.code() == "too_large" { Suspended::TooLarge } else { Suspended::Malformed };
        return Ok(suspended(code, Some(trouble.to_string())));
    }
    if let Some(told) = test_mail(act, understood)? {
        return Ok(told);
    }
    if let Some(bounces) = &understood.message.bounce {
        return report::run(act, bounces);
    }
    let Some(from) = sender::address(understood).map(str::to_owned) else {
        return Ok(suspended(Suspended::Malformed, None));
    };
    if let Some(code) = refused(act, &from, understood)?.filter(|_| !released) {
        return Ok(suspended(code, None));
    }
    store::mail_address::alive(act.tx, &from, act.now)?;
    if let Some(beside) = forwarded::answered(act, mail, &inbox, understood, &from)? {
        return Ok(beside);
    }
    let evidence = evidence::gathered(act, mail, &inbox, understood, &from)?;
    match threading::decide(&evidence) {
        Decision::Certain(ticket, recipient) => {
            answer(act, mail, &inbox, understood, &from, ticket, Some(recipient))
        }
        Decision::Known(ticket) | Decision::Hint(ticket) => {
            answer(act, mail, &inbox, understood, &from, ticket, None)
        }
        Decision::New { possibly } => begin(act, mail, &inbox, understood, &from, possibly, released),
    }
}

pub(super) fn suspended(code: Suspended, detail: Option<String>) -> Outcome {
    Outcome::Suspended { code, detail, ticket: None }
}

/// A test of ours that came back: its mark says so, and nothing else can.
fn test_mail(act: &mut Act, understood: &Understood) -> Result<Option<Outcome>, DeskError> {
    let Some(id) = &understood.message.message_id else { return Ok(None) };
    let Some(tag) = outbox::kept_key(act.tx)?.and_then(|key| Tag::read(id, &key)) else { return Ok(None) };
    let sent = store::outgoing::by_id(act.tx, tag.outgoing)?;
    Ok(match sent {
        Some(sent) if sent.kind == store::outgoing::Kind::Test => Some(Outcome::Told { ticket: None }),
        // A mail of ours that found its way back to us.
        Some(_) => Some(suspended(Suspended::Loop, None)),
        None => None,
    })
}

fn refused(act: &mut Act, from: &str, understood: &Understood) -> Result<Option<Suspended>, DeskError> {
    if inboxes::leading_from(act.tx, from)?.is_some() {
        return Ok(Some(Suspended::OwnAddress));
    }
    if understood.message.loop_mark.is_some() && understood.message.loop_mark == outbox::kept_mark(act.tx)? {
        return Ok(Some(Suspended::Loop));
    }
    let known = store::mail_address::of(act.tx, from)?;
    Ok((known.standing == Some(Standing::Blocked)).then_some(Suspended::Blocked))
}

pub(super) fn viewer(act: &mut Act, person: PersonId) -> Result<Option<Viewer>, DeskError> {
    Ok(store::access::viewer(act.tx, person)?)
}

pub(super) fn seen(act: &mut Act, person: &Person, ticket: TicketId) -> Result<Option<Seen>, DeskError> {
    let Some(viewer) = viewer(act, person.id)? else { return Ok(None) };
    Ok(store::access::by_id(act.tx, &viewer, ticket, act.now)?)
}

/// A mail that belongs to a ticket: said by somebody on it, or kept aside.
fn answer(
    act: &mut Act,
    mail: &Mail,
    inbox: &Inbox,
    understood: &Understood,
    from: &str,
    ticket: TicketId,
    recipient: Option<PersonId>,
) -> Result<Outcome, DeskError> {
    let goes_on = store::ticket::goes_on_as(act.tx, ticket)?;
    for own in BTreeSet::from([ticket, goes_on]) {
        if let Some(known) = copy::known(act, Within::Ticket(own), understood, from)? {
            return Ok(known);
        }
    }
    let ticket = goes_on;
    let person = sender::known(act, from)?;
    let seen_by_sender = match &person {
        Some(person) => seen(act, person, ticket)?,
        None => None,
    };
    // A mark was given to one person: from anybody else's address it proves that a mail was passed on.
    let is_recipient = person.as_ref().is_some_and(|person| recipient.is_none_or(|to| to == person.id));
    let forged = understood.is_disowned();
    match (person, seen_by_sender) {
        (Some(person), Some(seen)) if seen.relation == Relation::Requesting && is_recipient && !forged => {
            requesting(act, mail, inbox, understood, &person, seen)
        }
        (Some(person), Some(seen)) if seen.serve().is_some() => {
            serving(act, mail, understood, &person, seen, recipient)
        }
        _ => stranger::aside(act, mail, understood, ticket),
    }
}

/// The requester's side answers.
fn requesting(
    act: &mut Act,
    mail: &Mail,
    inbox: &Inbox,
    understood: &Understood,
    person: &Person,
    seen: Seen,
) -> Result<Outcome, DeskError> {
    let automatic = understood.automatic().is_some();
    let proven = understood.is_proven();
    match said(act, mail, understood, seen.ticket, Side::Requesting, Some(person.id), automatic, proven) {
        Ok(()) => Ok(Outcome::Message { ticket: seen.ticket, hint: None }),
        Err(DeskError::Refused(Refusal::ReopenWindowOver)) => {
            late(act, mail, inbox, understood, person, seen.ticket)
        }
        Err(error) => Err(error),
    }
}

/// The time for reopening is over: it stands on a ticket that follows. Where none can, and for what is only
/// brought over, it is a new matter that names the old one.
fn late(
    act: &mut Act,
    mail: &Mail,
    inbox: &Inbox,
    understood: &Understood,
    person: &Person,
    old: TicketId,
) -> Result<Outcome, DeskError> {
    if mail.silent {
        return opened(act, mail, inbox, understood, person, Some(old));
    }
    let late = Late::own(person.id, Channel::Mail, body(understood)?);
    let placed = match follow_up::place(act, old, &late) {
        Err(DeskError::Refused(Refusal::ReopenWindowOver)) => {
            return opened(act, mail, inbox, understood, person, Some(old));
        }
        placed => placed?,
    };
    let ticket = placed.ticket.id;
    held::hold_if_needed(act, placed.message, understood)?;
    carry(act, mail, understood, ticket, placed.message, understood.is_proven())?;
    if placed.is_new && !understood.held && inbox.acknowledges {
        acknowledge::run(act, mail, inbox, understood, ticket, person)?;
    }
    Ok(Outcome::Message { ticket, hint: None })
}

/// Somebody who serves answers by mail: only to a mail that went to them, and only when their domain
/// stands behind it.
fn serving(
    act: &mut Act,
    mail: &Mail,
    understood: &Understood,
    person: &Person,
    seen: Seen,
    recipient: Option<PersonId>,
) -> Result<Outcome, DeskError> {
    let proven = understood.is_proven() && recipient == Some(person.id);
    if !proven {
        return Ok(Outcome::Suspended {
            code: Suspended::Unauthenticated,
            detail: None,
            ticket: Some(seen.ticket),
        });
    }
    let automatic = understood.automatic().is_some();
    said(act, mail, understood, seen.ticket, Side::Serving, Some(person.id), automatic, true)?;
    Ok(Outcome::Message { ticket: seen.ticket, hint: None })
}

/// A message that came by mail, with everything that hangs on it.
#[expect(clippy::too_many_arguments, reason = "one mail, seen from all sides")]
pub(super) fn said(
    act: &mut Act,
    mail: &Mail,
    understood: &Understood,
    ticket: TicketId,
    side: Side,
    person: Option<PersonId>,
    automatic: bool,
    proven: bool,
) -> Result<(), DeskError> {
    let message = Message {
        id: MessageId(act.new_id()),
        ticket,
        at: act.now,
        side,
        person,
        automatic,
        channel: Channel::Mail,
        deliverable: false,
        body: body(understood)?,
    };
    let folded = project::happen(act, ticket, |act, ticket| reply::said(act, ticket, &message))?;
    store::message::insert(act.tx, &message)?;
    if side == Side::Requesting {
        held::hold_if_needed(act, message.id, understood)?;
    }
    outbox::reply(act, &folded, &message)?;
    carry(act, mail, understood, ticket, message.id, proven)
}

fn body(understood: &Understood) -> Result<String, DeskError> {
    let text: String = understood.body().chars().take(100_000).collect();
    Ok(Body::parse(&text)?.into_string())
}

/// What mail carried a message: its sender, its files, and its Message-ID for answers.
pub(super) fn carry(
    act: &mut Act,
    mail: &Mail,
    understood: &Understood,
    ticket: TicketId,
    message: MessageId,
    proven: bool,
) -> Result<(), DeskError> {
    store::mail::carry(
        act.tx,
        &Carried {
            message,
            mail: mail.id,
            full_text: understood.full_text(),
            html: understood.html(),
            proven,
        },
    )?;
    understood.hang(act, ticket, On::Message(message))?;
    if let Some(id) = &understood.message.message_id {
        store::mail_thread::know(act.tx, mail.inbox, id, ticket)?;
    }
    Ok(())
}

/// A new matter.
fn begin(
    act: &mut Act,
    mail: &Mail,
    inbox: &Inbox,
    understood: &Understood,
    from: &str,
    possibly: Option<TicketId>,
    released: bool,
) -> Result<Outcome, DeskError> {
    if let Some(known) = copy::known(act, Within::Inbox(inbox.id), understood, from)? {
        return Ok(known);
    }
    let known = sender::known(act, from)?;
    // Of somebody whom the directory knows, their domain's word against it counts.
    if known.is_some() && understood.is_disowned() && !released {
        return Ok(suspended(Suspended::Unauthenticated, None));
    }
    let class = known.map_or(Class::External, |person| person.class);
    let admits = act.catalogue.service(inbox.service).is_some_and(|service| service.audience.admits(class));
    if !admits {
        return Ok(suspended(Suspended::Audience, None));
    }
    let since = act.now - SignedDuration::from_hours(1);
    let trusted =
        released || mail.silent || store::mail_address::of(act.tx, from)?.standing == Some(Standing::Trusted);
    if !trusted && store::mail::opened_by(act.tx, from, since)? >= MOST_NEW_IN_AN_HOUR {
        return Ok(suspended(Suspended::Cap, None));
    }
    let person = sender::known_or_new(act, from, understood, &inbox.language)?;
    opened(act, mail, inbox, understood, &person, possibly)
}

fn opened(
    act: &mut Act,
    mail: &Mail,
    inbox: &Inbox,
    understood: &Understood,
    person: &Person,
    hint: Option<TicketId>,
) -> Result<Outcome, DeskError> {
    let offer = act.catalogue.services.get(&inbox.service).cloned().ok_or(DeskError::NotFound)?;
    let begun = crate::open::by_mail(
        act,
        &crate::open::ByMail {
            service: &offer.service,
            kind: OPENS,
            subject: subject(understood, &offer.name, person)?,
            body: body(understood)?,
            requester: person,
            automatic: understood.automatic().is_some(),
        },
    )?;
    store::inbox::choose(act.tx, begun.ticket, inbox.id)?;
    held::hold_if_needed(act, begun.message, understood)?;
    carry(act, mail, understood, begun.ticket, begun.message, understood.is_proven())?;
    if mail.silent {
        project::happen(act, begun.ticket, |_, _| {
            Ok(Fact::Closed { how: Closing::Withdrawn, rating: None, reason: None })
        })?;
    } else if understood.automatic().is_none() && !understood.held && inbox.acknowledges {
        acknowledge::run(act, mail, inbox, understood, begun.ticket, person)?;
    }
    Ok(Outcome::Message { ticket: begun.ticket, hint })
}

/// The subject of a new ticket. What a service wrote to prove an address is not shown outside, and its
/// subject often says all of it: then the ticket is named after whom it came from.
fn subject(understood: &Understood, service: &str, person: &Person) -> Result<Subject, DeskError> {
    if understood.held {
        let from = person.email.as_deref().unwrap_or_default();
        return Subject::parse(&format!("{service}: {from}").chars().take(SUBJECT).collect::<String>());
    }
    let words = understood.message.subject.as_deref().unwrap_or_default();
    let words: String =
        words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SUBJECT).collect();
    Subject::parse(if words.is_empty() { service } else { &words })
}
