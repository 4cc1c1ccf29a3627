//! An answer to what was passed on to somebody outside: a note beside the conversation, whoever wrote it.

use domain::event::Fact;
use domain::id::NoteId;
use mail::address::EmailAddress;
use mail::thread;
use store::attachment::On;
use store::forward::{Direction, Forward};
use store::inbox::Inbox;
use store::mail::Mail;
use store::message::Note;
use store::outgoing::Kind;

use super::read::Understood;
use super::{Outcome, sender};
use crate::act::Act;
use crate::words::Body;
use crate::{DeskError, outbox, project};

/// Kept for those who serve, when a mark of ours says that it answers what was passed on. It is never a message:
/// no clock knows of it, it reopens nothing, and the requester sees nothing of it.
pub(super) fn answered(
    act: &mut Act,
    mail: &Mail,
    inbox: &Inbox,
    understood: &Understood,
    from: &str,
) -> Result<Option<Outcome>, DeskError> {
    let Some(before) = answers(act, mail, inbox, understood)? else { return Ok(None) };
    let text: String = understood.body().chars().take(100_000).collect();
    let person = sender::known(act, from)?.map(|person| person.id);
    let id = NoteId(act.new_id());
    let body = Body::parse(&text)?.into_string();
    let note = Note { id, ticket: before.ticket, at: act.now, person, body };
    store::message::insert_note(act.tx, &note)?;
    understood.hang(act, before.ticket, On::Note(id))?;
    store::forward::insert(
        act.tx,
        &Forward {
            note: id,
            ticket: before.ticket,
            thread: before.thread,
            direction: Direction::In,
            person,
            address: from.to_owned(),
            subject: understood.message.subject.clone().unwrap_or_default(),
            message: None,
            mail: Some(mail.id),
        },
    )?;
    project::happen(act, before.ticket, |_, _| Ok(Fact::Noted { note: id }))?;
    Ok(Some(Outcome::Told { ticket: Some(before.ticket) }))
}

/// The newest mark of ours decides: an answer to a reply belongs to the conversation, whatever else it names.
fn answers(
    act: &mut Act,
    mail: &Mail,
    inbox: &Inbox,
    understood: &Understood,
) -> Result<Option<Forward>, DeskError> {
    let message = &understood.message;
    if let Some(key) = outbox::kept_key(act.tx)?
        && let Some(tag) = thread::tags(message, &key).first()
    {
        let sent = store::outgoing::by_id(act.tx, tag.outgoing)?.filter(|sent| sent.kind == Kind::Forward);
        return match sent.and_then(|sent| sent.note) {
            Some(note) => Ok(store::forward::of_note(act.tx, note)?),
            None => Ok(None),
        };
    }
    let Ok(own) = EmailAddress::parse(&inbox.address) else { return Ok(None) };
    let envelope = mail.envelope_to.as_deref().and_then(|to| EmailAddress::parse(to).ok());
    let in_envelope = envelope.and_then(|to| thread::PlusToken::read(&to, &own));
    let token = thread::tokens(message, &own).into_iter().chain(in_envelope).next();
    let Some(token) = token else { return Ok(None) };
    let given = store::mail_thread::of_token(act.tx, &token.hash().0)?;
    match given.and_then(|given| given.note) {
        Some(note) => Ok(store::forward::of_note(act.tx, note)?),
        None => Ok(None),
    }
}
