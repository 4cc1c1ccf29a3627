//! What the index of texts is made of: tickets with everything that is said on them, and who may read it.

mod changed;

use std::collections::HashMap;

use domain::custom::Shown;
use domain::id::{MessageId, NoteId, OrganisationId, PersonId, TicketId, UnitId};
use domain::permission::About;
use jiff::Timestamp;

use crate::StoreError;
use crate::access::{Granted, ReadInside};
use crate::db::{DbError, Row, Tx};
use crate::params;
use crate::ticket::PersonSide;

pub use changed::{Changed, after, event_hash};

/// A ticket with its texts. No page is made of it: what a person is shown is read again for them.
#[derive(Clone, Debug)]
pub struct Texts {
    pub id: TicketId,
    pub number: i64,
    pub subject: String,
    pub changed_at: Timestamp,
    pub requester: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub language: String,
    pub organisation: Option<String>,
    /// With spaces between them; for those who read inside.
    pub tags: Option<String>,
    /// What stands in fields of one's own: those that both sides read, and those of the serving side.
    pub answers: [String; 2],
    pub about: About,
    pub messages: Vec<Spoken<MessageId>>,
    pub notes: Vec<Spoken<NoteId>>,
}

/// What somebody said.
#[derive(Clone, Debug)]
pub struct Spoken<Id> {
    pub id: Id,
    pub at: Timestamp,
    pub body: String,
    pub reach: Reach,
}

/// How far a text reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Both sides of the ticket.
    Both,
    /// The serving side, until somebody decides.
    Inside,
    /// The serving side alone until then, and both from then on.
    InsideUntil(Timestamp),
}

/// These tickets, named in the order of their ids. New ones stand beside each other and are read together.
pub fn among(tx: &mut Tx, ids: &[TicketId], now: Timestamp) -> Result<Vec<Texts>, StoreError> {
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(Vec::new()) };
    let before = TicketId(first.0 - 1);
    if ids.len() == 1 || is_a_stretch(tx, before, *last, ids.len())? {
        return between(tx, before, *last, now);
    }
    let (earlier, later) = ids.split_at(ids.len() / 2);
    let mut texts = among(tx, earlier, now)?;
    texts.extend(among(tx, later, now)?);
    Ok(texts)
}

/// Whether no other ticket lies among so many.
fn is_a_stretch(tx: &mut Tx, before: TicketId, last: TicketId, many: usize) -> Result<bool, StoreError> {
    let many = i64::try_from(many).unwrap_or(i64::MAX);
    let there: i64 = tx.query_one(
        "select count(*) from (select id from ticket where id > $1 and id <= $2 order by id limit $3) as stretch",
        params![before, last, many + 1],
        |row| row.get(0),
    )?;
    Ok(there == many)
}

/// The tickets after `after` up to `until`, in the order of their ids.
pub fn between(
    tx: &mut Tx,
    after: TicketId,
    until: TicketId,
    now: Timestamp,
) -> Result<Vec<Texts>, StoreError> {
    let mut tickets = tx.query(TICKETS, params![after, until], texts)?;
    let places: HashMap<TicketId, usize> =
        tickets.iter().enumerate().map(|(place, ticket)| (ticket.id, place)).collect();
    for (ticket, person, side) in people(tx, after, until)? {
        let Some(place) = places.get(&ticket) else { continue };
        let about = &mut tickets[*place].about;
        match side {
            PersonSide::Requesting => about.requesting.push(person),
            PersonSide::Upstream => about.upstream.push(person),
        }
    }
    let units = "select ticket_id, unit_id from ticket_unit where ticket_id > $1 and ticket_id <= $2";
    for (ticket, unit) in
        tx.query(units, params![after, until], |row| Ok((row.get::<TicketId>(0)?, row.get::<UnitId>(1)?)))?
    {
        if let Some(place) = places.get(&ticket) {
            tickets[*place].about.chain.push(unit);
        }
    }
    for (ticket, message) in messages(tx, after, until, now)? {
        if let Some(place) = places.get(&ticket) {
            tickets[*place].messages.push(message);
        }
    }
    for (ticket, note) in notes(tx, after, until)? {
        if let Some(place) = places.get(&ticket) {
            tickets[*place].notes.push(note);
        }
    }
    for (ticket, shown, words) in crate::custom::words(tx, after, until)? {
        let Some(place) = places.get(&ticket) else { continue };
        let [both, inside] = &mut tickets[*place].answers;
        let said = match shown {
            Shown::Both => both,
            Shown::Inside => inside,
        };
        said.push_str(&words);
        said.push('\n');
    }
    Ok(tickets)
}

const TICKETS: &str = concat!(
    "select t.id, t.number, t.subject, t.changed_at, r.name, r.email, r.phone, r.language, o.name, t.organisation_id, \
     coalesce(b.unit_id, t.asking_unit_id), t.unit_id, t.confidential, ",
    crate::tag::column!(),
    " from ticket t \
     join person r on r.id = t.requester_id left join organisation o on o.id = t.organisation_id \
     left join ticket b on b.id = t.parent_id where t.id > $1 and t.id <= $2 order by t.id"
);

fn texts(row: &Row) -> Result<Texts, DbError> {
    Ok(Texts {
        id: row.get(0)?,
        number: row.get(1)?,
        subject: row.get(2)?,
        changed_at: row.get(3)?,
        requester: row.get(4)?,
        email: row.get(5)?,
        phone: row.get(6)?,
        language: row.get(7)?,
        organisation: row.get(8)?,
        tags: row.get(13)?,
        answers: [String::new(), String::new()],
        about: About {
            requesting: Vec::new(),
            upstream: Vec::new(),
            // Whether it shares its tickets is asked of the viewer: nobody else carries an organisation.
            sharing: row.get(9)?,
            asking: row.get(10)?,
            owner: row.get(11)?,
            chain: Vec::new(),
            confidential: row.get::<i64>(12)? == 1,
            glass_broken: false,
        },
        messages: Vec::new(),
        notes: Vec::new(),
    })
}

