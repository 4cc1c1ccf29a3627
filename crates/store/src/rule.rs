//! Rules, what became of them on tickets, and the tickets that wait for their time.

use std::collections::BTreeMap;

use domain::id::{EventId, MessageId, PersonId, RuleId, TicketId, UnitId};
use domain::rule::{Happening, Phrases, Since, Verdict, When};
use jiff::{SignedDuration, Timestamp};

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::{Row, Tx};
use crate::params;

/// A rule as it was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub id: RuleId,
    pub name: String,
    /// Of one unit's tickets, or of everybody's.
    pub unit: Option<UnitId>,
    pub when: When,
    pub filter: String,
    pub phrases: Phrases,
    /// What it does, in the kept form.
    pub actions: String,
    /// Rules below it do not look when it acted.
    pub stops: bool,
    pub place: i64,
    pub paused_at: Option<Timestamp>,
    pub made_by: Option<PersonId>,
    pub changed_at: Timestamp,
}

const COLUMNS: &str = "id, name, unit_id, happening, since, by_seconds, working, filter, phrases, deeds, stops, place, \
                       paused_at, made_by, changed_at";

/// Every rule, in order.
pub fn all(tx: &mut Tx) -> Result<Vec<Rule>, StoreError> {
    let sql = format!("select {COLUMNS} from rule order by place, id");
    tx.query(&sql, params![], |row| Ok(read(row)))?.into_iter().collect()
}

fn read(row: &Row) -> Result<Rule, StoreError> {
    let id: RuleId = row.get(0)?;
    let when = match (row.get::<Option<Happening>>(3)?, row.get::<Option<Since>>(4)?) {
        (Some(happening), _) => When::Happens(happening),
        (None, Some(since)) => When::Passes {
            since,
            by: SignedDuration::from_secs(row.get(5)?),
            working: row.get::<i64>(6)? == 1,
        },
        (None, None) => return Err(StoreError::row("rule", id.0, "it says not when it looks")),
    };
    Ok(Rule {
        id,
        name: row.get(1)?,
        unit: row.get(2)?,
        when,
        filter: row.get(7)?,
        phrases: Phrases::parse(row.get(8)?),
        actions: row.get(9)?,
        stops: row.get::<i64>(10)? == 1,
        place: row.get(11)?,
        paused_at: row.get(12)?,
        made_by: row.get(13)?,
        changed_at: row.get(14)?,
    })
}

pub fn insert(tx: &mut Tx, rule: &Rule) -> Result<(), StoreError> {
    tx.execute(
        "insert into rule (id, name, filter, phrases, deeds, stops, place, changed_at, made_by) \
         values ($1, '', '', '', '', 0, 0, $2, $3)",
        params![rule.id, rule.changed_at, rule.made_by],
    )?;
    update(tx, rule)
}

pub fn update(tx: &mut Tx, rule: &Rule) -> Result<(), StoreError> {
    let (happening, since, by, working) = match rule.when {
        When::Happens(happening) => (Some(happening), None, SignedDuration::ZERO, false),
        When::Passes { since, by, working } => (None, Some(since), by, working),
    };
    tx.execute(
        "update rule set name = $2, unit_id = $3, happening = $4, since = $5, by_seconds = $6, working = $7, \
         filter = $8, phrases = $9, deeds = $10, stops = $11, place = $12, paused_at = $13, \
         changed_at = $14 where id = $1",
        params![
            rule.id,
            rule.name,
            rule.unit,
            happening,
            since,
            by.as_secs(),
            i64::from(working),
            rule.filter,
            rule.phrases.joined(),
            rule.actions,
            i64::from(rule.stops),
            rule.place,
            rule.paused_at,
            rule.changed_at
        ],
    )?;
    Ok(())
}

pub fn delete(tx: &mut Tx, rule: RuleId) -> Result<(), StoreError> {
    tx.execute("delete from rule_timer where rule_id = $1", params![rule])?;
    tx.execute("delete from rule where id = $1", params![rule])?;
    Ok(())
}

/// How often a rule matched, acted and was refused, and when it acted last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub matched: i64,
    pub acted: i64,
    pub refused: i64,
    pub acted_at: Option<Timestamp>,
    /// When it was last stopped because it triggered itself.
    pub looped_at: Option<Timestamp>,
}

