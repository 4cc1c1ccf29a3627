//! How units give their tickets to people, whose turn it is, and what nobody could be given.

use std::collections::BTreeMap;

use domain::assignment::{Policy, Shortage, Skills};
use domain::id::{CalendarId, PersonId, ServiceId, TicketId, UnitId};
use domain::permission::Viewer;
use jiff::{SignedDuration, Timestamp};

use crate::StoreError;
use crate::db::{Row, Tx};
use crate::params;
use crate::queue::{self, Entry};

/// How a unit gives its tickets. Units that are not in the catalogue's list do so by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Giving {
    pub policy: Policy,
    /// Only whoever speaks the requester's language is given a ticket.
    pub by_language: bool,
}

pub(crate) fn givings(tx: &mut Tx) -> Result<BTreeMap<UnitId, Giving>, StoreError> {
    let found = tx.query("select unit_id, policy, by_language from assignment", params![], |row| {
        Ok((row.get(0)?, Giving { policy: row.get(1)?, by_language: row.get::<i64>(2)? == 1 }))
    })?;
    Ok(found.into_iter().collect())
}

pub(crate) fn needs(tx: &mut Tx) -> Result<BTreeMap<ServiceId, Skills>, StoreError> {
    let found = tx.query("select service_id, skills from service_need", params![], |row| {
        Ok((row.get(0)?, Skills::parse(row.get(1)?)))
    })?;
    Ok(found.into_iter().collect())
}

pub fn set_giving(tx: &mut Tx, unit: UnitId, giving: Giving) -> Result<(), StoreError> {
    if giving.policy == Policy::ByHand {
        tx.execute("delete from assignment where unit_id = $1", params![unit])?;
        tx.execute("delete from unassigned where unit_id = $1", params![unit])?;
        return Ok(());
    }
    tx.execute(
        "insert into assignment (unit_id, policy, by_language) values ($1, $2, $3) \
         on conflict (unit_id) do update set policy = $2, by_language = $3",
        params![unit, giving.policy, i64::from(giving.by_language)],
    )?;
    Ok(())
}

pub fn set_need(tx: &mut Tx, service: ServiceId, skills: &Skills) -> Result<(), StoreError> {
    if skills.is_empty() {
        tx.execute("delete from service_need where service_id = $1", params![service])?;
        return Ok(());
    }
    tx.execute(
        "insert into service_need (service_id, skills) values ($1, $2) \
         on conflict (service_id) do update set skills = $2",
        params![service, skills.joined()],
    )?;
    Ok(())
}

/// On which terms somebody is given tickets of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    pub capacity: Option<u32>,
    pub skills: Skills,
    pub shift: Option<CalendarId>,
}

/// Somebody who serves in a unit, as tickets are given to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub person: PersonId,
    pub name: String,
    pub language: String,
    /// Open tickets of the unit that they have.
    pub load: u32,
    pub terms: Terms,
    pub away_since: Option<Timestamp>,
    /// When their absence ends, while they are absent.
    pub absent_until: Option<Timestamp>,
    pub substitute: Option<PersonId>,
}

/// Everybody who serves in a unit today, by name.
pub fn members(tx: &mut Tx, unit: UnitId, now: Timestamp) -> Result<Vec<Member>, StoreError> {
    let absent = "from absence a where a.person_id = p.id and a.until_at > $2 and a.from_at <= $2 \
                  order by a.until_at desc, a.id desc limit 1";
    let sql = format!(
        "select p.id, p.name, p.language, coalesce(t.n, 0), m.capacity, m.skills, m.calendar_id, s.away_since_at, \
         (select a.until_at {absent}), (select a.substitute_id {absent}) \
         from membership m join person p on p.id = m.person_id left join presence s on s.person_id = p.id \
         left join tally t on t.name = 'taken' and t.one = m.unit_id and t.two = p.id and t.week = 0 \
         where m.unit_id = $1 and p.disabled_at is null order by p.name, p.id"
    );
    Ok(tx.query(&sql, params![unit, now], member)?)
}

fn member(row: &Row) -> Result<Member, crate::DbError> {
    let number = |n: i64| u32::try_from(n).unwrap_or(if n < 0 { 0 } else { u32::MAX });
    Ok(Member {
        person: row.get(0)?,
        name: row.get(1)?,
        language: row.get(2)?,
        load: number(row.get(3)?),
        terms: Terms {
            capacity: row.get::<Option<i64>>(4)?.map(number),
            skills: Skills::parse(row.get(5)?),
            shift: row.get(6)?,
        },
        away_since: row.get(7)?,
        absent_until: row.get(8)?,
        substitute: row.get(9)?,
    })
}

/// Whether there was such a membership.
pub fn set_terms(tx: &mut Tx, unit: UnitId, person: PersonId, terms: &Terms) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "update membership set capacity = $3, skills = $4, calendar_id = $5 where unit_id = $1 and person_id = $2",
        params![unit, person, terms.capacity.map(i64::from), terms.skills.joined(), terms.shift],
    )?;
    Ok(changed == 1)
}

