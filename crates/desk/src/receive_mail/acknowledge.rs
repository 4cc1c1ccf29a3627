//! Telling somebody that their mail came: in full to whoever is proven to have written it.

use domain::id::TicketId;
use store::inbox::Inbox;
use store::mail::Mail;
use store::person::Person;

use super::read::Understood;
use crate::act::Act;
use crate::{DeskError, outbox};

/// Anybody else is told seldom, and without a word that the mail brought: who is named in From may know
/// nothing of it.
pub(super) fn run(
    act: &mut Act,
    mail: &Mail,
    inbox: &Inbox,
    understood: &Understood,
    ticket: TicketId,
    person: &Person,
) -> Result<(), DeskError> {
    if understood.is_proven() {
        return outbox::acknowledge(act, inbox, ticket, person);
    }
    let Some(address) = person.email.as_deref() else { return Ok(()) };
    let peer = mail.peer.as_ref().map(|peer| peer.address.as_str());
    if outbox::may_acknowledge_unproven(act, address, peer)? {
        // A try is what is counted: whoever sends thousands of mails must not find out what becomes of them.
        store::mail::acknowledged(act.tx, mail.id, address, act.now)?;
        outbox::acknowledge_unproven(act, inbox, ticket, person)?;
    }
    Ok(())
}
