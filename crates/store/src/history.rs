//! What somebody, or an organisation, asked before: as far as it exists for the viewer.

use domain::clock::Outcome;
use domain::id::{OrganisationId, PersonId, TicketId, UnitId};
use domain::permission::{About, Relation, Viewer, relation};
use domain::ticket::State;
use jiff::Timestamp;

use crate::StoreError;
use crate::aside::chains;
use crate::db::{DbError, Row, Tx};
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

/// The latest tickets of a requester other than `except`, of the last sixteen they asked.
pub fn latest(
    tx: &mut Tx,
    viewer: &Viewer,
    requester: PersonId,
    except: TicketId,
    limit: usize,
) -> Result<Vec<Entry>, StoreError> {
    let looked = look(tx, viewer, Whose::Person(requester), TicketId(i64::MAX), 17)?;
    let seen = looked
        .into_iter()
        .filter(|(about, entry)| entry.id != except && relation(viewer, about) != Relation::Nothing)
        .map(|(_, entry)| entry);
    Ok(seen.take(limit).collect())
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
        "select t.id, t.number, t.subject, t.state, t.unit_id, r.name, t.opened_at, \
         case when t.merged_into_id is null then t.solved_at end, t.rating, \
         t.confidential, case when o.shares_tickets = 1 then o.id end, x.side from {from} \
         join person r on r.id = t.requester_id left join organisation o on o.id = t.organisation_id \
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
