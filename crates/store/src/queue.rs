//! Lists of tickets, read by index within the viewer's scope, page by page.

mod mine;

use domain::affiliation::Class;
use domain::event::Side;
use domain::id::{PersonId, ServiceId, StatusId, TicketId, UnitId};
use domain::permission::Viewer;
use domain::ticket::{Kind, State};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::{Row, ToParam, Tx};
use crate::news;
use crate::params;
use crate::tally::{self, Tally};
use crate::ticket::Because;

pub use mine::{Mine, mine, shared, waiting_for_me};

/// The longest page.
pub const MOST: i64 = 200;

/// A ticket as the serving side lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: TicketId,
    pub number: i64,
    pub subject: String,
    pub kind: Kind,
    pub service: ServiceId,
    pub priority: i64,
    pub class: Class,
    pub requester: String,
    pub organisation: Option<String>,
    /// The unit that asked, when it is a hand-off.
    pub asking: Option<UnitId>,
    pub unit: UnitId,
    pub person: Option<(PersonId, String)>,
    pub state: State,
    pub waiting: Option<String>,
    pub waiting_until_at: Option<Timestamp>,
    pub handoffs_open: i64,
    pub opened_at: Timestamp,
    pub unanswered_since: Option<Timestamp>,
    pub last_side: Option<Side>,
    pub due_at: Timestamp,
    pub because: Because,
    /// The number of the ticket it inherits its due from, unless that one is confidential.
    pub due_number: Option<i64>,
    /// The number of the ticket it blocks, unless that one is confidential.
    pub blocks: Option<i64>,
    pub solved_at: Option<Timestamp>,
    pub changed_at: Timestamp,
    /// Somebody else said or did something since the viewer opened it.
    pub unread: bool,
    /// The viewer began to write on it.
    pub draft: bool,
    pub tags: Vec<String>,
    pub status: Option<StatusId>,
    pub snoozed_until: Option<Timestamp>,
    /// It came back into sight by itself, and nobody attended to it since.
    pub woken: bool,
    /// Another ticket goes on with it.
    pub merged: bool,
    /// The last thing that went out by mail did not arrive.
    pub bounced: bool,
}

/// Where a page begins: after this due and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    pub at: Timestamp,
    pub id: TicketId,
}

impl After {
    /// The start of a list in rising order.
    pub const START: Self = Self { at: Timestamp::MIN, id: TicketId(0) };

    /// The start of a list in falling order.
    pub const END: Self = Self { at: Timestamp::MAX, id: TicketId(i64::MAX) };

    #[must_use]
    pub const fn of(entry: &Entry) -> Self {
        Self { at: entry.due_at, id: entry.id }
    }
}

/// The open tickets of a unit that are in sight, in the order of work; nothing for viewers who may not see the unit.
/// Their own tickets, and what those wait for, are never among them.
pub fn of_unit(
    tx: &mut Tx,
    viewer: &Viewer,
    unit: UnitId,
    after: After,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    let Some(secret) = secrecy(viewer, unit) else { return Ok(Vec::new()) };
    list(
        tx,
        "t.state = 'open' and t.unit_id = $4 and (t.due_at, t.id) > ($1, $2) and t.confidential <= $6 \
         and t.snoozed_until_at is null",
        "t.due_at, t.id",
        params![after.at, after.id, limit.min(MOST), unit, viewer.person, secret.most()],
    )
}

/// Whether somebody lists a unit's confidential tickets, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secret {
    /// They serve in it.
    Shown,
    /// They oversee it.
    Hidden,
}

impl Secret {
    /// How secret a ticket may be, as it is kept.
    pub(crate) const fn most(self) -> i64 {
        match self {
            Self::Shown => 1,
            Self::Hidden => 0,
        }
    }
}

/// How secret a unit's tickets may be for a viewer to list them; `None` for who lists none.
pub(crate) fn secrecy(viewer: &Viewer, unit: UnitId) -> Option<Secret> {
    if viewer.serves_in(unit) {
        Some(Secret::Shown)
    } else if viewer.oversees(unit) {
        Some(Secret::Hidden)
    } else {
        None
    }
}

/// Open tickets in sight that person `$4` has taken, behind due `$1` and id `$2`.
pub(crate) const TAKEN: &str = "t.state = 'open' and t.person_id = $4 and t.person_id is not null and (t.due_at, t.id) > ($1, $2) \
     and t.snoozed_until_at is null";