fn people(
    tx: &mut Tx,
    after: TicketId,
    until: TicketId,
) -> Result<Vec<(TicketId, PersonId, PersonSide)>, StoreError> {
    Ok(tx.query(
        "select ticket_id, person_id, side from ticket_person where ticket_id > $1 and ticket_id <= $2",
        params![after, until],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?)
}

fn messages(
    tx: &mut Tx,
    after: TicketId,
    until: TicketId,
    now: Timestamp,
) -> Result<Vec<(TicketId, Spoken<MessageId>)>, StoreError> {
    let sql = "select m.ticket_id, m.id, m.at, m.body, exists (select 1 from message_held h where h.message_id = m.id), \
         case when m.outside_at > $3 then m.outside_at end \
         from message m where m.ticket_id > $1 and m.ticket_id <= $2 order by m.ticket_id, m.id";
    Ok(tx.query(sql, params![after, until, now], |row| {
        let reach = match (row.get::<bool>(4)?, row.get::<Option<Timestamp>>(5)?) {
            (true, _) => Reach::Inside,
            (false, Some(until)) => Reach::InsideUntil(until),
            (false, None) => Reach::Both,
        };
        Ok((row.get(0)?, Spoken { id: row.get(1)?, at: row.get(2)?, body: row.get(3)?, reach }))
    })?)
}

fn notes(
    tx: &mut Tx,
    after: TicketId,
    until: TicketId,
) -> Result<Vec<(TicketId, Spoken<NoteId>)>, StoreError> {
    Ok(tx.query(
        "select ticket_id, id, at, body from note where ticket_id > $1 and ticket_id <= $2 order by ticket_id, id",
        params![after, until],
        |row| {
            let reach = Reach::Inside;
            Ok((row.get(0)?, Spoken { id: row.get(1)?, at: row.get(2)?, body: row.get(3)?, reach }))
        },
    )?)
}

/// The last of the next `many` tickets after one; `None` when there are no more.
pub fn last_of_next(tx: &mut Tx, after: TicketId, many: i64) -> Result<Option<TicketId>, StoreError> {
    Ok(tx.query_one(
        "select max(id) from (select id from ticket where id > $1 order by id limit $2) as batch",
        params![after, many],
        |row| row.get(0),
    )?)
}

/// How many there are of what the index holds, so that whoever waits for it knows how far it is.
pub fn size(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(tx.query_one(
        "select (select count(*) from ticket) + (select count(*) from person) + (select count(*) from organisation)",
        params![],
        |row| row.get(0),
    )?)
}

/// A person of the directory.
#[derive(Clone, Debug)]
pub struct Somebody {
    pub id: PersonId,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub organisation: Option<String>,
    pub created_at: Timestamp,
}

/// The next people of the directory, in the order of their ids.
pub fn people_after(tx: &mut Tx, after: PersonId, many: i64) -> Result<Vec<Somebody>, StoreError> {
    somebody(tx, "p.id > $1 order by p.id limit $2", after, many)
}

pub fn person(tx: &mut Tx, person: PersonId) -> Result<Option<Somebody>, StoreError> {
    Ok(somebody(tx, "p.id = $1 limit $2", person, 1)?.pop())
}

fn somebody(tx: &mut Tx, which: &str, person: PersonId, many: i64) -> Result<Vec<Somebody>, StoreError> {
    let sql = format!(
        "select p.id, p.name, p.email, p.phone, o.name, p.created_at from person p \
         left join organisation o on o.id = p.organisation_id where {which}"
    );
    Ok(tx.query(&sql, params![person, many], |row| {
        Ok(Somebody {
            id: row.get(0)?,
            name: row.get(1)?,
            email: row.get(2)?,
            phone: row.get(3)?,
            organisation: row.get(4)?,
            created_at: row.get(5)?,
        })
    })?)
}

/// An organisation of the directory: its name, and since when it is there.
pub type Party = (OrganisationId, String, Timestamp);

pub fn organisations_after(tx: &mut Tx, after: OrganisationId, many: i64) -> Result<Vec<Party>, StoreError> {
    parties(tx, "id > $1 order by id limit $2", after, many)
}

pub fn organisation(tx: &mut Tx, organisation: OrganisationId) -> Result<Option<Party>, StoreError> {
    Ok(parties(tx, "id = $1 limit $2", organisation, 1)?.pop())
}

fn parties(
    tx: &mut Tx,
    which: &str,
    organisation: OrganisationId,
    many: i64,
) -> Result<Vec<Party>, StoreError> {
    let sql = format!("select id, name, created_at from organisation where {which}");
    Ok(tx.query(&sql, params![organisation, many], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

/// One note of a ticket: only with the right to read inside.
pub fn note(
    tx: &mut Tx,
    granted: &Granted<ReadInside>,
    note: NoteId,
) -> Result<Option<(Timestamp, String)>, StoreError> {
    Ok(tx.query_opt(
        "select at, body from note where id = $1 and ticket_id = $2",
        params![note, granted.ticket],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

/// The confidential tickets that a person opened with a reason, while the time for it runs.
pub fn glass_broken(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<Vec<TicketId>, StoreError> {
    Ok(tx.query(
        "select ticket_id from broken_glass where person_id = $1 and until_at > $2",
        params![person, now],
        |row| row.get(0),
    )?)
}
