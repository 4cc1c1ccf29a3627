//! The log of events: append-only, chained by hashes, with positions that have no gaps.

use domain::event::{Actor, Event, Fact, standing};
use domain::id::{EventId, PersonId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::bulk::Rows;
use crate::db::{Row, Tx, Value};
use crate::params;

const COLUMNS: &str = "position, id, at, actor_kind, actor_id, ticket_id, parent_id, payload";

/// What an event is about when it is not about a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Ticket(TicketId),
    Person(i64),
    Organisation(i64),
    Unit(i64),
    Service(i64),
    Calendar(i64),
    Agreement(i64),
    Inbox(i64),
    View(i64),
    Macro(i64),
    Tag(i64),
    /// A field of one's own.
    Custom(i64),
    Status(i64),
    /// A ticket that is opened later.
    Recurring(i64),
    /// The installation itself.
    Desk,
}

impl Subject {
    const fn columns(self) -> (&'static str, i64) {
        match self {
            Self::Ticket(id) => ("ticket", id.0),
            Self::Person(id) => ("person", id),
            Self::Organisation(id) => ("organisation", id),
            Self::Unit(id) => ("unit", id),
            Self::Service(id) => ("service", id),
            Self::Calendar(id) => ("calendar", id),
            Self::Agreement(id) => ("agreement", id),
            Self::Inbox(id) => ("inbox", id),
            Self::View(id) => ("view", id),
            Self::Macro(id) => ("macro", id),
            Self::Tag(id) => ("tag", id),
            Self::Custom(id) => ("field", id),
            Self::Status(id) => ("status", id),
            Self::Recurring(id) => ("recurring", id),
            Self::Desk => ("desk", 0),
        }
    }
}

/// Writes one fact about a ticket at the end of the log and gives its position.
pub fn record(tx: &mut Tx, event: &Event, recorded_at: Timestamp) -> Result<i64, StoreError> {
    let payload = serde_json::to_string(&event.fact).map_err(StoreError::encoding)?;
    append(
        tx,
        &Entry {
            id: event.id,
            at: event.at,
            recorded_at,
            actor: event.actor,
            subject: Subject::Ticket(event.ticket),
            parent: event.parent,
            kind: event.fact.name(),
            payload: &payload,
        },
    )
}

/// An event on its way into the log.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    pub id: EventId,
    pub at: Timestamp,
    pub recorded_at: Timestamp,
    pub actor: Actor,
    pub subject: Subject,
    pub parent: Option<TicketId>,
    pub kind: &'a str,
    pub payload: &'a str,
}

/// Writes one entry at the end of the log. Writers are serialised by the database layer, so the
/// next position is always the last one plus one, and positions commit in their order.
pub fn append(tx: &mut Tx, entry: &Entry) -> Result<i64, StoreError> {
    append_all(tx, std::slice::from_ref(entry))
}

/// Appends many entries with the head read once, and gives the position of the first.
pub fn append_all(tx: &mut Tx, entries: &[Entry]) -> Result<i64, StoreError> {
    let (last, mut hash) = head(tx)?;
    let mut hashes = Vec::with_capacity(entries.len());
    for (entry, position) in entries.iter().zip(last + 1..) {
        hash = entry.hash(position, &hash);
        hashes.push(hash);
    }
    let rows = entries.iter().zip(&hashes).zip(last + 1..);
    ROWS.insert(tx, rows.map(|((entry, hash), position)| entry.row(position, hash)))?;
    Ok(last + 1)
}

/// The last position and its hash; 0 and zeros for an empty log.
pub fn head(tx: &mut Tx) -> Result<(i64, [u8; 32]), StoreError> {
    let found =
        tx.query_opt("select position, hash from event order by position desc limit 1", params![], |row| {
            Ok((row.get::<i64>(0)?, row.get::<Vec<u8>>(1)?))
        })?;
    match found {
        None => Ok((0, [0; 32])),
        Some((position, hash)) => {
            Ok((position, hash.try_into().map_err(|_| StoreError::Chain { position })?))
        }
    }
}

/// The events that decide a ticket, oldest first: its own, those with which its hand-offs block it, and
/// their deliveries.
pub fn of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Event>, StoreError> {
    let own = format!(
        "select {COLUMNS} from event where ticket_id = $1 union all \
         select {COLUMNS} from event where parent_id = $1 and kind in ('asked', 'solved', 'closed', 'replied', 'taken_back') \
         order by position"
    );
    let mut events = rows(tx, &own, ticket)?;
    // What a hand-off took back has done its work.
    events.retain(|event| event.ticket == ticket || event.fact.counts_above());
    Ok(events)
}

