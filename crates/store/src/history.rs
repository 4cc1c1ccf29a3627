//! What somebody, or an organisation, asked before: as far as it exists for the viewer.

use std::collections::{BTreeMap, BTreeSet};

use domain::clock::Outcome;
use domain::id::{OrganisationId, PersonId, TicketId, UnitId};
use domain::permission::{About, Relation, Viewer, relation};
use domain::ticket::State;
use jiff::Timestamp;

use crate::StoreError;
use crate::aside::{chains, places};
use crate::db::{DbError, Row, ToParam, Tx};
use crate::params;

/// Whose tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those on whose requester's side a person is, with those of whoever turned out to be them.
    Person(PersonId),
    Organisation(OrganisationId),
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: TicketId,
    pub number: i64,
    pub subject: String,
    pub state: State,
    pub unit: UnitId,
    pub requester: String,
    pub opened_at: Timestamp,
    pub solved_at: Option<Timestamp>,
    pub rating: Option<i64>,
    /// Whether the viewer reads it as the serving side does.
    pub inside: bool,
    /// What came of the promise to solve it; `None` without one, or while it runs.
    pub kept: Option<bool>,
}

/// A stretch of a history, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    pub entries: Vec<Entry>,
    /// Where the next one goes on.
    pub before: Option<TicketId>,
}

/// Rows that are looked at in one step, and the most steps of one stretch.
const LOOK: i64 = 100;
const STEPS: usize = 10;

/// The tickets before one, at most `limit` of them. Each is judged by the one rule; one whose glass would have to
/// be broken is left out. After a thousand rows that are not the viewer's it stops and says where it goes on.
pub fn before(
    tx: &mut Tx,
    viewer: &Viewer,
    whose: Whose,
    before: TicketId,
    limit: usize,
) -> Result<Stretch, StoreError> {
    let mut stretch = Stretch { entries: Vec::new(), before: Some(before) };
    for _ in 0..STEPS {
        let Some(from) = stretch.before else { break };
        let looked = look(tx, viewer, whose, from, LOOK)?;
        stretch.before = None;
        let many = looked.len();
        for (about, entry) in looked {
            let relation = relation(viewer, &about);
            if relation == Relation::Nothing {
                stretch.before = Some(entry.id);
                continue;
            }
            if stretch.entries.len() == limit {
                promises(tx, &mut stretch.entries)?;
                stretch.before = stretch.entries.last().map(|last| last.id);
                return Ok(stretch);
            }
            stretch.before = Some(entry.id);
            stretch.entries.push(Entry { inside: relation.reads_inside(), ..entry });
        }
        if i64::try_from(many).unwrap_or(i64::MAX) < LOOK {
            stretch.before = None;
            break;
        }
    }
    promises(tx, &mut stretch.entries)?;
    Ok(stretch)
}

/// Tickets of a requester that are looked at for the latest ones, and so many more where others hide among them.
const FIRST: i64 = 6;
const FURTHER: i64 = 11;

/// The latest tickets of a requester other than `except`, of the last sixteen they asked.
pub fn latest(
    tx: &mut Tx,
    viewer: &Viewer,
    requester: PersonId,
    except: TicketId,
    limit: usize,
) -> Result<Vec<Entry>, StoreError> {
    let mut latest = Vec::new();
    let mut from = TicketId(i64::MAX);
    for most in [FIRST, FURTHER] {
        let looked = look(tx, viewer, Whose::Person(requester), from, most)?;
        let are_all = i64::try_from(looked.len()).unwrap_or(i64::MAX) < most;
        from = looked.last().map_or(from, |(_, last)| last.id);
        let seen = looked
            .into_iter()
            .filter(|(about, entry)| entry.id != except && relation(viewer, about) != Relation::Nothing)
            .map(|(_, entry)| entry);
        latest.extend(seen.take(limit - latest.len()));
        if latest.len() == limit || are_all {
            break;
        }
    }
    Ok(latest)
}

/// Whether any of the latest tickets is the viewer's to read inside: then they may know how to reach whose it is.
pub fn is_served_by(tx: &mut Tx, viewer: &Viewer, whose: Whose) -> Result<bool, StoreError> {
    let mut from = TicketId(i64::MAX);
    for _ in 0..STEPS {
        let looked = look(tx, viewer, whose, from, LOOK)?;
        if looked.iter().any(|(about, _)| relation(viewer, about).reads_inside()) {
            return Ok(true);
        }
        match looked.last() {
            Some((_, last)) if i64::try_from(looked.len()).unwrap_or(i64::MAX) >= LOOK => from = last.id,
            _ => break,
        }
    }
    Ok(false)
}

/// Tickets of each of many people that are looked at together.
const EACH: usize = 10;
const AT_ONCE: usize = 64;

/// Those of many people whom the viewer serves, as [`is_served_by`] says of each. Their latest tickets are looked at
/// together; only who asked more often, and is not served by those, is asked about alone.
pub fn served(tx: &mut Tx, viewer: &Viewer, people: &[PersonId]) -> Result<BTreeSet<PersonId>, StoreError> {
    let mut served = BTreeSet::new();
    let mut asked: BTreeMap<PersonId, usize> = BTreeMap::new();
    for part in people.chunks(AT_ONCE) {
        for (person, is_handoff, about) in latest_of_each(tx, viewer, part)? {
            *asked.entry(person).or_default() += 1;
            if !is_handoff && relation(viewer, &about).reads_inside() {
                served.insert(person);
            }
        }
    }
    asked.retain(|person, count| *count >= EACH && !served.contains(person));
    for person in asked.into_keys() {
        if is_served_by(tx, viewer, Whose::Person(person))? {
            served.insert(person);
        }
    }
    Ok(served)
}

