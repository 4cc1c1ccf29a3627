//! One ticket with its names, one type per audience: what a type lacks, its audience cannot be shown.

use std::sync::LazyLock;

use domain::affiliation::Class;
use domain::clock::Outcome;
use domain::event::Side;
use domain::id::{EventId, OrganisationId, PersonId, ServiceId, TicketId, UnitId};
use domain::ticket::{Kind, State};
use jiff::Timestamp;

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::{DbError, Row, Tx};
use crate::news;
use crate::params;
use crate::ticket::{Because, Due};

/// A ticket as the serving side and overseers read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inside {
    pub id: TicketId,
    pub number: i64,
    pub subject: String,
    pub kind: Kind,
    pub service: ServiceId,
    pub priority: i64,
    pub class: Class,
    pub requester: Named,
    pub beneficiary: Option<Named>,
    pub payer: Option<Named>,
    pub organisation: Option<(OrganisationId, String)>,
    pub asking: Option<UnitId>,
    pub unit: UnitId,
    pub person: Option<(PersonId, String)>,
    pub state: State,
    pub waiting: Option<String>,
    pub waiting_supplier: Option<String>,
    pub waiting_until_at: Option<Timestamp>,
    pub handoffs_open: i64,
    pub opened_at: Timestamp,
    pub changed_at: Timestamp,
    pub solved_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub rating: Option<i64>,
    pub reopened: i64,
    pub escalated: bool,
    pub confidential: bool,
    pub unanswered_since: Option<Timestamp>,
    pub last_side: Option<Side>,
    pub due: Due,
    pub due_number: Option<i64>,
    pub parent: Option<TicketId>,
    /// Number and subject of the ticket it blocks, while it does, and unless that one is confidential.
    pub blocks: Option<(i64, String)>,
    pub events: i64,
    /// The last news, when the viewer did not read it.
    pub unread_up_to: Option<EventId>,
    pub tags: Vec<String>,
}

/// A person with what an agent needs to serve them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub id: PersonId,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub language: String,
    pub time_zone: String,
}

/// A ticket as its requester's side reads it: what was asked and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    pub id: TicketId,
    pub number: i64,
    pub subject: String,
    pub kind: Kind,
    pub service: ServiceId,
    pub unit: UnitId,
    pub class: Class,
    pub state: State,
    pub waits_for_requester: bool,
    pub agreed_until_at: Option<Timestamp>,
    pub opened_at: Timestamp,
    pub solved_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub escalated: bool,
    /// It is a hand-off: the viewer's unit asked for it.
    pub asking: Option<UnitId>,
    pub rating: Option<i64>,
    pub events: i64,
    /// Another ticket goes on with it.
    pub merged: bool,
    /// What its status is called for them, when that has such words.
    pub status: Option<String>,
}

/// The serving side's view.
pub fn inside(tx: &mut Tx, granted: &Granted<ReadInside>) -> Result<Inside, StoreError> {
    let (mut inside, beneficiary, payer) =
        tx.query_one(&INSIDE, params![granted.ticket, granted.viewer], inside_row)?;
    inside.requester = named(tx, inside.requester.id)?;
    if beneficiary != inside.requester.id {
        inside.beneficiary = Some(named(tx, beneficiary)?);
    }
    inside.payer = payer.map(|payer| named(tx, payer)).transpose()?;
    Ok(inside)
}

static INSIDE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select t.id, t.number, t.subject, t.kind, t.service_id, t.priority, t.class, t.requester_id, t.beneficiary_id, \
         t.payer_id, t.organisation_id, o.name, t.asking_unit_id, t.unit_id, t.person_id, h.name, t.state, t.waiting, \
         s.name, t.waiting_until_at, t.handoffs_open, t.opened_at, t.changed_at, t.solved_at, t.closed_at, t.rating, \
         t.reopened, t.escalated, t.confidential, t.unanswered_since_at, t.last_side, t.own_due_at, t.due_at, \
         t.due_because, t.due_ticket_id, case when d.confidential = 0 then d.number end, t.parent_id, \
         case when b.confidential = 0 and b.state = 'open' then b.number end, b.subject, t.events, t.due_target_id, t.due_promised_at, \
         case when {} then {} end, {} \
         from ticket t left join organisation o on o.id = t.organisation_id left join person h on h.id = t.person_id \
         left join organisation s on s.id = t.waiting_supplier_id left join ticket d on d.id = t.due_ticket_id \
         left join ticket b on b.id = t.parent_id where t.id = $1",
        news::unread("$2"),
        news::newest("$2"),
        crate::tag::column!()
    )
});

