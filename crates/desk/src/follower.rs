//! Followers of the log hear each event of a ticket once, in the transaction that moves their cursor.

use domain::event::{Actor, Detail, Event, Fact};
use domain::link::Link;
use jiff::SignedDuration;

use crate::DeskError;
use crate::act::Act;

/// What was true so long before it was recorded is history: no follower answers to it.
const HISTORY: SignedDuration = SignedDuration::from_hours(12);

/// Answers to the next events, at most so many; gives the sum of what the answers gave. The first time it
/// begins at the end: what happened before is nobody's news.
pub(crate) fn hear(
    act: &mut Act,
    name: &str,
    at_once: i64,
    mut answer: impl FnMut(&mut Act, &Event) -> Result<usize, DeskError>,
) -> Result<usize, DeskError> {
    if store::follower::begin_at_the_end(act.tx, name)? {
        return Ok(0);
    }
    let heard = store::follower::next(act.tx, name, at_once)?;
    let Some(last) = heard.last() else { return Ok(0) };
    let mut sum = 0;
    for notice in heard.iter().filter(|notice| notice.ticket.is_some()) {
        let Some((event, recorded_at)) = store::event::at_position(act.tx, notice.position)? else {
            continue;
        };
        if event.actor != Actor::Import && recorded_at.duration_since(event.at) <= HISTORY {
            sum += answer(act, &event)?;
        }
        if let Some(began) = split_off(act, &event)? {
            sum += answer(act, &began)?;
        }
    }
    store::follower::advance(act.tx, name, last.position)?;
    Ok(sum)
}

/// What is split off an old message begins today for those who answer to it: gives how it was opened, when that
/// would be history.
fn split_off(act: &mut Act, event: &Event) -> Result<Option<Event>, DeskError> {
    let Fact::Detailed(Detail::Linked { link: Link::SplitFrom, .. }) = event.fact else { return Ok(None) };
    let events = store::event::of_ticket(act.tx, event.ticket)?;
    let began = events
        .into_iter()
        .find(|began| began.ticket == event.ticket && matches!(began.fact, Fact::Opened(_)));
    Ok(began.filter(|began| event.at.duration_since(began.at) > HISTORY))
}
