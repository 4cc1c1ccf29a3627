//! Links in lists: only those count whose other end the viewer could list, so that a list tells of no hidden ticket.

use domain::filter::Test;
use domain::filter::linked::End;
use domain::id::TicketId;
use domain::link::Link;
use domain::permission::Viewer;

use super::clause::Bind;
use super::scope::Scope;
use crate::StoreError;
use crate::catalogue::Catalogue;
use crate::db::{ToParam, Tx};
use crate::params;

/// Whether `t` has such a link.
pub(super) fn clause(scope: &Scope, end: End, bind: &mut Bind<'_>) -> String {
    let which = match end {
        End::Any => String::new(),
        End::As(link) => format!(" and l.link = '{}'", link.as_str()),
        End::Number(number) => format!(" and o.number = {}", bind.integer(number)),
    };
    let listed = scope.lists_other(bind);
    format!(
        "(exists (select 1 from ticket_link l join ticket o on o.id = l.other_id \
         where l.ticket_id = t.id{which} and {listed}))"
    )
}

/// The tickets that can have one, whoever looks.
pub(super) fn range(end: End, bind: &mut Bind<'_>) -> String {
    match end {
        End::Any => "t.id in (select ticket_id from ticket_link)".to_owned(),
        End::As(link) => {
            format!("t.id in (select ticket_id from ticket_link where link = '{}')", link.as_str())
        }
        // Both ends say it.
        End::Number(number) => format!(
            "t.id in (select other_id from ticket_link where ticket_id = (select id from ticket where number = {}))",
            bind.integer(number)
        ),
    }
}

/// How many links there are of that kind, at most `most`.
pub(super) fn at_most(tx: &mut Tx, end: End, most: i64) -> Result<i64, StoreError> {
    let (which, value) = match end {
        End::Any => ("$1 = 0", 0),
        End::As(link) => return of_kind(tx, link, most),
        End::Number(number) => ("ticket_id = (select id from ticket where number = $1)", number),
    };
    let sql = format!("select count(*) from (select 1 from ticket_link where {which} limit $2) n");
    Ok(tx.query_one(&sql, params![value, most], |row| row.get(0))?)
}

fn of_kind(tx: &mut Tx, link: Link, most: i64) -> Result<i64, StoreError> {
    let sql = "select count(*) from (select 1 from ticket_link where link = $1 limit $2) n";
    Ok(tx.query_one(sql, params![link.as_str(), most], |row| row.get(0))?)
}

const LINKS: &str = "select l.link, o.number from ticket_link l join ticket o on o.id = l.other_id";

/// The links of a ticket whose other ends the viewer could list.
pub(super) fn seen(
    tx: &mut Tx,
    ticket: TicketId,
    viewer: &Viewer,
    catalogue: &Catalogue,
) -> Result<Vec<(Link, i64)>, StoreError> {
    let scope = Scope::of(viewer, catalogue, &Test::Every(Vec::new()));
    let mut bind = Bind::new(&scope);
    let own = bind.integer(ticket.0);
    let listed = scope.lists_other(&mut bind);
    let sql = format!("{LINKS} where l.ticket_id = {own} and {listed} order by o.number");
    let params: Vec<&dyn ToParam> = bind.values.iter().map(|kept| kept as &dyn ToParam).collect();
    Ok(tx.query(&sql, &params, |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Those that count for the desk itself: whose other end lies with the same unit, and behind no higher wall, so
/// that whoever serves the ticket may know of what a rule does for it.
pub(super) fn to_the_desk(tx: &mut Tx, ticket: TicketId) -> Result<Vec<(Link, i64)>, StoreError> {
    let sql = format!(
        "{LINKS} join ticket t on t.id = l.ticket_id where l.ticket_id = $1 \
         and o.unit_id = t.unit_id and o.confidential <= t.confidential order by o.number"
    );
    Ok(tx.query(&sql, params![ticket], |row| Ok((row.get(0)?, row.get(1)?)))?)
}
