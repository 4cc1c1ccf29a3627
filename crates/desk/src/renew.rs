//! Running tickets are put under the promises and hours that hold now, after their list was seen.

use domain::id::{CalendarId, TicketId, UnitId};
use domain::order;
use domain::permission::Viewer;
use domain::ticket::Ticket;
use jiff::Timestamp;
use store::Tx;
use store::catalogue::Catalogue;
use store::clock::Stored;

use crate::act::{Act, Look};
use crate::{DeskError, Problem, project};

/// How many are renewed at a time.
const MOST: i64 = 500;

/// The tickets that would count otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Those that the viewer may see.
    pub tickets: Vec<Change>,
    /// Confidential ones, which are counted only.
    pub hidden: usize,
    /// There may be others, once these are done.
    pub more: bool,
    /// Names exactly these tickets, so that no others are renewed than were seen.
    pub mark: String,
}

/// When the own promise of a ticket ends: as it is, and as it would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub number: i64,
    pub unit: UnitId,
    pub due: Option<Timestamp>,
    pub then: Option<Timestamp>,
}

/// The open tickets with a promise that runs in a calendar and would count otherwise now.
pub fn of_calendar(look: &mut Look, viewer: &Viewer, calendar: CalendarId) -> Result<List, DeskError> {
    crate::error::administrator(viewer)?;
    let catalogue = std::sync::Arc::clone(&look.catalogue);
    let (changed, more) = changed(look.tx, &catalogue, calendar, look.now)?;
    let mut tickets = Vec::new();
    for (id, unit, due, then) in &changed {
        if let Some(seen) = store::access::by_id(look.tx, viewer, *id, look.now)? {
            tickets.push(Change { number: seen.number, unit: *unit, due: *due, then: *then });
        }
    }
    Ok(List { hidden: changed.len() - tickets.len(), tickets, more, mark: mark(&changed) })
}

/// Renews exactly the tickets that `mark` names; gives how many. Each keeps its original start.
pub fn run(act: &mut Act, viewer: &Viewer, calendar: CalendarId, seen: &str) -> Result<usize, DeskError> {
    crate::error::administrator(viewer)?;
    let catalogue = std::sync::Arc::clone(&act.catalogue);
    let (changed, _) = changed(act.tx, &catalogue, calendar, act.now)?;
    if mark(&changed) != seen {
        return Err(DeskError::Conflict(Problem::ListChanged));
    }
    for (id, ..) in &changed {
        project::happen(act, *id, |_, ticket| Ok(ticket.renew()?))?;
    }
    Ok(changed.len())
}

type Changed = (TicketId, UnitId, Option<Timestamp>, Option<Timestamp>);

fn changed(
    tx: &mut Tx,
    catalogue: &Catalogue,
    calendar: CalendarId,
    now: Timestamp,
) -> Result<(Vec<Changed>, bool), DeskError> {
    if !catalogue.calendars.contains_key(&calendar) {
        return Err(DeskError::NotFound);
    }
    let mut changed = Vec::new();
    let running = store::clock::running_in(tx, calendar, i64::MAX)?;
    for id in running {
        let events = store::event::of_ticket(tx, id)?;
        let Some(ticket) = Ticket::fold(id, &events) else { continue };
        let renewed = Ticket { promised_at: now.max(ticket.promised_at), ..ticket.clone() };
        let before = project::clocks(catalogue, &ticket, &events);
        let after = project::clocks(catalogue, &renewed, &events);
        let stored = |clocks: &[domain::clock::Clock]| clocks.iter().map(Stored::from).collect::<Vec<_>>();
        if stored(&before) == stored(&after) {
            continue;
        }
        if i64::try_from(changed.len()).unwrap_or(MOST) == MOST {
            return Ok((changed, true));
        }
        let due = |clocks: &[domain::clock::Clock]| order::promise(clocks).map(|promise| promise.due_at);
        changed.push((id, ticket.unit, due(&before), due(&after)));
    }
    Ok((changed, false))
}

fn mark(changed: &[Changed]) -> String {
    let ids: Vec<String> = changed.iter().map(|(id, ..)| id.to_string()).collect();
    blake3::hash(ids.join(",").as_bytes()).to_hex().to_string()
}
