//! Suspended mail: looked at by an administrator, who lets it through or lets it go.

#[cfg(test)]
mod tests;

use domain::id::MailId;
use domain::permission::Viewer;
pub use mail::peek::Peek;
use serde_json::json;
use store::event::Subject;
use store::mail::{Mail, State};
use store::mail_address::Standing;

use crate::act::{Act, Look};
use crate::entitled::Entitled;
use crate::files::Files;
use crate::{DeskError, Problem, error, mail_raw};

/// A page of what waits for a decision, latest first.
pub fn page(look: &mut Look, viewer: &Viewer, before: MailId, limit: i64) -> Result<Vec<Mail>, DeskError> {
    error::administrator(viewer)?;
    Ok(store::mail::suspended(look.tx, before, limit)?)
}

/// One mail that waits for a decision.
pub fn by_id(look: &mut Look, viewer: &Viewer, id: MailId) -> Result<Mail, DeskError> {
    error::administrator(viewer)?;
    store::mail::by_id(look.tx, id)?.filter(|mail| mail.state == State::Suspended).ok_or(DeskError::NotFound)
}

/// The mail as it came, byte for byte.
pub fn raw(look: &mut Look, viewer: &Viewer, files: &Files, id: MailId) -> Result<Vec<u8>, DeskError> {
    let mail = by_id(look, viewer, id)?;
    mail_raw::bytes(look.tx, files, &mail)
}

/// Its header and its words; nothing is fetched or run for that.
pub fn read(look: &mut Look, viewer: &Viewer, files: &Files, id: MailId) -> Result<Peek, DeskError> {
    Ok(mail::peek::at(&raw(look, viewer, files, id)?))
}

/// It goes the way it would have gone, once.
pub fn release(act: &mut Act, by: &impl Entitled, id: MailId) -> Result<(), DeskError> {
    by.check(act)?;
    let mail = held(act, id)?;
    store::mail::release(act.tx, id)?;
    record(act, &mail, "mail released")
}

/// It goes its way, and whatever names this sender is not held because of the sender any more.
pub fn release_and_trust(act: &mut Act, by: &impl Entitled, id: MailId) -> Result<(), DeskError> {
    by.check(act)?;
    let mail = held(act, id)?;
    let sender = sender(act, &mail)?;
    store::mail_address::set_standing(act.tx, &sender, Some(Standing::Trusted), act.now)?;
    store::mail::release(act.tx, id)?;
    record(act, &mail, "mail released and its sender trusted")
}

/// The mail is deleted, and what names this sender is held from now on.
pub fn block(act: &mut Act, by: &impl Entitled, id: MailId) -> Result<(), DeskError> {
    by.check(act)?;
    let mail = held(act, id)?;
    let sender = sender(act, &mail)?;
    store::mail_address::set_standing(act.tx, &sender, Some(Standing::Blocked), act.now)?;
    store::mail::forget(act.tx, id)?;
    record(act, &mail, "mail deleted and its sender blocked")
}

/// Its bytes are forgotten; that it came, from whom and why it was held stays.
pub fn delete(act: &mut Act, by: &impl Entitled, id: MailId) -> Result<(), DeskError> {
    by.check(act)?;
    let mail = held(act, id)?;
    store::mail::forget(act.tx, id)?;
    record(act, &mail, "mail deleted")
}

fn held(act: &mut Act, id: MailId) -> Result<Mail, DeskError> {
    let mail = store::mail::by_id(act.tx, id)?.ok_or(DeskError::NotFound)?;
    if mail.state == State::Suspended {
        return Ok(mail);
    }
    Err(DeskError::Conflict(Problem::AlreadyDecided))
}

/// Who wrote it, as far as the mail says so; an address of ours keeps its own rules.
fn sender(act: &mut Act, mail: &Mail) -> Result<String, DeskError> {
    let Some(sender) = mail.from_address.clone() else {
        return Err(DeskError::Conflict(Problem::MailWithoutSender));
    };
    if crate::inboxes::leading_from(act.tx, &sender)?.is_some() {
        return Err(DeskError::Conflict(Problem::SenderIsOurs { address: sender.to_string() }));
    }
    Ok(sender)
}

fn record(act: &mut Act, mail: &Mail, what: &str) -> Result<(), DeskError> {
    act.record_change(Subject::Inbox(mail.inbox.0), what, &json!({ "mail": mail.id }))?;
    Ok(())
}
