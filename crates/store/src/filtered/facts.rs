//! A ticket's row as the facts that a filter is held against.

use domain::event::WaitOn;
use domain::filter::facts::{Answer, Facts, Somebody};
use domain::id::{CustomId, OrganisationId, PersonId, TicketId};
use domain::permission::Viewer;
use domain::priority::Priority;
use domain::tag::Tag;
use jiff::Timestamp;

use super::linked;
use crate::StoreError;
use crate::catalogue::Catalogue;
use crate::db::{DbError, Row, Tx};
use crate::news;
use crate::params;
use crate::ticket::Because;

/// The facts of a ticket, whoever asks: for rules that the desk itself carries out. To it everything is
/// unread and nothing is a draft.
pub fn facts(tx: &mut Tx, ticket: TicketId) -> Result<Option<Facts>, StoreError> {
    let Some((mut facts, is_linked)) = of_row(tx, ticket, PersonId(0))? else { return Ok(None) };
    if is_linked {
        facts.links = linked::to_the_desk(tx, ticket)?;
    }
    Ok(Some(facts))
}

/// The facts of a ticket as one person sees them.
pub fn facts_for(
    tx: &mut Tx,
    ticket: TicketId,
    viewer: &Viewer,
    catalogue: &Catalogue,
) -> Result<Option<Facts>, StoreError> {
    let Some((mut facts, is_linked)) = of_row(tx, ticket, viewer.person)? else { return Ok(None) };
    if is_linked {
        facts.links = linked::seen(tx, ticket, viewer, catalogue)?;
    }
    Ok(Some(facts))
}

/// Everything but its links, and whether it has any.
fn of_row(tx: &mut Tx, ticket: TicketId, person: PersonId) -> Result<Option<(Facts, bool)>, StoreError> {
    let sql = format!(
        "select t.number, t.state, t.unit_id, t.person_id, h.name, h.email, t.requester_id, r.name, r.email, o.name, \
         t.service_id, t.kind, t.class, t.priority, t.due_at, t.due_because, t.opened_at, t.changed_at, t.solved_at, \
         t.unanswered_since_at, t.waiting, t.waiting_supplier_id, t.waiting_until_at, t.handoffs_open, t.parent_id, \
         t.confidential, t.escalated, t.reopened, t.rating, {}, {}, t.id, \
         (select string_agg(g.name, ' ') from ticket_tag x join tag g on coalesce(g.into_id, g.id) = x.tag_id \
         where x.ticket_id = t.id), exists (select 1 from custom_value), t.snoozed_until_at is not null, \
         t.merged_into_id is not null, t.status_id, exists (select 1 from ticket_link l where l.ticket_id = t.id), t.bounced = 1 \
         from ticket t join person r on r.id = t.requester_id left join person h on h.id = t.person_id \
         left join organisation o on o.id = t.organisation_id where t.id = $1",
        news::unread("$2"),
        news::drafted("$2")
    );
    let found = tx.query_opt(&sql, params![ticket, person], |row| {
        Ok((read(row)?, row.get::<bool>(33)?, row.get::<bool>(37)?))
    })?;
    let Some((mut facts, is_anything_answered, is_linked)) = found else { return Ok(None) };
    if is_anything_answered {
        facts.answers = answers(tx, ticket)?;
    }
    Ok(Some((facts, is_linked)))
}

/// What was answered about a ticket, its requester and their organisation.
fn answers(tx: &mut Tx, ticket: TicketId) -> Result<Vec<(CustomId, Answer)>, StoreError> {
    Ok(tx.query(
        "select v.field_id, v.number, v.word, coalesce(p.name, o.name), p.email from ticket t \
         join custom_value v on v.thing_id = t.id or v.thing_id = t.requester_id or v.thing_id = t.organisation_id \
         left join person p on p.id = v.number left join organisation o on o.id = v.number where t.id = $1",
        params![ticket],
        |row| {
            let word: Option<Vec<u8>> = row.get(2)?;
            let word = word.and_then(|word| String::from_utf8(word).ok());
            let answer = Answer { number: row.get(1)?, word, name: row.get(3)?, address: row.get(4)? };
            Ok((row.get(0)?, answer))
        },
    )?)
}

fn read(row: &Row) -> Result<Facts, DbError> {
    let due_at: Timestamp = row.get(14)?;
    let priority = Priority::try_from(row.get::<u8>(13)?).unwrap_or(Priority::P4);
    Ok(Facts {
        number: row.get(0)?,
        id: row.get(31)?,
        state: row.get(1)?,
        unit: row.get(2)?,
        holder: row.get::<Option<PersonId>>(3)?.map(|id| somebody(row, id, 4)).transpose()?,
        requester: somebody(row, row.get(6)?, 7)?,
        organisation: row.get(9)?,
        service: row.get(10)?,
        kind: row.get(11)?,
        class: row.get(12)?,
        priority,
        due_at: Some(due_at).filter(|_| row.get::<Because>(15).is_ok_and(|because| because != Because::Age)),
        opened_at: row.get(16)?,
        changed_at: row.get(17)?,
        solved_at: row.get(18)?,
        unanswered_since: row.get(19)?,
        waiting: waiting(row)?,
        handoffs_open: row.get(23)?,
        handoff: row.get::<Option<TicketId>>(24)?.is_some(),
        confidential: row.get::<i64>(25)? == 1,
        escalated: row.get::<i64>(26)? == 1,
        reopened: row.get::<i64>(27)? > 0,
        rating: row.get(28)?,
        unread: row.get(29)?,
        draft: row.get(30)?,
        answers: Vec::new(),
        links: Vec::new(),
        tags: crate::tag::listed(row.get(32)?).iter().map(|name| Tag::kept(name)).collect(),
        snoozed: row.get(34)?,
        merged: row.get(35)?,
        bounced: row.get(38)?,
        status: row.get(36)?,
    })
}

fn somebody(row: &Row, id: PersonId, name: usize) -> Result<Somebody, DbError> {
    Ok(Somebody { id, name: row.get(name)?, address: row.get(name + 1)? })
}

fn waiting(row: &Row) -> Result<Option<WaitOn>, DbError> {
    let supplier: Option<OrganisationId> = row.get(21)?;
    let until: Option<Timestamp> = row.get(22)?;
    Ok(match (row.get::<Option<&str>>(20)?, supplier, until) {
        (Some("requester"), ..) => Some(WaitOn::Requester),
        (Some("supplier"), Some(supplier), _) => Some(WaitOn::Supplier(supplier)),
        (Some("agreed"), _, Some(until)) => Some(WaitOn::Agreed { until }),
        _ => None,
    })
}
