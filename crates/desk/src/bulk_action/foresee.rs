//! What would become of a bulk action, told before it is begun: as far as its first tickets tell.

use domain::action;
use domain::permission::Viewer;
use store::bulk_action::BulkAction;

use crate::DeskError;
use crate::act::Look;
use crate::action::{Done, may};

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
        match may(look, viewer, ticket, &actions) {
            Ok(done) if done.contains(&Done::Did) => foreseen.would += 1,
            Ok(_) => foreseen.already += 1,
            Err(stopped) => {
                if let DeskError::Store(_) = *stopped.cause {
                    return Err(*stopped.cause);
                }
                foreseen.refused += 1;
                if foreseen.told.len() < TOLD {
                    let seen = store::access::by_id(look.tx, viewer, ticket, look.now)?;
                    foreseen.told.push((seen.map(|seen| seen.number), *stopped.cause));
                }
            }
        }
    }
    Ok(foreseen)
}
