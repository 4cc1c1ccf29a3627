//! Ticket rows: what the events make of a ticket, kept so that lists are read by index.

mod beside;
mod by_time;
mod merged;
pub mod of_setup;
mod place;
mod settings;

use std::collections::{BTreeMap, BTreeSet};

use domain::event::WaitOn;
use domain::id::{OrganisationId, PersonId, TargetId, TicketId, UnitId};
use domain::order;
use domain::ticket::Ticket;
use jiff::Timestamp;

use crate::StoreError;
use crate::bulk::Rows;
use crate::db::{ToParam, Tx, Value};
use crate::params;

use beside::{PEOPLE, UNITS, people_rows, person_row, unit_rows};
pub use beside::{PersonSide, join_chain};
pub(crate) use beside::{insert_beside, insert_people, settle_people};
pub use by_time::{agreed_before, delivered_past_acceptance, snoozed_before, to_close};
pub use merged::goes_on_as;
pub use place::{Place, owner_and_parent, place};
pub use settings::settings;

/// A ticket row as it is written: the folded ticket and what is decided around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    pub ticket: Ticket,
    pub root: TicketId,
    pub confidential: bool,
    pub due: Due,
}

/// A ticket's place in the order of work, as its row keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Its own promise that ends first.
    pub own: Option<Timestamp>,
    /// By which it is ordered: its own, or inherited from the ticket it blocks.
    pub at: Timestamp,
    pub because: Because,
    /// The ticket on which the inherited promise was made, here or further out.
    pub ticket: Option<TicketId>,
    /// The target that promises it.
    pub target: Option<TargetId>,
    /// For when it was promised there.
    pub promised_at: Option<Timestamp>,
}

impl Due {
    /// The row of a decision of the order of work.
    #[must_use]
    pub fn decided(own: Option<order::Promise>, due: order::Due) -> Self {
        let (because, ticket, target, promised_at) = match due.because {
            order::Because::Own(target) => (Because::Own, None, Some(target), Some(due.at)),
            order::Because::Blocks { promised, target, promised_at, .. } => {
                (Because::Blocks, Some(promised), Some(target), Some(promised_at))
            }
            order::Because::Age => (Because::Age, None, None, None),
        };
        Self { own: own.map(|own| own.due_at), at: due.at, because, ticket, target, promised_at }
    }

    /// The decision behind the row of a ticket that blocks `parent`, or of one that blocks none.
    #[must_use]
    pub fn decision(&self, parent: Option<TicketId>) -> order::Due {
        let because = match (self.because, self.target, self.ticket, self.promised_at, parent) {
            (Because::Own, Some(target), ..) => order::Because::Own(target),
            (Because::Blocks, Some(target), Some(promised), Some(promised_at), Some(ticket)) => {
                order::Because::Blocks { ticket, promised, target, promised_at }
            }
            (Because::Own | Because::Blocks | Because::Age, ..) => order::Because::Age,
        };
        order::Due { at: self.at, because }
    }
}

/// Why a ticket stands where it stands in the order of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// Its own promise.
    Own,
    /// A promise of the ticket it blocks.
    Blocks,
    /// No promise: it ages to the front.
    Age,
}

impl Because {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Blocks => "blocks",
            Self::Age => "age",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Own, Self::Blocks, Self::Age].into_iter().find(|because| because.as_str() == word)
    }
}

crate::db::text_columns!(Because);

const COLUMNS: [&str; 46] = [
    "number",
    "subject",
    "parent_id",
    "root_id",
    "kind",
    "service_id",
    "priority",
    "requester_id",
    "beneficiary_id",
    "payer_id",
    "organisation_id",
    "asking_unit_id",
    "class",
    "confidential",
    "unit_id",
    "person_id",
    "state",
    "waiting",
    "waiting_supplier_id",
    "waiting_until_at",
    "handoffs_open",
    "opened_at",
    "changed_at",
    "solved_at",
    "closed_at",
    "closing",
    "rating",
    "reopened",
    "escalated",
    "unanswered_since_at",
    "last_side",
    "news_id",
    "news_person_id",
    "news_before_id",
    "own_due_at",
    "due_at",
    "due_because",
    "due_ticket_id",
    "due_target_id",
    "due_promised_at",
    "snoozed_until_at",
    "woken_at",
    "merged_into_id",
    "status_id",
    "bounced",
    "events",
];