/// The row, with the people of whom only the id is known yet: beneficiary and payer.
fn inside_row(row: &Row) -> Result<(Inside, PersonId, Option<PersonId>), DbError> {
    let organisation: Option<OrganisationId> = row.get(10)?;
    let holder: Option<PersonId> = row.get(14)?;
    let blocks: Option<i64> = row.get(37)?;
    Ok((
        Inside {
            id: row.get(0)?,
            number: row.get(1)?,
            subject: row.get(2)?,
            kind: row.get(3)?,
            service: row.get(4)?,
            priority: row.get(5)?,
            class: row.get(6)?,
            requester: Named::unread(row.get(7)?),
            beneficiary: None,
            payer: None,
            organisation: organisation.zip(row.get(11)?),
            asking: row.get(12)?,
            unit: row.get(13)?,
            person: holder.zip(row.get(15)?),
            state: row.get(16)?,
            waiting: row.get(17)?,
            waiting_supplier: row.get(18)?,
            waiting_until_at: row.get(19)?,
            handoffs_open: row.get(20)?,
            opened_at: row.get(21)?,
            changed_at: row.get(22)?,
            solved_at: row.get(23)?,
            closed_at: row.get(24)?,
            rating: row.get(25)?,
            reopened: row.get(26)?,
            escalated: row.get::<i64>(27)? == 1,
            confidential: row.get::<i64>(28)? == 1,
            unanswered_since: row.get(29)?,
            last_side: row.get(30)?,
            due: Due {
                own: row.get(31)?,
                at: row.get(32)?,
                because: row.get::<Because>(33)?,
                ticket: row.get(34)?,
                target: row.get(40)?,
                promised_at: row.get(41)?,
            },
            due_number: row.get(35)?,
            parent: row.get(36)?,
            blocks: blocks.zip(row.get(38)?),
            events: row.get(39)?,
            unread_up_to: row.get(42)?,
            tags: crate::tag::listed(row.get(43)?),
        },
        row.get::<PersonId>(8)?,
        row.get::<Option<PersonId>>(9)?,
    ))
}

/// The requester's view, for anybody who may read the public side.
pub fn outside<Act>(tx: &mut Tx, granted: &Granted<Act>) -> Result<Outside, StoreError> {
    Ok(tx.query_one(
        concat!(
            "select t.id, t.number, t.subject, t.kind, t.service_id, t.unit_id, t.class, t.state, t.waiting, \
             t.waiting_until_at, t.opened_at, t.solved_at, t.closed_at, t.escalated, t.asking_unit_id, t.rating, \
             t.events, t.merged_into_id is not null, ",
            crate::status::outside!(),
            " from ticket t where t.id = $1"
        ),
        params![granted.ticket],
        |row| {
            Ok(Outside {
                id: row.get(0)?,
                number: row.get(1)?,
                subject: row.get(2)?,
                kind: row.get(3)?,
                service: row.get(4)?,
                unit: row.get(5)?,
                class: row.get(6)?,
                state: row.get(7)?,
                waits_for_requester: row.get::<Option<&str>>(8)? == Some("requester"),
                agreed_until_at: row.get(9)?,
                opened_at: row.get(10)?,
                solved_at: row.get(11)?,
                closed_at: row.get(12)?,
                escalated: row.get::<i64>(13)? == 1,
                asking: row.get(14)?,
                rating: row.get(15)?,
                events: row.get(16)?,
                merged: row.get(17)?,
                status: row.get(18)?,
            })
        },
    )?)
}

/// What was promised to a ticket's requester: until when it is solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// `None` while it pauses.
    pub due_at: Option<Timestamp>,
    pub stopped_at: Option<Timestamp>,
    pub outcome: Outcome,
}

