//! The lines of a ticket and of the hand-offs below it, out of their events.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Line;
use crate::custody;
use crate::event::Event;
use crate::id::TicketId;

/// The line of every ticket that was opened or asked for in `events`, which are those of a ticket
/// and of all hand-offs below it, oldest first. Open lives and open waits end `now`.
pub fn lines(events: &[Event], now: Timestamp) -> BTreeMap<TicketId, Line> {
    let mut of_ticket: BTreeMap<TicketId, Vec<Event>> = BTreeMap::new();
    for event in events {
        for ticket in [Some(event.ticket), event.parent].into_iter().flatten() {
            of_ticket.entry(ticket).or_default().push(event.clone());
        }
    }
    let lines = of_ticket.into_iter().filter_map(|(ticket, events)| {
        let custody = custody::fold(ticket, &events, now)?;
        Some((ticket, Line::from(&custody)))
    });
    lines.collect()
}
