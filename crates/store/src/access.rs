//! Who may see what: a viewer is read once, and a check gives the thing that the next step needs.

use std::marker::PhantomData;

use domain::affiliation::Class;
use domain::id::{OrganisationId, PersonId, TicketId, UnitId};
use domain::permission::{About, Relation, Viewer, relation};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// Everything a person holds today. `None` for people who are unknown, disabled, or turned out to be somebody else.
pub fn viewer(tx: &mut Tx, person: PersonId) -> Result<Option<Viewer>, StoreError> {
    let found = tx.query_opt(
        "select p.class, case when o.shares_tickets = 1 then o.id end from person p \
         left join organisation o on o.id = p.organisation_id where p.id = $1 and p.disabled_at is null and p.merged_into_id is null",
        params![person],
        |row| Ok((row.get::<Class>(0)?, row.get::<Option<OrganisationId>>(1)?)),
    )?;
    let Some((class, organisation)) = found else { return Ok(None) };
    let units = memberships(tx, person)?;
    let offices =
        tx.query("select office, unit_id from office where person_id = $1", params![person], |row| {
            Ok((row.get::<String>(0)?, row.get::<Option<UnitId>>(1)?))
        })?;
    let holds =
        |office: &'static str| offices.iter().filter(move |(held, _)| held == office).map(|(_, unit)| *unit);
    let mut tops: Vec<UnitId> = holds("overseer").flatten().collect();
    tops.extend(units.iter().filter(|(_, lead)| *lead).map(|(unit, _)| *unit));
    Ok(Some(Viewer {
        person,
        class,
        organisation,
        oversees: below(tx, &tops)?,
        oversees_all: holds("overseer").any(|unit| unit.is_none()),
        administrator: holds("administrator").next().is_some(),
        units: units.into_iter().map(|(unit, _)| unit).collect(),
    }))
}

/// What a viewer is to a ticket that exists for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub ticket: TicketId,
    pub number: i64,
    pub relation: Relation,
    pub viewer: PersonId,
}

/// The ticket of that number, or `None` when it does not exist *for this viewer*.
pub fn by_number(
    tx: &mut Tx,
    viewer: &Viewer,
    number: i64,
    now: Timestamp,
) -> Result<Option<Seen>, StoreError> {
    seen(tx, viewer, "t.number = $1", number, now)
}

/// The ticket of that id, or `None` when it does not exist *for this viewer*.
pub fn by_id(
    tx: &mut Tx,
    viewer: &Viewer,
    ticket: TicketId,
    now: Timestamp,
) -> Result<Option<Seen>, StoreError> {
    seen(tx, viewer, "t.id = $1", ticket.0, now)
}

fn seen(
    tx: &mut Tx,
    viewer: &Viewer,
    which: &str,
    key: i64,
    now: Timestamp,
) -> Result<Option<Seen>, StoreError> {
    let sql = format!(
        "select t.id, t.number, coalesce(b.unit_id, t.asking_unit_id), t.unit_id, t.confidential, \
         case when o.shares_tickets = 1 then o.id end, \
         exists (select 1 from broken_glass b where b.ticket_id = t.id and b.person_id = $2 and b.until_at > $3) \
         from ticket t left join organisation o on o.id = t.organisation_id \
         left join ticket b on b.id = t.parent_id where {which}"
    );
    let found = tx.query_opt(&sql, params![key, viewer.person, now], |row| {
        let about = About {
            requesting: Vec::new(),
            upstream: Vec::new(),
            sharing: row.get(5)?,
            asking: row.get(2)?,
            owner: row.get(3)?,
            chain: Vec::new(),
            confidential: row.get::<i64>(4)? == 1,
            glass_broken: row.get(6)?,
        };
        Ok((row.get::<TicketId>(0)?, row.get::<i64>(1)?, about))
    })?;
    // What does not exist takes the same statements as what is hidden, so that neither can be told by its work.
    let exists = found.is_some();
    let (ticket, number, mut about) = found.unwrap_or_else(|| (TicketId(0), 0, nothing()));
    // Only the viewer's own rows matter to the decision, so only those are read.
    let sides = tx.query(
        "select side from ticket_person where person_id = $1 and ticket_id = $2",
        params![viewer.person, ticket],
        |row| row.get::<String>(0),
    )?;
    for side in sides {
        let list = if side == "upstream" { &mut about.upstream } else { &mut about.requesting };
        list.push(viewer.person);
    }
    about.chain =
        tx.query("select unit_id from ticket_unit where ticket_id = $1", params![ticket], |row| row.get(0))?;
    let relation = relation(viewer, &about);
    Ok((exists && relation != Relation::Nothing).then_some(Seen {
        ticket,
        number,
        relation,
        viewer: viewer.person,
    }))
}

