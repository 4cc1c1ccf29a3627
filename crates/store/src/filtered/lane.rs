//! One stretch of one index, read in the order of a list, with the answer whether each row passes.

use domain::filter::Test;
use domain::filter::reach::Reach;
use domain::id::{PersonId, UnitId};
use domain::view::Sort;

use super::Mark;
use super::clause::{self, Bind, Kept};
use super::few::Few;
use super::scope::{Scope, Secret};
use crate::StoreError;
use crate::db::{DbError, ToParam, Tx};

/// A row that was looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) mark: Mark,
    pub(super) passes: bool,
}

/// A statement for one unit, or for the tickets that one person holds.
pub(super) struct Lane {
    keys: Keys,
    range: String,
    passes: String,
    params: Vec<Kept>,
}

/// By what a list is ordered; the id comes last, in the same direction.
#[derive(Clone, Copy)]
struct Keys {
    first: &'static str,
    second: Option<&'static str>,
    falling: bool,
}

impl Keys {
    fn order(self) -> String {
        let turn = if self.falling { " desc" } else { "" };
        let Self { first, second, .. } = self;
        match second {
            None => format!("{first}{turn}, t.id{turn}"),
            Some(second) => format!("{first}{turn}, {second}{turn}, t.id{turn}"),
        }
    }
}

fn keys(sort: Sort) -> Keys {
    let rising = |first| Keys { first, second: None, falling: false };
    let falling = |first| Keys { first, second: None, falling: true };
    match sort {
        Sort::Due => rising("t.due_at"),
        Sort::Priority => Keys { first: "t.priority", second: Some("t.due_at"), falling: false },
        Sort::Unanswered => rising("t.unanswered_since_at"),
        Sort::Opened => rising("t.opened_at"),
        Sort::Changed => falling("t.changed_at"),
        Sort::Solved => falling("t.solved_at"),
    }
}

/// The lanes that hold every ticket of a filter within a scope.
pub(super) fn lanes(scope: &Scope, test: &Test, sort: Sort) -> Vec<Lane> {
    match test.holder() {
        // What somebody holds is little, wherever it lies; its index knows the order of work.
        Some(person) if sort == Sort::Due && !scope.units().is_empty() => {
            vec![of_person(scope, test, person)]
        }
        _ => scope.units().iter().map(|(unit, secret)| of_unit(scope, test, sort, *unit, *secret)).collect(),
    }
}

pub(super) fn of_unit(scope: &Scope, test: &Test, sort: Sort, unit: UnitId, secret: Secret) -> Lane {
    let keys = keys(sort);
    let mut bind = Bind::new(scope);
    let unit = bind.integer(unit.0);
    let state = match test.reach() {
        Reach::Open => " and t.state = 'open'",
        Reach::Done => " and t.state <> 'open'",
        Reach::All => "",
    };
    let has_key = has_key(sort);
    let untaken = if test.is_untaken() && sort == Sort::Due { " and t.person_id is null" } else { "" };
    let snoozed = match test.is_snoozed() {
        Some(true) => " and t.snoozed_until_at is not null",
        Some(false) | None => "",
    };
    let secret = match secret {
        Secret::Shown => "",
        Secret::Hidden => " and t.confidential = 0",
    };
    let test = clause::of(test, &mut bind);
    let own = scope.not_their_own(&mut bind);
    Lane {
        keys,
        range: format!("t.unit_id = {unit}{state}{has_key}{untaken}{snoozed}"),
        passes: format!("({test}{secret} and {own})"),
        params: bind.values,
    }
}

/// The tickets that have an anchor, in any unit of the scope.
pub(super) fn of_few(scope: &Scope, test: &Test, sort: Sort, few: &Few) -> Lane {
    let mut bind = Bind::new(scope);
    let range = match few {
        Few::Requesters(people) => bind.one_of("t.requester_id", people.iter().copied()),
        Few::Organisations(organisations) => {
            let organisations = bind.one_of("t.organisation_id", organisations.iter().copied());
            format!("{organisations} and t.organisation_id is not null")
        }
        Few::Tickets(tickets) => bind.one_of("t.id", tickets.iter().copied()),
        Few::Tagged(tag) => {
            let name = bind.keep(Kept::Text(tag.as_str().to_owned()));
            format!("t.id in (select ticket_id from ticket_tag where tag_id = {})", clause::named(&name))
        }
        Few::Statuses(statuses) => {
            let statuses = bind.one_of("t.status_id", statuses.iter().copied());
            format!("{statuses} and t.status_id is not null")
        }
        Few::Bounced => "t.bounced = 1".to_owned(),
        Few::Linked(end) => super::linked::range(*end, &mut bind),
        Few::Numbers(least, most) => {
            format!("t.number between {} and {}", bind.integer(*least), bind.integer(*most))
        }
    };
    let test = clause::of(test, &mut bind);
    let scoped = scope.clause(&mut bind);
    let own = scope.not_their_own(&mut bind);
    Lane {
        keys: keys(sort),
        range: format!("{range}{}", has_key(sort)),
        passes: format!("({test} and {scoped} and {own})"),
        params: bind.values,
    }
}

