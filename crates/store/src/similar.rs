//! The open tickets of a person or an organisation, newest first: where a second one about the same matter is found.

use domain::id::{OrganisationId, PersonId, TicketId};
use jiff::Timestamp;

use crate::StoreError;
use crate::db::{ToParam, Tx};
use crate::params;

/// The most that are looked at.
const MOST: i64 = 50;
/// The newest tickets of an organisation among which open ones are looked for.
const NEWEST: i64 = 200;

/// An open ticket. It is nobody's to see yet: whoever is shown it is asked for first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    pub id: TicketId,
    pub subject: String,
    pub requester: String,
    pub opened_at: Timestamp,
}

/// Those on whose requester's side a person is.
pub fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Open>, StoreError> {
    open(
        tx,
        "(select x.ticket_id as id from ticket_person x where x.person_id = $1 and x.live = 1 and x.side = 'requesting' \
         order by x.ticket_id desc limit $2)",
        params![person, NEWEST, MOST],
    )
}

pub fn of_organisation(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Open>, StoreError> {
    open(
        tx,
        "(select id from ticket where organisation_id = $1 order by id desc limit $2)",
        params![organisation, NEWEST, MOST],
    )
}

fn open(tx: &mut Tx, newest: &str, params: &[&dyn ToParam]) -> Result<Vec<Open>, StoreError> {
    let sql = format!(
        "select t.id, t.subject, r.name, t.opened_at from {newest} as newest join ticket t on t.id = newest.id \
         join person r on r.id = t.requester_id where t.state = 'open' and t.asking_unit_id is null \
         order by t.id desc limit $3"
    );
    Ok(tx.query(&sql, params, |row| {
        Ok(Open { id: row.get(0)?, subject: row.get(1)?, requester: row.get(2)?, opened_at: row.get(3)? })
    })?)
}