/// The open tickets that a person has taken and that are in sight, in the order of work.
pub fn of_person(tx: &mut Tx, viewer: &Viewer, after: After, limit: i64) -> Result<Vec<Entry>, StoreError> {
    list(
        tx,
        TAKEN,
        "t.due_at, t.id",
        params![after.at, after.id, limit.min(MOST), viewer.person, viewer.person],
    )
    .map(|entries| entries.into_iter().filter(|entry| viewer.serves_in(entry.unit)).collect())
}

/// What a unit solved or closed, latest first; the page begins behind `before`, by the instant of solving.
pub fn done_by_unit(
    tx: &mut Tx,
    viewer: &Viewer,
    unit: UnitId,
    before: After,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    let Some(secret) = secrecy(viewer, unit) else { return Ok(Vec::new()) };
    list(
        tx,
        "t.state <> 'open' and t.unit_id = $4 and (t.solved_at, t.id) < ($1, $2) and t.confidential <= $6",
        "t.solved_at desc, t.id desc",
        params![before.at, before.id, limit.min(MOST), unit, viewer.person, secret.most()],
    )
}

/// A hand-off as the service map lists it: what both the unit that asked and the one that serves may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    pub id: TicketId,
    pub number: i64,
    pub subject: String,
    pub state: State,
    pub opened_at: Timestamp,
    /// The number of the ticket it blocks or blocked, unless that one is not for the viewer.
    pub blocks: Option<i64>,
}

/// Hand-offs that the viewer may see, and where the next page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handoffs {
    pub listed: Vec<Handed>,
    pub older: Option<TicketId>,
}

/// The hand-offs between two units asked since an instant, latest first: the tickets behind an edge
/// of the service map. Each is asked for like any ticket, so a page may hold fewer than `limit`.
pub fn between(
    tx: &mut Tx,
    viewer: &Viewer,
    (from, to): (UnitId, UnitId),
    (since, now): (Timestamp, Timestamp),
    before: TicketId,
    limit: i64,
) -> Result<Handoffs, StoreError> {
    let mut listed = tx.query(
        "select id, number, subject, state, opened_at, parent_id from ticket \
         where asking_unit_id = $1 and unit_id = $2 and id < $3 and opened_at >= $4 order by id desc limit $5",
        params![from, to, before, since, limit.min(MOST)],
        |row| {
            let handed = Handed {
                id: row.get(0)?,
                number: row.get(1)?,
                subject: row.get(2)?,
                state: row.get(3)?,
                opened_at: row.get(4)?,
                blocks: None,
            };
            Ok((handed, row.get::<Option<TicketId>>(5)?))
        },
    )?;
    let full = i64::try_from(listed.len()).is_ok_and(|found| found >= limit.min(MOST));
    let older = listed.last().filter(|_| full).map(|(last, _)| last.id);
    let mut seen = Vec::with_capacity(listed.len());
    for (mut handed, parent) in listed.drain(..) {
        if crate::access::by_id(tx, viewer, handed.id, now)?.is_none() {
            continue;
        }
        if let Some(parent) = parent {
            handed.blocks = crate::access::by_id(tx, viewer, parent, now)?.map(|parent| parent.number);
        }
        seen.push(handed);
    }
    Ok(Handoffs { listed: seen, older })
}

/// How much lies with a unit, as far as the viewer may know: maintained sums, less what is hidden
/// from them, so that a number never tells of a ticket that the list does not show.
pub fn counts(tx: &mut Tx, viewer: &Viewer, unit: UnitId) -> Result<Counts, StoreError> {
    if !viewer.sees_unit(unit) {
        return Ok(Counts::default());
    }
    let mut counts = Counts {
        open: tally::read(tx, Tally::Open(unit))? - tally::read(tx, Tally::Snoozed(unit))?,
        queued: tally::read(tx, Tally::Queued(unit))?,
        waiting: tally::read(tx, Tally::Waiting(unit))?,
    };
    let mut hidden = hidden(
        tx,
        "ticket_person x cross join ticket t where t.id = x.ticket_id and x.person_id = $1 and x.live = 1",
        params![viewer.person, unit],
    )?;
    if !viewer.serves_in(unit) {
        let secret = "ticket t where t.confidential = 1 and not exists \
                      (select 1 from ticket_person x where x.person_id = $1 and x.ticket_id = t.id)";
        hidden.extend(self::hidden(tx, secret, params![viewer.person, unit])?);
    }
    for (waits, untaken) in hidden {
        counts.open -= 1;
        counts.waiting -= i64::from(waits);
        counts.queued -= i64::from(!waits && untaken);
    }
    Ok(counts)
}

