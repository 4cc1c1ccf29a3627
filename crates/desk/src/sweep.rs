//! What time alone does: agreed dates pass, snoozed tickets wake, deliveries are accepted, solved tickets
//! close, and tickets that come again are opened.

use domain::event::Actor;

use crate::act::Desk;
use crate::{DeskError, close, handoff, recurring, snooze, wait};

/// Tickets looked at in one transaction, so that people's writes come in between.
const AT_ONCE: i64 = 100;

/// Does everything that is due now; gives how many tickets changed.
pub fn run(desk: &Desk) -> Result<usize, DeskError> {
    let mut changed = 0;
    let steps =
        [wait::end_passed, snooze::wake_due, handoff::accept_untouched, close::overdue, recurring::open_due];
    for step in steps {
        loop {
            let done = desk.act_now(Actor::Desk, move |act| step(act, AT_ONCE))?;
            changed += done;
            if done < usize::try_from(AT_ONCE).unwrap_or(usize::MAX) {
                break;
            }
        }
    }
    Ok(changed)
}