/// The events of a ticket and of every hand-off below it, oldest first.
pub fn of_ticket_and_descendants(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Event>, StoreError> {
    let tree = format!(
        "with recursive tree (id) as (select cast($1 as bigint) union select t.id from tree cross join ticket t where t.parent_id = tree.id) \
         select {COLUMNS} from event where ticket_id in (select id from tree) order by position"
    );
    rows(tx, &tree, ticket)
}

/// What a follower needs to know of one event; content is read per viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    pub position: i64,
    pub ticket: Option<TicketId>,
    pub parent: Option<TicketId>,
}

/// The next events after `position`, in order and without gaps.
pub fn after(tx: &mut Tx, position: i64, limit: i64) -> Result<Vec<Notice>, StoreError> {
    Ok(tx.query(
        "select position, ticket_id, parent_id from event where position > $1 order by position limit $2",
        params![position, limit],
        |row| Ok(Notice { position: row.get(0)?, ticket: row.get(1)?, parent: row.get(2)? }),
    )?)
}

/// The event of a ticket at a position, and when it was recorded.
pub fn at_position(tx: &mut Tx, position: i64) -> Result<Option<(Event, Timestamp)>, StoreError> {
    let sql =
        format!("select {COLUMNS}, recorded_at from event where position = $1 and ticket_id is not null");
    let found = tx.query_opt(&sql, params![position], |row| Ok((read(row), row.get::<Timestamp>(8)?)))?;
    found.map(|(event, recorded_at)| Ok((event?.1, recorded_at))).transpose()
}

/// Reads every ticket event that stands, ticket by ticket, oldest first within each.
pub fn each_by_ticket(tx: &mut Tx, mut take: impl FnMut(i64, Event)) -> Result<(), StoreError> {
    let sql = format!("select {COLUMNS} from event where ticket_id is not null order by ticket_id, position");
    let mut failed = None;
    let mut of_one: Vec<(i64, Event)> = Vec::new();
    let mut hand_out = |events: &mut Vec<(i64, Event)>| {
        standing(events, |(_, event)| event);
        for (position, event) in events.drain(..) {
            take(position, event);
        }
    };
    tx.each(&sql, params![], |row| {
        match read(row) {
            Ok((position, event)) => {
                if of_one.last().is_some_and(|(_, last)| last.ticket != event.ticket) {
                    hand_out(&mut of_one);
                }
                of_one.push((position, event));
            }
            Err(error) => failed = Some(error),
        }
        Ok(())
    })?;
    hand_out(&mut of_one);
    failed.map_or(Ok(()), Err)
}

/// The events of the tickets after `after` up to `until`, ticket by ticket, oldest first within each.
pub fn of_range(tx: &mut Tx, after: TicketId, until: TicketId) -> Result<Vec<(i64, Event)>, StoreError> {
    let sql = format!(
        "select {COLUMNS} from event where ticket_id > $1 and ticket_id <= $2 order by ticket_id, position"
    );
    let mut events: Vec<(i64, Event)> =
        tx.query(&sql, params![after, until], |row| Ok(read(row)))?.into_iter().collect::<Result<_, _>>()?;
    standing(&mut events, |(_, event)| event);
    Ok(events)
}

/// Recomputes the chain of hashes over the whole log; the error names the first broken position.
pub fn verify(tx: &mut Tx) -> Result<i64, StoreError> {
    let mut previous = [0; 32];
    let mut expected = 1;
    let mut broken = None;
    tx.each(
        "select position, id, at, recorded_at, actor_kind, actor_id, subject_kind, subject_id, ticket_id, parent_id, \
         kind, payload, hash from event order by position",
        params![],
        |row| {
            let position: i64 = row.get(0)?;
            let numbers: [Option<i64>; 7] =
                [row.get(1)?, row.get(2)?, row.get(3)?, row.get(5)?, row.get(7)?, row.get(8)?, row.get(9)?];
            let words: [&str; 4] = [row.get(4)?, row.get(6)?, row.get(10)?, row.get(11)?];
            let hash = chained(&previous, position, &numbers, &words);
            let stored: &[u8] = row.get(12)?;
            if broken.is_none() && (position != expected || stored != hash) {
                broken = Some(position);
            }
            previous = hash;
            expected = position + 1;
            Ok(())
        },
    )?;
    broken.map_or(Ok(expected - 1), |position| Err(StoreError::Chain { position }))
}

const INSERTED: [&str; 13] = [
    "position",
    "id",
    "at",
    "recorded_at",
    "actor_kind",
    "actor_id",
    "subject_kind",
    "subject_id",
    "ticket_id",
    "parent_id",
    "kind",
    "payload",
    "hash",
];