pub fn counts(tx: &mut Tx) -> Result<BTreeMap<RuleId, Counts>, StoreError> {
    let rows =
        tx.query("select id, matched, acted, refused, acted_at, looped_at from rule", params![], |row| {
            let counts = Counts {
                matched: row.get(1)?,
                acted: row.get(2)?,
                refused: row.get(3)?,
                acted_at: row.get(4)?,
                looped_at: row.get(5)?,
            };
            Ok((row.get(0)?, counts))
        })?;
    Ok(rows.into_iter().collect())
}

/// A rule matched, and acted or was refused.
pub fn count(tx: &mut Tx, rule: RuleId, acted: bool, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "update rule set matched = matched + 1, acted = acted + $2, refused = refused + 1 - $2, \
         acted_at = case when $2 = 1 then $3 else acted_at end where id = $1",
        params![rule, i64::from(acted), now],
    )?;
    Ok(())
}

/// A rule was stopped because it triggered itself.
pub fn looped(tx: &mut Tx, rule: RuleId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute("update rule set looped_at = $2 where id = $1", params![rule, now])?;
    Ok(())
}

/// Somebody looked at it and let it go on.
pub fn trusted_again(tx: &mut Tx, rule: RuleId) -> Result<(), StoreError> {
    tx.execute("update rule set looped_at = null where id = $1", params![rule])?;
    Ok(())
}

/// What rules saw at one moment of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub id: i64,
    pub ticket: TicketId,
    pub at: Timestamp,
    /// The event they looked at; none for rules on time.
    pub event: Option<EventId>,
    pub happening: Option<Happening>,
    pub verdicts: Vec<(RuleId, Verdict)>,
}

pub fn keep(tx: &mut Tx, run: &Run) -> Result<(), StoreError> {
    let verdicts = serde_json::to_string(&run.verdicts).map_err(StoreError::encoding)?;
    tx.execute(
        "insert into rule_run (id, ticket_id, at, event_id, happening, verdicts) values ($1, $2, $3, $4, $5, $6)",
        params![run.id, run.ticket, run.at, run.event, run.happening, verdicts],
    )?;
    Ok(())
}

/// What rules saw on a ticket, latest first.
pub fn runs(tx: &mut Tx, granted: &Granted<ReadInside>, limit: i64) -> Result<Vec<Run>, StoreError> {
    let rows = tx.query(
        "select id, ticket_id, at, event_id, happening, verdicts from rule_run where ticket_id = $1 \
         order by id desc limit $2",
        params![granted.ticket, limit],
        |row| {
            let run = Run {
                id: row.get(0)?,
                ticket: row.get(1)?,
                at: row.get(2)?,
                event: row.get(3)?,
                happening: row.get(4)?,
                verdicts: Vec::new(),
            };
            Ok((run, row.get::<String>(5)?))
        },
    )?;
    let read = |(run, verdicts): (Run, String)| {
        let verdicts =
            serde_json::from_str(&verdicts).map_err(|cause| StoreError::row("rule_run", run.id, cause))?;
        Ok(Run { verdicts, ..run })
    };
    rows.into_iter().map(read).collect()
}

/// A ticket on which a rule looks when its time comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timer {
    pub rule: RuleId,
    pub ticket: TicketId,
    /// The instant of the ticket from which it counts.
    pub anchor: Timestamp,
    /// `None` once it looked.
    pub fire_at: Option<Timestamp>,
    /// It acted on this instant, and does so no more.
    pub acted: bool,
}