/// The requester's promise of resolution that ends first; the clocks of inside stay inside.
pub fn promise<Act>(tx: &mut Tx, granted: &Granted<Act>) -> Result<Option<Promise>, StoreError> {
    Ok(tx.query_opt(
        "select due_at, stopped_at, outcome from clock where ticket_id = $1 and kind = 'sla' \
         and metric = 'resolution' and outcome <> 'void' order by due_at is null, due_at, target_id limit 1",
        params![granted.ticket],
        |row| Ok(Promise { due_at: row.get(0)?, stopped_at: row.get(1)?, outcome: row.get(2)? }),
    )?)
}

/// A hand-off as the ticket it blocks lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocking {
    pub id: TicketId,
    pub number: i64,
    /// `None` when it is about a confidential service.
    pub subject: Option<String>,
    pub unit: UnitId,
    pub person: Option<String>,
    pub state: State,
    pub opened_at: Timestamp,
    pub solved_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub closing: Option<String>,
    pub rating: Option<i64>,
    pub reopened: i64,
    pub due_at: Timestamp,
    /// It waits for an answer of the unit that asked. Never known of what is confidential.
    pub waits_for_us: bool,
    /// The unit that was asked spoke last, as far as the other one may know.
    pub wrote_last: bool,
    /// It was delivered, and that can still be taken back: whoever asked knows it as open.
    pub held: bool,
    /// The viewer began to write on it.
    pub draft: bool,
}

/// The hand-offs asked on behalf of a ticket, in the order in which they were asked, as whoever asked may know them.
pub fn handoffs(
    tx: &mut Tx,
    granted: &Granted<ReadInside>,
    now: Timestamp,
) -> Result<Vec<Blocking>, StoreError> {
    Ok(tx.query(
        "select t.id, t.number, case when t.confidential = 0 then t.subject end, t.unit_id, h.name, t.state, t.opened_at, t.solved_at, t.closed_at, t.closing, \
         t.rating, t.reopened, t.due_at, t.confidential = 0 and t.state = 'open' and t.waiting = 'requester', \
         t.confidential = 0 and t.state = 'open' and t.last_side = 'serving', \
         exists (select 1 from message m where m.outside_at > $2 and +m.ticket_id = t.id), \
         exists (select 1 from draft w where w.ticket_id = t.id and w.person_id = $3) \
         from ticket t left join person h on h.id = t.person_id \
         where t.parent_id = $1 order by t.id",
        params![granted.ticket, now, granted.viewer],
        |row| {
            let state: State = row.get(5)?;
            let solved_at: Option<Timestamp> = row.get(7)?;
            let said: bool = row.get(15)?;
            let held = said && state == State::Solved;
            let known = |it: Option<bool>| it.unwrap_or(false) && !said;
            Ok(Blocking {
                id: row.get(0)?,
                number: row.get(1)?,
                subject: row.get(2)?,
                unit: row.get(3)?,
                person: row.get(4)?,
                state: if held { State::Open } else { state },
                opened_at: row.get(6)?,
                solved_at: solved_at.filter(|_| !held),
                closed_at: row.get(8)?,
                closing: row.get(9)?,
                rating: row.get(10)?,
                reopened: row.get(11)?,
                due_at: row.get(12)?,
                waits_for_us: known(row.get(13)?),
                wrote_last: known(row.get(14)?),
                held,
                draft: row.get(16)?,
            })
        },
    )?)
}

impl Named {
    const fn unread(id: PersonId) -> Self {
        Self {
            id,
            name: String::new(),
            email: None,
            phone: None,
            language: String::new(),
            time_zone: String::new(),
        }
    }
}

fn named(tx: &mut Tx, person: PersonId) -> Result<Named, StoreError> {
    Ok(tx.query_one(
        "select id, name, email, phone, language, time_zone from person where id = $1",
        params![person],
        |row| {
            Ok(Named {
                id: row.get(0)?,
                name: row.get(1)?,
                email: row.get(2)?,
                phone: row.get(3)?,
                language: row.get(4)?,
                time_zone: row.get(5)?,
            })
        },
    )?)
}
