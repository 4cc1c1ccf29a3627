//! Filters that can only find little: what some requesters asked, or some numbers. Their tickets are read as
//! they lie, all of them, and put in order here, however many others there are.

use domain::filter::Test;
use domain::filter::bind::Called;
use domain::filter::linked::End;
use domain::filter::reach::Anchor;
use domain::tag::Tag;
use domain::view::{Grouping, Sort};

use super::scope::Scope;
use super::{Mark, lane};
use crate::StoreError;
use crate::db::{ToParam, Tx};
use crate::page::{beginning, key};
use crate::params;

/// The most rows that are few.
const MOST_ROWS: usize = 1_000;
/// The most people or organisations of one name that are few.
const MOST_NAMED: usize = 20;
/// Tickets that one statement reads.
const AT_ONCE: usize = 100;

/// Whose tickets, or which.
#[derive(Clone, Debug)]
pub(super) enum Few {
    /// Ids; always as many, so that the work does not tell how many there are of a name.
    Requesters(Vec<i64>),
    Organisations(Vec<i64>),
    Numbers(i64, i64),
    /// As many of them as one statement reads.
    Tickets(Vec<i64>),
    Tagged(Tag),
    /// In one of these statuses.
    Statuses(Vec<i64>),
    Linked(End),
    Bounced,
}

/// Every ticket that passes, in order; `None` when there may be too many for that.
pub(super) fn marks(
    tx: &mut Tx,
    scope: &Scope,
    test: &Test,
    sort: Sort,
    grouping: Grouping,
) -> Result<Option<Vec<Mark>>, StoreError> {
    let Some(anchors) = test.anchors() else { return Ok(None) };
    let mut few = Vec::new();
    for anchor in anchors {
        match anchored(tx, anchor)? {
            Some(found) => few.extend(found),
            None => return Ok(None),
        }
    }
    let mut left = MOST_ROWS;
    let mut marks = Vec::new();
    for one in &few {
        let rows = lane::of_few(scope, test, sort, one).unordered(tx, left + 1)?;
        match left.checked_sub(rows.len()) {
            Some(rest) => left = rest,
            None => return Ok(None),
        }
        marks.extend(rows.into_iter().filter(|row| row.passes).map(|row| row.mark));
    }
    marks.sort_by_key(|mark| place(scope, sort, grouping, *mark));
    // Somebody may be asked for by their own name and by that of their organisation.
    marks.dedup();
    Ok(Some(marks))
}

/// Those behind a mark, at most `limit`, and whether there are more.
pub(super) fn page(
    scope: &Scope,
    sort: Sort,
    grouping: Grouping,
    marks: Vec<Mark>,
    after: Option<Mark>,
    limit: usize,
) -> (Vec<Mark>, Option<Mark>) {
    let after = after.map(|mark| place(scope, sort, grouping, mark));
    let behind = |mark: &Mark| after.is_none_or(|after| after < place(scope, sort, grouping, *mark));
    let mut rest = marks.into_iter().filter(behind);
    let page: Vec<Mark> = rest.by_ref().take(limit).collect();
    let next = if rest.next().is_some() { page.last().copied() } else { None };
    (page, next)
}

/// The last one before a mark.
pub(super) fn before(
    scope: &Scope,
    sort: Sort,
    grouping: Grouping,
    marks: Vec<Mark>,
    after: Mark,
) -> Option<Mark> {
    let here = place(scope, sort, grouping, after);
    marks.into_iter().rfind(|mark| place(scope, sort, grouping, *mark) < here)
}

/// Comparable over all units: unit after unit where they follow each other.
fn place(scope: &Scope, sort: Sort, grouping: Grouping, mark: Mark) -> (Option<usize>, [i64; 3]) {
    let unit = match grouping {
        Grouping::Nothing | Grouping::Order => None,
        Grouping::Unit => scope.units().iter().position(|(unit, _)| *unit == mark.unit),
    };
    (unit, lane::order(sort, mark))
}

