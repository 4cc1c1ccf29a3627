//! Bulk actions with their tickets: chosen once, acted on batch by batch.

use domain::bulk_action::{Back, Outcome, State};
use domain::id::{BulkActionId, MacroId, PersonId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::bulk::Rows;
use crate::db::{DbError, Row, Tx, Value};
use crate::params;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkAction {
    pub id: BulkActionId,
    pub person: PersonId,
    /// As `domain::action` keeps them.
    pub actions: String,
    pub came_from: String,
    pub state: State,
    pub undoes: Option<BulkActionId>,
    pub reason: String,
    /// The list had more tickets than it may have.
    pub cut: bool,
    pub counts: Counts,
    pub proposed_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// The macro that it runs, under its name at that time.
    pub runs: Option<(MacroId, String)>,
}

/// How many tickets it has, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub tickets: i64,
    pub did: i64,
    pub already: i64,
    pub refused: i64,
}

impl Counts {
    #[must_use]
    pub const fn acted(self) -> i64 {
        self.did + self.already + self.refused
    }
}

/// One of its tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub place: i64,
    pub ticket: TicketId,
    pub back: Option<Back>,
}

/// A ticket that was refused, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub place: i64,
    pub ticket: TicketId,
    pub why: String,
}

const COLUMNS: &str = "id, person_id, actions, came_from, state, undoes_id, reason, cut, tickets, did, already, refused, \
     proposed_at, started_at, ended_at, macro_id, macro_name";

/// Keeps a new one with its tickets; what takes one back is kept with it.
pub fn insert(
    tx: &mut Tx,
    bulk: &BulkAction,
    tickets: &[(TicketId, Option<Back>)],
) -> Result<(), StoreError> {
    tx.execute(
        "insert into bulk_action (id, person_id, actions, came_from, state, undoes_id, reason, cut, tickets, proposed_at, started_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            bulk.id,
            bulk.person,
            bulk.actions,
            bulk.came_from,
            bulk.state,
            bulk.undoes,
            bulk.reason,
            i64::from(bulk.cut),
            bulk.counts.tickets,
            bulk.proposed_at,
            bulk.started_at
        ],
    )?;
    let backs: Vec<Option<String>> =
        tickets.iter().map(|(_, back)| back.as_ref().map(written).transpose()).collect::<Result<_, _>>()?;
    let rows = tickets.iter().zip(&backs).zip(0_i64..).map(|(((ticket, _), back), place)| {
        [
            Value::Integer(bulk.id.0),
            Value::Integer(place),
            Value::Integer(ticket.0),
            Value::Text(Outcome::Waiting.as_str()),
            back.as_deref().map_or(Value::Null, Value::Text),
        ]
    });
    static ROWS: Rows<5> =
        Rows::of("bulk_ticket", ["bulk_action_id", "place", "ticket_id", "outcome", "back"]);
    Ok(ROWS.insert(tx, rows)?)
}

/// One of a person's own; to everybody else there is none.
pub fn of_person(
    tx: &mut Tx,
    person: PersonId,
    bulk: BulkActionId,
) -> Result<Option<BulkAction>, StoreError> {
    let sql = format!("select {COLUMNS} from bulk_action where id = $1 and person_id = $2");
    Ok(tx.query_opt(&sql, params![bulk, person], read)?)
}

/// A person's own, latest first, but for those that were never begun.
pub fn all_of_person(tx: &mut Tx, person: PersonId, limit: i64) -> Result<Vec<BulkAction>, StoreError> {
    let sql = format!(
        "select {COLUMNS} from bulk_action where person_id = $1 and state <> 'proposed' order by id desc limit $2"
    );
    Ok(tx.query(&sql, params![person, limit], read)?)
}

/// Whether a person has any that was begun.
pub fn has_any(tx: &mut Tx, person: PersonId) -> Result<bool, StoreError> {
    let sql = "select 1 from bulk_action where person_id = $1 and state <> 'proposed'";
    Ok(tx.exists(sql, params![person])?)
}

/// Whether any runs: asked without writing.
pub fn is_any_running(tx: &mut Tx) -> Result<bool, StoreError> {
    Ok(tx.exists("select 1 from bulk_action where state = 'running'", params![])?)
}

/// The one whose turn it is.
pub fn next_running(tx: &mut Tx) -> Result<Option<BulkAction>, StoreError> {
    let sql =
        format!("select {COLUMNS} from bulk_action where state = 'running' order by stepped_at, id limit 1");
    Ok(tx.query_opt(&sql, params![], read)?)
}

/// Its next tickets that nothing was done with.
pub fn waiting(tx: &mut Tx, bulk: BulkActionId, limit: i64) -> Result<Vec<Item>, StoreError> {
    let rows = tx.query(
        "select place, ticket_id, back from bulk_ticket where bulk_action_id = $1 and outcome = 'waiting' \
         order by place limit $2",
        params![bulk, limit],
        |row| Ok((row.get(0)?, row.get(1)?, row.get::<Option<String>>(2)?)),
    )?;
    rows.into_iter()
        .map(|(place, ticket, back)| {
            Ok(Item { place, ticket, back: back.as_deref().map(understood).transpose()? })
        })
        .collect()
}