/// Open tickets that a list does not show: whether each waits, and whether nobody took it.
fn hidden(tx: &mut Tx, from: &str, params: &[&dyn ToParam]) -> Result<Vec<(bool, bool)>, StoreError> {
    let sql = format!(
        "select t.waiting is not null or t.handoffs_open > 0, t.person_id is null from {from} \
         and t.state = 'open' and t.unit_id = $2 and t.snoozed_until_at is null"
    );
    Ok(tx.query(&sql, params, |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Open tickets of a unit that are in sight: all, those nobody took, those that wait for somebody else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub open: i64,
    pub queued: i64,
    pub waiting: i64,
}

/// Rows shared by every list. `$3` is the limit and `$5` the viewer, whose own tickets stay out.
pub(crate) fn list(
    tx: &mut Tx,
    which: &str,
    order: &str,
    params: &[&dyn ToParam],
) -> Result<Vec<Entry>, StoreError> {
    let sql = format!("{} where {which} and {NOT_OWN} order by {order} limit $3", entries("$5"));
    Ok(tx.query(&sql, params, entry)?)
}

/// The viewer, `$5`, does not stand beside the ticket.
const NOT_OWN: &str =
    "not exists (select 1 from ticket_person x where x.person_id = $5 and x.ticket_id = t.id)";

/// Where a ticket stands in the order of work.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stands {
    pub due_at: Timestamp,
    pub id: TicketId,
    pub unit: UnitId,
}

/// Where the tickets of a [`list`] in the order of work stand: a list over several units is put together from these,
/// and reads the rows of those alone that it shows.
pub(crate) fn stands(tx: &mut Tx, which: &str, params: &[&dyn ToParam]) -> Result<Vec<Stands>, StoreError> {
    let sql = format!(
        "select t.due_at, t.id, t.unit_id from ticket t where {which} and {NOT_OWN} order by t.due_at, t.id limit $3"
    );
    Ok(tx.query(&sql, params, |row| Ok(Stands { due_at: row.get(0)?, id: row.get(1)?, unit: row.get(2)? }))?)
}

/// The columns of an [`Entry`] and where they come from; `viewer` is the place of their parameter.
pub(crate) fn entries(viewer: &str) -> String {
    format!(
        "select t.id, t.number, t.subject, t.kind, t.service_id, t.priority, t.class, r.name, o.name, t.asking_unit_id, \
     t.unit_id, t.person_id, h.name, t.state, t.waiting, t.waiting_until_at, t.handoffs_open, t.opened_at, \
     t.unanswered_since_at, t.last_side, t.due_at, t.due_because, \
     case when d.confidential = 0 then d.number end, case when b.confidential = 0 and b.state = 'open' then b.number end, \
     t.solved_at, t.changed_at, {}, {}, {}, t.snoozed_until_at, t.woken_at is not null, t.merged_into_id is not null, t.status_id, t.bounced = 1 \
     from ticket t join person r on r.id = t.requester_id left join organisation o on o.id = t.organisation_id \
     left join person h on h.id = t.person_id left join ticket d on d.id = t.due_ticket_id \
     left join ticket b on b.id = t.parent_id",
        news::unread(viewer),
        news::drafted(viewer),
        crate::tag::column!()
    )
}

pub(crate) fn entry(row: &Row) -> Result<Entry, crate::DbError> {
    let holder: Option<PersonId> = row.get(11)?;
    let name: Option<String> = row.get(12)?;
    Ok(Entry {
        id: row.get(0)?,
        number: row.get(1)?,
        subject: row.get(2)?,
        kind: row.get(3)?,
        service: row.get(4)?,
        priority: row.get(5)?,
        class: row.get(6)?,
        requester: row.get(7)?,
        organisation: row.get(8)?,
        asking: row.get(9)?,
        unit: row.get(10)?,
        person: holder.zip(name),
        state: row.get(13)?,
        waiting: row.get(14)?,
        waiting_until_at: row.get(15)?,
        handoffs_open: row.get(16)?,
        opened_at: row.get(17)?,
        unanswered_since: row.get(18)?,
        last_side: row.get(19)?,
        due_at: row.get(20)?,
        because: row.get(21)?,
        due_number: row.get(22)?,
        blocks: row.get(23)?,
        solved_at: row.get(24)?,
        changed_at: row.get(25)?,
        unread: row.get(26)?,
        draft: row.get(27)?,
        tags: crate::tag::listed(row.get(28)?),
        snoozed_until: row.get(29)?,
        woken: row.get(30)?,
        merged: row.get(31)?,
        status: row.get(32)?,
        bounced: row.get(33)?,
    })
}