/// Who was given the last ticket of a unit.
pub fn turn(tx: &mut Tx, unit: UnitId) -> Result<Option<PersonId>, StoreError> {
    Ok(tx.query_opt("select person_id from assignment_turn where unit_id = $1", params![unit], |row| {
        row.get(0)
    })?)
}

pub fn set_turn(tx: &mut Tx, unit: UnitId, person: PersonId) -> Result<(), StoreError> {
    tx.execute(
        "insert into assignment_turn (unit_id, person_id) values ($1, $2) \
         on conflict (unit_id) do update set person_id = $2",
        params![unit, person],
    )?;
    Ok(())
}

/// Everybody on the requester's side of a ticket, and of those that wait for it.
pub fn never(tx: &mut Tx, ticket: TicketId) -> Result<Vec<PersonId>, StoreError> {
    Ok(tx.query("select person_id from ticket_person where ticket_id = $1", params![ticket], |row| {
        row.get(0)
    })?)
}

/// Nobody could be given this ticket: it is tried again soon, and later and later.
pub fn keep(
    tx: &mut Tx,
    ticket: TicketId,
    unit: UnitId,
    now: Timestamp,
    shortage: &Shortage,
) -> Result<(), StoreError> {
    let since = tx.query_opt(
        "select since_at from unassigned where ticket_id = $1 and unit_id = $2",
        params![ticket, unit],
        |row| row.get::<Timestamp>(0),
    )?;
    let since = since.unwrap_or(now);
    let pause =
        (now.duration_since(since) / 4).clamp(SignedDuration::from_mins(1), SignedDuration::from_mins(15));
    let shortage = serde_json::to_string(shortage).map_err(StoreError::encoding)?;
    tx.execute(
        "insert into unassigned (ticket_id, unit_id, since_at, try_at, shortage) values ($1, $2, $3, $4, $5) \
         on conflict (ticket_id) do update set unit_id = $2, since_at = $3, try_at = $4, shortage = $5",
        params![ticket, unit, since, now + pause, shortage],
    )?;
    Ok(())
}

/// It was given to somebody, or is nobody's matter any more.
pub fn forget(tx: &mut Tx, ticket: TicketId) -> Result<(), StoreError> {
    tx.execute("delete from unassigned where ticket_id = $1", params![ticket])?;
    Ok(())
}

/// Tickets of the list whose time has come, oldest first.
pub fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(
        "select ticket_id from unassigned where try_at <= $1 order by try_at, ticket_id limit $2",
        params![now, limit],
        |row| row.get(0),
    )?)
}

/// Something changed for the better in a unit: those who wait longest are tried at once.
pub fn hurry(tx: &mut Tx, unit: UnitId, now: Timestamp, most: i64) -> Result<(), StoreError> {
    tx.execute(
        "update unassigned set try_at = $2 where try_at > $2 and ticket_id in \
         (select ticket_id from unassigned where unit_id = $1 order by since_at, ticket_id limit $3)",
        params![unit, now, most],
    )?;
    Ok(())
}

/// A ticket that could be given to nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unassigned {
    pub number: i64,
    pub subject: String,
    pub since: Timestamp,
    pub shortage: Shortage,
}

/// What could be given to nobody in a unit, as far as the viewer lists its tickets; longest first.
pub fn unassigned(
    tx: &mut Tx,
    viewer: &Viewer,
    unit: UnitId,
    limit: i64,
) -> Result<Vec<Unassigned>, StoreError> {
    let Some(secret) = queue::secrecy(viewer, unit) else { return Ok(Vec::new()) };
    let rows = tx.query(
        "select t.id, t.number, t.subject, u.since_at, u.shortage from unassigned u \
         join ticket t on t.id = u.ticket_id and t.unit_id = u.unit_id \
         where u.unit_id = $1 and t.state = 'open' and t.person_id is null and t.confidential <= $3 \
         and not exists (select 1 from ticket_person x where x.person_id = $2 and x.ticket_id = t.id) \
         order by u.since_at, u.ticket_id limit $4",
        params![unit, viewer.person, secret.most(), limit.min(queue::MOST)],
        |row| {
            let ticket: TicketId = row.get(0)?;
            Ok((ticket, row.get(1)?, row.get(2)?, row.get(3)?, row.get::<String>(4)?))
        },
    )?;
    let read = |(ticket, number, subject, since, shortage): (TicketId, i64, String, Timestamp, String)| {
        let shortage = serde_json::from_str(&shortage)
            .map_err(|cause| StoreError::row("unassigned", ticket.0, cause))?;
        Ok(Unassigned { number, subject, since, shortage })
    };
    rows.into_iter().map(read).collect()
}

/// Open tickets that those for whom the viewer stands in have taken, in units where the viewer serves.
pub fn stood_in_for(
    tx: &mut Tx,
    viewer: &Viewer,
    person: PersonId,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    let listed = queue::list(
        tx,
        "t.state = 'open' and t.person_id = $4 and t.person_id is not null and (t.due_at, t.id) > ($1, $2)",
        "t.due_at, t.id",
        params![Timestamp::MIN, 0_i64, limit.min(queue::MOST), person, viewer.person],
    )?;
    Ok(listed.into_iter().filter(|entry| viewer.serves_in(entry.unit)).collect())
}
