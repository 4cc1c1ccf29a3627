//! A message is passed on to somebody outside: a mail of its own, and a note for those who serve. The requester
//! sees neither it nor what comes back.

use domain::event::Fact;
use domain::id::{AttachmentId, MessageId, NoteId};
use domain::ticket::Ticket;
use store::access::{Granted, Serve};
use store::attachment::{Attachment, On};
use store::forward::{Direction, Forward};
use store::message::Note;
use store::outgoing::{Kind, Outgoing};

use crate::act::Act;
use crate::words::{Body, EmailAddress, Saying, Subject};
use crate::{DeskError, Problem, copies, inboxes, outbox, project, uploads};

/// Where a mail beside the ticket begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// A message of the conversation.
    Message(MessageId),
    /// A note that left or came by mail: it goes on with the same person.
    Note(NoteId),
}

#[derive(Clone, Debug)]
pub struct Forwarding {
    pub from: From,
    /// Left empty it goes on with whoever was written to.
    pub to: String,
    pub subject: Subject,
    pub body: Body,
    /// Files of the message or note that go along.
    pub files: Vec<AttachmentId>,
    pub uploads: Vec<domain::id::UploadId>,
}

pub fn run(act: &mut Act, granted: Granted<Serve>, forwarding: &Forwarding) -> Result<NoteId, DeskError> {
    let events = store::event::of_ticket(act.tx, granted.ticket)?;
    let ticket = Ticket::fold(granted.ticket, &events).ok_or(DeskError::NotFound)?;
    let (_, _, confidential) = store::ticket::fixed(act.tx, granted.ticket)?.ok_or(DeskError::NotFound)?;
    let refused = |problem| DeskError::invalid("to", problem);
    if confidential {
        return Err(refused(Problem::ForwardOfConfidential));
    }
    let inbox = outbox::inbox_of(act, &ticket)?.ok_or_else(|| refused(Problem::NoWayOut))?;
    let before = begun(act, granted, forwarding.from)?;
    let address = match (forwarding.to.trim(), &before) {
        ("", Some(before)) => before.address.clone(),
        (text, _) => {
            let wrong = |_| refused(Problem::NotAnAddress { text: text.to_owned() });
            EmailAddress::parse(text).map_err(wrong)?.as_str().to_owned()
        }
    };
    if let Some(own) = inboxes::leading_from(act.tx, &address)? {
        return Err(refused(Problem::AddressOfInbox { address, inbox: own.name }));
    }
    let person = copies::known_or_new(act, &EmailAddress::parse(&address)?, None, ticket.requester())?;
    if person == ticket.requester() {
        return Err(refused(Problem::ForwardToRequester { address }));
    }
    let id = NoteId(act.new_id());
    let body = forwarding.body.as_str().to_owned();
    let note = Note { id, ticket: granted.ticket, at: act.now, person: act.person(), body: body.clone() };
    store::message::insert_note(act.tx, &note)?;
    store::forward::insert(
        act.tx,
        &Forward {
            note: id,
            ticket: granted.ticket,
            thread: before.as_ref().map_or(id, |before| before.thread),
            direction: Direction::Out,
            person: Some(person),
            address: address.clone(),
            subject: forwarding.subject.as_str().to_owned(),
            message: match forwarding.from {
                From::Message(message) => Some(message),
                From::Note(_) => None,
            },
            mail: None,
        },
    )?;
    take_along(act, granted, forwarding, id)?;
    let outgoing = Outgoing {
        note: Some(id),
        subject: Some(forwarding.subject.as_str().to_owned()),
        body: Some(body),
        ..outbox::about(act, &inbox, Kind::Forward, Some(granted.ticket), person, &address)?
    };
    store::outgoing::insert(act.tx, &outgoing)?;
    project::happen(act, granted.ticket, |_, _| Ok(Fact::Noted { note: id }))?;
    Ok(id)
}

/// What was passed on before, when it goes on; whatever it begins with stands on this ticket.
fn begun(act: &mut Act, granted: Granted<Serve>, from: From) -> Result<Option<Forward>, DeskError> {
    match from {
        From::Message(message) if store::message::belongs(act.tx, message, granted.ticket)? => Ok(None),
        From::Message(_) => Err(DeskError::NotFound),
        From::Note(note) => {
            let before = store::forward::of_note(act.tx, note)?;
            let before = before.filter(|before| before.ticket == granted.ticket);
            before.map(Some).ok_or(DeskError::NotFound)
        }
    }
}

/// The chosen files of what is passed on hang on the note as well, and what was sent for it.
fn take_along(
    act: &mut Act,
    granted: Granted<Serve>,
    forwarding: &Forwarding,
    note: NoteId,
) -> Result<(), DeskError> {
    let theirs = match forwarding.from {
        From::Message(message) => store::attachment::of_message(act.tx, message)?,
        From::Note(note) => store::attachment::of_note(act.tx, note)?,
    };
    for chosen in &forwarding.files {
        let file = theirs.iter().find(|file| file.id == *chosen).cloned();
        let file = file.ok_or_else(|| DeskError::invalid("files", Problem::FileGone))?;
        let copy = Attachment {
            id: AttachmentId(act.new_id()),
            on: On::Note(note),
            inline: false,
            content_id: None,
            created_at: act.now,
            ..file
        };
        store::attachment::insert(act.tx, &copy)?;
    }
    let saying = Saying { body: &forwarding.body, files: &forwarding.uploads };
    uploads::hang(act, granted.ticket, On::Note(note), &saying)
}
