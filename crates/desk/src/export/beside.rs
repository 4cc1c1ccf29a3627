//! What the serving side keeps beside a ticket, read only where its events speak of it: most have nothing.

use domain::event::{Detail, Event, Fact};
use domain::id::TicketId;
use jiff::civil::Date;

use super::head::Step;
use crate::DeskError;
use crate::act::Look;

/// Who worked on a ticket when, and for how many minutes.
pub(super) fn spent(
    look: &mut Look,
    ticket: TicketId,
    events: &[Event],
) -> Result<Vec<(String, Date, i64)>, DeskError> {
    if !speak_of(events, |detail| matches!(detail, Detail::Spent { .. })) {
        return Ok(Vec::new());
    }
    let told = store::spent::told(look.tx, ticket)?.into_iter();
    Ok(told.filter_map(|(name, day, minutes)| Some((name, domain::custom::date(day)?, minutes))).collect())
}

/// Its steps in their order.
pub(super) fn checklist(look: &mut Look, ticket: TicketId, events: &[Event]) -> Result<Vec<Step>, DeskError> {
    if !speak_of(events, |detail| matches!(detail, Detail::Ticked { .. })) {
        return Ok(Vec::new());
    }
    let told = store::checklist::told(look.tx, ticket)?.into_iter();
    Ok(told.map(|(words, done)| Step { words, done }).collect())
}

fn speak_of(events: &[Event], of: fn(&Detail) -> bool) -> bool {
    events.iter().any(|event| matches!(&event.fact, Fact::Detailed(detail) if of(detail)))
}