/// Writes a new ticket with its people and units.
pub fn insert(tx: &mut Tx, placed: &Placed, subject: &str) -> Result<(), StoreError> {
    ROWS.insert(tx, [row(placed, subject)])?;
    for person in placed.ticket.requesting() {
        person_row(tx, placed.ticket.id, person.0, "requesting")?;
    }
    if let Some(parent) = placed.ticket.parent {
        tx.execute(
            "insert into ticket_person (person_id, ticket_id, side) select person_id, cast($1 as bigint), 'upstream' from ticket_person \
             where ticket_id = $2 and (side = 'upstream' or exists \
             (select 1 from ticket where id = $2 and asking_unit_id is null)) on conflict do nothing",
            params![placed.ticket.id, parent],
        )?;
    }
    join_chain(tx, placed.ticket.id, placed.ticket.unit)
}

/// A new ticket with everything that stands beside its row.
#[derive(Clone, Debug)]
pub struct Whole {
    pub placed: Placed,
    pub subject: String,
    pub people: BTreeMap<PersonId, PersonSide>,
    pub units: BTreeSet<UnitId>,
}

/// Writes many new tickets; a hand-off comes after the ticket it blocks.
pub fn insert_all(tx: &mut Tx, tickets: &[Whole]) -> Result<(), StoreError> {
    let rows = tickets.iter().map(|whole| row(&whole.placed, &whole.subject));
    ROWS.insert(tx, rows)?;
    let people = tickets.iter().flat_map(|whole| people_rows(&whole.placed, &whole.people));
    PEOPLE.insert(tx, people)?;
    let units = tickets.iter().flat_map(|whole| unit_rows(whole.placed.ticket.id, &whole.units));
    Ok(UNITS.insert(tx, units)?)
}

/// The columns after number and subject: what the events decide.
pub(crate) const DERIVED: [&str; COLUMNS.len() - 2] = {
    let mut derived = ["id"; COLUMNS.len() - 2];
    let mut place = 0;
    while place < derived.len() {
        derived[place] = COLUMNS[place + 2];
        place += 1;
    }
    derived
};

const INSERTED: [&str; COLUMNS.len() + 1] = {
    let mut all = ["id"; COLUMNS.len() + 1];
    let mut place = 0;
    while place < COLUMNS.len() {
        all[place + 1] = COLUMNS[place];
        place += 1;
    }
    all
};

static ROWS: Rows<{ INSERTED.len() }> = Rows::of("ticket", INSERTED);

/// Writes what an event changed.
pub fn update(tx: &mut Tx, placed: &Placed) -> Result<(), StoreError> {
    static SQL: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        let sets: Vec<String> = COLUMNS[2..]
            .iter()
            .enumerate()
            .map(|(place, column)| format!("{column} = ${}", place + 2))
            .collect();
        format!("update ticket set {} where id = $1", sets.join(", "))
    });
    let values = values(placed);
    let id = placed.ticket.id;
    let first: [&dyn ToParam; 1] = [&id];
    let all: Vec<&dyn ToParam> =
        first.into_iter().chain(values.iter().map(|value| value as &dyn ToParam)).collect();
    tx.execute(&SQL, &all)?;
    settle_people(tx, id, placed.ticket.state)
}

/// Moves a ticket in the order of work without touching anything else.
pub fn set_due(tx: &mut Tx, ticket: TicketId, due: &Due) -> Result<(), StoreError> {
    tx.execute(
        "update ticket set own_due_at = $2, due_at = $3, due_because = $4, due_ticket_id = $5, due_target_id = $6, \
         due_promised_at = $7 where id = $1",
        params![ticket, due.own, due.at, due.because, due.ticket, due.target, due.promised_at],
    )?;
    Ok(())
}

/// The row as it stands, to be held against what the events say.
pub fn due(tx: &mut Tx, ticket: TicketId) -> Result<Option<Due>, StoreError> {
    Ok(tx.query_opt(
        "select own_due_at, due_at, due_because, due_ticket_id, due_target_id, due_promised_at from ticket where id = $1",
        params![ticket],
        |row| {
            Ok(Due {
                own: row.get(0)?,
                at: row.get(1)?,
                because: row.get(2)?,
                ticket: row.get(3)?,
                target: row.get(4)?,
                promised_at: row.get(5)?,
            })
        },
    )?)
}

/// Whether a ticket that is no hand-off is solved, and that person asked it.
pub fn is_solved_for(tx: &mut Tx, ticket: TicketId, person: PersonId) -> Result<bool, StoreError> {
    Ok(tx.exists(
        "select 1 from ticket where id = $1 and requester_id = $2 and state = 'solved' and asking_unit_id is null",
        params![ticket, person],
    )?)
}

