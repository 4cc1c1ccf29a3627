//! A report that a mail was not delivered is believed only when it names a mail that we sent.

use domain::id::TicketId;
use mail::bounce::{Bounce, Kind};
use mail::thread::Tag;

use super::Outcome;
use super::Suspended;
use crate::act::Act;
use crate::{DeskError, outbox};

/// Marks the mails that bounced, and the addresses that are dead. A report about none of ours says nothing.
pub(super) fn run(act: &mut Act, bounces: &[Bounce]) -> Result<Outcome, DeskError> {
    let mut ours = None;
    for bounce in bounces {
        if let Some(ticket) = one(act, bounce)? {
            ours = Some(ticket);
        }
    }
    Ok(match ours {
        Some(ticket) => Outcome::Told { ticket },
        None => Outcome::Suspended { code: Suspended::Bounce, detail: None, ticket: None },
    })
}

fn one(act: &mut Act, bounce: &Bounce) -> Result<Option<Option<TicketId>>, DeskError> {
    let Some(original) = &bounce.original_message_id else { return Ok(None) };
    let Some(tag) = outbox::kept_key(act.tx)?.and_then(|key| Tag::read(original, &key)) else {
        return Ok(None);
    };
    let Some(outgoing) = store::outgoing::by_id(act.tx, tag.outgoing)? else { return Ok(None) };
    let why = bounce.diagnosis.as_deref().or(bounce.status.as_deref()).unwrap_or_default();
    // Another report about the same mail says nothing new.
    if store::outgoing::bounced(act.tx, outgoing.id, act.now, why)? {
        match bounce.kind {
            Kind::Hard => store::mail_address::bounced_hard(act.tx, &outgoing.recipient, act.now)?,
            // The other server goes on trying, or a full mailbox empties: told, but nobody is dead.
            Kind::Soft => {}
        }
        outbox::came_back(act, &outgoing)?;
    }
    Ok(Some(outgoing.ticket))
}
