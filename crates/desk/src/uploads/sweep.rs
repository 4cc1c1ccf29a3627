//! Files that nobody used are forgotten, and bytes that nothing names any more leave the attachment store.

use domain::event::Actor;
use jiff::SignedDuration;

use super::give_up;
use crate::DeskError;
use crate::act::{Act, Desk};

/// How long a file waits for the words it was sent for.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Rows in one transaction.
const AT_ONCE: i64 = 50;

/// Forgets what was sent more than a day ago and never used, and removes bytes without a name; gives how many
/// files left the store.
pub fn sweep(desk: &Desk) -> Result<usize, DeskError> {
    while desk.act_now(Actor::Desk, forget)? == AT_ONCE {}
    let now = desk.clock.now();
    if let Err(error) = desk.files.clear_coming(now - KEPT) {
        tracing::warn!(%error, "what began to come and never ended stays beside the attachments");
    }
    let mut left = 0;
    loop {
        let (removed, is_over) = desk.act_now(Actor::Desk, let_go)?;
        left += usize::from(removed);
        if is_over {
            return Ok(left);
        }
    }
}

fn forget(act: &mut Act) -> Result<i64, DeskError> {
    let abandoned = store::upload::abandoned(act.tx, act.now - KEPT, AT_ONCE)?;
    abandoned.iter().try_for_each(|upload| give_up(act, upload))?;
    Ok(i64::try_from(abandoned.len()).unwrap_or(i64::MAX))
}

/// One file, inside the one write at a time, so that nobody names it meanwhile. Says whether it was removed, and
/// whether no more of them can be.
fn let_go(act: &mut Act) -> Result<(bool, bool), DeskError> {
    let Some(content) = store::upload::left(act.tx, 1)?.pop() else { return Ok((false, true)) };
    let is_named =
        store::mail::names_file(act.tx, &content)? || store::attachment::names_file(act.tx, &content)?;
    if !is_named && let Err(error) = act.files.remove(&content) {
        tracing::warn!(%error, "a file that nothing names any more stays in the attachment store for now");
        return Ok((false, true));
    }
    store::upload::settled(act.tx, &content)?;
    Ok((!is_named, false))
}