/// Whose, whether it is a hand-off, and what the rule needs to know of it.
fn latest_of_each(
    tx: &mut Tx,
    viewer: &Viewer,
    people: &[PersonId],
) -> Result<Vec<(PersonId, bool, About)>, StoreError> {
    let Some(last) = people.last() else { return Ok(Vec::new()) };
    let of_them = places(AT_ONCE);
    let (me, beside) = (AT_ONCE + 1, EACH - 1);
    let sql = format!(
        "select {COLUMNS}, p.id, t.asking_unit_id from person p cross join ticket_person y cross join ticket t \
         {JOINED} left join ticket_person x on x.person_id = ${me} and x.ticket_id = t.id \
         where p.id in ({of_them}) and y.person_id = p.id and y.side = 'requesting' and y.ticket_id >= \
         coalesce((select z.ticket_id from ticket_person z where z.person_id = p.id and z.side = 'requesting' \
         order by z.ticket_id desc limit 1 offset {beside}), 0) and t.id = y.ticket_id"
    );
    let padded = people.iter().chain(std::iter::repeat(last)).take(AT_ONCE);
    let params: Vec<&dyn ToParam> =
        padded.map(|id| id as &dyn ToParam).chain(std::iter::once(&viewer.person as &dyn ToParam)).collect();
    let looked = tx.query(&sql, &params, |row| {
        let asking: Option<UnitId> = row.get(13)?;
        Ok((row.get(12)?, asking.is_some(), candidate(viewer, row)?))
    })?;
    let chains = chains(tx, looked.iter().map(|(_, _, (_, entry))| entry.id).collect())?;
    Ok(looked
        .into_iter()
        .map(|(person, is_handoff, (about, entry))| {
            let chain = chains.get(&entry.id).cloned().unwrap_or_default();
            (person, is_handoff, About { chain, ..about })
        })
        .collect())
}

/// What a [`candidate`] is read from.
const COLUMNS: &str = "t.id, t.number, t.subject, t.state, t.unit_id, r.name, t.opened_at, \
    case when t.merged_into_id is null then t.solved_at end, t.rating, t.confidential, case when o.shares_tickets = 1 then o.id end, x.side";
const JOINED: &str =
    "join person r on r.id = t.requester_id left join organisation o on o.id = t.organisation_id";

fn look(
    tx: &mut Tx,
    viewer: &Viewer,
    whose: Whose,
    before: TicketId,
    limit: i64,
) -> Result<Vec<(About, Entry)>, StoreError> {
    let (from, which, order, key) = match whose {
        Whose::Person(person) => (
            "ticket_person y cross join ticket t",
            "t.id = y.ticket_id and y.person_id = $1 and y.side = 'requesting' and y.ticket_id < $3",
            "y.ticket_id",
            person.0,
        ),
        Whose::Organisation(organisation) => {
            ("ticket t", "t.organisation_id = $1 and t.id < $3", "t.id", organisation.0)
        }
    };
    let sql = format!(
        "select {COLUMNS} from {from} {JOINED} \
         left join ticket_person x on x.person_id = $2 and x.ticket_id = t.id \
         where {which} and t.asking_unit_id is null order by {order} desc limit $4"
    );
    let mut looked =
        tx.query(&sql, params![key, viewer.person, before, limit], |row| candidate(viewer, row))?;
    let mut chains = chains(tx, looked.iter().map(|(_, entry)| entry.id).collect())?;
    for (about, entry) in &mut looked {
        about.chain = chains.remove(&entry.id).unwrap_or_default();
    }
    Ok(looked)
}

fn candidate(viewer: &Viewer, row: &Row) -> Result<(About, Entry), DbError> {
    let side: Option<String> = row.get(11)?;
    let on = |name: &str| if side.as_deref() == Some(name) { vec![viewer.person] } else { Vec::new() };
    let entry = Entry {
        id: row.get(0)?,
        number: row.get(1)?,
        subject: row.get(2)?,
        state: row.get(3)?,
        unit: row.get(4)?,
        requester: row.get(5)?,
        opened_at: row.get(6)?,
        solved_at: row.get(7)?,
        rating: row.get(8)?,
        inside: false,
        kept: None,
    };
    let about = About {
        requesting: on("requesting"),
        upstream: on("upstream"),
        sharing: row.get(10)?,
        asking: None,
        owner: entry.unit,
        chain: Vec::new(),
        confidential: row.get::<i64>(9)? == 1,
        glass_broken: false,
    };
    Ok((about, entry))
}

/// Clocks are for those who read inside.
fn promises(tx: &mut Tx, entries: &mut [Entry]) -> Result<(), StoreError> {
    for entry in entries.iter_mut().filter(|entry| entry.inside) {
        let outcomes: Vec<Outcome> = tx.query(
            "select outcome from clock where ticket_id = $1 and metric = 'resolution' and kind = 'sla' \
             and outcome in ('met', 'missed')",
            params![entry.id],
            |row| row.get(0),
        )?;
        entry.kept = (!outcomes.is_empty()).then(|| !outcomes.contains(&Outcome::Missed));
    }
    Ok(())
}