/// The first tickets of it, whatever became of them.
pub fn tickets(tx: &mut Tx, bulk: BulkActionId, limit: i64) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(
        "select ticket_id from bulk_ticket where bulk_action_id = $1 order by place limit $2",
        params![bulk, limit],
        |row| row.get(0),
    )?)
}

/// Says what shall be done with what was chosen.
pub fn decide(
    tx: &mut Tx,
    bulk: BulkActionId,
    actions: &str,
    runs: Option<(MacroId, &str)>,
) -> Result<(), StoreError> {
    let (id, name) = runs.unzip();
    tx.execute(
        "update bulk_action set actions = $2, macro_id = $3, macro_name = $4 where id = $1",
        params![bulk, actions, id, name],
    )?;
    Ok(())
}

/// What became of one ticket.
pub fn settle(
    tx: &mut Tx,
    bulk: BulkActionId,
    place: i64,
    outcome: Outcome,
    why: Option<&str>,
    back: Option<&Back>,
) -> Result<(), StoreError> {
    let back = back.map(written).transpose()?;
    tx.execute(
        "update bulk_ticket set outcome = $3, why = $4, back = $5 where bulk_action_id = $1 and place = $2",
        params![bulk, place, outcome, why, back],
    )?;
    Ok(())
}

/// Writes how far it is.
pub fn advance(
    tx: &mut Tx,
    bulk: &BulkAction,
    state: State,
    counts: Counts,
    now: Timestamp,
) -> Result<(), StoreError> {
    let ended_at = match state {
        State::Proposed | State::Running => None,
        State::Done | State::Cancelled => Some(now),
    };
    tx.execute(
        "update bulk_action set state = $2, did = $3, already = $4, refused = $5, stepped_at = $6, ended_at = $7, \
         started_at = coalesce(started_at, $6) where id = $1",
        params![bulk.id, state, counts.did, counts.already, counts.refused, now, ended_at],
    )?;
    Ok(())
}

/// Tickets that were refused, behind a place.
pub fn refused(tx: &mut Tx, bulk: BulkActionId, behind: i64, limit: i64) -> Result<Vec<Refused>, StoreError> {
    Ok(tx.query(
        "select place, ticket_id, why from bulk_ticket where bulk_action_id = $1 and outcome = 'refused' \
         and place > $2 order by place limit $3",
        params![bulk, behind, limit],
        |row| {
            let why: Option<String> = row.get(2)?;
            Ok(Refused { place: row.get(0)?, ticket: row.get(1)?, why: why.unwrap_or_default() })
        },
    )?)
}

/// Tickets that can be taken back, with how.
pub fn to_take_back(tx: &mut Tx, bulk: BulkActionId) -> Result<Vec<(TicketId, Option<Back>)>, StoreError> {
    let rows = tx.query(
        "select ticket_id, back from bulk_ticket where bulk_action_id = $1 and outcome = 'did' \
         and back is not null order by place",
        params![bulk],
        |row| Ok((row.get(0)?, row.get::<String>(1)?)),
    )?;
    rows.into_iter().map(|(ticket, back)| Ok((ticket, Some(understood(&back)?)))).collect()
}

/// The one that takes this one back, when there is one.
pub fn undone_by(tx: &mut Tx, bulk: BulkActionId) -> Result<Option<BulkActionId>, StoreError> {
    Ok(tx.query_opt(
        "select id from bulk_action where undoes_id = $1 and undoes_id is not null order by id limit 1",
        params![bulk],
        |row| row.get(0),
    )?)
}

/// Removes what was proposed before and never begun; gives how many.
pub fn forget_proposed(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(
        "delete from bulk_ticket where bulk_action_id in \
         (select id from bulk_action where state = 'proposed' and proposed_at < $1)",
        params![before],
    )?;
    Ok(tx.execute("delete from bulk_action where state = 'proposed' and proposed_at < $1", params![before])?)
}

fn written(back: &Back) -> Result<String, StoreError> {
    serde_json::to_string(back).map_err(StoreError::encoding)
}

fn understood(text: &str) -> Result<Back, StoreError> {
    serde_json::from_str(text).map_err(StoreError::encoding)
}

fn read(row: &Row<'_>) -> Result<BulkAction, DbError> {
    Ok(BulkAction {
        id: row.get(0)?,
        person: row.get(1)?,
        actions: row.get(2)?,
        came_from: row.get(3)?,
        state: row.get(4)?,
        undoes: row.get(5)?,
        reason: row.get(6)?,
        cut: row.get::<i64>(7)? == 1,
        counts: Counts {
            tickets: row.get(8)?,
            did: row.get(9)?,
            already: row.get(10)?,
            refused: row.get(11)?,
        },
        proposed_at: row.get(12)?,
        started_at: row.get(13)?,
        ended_at: row.get(14)?,
        runs: row.get::<Option<MacroId>>(15)?.zip(row.get(16)?),
    })
}