const fn nothing() -> About {
    About {
        requesting: Vec::new(),
        upstream: Vec::new(),
        sharing: None,
        asking: None,
        owner: UnitId(0),
        chain: Vec::new(),
        confidential: true,
        glass_broken: false,
    }
}

/// Proof that a viewer may do `Act` with a ticket; nothing else makes one.
#[derive(Clone, Copy, Debug)]
pub struct Granted<Act> {
    pub ticket: TicketId,
    pub number: i64,
    pub viewer: PersonId,
    act: PhantomData<Act>,
}

/// Work on it: the owning unit.
#[derive(Clone, Copy, Debug)]
pub struct Serve;

/// Read as the serving side does: notes, clocks, ledger.
#[derive(Clone, Copy, Debug)]
pub struct ReadInside;

/// Add a note: the owning unit and the units in the chain.
#[derive(Clone, Copy, Debug)]
pub struct Annotate;

/// Speak and decide as the requester's side.
#[derive(Clone, Copy, Debug)]
pub struct Request;

/// Accept, return or withdraw a hand-off: the unit that asked.
#[derive(Clone, Copy, Debug)]
pub struct Ask;

/// Read the public side.
#[derive(Clone, Copy, Debug)]
pub struct Read;

impl Seen {
    #[must_use]
    pub const fn read(self) -> Granted<Read> {
        self.grant()
    }

    #[must_use]
    pub fn serve(self) -> Option<Granted<Serve>> {
        matches!(self.relation, Relation::Serving).then(|| self.grant())
    }

    #[must_use]
    pub fn read_inside(self) -> Option<Granted<ReadInside>> {
        self.relation.reads_inside().then(|| self.grant())
    }

    #[must_use]
    pub fn annotate(self) -> Option<Granted<Annotate>> {
        matches!(self.relation, Relation::Serving | Relation::Chain).then(|| self.grant())
    }

    #[must_use]
    pub fn request(self) -> Option<Granted<Request>> {
        matches!(self.relation, Relation::Requesting | Relation::Asking).then(|| self.grant())
    }

    #[must_use]
    pub fn ask(self) -> Option<Granted<Ask>> {
        matches!(self.relation, Relation::Asking).then(|| self.grant())
    }

    const fn grant<Act>(self) -> Granted<Act> {
        Granted { ticket: self.ticket, number: self.number, viewer: self.viewer, act: PhantomData }
    }
}

fn memberships(tx: &mut Tx, person: PersonId) -> Result<Vec<(UnitId, bool)>, StoreError> {
    Ok(tx.query(
        "select m.unit_id, m.role from membership m join unit u on u.id = m.unit_id \
         where m.person_id = $1 and u.ended_at is null",
        params![person],
        |row| Ok((row.get(0)?, row.get::<&str>(1)? == "lead")),
    )?)
}

fn below(tx: &mut Tx, tops: &[UnitId]) -> Result<Vec<UnitId>, StoreError> {
    let mut all = Vec::new();
    for top in tops {
        all.extend(tx.query(
            "with recursive tree (id) as (select cast($1 as bigint) union select u.id from tree cross join unit u where u.parent_id = tree.id) \
             select id from tree",
            params![*top],
            |row| row.get::<UnitId>(0),
        )?);
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// Class and organisation of an active person, as a ticket of theirs would carry them.
pub fn standing(
    tx: &mut Tx,
    person: PersonId,
) -> Result<Option<(Class, Option<OrganisationId>)>, StoreError> {
    Ok(tx.query_opt(
        "select class, organisation_id from person where id = $1 and disabled_at is null",
        params![person],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

pub fn is_organisation(tx: &mut Tx, organisation: OrganisationId) -> Result<bool, StoreError> {
    Ok(tx.exists("select 1 from organisation where id = $1", params![organisation])?)
}