/// What has no key stands in no order.
const fn has_key(sort: Sort) -> &'static str {
    match sort {
        Sort::Unanswered => " and t.unanswered_since_at is not null",
        Sort::Solved => " and t.solved_at is not null",
        Sort::Due | Sort::Priority | Sort::Opened | Sort::Changed => "",
    }
}

fn of_person(scope: &Scope, test: &Test, person: PersonId) -> Lane {
    let mut bind = Bind::new(scope);
    let person = bind.integer(person.0);
    let test = clause::of(test, &mut bind);
    let scoped = scope.clause(&mut bind);
    let own = scope.not_their_own(&mut bind);
    Lane {
        keys: keys(Sort::Due),
        range: format!("t.person_id = {person} and t.person_id is not null and t.state = 'open'"),
        passes: format!("({test} and {scoped} and {own})"),
        params: bind.values,
    }
}

impl Lane {
    /// The same stretch from its other end.
    pub(super) fn turned(mut self) -> Self {
        self.keys.falling = !self.keys.falling;
        self
    }

    /// The next rows behind a mark, at most `window`.
    pub(super) fn rows(
        &self,
        tx: &mut Tx,
        after: Option<Mark>,
        window: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let Keys { first, second, falling } = self.keys;
        let sign = if falling { "<" } else { ">" };
        let place = |place: usize| format!("${}", self.params.len() + place);
        let (at, id, most, at_second) = (place(1), place(2), place(3), place(4));
        let (columns, behind) = match second {
            None => (format!("{first}, 0"), format!("({first}, t.id) {sign} ({at}, {id})")),
            Some(second) => (
                format!("{first}, {second}"),
                format!("({first}, {second}, t.id) {sign} ({at}, {at_second}, {id})"),
            ),
        };
        let sql = format!(
            "select t.id, t.unit_id, {columns}, {} from ticket t where {} and {behind} order by {} limit {most}",
            self.passes,
            self.range,
            self.keys.order()
        );
        let edge = if falling { i64::MAX } else { i64::MIN };
        let from = after.map_or([edge; 3], |mark| [mark.first, mark.id.0, mark.second]);
        let window = i64::try_from(window).unwrap_or(i64::MAX);
        let mut params: Vec<&dyn ToParam> = self.params.iter().map(|kept| kept as &dyn ToParam).collect();
        params.extend([&from[0] as &dyn ToParam, &from[1], &window]);
        if second.is_some() {
            params.push(&from[2]);
        }
        Ok(tx.query(&sql, &params, read)?)
    }

    /// The rows as they lie, at most `most`.
    pub(super) fn unordered(&self, tx: &mut Tx, most: usize) -> Result<Vec<Row>, StoreError> {
        let Keys { first, second, .. } = self.keys;
        let sql = format!(
            "select t.id, t.unit_id, {first}, {}, {} from ticket t where {} limit ${}",
            second.unwrap_or("0"),
            self.passes,
            self.range,
            self.params.len() + 1
        );
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut params: Vec<&dyn ToParam> = self.params.iter().map(|kept| kept as &dyn ToParam).collect();
        params.push(&most);
        Ok(tx.query(&sql, &params, read)?)
    }

    /// How many rows there are, at most `most`, and how many of them pass.
    pub(super) fn count(&self, tx: &mut Tx, most: i64) -> Result<(i64, i64), StoreError> {
        // In the order of its index, which an unordered count would not choose.
        let sql = format!(
            "select count(*), cast(coalesce(sum(c.passes), 0) as bigint) from \
             (select case when {} then 1 else 0 end as passes from ticket t where {} order by {} limit ${}) c",
            self.passes,
            self.range,
            self.keys.order(),
            self.params.len() + 1
        );
        let mut params: Vec<&dyn ToParam> = self.params.iter().map(|kept| kept as &dyn ToParam).collect();
        params.push(&most);
        Ok(tx.query_one(&sql, &params, |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    pub(super) fn order(&self, mark: Mark) -> [i64; 3] {
        ordered(self.keys, mark)
    }

    pub(super) fn first_of(&self, one: Mark, other: Mark) -> Mark {
        if self.order(other) < self.order(one) { other } else { one }
    }
}

/// Comparable: the smaller one comes first in the list.
pub(super) fn order(sort: Sort, mark: Mark) -> [i64; 3] {
    ordered(keys(sort), mark)
}

fn ordered(keys: Keys, mark: Mark) -> [i64; 3] {
    let key = [mark.first, mark.second, mark.id.0];
    // The complement turns the order round and, unlike a sign, has no edge.
    if keys.falling { key.map(|part| !part) } else { key }
}

fn read(row: &crate::db::Row) -> Result<Row, DbError> {
    let mark = Mark { id: row.get(0)?, unit: row.get(1)?, first: row.get(2)?, second: row.get(3)? };
    Ok(Row { mark, passes: row.get(4)? })
}