pub fn timers(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Timer>, StoreError> {
    let sql = format!("{TIMERS} where ticket_id = $1");
    Ok(tx.query(&sql, params![ticket], timer)?)
}

/// Timers whose time has come, the longest first.
pub fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Timer>, StoreError> {
    let sql = format!(
        "{TIMERS} where fire_at is not null and fire_at <= $1 order by fire_at, rule_id, ticket_id limit $2"
    );
    Ok(tx.query(&sql, params![now, limit], timer)?)
}

const TIMERS: &str = "select rule_id, ticket_id, anchor_at, fire_at, acted from rule_timer";

fn timer(row: &Row) -> Result<Timer, crate::DbError> {
    Ok(Timer {
        rule: row.get(0)?,
        ticket: row.get(1)?,
        anchor: row.get(2)?,
        fire_at: row.get(3)?,
        acted: row.get::<i64>(4)? == 1,
    })
}

pub fn set_timer(tx: &mut Tx, timer: &Timer) -> Result<(), StoreError> {
    tx.execute(
        "insert into rule_timer (rule_id, ticket_id, anchor_at, fire_at, acted) values ($1, $2, $3, $4, $5) \
         on conflict (rule_id, ticket_id) do update set anchor_at = $3, fire_at = $4, acted = $5",
        params![timer.rule, timer.ticket, timer.anchor, timer.fire_at, i64::from(timer.acted)],
    )?;
    Ok(())
}

pub fn end_timer(tx: &mut Tx, rule: RuleId, ticket: TicketId) -> Result<(), StoreError> {
    tx.execute("delete from rule_timer where rule_id = $1 and ticket_id = $2", params![rule, ticket])?;
    Ok(())
}

/// A rule on time is prepared anew: nothing waits for it, and every ticket is asked again.
pub fn start_over(tx: &mut Tx, rule: RuleId) -> Result<(), StoreError> {
    tx.execute("delete from rule_timer where rule_id = $1", params![rule])?;
    tx.execute("update rule set prepared_to = 0 where id = $1", params![rule])?;
    Ok(())
}

/// A rule on time that was not prepared for every ticket, and the last one for which it was.
pub fn unprepared(tx: &mut Tx) -> Result<Option<(RuleId, TicketId)>, StoreError> {
    Ok(tx.query_opt(
        "select id, prepared_to from rule where since is not null and paused_at is null and prepared_to >= 0 \
         order by id limit 1",
        params![],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

/// `None` when it was prepared for every ticket.
pub fn prepare_to(tx: &mut Tx, rule: RuleId, ticket: Option<TicketId>) -> Result<(), StoreError> {
    let to = ticket.map_or(-1, |ticket| ticket.0);
    tx.execute("update rule set prepared_to = $2 where id = $1", params![rule, to])?;
    Ok(())
}

/// Tickets after `after` by their ids that are not closed.
pub fn tickets_after(tx: &mut Tx, after: TicketId, limit: i64) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(
        "select id from ticket where state <> 'closed' and id > $1 order by id limit $2",
        params![after, limit],
        |row| row.get(0),
    )?)
}

/// The latest tickets opened since an instant, latest first: what a dry run looks at.
pub fn latest(tx: &mut Tx, since: Timestamp, limit: i64) -> Result<Vec<TicketId>, StoreError> {
    let found =
        tx.query("select id, opened_at from ticket order by number desc limit $1", params![limit], |row| {
            Ok((row.get::<TicketId>(0)?, row.get::<Timestamp>(1)?))
        })?;
    Ok(found.into_iter().filter(|(_, opened)| *opened >= since).map(|(ticket, _)| ticket).collect())
}

/// The subject of a ticket, as it is.
pub fn subject(tx: &mut Tx, ticket: TicketId) -> Result<String, StoreError> {
    let found =
        tx.query_opt("select subject from ticket where id = $1", params![ticket], |row| row.get(0))?;
    Ok(found.unwrap_or_default())
}

/// What a message says.
pub fn said(tx: &mut Tx, message: MessageId) -> Result<String, StoreError> {
    let found = tx.query_opt("select body from message where id = $1", params![message], |row| row.get(0))?;
    Ok(found.unwrap_or_default())
}

/// Runs before an instant are forgotten, the oldest first; says how many.
pub fn prune(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64, StoreError> {
    let oldest = tx.query("select id, at from rule_run order by id limit $1", params![limit], |row| {
        Ok((row.get::<i64>(0)?, row.get::<Timestamp>(1)?))
    })?;
    let Some((last, _)) = oldest.into_iter().take_while(|(_, at)| *at < before).last() else { return Ok(0) };
    Ok(tx.execute("delete from rule_run where id <= $1", params![last])?)
}
