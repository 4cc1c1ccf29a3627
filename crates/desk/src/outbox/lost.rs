//! A mail that did not arrive is told on the ticket whose words it carried, and so is that it goes once more.

use domain::event::{Carried, Detail, Fact};
use domain::id::TicketId;
use store::outgoing::Outgoing;

use crate::DeskError;
use crate::act::Act;
use crate::project;

/// What a mail says about its ticket; `None` for what the desk wrote by itself.
fn carried(outgoing: &Outgoing) -> Option<(TicketId, Carried)> {
    let said = outgoing.message.is_some() || outgoing.note.is_some();
    let what = Carried { message: outgoing.message, note: outgoing.note, mail: Some(outgoing.id) };
    outgoing.ticket.filter(|_| said).map(|ticket| (ticket, what))
}

/// Another server sent it back.
pub(crate) fn came_back(act: &mut Act, outgoing: &Outgoing) -> Result<(), DeskError> {
    happened(act, outgoing, false)
}

/// No server took it, and it is not tried any more.
pub(super) fn given_up(act: &mut Act, outgoing: &Outgoing) -> Result<(), DeskError> {
    happened(act, outgoing, true)
}

fn happened(act: &mut Act, outgoing: &Outgoing, given_up: bool) -> Result<(), DeskError> {
    let Some((ticket, what)) = carried(outgoing) else { return Ok(()) };
    project::happen(act, ticket, |_, _| Ok(Fact::Bounced { what, given_up }))?;
    Ok(())
}

pub(super) fn sent_again(act: &mut Act, outgoing: &Outgoing) -> Result<(), DeskError> {
    let Some((ticket, what)) = carried(outgoing) else { return Ok(()) };
    project::happen(act, ticket, |_, _| Ok(Fact::Detailed(Detail::SentAgain { what })))?;
    Ok(())
}
