//! Where a mail belongs: a ticket it answers, a new one, or nowhere that nobody decided about.

use domain::affiliation::Class;
use domain::event::{Closing, Fact, Side};
use domain::id::{MessageId, PersonId, TicketId};
use domain::permission::{Relation, Viewer};
use domain::threading::{self, Closeness, Decision, Evidence, Mark, Named, Number};
use jiff::SignedDuration;
use mail::address::EmailAddress;
use mail::thread::{self, Tag};
use store::access::Seen;
use store::attachment::On;
use store::inbox::Inbox;
use store::mail::{Carried, Mail, Within};
use store::mail_address::Standing;
use store::message::{Channel, Message};
use store::person::Person;

use super::read::{Understood, Verdict};
use super::{MOST_NEW_IN_AN_HOUR, OPENS, Outcome, Suspended, copy, report, sender, stranger};
use crate::act::Act;
use crate::words::{Body, Subject};
use crate::{DeskError, outbox, project, reply};

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
    let evidence = evidence(act, mail, &inbox, understood, &from)?;
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
    if store::inbox::by_address(act.tx, from)?.is_some() {
        return Ok(Some(Suspended::OwnAddress));
    }
    if understood.message.loop_mark.is_some() && understood.message.loop_mark == outbox::kept_mark(act.tx)? {
        return Ok(Some(Suspended::Loop));
    }
    let known = store::mail_address::of(act.tx, from)?;
    Ok((known.standing == Some(Standing::Blocked)).then_some(Suspended::Blocked))
}

/// What the headers lead to.
fn evidence(
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
    for id in ids {
        if let Some(ticket) = store::mail_thread::of_message_id(act.tx, inbox.id, id)? {
            named.push(Named { ticket, sender: closeness(act, sender.as_ref(), ticket)? });
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
    if let Some(known) = copy::known(act, Within::Ticket(ticket), understood, from)? {
        return Ok(known);
    }
    let person = sender::known(act, from)?;
    let seen_by_sender = match &person {
        Some(person) => seen(act, person, ticket)?,
        None => None,
    };
    // A mark was given to one person: from anybody else's address it proves that a mail was passed on.
    let is_recipient = person.as_ref().is_some_and(|person| recipient.is_none_or(|to| to == person.id));
    let forged = understood.verdict == Verdict::Fail;
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

/// The requester's side answers. After the time for reopening it is a new matter that names the old one.
fn requesting(
    act: &mut Act,
    mail: &Mail,
    inbox: &Inbox,
    understood: &Understood,
    person: &Person,
    seen: Seen,
) -> Result<Outcome, DeskError> {
    let automatic = understood.automatic().is_some();
    let proven = understood.verdict == Verdict::Pass;
    match said(act, mail, understood, seen.ticket, Side::Requesting, Some(person.id), automatic, proven) {
        Ok(()) => Ok(Outcome::Message { ticket: seen.ticket, hint: None }),
        Err(DeskError::Refused(domain::ticket::rules::Refusal::ReopenWindowOver)) => {
            opened(act, mail, inbox, understood, person, Some(seen.ticket))
        }
        Err(error) => Err(error),
    }
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
    let proven = understood.verdict == Verdict::Pass && recipient == Some(person.id);
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
    if known.is_some() && understood.verdict == Verdict::Fail && !released {
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
            subject: subject(understood, &offer.name)?,
            body: body(understood)?,
            requester: person,
            automatic: understood.automatic().is_some(),
        },
    )?;
    store::inbox::choose(act.tx, begun.ticket, inbox.id)?;
    carry(act, mail, understood, begun.ticket, begun.message, understood.verdict == Verdict::Pass)?;
    if mail.silent {
        project::happen(act, begun.ticket, |_, _| {
            Ok(Fact::Closed { how: Closing::Withdrawn, rating: None, reason: None })
        })?;
    } else if understood.automatic().is_none() && inbox.acknowledges {
        outbox::acknowledge(act, inbox, begun.ticket, person)?;
    }
    Ok(Outcome::Message { ticket: begun.ticket, hint })
}

fn subject(understood: &Understood, service: &str) -> Result<Subject, DeskError> {
    let words = understood.message.subject.as_deref().unwrap_or_default();
    let words: String =
        words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SUBJECT).collect();
    Subject::parse(if words.is_empty() { service } else { &words })
}
