//! What a person does next: lists over every unit they serve in, page by page.

use domain::id::{TicketId, UnitId};
use domain::permission::Viewer;

use crate::StoreError;
use crate::db::Tx;
use crate::filtered;
use crate::params;
use crate::queue::{After, Entry, MOST, Stands, TAKEN, stands};
use crate::tally::{self, Tally};

/// What is the viewer's to do, in the order of work: what they have taken and what nobody has, in
/// their units. What waits for somebody else is among it, because the promise goes on.
pub fn next(tx: &mut Tx, viewer: &Viewer, after: After, limit: i64) -> Result<Vec<Entry>, StoreError> {
    let mut taken =
        stands(tx, TAKEN, params![after.at, after.id, limit.min(MOST), viewer.person, viewer.person])?;
    taken.retain(|ticket| viewer.serves_in(ticket.unit));
    let untaken = "t.state = 'open' and t.person_id is null and t.unit_id = $4 and (t.due_at, t.id) > ($1, $2) \
         and t.snoozed_until_at is null";
    each_unit(tx, viewer, after, limit, untaken, taken)
}

/// What waits for somebody else in the viewer's units: the requester, a supplier, a date, another unit.
pub fn waiting(tx: &mut Tx, viewer: &Viewer, after: After, limit: i64) -> Result<Vec<Entry>, StoreError> {
    let waiting = "t.state = 'open' and (t.waiting is not null or t.handoffs_open > 0) and t.unit_id = $4 \
         and (t.due_at, t.id) > ($1, $2) and (t.person_id is null or t.person_id = $5) \
         and t.snoozed_until_at is null";
    each_unit(tx, viewer, after, limit, waiting, Vec::new())
}

/// What is out of sight in the viewer's units, whoever has taken it, in the order of work.
pub fn snoozed(tx: &mut Tx, viewer: &Viewer, after: After, limit: i64) -> Result<Vec<Entry>, StoreError> {
    let snoozed = "t.state = 'open' and t.snoozed_until_at is not null and t.unit_id = $4 \
         and (t.due_at, t.id) > ($1, $2)";
    each_unit(tx, viewer, after, limit, snoozed, Vec::new())
}

/// What the viewer's units solved or closed, latest first.
pub fn done(tx: &mut Tx, viewer: &Viewer, before: After, limit: i64) -> Result<Vec<Entry>, StoreError> {
    let mut all = Vec::new();
    for unit in &viewer.units {
        all.extend(crate::queue::done_by_unit(tx, viewer, *unit, before, limit)?);
    }
    all.sort_by_key(|entry| std::cmp::Reverse((entry.solved_at, entry.id)));
    all.truncate(usize::try_from(limit.min(MOST)).unwrap_or(0));
    Ok(all)
}

/// What the side of the work pages says of the viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Own {
    /// How many open tickets in sight they have taken in their units.
    pub taken: i64,
    /// Whether they ever ran a bulk action.
    pub acted_in_bulk: bool,
}

/// Maintained sums, less tickets of their own that they hold themselves, which no list shows them.
pub fn own(tx: &mut Tx, viewer: &Viewer) -> Result<Own, StoreError> {
    let mut taken = 0;
    for unit in &viewer.units {
        let (unit, person) = (*unit, viewer.person);
        taken += tally::read(tx, Tally::Taken { unit, person })?;
        taken -= tally::read(tx, Tally::SnoozedOf { unit, person })?;
    }
    // A row without a unit stands for bulk actions: one question less for a page that everybody opens.
    let own = tx.query(
        "select t.unit_id from ticket_person x cross join ticket t where t.id = x.ticket_id \
         and x.person_id = $1 and x.live = 1 and t.state = 'open' and t.person_id = $1 and t.snoozed_until_at is null \
         union all select cast(null as bigint) where exists \
         (select 1 from bulk_action where person_id = $1 and state <> 'proposed')",
        params![viewer.person],
        |row| row.get::<Option<UnitId>>(0),
    )?;
    taken -= own.iter().flatten().filter(|unit| viewer.serves_in(**unit)).count() as i64;
    Ok(Own { taken, acted_in_bulk: own.contains(&None) })
}

/// Solved tickets of requesters in whose chain a unit was, latest first: whose ledgers can charge it.
/// Confidential ones and the viewer's own stay out.
pub fn solved_with(
    tx: &mut Tx,
    viewer: &Viewer,
    unit: UnitId,
    limit: i64,
) -> Result<Vec<(TicketId, i64, String)>, StoreError> {
    if !viewer.sees_unit(unit) {
        return Ok(Vec::new());
    }
    Ok(tx.query(
        "select t.id, t.number, t.subject from ticket_unit k join ticket t on t.id = k.ticket_id \
         where k.unit_id = $1 and t.asking_unit_id is null and t.state <> 'open' and t.confidential = 0 \
         and not exists (select 1 from ticket_person x where x.person_id = $2 and x.ticket_id = t.id) \
         order by k.ticket_id desc limit $3",
        params![unit, viewer.person, limit],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?)
}

fn each_unit(
    tx: &mut Tx,
    viewer: &Viewer,
    after: After,
    limit: i64,
    which: &str,
    mut all: Vec<Stands>,
) -> Result<Vec<Entry>, StoreError> {
    let limit = limit.min(MOST);
    for unit in &viewer.units {
        all.extend(stands(tx, which, params![after.at, after.id, limit, *unit, viewer.person])?);
    }
    all.sort_by_key(|ticket| (ticket.due_at, ticket.id));
    all.truncate(usize::try_from(limit).unwrap_or(0));
    let ids: Vec<TicketId> = all.iter().map(|ticket| ticket.id).collect();
    filtered::entries(tx, viewer, &ids)
}
