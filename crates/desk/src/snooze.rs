//! A ticket is put out of sight until a time, and comes back: by the time, by what comes in, by hand.

use std::sync::Arc;

use domain::event::Fact;
use domain::id::TicketId;
use domain::snooze::Until;
use domain::ticket::Ticket;
use domain::ticket::rules::Refusal;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::access::{Granted, Serve};
use store::catalogue::Catalogue;

use crate::act::Act;
use crate::sweep::Step;
use crate::{DeskError, project};

/// Out of the lists of work until then. Who has it and what was promised stays as it is.
pub fn until(act: &mut Act, granted: Granted<Serve>, until: Timestamp) -> Result<(), DeskError> {
    project::happen(act, granted.ticket, |act, ticket| Ok(ticket.snooze(until, act.now)?))?;
    Ok(())
}

/// Somebody wants it back now.
pub fn wake(act: &mut Act, granted: Granted<Serve>) -> Result<(), DeskError> {
    woken(act, granted.ticket)
}

pub(crate) fn woken(act: &mut Act, ticket: TicketId) -> Result<(), DeskError> {
    project::happen(act, ticket, |_, ticket| Ok(ticket.wake_up()?))?;
    Ok(())
}

/// As long as an action says, counted from now on the calendar of the unit that has it.
pub(crate) fn for_a_while(act: &mut Act, ticket: TicketId, until: Until) -> Result<(), DeskError> {
    let catalogue = Arc::clone(&act.catalogue);
    project::happen(act, ticket, |act, ticket| slept(&catalogue, ticket, until, act.now))?;
    Ok(())
}

/// What that records.
pub(crate) fn slept(
    catalogue: &Catalogue,
    ticket: &Ticket,
    until: Until,
    now: Timestamp,
) -> Result<Fact, DeskError> {
    let calendar = catalogue.units.get(&ticket.unit).and_then(|unit| unit.calendar);
    let calendar = calendar.and_then(|calendar| catalogue.calendar_for(calendar, now));
    let zone = calendar.map_or(TimeZone::UTC, |calendar| calendar.zone().clone());
    // A time that no calendar has is refused by the rule, in its words.
    let until = until.from(now, &zone, calendar).unwrap_or(now);
    if ticket.snoozed_until == Some(until) {
        return Err(Refusal::NoChange.into());
    }
    Ok(ticket.snooze(until, now)?)
}

/// Those whose time has come.
pub(crate) const WAKES: Step = Step {
    what: "wake",
    due: |act, most| Ok(store::ticket::snoozed_before(act.tx, act.now, most)?),
    one: |act, ticket| project::happen(act, ticket, |_, _| Ok(Fact::Woken)).map(drop),
};
