//! What would become of a bulk action, told before it is begun: as far as its first tickets tell.

use std::collections::BTreeSet;

use domain::action::{self, Action};
use domain::id::{PersonId, TicketId};
use domain::permission::Viewer;
use store::bulk_action::BulkAction;

use crate::act::Look;
use crate::action::{Done, may};
use crate::{DeskError, macros, outbox};

/// The most tickets that are looked at.
pub const LOOKED: usize = 500;
/// The most refusals that are told one by one.
const TOLD: usize = 20;

/// What would become of the tickets that were looked at.
#[derive(Clone, Debug, Default)]
pub struct Foreseen {
    pub looked: usize,
    pub would: usize,
    pub already: usize,
    pub refused: usize,
    /// The first that would be refused: their numbers, where the viewer sees them, and why.
    pub told: Vec<(Option<i64>, DeskError)>,
    /// Who would get mail, and how many mails that were; nobody when nothing is said.
    pub people: BTreeSet<PersonId>,
    pub mails: usize,
    /// What would be said on the first that would change: its number, and the words.
    pub said: Option<(i64, String)>,
}

/// Looks at the first [`LOOKED`] tickets; never on a thread that answers requests.
pub fn foresee(look: &mut Look, viewer: &Viewer, bulk: &BulkAction) -> Result<Foreseen, DeskError> {
    let mut foreseen = Foreseen::default();
    let Ok(actions) = action::read(&bulk.actions) else { return Ok(foreseen) };
    if actions.is_empty() {
        return Ok(foreseen);
    }
    for ticket in store::bulk_action::tickets(look.tx, bulk.id, LOOKED as i64)? {
        foreseen.looked += 1;
        match one(look, viewer, ticket, &actions) {
            Ok((number, done, actions)) if done.contains(&Done::Did) => {
                foreseen.would += 1;
                said(look, &mut foreseen, (ticket, number), &actions)?;
            }
            Ok(_) => foreseen.already += 1,
            Err(error @ DeskError::Store(_)) => return Err(error),
            Err(error) => {
                foreseen.refused += 1;
                if foreseen.told.len() < TOLD {
                    let seen = store::access::by_id(look.tx, viewer, ticket, look.now)?;
                    foreseen.told.push((seen.map(|seen| seen.number), error));
                }
            }
        }
    }
    Ok(foreseen)
}

/// The number of a ticket, what would become of each action there, and the actions as they read there.
fn one(
    look: &mut Look,
    viewer: &Viewer,
    ticket: TicketId,
    actions: &[Action],
) -> Result<(i64, Vec<Done>, Vec<Action>), DeskError> {
    let seen = store::access::by_id(look.tx, viewer, ticket, look.now)?.ok_or(DeskError::NotFound)?;
    let actions = macros::on_ticket(look.tx, &look.catalogue, seen, actions)?;
    let done = may(look, viewer, ticket, &actions).map_err(|stopped| *stopped.cause)?;
    Ok((seen.number, done, actions))
}

/// Counts whom a reply would reach.
fn said(
    look: &mut Look,
    foreseen: &mut Foreseen,
    (ticket, number): (TicketId, i64),
    actions: &[Action],
) -> Result<(), DeskError> {
    let reply = actions.iter().find_map(|action| match action {
        Action::Reply { text } => Some(text),
        _ => None,
    });
    let Some(reply) = reply else { return Ok(()) };
    let reached = outbox::would_reach(look.tx, ticket)?;
    foreseen.mails += reached.len();
    foreseen.people.extend(reached);
    foreseen.said.get_or_insert_with(|| (number, reply.clone()));
    Ok(())
}