static ROWS: Rows<{ INSERTED.len() }> = Rows::of("event", INSERTED);

impl<'a> Entry<'a> {
    fn ticket(&self) -> Option<TicketId> {
        match self.subject {
            Subject::Ticket(ticket) => Some(ticket),
            Subject::Person(_)
            | Subject::Organisation(_)
            | Subject::Unit(_)
            | Subject::Service(_)
            | Subject::Calendar(_)
            | Subject::Agreement(_)
            | Subject::Inbox(_)
            | Subject::View(_)
            | Subject::Macro(_)
            | Subject::Tag(_)
            | Subject::Custom(_)
            | Subject::Status(_)
            | Subject::Recurring(_)
            | Subject::Desk => None,
        }
    }

    fn hash(&self, position: i64, previous: &[u8; 32]) -> [u8; 32] {
        let (actor_kind, actor_id) = actor_columns(self.actor);
        let (subject_kind, subject_id) = self.subject.columns();
        let numbers = [
            Some(self.id.0),
            Some(self.at.as_microsecond()),
            Some(self.recorded_at.as_microsecond()),
            actor_id,
            Some(subject_id),
            self.ticket().map(|ticket| ticket.0),
            self.parent.map(|parent| parent.0),
        ];
        chained(previous, position, &numbers, &[actor_kind, subject_kind, self.kind, self.payload])
    }

    /// In the order of [`INSERTED`].
    fn row(&self, position: i64, hash: &'a [u8; 32]) -> [Value<'a>; INSERTED.len()] {
        let (actor_kind, actor_id) = actor_columns(self.actor);
        let (subject_kind, subject_id) = self.subject.columns();
        let number = |number: Option<i64>| number.map_or(Value::Null, Value::Integer);
        [
            Value::Integer(position),
            Value::Integer(self.id.0),
            Value::Integer(self.at.as_microsecond()),
            Value::Integer(self.recorded_at.as_microsecond()),
            Value::Text(actor_kind),
            number(actor_id),
            Value::Text(subject_kind),
            Value::Integer(subject_id),
            number(self.ticket().map(|ticket| ticket.0)),
            number(self.parent.map(|parent| parent.0)),
            Value::Text(self.kind),
            Value::Text(self.payload),
            Value::Bytes(hash),
        ]
    }
}

/// blake3 over the previous hash and every field, each with its length, so that no two logs hash alike.
fn chained(previous: &[u8; 32], position: i64, numbers: &[Option<i64>; 7], words: &[&str; 4]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(previous);
    hasher.update(&position.to_le_bytes());
    for number in numbers {
        hasher.update(&[u8::from(number.is_some())]);
        hasher.update(&number.unwrap_or_default().to_le_bytes());
    }
    for word in words {
        hasher.update(&(word.len() as u64).to_le_bytes());
        hasher.update(word.as_bytes());
    }
    *hasher.finalize().as_bytes()
}

fn rows(tx: &mut Tx, sql: &str, ticket: TicketId) -> Result<Vec<Event>, StoreError> {
    let mut events: Vec<Event> = tx
        .query(sql, params![ticket], |row| Ok(read(row)))?
        .into_iter()
        .map(|read| Ok(read?.1))
        .collect::<Result<_, StoreError>>()?;
    standing(&mut events, |event| event);
    Ok(events)
}

fn read(row: &Row) -> Result<(i64, Event), StoreError> {
    let position = row.get(0)?;
    let payload: &str = row.get(7)?;
    let fact: Fact = serde_json::from_str(payload)
        .map_err(|cause| StoreError::Payload { position, cause: cause.to_string() })?;
    let actor = actor(row.get(3)?, row.get(4)?).ok_or(StoreError::Chain { position })?;
    let event =
        Event { id: row.get(1)?, at: row.get(2)?, actor, ticket: row.get(5)?, parent: row.get(6)?, fact };
    Ok((position, event))
}

const fn actor_columns(actor: Actor) -> (&'static str, Option<i64>) {
    match actor {
        Actor::Person(PersonId(id)) => ("person", Some(id)),
        Actor::Desk => ("desk", None),
        Actor::Import => ("import", None),
    }
}

fn actor(kind: &str, id: Option<i64>) -> Option<Actor> {
    match (kind, id) {
        ("person", Some(id)) => Some(Actor::Person(PersonId(id))),
        ("desk", None) => Some(Actor::Desk),
        ("import", None) => Some(Actor::Import),
        _ => None,
    }
}