fn anchored(tx: &mut Tx, anchor: Anchor<'_>) -> Result<Option<Vec<Few>>, StoreError> {
    let one = match anchor {
        Anchor::Tickets(tickets) => {
            let ids: Vec<i64> = tickets.iter().map(|ticket| ticket.0).collect();
            let parts = ids.chunks(AT_ONCE).map(|part| Few::Tickets(padded_to(part.to_vec(), AT_ONCE)));
            return Ok(Some(parts.collect()));
        }
        Anchor::RequestedBy(called) => {
            let found = match called {
                Called::At(address) => {
                    tx.query("select id from person where email = $1", params![address], |row| row.get(0))?
                }
                Called::Begins(_) | Called::Exactly(_) => named(tx, "person", called)?,
            };
            padded(found).map(Few::Requesters)
        }
        Anchor::Organisation(called) => padded(named(tx, "organisation", called)?).map(Few::Organisations),
        Anchor::Numbers(least, most) => Some(Few::Numbers(least, most)),
        Anchor::Statuses(statuses) => {
            let ids = super::clause::padded(statuses.iter().map(|status| status.0));
            let places: Vec<String> = (2..ids.len() + 2).map(|place| format!("${place}")).collect();
            let sql = format!(
                "select count(*) from (select 1 from ticket where status_id is not null and status_id in ({}) limit $1) n",
                places.join(", ")
            );
            let most = MOST_ROWS as i64;
            let limit = most + 1;
            let params: Vec<&dyn ToParam> = std::iter::once(&limit as &dyn ToParam)
                .chain(ids.iter().map(|id| id as &dyn ToParam))
                .collect();
            let found: i64 = tx.query_one(&sql, &params, |row| row.get(0))?;
            (found <= most).then_some(Few::Statuses(ids))
        }
        Anchor::Linked(end) => {
            let most = MOST_ROWS as i64;
            (super::linked::at_most(tx, end, most + 1)? <= most).then_some(Few::Linked(end))
        }
        Anchor::Bounced => {
            let most = MOST_ROWS as i64;
            let found: i64 = tx.query_one(
                "select count(*) from (select 1 from ticket where bounced = 1 limit $1) n",
                params![most + 1],
                |row| row.get(0),
            )?;
            (found <= most).then_some(Few::Bounced)
        }
        Anchor::Tagged(tag) => {
            let sql = format!(
                "select count(*) from (select 1 from ticket_tag where tag_id = {} limit $2) n",
                super::clause::named("$1")
            );
            let most = MOST_ROWS as i64;
            let found: i64 = tx.query_one(&sql, params![tag.as_str(), most + 1], |row| row.get(0))?;
            (found <= most).then(|| Few::Tagged(tag.clone()))
        }
    };
    Ok(one.map(|few| vec![few]))
}

/// With an id that nobody has in each free place; `None` for too many.
fn padded(found: Vec<i64>) -> Option<Vec<i64>> {
    (found.len() <= MOST_NAMED).then(|| padded_to(found, MOST_NAMED))
}

fn padded_to(mut found: Vec<i64>, length: usize) -> Vec<i64> {
    found.resize(length, 0);
    found
}

/// Ids by name, at most one more than are few.
fn named(tx: &mut Tx, table: &str, called: &Called) -> Result<Vec<i64>, StoreError> {
    let most = MOST_NAMED as i64 + 1;
    let (range, from, until) = match called {
        Called::Begins(text) => {
            let (from, until) = beginning(text);
            ("search_key >= $1 and search_key < $2", from, until)
        }
        Called::Exactly(text) => ("search_key >= $1 and search_key <= $2", key(text), key(text)),
        Called::At(_) => return Ok(Vec::new()),
    };
    let sql = format!("select id from {table} where {range} limit $3");
    let params: [&dyn ToParam; 3] = [&from, &until, &most];
    Ok(tx.query(&sql, &params, |row| row.get(0))?)
}
