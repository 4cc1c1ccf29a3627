//! The desk does what a rule says, by the rules of tickets, without anybody's rights: all of it, or nothing.

use domain::event::{Fact, WaitOn};
use domain::id::{NoteId, PersonId, TicketId};
use domain::rule::deed::Deed;
use domain::ticket::Ticket;
use domain::ticket::rules::Refusal;
use store::message::Note;

use crate::act::Act;
use crate::words::Body;
use crate::{DeskError, Problem, people_of, project};

/// The deed of a list that was refused. Nothing of the list was done.
pub(super) struct Stopped {
    /// Its place in the list, from 0.
    pub place: usize,
    pub cause: DeskError,
}

/// Does all of a list; gives how many of it were so before.
pub(super) fn all(act: &mut Act, ticket: TicketId, deeds: &[Deed]) -> Result<usize, Stopped> {
    let mut here = 0;
    let done = act.part(act.now, act.actor, |act| {
        let mut already = 0;
        for (place, deed) in deeds.iter().enumerate() {
            here = place;
            // What was so before leaves nothing behind, such as the reason that was kept for it.
            match act.part(act.now, act.actor, |act| one(act, ticket, deed)) {
                Err(DeskError::Refused(Refusal::NoChange)) => already += 1,
                other => other?,
            }
        }
        Ok(already)
    });
    done.map_err(|cause| Stopped { place: here, cause })
}

fn one(act: &mut Act, id: TicketId, deed: &Deed) -> Result<(), DeskError> {
    match deed {
        Deed::SetPriority { priority, reason } => {
            let reason = act.reason(id, reason, false)?;
            happen(act, id, |_, ticket| Ok(ticket.change_priority(*priority, reason)?))
        }
        Deed::Transfer { unit, reason } => {
            crate::units::live(act, "unit", *unit)?;
            let reason = act.reason(id, reason, false)?;
            happen(act, id, |_, ticket| Ok(ticket.transfer(*unit, reason)?))
        }
        Deed::PutBack => happen(act, id, |_, ticket| Ok(ticket.assign(None)?)),
        Deed::Assign { person } => happen(act, id, |act, ticket| assign(act, ticket, *person)),
        Deed::Note { text } => note(act, id, text),
        Deed::WaitForRequester => happen(act, id, |act, ticket| {
            // One that waits already goes on waiting from when it began.
            if ticket.waiting == Some(WaitOn::Requester) {
                return Err(Refusal::NoChange.into());
            }
            Ok(ticket.wait(WaitOn::Requester, None, act.now)?)
        }),
        Deed::Solve { reason } => {
            let reason = act.reason(id, reason, false)?;
            happen(act, id, |_, ticket| {
                if ticket.is_handoff() {
                    return Err(Refusal::Delivered.into());
                }
                Ok(ticket.solve(None, reason.filter(|_| !ticket.handoffs.is_empty()))?)
            })
        }
    }
}

fn happen(
    act: &mut Act,
    id: TicketId,
    rule: impl FnOnce(&mut Act, &Ticket) -> Result<Fact, DeskError>,
) -> Result<(), DeskError> {
    project::happen(act, id, rule).map(drop)
}

fn assign(act: &mut Act, ticket: &Ticket, person: PersonId) -> Result<Fact, DeskError> {
    if !people_of::serves_in(act.tx, person, ticket.unit)? {
        return Err(DeskError::invalid("person", Problem::ServesElsewhere));
    }
    Ok(ticket.assign(Some(person))?)
}

fn note(act: &mut Act, ticket: TicketId, text: &str) -> Result<(), DeskError> {
    let id = NoteId(act.new_id());
    let body = Body::parse(text)?.into_string();
    let note = Note { id, ticket, at: act.now, person: None, body };
    store::message::insert_note(act.tx, &note)?;
    happen(act, ticket, |_, _| Ok(Fact::Noted { note: id }))
}