/// Subject, root, and whether it is confidential, which its service decides.
pub fn fixed(tx: &mut Tx, ticket: TicketId) -> Result<Option<(String, TicketId, bool)>, StoreError> {
    Ok(tx.query_opt(
        "select subject, root_id, confidential from ticket where id = $1",
        params![ticket],
        |row| Ok((row.get(0)?, row.get(1)?, row.get::<i64>(2)? == 1)),
    )?)
}

/// The open hand-offs that block a ticket.
pub fn open_handoffs(tx: &mut Tx, parent: TicketId) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(
        "select id from ticket where parent_id = $1 and state <> 'closed' order by id",
        params![parent],
        |row| row.get(0),
    )?)
}

/// The number for the next ticket; writers are serialised, so no two get the same.
pub fn next_number(tx: &mut Tx) -> Result<i64, StoreError> {
    let last = tx.query_opt("select number from ticket order by number desc limit 1", params![], |row| {
        row.get::<i64>(0)
    })?;
    Ok(last.unwrap_or(1000) + 1)
}

/// A whole row, in the order of [`INSERTED`].
fn row<'a>(placed: &'a Placed, subject: &'a str) -> [Value<'a>; INSERTED.len()] {
    let mut row = [Value::Null; INSERTED.len()];
    row[0] = Value::Integer(placed.ticket.id.0);
    row[1] = Value::Integer(placed.ticket.opening.number);
    row[2] = Value::Text(subject);
    row[3..].copy_from_slice(&values(placed));
    row
}

/// The values of every column after number and subject, in the order of [`COLUMNS`].
pub(crate) fn values(placed: &Placed) -> [Value<'_>; DERIVED.len()] {
    let Placed { ticket, root, confidential, due } = placed;
    let (waiting, supplier, until) = waiting(ticket.waiting);
    let text = |word: Option<&'static str>| word.map_or(Value::Null, Value::Text);
    let number = |number: Option<i64>| number.map_or(Value::Null, Value::Integer);
    let at = |at: Option<Timestamp>| number(at.map(Timestamp::as_microsecond));
    let flag = |yes: bool| Value::Integer(i64::from(yes));
    let handoffs = i64::try_from(ticket.handoffs.len()).unwrap_or(i64::MAX);
    [
        number(ticket.parent.map(|id| id.0)),
        Value::Integer(root.0),
        Value::Text(ticket.kind.as_str()),
        Value::Integer(ticket.service.0),
        Value::Integer(i64::from(ticket.priority.number())),
        Value::Integer(ticket.opening.requester.0),
        Value::Integer(ticket.opening.beneficiary.0),
        number(ticket.opening.payer.map(|id| id.0)),
        number(ticket.opening.organisation.map(|id| id.0)),
        number(ticket.opening.asking_unit.map(|id| id.0)),
        Value::Text(ticket.opening.class.as_str()),
        flag(*confidential),
        Value::Integer(ticket.unit.0),
        number(ticket.person.map(|id| id.0)),
        Value::Text(ticket.state.as_str()),
        text(waiting),
        number(supplier.map(|id| id.0)),
        at(until),
        Value::Integer(handoffs),
        at(Some(ticket.opened_at)),
        at(Some(ticket.changed_at)),
        at(ticket.solved_at),
        at(ticket.closed_at),
        text(ticket.closing.map(domain::event::Closing::as_str)),
        number(ticket.rating.map(i64::from)),
        Value::Integer(i64::from(ticket.reopened)),
        flag(ticket.escalated),
        at(ticket.unanswered_since),
        text(ticket.last_side.map(domain::event::Side::as_str)),
        number(ticket.news.last.map(|id| id.0)),
        number(ticket.news.by.map(|id| id.0)),
        number(ticket.news.before.map(|id| id.0)),
        at(due.own),
        at(Some(due.at)),
        Value::Text(due.because.as_str()),
        number(due.ticket.map(|id| id.0)),
        number(due.target.map(|id| id.0)),
        at(due.promised_at),
        at(ticket.snoozed_until),
        at(ticket.woken_at),
        number(ticket.merged_into.map(|id| id.0)),
        number(ticket.status.map(|stands| stands.id.0)),
        flag(ticket.is_bounced()),
        Value::Integer(i64::from(ticket.events)),
    ]
}

const fn waiting(on: Option<WaitOn>) -> (Option<&'static str>, Option<OrganisationId>, Option<Timestamp>) {
    match on {
        None => (None, None, None),
        Some(WaitOn::Requester) => (Some("requester"), None, None),
        Some(WaitOn::Supplier(organisation)) => (Some("supplier"), Some(organisation), None),
        Some(WaitOn::Agreed { until }) => (Some("agreed"), None, Some(until)),
    }
}
