//! The links of tickets that come back: written when both ends are there, which may be many batches later.

use std::collections::BTreeSet;

use domain::event::{Actor, Detail, Fact};
use domain::id::TicketId;
use domain::link;

use super::Told;
use crate::DeskError;
use crate::act::{Act, Desk};
use crate::eventlog::Reject;

/// Tickets whose links are written in one transaction.
const AT_ONCE: usize = 500;

/// The tickets that ever said something of another one.
pub(super) fn linked(told: &[Told]) -> BTreeSet<TicketId> {
    let says = |ticket: &&Told| ticket.payloads().any(|payload| other(&payload.fact).is_some());
    told.iter().filter(says).map(|ticket| ticket.head.id).collect()
}

/// What is said of a ticket that will not be here is left out, and told.
pub(super) fn leave_out_what_is_elsewhere(
    chains: &mut [Vec<Told>],
    here: &BTreeSet<TicketId>,
    rejects: &mut Vec<Reject>,
) {
    for ticket in chains.iter_mut().flatten() {
        let before = ticket.events.len();
        ticket
            .events
            .retain(|(_, _, payload)| other(&payload.fact).is_none_or(|other| here.contains(&other)));
        if ticket.events.len() < before {
            rejects.push(Reject {
                line: 0,
                reason:
                    "it is linked with a ticket that is not in this file; the ticket came without the link"
                        .to_owned(),
                raw: ticket.key.clone().into_bytes(),
            });
        }
    }
}

/// Writes the links of those that are here, as far as the other ends are.
pub(super) fn write(desk: &Desk, linked: &BTreeSet<TicketId>) -> Result<(), DeskError> {
    let tickets: Vec<TicketId> = linked.iter().copied().collect();
    for some in tickets.chunks(AT_ONCE) {
        let some = some.to_vec();
        desk.act_now(Actor::Import, move |act| some.iter().try_for_each(|ticket| of(act, *ticket)))?;
    }
    Ok(())
}

fn of(act: &mut Act, ticket: TicketId) -> Result<(), DeskError> {
    if store::export::number(act.tx, ticket)?.is_none() {
        return Ok(());
    }
    let mut links = Vec::new();
    for linked in link::of(ticket, &store::event::of_ticket(act.tx, ticket)?) {
        if store::export::number(act.tx, linked.ticket)?.is_some() {
            links.push(linked);
        }
    }
    Ok(store::link::replace(act.tx, ticket, &links)?)
}

const fn other(fact: &Fact) -> Option<TicketId> {
    if let Fact::Detailed(Detail::Linked { ticket, .. } | Detail::Unlinked { ticket, .. }) = fact {
        Some(*ticket)
    } else {
        None
    }
}
